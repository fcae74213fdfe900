"""Guids, hashes and addresses of entries."""

import unicodedata
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rfc3987_syntax import is_valid_syntax_iri

from feedsvc.identity import (
    article_id,
    article_url,
    distinct_guid,
    feed_url,
    hashes,
    mint_guid,
)
from feedsvc.identity.atom import atom_id
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
    """The guid depends on tag, source and path only, so it is the same in every database."""
    assert mint_guid(TAG, "articles", "2022/a.md") == "tag:example.org,2026:articles/2022/a.md"


def test_a_guid_does_not_depend_on_the_file_system() -> None:
    """A decomposed path from macOS gives the same guid as on Linux."""
    composed = "caf\u00e9/が.md"

    assert mint_guid(TAG, "articles", composed) == mint_guid(TAG, "articles", unicodedata.normalize("NFD", composed))


def test_a_guid_is_percent_encoded() -> None:
    """Chinese file names, spaces and percent signs give a valid URI, a different one for each path."""
    assert mint_guid(TAG, "文", "a b%20#?.md") == "tag:example.org,2026:%E6%96%87/a%20b%2520%23%3F.md"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_different_paths_have_different_guids(one: str, other: str) -> None:
    """Two files of a folder share a guid only if their names are the same text."""
    same_name = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)

    assert (mint_guid(TAG, "articles", "x" + one) == mint_guid(TAG, "articles", "x" + other)) == same_name


@pytest.mark.parametrize("guid", ["tag:example.org,2026:a", "https://example.org/#1"], ids=["plain", "with fragment"])
def test_a_repeated_guid_is_made_distinct(guid: str) -> None:
    """Two entries with one guid get different guids with at most one `#`."""
    one, other = distinct_guid(guid, "0" * 32), distinct_guid(guid, "1" * 32)

    assert len({guid, one, other}) == 3
    assert one.count("#") == 1


def test_a_repeated_uuid_is_made_another() -> None:
    """`urn:uuid:` allows no other form than a UUID (RFC 9562, 4)."""
    guid = "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a"
    made = [distinct_guid(guid, "0" * 32), distinct_guid(guid, "1" * 32), distinct_guid("urn:uuid:4711", "0" * 32)]

    assert len({guid, *made}) == 4
    assert [uuid.UUID(one.removeprefix("urn:uuid:")).version for one in made] == [5, 5, 5]
    assert made[0] == distinct_guid(guid, "0" * 32)


URIS = [
    "https://blog.example/?p=1&q=(a)#c", "HTTP://Blog.example:80/a%20b;c=d", "https://a:b@blog.example/~ann/'x'",
    "tag:blog.example,2026:a/b.md", "tag:ann@blog.example,2005-01-31:x#y", "urn:isbn:9780131103627",
    "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "yt:video:abc", "mailto:ann@blog.example", "x:/y?z", "data:,a",
]  # fmt: skip


@pytest.mark.parametrize("guid", URIS)
def test_a_guid_that_is_a_uri_is_the_id_in_atom(guid: str) -> None:
    """RFC 4287, 4.2.6: an id must not change."""
    assert atom_id(guid) == guid
    assert is_valid_syntax_iri(guid)


#: Ids of real feeds that are no URIs, by the program or the form.
NO_URIS = {
    "Drupal": "12 at https://blog.example",
    "a number": "4711",
    "letters": "文章-1",
    "reddit": "t3_w7abcd",
    "SharePoint": "{1225C695-CFB8-4EBB-AAAA-80DA344EFA6A}",
    "vBulletin": "thread 4711 <post>",
    "blank": "https://blog.example/a b",
    "blank before": " https://blog.example/",
    "brackets": "https://blog.example/?a[]=1",
    "bar": "https://blog.example/a|b",
    "IRI": "https://blog.example/文章",
    "host of letters": "https://例子.example/",
    "broken escape": "https://blog.example/100%",
    "half an escape": "https://blog.example/%E6%9",
    "two fragments": "https://blog.example/#a#b",
    "no host": "http:///a",
    "one slash": "http:/a",
    "no slash": "https:a",
    "port of letters": "https://blog.example:a/",
    "relative": "/a/1",
    "query": "?p=1",
    "without a scheme": "//blog.example/1",
    "path of a disk": "C:\\news\\1.htm",
    "only a scheme": "x:",
    "empty": "",
    "line": "a\nb",
    "tag without a date": "tag:blog.example:1",
    "tag in capitals": "tag:Blog.example,2026:1",
    "urn without a name": "urn:1",
    "short namespace": "urn:a:1",
    "urn with a slash": "urn:nbn:de/1",
    "no UUID": "urn:uuid:4711",
    "UUID with more": "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a#1",
    "surrogate": "\ud83d",
}


@pytest.mark.parametrize("guid", NO_URIS.values(), ids=NO_URIS)
def test_a_guid_that_is_no_uri_gives_a_made_id_in_atom(guid: str) -> None:
    """The id is an IRI by RFC 3987 and a `tag:` URI by RFC 4151. It depends on the guid only."""
    made = atom_id(guid)

    assert made == f"tag:guid.feedsvc.invalid,2026:{quote(guid, safe='', errors='surrogatepass')}"
    assert is_valid_syntax_iri(made)
    assert atom_id(made) != made


MADE = "tag:guid.feedsvc.invalid,2026:"
PARTS = ["a", "/", ":", "%", "41", "http://", "tag:b,2026:", "urn:x-y:", "#", "?", "[", "@", MADE]


@settings(max_examples=40, deadline=None)  # the grammar is read slowly
@given(st.lists(st.sampled_from(PARTS), max_size=6).map("".join), st.text(max_size=6))
def test_ids_in_atom_are_iris_and_as_distinct_as_guids(one: str, other: str) -> None:
    """Every guid has an IRI as id, and no two guids share one, also if a guid was made here."""
    ids = {guid: atom_id(guid) for guid in (one, other, atom_id(one), atom_id(other))}

    assert len(set(ids.values())) == len(ids)
    assert [made for made in {ids[one], ids[other]} if not is_valid_syntax_iri(made)] == []


def test_entries_keep_their_hashes() -> None:
    """An empty field of a later version is not part of the hash, so no stored entry seems changed."""
    assert hashes(ENTRY).published == "8e78b2518561a9b60f36028888bb0c0a"
    assert hashes(replace(ENTRY, contributors=(Author(name="乙"),))).published != hashes(ENTRY).published


def test_an_article_id_is_short_and_fixed() -> None:
    """The address of an article never changes, because readers have bookmarks."""
    assert article_id("tag:example.org,2026:articles/a.md") == "644800d09954d22c"


def test_an_article_id_is_its_own() -> None:
    """Different guids give different pages."""
    assert article_id("a") != article_id("b")


def test_urls_carry_the_prefix_of_the_base_url() -> None:
    """Addresses are below base_url, with Chinese slugs percent-encoded."""
    base = "https://example.org/news"

    assert feed_url(base, "新媒体", "rss") == f"{base}/feeds/%E6%96%B0%E5%AA%92%E4%BD%93.rss"
    assert article_url(base, "a") == f"{base}/articles/{article_id('a')}"


@pytest.mark.parametrize(
    "change",
    [{"guid": "other"}, {"updated": datetime(2030, 1, 1, tzinfo=UTC)}, {"updated": None}],
    ids=["guid", "updated", "no updated"],
)
def test_guid_and_updated_are_not_content(change: dict[str, Any]) -> None:
    """A different guid or `updated` does not change the hashes."""
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
    """A change of any other field, or of an order, changes the hash."""
    assert hashes(replace(ENTRY, **change)).published != hashes(ENTRY).published
