"""Older pages of an upstream's feed (`history: true`), from a real server, on both databases."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from feedsvc.fetch.client import Client
from feedsvc.model import BEGINNING, View, Window
from feedsvc.sandbox.shapes import ReadFeed
from feedsvc.store import Store, backfills, feeds, lookups, poll_states, sources, views
from feedsvc.store.schema import archive_page, host, membership, revision, story
from feedsvc.store.schema import upstream as polled
from feedsvc.store.states import in_words
from feedsvc.update.upstreams import Poller
from feedsvc.update.upstreams.backfill import MAX_FAILURES, PAGES_A_TURN
from feedsvc.update.upstreams.pages import MAX_EMPTY, MAX_ENTRIES, MAX_PAGES, step_after
from feedsvc.update.upstreams.rounds import Round
from tests.conftest import catalogue
from tests.data.feeds import Article, articles, atom, json_feed, rdf, rss
from tests.data.upstream import Upstream, answer, serving
from tests.test_manners import Everywhere
from tests.test_settings import SPEC
from tests.test_upstreams import HOUR, NEWS, START, Polls, poll, upstream

__all__ = ["poll", "upstream"]

WITH_HISTORY = NEWS.replace("allow_private", "history: true, allow_private")

#: Enough for every pause after a failure.
DAYS = timedelta(days=2)

ATOM_LINK = '<link xmlns="http://www.w3.org/2005/Atom" rel="{}" href="{}"/>'


def linked(text: str, target: str, relation: str = "next") -> str:
    """A feed in XML that names an older page."""
    link = ATOM_LINK.format(relation, target)
    return text.replace("</title>", f"</title>{link}", 1)


def json_linked(text: str, target: str) -> str:
    """A JSON Feed that names an older page."""
    return json.dumps(json.loads(text) | {"next_url": target})


def serve(server: Upstream, some: list[Article], size: int = 10, relation: str = "next") -> None:
    """A feed with the newest of these articles, and pages `/1`, `/2` … with the others."""
    parts = [some[start : start + size] for start in range(0, len(some), size)]
    for number, part in enumerate(parts):
        text = rss(part) if number == len(parts) - 1 else linked(rss(part), f"{number + 1}", relation)
        server.answers[f"/{number}" if number else "/feed"] = answer(text)


def source(name: str) -> str:
    """A source with history, whose feed is at its name."""
    return WITH_HISTORY.replace("news:", f"{name}:").replace("/feed", f"/{name}")


def state(store: Store, name: str = "news") -> backfills.BackfillState:
    """How far the older pages are read."""
    with store.read() as db:
        return backfills.states(db)[name]


def rows(store: Store, *columns: "sa.ColumnElement[Any]") -> list[Any]:
    """Rows of the store."""
    with store.read() as db:
        return list(db.execute(sa.select(*columns).order_by(columns[0])).all())


def arrivals(store: Store) -> list[datetime]:
    """The arrivals of the stories of each feed, by position."""
    with store.read() as db:
        joined = sa.select(story.c.arrived_at).join(membership).order_by(membership.c.feed_id, membership.c.position)
        return [moment for moment in db.scalars(joined) if moment]


@pytest.mark.parametrize("relation", ["next", "prev-archive"])
def test_older_pages_come_out_with_the_feed(poll: Polls, upstream: Upstream, store: Store, relation: str) -> None:
    """A first import has them in order of date, each arrived on its own date; no page is asked for twice."""
    some = articles(100)
    serve(upstream, some, relation=relation)
    poll.configure(WITH_HISTORY, upstream)
    poll.run()
    poll.run(2 * HOUR)

    assert [guid for _, guid, _ in poll.entries()] == [one.link for one in some]
    assert arrivals(store) == [one.published for one in reversed(some)] * 2
    assert upstream.targets == ["/feed", *(f"/{number}" for number in range(1, 10)), "/feed"]
    assert (state(store).ended, state(store).pages, state(store).entries) == ("finished", 9, 90)


#: The forms in which a feed names its older page.
FORMS: dict[str, Callable[[list[Article]], bytes]] = {
    "atom": lambda some: answer(linked(atom(some), "/older")),
    "rdf": lambda some: answer(linked(rdf(some), "older")),
    "json": lambda some: answer(json_linked(json_feed(some), "/older#top")),
    "header": lambda some: answer(rss(some), link='<https://e.example/>; rel="shortlink", </older>; rel="next"'),
    "archive": lambda some: answer(linked(linked(rss(some), "/wrong"), "/older", "prev-archive")),
    "typed": lambda some: answer(linked(rss(some), '/older" type="application/rss+xml')),
    "page": lambda some: answer(linked(linked(rss(some), "/older"), '/wrong" type="text/html')),
}


def test_every_form_names_its_older_page(poll: Polls, upstream: Upstream, store: Store) -> None:
    """Links in all formats and in headers are resolved against the page."""
    some = articles(6)
    upstream.answers["/older"] = answer(rss(some[3:]))
    upstream.answers |= {f"/{name}": write(some[:3]) for name, write in FORMS.items()}
    poll.configure("".join(source(name) for name in FORMS), upstream)
    poll.run()

    assert set(upstream.targets) == {"/older", *(f"/{name}" for name in FORMS)}
    with store.read() as db:
        read = {name: (one.ended, one.entries) for name, one in backfills.states(db).items()}
    assert read == dict.fromkeys(FORMS, ("finished", 3))


def test_the_live_poll_notices_nothing(poll: Polls, upstream: Upstream, store: Store) -> None:
    """Validators, marks, counts and schedule of the feed are those of a source without history; no page has its own."""
    serve(upstream, articles(60))
    alone = NEWS.replace("news:", "alone:").replace("URL", "URL2")
    with serving() as other:
        other.answers["/feed"] = upstream.answers["/feed"]
        poll.configure(WITH_HISTORY + alone, upstream, other)
        for _ in range(3):
            poll.run(2 * HOUR)
    skipped = {"source_id", "host_id", "configured_url", "url", "next_due", "validated_url", "configured", "durations"}
    columns = [column for column in polled.c if column.name not in skipped]
    one, two = rows(store, polled.c.source_id, *columns)

    assert one[1:] == two[1:]
    assert all("if-none-match" not in request.headers for request in upstream.requests)
    with store.read() as db:
        known = [lookups.raw_hashes(db, sources.ids_of(db, [name])[0], 1000) for name in ("news", "alone")]
    assert known[0] == known[1]


def test_an_older_form_changes_nothing(poll: Polls, upstream: Upstream, store: Store) -> None:
    """An entry of the feed keeps its text against an older page's form; of two older forms, the first one counts."""
    some = articles(4)
    edited = rss(some[:3]).replace("据介绍", "更正")
    page = linked(rss(some), "/2").replace("据介绍", "旧稿")
    upstream.answers |= {"/feed": answer(linked(edited, "/1")), "/1": answer(page), "/2": answer(rss(some))}
    poll.configure(WITH_HISTORY, upstream)
    poll.run()
    before = poll.documents()
    poll.run(DAYS)

    texts = ["更正" in one.content for one in poll.shown()]
    assert texts == [True, True, True, False]
    assert "旧稿" in poll.shown()[3].content
    assert rows(store, revision.c.entry_id) == []
    assert poll.documents() == before


def test_an_archive_is_no_news(poll: Polls, upstream: Upstream, store: Store) -> None:
    """
    Where a feed has been read for long, older pages change no document's entries and no closed page.

    A program that follows the feed gets each of their entries once.
    """
    some = articles(230, 1_499_870)
    serve(upstream, some, size=200)
    poll.configure(NEWS, upstream)
    poll.run()
    documents, before = poll.documents(), poll.entries()
    closed = rows(store, archive_page.c.number, archive_page.c.last_position, archive_page.c.feed_id)
    with store.read() as db:
        (feed,) = [one for one in feeds.list_feeds(db) if one.slug == "all"]
    poll.configure(WITH_HISTORY, upstream)
    poll.run(HOUR)

    assert len(poll.documents()) == len(documents)
    assert poll.entries() == before
    now = rows(store, archive_page.c.number, archive_page.c.last_position, archive_page.c.feed_id)
    assert set(closed) < set(now)
    assert max(one.last_position for one in now) == 230
    with store.read() as db:
        (grown,) = [one for one in feeds.list_feeds(db) if one.slug == "all"]
        found = views.changes(db, grown, View(after=BEGINNING, limit=500), Window())
        assert feed.last_position == 200
    assert sorted(one.guid for one in found.entries) == sorted(one.link for one in some)


def test_undated_entries_come_before_all_others(poll: Polls, upstream: Upstream) -> None:
    """An entry of an older page without a date takes a date before the first one of its source, in its place."""
    some = articles(6)
    undated = "".join(f"<item><title>旧{n}</title><link>https://o.example/{n}</link></item>" for n in "ab")
    serve(upstream, some[:3])
    poll.configure(NEWS, upstream)
    poll.run()
    page = rss(some[3:]).replace("</channel>", f"{undated}</channel>")
    upstream.answers |= {"/feed": answer(linked(rss(some[:3]), "/1")), "/1": answer(page)}
    poll.configure(WITH_HISTORY, upstream)
    poll.run(HOUR)

    assert [title for title, _, _ in poll.entries()] == [*(one.title for one in some), "旧a", "旧b"]
    assert poll.shown()[-1].published == some[-1].published - timedelta(seconds=1)


#: A feed → the page that it names, the pages that follow, the end, and how many pages are read.
LOOPS: dict[str, tuple[str | None, list[str], str, int]] = {
    "itself": ("/itself", [], "repeated", 0),
    "back": ("/back1", ["/back"], "repeated", 1),
    "two": ("/two1", ["/two2", "/two1"], "repeated", 2),
    "same": ("/same1", ["/same1"], "repeated", 1),
    "none": (None, [], "none", 0),
    "junk": ("http://10.0.0.1:99999/", [], "none", 0),
    "metadata": ("http://169.254.169.254/x", [], "refused", 0),
    "scheme": ("ftp://e.example/x", [], "none", 0),
}


def test_a_loop_ends(poll: Polls, upstream: Upstream, store: Store) -> None:
    """A page is asked for once; a link to a page that was read, or to no page, is the end."""
    some = articles(30)
    for name, (first, others, _, _) in LOOPS.items():
        upstream.answers[f"/{name}"] = answer(linked(rss(some[:3]), first) if first else rss(some[:3]))
        for number, following in enumerate(others, 1):
            upstream.answers[f"/{name}{number}"] = answer(linked(rss(some[3 * number : 3 * number + 3]), following))
    poll.configure("".join(map(source, LOOPS)), upstream)
    poll.run()
    poll.run(DAYS)

    pages = [target for target in upstream.targets if target[-1].isdigit()]
    assert sorted(pages) == sorted({target for target in upstream.answers if target[-1].isdigit()})
    with store.read() as db:
        ends = {name: (one.ended, one.pages) for name, one in backfills.states(db).items()}
    assert ends == {name: (ended, pages) for name, (_, _, ended, pages) in LOOPS.items()}


def test_pages_that_repeat_or_say_nothing_end(poll: Polls, upstream: Upstream, store: Store) -> None:
    """A server that ignores the number of a page, and a calendar without entries, come to an end."""
    some = articles(6)
    upstream.answers["/feed"] = answer(linked(rss(some[:3]), "/1"))
    for number in range(1, 2 * MAX_EMPTY):
        upstream.answers[f"/{number}"] = answer(linked(rss(some[3:]), f"/{number + 1}"))
        upstream.answers[f"/c{number}"] = answer(linked(rss([]), f"/c{number + 1}"))
    upstream.answers["/calendar"] = answer(linked(rss(some[:3]), "/c1"))
    calendar = WITH_HISTORY.replace("news:", "calendar:").replace("/feed", "/calendar")
    poll.configure(WITH_HISTORY + calendar, upstream)
    poll.run()

    assert (state(store).ended, state(store).pages) == ("repeated", 2)
    assert (state(store, "calendar").ended, state(store, "calendar").pages) == ("empty", MAX_EMPTY)


@pytest.mark.parametrize("counts", [{"pages": MAX_PAGES, "entries": 0}, {"pages": 1, "entries": MAX_ENTRIES}])
def test_no_history_goes_on_for_ever(counts: dict[str, int]) -> None:
    """The largest number of pages or entries ends it, also if each page is new."""
    read = ReadFeed(older_page="https://a.example/next")
    step = step_after(read, SPEC, counts | {"empty": 0}, START, is_repeated=False, is_new=True)

    assert (step.ended, step.url) == ("full", None)


def test_a_page_that_fails_comes_later(poll: Polls, upstream: Upstream, store: Store) -> None:
    """The feed is placed and polled as before; the page is asked for again, later and later, and then is read."""
    some = articles(40)
    serve(upstream, some)
    good = upstream.answers["/2"]
    upstream.answers["/2"] = answer("broken", 500)
    poll.configure(WITH_HISTORY, upstream)
    poll.run()
    assert len(poll.entries()) == 20
    assert (state(store).failures, state(store).pages) == (1, 1)
    for failures, said in enumerate((answer("gone?", 404), answer("<html>wall</html>"), answer(rss(some)[:1500])), 2):
        upstream.answers["/2"] = said
        poll.run(DAYS)
        assert (state(store).failures, state(store).pages) == (failures, 1)
    upstream.answers["/2"] = good
    poll.run(DAYS)

    assert upstream.targets == ["/feed", "/1", "/2", *["/feed", "/2"] * 4, "/3"]
    assert [guid for _, guid, _ in poll.entries()] == [one.link for one in some]
    assert (state(store).ended, state(store).error) == ("finished", None)
    with store.read() as db:
        assert poll_states.states(db)["news"].failures == 0


def test_a_page_that_never_comes_is_given_up(poll: Polls, upstream: Upstream, store: Store) -> None:
    """The operator reads why; a changed setting tries it once more."""
    some = articles(20)
    serve(upstream, some)
    page = upstream.answers.pop("/1")
    poll.configure(WITH_HISTORY, upstream)
    for _ in range(MAX_FAILURES + 2):
        poll.run(DAYS)
    assert upstream.targets.count("/1") == MAX_FAILURES
    assert "history: given up (" in words(poll, store)
    assert "/1: the server answers 404)" in words(poll, store)
    upstream.answers["/1"] = page
    poll.configure(WITH_HISTORY.replace("history", "every: 90, history"), upstream)
    poll.run()

    assert len(poll.entries()) == 20
    assert "history: 10 older entries of 1 page, read to its end" in words(poll, store)


def words(poll: Polls, store: Store) -> str:
    """The line of `feedsvc sources`."""
    with store.read() as db:
        places = poll.folder.config().places_of_sources
        return in_words(sources.SourceState(name="news"), poll_states.states(db)["news"], places, poll.now)


def test_a_limit_holds_pages_and_no_feed(poll: Polls, upstream: Upstream, store: Store) -> None:
    """429 puts off the pages of all feeds of the host, at a public name, while the feeds are polled as before."""
    poll.client = lambda: Client(resolver=Everywhere)
    serve(upstream, articles(40))
    upstream.answers["/1"] = answer("slow down", 429, retry_after="36000")
    public = "".join(
        f'  {name}: {{kind: upstream, url: "http://site.example.org:{upstream.port}/{path}", history: true, '
        f"allow_ports: [{upstream.port}], allow_networks: [127.0.0.0/8]}}\n"
        for name, path in (("news", "feed"), ("more", "3"))
    )
    upstream.answers["/3"] = answer(linked(rss(articles(3, 9_000_000)), "/4"))
    upstream.answers["/4"] = answer(linked(rss(articles(3, 8_000_000)), "/5"))
    poll.configure(public, upstream)
    poll.run()
    asked = list(upstream.targets)
    poll.run(2 * HOUR)

    assert sorted(upstream.targets[len(asked) :]) == ["/3", "/feed"]
    assert asked.count("/1") == 1
    with store.read() as db:
        assert [one.held_until for one in poll_states.states(db).values()] == [None, None]


def test_a_page_of_another_host(poll: Polls, upstream: Upstream, store: Store) -> None:
    """The other host is claimed for it, and gets no headers of the source."""
    with serving("127.0.0.2") as other:
        some = articles(9)
        upstream.answers["/feed"] = answer(linked(rss(some[:3]), f"{other.url}/1", "prev-archive"))
        other.answers["/1"] = answer(linked(rss(some[3:6]), f"{upstream.url}/2", "prev-archive"))
        upstream.answers["/2"] = answer(rss(some[6:]))
        poll.configure(WITH_HISTORY.replace("allow_private", "headers: {X-Token: secret}, allow_private"), upstream)
        poll.run()

        assert [request.headers.get("x-token") for request in other.requests] == [None]
        assert [request.headers.get("x-token") for request in upstream.requests] == ["secret", "secret"]
    assert len(poll.entries()) == 9
    assert [(one.name, one.fence > 0) for one in rows(store, host.c.name, host.c.fence)] == [
        ("127.0.0.1", True), ("127.0.0.2", True),
    ]  # fmt: skip


def test_a_page_at_a_private_address_is_not_asked_for(poll: Polls, upstream: Upstream, store: Store) -> None:
    """The guard refuses a name that leads to the own network as it does for redirects; the feed stays published."""
    poll.client = lambda: Client(resolver=Everywhere)
    with serving("127.0.0.2") as inside:
        upstream.answers["/feed"] = answer(linked(rss(articles(3)), f"http://other.example.org:{inside.port}/secret"))
        public = (
            f'  news: {{kind: upstream, url: "http://site.example.org:{upstream.port}/feed", history: true, '
            f"allow_ports: [{upstream.port}, {inside.port}], allow_networks: [127.0.0.1/32]}}\n"
        )
        poll.configure(public, upstream)
        poll.run()

        assert inside.connections == 0
    assert len(poll.entries()) == 3
    assert "private address" in (state(store).error or "")


def test_two_sources_with_one_url_share_the_pages(poll: Polls, upstream: Upstream, store: Store) -> None:
    """Sources with equal requests get each page by one request."""
    serve(upstream, articles(40))
    poll.configure(WITH_HISTORY + WITH_HISTORY.replace("news:", "twin:"), upstream)
    poll.run()

    assert upstream.targets == ["/feed", "/1", "/2", "/3"]
    assert (state(store).entries, state(store, "twin").entries) == (30, 30)


def test_a_worker_that_dies_between_two_pages(
    poll: Polls, upstream: Upstream, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker goes on with the next page once the lease has ended, and what is shown is the same."""
    some = articles(80)
    serve(upstream, some)
    poll.configure(WITH_HISTORY, upstream)
    config = poll.folder.config()
    dying = Poller(
        store=store, specs={spec.name: spec for spec in config.upstreams}, catalogue=catalogue(config),
        clock=lambda: poll.now, pause=0.2, is_stopping=lambda: len(upstream.targets) >= 4,
    )  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(Round, "_release", lambda *_: None)
        dying.drain()
    read = state(store).pages
    poll.run()
    assert (state(store).pages, poll.entries()) == (read, [])
    poll.run(timedelta(minutes=2))

    assert 1 <= read <= PAGES_A_TURN
    assert sorted(set(upstream.targets)) == sorted({"/feed", *(f"/{number}" for number in range(1, 8))})
    assert len(upstream.targets) <= 9
    assert [guid for _, guid, _ in poll.entries()] == [one.link for one in some]
    assert arrivals(store) == [one.published for one in reversed(some)] * 2


def test_history_that_is_taken_out_half_way(poll: Polls, upstream: Upstream, store: Store) -> None:
    """It stops at once, and goes on where it was when it is put in again; another feed begins anew."""
    some = articles(40)
    serve(upstream, some)
    page = upstream.answers.pop("/2")
    poll.configure(WITH_HISTORY, upstream)
    poll.run()
    upstream.answers["/2"] = page
    poll.configure(NEWS, upstream)
    poll.run(DAYS)
    assert (upstream.targets[-1], len(poll.entries())) == ("/feed", 20)
    with store.read() as db:
        assert backfills.states(db) == {}
    poll.configure(WITH_HISTORY, upstream)
    poll.run(HOUR)
    assert (upstream.targets[-2:], len(poll.entries())) == (["/2", "/3"], 40)
    poll.configure(WITH_HISTORY.replace("/feed", "/1"), upstream)
    poll.run(HOUR)

    assert upstream.targets[-3:] == ["/1", "/2", "/3"]
    assert len(poll.entries()) == 40


def test_a_piece_that_another_source_has_is_no_news_either(poll: Polls, upstream: Upstream, store: Store) -> None:
    """A stored story that an entry of an older page joins comes into the feed of its category with its old arrival."""
    some = articles(6)
    upstream.answers |= {"/other": answer(rss(some[3:])), "/feed": answer(rss(some[:3]))}
    other = NEWS.replace("news:", "other:").replace("/feed", "/other").replace("新闻", "别处")
    poll.configure(NEWS + other, upstream)
    poll.run()
    upstream.answers |= {"/feed": answer(linked(rss(some[:3]), "/1")), "/1": answer(rss(some[3:]))}
    poll.configure(WITH_HISTORY + other, upstream)
    poll.run(HOUR)

    assert poll.entries("新闻") == poll.entries()
    with store.read() as db:
        late = sa.select(membership.c.arrived_at).where(membership.c.arrived_at > some[0].published)
        assert db.scalars(late).all() == []


def test_feeds_of_the_host_have_their_turn(poll: Polls, upstream: Upstream, store: Store) -> None:
    """A feed that is due waits for some pages of another one, not for all."""
    serve(upstream, articles(200))
    upstream.answers["/z"] = answer(rss(articles(3, 9_000_000)))
    poll.configure(WITH_HISTORY + NEWS.replace("news:", "z:").replace("/feed", "/z"), upstream)
    with store.write() as db:
        db.execute(sa.update(polled).where(polled.c.url.endswith("/z")).values(next_due=poll.now + HOUR))
    specs = {spec.name: spec for spec in poll.folder.config().upstreams}
    Poller(
        store=store, specs=specs, catalogue=catalogue(poll.folder.config()), pause=0,
        # An hour is over once page 5 was asked for.
        clock=lambda: poll.now + ("/5" in upstream.targets) * HOUR,
    ).drain()  # fmt: skip

    assert 0 < upstream.targets.index("/z") - upstream.targets.index("/5") <= PAGES_A_TURN
    assert upstream.targets[-1] == "/19"
