"""A source whose settings changed is asked at once; on both databases."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from feedsvc.filters.kinds.regex import Regex
from feedsvc.model import FetchPolicy, Rules, UpstreamSpec
from feedsvc.store import Store, poll_states, polls
from feedsvc.store.polls import configured_of
from tests.conftest import Folder
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer, serving
from tests.test_upstreams import HOUR, Polls, poll

__all__ = ["poll"]

NEWS = '  news: {{kind: upstream, url: "URL/feed"{}}}\n'

SPEC = UpstreamSpec(
    name="news", url="https://a.example/feed", policy=FetchPolicy(user_agent="feedsvc/1.0 (+https://me.example)"),
    timezone=UTC, tag="a.example,2026",
)  # fmt: skip


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback with a feed."""
    with serving() as one:
        one.answers["/feed"] = answer(rss(articles(3)))
        yield one


def state(store: Store) -> poll_states.PollState:
    """The operator's view of the source."""
    with store.read() as db:
        return poll_states.states(db)["news"]


def test_a_source_that_was_refused_is_asked_when_it_is_allowed(poll: Polls, upstream: Upstream, store: Store) -> None:
    """A source that failed for days is due at once after the remedy, and its failures are forgotten."""
    poll.configure(NEWS.format(""), upstream)
    for _ in range(8):
        poll.run(timedelta(days=1.2))
    failing = state(store)
    poll.configure(NEWS.format(", allow_private: true"), upstream)

    assert failing.failures >= 6
    assert failing.next_due is not None
    assert failing.next_due - poll.now > 12 * HOUR
    assert (state(store).failures, state(store).error, state(store).why) == (0, None, "its settings changed")
    assert poll.counts(timedelta(seconds=1)) == {"new": 3}


@pytest.mark.parametrize(
    "changed",
    [
        ", headers: {Authorization: Bearer x}", ", every: 30", ", timezone: Europe/Berlin", ", article_key: '/(\\d+)'",
        ", drop: [{title: 广告}]", ", keep: [{any: 新}]", ", map: {a: b}", ", categories: [新闻]", ", title: 别的",
        ", max_entries: 5", ", rights: x", ", allow_ports: [1200]", ", allow_networks: [198.18.0.0/15]",
        ", fingerprint: " + "ab" * 32, ", proxy: 'http://127.0.0.1:9'",
    ],
    ids=lambda changed: changed.strip(", ").partition(":")[0],
)  # fmt: skip
def test_each_setting_counts(poll: Polls, upstream: Upstream, store: Store, changed: str) -> None:
    """Whatever was changed, the source is due now; left as it is, it is not."""
    poll.configure(NEWS.format(", allow_private: true"), upstream)
    poll.run()
    poll.configure(NEWS.format(", allow_private: true"), upstream)
    before = poll.run(timedelta(minutes=1))
    poll.configure(NEWS.format(f", allow_private: true{changed}"), upstream)

    assert before == []
    assert state(store).next_due == poll.now


@pytest.mark.parametrize("http", ["timeout: 5", "max_body: 50000", "user_agent: other/1"])
def test_settings_of_all_sources_count(poll: Polls, upstream: Upstream, store: Store, http: str) -> None:
    """The section `http` decides how each upstream is asked."""
    poll.configure(NEWS.format(", allow_private: true"), upstream)
    poll.run()
    poll.configure(NEWS.format(", allow_private: true") + f"http: {{{http}}}\n", upstream)

    assert state(store).next_due == poll.now


def test_a_source_that_was_gone_is_asked_again(poll: Polls, upstream: Upstream) -> None:
    """Somebody who changes it wants it back; the whole of it, not whether it changed."""
    upstream.answers["/feed"] = answer(rss(articles(3)), etag='"1"')
    poll.configure(NEWS.format(", allow_private: true"), upstream)
    poll.run()
    upstream.answers["/feed"] = answer("", 410)
    gone = poll.counts(2 * HOUR)
    never = poll.run(timedelta(days=30))
    upstream.answers["/feed"] = answer(rss(articles(4)))
    poll.configure(NEWS.format(", allow_private: true, headers: {X-Key: secret}"), upstream)

    assert (gone, never) == ({"gone": 1}, [])
    assert poll.counts()["new"] == 1
    assert "if-none-match" not in upstream.requests[-1].headers
    assert upstream.requests[-1].headers["x-key"] == "secret"


def test_what_is_found_under_former_settings_does_not_count(poll: Polls, upstream: Upstream, store: Store) -> None:
    """The configuration changes while a worker asks: its failure does not put the remedy off."""

    def late(connection: socket.socket) -> None:
        poll.configure(NEWS.format(", allow_private: true, every: 30"), upstream)
        connection.sendall(answer("no", 403))

    poll.configure(NEWS.format(", allow_private: true"), upstream)
    upstream.answers["/feed"] = late
    poll.run()
    upstream.answers["/feed"] = answer(rss(articles(3)))

    assert len(upstream.requests) == 1
    assert state(store).error is None
    assert poll.counts(timedelta(minutes=2)) == {"new": 3}


def test_an_outdated_worker_is_better_than_none(poll: Polls, upstream: Upstream, folder: Folder) -> None:
    """Where nobody who knows the new settings asks for a source, it is asked under the old ones, a while later."""
    poll.configure(NEWS.format(", allow_private: true"), upstream)
    before = folder.config_file.read_text()
    poll.configure(NEWS.format(", allow_private: true, every: 30"), upstream)
    folder.configure(before)

    assert [poll.counts(timedelta(minutes=2)), poll.counts(timedelta(minutes=15))] == [{}, {"new": 3}]


def test_a_new_release_polls_nobody(poll: Polls, upstream: Upstream, store: Store) -> None:
    """The state that an older release stored counts for the present configuration, unless the source failed."""
    two = NEWS.format(", allow_private: true") + NEWS.format("").replace("news", "bad")
    poll.configure(two, upstream)
    poll.run()
    with store.write() as db:
        db.exec_driver_sql("UPDATE upstream SET configured = NULL")
    poll.now += timedelta(seconds=30)
    poll.configure(two, upstream)
    with store.read() as db:
        due = {name: one.next_due for name, one in poll_states.states(db).items()}

    assert due["news"] is not None
    assert due["news"] > poll.now
    assert due["bad"] == poll.now


def test_a_digest_of_settings_says_nothing_and_forgets_nothing() -> None:
    """The version of feedsvc does not count, nor what is as by default; everything else does."""
    other = [
        replace(SPEC, every=timedelta(minutes=15)), replace(SPEC, rules=Rules(keep=(Regex(field="any", pattern="x"),))),
        *(
            replace(SPEC, policy=replace(SPEC.policy, **{name: value}))  # type: ignore[arg-type]
            for name, value in {
                "user_agent": "feedsvc/1.0 (+https://you.example)", "allow_private": True, "ports": frozenset({1}),
                "networks": ("10.0.0.0/8",), "timeout": 9, "max_body": 9, "ca": "/x", "fingerprint": "ab",
                "proxy": "http://u:secret@p", "headers": (("A", "secret"),),
            }.items()
        ),
    ]  # fmt: skip
    newer = replace(SPEC, policy=replace(SPEC.policy, user_agent="feedsvc/2.0 (+https://me.example)"))

    assert configured_of(newer) == configured_of(SPEC)
    assert len({configured_of(one) for one in (SPEC, *other)}) == 1 + len(other)
    assert all(len(configured_of(one)) == 32 for one in other)


@pytest.mark.parametrize("remedy", ["asked by name", "every", "both"])
def test_after_an_outage_nobody_waits(poll: Polls, upstream: Upstream, store: Store, remedy: str) -> None:
    """
    The own network was down for days, or RSSHub was: FreshRSS/FreshRSS#7202, miniflux/v2#149.

    Whoever shortens `every` of a failing source means now as well (FreshRSS/FreshRSS#9234).
    """
    upstream.answers["/feed"] = b""
    poll.configure(NEWS.format(", allow_private: true"), upstream)
    for _ in range(7):
        poll.run(timedelta(days=1.2))
    upstream.answers["/feed"] = answer(rss(articles(3)))
    waits = poll.run(HOUR)
    if remedy != "asked by name":
        poll.configure(NEWS.format(", allow_private: true, every: 15"), upstream)
    if remedy != "every":
        with store.write() as db:
            assert polls.ask(db, ["news"], poll.now, is_forced=False) == {}

    assert (waits, poll.counts()) == ([], {"new": 3})
    assert state(store).failures == 0
