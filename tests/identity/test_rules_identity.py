"""Each rule of identities and hashes alone."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from feedsvc.identity import (
    MAX_GUID,
    article_id,
    bounded,
    digest,
    distinct_guid,
    feed_page_url,
    feed_url,
    first_place,
    hashes,
    mint_guid,
    shallow,
    upstream_hash,
)
from feedsvc.model import Author, Details, Enclosure, Origin, RawEntry, SafeHtml
from tests.identity.test_identity import ENTRY, TAG

NFC, NFD = "caf\u00e9/が.md", unicodedata.normalize("NFD", "caf\u00e9/が.md")

# --- guids -----------------------------------------------------------------------------------------------------------


def test_a_guid_is_made_of_the_composed_form_of_its_path() -> None:
    """NFC: the bytes are those of a path on Linux, and the name of the source is composed too."""
    expected = "tag:example.org,2026:caf%C3%A9/caf%C3%A9/%E3%81%8C.md"

    assert mint_guid(TAG, "caf\u00e9", NFC) == mint_guid(TAG, "cafe\u0301", NFD) == expected


def test_signs_that_a_tag_uri_may_hold_stay() -> None:
    """RFC 4151; the others are encoded."""
    assert mint_guid(TAG, "s", "a/!$'()*+,;=~:@-._b&?#[]") == f"tag:{TAG}:s/a/!$'()*+,;=~:@-._b%26%3F%23%5B%5D"


def test_a_repeated_guid_gets_twelve_digits() -> None:
    """Behind `#`, or behind `-` where it has one."""
    assert distinct_guid("a", "0123456789abcdef") == "a#0123456789ab"
    assert distinct_guid("a#b", "0123456789abcdef") == "a#b-0123456789ab"
    assert distinct_guid("URN:UUID:x", "0").startswith("urn:uuid:")
    assert distinct_guid("urn:uuidx", "0") == "urn:uuidx#0"


@pytest.mark.parametrize("guid", ["a" * 2000, "文" * 666 + "aa"])
def test_a_guid_of_2000_bytes_is_kept(guid: str) -> None:
    """A longer one is known by its digest; half a character is counted as well."""
    assert MAX_GUID == 2000
    assert bounded(guid) == guid
    assert bounded(guid + "a") == f"urn:x-digest:{digest((guid + 'a').encode())}"
    assert bounded(guid + "\ud83d").startswith("urn:x-digest:")


def test_digests_have_their_length() -> None:
    """A digest has 32 characters, and the id in the address of an article has 16."""
    assert len(digest(b"")) == 32
    assert len(article_id("a")) == 16


def test_addresses_of_feeds_are_below_the_base() -> None:
    """A slug is one segment of the path."""
    assert feed_page_url("https://example.org/x", "a/b 文") == "https://example.org/x/feeds/a%2Fb%20%E6%96%87"
    assert feed_url("https://example.org", "a", "atom") == "https://example.org/feeds/a.atom"


# --- what readers see ------------------------------------------------------------------------------------------------

HTML = '<p>正文 <a href="https://a.example/x?t=1#c">链接</a> <img src="https://a.example/p.png?t=1"></p>'
LINKED = replace(
    ENTRY, content=SafeHtml(HTML), image="https://a.example/i.png?t=1",
    enclosures=(Enclosure(url="https://a.example/a.mp3?t=1", type="audio/mpeg", length=1, duration=5),),
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"link": "https://other.example/"}, {"published": None}, {"content": SafeHtml(HTML.replace("https:", "http:"))},
        {"content": SafeHtml(HTML.replace("?t=1", "?t=2"))}, {"content": SafeHtml(HTML.replace("?t=1", ""))},
        {"content": SafeHtml(HTML.replace(" ", "\n "))}, {"summary": SafeHtml(" 正文\n")},
        {"image": "http://a.example/i.png?t=2"},
        {"enclosures": (Enclosure(url="http://a.example/a.mp3", type="audio/mpeg", length=2, duration=5),)},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_reader_sees_changes_one_hash_alone(change: dict[str, Any]) -> None:
    """Schemes, queries, white space, sizes, the link and the date of publication."""
    before, after = hashes(LINKED), hashes(replace(LINKED, **change))

    assert (after.seen, after.steady) == (before.seen, before.steady)
    assert after.published != before.published


@pytest.mark.parametrize(
    "change",
    [
        {"content": SafeHtml(HTML.replace("/x?", "/y?"))}, {"content": SafeHtml(HTML.replace("#c", "#d"))},
        {"content": SafeHtml(HTML.replace("正文", "正 文"))}, {"summary": SafeHtml("别的")}, {"title": "别的"},
        {"image": None}, {"image": "https://a.example/j.png"}, {"enclosures": ()},
        {"enclosures": (Enclosure(url="https://a.example/b.mp3", type="audio/mpeg", length=1, duration=5),)},
        {"enclosures": (Enclosure(url="https://a.example/a.mp3", type="video/mp4", length=1, duration=5),)},
        {"categories": ("别的",)}, {"authors": ()},
    ],
    ids=str,
)  # fmt: skip
def test_what_a_reader_sees_changes_all_hashes(change: dict[str, Any]) -> None:
    """Another address, another text, another file."""
    before, after = hashes(LINKED), hashes(replace(LINKED, **change))

    assert after.published != before.published
    assert after.seen != before.seen
    assert after.steady != before.steady


def test_a_duration_is_a_counter() -> None:
    """A number that differs is seen; it is one of the counters."""
    other = replace(
        LINKED, enclosures=(Enclosure(url="https://a.example/a.mp3", type="audio/mpeg", length=1, duration=6),)
    )

    assert hashes(other).seen != hashes(LINKED).seen
    assert hashes(other).steady == hashes(LINKED).steady


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阅读 1,024 次", "阅读 2.1万 次"), ("刚刚", "5分钟前"), ("昨天", "前天"), ("半小时前", "几小时前"),
        ("3 days ago", "a week ago"),
        ("just now", "yesterday"), ("1小时前", "1天前"), ("5 minutes", "6 hours"), ("3k views", "4M views"),
    ],
)  # fmt: skip
def test_a_counter_is_not_steady(one: str, other: str) -> None:
    """Numbers, and words for how long ago something was."""
    first, second = (hashes(replace(ENTRY, title=title)) for title in (one, other))

    assert first.seen != second.seen
    assert first.steady == second.steady


# --- what an upstream says -------------------------------------------------------------------------------------------

RAW = RawEntry(guid="g", own_guid="o", title="t", content="c")


@pytest.mark.parametrize(
    "change", [{"guid": "h"}, {"categories": ("a",)}, {"rights": "r"}, {"key": "k"}, {"tags": ("a",)}], ids=str
)
def test_what_our_settings_make_of_an_item_is_not_its_own_word(change: dict[str, Any]) -> None:
    """A changed setting reads nothing anew."""
    assert upstream_hash(replace(RAW, **change)) == upstream_hash(RAW)


@pytest.mark.parametrize(
    "change",
    [
        {"own_guid": "p"}, {"title": "u"}, {"content": "\ud83d"}, {"link": "l"}, {"authors": (Author(name="a"),)},
        {"contributors": (Author(name="a"),)}, {"details": Details(alt="s")},
    ],
    ids=ascii,
)  # fmt: skip
def test_what_an_item_says_is_its_own_word(change: dict[str, Any]) -> None:
    """Half a character is read, too."""
    assert upstream_hash(replace(RAW, **change)) != upstream_hash(RAW)


def test_the_first_address_tells_a_file() -> None:
    """Without its scheme and query."""
    assert first_place(["https://a.example/1.mp3?t=1", "https://a.example/2.mp3"]) == "//a.example/1.mp3"
    assert first_place([]) == ""


def test_a_stored_hash_stays_what_it_was() -> None:
    """No entry seems changed by a release, and no item is read anew: these hashes are in databases."""
    assert hashes(LINKED).published == "1f69646ff9f7a0c209618f67a49afd2b"
    assert hashes(LINKED).seen == "d1b06371717596b1839974975535d085"
    assert hashes(LINKED).steady == "1bf487edb7a9796149a6709f3f67ffe0"
    assert upstream_hash(replace(RAW, title="题")) == "44f87785cc23f2cc5e4691d5219e512b"


def test_a_field_of_a_later_release_counts_where_it_says_something() -> None:
    """Of details, what is not stated is left out, and what is stated as no or 0 is not."""
    assert shallow(Details(explicit=False, episode=0)) == {"explicit": False, "episode": 0}
    assert {"contributors", "details", "is_dated_by_name"}.isdisjoint(shallow(RAW))
    assert {"id", "feed_updated"}.isdisjoint(shallow(Origin(title="t")))
    assert shallow(replace(RAW, is_dated_by_name=True))["is_dated_by_name"] is True
