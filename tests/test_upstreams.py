"""Upstream feeds, from a real server into the store and out again."""

import re
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from feedsvc.fetch.client import Client
from feedsvc.model import FORMATS, Entry
from feedsvc.publish import Publisher
from feedsvc.store import Store, feeds, poll_states, polls
from feedsvc.update import update
from feedsvc.update.upstreams import Poller, Taken
from tests.conftest import SANDBOX, Folder, catalogue, seed
from tests.data.drained import drained
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
        self.client: Callable[[], Client] = Client

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
            clock=lambda: self.now, pause=0, client=self.client,
        )  # fmt: skip
        return drained(poller)

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

    def shown(self, slug: str = "all") -> list[Entry]:
        """The entries of a feed."""
        publisher = self._publisher()
        feed = publisher.find(slug)
        assert feed is not None
        return publisher.entries(feed)

    def documents(self) -> list[bytes]:
        """Every document that is published."""
        publisher = self._publisher()
        with self.store.read() as db:
            listed = sorted(feeds.list_feeds(db), key=lambda feed: feed.slug)
        return [publisher.document(feed, form, self.now).body for feed in listed for form in FORMATS]

    def _publisher(self) -> Publisher:
        config = self.folder.config()
        return Publisher(store=self.store, configured=config.catalogue)


@pytest.fixture
def poll(folder: Folder, store: Store) -> Polls:
    """Polls at START and later."""
    return Polls(folder, store)


def wanted(some: list[Article]) -> list[tuple[str, str, str]]:
    """The expected entries of these articles in a feed, newest first."""
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


def test_what_a_feed_asks_for_counts_while_it_is_unchanged(poll: Polls, upstream: Upstream) -> None:
    """The `ttl` of the last document still counts after an answer 304, which has no `ttl`."""
    upstream.answers["/feed"] = answer(rss(articles(3), head="<ttl>360</ttl>"), etag='"v"')
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(b"", 304, content_length=None)
    assert poll.counts(8 * HOUR) == {"unchanged": 1}

    assert poll.counts(4 * HOUR) == {}
    assert poll.counts(4 * HOUR) == {"unchanged": 1}


def test_nothing_is_polled_before_it_is_due(poll: Polls, upstream: Upstream) -> None:
    """However often a worker starts."""
    upstream.answers["/feed"] = answer(rss(articles(5)))
    poll.configure(NEWS, upstream)
    for _ in range(10):
        poll.run(timedelta(seconds=5))

    assert len(upstream.requests) == 1


def test_an_edit_is_a_revision(poll: Polls, upstream: Upstream, store: Store) -> None:
    """An edited entry keeps its guid and date, `updated` moves, and the former version is stored."""
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
    "trouble",
    [answer("sorry", 503), answer("<html>", 200), answer("x" * 50, content_length="99"), b""],
    ids=["an error", "a page", "broken off", "nothing"],
)
def test_trouble_costs_nothing(poll: Polls, upstream: Upstream, store: Store, trouble: bytes) -> None:
    """Published entries stay, and so do the validators; the operator reads the reason, and the next poll is later."""
    upstream.answers["/feed"] = answer(rss(articles(5)), etag='"v1"')
    poll.configure(NEWS, upstream)
    poll.run()
    before = poll.entries()
    upstream.answers["/feed"] = trouble
    (taken,) = poll.run(2 * HOUR)
    with store.read() as db:
        state = poll_states.states(db)["news"]

    assert taken.counts == {"failed": 1}
    assert taken.error == state.error
    assert taken.error is not None
    assert taken.error.startswith(f"{upstream.url}/feed: ")
    assert poll.entries() == before
    upstream.answers["/feed"] = answer(b"", 304, content_length=None)
    assert poll.counts(2 * HOUR) == {"unchanged": 1}
    assert upstream.requests[-1].headers["if-none-match"] == '"v1"'


# --- seeds and upstreams, and several upstreams ----------------------------------------------------------------------

TWO = """\
  teasers:
    {kind: upstream, url: "URL/teasers", title: 新闻网, categories: [新闻], allow_private: true}
  full:
    {kind: upstream, url: "URL2/full", title: 全文站, categories: [全文], allow_private: true}
"""


def test_two_sources_of_one_site_give_one_entry_each(poll: Polls, upstream: Upstream) -> None:
    """Teasers first, the whole text two days later: guid, link and date stay, the text is the full one."""
    some = articles(10)
    with serving() as other:
        upstream.answers["/teasers"] = answer(rss(some))
        other.answers["/full"] = answer("gone", 503)
        poll.configure(TWO, upstream, other)
        poll.run()
        before = {one.guid: one for one in poll.shown()}
        other.answers["/full"] = answer(
            atom([Article(number=one.number, host="https://mirror.example") for one in some])
        )
        poll.run(timedelta(days=2))
        after = {one.guid: one for one in poll.shown()}

    assert before.keys() == after.keys()
    for guid, one in after.items():
        assert (one.link, one.published) == (before[guid].link, before[guid].published)
        assert "第8段" in one.content
        assert "第8段" not in before[guid].content
        assert [origin.title for origin in one.origins] == ["全文站", "新闻网"]
    assert {one.guid for one in poll.shown("全文")} == after.keys()


def test_a_seed_and_its_live_twin_are_one_story(poll: Polls, upstream: Upstream, folder: Folder) -> None:
    """The seed came first: its guid counts, and its page leads where it did."""
    (one,) = articles(1)
    folder.write(
        "a.txt", seed(one.title.replace("：", "_"), body=one.text, date=f"{one.published:%Y-%m-%d %H:%M:%S} +0000")
    )
    upstream.answers["/feed"] = answer(rss([one, *articles(3, 1_400_000)]))
    poll.configure("  articles: {kind: seeds, path: seeds}\n" + NEWS, upstream)
    poll.import_seeds()
    before = [(entry.title, entry.guid) for entry in poll.shown()]
    poll.run()
    after = [(entry.title, entry.guid) for entry in poll.shown()]

    assert len(after) == 4
    assert set(before) < set(after)
    assert [entry.guid for entry in poll.shown("新闻")].count(before[0][1]) == 1


def test_a_story_goes_on_when_its_seed_is_withdrawn(poll: Polls, upstream: Upstream, folder: Folder) -> None:
    """The entry of the other source is shown, under the same guid."""
    (one,) = articles(1)
    file = folder.write("a.txt", seed(one.title, body=one.text, date=f"{one.published:%Y-%m-%d %H:%M:%S} +0000"))
    folder.write("b.txt", seed("别的"))
    upstream.answers["/feed"] = answer(rss([one]))
    poll.configure("  articles: {kind: seeds, path: seeds}\n" + NEWS, upstream)
    poll.import_seeds()
    poll.run()
    (before,) = (entry for entry in poll.shown() if entry.title == one.title)
    file.unlink()
    poll.import_seeds()
    (after,) = (entry for entry in poll.shown() if entry.title == one.title)

    assert (after.guid, after.link) == (before.guid, before.link)
    assert "第8段" in before.content
    assert "第8段" not in after.content


def test_categories_reach_entries_that_the_feed_no_longer_has(poll: Polls, upstream: Upstream) -> None:
    """A source's new category has all its entries; the old one has none. Nothing is new or changed for that."""
    upstream.answers["/feed"] = answer(rss(articles(4)))
    poll.configure(NEWS, upstream)
    poll.run()
    before = {one.guid: one.updated for one in poll.shown()}
    upstream.answers["/feed"] = answer(rss(articles(2, 1_600_000)))
    poll.configure(NEWS.replace("[新闻]", "[要闻]"), upstream)
    poll.run(2 * HOUR)

    assert [one.title for one in poll.shown("要闻")] == [one.title for one in (*articles(2, 1_600_000), *articles(4))]
    assert {one.guid: one.updated for one in poll.shown("要闻") if one.guid in before} == before


def test_rules_hide_and_bring_back(poll: Polls, upstream: Upstream) -> None:
    """A dropped entry is saved all the same: without the rule it is shown, old entries too."""
    some = articles(4)
    upstream.answers["/feed"] = answer(rss(some))
    dropped = NEWS.replace("allow_private", "drop: [{title: 第1500003号}], allow_private")
    poll.configure(dropped, upstream)
    poll.run()
    hidden = [one.guid for one in poll.shown()]
    upstream.answers["/feed"] = answer(rss(articles(1, 1_600_000)))
    poll.configure(NEWS, upstream)
    poll.run(2 * HOUR)
    shown = [one.guid for one in poll.shown()]
    poll.configure(dropped, upstream)
    poll.run(2 * HOUR)

    assert hidden == [one.link for one in some[1:]]
    assert set(shown) == {one.link for one in (*some, *articles(1, 1_600_000))}
    assert some[0].link not in [one.guid for one in poll.shown()]


def test_one_request_serves_two_sources(poll: Polls, upstream: Upstream) -> None:
    """Of one address, for two categories."""
    upstream.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(NEWS + NEWS.replace("news:", "again:").replace("新闻", "再说"), upstream)
    poll.run()

    assert len(upstream.requests) == 1
    assert len(poll.shown("新闻")) == len(poll.shown("再说")) == len(poll.shown()) == 3


def test_a_source_that_comes_back_has_its_entries_still(poll: Polls, upstream: Upstream) -> None:
    """Taken out of the configuration it is not polled; back again, it goes on under the same identities."""
    upstream.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(NEWS, upstream)
    poll.run()
    poll.configure("  {}\n", upstream)
    quiet = poll.counts(9 * HOUR)
    poll.configure(NEWS, upstream)

    assert quiet == {}
    assert poll.counts() == {"unchanged": 3}
    assert len(poll.shown()) == 3


# --- politeness ------------------------------------------------------------------------------------------------------


def test_gone_ends_it(poll: Polls, upstream: Upstream, store: Store) -> None:
    """410: not asked again, entries stay, the operator is told what to do; a new address begins anew."""
    upstream.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer("gone", 410)
    counts = [poll.counts(timedelta(days=days)) for days in (1, 10, 100)]
    with store.read() as db:
        state = poll_states.states(db)["news"]

    assert counts == [{"gone": 1}, {}, {}]
    assert state.next_due is None
    assert "remove the source" in (state.error or "")
    assert len(poll.shown()) == 3
    upstream.answers["/new"] = answer(rss(articles(3)))
    poll.configure(NEWS.replace("/feed", "/new"), upstream)
    assert poll.counts() == {"unchanged": 3}


def test_a_move_is_followed_for_good_when_it_is_sure(poll: Polls, upstream: Upstream) -> None:
    """Twice, a day apart; then the new address is asked, with its own validators, which came from it all along."""
    upstream.answers["/feed"] = answer(b"", 301, location="/moved")
    upstream.answers["/moved"] = answer(rss(articles(3)), etag='"v1"')
    poll.configure(NEWS, upstream)
    for _ in range(2):
        poll.run(timedelta(days=1, hours=2))
    upstream.requests.clear()
    poll.run(2 * HOUR)
    poll.run(2 * HOUR)

    assert upstream.targets == ["/moved", "/moved"]
    assert [request.headers.get("if-none-match") for request in upstream.requests] == ['"v1"', '"v1"']


def test_a_move_takes_no_secret_along(poll: Polls, upstream: Upstream) -> None:
    """Headers are for the host that the configuration names, also when the feed is elsewhere for good."""
    with serving("127.0.0.2") as other:
        upstream.answers["/feed"] = answer(b"", 301, location=f"{other.url}/moved")
        other.answers["/moved"] = answer(rss(articles(3)))
        poll.configure(NEWS.replace("allow_private", "headers: {Authorization: x}, allow_private"), upstream)
        for _ in range(3):
            poll.run(timedelta(days=1, hours=2))

    assert [one.headers.get("authorization") for one in upstream.requests] == ["x", "x"]
    assert [one.headers.get("authorization") for one in other.requests] == [None, None, None]


def test_what_is_gone_behind_a_redirect_may_come_back(poll: Polls, upstream: Upstream) -> None:
    """A 410 ends a feed where its own address says so."""
    upstream.answers["/feed"] = answer(b"", 302, location="/b")
    upstream.answers["/b"] = answer(b"", 410)
    poll.configure(NEWS, upstream)
    (taken,) = poll.run()
    upstream.answers["/b"] = answer(rss(articles(3)))

    assert "it leads to http://127.0.0.1" in str(taken.error)
    assert poll.counts(30 * HOUR) == {"new": 3}


def test_what_was_gone_begins_anew_when_it_is_configured_anew(poll: Polls, upstream: Upstream) -> None:
    """Out of the configuration, and in again: for a 410 that was a mistake."""
    upstream.answers["/feed"] = answer(b"", 410)
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(NEWS.replace("news:", "other:"), upstream)
    poll.configure(NEWS, upstream)

    assert poll.counts(HOUR) == {"new": 3}


def test_what_others_have_configured_is_left_to_them(poll: Polls, upstream: Upstream) -> None:
    """A worker under an older configuration neither asks for what it does not know, nor claims it again and again."""
    upstream.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(NEWS, upstream)
    poller = Poller(store=poll.store, specs={}, catalogue=catalogue(poll.folder.config()), clock=lambda: poll.now)

    assert drained(poller) == []
    assert upstream.targets == []
    assert poll.counts() == {}
    assert poll.counts(HOUR) == {"new": 3}


def test_an_answer_that_cannot_be_saved_fails_alone(poll: Polls, upstream: Upstream) -> None:
    """A link of ten thousand characters is more than an index may hold: the others are polled all the same."""
    (one,) = articles(1)
    link = "https://www.news.example/" + "".join(f"{number:x}/" for number in range(2500))
    upstream.answers["/feed"] = answer(rss([one]).replace(one.link, link))
    upstream.answers["/other"] = answer(rss(articles(3, 1_600_000)))
    poll.configure(NEWS + "  other: {kind: upstream, url: URL/other, allow_private: true}\n", upstream)

    assert poll.counts()["new"] >= 3


def test_rules_need_no_answer(poll: Polls, upstream: Upstream) -> None:
    """A new rule counts at once, whatever the upstream says, for what it no longer has too."""
    upstream.answers["/feed"] = answer(rss(articles(4)))
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(b"", 500)
    poll.configure(NEWS.replace("allow_private", "drop: [{title: 第1500003号}], allow_private"), upstream)
    poll.run()

    assert [one.guid for one in poll.shown()] == [one.link for one in articles(4)[1:]]


def _numbered(some: list[Article], guid: str = "g") -> str:
    """A feed whose items all have one guid."""
    return re.sub(r"<guid>.*?</guid>", f"<guid>{guid}</guid>", rss(some))


KEYLESS = "  news: {kind: upstream, url: URL/feed, allow_private: true}\n"


def test_a_guid_that_all_items_share_loses_and_repeats_nothing(poll: Polls, upstream: Upstream) -> None:
    """With one guid for all items, no entry is lost or repeated, also if the feed began with one item."""
    poll.configure(KEYLESS, upstream)
    counts = []
    for number in (1, 2, 4, 4, 5):
        upstream.answers["/feed"] = answer(_numbered(articles(number)[:3]))
        counts.append(poll.counts(2 * HOUR).get("new", 0))

    assert counts == [1, 1, 2, 0, 1]
    assert [one.title for one in poll.shown()] == [one.title for one in articles(5)]


def test_a_guid_that_names_another_article_each_time(poll: Polls, upstream: Upstream) -> None:
    """A feed of one item: nothing of it is as it was, so it is no edit."""
    poll.configure(KEYLESS, upstream)
    for number in (1, 2, 3, 3):
        upstream.answers["/feed"] = answer(_numbered(articles(number)[:1]))
        poll.run(2 * HOUR)

    assert [one.title for one in poll.shown()] == [one.title for one in articles(3)]


def test_another_guid_for_the_same_page_is_no_news(poll: Polls, upstream: Upstream) -> None:
    """A site changes its guids, or goes to https: its entries keep theirs."""
    some = articles(5)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(KEYLESS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(re.sub(r"<guid>(.*?)</guid>", r"<guid>new-\1</guid>", rss(some)))
    poll.run(2 * HOUR)
    upstream.answers["/feed"] = answer(rss(some).replace("https://", "http://"))
    poll.run(2 * HOUR)

    assert [(one.title, one.guid) for one in poll.shown()] == [(one.title, one.link) for one in some]


def test_new_entries_that_link_to_one_page_are_new(poll: Polls, upstream: Upstream) -> None:
    """Each item of a feed of notes leads to the site's one page for them."""
    some = articles(3)
    upstream.answers["/feed"] = answer(
        re.sub(r"<link>.*?\.htm</link>", "<link>https://e.example/notes</link>", rss(some[1:]))
    )
    poll.configure(KEYLESS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(
        re.sub(r"<link>.*?\.htm</link>", "<link>https://e.example/notes</link>", rss(some[:1]))
    )
    poll.run(2 * HOUR)

    assert [one.title for one in poll.shown()] == [one.title for one in some]


def test_two_posts_on_one_foreign_page_are_two(poll: Polls, upstream: Upstream) -> None:
    """A story has one entry of a source; a post on what was a page long ago is news."""
    (page,) = articles(1)
    posts = rss(articles(2, 1_600_000))
    posts = re.sub(r"<link>.*?\.htm</link>", f"<link>{page.link}</link>", posts)
    posts = re.sub(r"<pubDate>.*?</pubDate>", f"<pubDate>{START:%a, %d %b %Y %H:%M:%S} GMT</pubDate>", posts)
    posts = re.sub("第16000(\\d+)号报道", "的几点看法", posts)
    upstream.answers["/feed"] = answer(rss([page]))
    upstream.answers["/posts"] = answer(posts)
    poll.configure(NEWS + "  posts: {kind: upstream, url: URL/posts, allow_private: true}\n", upstream)
    poll.run()

    assert len(poll.shown()) == 3


def test_one_twin_makes_no_news_of_an_archive(poll: Polls, upstream: Upstream) -> None:
    """A new source's old articles arrive on their own dates, though one of them is another's too."""
    some = articles(30)
    upstream.answers["/feed"] = answer(rss(some[:1]))
    upstream.answers["/full"] = answer(atom(some))
    poll.configure(NEWS, upstream)
    poll.run()
    poll.configure(NEWS + "  full: {kind: upstream, url: URL/full, allow_private: true}\n", upstream)
    poll.run(100 * 24 * HOUR)

    with poll.store.read() as db:
        arrived = list(db.scalars(sa.text("SELECT count(*) FROM story WHERE arrived_at > published")))
    assert arrived == [0]


def test_a_date_to_come_is_given_once(poll: Polls, upstream: Upstream) -> None:
    """A date in the future is replaced by the time of first sight, which also stays after an edit."""
    (one,) = articles(1)
    feed = re.sub(r"<pubDate>.*?</pubDate>", "<pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate>", rss([one])).replace(
        "2026 08", "2027 08"
    )
    upstream.answers["/feed"] = answer(feed)
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(feed.replace("据介绍", "据悉"))
    poll.run(2 * HOUR)

    assert [entry.published for entry in poll.shown()] == [START]


def test_a_key_is_kept(poll: Polls, upstream: Upstream) -> None:
    """An answer whose links do not fit the pattern does not remove the stored key."""
    (one,) = articles(1)
    upstream.answers["/feed"] = answer(rss([one]))
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(
        rss([one]).replace(f"<link>{one.link}", "<link>https://www.news.example/x").replace("据介绍", "据悉")
    )
    poll.run(2 * HOUR)
    moved = Article(number=one.number, section="science", host="https://m.news.example")
    upstream.answers["/feed"] = answer(rss([moved]))
    poll.run(2 * HOUR)

    assert len(poll.shown()) == 1


def test_one_host_is_asked_by_one_at_a_time(poll: Polls, upstream: Upstream) -> None:
    """Two feeds of one host are never polled at the same time."""
    busy, most = 0, 0
    lock = threading.Lock()

    def slow(connection: socket.socket) -> None:
        nonlocal busy, most
        with lock:
            busy, most = busy + 1, max(most, busy + 1)
        threading.Event().wait(0.05)
        with lock:
            busy -= 1
        connection.sendall(answer(rss(articles(1))))

    text = ""
    for number in range(8):
        upstream.answers[f"/{number}"] = slow
        text += f"  s{number}: {{kind: upstream, url: 'URL/{number}', allow_private: true}}\n"
    poll.configure(text, upstream)
    poll.run()

    assert len(upstream.requests) == 8
    assert most == 1


def test_not_modified_is_no_answer_to_a_question_without_conditions(poll: Polls, upstream: Upstream) -> None:
    """An answer 304 to a request without conditions is a failure, not a feed without entries."""
    upstream.answers["/feed"] = answer(b"", 304, content_length=None)
    poll.configure(NEWS, upstream)

    assert poll.counts() == {"failed": 1}


def test_an_answer_without_validators_ends_the_old_ones(poll: Polls, upstream: Upstream) -> None:
    """An answer without validators removes the validators of the former answer."""
    upstream.answers["/feed"] = answer(rss(articles(3)), etag='"v1"', last_modified="x")
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(rss(articles(4)))
    poll.run(2 * HOUR)
    poll.run(2 * HOUR)

    sent = [(one.headers.get("if-none-match"), one.headers.get("if-modified-since")) for one in upstream.requests]
    assert sent == [(None, None), ('"v1"', "x"), (None, None)]


def test_entries_that_slip_through_are_noticed(poll: Polls, upstream: Upstream, store: Store) -> None:
    """A feed of which nothing was known is polled sooner, and the operator reads why."""
    upstream.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(NEWS, upstream)
    poll.run()
    upstream.answers["/feed"] = answer(rss(articles(3, 1_600_000)))
    poll.run(2 * HOUR)
    with store.read() as db:
        state = poll_states.states(db)["news"]

    assert "entries are missed" in (state.why or "")
    assert state.next_due is not None
    assert state.next_due - poll.now < timedelta(minutes=40)


# --- workers that come and go ----------------------------------------------------------------------------------------


def test_what_a_worker_finds_too_late_is_not_saved(poll: Polls, upstream: Upstream, store: Store) -> None:
    """If another worker has the host after the lease ended, the results of the first worker are not saved."""

    def late(connection: socket.socket) -> None:
        with store.write() as db:
            assert polls.claim(db, poll.now + timedelta(minutes=5), timedelta(minutes=1), 9)
        connection.sendall(answer(rss(articles(3))))

    upstream.answers["/feed"] = late
    poll.configure(NEWS, upstream)
    lost = poll.counts()
    upstream.answers["/feed"] = answer(rss(articles(3)))

    assert lost == {"lost": 1}
    assert poll.counts(timedelta(minutes=7)) == {"new": 3}


def test_a_worker_that_starts_leaves_to_others_what_they_have(poll: Polls, upstream: Upstream, store: Store) -> None:
    """A worker that starts, however often, leaves a host to the worker that has it until the lease ends."""
    upstream.answers["/feed"] = answer(rss(articles(3)))
    poll.configure(NEWS, upstream)
    with store.write() as db:
        claimed = polls.claim(db, poll.now, timedelta(minutes=1), 9)
    for _ in range(10):
        poll.configure(NEWS, upstream)
        poll.run(timedelta(seconds=5))
    early = len(upstream.requests)
    poll.run(timedelta(seconds=15))

    assert (len(claimed), early, len(upstream.requests)) == (1, 0, 1)


def test_an_article_that_cannot_be_sanitised_costs_itself(poll: Polls, upstream: Upstream) -> None:
    """An article that cannot be sanitised is shown as text. The other articles keep their markup."""
    some = articles(3)
    hostile = rss(some).replace(some[1].teaser, "<div>" * 300 + "文" + "</div>" * 300)
    upstream.answers["/feed"] = answer(hostile)
    poll.configure(NEWS, upstream)

    assert poll.counts() == {"new": 3}
    assert [one.fallback is None for one in poll.shown()] == [True, False, True]


def test_a_future_date_is_now(poll: Polls, upstream: Upstream) -> None:
    """A clock that is wrong does not hide an entry, nor put it on top for years; one without a date is dated too."""
    (one,) = articles(1)
    document = rss([one]).replace(f"{one.published:%a, %d %b %Y}", "Tue, 01 Jan 2030")
    undated = rss(articles(1, 1_500_007)).replace("pubDate", "other")
    upstream.answers["/feed"] = answer(document)
    poll.configure(NEWS, upstream)
    poll.run()
    dated = poll.now
    upstream.answers["/feed"] = answer(undated)
    poll.run(2 * HOUR)

    assert [entry.published for entry in poll.shown()] == [poll.now, dated]
