"""The treatment of a host that asks for fewer requests, and the operator's view of it; on both databases."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from feedsvc.fetch.client import Client
from feedsvc.store import Store, poll_states
from tests.data.feeds import Article, articles, rss
from tests.data.upstream import Upstream, answer, serving
from tests.test_upstreams import HOUR, Polls, poll

__all__ = ["poll"]


class Everywhere(AbstractResolver):
    """Public names that lead to loopback."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """`other…` is a machine of its own."""
        address = "127.0.0.2" if host.startswith("other") else "127.0.0.1"
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(autouse=True)
def _names(poll: Polls) -> None:
    poll.client = lambda: Client(resolver=Everywhere)


#: Three feeds of a host with a public name, which a proxy answers from a private network; and of the own machine.
PUBLIC = "".join(
    f'  {name}: {{kind: upstream, url: "http://site.example.org:PORT/{name}", allow_ports: [PORT], '
    "allow_networks: [127.0.0.0/8]}\n"
    for name in "abc"
)
OWN = "".join(f'  {name}: {{kind: upstream, url: "URL/{name}", allow_private: true}}\n' for name in "abc")


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback with three feeds."""
    with serving() as one:
        for number, name in enumerate("abc"):
            one.answers[f"/{name}"] = answer(rss(articles(3, 1_000_000 * (number + 1))))
        yield one


def configure(poll: Polls, sources: str, upstream: Upstream) -> None:
    """Write the configuration for this server."""
    poll.configure(sources.replace("PORT", str(upstream.port)), upstream)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        (answer("slow down", 429, retry_after="7200"), 2 * HOUR),
        (answer("slow down", 429), 4 * HOUR),
        (answer("busy", 503, retry_after="10800"), 3 * HOUR),
        (answer("no", 429, x_ratelimit_remaining="0", x_ratelimit_reset="5400"), 1.5 * HOUR),
        (answer(rss(articles(3)), x_ratelimit_remaining="0.0", x_ratelimit_reset="7200"), 2 * HOUR),
        (answer(rss(articles(3)), ratelimit='"hour";r=0;t=7200'), 2 * HOUR),
    ],
    ids=["429", "429 without a word", "503", "429 as Reddit's", "the last one allowed", "the draft's"],
)
def test_a_public_host_is_left_alone(
    poll: Polls, upstream: Upstream, store: Store, said: bytes, wait: timedelta
) -> None:
    """All feeds of a host wait, also feeds that were due in the same round. After the wait, all are asked."""
    upstream.answers["/a"] = said
    configure(poll, PUBLIC, upstream)
    poll.run()
    asked = list(upstream.targets)
    poll.run(wait - timedelta(minutes=1))
    before = list(upstream.targets)
    with store.read() as db:
        held = poll_states.states(db)["b"].held_until
    upstream.answers["/a"] = answer(rss(articles(3)))
    poll.run(timedelta(minutes=2))

    assert asked == before == ["/a"]
    assert held is not None
    assert {"/b", "/c"} < set(upstream.targets)


@pytest.mark.parametrize(
    "said",
    [
        answer("slow down", 429, retry_after="7200"), answer("busy", 503, retry_after="7200"),
        answer(rss(articles(3)), ratelimit="limit=9, remaining=0, reset=7200"),
    ],
    ids=["429", "503", "a limit"],
)  # fmt: skip
def test_on_the_own_machine_only_the_feed_waits(poll: Polls, upstream: Upstream, said: bytes) -> None:
    """There, a route that is refused says nothing of the next one, which is another site's."""
    upstream.answers["/a"] = said
    configure(poll, OWN, upstream)
    poll.run()
    poll.run(1.5 * HOUR)

    assert upstream.targets.count("/a") == 1
    assert upstream.targets.count("/b") == upstream.targets.count("/c") == 2


def test_a_host_that_is_held_is_so_for_every_worker(poll: Polls, upstream: Upstream) -> None:
    """The row of the host says it, so a feed that is configured later, by another process, waits too."""
    upstream.answers["/a"] = answer("", 429, retry_after="7200")
    configure(poll, PUBLIC.splitlines(keepends=True)[0], upstream)
    poll.run()
    configure(poll, PUBLIC, upstream)
    poll.run(HOUR)
    early = list(upstream.targets)
    poll.run(1.1 * HOUR)

    assert early == ["/a"]
    assert {"/b", "/c"} < set(upstream.targets)


def test_an_error_of_one_feed_holds_nobody(poll: Polls, upstream: Upstream) -> None:
    """A 503 without a time, a 500 with one, a 403: the host goes on being asked."""
    upstream.answers["/a"] = answer("", 503)
    upstream.answers["/b"] = answer("", 500, retry_after="9000")
    configure(poll, PUBLIC, upstream)
    poll.run()

    assert sorted(upstream.targets) == ["/a", "/b", "/c"]


def test_whoever_answers_is_left_alone(poll: Polls, upstream: Upstream) -> None:
    """A 429 of the host that a redirect leads to holds that one's own feeds, not those of the host before."""
    with serving("127.0.0.2") as other:
        upstream.answers["/a"] = answer(b"", 302, location=f"http://other.example.org:{other.port}/far")
        other.answers["/far"] = answer("", 429, retry_after="7200")
        other.answers["/d"] = answer(rss(articles(2)))
        ports = f"allow_ports: [{upstream.port}, {other.port}], allow_networks: [127.0.0.0/8]"
        sources = PUBLIC.replace("allow_ports: [PORT], allow_networks: [127.0.0.0/8]", ports)
        sources = sources.replace("PORT", str(upstream.port))
        poll.configure(sources, upstream)
        later = f'  d: {{kind: upstream, url: "http://other.example.org:{other.port}/d", every: 15, {ports}}}\n'
        poll.configure(sources + later, upstream)
        poll.run()
        poll.run(HOUR)

        assert {"/b", "/c"} < set(upstream.targets)
        assert other.targets.count("/d") <= 1


@pytest.mark.parametrize(
    ("page", "status", "who"),
    [
        ("<!doctype html><html><link href='/.within.website/x/xess/xess.css'>", 200, "Anubis"),
        ("<!DOCTYPE html><html><title>Just a moment...</title>", 403, "Cloudflare"),
        ("<html><iframe src='/_Incapsula_Resource?x'></iframe></html>", 200, "Imperva"),
    ],
    ids=["Anubis", "Cloudflare", "Imperva"],
)
def test_a_wall_is_named_with_what_to_do(poll: Polls, upstream: Upstream, page: str, status: int, who: str) -> None:
    """A wall against bots is named with the remedy, also if it answers 200. Published entries stay."""
    configure(poll, OWN.splitlines(keepends=True)[0], upstream)
    poll.run()
    before = poll.entries()
    upstream.answers["/a"] = answer(page, status, content_type="text/html")
    (taken,) = poll.run(2 * HOUR)

    assert taken.error is not None
    assert f"a wall against bots ({who})" in taken.error
    assert "ask its owner" in taken.error
    assert "RSSHub" in taken.error
    assert poll.entries() == before


# --- a site that moves -----------------------------------------------------------------------------------------------


def test_a_move_is_no_hurry(poll: Polls, upstream: Upstream, store: Store) -> None:
    """All guids, links, titles and texts are others at once, but no entry is: their dates are those that were known."""
    some = articles(10)
    upstream.answers["/a"] = answer(rss(some))
    configure(poll, OWN.splitlines(keepends=True)[0], upstream)
    poll.run()
    moved = rss(some).replace("https://www.news.example", "https://new.example/blog")
    for one in some:
        moved = moved.replace(one.title, f"{one.title} | 新站").replace(one.teaser, f"<p>{one.number}</p>")
        moved = moved.replace(str(one.number), f"p{one.number * 7}")
    upstream.answers["/a"] = answer(moved)
    poll.run(2 * HOUR)
    with store.read() as db:
        state = poll_states.states(db)["a"]

    assert "entries are missed" not in (state.why or "")
    assert state.next_due is not None
    assert state.next_due - poll.now > timedelta(minutes=50)


def test_entries_with_other_dates_do_slip_through(poll: Polls, upstream: Upstream, store: Store) -> None:
    """Missed entries are noticed, also if all entries are dated before the last poll."""
    configure(poll, OWN.splitlines(keepends=True)[0], upstream)
    poll.run()
    upstream.answers["/a"] = answer(rss([Article(number=one.number - 50) for one in articles(10, 900_000)]))
    poll.run(2 * HOUR)
    with store.read() as db:
        assert "entries are missed" in (poll_states.states(db)["a"].why or "")


# --- what is left out ------------------------------------------------------------------------------------------------


def test_what_is_left_out_is_remembered_until_a_clean_answer(poll: Polls, upstream: Upstream, store: Store) -> None:
    """The number of problems, and the first of them; also after an answer that changes another entry."""
    bad = "<item><guid>empty</guid></item>" * 9
    some = articles(4)

    def state() -> tuple[int, int]:
        with store.read() as db:
            found = poll_states.states(db)["a"]
        return found.problems, len(found.problem_lines)

    seen = list[tuple[int, int]]()
    for feed in (
        rss(some).replace("</channel>", bad + "</channel>"),
        rss(some).replace("</channel>", bad + "</channel>").replace(some[0].title, "新标题"),
        rss(some),
    ):
        upstream.answers["/a"] = answer(feed, etag=f'"{len(seen)}"')
        configure(poll, OWN.splitlines(keepends=True)[0], upstream)
        poll.run(2 * HOUR)
        upstream.answers["/a"] = answer(b"", 304, content_length=None)
        poll.run(2 * HOUR)
        seen.append(state())

    assert seen == [(9, 5), (9, 5), (0, 0)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!DOCTYPE html><html><head><title>News</title></head><body>hello</body></html>", "feedsvc discover"),
        ("<rss", "it is asked again later"),
        ("Too many connections", "it is asked again later"),
        ('{"error": "no"}', "it is asked again later"),
    ],
    ids=["a page", "half a feed", "words", "JSON"],
)
def test_advice_is_for_who_reads_the_feed(poll: Polls, upstream: Upstream, body: str, words: str) -> None:
    """The message advises what a reader of a broken feed can do: find another address, or wait."""
    upstream.answers["/a"] = answer(body)
    configure(poll, OWN.splitlines(keepends=True)[0], upstream)
    (taken,) = poll.run()

    assert taken.error is not None
    assert words in taken.error
