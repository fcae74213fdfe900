"""Who an entry is, for good."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.identity import article_id, article_url, distinct_guid, feed_url, hashes, mint_guid
from feedsvc.model import Author, Enclosure, Entry, SafeHtml

TAG = "example.org,2026"

ENTRY = Entry(
    guid="tag:example.org,2026:a/b.md",
    link="https://example.org/a",
    title="标题",
    content=SafeHtml("<p>正文</p>"),
    summary=SafeHtml("正文"),
    authors=(Author(name="甲"),),
    published=datetime(2022, 7, 25, 14, 48, 32, tzinfo=UTC),
    updated=datetime(2022, 7, 25, 14, 48, 32, tzinfo=UTC),
    categories=("新媒体", "最新"),
    image="https://example.org/a.png",
    enclosures=(Enclosure(url="https://example.org/a.mp3", type="audio/mpeg", length=1),),
    language="zh-CN",
    rights="© 甲",
)


def test_a_guid_is_minted_of_tag_source_and_path() -> None:
    """The same seed in the same source has the same guid in every database: nothing else goes into it."""
    assert mint_guid(TAG, "articles", "2022/a.md") == "tag:example.org,2026:articles/2022/a.md"


def test_a_guid_does_not_depend_on_the_file_system() -> None:
    """A path that macOS hands out decomposed gives the guid that it has on Linux."""
    composed = "caf\u00e9/が.md"

    assert mint_guid(TAG, "articles", composed) == mint_guid(TAG, "articles", unicodedata.normalize("NFD", composed))


def test_a_guid_is_percent_encoded() -> None:
    """Chinese file names, spaces and percent signs make a valid URI, each path its own."""
    assert mint_guid(TAG, "文", "a b%20#?.md") == "tag:example.org,2026:%E6%96%87/a%20b%2520%23%3F.md"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_different_paths_have_different_guids(one: str, other: str) -> None:
    """No two files of a folder share a guid, unless their names are the same text."""
    same_name = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)

    assert (mint_guid(TAG, "articles", "x" + one) == mint_guid(TAG, "articles", "x" + other)) == same_name


@pytest.mark.parametrize("guid", ["tag:example.org,2026:a", "https://example.org/#1"], ids=["plain", "with fragment"])
def test_a_repeated_guid_is_made_distinct(guid: str) -> None:
    """Two entries that claim one guid get different ones, and a guid has one # at most."""
    one, other = distinct_guid(guid, "0" * 32), distinct_guid(guid, "1" * 32)

    assert len({guid, one, other}) == 3
    assert one.count("#") == 1


def test_an_article_id_is_short_and_fixed() -> None:
    """The address of an article never changes: this one is in readers' bookmarks."""
    assert article_id("tag:example.org,2026:articles/a.md") == "644800d09954d22c"


def test_an_article_id_is_its_own() -> None:
    """Different guids lead to different pages."""
    assert article_id("a") != article_id("b")


def test_urls_carry_the_prefix_of_the_base_url() -> None:
    """Feeds and articles stand below the configured address, Chinese slugs percent-encoded."""
    base = "https://example.org/news"

    assert feed_url(base, "新媒体", "rss") == f"{base}/feeds/%E6%96%B0%E5%AA%92%E4%BD%93.rss"
    assert article_url(base, "a") == f"{base}/articles/{article_id('a')}"


@pytest.mark.parametrize(
    "change",
    [{"guid": "other"}, {"updated": datetime(2030, 1, 1, tzinfo=UTC)}, {"updated": None}],
    ids=["guid", "updated", "no updated"],
)
def test_guid_and_updated_are_not_content(change: dict[str, Any]) -> None:
    """An entry whose guid or updated differs shows readers nothing new."""
    assert hashes(replace(ENTRY, **change)) == hashes(ENTRY)


@pytest.mark.parametrize(
    "change",
    [
        {"link": None},
        {"title": "标题2"},
        {"content": SafeHtml("<p>正文。</p>")},
        {"summary": SafeHtml("")},
        {"authors": ()},
        {"authors": (Author(name="甲", url="https://example.org/"),)},
        {"published": None},
        {"published": datetime(2022, 7, 25, 14, 48, 33, tzinfo=UTC)},
        {"categories": ("最新", "新媒体")},
        {"image": None},
        {"enclosures": ()},
        {"enclosures": (Enclosure(url="https://example.org/a.mp3", type="audio/mpeg", length=2),)},
        {"language": None},
        {"rights": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_readers_see_is_content(change: dict[str, Any]) -> None:
    """A change of anything else is noticed, order included."""
    assert hashes(replace(ENTRY, **change)).published != hashes(ENTRY).published
