"""Webhooks: each change of a feed reaches the receiver that the feed names, on both databases."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from feedsvc.cli.erasing import take_down
from feedsvc.cli.hooking import call_webhooks
from feedsvc.cli.status import lines
from feedsvc.errors import ConfigError
from feedsvc.merge.blocks import target_of
from feedsvc.publish import Publisher, status
from feedsvc.publish.status import Configured
from feedsvc.publish.webhooks import Deliverer
from feedsvc.publish.webhooks.messages import Message, headers
from feedsvc.schedule.retries import WAITS, wait
from feedsvc.store import Store, delays, digests, opening, webhooks
from feedsvc.store.schema import webhook
from feedsvc.update import Report, update
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, seed
from tests.data.samples import client
from tests.data.upstream import Upstream, answer, serving

TakeIn = Callable[..., Report]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of the example of Standard Webhooks
KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
OK = answer(status=204)


@pytest.fixture
def receiver() -> Iterator[Upstream]:
    """A server that takes messages at /hook."""
    with serving() as one:
        one.answers["/hook"] = OK
        yield one


@dataclass(slots=True, kw_only=True)
class Hooks:
    """Delivers the changes of a folder's feeds, at a time that the test says."""

    folder: Folder
    store: Store
    receiver: Upstream
    take_in: TakeIn
    now: datetime = NOW

    def configure(self, path: str = "/hook", of: str = "all", more: str = "", **keys: str) -> None:
        """Give a feed a webhook."""
        given = {"url": f'"{self.receiver.url}{path}"', "secret": SECRET, "allow_private": "true", **keys}
        written = ", ".join(f"{key}: {value}" for key, value in given.items())
        section = "categories" if of == "新媒体" else "feeds"
        self.folder.configure(f"{CONFIG}{section}: {{{of}: {{{more}webhook: {{{written}}}}}}}\n")

    def run(self, after: timedelta = timedelta()) -> list[dict[str, Any]]:
        """Deliver what is due some time later; the messages that were sent."""
        self.now += after
        before, config = len(self.receiver.requests), self.folder.config()
        publisher = Publisher(store=self.store, configured=config.catalogue)
        Deliverer(publisher=publisher, webhooks=config.webhooks, clock=lambda: self.now).deliver()
        return [json.loads(one.body) for one in self.receiver.requests[before:]]

    def write(self, name: str, title: str, **fields: str) -> None:
        """Write an article, and take it in."""
        self.folder.write(name, seed(title, **fields))
        self.take_in(self.now)

    def status(self) -> list[str]:
        """The lines of `feedsvc status` about webhooks."""
        config = self.folder.config()
        configured = Configured(places=config.places_of_sources, seeds=config.sources)
        found = status.read(self.store, configured, self.now, size=None)
        return [one for one in lines(found) if "webhook" in one]

    @property
    def ids(self) -> list[str]:
        """The ids of all messages."""
        return [one.headers["webhook-id"] for one in self.receiver.requests]


@pytest.fixture
def hooks(folder: Folder, store: Store, receiver: Upstream, take_in: TakeIn) -> Hooks:
    """A webhook of the feed of every entry, after a first import."""
    made = Hooks(folder=folder, store=store, receiver=receiver, take_in=take_in)
    made.configure()
    made.write("old.txt", "旧文")
    assert made.run() == []
    made.now += DAY
    return made


def said(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Kind and title of each message; of an entry that left, its guid."""
    entries = ((one["type"], one["data"]["entry"]) for one in messages)
    return [(kind.removeprefix("entry."), entry.get("title", entry["id"])) for kind, entry in entries]


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of the specification of Standard Webhooks has its own signature here."""
    message = Message(id="msg_p5jXN8AQM9LWM0D4loKWxJek", body=b'{"test": 2432232314}')
    moment = datetime.fromtimestamp(1614265330, tz=NOW.tzinfo)

    assert headers(message, KEY, moment)["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_change_of_an_entry_is_told_once(hooks: Hooks) -> None:
    """A new entry, an edit and a withdrawal are three messages with three ids; without a change there is none."""
    hooks.write("a.txt", "甲文")
    new = hooks.run()
    hooks.write("a.txt", "甲文改")
    edited = hooks.run()
    (hooks.folder.path / "seeds" / "a.txt").unlink()
    hooks.take_in(hooks.now)
    gone = hooks.run()

    assert said(new + edited) == [("created", "甲文"), ("updated", "甲文改")]
    assert said(gone) == [("deleted", new[0]["data"]["entry"]["id"])]
    assert set(gone[0]["data"]["entry"]) == {"id"}
    assert hooks.run() == []
    assert len(set(hooks.ids)) == 3
    assert hooks.status() == ["webhook of feed all: 3 deliveries, the last 0 s ago"]


def test_a_message_is_the_item_of_the_json_feed_and_is_signed(hooks: Hooks) -> None:
    """The entry is what the JSON Feed of the feed has; the signature is of id, time and body."""
    hooks.write("a.txt", "甲文", link="https://a.example/1")
    (message,) = hooks.run()
    (request,) = hooks.receiver.requests
    publisher = Publisher(store=hooks.store, configured=hooks.folder.config().catalogue)
    feed = publisher.find("all")
    assert feed is not None
    document = json.loads(publisher.document(feed, "json", hooks.now).body)
    named = [request.headers[f"webhook-{name}"] for name in ("id", "timestamp")]
    signed = hmac.new(KEY, b".".join([*(one.encode() for one in named), request.body]), hashlib.sha256)

    assert message["data"]["entry"] in document["items"]
    assert message["data"]["feed"] == {
        "title": "测试站", "home_page_url": "https://feeds.example.org/feeds/all",
        "feed_url": "https://feeds.example.org/feeds/all.json",
    }  # fmt: skip
    assert message["timestamp"] == f"{hooks.now:%Y-%m-%dT%H:%M:%SZ}"
    assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(signed.digest()).decode()}"
    assert (request.method, request.headers["content-type"]) == ("POST", "application/json")
    assert named[1] == str(int(hooks.now.timestamp()))


@pytest.mark.parametrize("of", ["新媒体", "x"])
def test_a_category_and_a_defined_feed_have_webhooks(hooks: Hooks, of: str) -> None:
    """The webhook gets the entries of its own feed alone."""
    hooks.configure(of=of, more="" if of == "新媒体" else "categories: [新媒体], ")
    hooks.take_in(hooks.now)
    hooks.run()
    hooks.write("b.txt", "别类", categories="[别的]")
    hooks.write("a.txt", "甲文")

    assert said(hooks.run()) == [("created", "甲文")]


def test_a_first_import_is_no_news(folder: Folder, store: Store, receiver: Upstream, take_in: TakeIn) -> None:
    """A webhook that is there before the first import gets what comes after it, and nothing of it."""
    made = Hooks(folder=folder, store=store, receiver=receiver, take_in=take_in)
    made.configure()
    opening.announce(store, folder.config().catalogue, made.now)
    assert made.run() == []
    for number in range(30):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
    take_in(made.now)
    imported = made.run(HOUR)
    made.write("a.txt", "甲文")

    assert imported == []
    assert said(made.run()) == [("created", "甲文")]


def test_an_archive_is_no_news(hooks: Hooks) -> None:
    """A new source with old articles sends none of them, months after the webhook began; an edit of one is told."""
    hooks.run(60 * DAY)
    folder = hooks.folder.path / "archive"
    folder.mkdir()
    date = f"{hooks.now - DAY:%Y-%m-%d %H:%M}"
    for number in range(300):
        (folder / f"{number}.txt").write_text(seed(f"第{number}篇", date=date), "utf-8")
    written = hooks.folder.config_file.read_text("utf-8")
    hooks.folder.configure(written.replace("sources:\n", "sources:\n  archive: {kind: seeds, path: archive}\n"))
    hooks.take_in = _take_in(hooks)
    hooks.take_in(hooks.now)
    imported = hooks.run()
    (folder / "7.txt").write_text(seed("第7篇改", date=date), "utf-8")
    hooks.take_in(hooks.now)

    assert imported == []
    assert said(hooks.run()) == [("updated", "第7篇改")]


def _take_in(hooks: Hooks) -> TakeIn:
    """Take in all sources of a folder: the fixture takes in one."""

    def run(now: datetime) -> Report:
        config = hooks.folder.config()
        return update(hooks.store, SANDBOX, config.sources, config.catalogue, now)[0]

    return run


def test_a_failed_message_is_sent_again_later_under_its_id(hooks: Hooks) -> None:
    """After a failure the others wait, so that the order stays. The waits grow to hours, and end never."""
    hooks.receiver.answers["/hook"] = answer(status=500)
    hooks.write("a.txt", "甲文")
    hooks.write("b.txt", "乙文")
    assert said(hooks.run()) == [("created", "甲文")]
    for pause in (*WAITS, WAITS[-1]):
        assert hooks.run(pause - timedelta(seconds=1)) == []
        assert said(hooks.run(timedelta(seconds=1))) == [("created", "甲文")]
    (line, todo) = hooks.status()
    hooks.receiver.answers["/hook"] = OK

    assert line.endswith("failed 9 times: 127.0.0.1 answers 500; next try in 6 h")
    assert todo == "to do: webhook of feed all: failed 9 times in a row: 127.0.0.1 answers 500"
    assert said(hooks.run(WAITS[-1])) == [("created", "甲文"), ("created", "乙文")]
    assert len(set(hooks.ids)) == 2
    assert hooks.status() == ["webhook of feed all: 2 deliveries, the last 0 s ago"]


def test_an_entry_that_is_taken_down_is_never_sent_again(hooks: Hooks) -> None:
    """Where a message failed, the next try tells that the entry is gone, without its words."""
    hooks.receiver.answers["/hook"] = answer(status=503)
    hooks.write("a.txt", "绝密标题")
    hooks.run()
    guid = "tag:example.org,2026:articles/a.txt"
    config = hooks.folder.config()
    take_down(config, hooks.store, [target_of(guid, config.site.base_url)], None, hooks.now)
    hooks.receiver.answers["/hook"] = OK
    sent = hooks.run(HOUR)

    assert said(sent) == [("deleted", guid)]
    assert "绝密".encode() not in hooks.receiver.requests[-1].body


def test_a_receiver_that_is_gone_gets_nothing_more(hooks: Hooks) -> None:
    """410 stops a webhook, and the operator is told. With another address it begins with what comes then."""
    hooks.receiver.answers["/hook"] = answer(status=410)
    hooks.write("a.txt", "甲文")
    hooks.run()
    hooks.write("b.txt", "乙文")
    assert hooks.run(30 * DAY) == []
    assert hooks.status()[1] == (
        "to do: webhook of feed all: 127.0.0.1 answers 410; remove the webhook, or give it another url"
    )
    hooks.receiver.answers["/other"] = OK
    hooks.configure("/other")
    assert hooks.run() == []
    hooks.write("c.txt", "丙文")

    assert said(hooks.run()) == [("created", "丙文")]


def test_the_operator_sees_webhooks(hooks: Hooks) -> None:
    """`/status`, in both languages, and `/metrics` have the figures of a webhook in each of its states."""
    text = hooks.folder.config_file.read_text("utf-8")
    hooks.folder.configure(f"{text}web: {{status_networks: [127.0.0.0/8]}}\n")
    pages = {}
    for status_code, after in ((200, timedelta()), (503, timedelta()), (410, HOUR)):
        hooks.receiver.answers["/hook"] = answer(status=status_code)
        hooks.write(f"{status_code}.txt", f"文{status_code}")
        hooks.run(after)
        web = client(hooks.folder, hooks.store, hooks.now)
        pages[status_code] = [
            web.get("/status", headers={"Accept-Language": language, "Host": "feeds.example.org"}).text
            for language in ("en", "zh-CN")
        ]
    metrics = web.get("/metrics", headers={"Host": "feeds.example.org"}).text

    assert "1 delivered, 0 refused; nothing waits" in pages[200][0]
    assert "已投递 1，被拒 0；没有等待的" in pages[200][1]
    assert "1 delivered, 0 refused; failed 1 times in a row" in pages[503][0]
    assert "已投递 1，被拒 0；连续失败 1 次" in pages[503][1]
    assert "1 delivered, 0 refused; stopped" in pages[410][0]
    assert "已投递 1，被拒 0；已停止" in pages[410][1]
    assert 'feedsvc_webhook_deliveries_total{feed="all"} 1\n' in metrics
    assert 'feedsvc_webhook_refused_total{feed="all"} 0\n' in metrics
    assert 'feedsvc_webhook_failures{feed="all"} ' in metrics
    assert 'feedsvc_webhook_stopped{feed="all"} 1\n' in metrics


def test_another_address_gets_what_the_former_did_not_take(hooks: Hooks) -> None:
    """A receiver that moves loses nothing and waits for nothing."""
    hooks.receiver.answers["/hook"] = answer(status=404)
    hooks.write("a.txt", "甲文")
    hooks.run()
    hooks.receiver.answers["/other"] = OK
    hooks.configure("/other")

    assert said(hooks.run()) == [("created", "甲文")]
    assert hooks.receiver.targets == ["/hook", "/other"]


@pytest.mark.parametrize(("away", "told"), [(HOUR / 2, ["甲文"]), (2 * HOUR, [])])
def test_a_webhook_that_was_removed_begins_anew(hooks: Hooks, away: timedelta, told: list[str]) -> None:
    """After an hour. Sooner it goes on, because workers do not get a new configuration at the same moment."""
    hooks.folder.configure(CONFIG)
    hooks.run()
    hooks.write("a.txt", "甲文")
    hooks.run(away)
    assert hooks.status() == []
    hooks.configure()

    assert [title for _, title in said(hooks.run())] == told


def test_a_message_that_is_refused_holds_up_the_others_for_minutes(hooks: Hooks) -> None:
    """If a receiver answers 400 to one message again and again, and takes the next one, the operator reads how many."""

    def refuse(connection: socket.socket) -> None:
        is_bad = "甲文" in hooks.receiver.requests[-1].body.decode()
        connection.sendall(answer(status=400) if is_bad else OK)

    hooks.receiver.answers["/hook"] = refuse
    hooks.write("a.txt", "甲文")
    hooks.write("b.txt", "乙文")
    for pause in (timedelta(), *WAITS[:3]):
        assert said(hooks.run(pause)) == [("created", "甲文")]

    assert set(said(hooks.run(WAITS[3]))) == {("created", "甲文"), ("created", "乙文")}
    assert hooks.status() == ["webhook of feed all: 1 delivery, the last 0 s ago; 1 refused"]


def test_a_receiver_that_refuses_everything_loses_nothing(hooks: Hooks) -> None:
    """A receiver that answers 400 to each message is at fault, not the messages: all of them wait for it."""
    hooks.receiver.answers["/hook"] = answer(status=400)
    hooks.write("a.txt", "甲文")
    hooks.write("b.txt", "乙文")
    for pause in (timedelta(), *WAITS):
        hooks.run(pause)
    hooks.receiver.answers["/hook"] = OK

    assert said(hooks.run(WAITS[-1])) == [("created", "甲文"), ("created", "乙文")]


def test_retry_after_lengthens_a_wait() -> None:
    """A receiver can ask for a longer wait, of a day at most, and not for a shorter one."""
    asked = [wait(1, {"retry-after": value}, NOW) for value in ("3600", "1", "9999999", "x")]

    assert asked == [HOUR, WAITS[0], DAY, WAITS[0]]


def test_a_receiver_that_hangs_holds_nobody_up(hooks: Hooks) -> None:
    """Another webhook, of the same host, gets its message while the first receiver keeps its connection open."""
    taken, is_over = threading.Event(), threading.Event()

    def hang(connection: socket.socket) -> None:
        is_over.set() if taken.wait(20) else None
        connection.close()

    def take(connection: socket.socket) -> None:
        connection.sendall(OK)
        taken.set()

    hooks.receiver.answers |= {"/hang": hang, "/hook": take}
    of = "{{categories: [新媒体], webhook: {{url: '{url}{path}', secret: {secret}, allow_private: true}}}}"
    feeds = {name: of.format(url=hooks.receiver.url, path=path, secret=SECRET) for name, path in
             (("a", "/hang"), ("b", "/hook"))}  # fmt: skip
    hooks.folder.configure(CONFIG + "feeds:\n" + "".join(f"  {name}: {one}\n" for name, one in feeds.items()))
    hooks.take_in(hooks.now)
    hooks.run()
    hooks.write("a.txt", "甲文")
    hooks.run()

    ended = "the connection ended without an answer"
    assert is_over.is_set()
    assert hooks.status()[:2] == [
        f"webhook of feed a: 0 deliveries; failed 1 time: 127.0.0.1: {ended}; next try in 10 s",
        "webhook of feed b: 1 delivery, the last 0 s ago",
    ]


def test_a_redirect_is_not_followed(hooks: Hooks) -> None:
    """The target of a redirect gets nothing: it was not configured."""
    hooks.receiver.answers["/hook"] = answer(status=307, location="/other")
    hooks.write("a.txt", "甲文")
    hooks.run()

    assert hooks.receiver.targets == ["/hook"]
    assert "127.0.0.1 answers 307, a redirect, which is not followed" in hooks.status()[0]


def test_a_private_address_needs_a_setting(hooks: Hooks) -> None:
    """Without allow_private no connection is made, and the message names the key."""
    hooks.configure(allow_private="false")
    hooks.write("a.txt", "甲文")
    hooks.run()

    assert hooks.receiver.connections == 0
    assert "give the webhook allow_private: true" in hooks.status()[0]


def test_a_late_worker_writes_nothing(hooks: Hooks) -> None:
    """A worker whose lease has ended does not move the cursor that another worker has moved."""
    hooks.write("a.txt", "甲文")
    with hooks.store.write() as db:
        ids = db.scalars(sa.select(webhook.c.feed_id)).all()
        (late,) = webhooks.claim(db, ids, hooks.now, timedelta(seconds=60), 9)
        assert webhooks.claim(db, ids, hooks.now, timedelta(seconds=60), 9) == []
    assert said(hooks.run(timedelta(seconds=60))) == [("created", "甲文")]
    with hooks.store.write() as db:
        is_saved = webhooks.save(db, late, webhooks.Outcome(after=late.after), hooks.now)

    assert not is_saved
    assert hooks.run() == []


def test_a_feed_of_digests_tells_digests(hooks: Hooks) -> None:
    """A digest is one message once its period is over; an edit of a piece is another message of the same entry."""
    hooks.configure(of="daily", more="categories: [新媒体], digest: day, ")
    hooks.take_in(hooks.now)
    hooks.run()
    hooks.write("a.txt", "甲文")
    assert hooks.run() == []
    hooks.now += DAY
    digests.close(hooks.store, hooks.folder.config().catalogue, hooks.now)
    over = hooks.run()
    hooks.write("a.txt", "甲文改")
    edited = hooks.run()

    assert [kind for kind, _ in said(over + edited)] == ["created", "updated"]
    assert over[0]["data"]["entry"]["id"] == edited[0]["data"]["entry"]["id"]
    assert "甲文改" in edited[0]["data"]["entry"]["content_html"]


def test_a_delayed_feed_tells_an_entry_when_it_comes_there(hooks: Hooks) -> None:
    """The delay does not make an entry look like one of an archive."""
    hooks.configure(of="later", more="categories: [新媒体], delay: 600, ")
    hooks.take_in(hooks.now)
    hooks.run()
    hooks.write("a.txt", "甲文")
    assert hooks.run(5 * HOUR) == []
    hooks.now += 5 * HOUR
    delays.release(hooks.store, hooks.now)

    assert said(hooks.run()) == [("created", "甲文")]


def test_the_job_of_a_worker_delivers(hooks: Hooks) -> None:
    """The job delivers by the clock of the machine, and returns when nothing is due; one that is to end sends none."""
    hooks.now = datetime.now(UTC)
    hooks.run()
    hooks.write("a.txt", "甲文")
    call_webhooks(hooks.folder.config(), hooks.store, lambda: hooks.now, lambda: True)
    before = len(hooks.receiver.requests)
    call_webhooks(hooks.folder.config(), hooks.store, lambda: hooks.now, lambda: False)

    assert (before, len(hooks.receiver.requests)) == (0, 1)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("secret", ["geheim-Nr-1", "whsec_kurz", "whsec_" + "A" * 400, "[whsec_geheim]"])
def test_a_bad_secret_is_not_repeated(hooks: Hooks, secret: str) -> None:
    """The problem says how to make a secret. It does not show the one that is there."""
    hooks.configure(secret=secret)

    with pytest.raises(ConfigError) as error:
        hooks.folder.config()
    assert secret.strip("[]") not in str(error.value)
    assert "feeds.all.webhook.secret" in str(error.value)


def test_no_secret_is_stored_or_shown(hooks: Hooks) -> None:
    """Neither the secret nor the path of the address is in the database, in the status, or in the text of a Config."""
    hooks.receiver.answers["/hook"] = answer(status=500)
    hooks.write("a.txt", "甲文")
    hooks.run()
    with hooks.store.read() as db:
        row = repr(db.execute(sa.select(webhook)).one())
    shown = f"{row}{hooks.status()}{hooks.folder.config()!r}"

    assert not any(one in shown for one in (SECRET, SECRET[6:], "/hook", repr(KEY)))
