"""Upstream feeds, from a real server into the store and out again."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from feedsvc.publish import Publisher
from feedsvc.store import Store, polls
from feedsvc.update import update
from feedsvc.update.upstreams import Poller, Taken
from tests.conftest import SANDBOX, Folder, catalogue
from tests.data.feeds import Article, articles, atom, json_feed, rdf, rss
from tests.data.upstream import Upstream, answer, serving

HOUR = timedelta(hours=1)

#: When the articles of tests.data.feeds are news.
START = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)

CONFIG = """\
site: {title: 测试站, base_url: "https://feeds.example.org", tag: "feeds.example.org,2026"}
sources:
"""

NEWS = """\
  news:
    {kind: upstream, url: "URL/feed", article_key: '/(\\d+)\\.htm', categories: [新闻], allow_private: true}
"""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


class Polls:
    """Polls a folder's upstreams at a time that the test says."""

    def __init__(self, folder: Folder, store: Store) -> None:
        self.folder, self.store, self.now = folder, store, START

    def configure(self, sources: str, *upstreams: Upstream) -> None:
        """Write the configuration; URL, URL2 … stand for the servers."""
        for number, one in reversed(list(enumerate(upstreams, 1))):
            sources = sources.replace(f"URL{number}" if number > 1 else "URL", one.url)
        self.folder.configure(CONFIG + sources)
        config = self.folder.config()
        with self.store.write() as db:
            polls.define(db, config.upstreams, self.now)

    def run(self, after: timedelta = timedelta()) -> list[Taken]:
        """Poll what is due some time later."""
        self.now += after
        config = self.folder.config()
        poller = Poller(
            store=self.store, specs={spec.name: spec for spec in config.upstreams}, catalogue=catalogue(config),
            clock=lambda: self.now, pause=0,
        )  # fmt: skip
        return poller.drain()

    def counts(self, after: timedelta = timedelta()) -> dict[str, int]:
        """The same, added up."""
        return dict(sum((taken.counts for taken in self.run(after)), Counter[str]()))

    def import_seeds(self) -> None:
        """Take in the folder's seeds."""
        config = self.folder.config()
        update(self.store, SANDBOX, config.sources, catalogue(config), self.now)

    def entries(self, slug: str = "all") -> list[tuple[str, str, str | None]]:
        """Title, guid and link of what a feed shows."""
        return [(one.title, one.guid, one.link) for one in self.shown(slug)]

    def shown(self, slug: str = "all") -> list:  # type: ignore[type-arg]
        """What a feed shows."""
        config = self.folder.config()
        publisher = Publisher(store=self.store, site=config.site, specs=config.feeds, categories=config.categories)
        feed = publisher.find(slug)
        assert feed is not None
        return publisher.entries(feed)


@pytest.fixture
def poll(folder: Folder, store: Store) -> Polls:
    """Polls at START and later."""
    return Polls(folder, store)


def wanted(some: list[Article]) -> list[tuple[str, str, str]]:
    """What of these articles a feed is to show, newest first."""
    return [(one.title, one.link, one.link) for one in some]


@pytest.mark.parametrize("write", [rss, atom, rdf, json_feed])
def test_an_upstream_comes_out_as_our_feed(
    poll: Polls, upstream: Upstream, write: Callable[[list[Article]], str]
) -> None:
    """Titles, guids and links to the letter, in order, in the feed of its category too, with whose work it is."""
    some = articles(100)
    upstream.answers["/feed"] = answer(write(some))
    poll.configure(NEWS, upstream)

    assert poll.counts() == {"new": 100}
    assert poll.entries() == poll.entries("新闻") == wanted(some)
    first = poll.shown()[0]
    assert (first.published, first.updated) == (some[0].published, some[0].published)
    assert "来源：<a href=" in first.content
    assert "阅读全文" not in first.content
    assert first.origins[0].title.startswith("新闻网")


def test_moving_everything_gives_nothing_new(poll: Polls, upstream: Upstream) -> None:
    """Scheme, host, section, order, a pinned item; a title is an edit."""
    some = articles(30)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS, upstream)
    poll.run()
    before = poll.entries()
    moved = [
        Article(number=one.number, section="science", host="http://m.news.example") for one in (some[7], *some[::-1])
    ]
    upstream.answers["/feed"] = answer(rss(moved))
    counts = poll.counts(2 * HOUR)

    assert counts.get("new", 0) == 0
    assert [(title, guid) for title, guid, _ in poll.entries()] == [(title, guid) for title, guid, _ in before]


def test_what_is_unchanged_costs_a_question(poll: Polls, upstream: Upstream) -> None:
    """A 304, or the same bytes again, change nothing; validators go back."""
    upstream.answers["/feed"] = answer(rss(articles(5)), etag='"v1"')
    poll.configure(NEWS, upstream)
    poll.run()
    same = poll.counts(2 * HOUR)
    upstream.answers["/feed"] = answer(b"", 304, content_length=None)
    not_modified = poll.counts(2 * HOUR)

    assert same == not_modified == {"unchanged": 1}
    assert [request.headers.get("if-none-match") for request in upstream.requests] == [None, '"v1"', '"v1"']


def test_nothing_is_polled_before_it_is_due(poll: Polls, upstream: Upstream) -> None:
    """However often a worker starts."""
    upstream.answers["/feed"] = answer(rss(articles(5)))
    poll.configure(NEWS, upstream)
    for _ in range(10):
        poll.run(timedelta(seconds=5))

    assert len(upstream.requests) == 1


def test_an_edit_is_a_revision(poll: Polls, upstream: Upstream, store: Store) -> None:
    """Its guid stays, `updated` moves, what was there before is kept."""
    some = articles(3)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(rss(some).replace(some[0].teaser, some[0].teaser + "<p>补充</p>"))

    assert poll.counts(2 * HOUR) == {"edited": 1, "unchanged": 2}
    first = poll.shown()[0]
    assert (first.guid, first.published, first.updated) == (some[0].link, some[0].published, poll.now)
    with store.read() as db:
        assert db.scalar(sa.text("SELECT count(*) FROM revision")) == 1


@pytest.mark.parametrize(
    "trouble", [answer("sorry", 503), answer("<html>", 200), answer("x" * 50, content_length="99"), b""]
)
def test_trouble_costs_nothing(poll: Polls, upstream: Upstream, store: Store, trouble: bytes) -> None:
    """What was published stays, the validators too; the operator reads what is wrong, and the next poll is later."""
    upstream.answers["/feed"] = answer(rss(articles(5)), etag='"v1"')
    poll.configure(NEWS, upstream)
    poll.run()
    before = poll.entries()
    upstream.answers["/feed"] = trouble
    (taken,) = poll.run(2 * HOUR)
    with store.read() as db:
        state = polls.states(db)["news"]

    assert taken.counts == {"failed": 1}
    assert taken.error == state.error
    assert taken.error is not None
    assert taken.error.startswith(f"{upstream.url}/feed: ")
    assert poll.entries() == before
    upstream.answers["/feed"] = answer(b"", 304, content_length=None)
    assert poll.counts(2 * HOUR) == {"unchanged": 1}
    assert upstream.requests[-1].headers["if-none-match"] == '"v1"'
