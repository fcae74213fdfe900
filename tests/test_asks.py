"""What people ask of a service that republishes feeds, each in the words of one who asks, from upstream to answer."""

import html
from collections.abc import Callable, Sequence
from datetime import timedelta

import lxml.etree
import pytest

from feedsvc.store import Store, digests
from tests.conftest import Folder
from tests.data.samples import client
from tests.data.upstream import Upstream, answer
from tests.test_upstreams import START, Polls, upstream

__all__ = ["upstream"]

HOUR = timedelta(hours=1)
SOURCES = """\
  news: {kind: upstream, url: "URL/news", allow_private: true, categories: [新闻]}
  blog: {kind: upstream, url: "URL/blog", allow_private: true, categories: [博客]}
"""

#: Each third article of the news is about football, and one long ago about a comet.
NEWS = [
    ("彗星掠过地球" if number == 77 else "足球联赛第%d轮" if number % 3 == 0 else "城市新闻第%d条")
    for number in range(80)
]

Ask = Callable[[str], list[str]]


def feed(name: str, titles: Sequence[str]) -> bytes:
    """A feed with an article for each hour, newest first, of which a reader sees the teaser alone."""
    items = "".join(
        f"<item><title>{html.escape(title)}</title><link>https://{name}.example/{number}.htm</link>"
        f"<guid>{name}-{number}</guid><description>{html.escape(title)}的详细报道。</description>"
        f"<pubDate>{START - number * HOUR:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for number, title in enumerate(titles)
    )
    return answer(
        f"<rss version='2.0'><channel><title>{name}</title><link>https://{name}.example/</link>"
        f"<description>{name}</description>{items}</channel></rss>"
    )


@pytest.fixture
def serve(folder: Folder, store: Store, upstream: Upstream) -> Callable[..., Polls]:
    """Poll the two feeds under a configuration, three hours after the last time."""
    polls = Polls(folder, store)
    upstream.answers["/news"] = feed(
        "news", [title % number if "%" in title else title for number, title in enumerate(NEWS)]
    )
    upstream.answers["/blog"] = feed("blog", ["显卡评测", "手机評測", "周末食谱"])

    def run(feeds: str = "") -> Polls:
        polls.configure(SOURCES + feeds, upstream)
        polls.run(3 * HOUR)
        digests.close(store, folder.config().catalogue, polls.now)
        return polls

    return run


@pytest.fixture
def ask(folder: Folder, store: Store) -> Ask:
    """The titles at an address, the newest first."""

    def get(address: str) -> list[str]:
        found = client(folder, store, START + 9 * HOUR).get(address)
        assert found.status_code == 200, found.text
        return [one.findtext("title") or "" for one in lxml.etree.fromstring(found.data).iter("item")]

    return get


def test_this_feed_without_the_football(serve: Callable[..., Polls], ask: Ask) -> None:
    """I read this feed for its news. I do not want a third of it to be football."""
    serve("feeds: {calm: {title: 静, sources: [news], filters: [{none: [{title: 足球}]}]}}\n")
    by_address, by_feed = ask("/feeds/新闻.rss?filterout_title=足球&limit=500"), ask("/feeds/calm.rss?limit=500")

    assert len(by_feed) == len([one for one in NEWS if "足球" not in one])
    assert by_address == by_feed
    assert not any("足球" in title for title in by_feed)


def test_only_these_words_in_whatever_characters(serve: Callable[..., Polls], ask: Ask) -> None:
    """I want reviews of phones and graphics cards. Some sites write 評測, others 评测."""
    serve("feeds: {tests: {title: 评, filters: [{title: {words: [评测]}}]}}\n")

    assert ask("/feeds/tests.rss") == ["显卡评测", "手机評測"]
    assert ask("/feeds/all.rss?search=评测") == ["显卡评测", "手机評測"]
    assert ask("/feeds/all.rss?opencc=t2s&search=评测") == ["显卡评测", "手机评测"]


def test_the_rare_article_of_last_week(serve: Callable[..., Polls], ask: Ask) -> None:
    """A filter that looks at the newest fifty alone never shows me the comet."""
    serve()

    assert "彗星掠过地球" not in ask("/feeds/新闻.rss?limit=50")
    assert ask("/feeds/新闻.rss?filter_title=彗星&limit=5") == ["彗星掠过地球"]


def test_my_mistyped_pattern(serve: Callable[..., Polls], folder: Folder, store: Store) -> None:
    """I wrote a bracket too many, and nothing was filtered. Tell me where, before I miss a week of news."""
    serve()
    web = client(folder, store, START + 9 * HOUR)
    found = web.get("/feeds/all.rss?filter_title=(手机", headers={"Accept-Language": "en"})

    assert found.status_code == 400
    assert "filter_title" in found.text
    assert "character 1" in found.text


def test_five_subscriptions_in_one_address(serve: Callable[..., Polls], ask: Ask) -> None:
    """My reader takes ten feeds. Give me all of mine as one, newest first, and no piece twice."""
    serve("feeds: {mine: {title: 我, sources: [news, blog], window: {items: 500}}}\n")
    found = ask("/feeds/mine.rss")

    assert len(found) == len(set(found)) == len(NEWS) + 3
    assert {"显卡评测", "足球联赛第0轮"} <= set(found[:2])


def test_as_many_as_my_reader_needs(serve: Callable[..., Polls], ask: Ask) -> None:
    """Twenty entries are too few after a holiday, and five are enough for my watch. Or the last day."""
    serve()

    assert [len(ask(f"/feeds/新闻.rss?{query}")) for query in ("limit=75", "nb=5", "limit=1")] == [75, 5, 1]
    assert len(ask("/feeds/新闻.rss?hours=24&limit=500")) == 25


def test_all_that_was_ever_published(serve: Callable[..., Polls], folder: Folder, store: Store) -> None:
    """I subscribe today. Let my reader fetch the years before, each article once."""
    serve("feeds: {all: {window: {items: 20, hours: 0}}}\n")
    web, address, found = client(folder, store, START + 9 * HOUR), "/feeds/all.rss", []
    while address:
        tree = lxml.etree.fromstring(web.get(address).data)
        found += [one.findtext("guid") for one in tree.iter("item")]
        links = [
            one.get("href") or ""
            for one in tree.iter("{http://www.w3.org/2005/Atom}link")
            if one.get("rel") == "prev-archive"
        ]
        address = links[0].removeprefix("https://feeds.example.org") if links else ""

    assert len(set(found)) == len(NEWS) + 3


def test_what_is_new_for_a_program(
    serve: Callable[..., Polls], upstream: Upstream, folder: Folder, store: Store
) -> None:
    """My program asks every hour. It wants what came, what changed and what went, and nothing twice."""
    serve()
    web, address, seen = client(folder, store, START + 99 * HOUR), "/feeds/博客.json?after=0", list[str]()

    def follow() -> str:
        at = address
        while (found := web.get(at).json) and found.get("next_url"):
            seen.extend(one["title"] for one in found["items"])
            at = found["next_url"].removeprefix("https://feeds.example.org")
        return at

    address = follow()
    first, seen = sorted(seen), []
    upstream.answers["/blog"] = feed("blog", ["显卡评测（更正）", "手机評測", "周末食谱"])
    serve()
    follow()

    assert first == ["周末食谱", "手机評測", "显卡评测"]
    assert seen == ["显卡评测（更正）"]


def test_one_entry_a_day(serve: Callable[..., Polls], ask: Ask) -> None:
    """Eighty entries in three days are too many for me. One letter each morning is enough."""
    serve("feeds: {daily: {title: 日报, sources: [news], digest: day}}\n")
    found = ask("/feeds/daily.rss")

    assert 3 <= len(found) <= 5
    assert all("日报" in title for title in found)


def test_the_busy_site_does_not_drown_the_others(serve: Callable[..., Polls], ask: Ask) -> None:
    """The news site writes forty a day, the blog three a week. I never see the blog."""
    serve("feeds: {fair: {title: 公平, sources: [news, blog], window: {items: 10, hours: 0}, quota: 7}}\n")
    found = ask("/feeds/fair.rss")

    assert {"显卡评测", "手机評測", "周末食谱"} <= set(found)
