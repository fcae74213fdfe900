"""Our WebSub hub, with a real subscriber: the points of websub.rocks' tests of hubs, and what goes beyond them."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedsvc.cli.delivering import deliver
from feedsvc.store import Store, hub_requests, hub_subscriptions
from feedsvc.store.schema import hub_request, hub_subscription
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client
from tests.data.subscriber import Subscriber, subscribing

BASE = "https://feeds.example.org"
TOPIC = f"{BASE}/feeds/all.atom"

#: Two secrets.
FORMER, PRESENT = "former", "present"

DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)


@dataclass(slots=True, kw_only=True)
class World:
    """A site with a hub, and a subscriber."""

    folder: Folder
    store: Store
    take_in: Callable[..., object]
    subscriber: Subscriber
    now: datetime = NOW
    texts: Iterator[int] = field(default_factory=lambda: iter(range(100)))

    @property
    def web(self) -> FlaskClient:
        """A client of the site."""
        return client(self.folder, self.store, self.now)

    def ask(self, **fields: str) -> TestResponse:
        """Send a request to the hub: by default, a subscription to all.atom. An empty field is left out."""
        said = {"mode": "subscribe", "topic": TOPIC, "callback": self.subscriber.url, **fields}
        return self.web.post("/hub", data={f"hub.{name}": value for name, value in said.items() if value})

    def work(self, *, after: timedelta = timedelta()) -> None:
        """Let the worker do what is due."""
        self.now += after
        deliver(self.folder.config(), self.store, lambda: False, lambda: self.now)

    def subscribe(self, **fields: str) -> None:
        """Subscribe, and confirm."""
        assert self.ask(**fields).status_code == 202
        self.work()

    def publish(self) -> None:
        """Publish another entry."""
        number = next(self.texts)
        self.now += A_MINUTE
        self.folder.write(f"new{number}.txt", seed(f"新闻{number}", f"<p>第{number}条</p>"))
        self.take_in(self.now)

    def leases(self) -> list[datetime]:
        """When the subscriptions end."""
        with self.store.read() as db:
            return list(db.scalars(sa.select(hub_subscription.c.expires_at).order_by(hub_subscription.c.id)))


def configuration(subscriber: Subscriber, hub: str = "own") -> str:
    """A site whose hub may ask the subscriber on loopback."""
    allowed = f"{{allow_networks: [127.0.0.0/8], allow_ports: [{subscriber.port}]}}"
    return CONFIG.replace("site: {", f"site: {{hub: {hub}, ") + f"web: {{hub: {allowed}}}\n"


@pytest.fixture
def world(folder: Folder, store: Store, take_in: Callable[..., object]) -> Iterator[World]:
    """A site with one entry, and a hub."""
    with subscribing() as subscriber:
        folder.configure(configuration(subscriber))
        folder.write("a.txt", seed("甲"))
        take_in()
        made = World(folder=folder, store=store, take_in=take_in, subscriber=subscriber)
        made.web.get("/feeds/all.atom")
        yield made


# --- the points of websub.rocks --------------------------------------------------------------------------------------


def test_100_a_subscription_is_confirmed_and_gets_documents(world: World) -> None:
    """The hub answers at once, asks the callback, and sends it each new document as everybody gets it."""
    said = world.ask()
    before = list(world.subscriber.requests)
    world.work()
    world.publish()
    world.work()

    (asked,) = world.subscriber.questions
    (sent,) = world.subscriber.documents
    assert (said.status_code, before) == (202, [])
    assert (asked["hub.mode"], asked["hub.topic"], asked["hub.lease_seconds"]) == ("subscribe", TOPIC, "864000")
    assert len(asked["hub.challenge"]) > 30
    assert sent.body == world.web.get("/feeds/all.atom").data
    assert "新闻0".encode() in sent.body
    assert sent.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert sent.headers["link"] == f'<{BASE}/hub>; rel="hub", <{TOPIC}>; rel="self"'
    assert "x-hub-signature" not in sent.headers


def test_101_a_document_is_signed_with_the_secret(world: World) -> None:
    """With a secret, each document has its HMAC with SHA-256."""
    world.subscribe(secret="秘密" * 30)
    world.publish()
    world.work()

    (sent,) = world.subscriber.documents
    signature = hmac.new(("秘密" * 30).encode(), sent.body, hashlib.sha256).hexdigest()
    assert sent.headers["x-hub-signature"] == f"sha256={signature}"


def test_102_unknown_fields_do_not_count(world: World) -> None:
    """A request may have fields that the hub does not know."""
    world.subscribe(verify="async", foo="1")

    assert len(world.leases()) == 1
    assert "hub.foo" not in world.subscriber.questions[0]


def test_103_the_same_request_prolongs_a_subscription(world: World) -> None:
    """A subscriber that subscribes again has one subscription, with the new lease and the new secret."""
    world.subscribe(secret=FORMER, lease_seconds="100000")
    world.subscribe(secret=PRESENT, lease_seconds="200000")
    world.publish()
    world.work()

    (sent,) = world.subscriber.documents
    assert world.leases() == [NOW + timedelta(seconds=200_000)]
    assert (
        sent.headers["x-hub-signature"] == f"sha256={hmac.new(PRESENT.encode(), sent.body, hashlib.sha256).hexdigest()}"
    )


def test_104_a_subscriber_unsubscribes(world: World) -> None:
    """After the callback confirmed that it wants nothing more, it gets nothing more."""
    world.subscribe()
    world.subscribe(mode="unsubscribe")
    world.publish()
    world.work()

    assert [one["hub.mode"] for one in world.subscriber.questions] == ["subscribe", "unsubscribe"]
    assert "hub.lease_seconds" not in world.subscriber.questions[1]
    assert world.subscriber.documents == []


@pytest.mark.parametrize(("form", "content_type"), [("rss", "application/rss+xml"), ("json", "application/feed+json")])
def test_105_each_format_is_sent_as_it_is(world: World, form: str, content_type: str) -> None:
    """The hub sends the bytes and the media type of the format."""
    world.web.get(f"/feeds/all.{form}")
    world.subscribe(topic=f"{BASE}/feeds/all.{form}")
    world.publish()
    world.work()

    (sent,) = world.subscriber.documents
    assert sent.body == world.web.get(f"/feeds/all.{form}").data
    assert sent.headers["content-type"] == f"{content_type}; charset=utf-8"


# --- deliveries ------------------------------------------------------------------------------------------------------


def test_a_late_subscriber_gets_the_newest_document_alone(world: World) -> None:
    """A subscriber that was away gets one document, and a subscriber that has the document gets none."""
    world.subscribe()
    world.subscriber.sent_status = 503
    world.publish()
    world.work()
    world.publish()
    world.work()
    failed = len(world.subscriber.documents)
    world.subscriber.sent_status = 204
    world.work(after=A_MINUTE)
    world.work(after=DAY)

    assert failed == 2
    assert len(world.subscriber.documents) == 3
    assert "新闻1".encode() in world.subscriber.documents[-1].body


@pytest.mark.parametrize(("status", "number"), [(200, 1), (410, 1), (302, 4), (404, 4), (500, 4)])
def test_answers_to_documents(world: World, status: int, number: int) -> None:
    """2xx is the end of a delivery and 410 of a subscription; everything else is tried again, later and later."""
    world.subscribe()
    world.subscriber.sent_status, world.subscriber.location = status, f"{world.subscriber.url}/other"
    world.publish()
    for wait in (0, 10, 60, 59, 241):
        world.work(after=timedelta(seconds=wait))

    assert [one.target for one in world.subscriber.documents] == ["/callback"] * number
    assert len(world.leases()) == (status != 410)


def test_a_subscription_ends_with_its_lease(world: World) -> None:
    """Without another request, nothing is sent after the lease."""
    world.subscribe(lease_seconds="86400")
    world.work(after=DAY)
    world.publish()
    world.work()

    assert (world.leases(), world.subscriber.documents) == ([], [])


def test_what_was_taken_down_is_not_sent(world: World) -> None:
    """A document that waits for a subscriber is made anew after a take-down: the subscriber gets the public one."""
    world.subscribe()
    world.subscriber.sent_status = 500
    world.publish()
    world.work()
    (world.folder.path / "seeds" / "new0.txt").unlink()
    world.take_in(world.now)
    world.publish()
    world.subscriber.sent_status = 200
    world.work(after=A_MINUTE)

    assert "新闻0" not in world.subscriber.documents[-1].body.decode()
    assert world.subscriber.documents[-1].body == world.web.get("/feeds/all.atom").data


def test_a_change_during_a_delivery_is_delivered_too(world: World) -> None:
    """A document that is saved while a worker has the lease is due after it, under the fence of the next claim."""
    world.subscribe()
    world.publish()
    world.web.get("/feeds/all.atom")
    with world.store.write() as db:
        (claimed,) = hub_subscriptions.claim(db, world.now, 10, (), is_failing=False)
    world.publish()
    world.web.get("/feeds/all.atom")
    with world.store.write() as db:
        hub_subscriptions.close(db, [(claimed, hub_subscriptions.Ended(digest="of the former"))], world.now)
    world.work()

    (sent,) = world.subscriber.documents
    assert "新闻1".encode() in sent.body


def test_a_worker_that_comes_back_late_saves_nothing(world: World) -> None:
    """After its lease, another worker delivers; the result of the former one does not count."""
    world.subscribe()
    world.publish()
    world.web.get("/feeds/all.atom")
    with world.store.write() as db:
        (claimed,) = hub_subscriptions.claim(db, world.now, 10, (), is_failing=False)
    world.work()
    during = len(world.subscriber.documents)
    world.work(after=A_MINUTE)
    with world.store.write() as db:
        hub_subscriptions.close(db, [(claimed, hub_subscriptions.Ended(is_over=True))], world.now)

    assert (during, len(world.subscriber.documents), len(world.leases())) == (0, 1, 1)


def test_workers_share_the_deliveries(world: World) -> None:
    """Three workers at the same time send the document to each of forty callbacks once."""
    for number in range(4):
        world.subscribe(callback=f"{world.subscriber.url}/{number}")
    with world.store.write() as db:
        row = db.execute(sa.select(hub_subscription)).mappings().first()
        assert row is not None
        more = [{"key": f"{n}", "callback": f"{world.subscriber.url}/{n}"} for n in range(4, 40)]
        shared = {name: value for name, value in row.items() if name != "id"}
        db.execute(sa.insert(hub_subscription), [{**shared, **one} for one in more])
    world.publish()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: world.work(), range(3)))

    assert sorted(one.target for one in world.subscriber.documents) == sorted(f"/callback/{n}" for n in range(40))


def test_a_feed_that_is_gone_denies_its_subscribers(world: World) -> None:
    """Subscribers of a retired feed are told so, and no longer have a subscription; a new one is refused."""
    without = world.folder.config_file.read_text("utf-8")
    world.folder.configure(without + "feeds: {mine: {categories: [新媒体]}}\n")
    world.take_in(world.now)
    world.subscribe(topic=f"{BASE}/feeds/mine.rss")
    world.folder.configure(without)
    world.take_in(world.now)
    world.work()

    assert world.subscriber.questions[-1]["hub.mode"] == "denied"
    assert world.subscriber.questions[-1]["hub.topic"] == f"{BASE}/feeds/mine.rss"
    assert (world.leases(), world.ask(topic=f"{BASE}/feeds/mine.rss").status_code) == ([], 410)


# --- attacks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"challenge": "another"}, 0),
        ({"challenge": ""}, 0),
        ({"asked_status": 302, "location": "/callback"}, 0),
        ({"asked_status": 404}, 0),
        ({"asked_status": 201}, 1),
    ],
)
def test_only_the_challenge_with_2xx_confirms(world: World, changes: dict[str, object], expected: int) -> None:
    """Another body, a redirect or an error confirms nothing, and the callback is asked once."""
    for name, value in changes.items():
        setattr(world.subscriber, name, value)
    world.subscribe()
    world.work(after=A_MINUTE)

    assert len(world.leases()) == expected
    assert len(world.subscriber.requests) == 1


def test_a_callback_that_fails_is_asked_three_times(world: World) -> None:
    """A server with a fault is asked again after a while, and not for ever."""
    world.subscriber.asked_status = 500
    world.ask()
    for wait in (0, 10, 60, 3600):
        world.work(after=timedelta(seconds=wait))

    assert len(world.subscriber.questions) == 3


def test_a_third_party_cannot_unsubscribe_or_change_the_secret(world: World) -> None:
    """Each request counts only if the callback confirms it."""
    world.subscribe(secret=PRESENT)
    world.subscriber.asked_status = 404
    world.subscribe(mode="unsubscribe")
    world.subscribe(secret=FORMER)
    world.publish()
    world.work()

    (sent,) = world.subscriber.documents
    assert (
        sent.headers["x-hub-signature"] == f"sha256={hmac.new(PRESENT.encode(), sent.body, hashlib.sha256).hexdigest()}"
    )


def test_a_callback_keeps_its_query(world: World) -> None:
    """The fields of the hub come after the query of the callback; documents go to the callback as it is."""
    world.subscribe(callback=f"{world.subscriber.url}?id=%E4%B8%80&hub.mode=x")
    world.publish()
    world.work()

    asked, sent = world.subscriber.requests
    assert asked.target.startswith("/callback?id=%E4%B8%80&hub.mode=x&hub.mode=subscribe&hub.topic=https%3A")
    assert sent.target == "/callback?id=%E4%B8%80&hub.mode=x"


def test_a_callback_whose_name_is_private_is_not_dialled(world: World) -> None:
    """A callback that was taken is checked again before each connection."""
    world.ask()
    world.folder.configure(world.folder.config_file.read_text("utf-8").replace("127.0.0.0/8", "127.9.0.0/16"))
    world.work()

    assert (world.subscriber.requests, world.leases()) == ([], [])


def test_leases_are_bounded(world: World) -> None:
    """A lease is a day at least and thirty days at most. The callback is told its length."""
    given = {"": 864_000, "1": 86_400, "0": 86_400, "100000": 100_000, "9" * 12: 2_592_000}
    for seconds, lease in given.items():
        world.subscribe(lease_seconds=seconds)

        assert world.subscriber.questions[-1]["hub.lease_seconds"] == str(lease)
        assert world.leases() == [NOW + timedelta(seconds=lease)]


def test_a_host_has_few_requests_and_subscriptions(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limits of its host, a callback is refused for a while. A subscriber may renew all the same."""
    monkeypatch.setattr(hub_requests, "MOST_SUBSCRIPTIONS_A_HOST", 2)
    for number in range(2):
        world.subscribe(callback=f"{world.subscriber.url}/{number}")
    full, again = world.ask(), world.ask(callback=f"{world.subscriber.url}/0")
    monkeypatch.setattr(hub_requests, "MOST_SUBSCRIPTIONS_A_HOST", 1000)
    monkeypatch.setattr(hub_requests, "MOST_REQUESTS_A_HOST", 3)
    monkeypatch.setattr(hub_requests, "MOST_RENEWALS", 2)
    invented = [world.ask(callback=f"{world.subscriber.url}/x{number}").status_code for number in range(3)]
    renewed = [world.ask(callback=f"{world.subscriber.url}/1").status_code for _ in range(3)]
    monkeypatch.setattr(hub_requests, "MOST_WAITING", 2)
    in_all = world.ask(callback="http://127.0.0.2:8000/")
    monkeypatch.setattr(hub_requests, "MOST_REQUESTS_A_HOST", 100)
    ended = world.ask(mode="unsubscribe", callback=f"{world.subscriber.url}/0")

    assert (full.status_code, full.headers["Retry-After"], again.status_code) == (429, "60", 202)
    assert (invented, renewed) == ([202, 202, 429], [202, 202, 429])
    assert (in_all.status_code, ended.status_code) == (503, 202)


def test_requests_that_nobody_confirms_are_forgotten(world: World) -> None:
    """After an hour, nothing is left of a request that was not confirmed."""
    world.subscriber.challenge = "no"
    world.subscribe()
    world.work(after=2 * timedelta(hours=1))

    with world.store.read() as db:
        assert db.execute(sa.select(hub_request)).all() == []


def test_the_operator_sees_numbers(world: World) -> None:
    """`/status` and `/metrics` count subscriptions and failures, and show no address of a subscriber."""
    world.subscribe()
    world.subscriber.sent_status = 500
    world.publish()
    world.work()
    world.ask(callback=f"{world.subscriber.url}/2")
    world.folder.configure(
        world.folder.config_file.read_text("utf-8").replace("web: {", "web: {status_networks: [127.0.0.0/8], ")
    )
    page = world.web.get("/status", headers={"Accept-Language": "en", "Host": "feeds.example.org"}).text
    metrics = world.web.get("/metrics", headers={"Host": "feeds.example.org"}).text

    assert "1 subscriptions, 1 of them failing; 1 callbacks to ask" in page
    assert "feedsvc_hub_subscriptions_failing 1\n" in metrics
    assert str(world.subscriber.port) not in page + metrics


# --- a hub of others -------------------------------------------------------------------------------------------------


def test_a_hub_of_others_is_told_of_each_change(world: World) -> None:
    """The hub is told of each document that changed, once; while it fails, it is told again later."""
    world.folder.configure(configuration(world.subscriber, f"'{world.subscriber.url}'"))
    world.web.get("/feeds/all.rss")
    world.work()
    before = list(world.subscriber.documents)
    world.subscriber.sent_status = 503
    world.publish()
    world.web.get("/feeds/all.rss")
    world.work()
    world.subscriber.sent_status = 204
    world.work(after=timedelta(seconds=9))
    world.work(after=timedelta(seconds=1))
    world.work(after=DAY)

    told = [parse_qs(one.body.decode()) for one in world.subscriber.documents]
    topic = f"{BASE}/feeds/all.rss"
    assert before == []
    assert told == [{"hub.mode": ["publish"], "hub.url": [topic], "hub.topic": [topic]}] * 2
    assert world.subscriber.documents[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_another_hub_of_others_begins_anew(world: World) -> None:
    """A hub that takes the place of another one is told of later changes alone."""
    with subscribing() as other:
        for hub in (other, world.subscriber):
            world.folder.configure(configuration(hub, f"'{hub.url}'"))
            world.web.get("/feeds/all.rss")
            world.work()
        world.publish()
        world.web.get("/feeds/all.rss")
        world.work()

        assert (len(other.documents), len(world.subscriber.documents)) == (0, 1)
