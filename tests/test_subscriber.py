"""Subscriptions at the hubs of upstreams (WebSub): hubs, callbacks and polls together, on both databases."""

import hashlib
import hmac
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedsvc.schedule.pushes import DENIED, LEASE, SPACING
from feedsvc.store import Store, poll_states, polls
from feedsvc.store.schema import subscription, upstream
from feedsvc.update.upstreams.subscriber import Subscriber
from feedsvc.web import create_app
from feedsvc.web.websub import MAX_PUSH
from tests.conftest import Folder
from tests.data.feeds import articles, json_feed, rss
from tests.data.upstream import Upstream, answer, serving
from tests.test_upstreams import HOUR, Polls

SECOND = timedelta(seconds=1)
TOPIC = "https://news.example/Feed?all"

#: A source whose operator wants pushes, also from a hub on this machine.
PUSHED = '  news: {kind: upstream, url: "URL/feed", allow_private: true, push: true}\n'

Row = sa.Row[Any]


class Pushes(Polls):
    """An upstream with a hub, feedsvc between them, and the time."""

    def __init__(self, folder: Folder, store: Store, origin: Upstream, hub: Upstream) -> None:
        super().__init__(folder, store)
        self.origin, self.hub = origin, hub
        self.serve(3)
        hub.answers["/"] = answer(status=202)
        self.configure(PUSHED, origin)

    def serve(self, number: int, hubs: Sequence[str] = ("/",), topic: str = TOPIC) -> None:
        """Let the upstream have so many articles, and name these hubs."""
        named = [f'<{self.hub.url}{one}>; rel="hub"' for one in hubs]
        self.origin.answers["/feed"] = answer(rss(articles(number)), link=", ".join([*named, f'<{topic}>; rel="self"']))

    @cached_property
    def web(self) -> FlaskClient:
        """The server."""
        return create_app(self.folder.config(), self.store, lambda: self.now).test_client()

    def follow(self, after: timedelta = timedelta()) -> int:
        """The work of a worker some time later: how many subscriptions it asked hubs for."""
        self.now += after
        config = self.folder.config()
        subscriber = Subscriber(
            store=self.store, specs={one.name: one for one in config.upstreams}, pushed=config.pushed, pause=0,
            base_url=config.site.base_url, policy=replace(config.policy, allow_private=True), clock=lambda: self.now,
        )  # fmt: skip
        subscriber.follow()
        return subscriber.ask()

    @property
    def asked(self) -> list[dict[str, str]]:
        """The requests that the hub received."""
        assert {one.method for one in self.hub.requests} <= {"POST"}
        return [{name: values[0] for name, values in parse_qs(one.body.decode()).items()} for one in self.hub.requests]

    def verify(self, mode: str = "subscribe", topic: str = TOPIC, number: int = -1, **more: str) -> TestResponse:
        """The hub's question about one of its requests."""
        said = {"mode": mode, "topic": topic, "challenge": "<b>c</b>", "lease_seconds": "864000", **more}
        path = urlsplit(self.asked[number]["hub.callback"]).path
        return self.web.get(path, query_string={f"hub.{name}": value for name, value in said.items()})

    def push(self, body: bytes = b"news", method: str = "sha256", signature: str | None = None) -> int:
        """A push of the hub, signed as it should be unless the test says otherwise."""
        path, secret = urlsplit(self.asked[0]["hub.callback"]).path, self.asked[0]["hub.secret"]
        if signature is None:
            signature = f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"
        return self.web.post(path, data=body, headers={"X-Hub-Signature": signature}).status_code

    def subscribe(self) -> None:
        """Poll, ask the hub, and let it verify."""
        self.run()
        assert self.follow() == 1
        assert self.verify().status_code == 200

    @property
    def rows(self) -> list[Row]:
        """All subscriptions."""
        with self.store.read() as db:
            return list(db.execute(sa.select(subscription).order_by(subscription.c.id)))

    @property
    def states(self) -> list[str]:
        """Their states."""
        return [row.state for row in self.rows]

    @property
    def upstream(self) -> Row:
        """The row of the upstream."""
        with self.store.read() as db:
            return db.execute(sa.select(upstream)).one()

    @property
    def wait(self) -> float:
        """Hours until the next poll, to a tenth."""
        wait: timedelta = self.upstream.next_due - self.now
        return round(wait / HOUR, 1)


@pytest.fixture
def world(folder: Folder, store: Store) -> Iterator[Pushes]:
    """An upstream and its hub, each a server on loopback."""
    with serving() as origin, serving() as hub:
        yield Pushes(folder, store, origin, hub)


# --- a subscription --------------------------------------------------------------------------------------------------


def test_a_hub_that_an_upstream_names_is_asked_and_verifies(world: Pushes, store: Store) -> None:
    """The request is as WebSub 5.1 says; the challenge comes back as it is, and never as a page."""
    world.run()
    world.follow()
    (asked,), (request,) = world.asked, world.hub.requests
    response = world.verify()

    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert (asked["hub.mode"], asked["hub.topic"]) == ("subscribe", TOPIC)
    assert asked["hub.lease_seconds"] == str(int(LEASE.total_seconds()))
    assert asked["hub.callback"].startswith("https://feeds.example.org/websub/")
    assert 40 <= len(asked["hub.secret"]) < 200
    assert (response.status_code, response.text) == (200, "<b>c</b>")
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (response.headers["Cache-Control"], response.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    (row,) = world.rows
    assert (row.state, row.lease_until - world.now, row.next_due - world.now) == ("active", LEASE, 0.8 * LEASE)
    with store.read() as db:
        assert poll_states.states(db)["news"].is_pushed


@pytest.mark.parametrize("write", [rss, json_feed])
def test_a_document_names_a_hub(world: Pushes, write: Callable[..., str]) -> None:
    """Where the answer has no header field for it."""
    hub = world.hub.url
    links = '<x:link xmlns:x="http://www.w3.org/2005/Atom" rel="{}" href="{}"/>'
    head = links.format("hub", f"{hub}/") + links.format("self", TOPIC)
    text = write(articles(3), head=head) if write is rss else write(articles(3))
    named = f'"feed_url": "{TOPIC}", "hubs": [{{"type": "WebSub", "url": "{hub}/"}}], "items"'
    world.origin.answers["/feed"] = answer(text.replace('"items"', named, 1) if write is json_feed else text)
    world.subscribe()

    assert world.asked[0]["hub.topic"] == TOPIC


def test_a_lease_is_renewed_before_it_ends(world: Pushes) -> None:
    """Under the same callback; the hub's answer to the request does not undo its question, which came first."""
    world.subscribe()
    assert world.follow(0.79 * LEASE) == 0
    assert world.follow(0.01 * LEASE) == 1
    world.verify()

    assert world.asked[0] == world.asked[1]
    assert world.rows[0].lease_until == world.now + LEASE


def test_a_hub_may_verify_before_it_answers(world: Pushes) -> None:
    """Its question within the request counts, and its answer after it changes nothing."""
    world.run()

    def verify_first(connection: socket.socket) -> None:
        assert world.verify().status_code == 200
        connection.sendall(answer(status=202))

    world.hub.answers["/"] = verify_first
    world.follow()

    (row,) = world.rows
    assert (row.state, row.failures, row.next_due) == ("active", 0, world.now + 0.8 * LEASE)


def test_two_workers_ask_once(world: Pushes) -> None:
    """A claim is one worker's. A killed worker's is free again when its lease ends."""
    world.run()
    assert [world.follow(), world.follow()] == [1, 0]
    assert len(world.asked) == 1


# --- questions that are not answered ---------------------------------------------------------------------------------


#: Questions with another topic or mode than feedsvc sent, or without a challenge that can be.
WRONG_QUESTIONS: tuple[dict[str, Any], ...] = (
    {"topic": TOPIC.lower()}, {"topic": f"{TOPIC}#"}, {"topic": ""}, {"mode": "unsubscribe"}, {"mode": "publish"},
    {"mode": "Subscribe"}, {"challenge": ""}, {"challenge": "c" * 5000}, {"mode": "denied", "topic": TOPIC.lower()},
)  # fmt: skip


def test_a_question_about_what_was_not_asked_is_not_answered(world: Pushes) -> None:
    """404, nothing of the request in it, and nothing changes."""
    world.subscribe()
    before = world.rows
    for said in WRONG_QUESTIONS:
        response = world.verify(**said)
        assert (response.status_code, response.text, response.headers["Cache-Control"]) == (404, "", "no-store")

    assert world.rows == before


def test_an_unknown_callback_and_one_whose_hub_was_not_asked_yet_answer_nothing(world: Pushes, store: Store) -> None:
    """A guess shows nothing. A hub that pushes there learns that the subscription is gone."""
    world.subscribe()
    known = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "c"}
    with store.write() as db:
        db.execute(sa.update(subscription).values(asked=None, state="wanted"))

    assert world.verify().status_code == 404
    assert world.web.get("/websub/guess", query_string=known).status_code == 404
    assert world.web.post("/websub/guess", data=b"news").status_code == 410


# --- pushes ----------------------------------------------------------------------------------------------------------


def test_a_push_lets_the_upstream_be_polled_at_once(world: Pushes) -> None:
    """Its news come from the upstream itself. The next poll is late, because the hub announces news."""
    world.subscribe()
    for number, method in enumerate(("sha1", "sha256", "sha384", "sha512"), 1):
        world.serve(3 + number)
        assert world.counts(SPACING) == {}
        assert world.push(method=method) == 202
        assert world.counts() == {"new": 1, "unchanged": 2 + number}

    assert world.wait == pytest.approx(6, abs=0.4)


FORGED = ("", f"sha256={'0' * 64}", f"md5={'0' * 32}", "sha256", "sha256=é", f"sha256={'0' * 5000}", "sha1=" * 500)


def test_a_push_without_a_valid_signature_is_ignored_and_counted(world: Pushes) -> None:
    """It is answered as a valid one (WebSub, 7.1)."""
    world.subscribe()
    statuses = {world.push(signature=one) for one in FORGED}

    assert statuses == {202}
    assert world.counts(SPACING) == {}
    assert world.rows[0].refused == len(FORGED)


def test_of_several_signatures_the_strongest_counts(world: Pushes) -> None:
    """A valid signature with SHA-1 beside a forged one with SHA-256 does not help."""
    world.subscribe()
    valid = hmac.new(world.asked[0]["hub.secret"].encode(), b"news", hashlib.sha1).hexdigest()

    world.push(signature=f"sha256={'0' * 64},sha1={valid}")
    assert world.upstream.pushes == 0
    world.push(signature=f"sha1={valid}")
    assert world.upstream.pushes == 1


def test_a_huge_push_is_refused(world: Pushes) -> None:
    """Its length is enough, before it is read."""
    world.subscribe()

    assert world.push(b"x" * (MAX_PUSH + 1)) == 413
    assert world.push(b"x" * (MAX_PUSH - 1)) == 202
    assert world.upstream.pushes == 1


def test_pushes_again_and_again_cause_few_polls(world: Pushes) -> None:
    """A replayed push, or a hub that pushes each second: half a minute apart at first, and then ever later."""
    world.subscribe()
    for _ in range(40):
        world.push()
        world.run(15 * SECOND)

    assert len(world.origin.requests) - 1 <= 5


def test_a_push_while_the_feed_is_fetched_is_not_lost(world: Pushes) -> None:
    """The answer may be from before the news. The feed is polled once more, and then has them."""
    world.subscribe()
    old = world.origin.answers["/feed"]
    assert isinstance(old, bytes)

    def late(connection: socket.socket) -> None:
        world.push()
        connection.sendall(old)

    world.origin.answers["/feed"] = late
    world.push()
    world.counts(SPACING)
    world.serve(4)

    assert world.counts(SPACING) == {"new": 1, "unchanged": 3}


def test_a_push_shortens_no_back_off_and_no_hold(world: Pushes) -> None:
    """An upstream that fails, or whose host said to come later, is polled when that ends."""
    world.subscribe()
    world.origin.answers["/feed"] = answer(status=500)
    world.push()
    assert world.counts(SPACING) == {"failed": 1}
    due = world.upstream.next_due
    world.push()

    assert world.counts(10 * SPACING) == {}
    assert world.upstream.next_due == due


# --- the polls beside the pushes -------------------------------------------------------------------------------------


def test_news_that_no_push_announces_bring_the_usual_interval_back(world: Pushes) -> None:
    """The hub is silent. With its next push it is trusted again."""
    world.subscribe()
    world.serve(4)
    world.run(2 * HOUR)
    world.serve(5)
    world.run(8 * HOUR)
    silent = world.wait
    world.serve(6)
    world.push()
    world.run(SPACING)

    assert silent == pytest.approx(1, abs=0.1)
    assert world.wait == pytest.approx(6, abs=0.4)


def test_a_push_without_news_is_looked_at_again_soon(world: Pushes) -> None:
    """A cache before the upstream may send the former document."""
    world.subscribe()
    world.push()
    world.run(SPACING)
    assert 0.2 <= world.wait <= 0.3
    world.serve(4)

    assert world.counts(HOUR / 2) == {"new": 1, "unchanged": 3}


def test_a_lease_that_ends_brings_the_usual_interval_back(world: Pushes) -> None:
    """The hub does not verify the renewal: the upstream is polled when the lease ends, and then as usual."""
    world.subscribe()
    world.run(HOUR)
    for _ in range(40):
        world.follow(LEASE / 40)
    assert world.states == ["wanted"]
    world.run(SECOND)

    assert world.wait == pytest.approx(1, abs=0.1)


# --- hubs that do not work -------------------------------------------------------------------------------------------


def test_a_denial_is_recorded_and_the_next_hub_is_asked(world: Pushes, store: Store) -> None:
    """The operator sees the reason, without the callback that it quotes; the hub is asked again a week later."""
    world.serve(3, hubs=["/", "/two"])
    world.hub.answers["/two"] = answer(status=202)
    world.subscribe()
    callback = world.asked[0]["hub.callback"]
    response = world.verify(mode="denied", reason=f"no room\r\nfor {callback}")
    world.follow()

    assert (response.status_code, response.text, world.states) == (200, "", ["denied", "wanted"])
    assert [one.target for one in world.hub.requests] == ["/", "/two"]
    assert world.upstream.next_due == world.now + SPACING
    with store.read() as db:
        told = poll_states.states(db)["news"]
    assert (told.is_pushed, told.hub_error) == (
        False,
        "the hub denies it: no room for https://feeds.example.org/websub/…",
    )
    world.verify()
    assert world.follow(DENIED) == 1
    world.verify()
    world.follow()
    assert world.states == ["active", "leaving"]


@pytest.mark.parametrize(
    "said", [answer(status=404), answer(status=302, location="/two"), answer(status=503), lambda one: one.close()]
)
def test_a_hub_that_fails_is_asked_ever_later_and_then_the_next_one(world: Pushes, said: Any) -> None:
    """A redirect that would change the request is a failure, too."""
    world.serve(3, hubs=["/", "/two"])
    world.hub.answers |= {"/": said, "/two": answer(status=202)}
    world.run()
    asked = [world.follow(after) for after in (timedelta(), *[timedelta(minutes=5)] * 7)]

    assert asked == [1, 1, 0, 1, 1, 0, 0, 1]
    assert [one.target for one in world.hub.requests] == ["/", "/", "/", "/two", "/"]
    assert str(world.rows[0].error)


def test_a_hub_that_never_answers_holds_no_other_up(world: Pushes) -> None:
    """It costs its own subscriptions the time limit alone, once."""
    silent = '  s1: {kind: upstream, url: "URL/s1", allow_private: true, push: true}\n'
    world.folder.configure(world.folder.config_file.read_text() + "http: {timeout: 1}\n")
    with serving() as mute:
        for path in ("/s1", "/s2"):
            world.origin.answers[path] = answer(
                rss(articles(2)), link=f"<{mute.url}{path}>; rel=hub, <{TOPIC}>; rel=self"
            )
        world.configure(PUSHED + silent + silent.replace("s1", "s2") + "http: {timeout: 1}\n", world.origin)
        mute.answers |= {"/s1": lambda one: one.recv(1), "/s2": lambda one: one.recv(1)}  # type: ignore[dict-item]
        world.run()
        world.follow()

        assert len(mute.requests) == 1
    assert [world.verify().status_code, len(world.asked)] == [200, 1]


def test_a_hub_may_hand_a_request_on(world: Pushes) -> None:
    """308 leads to another hub, which gets the same request; a loop ends."""
    world.hub.answers |= {"/": answer(status=308, location="/new"), "/new": answer(status=202)}
    world.subscribe()
    assert [one.target for one in world.hub.requests] == ["/", "/new"]
    assert world.asked[0] == world.asked[1]
    world.hub.answers["/new"] = answer(status=307, location="/")
    world.follow(LEASE)

    assert "redirects" in world.rows[0].error


@pytest.mark.parametrize("push", ["", ", push: false"])
def test_a_private_hub_or_address_needs_the_word_of_the_operator(world: Pushes, push: str) -> None:
    """A feed that names a hub on our network, and a site on a private address: nothing is sent without `push: true`."""
    source = PUSHED.replace(", push: true", push)
    world.configure(source, world.origin)
    world.run()
    world.follow()
    assert world.rows == []
    world.folder.configure(world.folder.config_file.read_text() + "http: {push: true}\n")
    world.follow()

    assert world.hub.requests == []
    assert [("push: true" in row.error) for row in world.rows] == ([] if push else [True])


# --- the end of a subscription ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["gone", "off", "other hub", "other topic"])
def test_a_subscription_that_is_not_wanted_is_ended(world: Pushes, left: str) -> None:
    """The source leaves the configuration, or pushes are turned off; or the upstream names another hub or topic."""
    world.hub.answers["/two"] = answer(status=202)
    world.subscribe()
    if left == "gone":
        world.configure(PUSHED.replace("news", "other").replace("true}", "false}"), world.origin)
    elif left == "off":
        world.configure(PUSHED.replace("push: true", "push: false"), world.origin)
    else:
        changed = {"hubs": ("/two",)} if left == "other hub" else {"topic": f"{TOPIC}&2"}
        world.serve(4, **changed)
        world.run(7 * HOUR)
    world.follow()
    ended = [number for number, one in enumerate(world.asked) if one["hub.mode"] == "unsubscribe"]

    assert world.push() == 410
    assert world.verify(number=0).status_code == 404
    (number,) = ended
    assert "hub.secret" not in world.asked[number]
    assert world.verify("unsubscribe", number=number).status_code == 200
    assert "leaving" not in world.states


def test_a_subscription_that_cannot_be_ended_is_forgotten(world: Pushes) -> None:
    """After three requests; the hub learns from 410, or its lease ends."""
    world.subscribe()
    world.hub.answers["/"] = answer(status=500)
    world.configure(PUSHED.replace("push: true", "push: false"), world.origin)
    for _ in range(3):
        world.follow(HOUR)

    assert (world.rows, len(world.asked)) == ([], 4)


def test_another_public_address_gets_a_callback_of_its_own(world: Pushes, store: Store) -> None:
    """The hub is asked again, under the new address."""
    world.subscribe()
    text = world.folder.config_file.read_text().replace('feeds.example.org"', 'new.example.org/f"', 1)
    world.folder.configure(text)
    world.follow()
    assert world.states == ["active"]  # this process does not know the stored configuration
    with store.write() as db:
        polls.define(db, world.folder.config().upstreams, world.now)
    world.follow()

    assert world.asked[1]["hub.callback"].startswith("https://new.example.org/f/websub/")
    assert world.asked[0]["hub.secret"] != world.asked[1]["hub.secret"]


def test_nothing_secret_is_shown(world: Pushes, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the callback nor the secret, in the log, on `/status`, in `/metrics`, or in the state of the source."""
    world.subscribe()
    asked = world.asked[0]
    echo = answer(f"{asked['hub.callback']} {asked['hub.secret']}", 400)
    world.hub.answers["/"] = echo
    world.follow(LEASE)
    world.push(signature="sha1=0")
    shown = [world.web.get(path).text for path in ("/status", "/metrics", "/", "/robots.txt")]

    for secret in (asked["hub.secret"], asked["hub.callback"].rpartition("/")[2]):
        assert not any(secret in text for text in (*shown, caplog.text, str(world.rows[0].error)))


def test_an_upstream_that_changes_its_answer_keeps_its_hub_while_it_is_unchanged(world: Pushes) -> None:
    """A 304 without the header field says nothing about hubs; a document without any ends the subscription."""
    world.subscribe()
    world.origin.answers["/feed"] = answer(rss(articles(3)))
    world.run(7 * HOUR)
    assert [world.follow(), world.states] == [0, ["active"]]
    world.origin.answers["/feed"] = answer(rss(articles(4)))
    world.run(7 * HOUR)

    assert [world.follow(), world.states] == [1, ["leaving"]]
    with world.store.read() as db:
        assert polls.due_of(db, [1], world.now) == {1: []}
