"""feedparser, which many readers use, and newsboat, a complete reader, read our feeds as they were written."""

import io
import re
import warnings
from calendar import timegm
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from html5lib import HTMLParser

from feedsvc.config import load
from feedsvc.model import Entry
from feedsvc.normalize import one_line
from feedsvc.parse.seed import parse as parse_seed
from feedsvc.render import RENDERERS
from feedsvc.sanitize.attachments import attachment_links
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.fields import summary_text
from feedsvc.sources.seeds import read as read_seed
from feedsvc.sources.seeds import scan
from tests.conftest import Server
from tests.data.newsboat import Newsboat
from tests.data.samples import FULL, MINIMAL, channel, site
from tests.data.tools import serving, tool

ROOT = Path(__file__).parents[1]

XML = pytest.mark.parametrize("form", ["rss", "atom"])


# --- feedparser ------------------------------------------------------------------------------------------------------


def parsed(form: str, *entries: Entry) -> Any:
    """The result of feedparser, with its cleaning of markup switched off."""
    body = RENDERERS[form].render(channel(), entries)  # type: ignore[index]  # a parameter of pytest
    with warnings.catch_warnings(action="ignore"):
        return feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)


def moment(value: Any) -> datetime:
    """A date of feedparser's."""
    return datetime.fromtimestamp(timegm(value), UTC)


@XML
def test_feedparser_feed(form: str) -> None:
    """Feedparser finds nothing wrong, and reads back what the feed says of itself."""
    found = parsed(form, FULL, MINIMAL)

    assert not found.bozo
    assert found.version == {"rss": "rss20", "atom": "atom10"}[form]
    assert (found.feed.title, found.feed.language) == ("新媒体 & 科技", "zh-CN")
    assert found.feed.link == channel().page_url
    assert (found.feed.image.href if form == "rss" else found.feed.logo) == "https://feeds.example.org/logo.png"
    assert [link.href for link in found.feed.links if link.rel == "self"] == [f"{channel().page_url}.{form}"]
    assert len(found.entries) == 2


@XML
def test_feedparser_entry(form: str) -> None:
    """Feedparser reads back an entry whole: guid, link, title, dates, author, categories, texts, attachment."""
    entry = parsed(form, FULL).entries[0]

    assert (entry.id, entry.link, entry.title) == (FULL.guid, FULL.link, FULL.title)
    assert (moment(entry.published_parsed), moment(entry.updated_parsed)) == (FULL.published, FULL.updated)
    assert "王小二 & 友" in entry.author
    assert [tag.term for tag in entry.tags] == list(FULL.categories)
    assert [content.value for content in entry.content if content.type == "text/html"] == [
        FULL.content + attachment_links(FULL.enclosures[1:], FULL.content) if form == "rss" else FULL.content
    ]
    assert entry.summary == FULL.summary
    assert (entry.enclosures[0].href, entry.enclosures[0].length) == (FULL.enclosures[0].url, "1234")


@XML
def test_feedparser_minimal(form: str) -> None:
    """Feedparser reads back an entry that has only a title and a date."""
    entry = parsed(form, MINIMAL).entries[0]

    assert (entry.id, entry.link, entry.title) == (MINIMAL.guid, channel().link(MINIMAL), MINIMAL.title)
    assert moment(entry.published_parsed) == moment(entry.updated_parsed) == MINIMAL.published


# --- newsboat --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of three entries."""
    tool("newsboat")
    with site(tmp_path_factory.mktemp("site")) as (folder, _), serving(folder) as running:
        yield running


@pytest.fixture
def subscribe(server: Server, tmp_path: Path) -> Callable[[str], tuple[Newsboat, Server]]:
    """Subscribe to a feed of a real server."""
    return lambda path: (Newsboat(path=tmp_path, url=server.url + path), server)


@XML
def test_newsboat_reads(subscribe: Callable[[str], tuple[Newsboat, Server]], form: str) -> None:
    """Newsboat takes over every entry, with guid, title, link, date and text."""
    reader, server = subscribe(f"/feeds/%E6%96%B0%E5%AA%92%E4%BD%93.{form}")
    reader.reload()
    published = parse(server.get(f"/feeds/all.{form}")[2])

    assert len(published) == 3
    assert sorted(reader.items()) == sorted((one.id, one.title, one.link, date(one)) for one in published)
    assert {guid: one_line(text) for guid, text in reader.items("guid, content")} == {
        one.id: one_line(one.content[0].value) for one in published
    }


@XML
def test_newsboat_finds_nothing_new(subscribe: Callable[[str], tuple[Newsboat, Server]], form: str) -> None:
    """A second look finds nothing new."""
    reader, _ = subscribe(f"/feeds/all.{form}")
    reader.reload()
    before = reader.items("id, guid, pubDate, content, unread")
    reader.reload()

    assert len(before) == 3
    assert reader.items("id, guid, pubDate, content, unread") == before


def parse(body: bytes) -> list[Any]:
    """Entries as feedparser has them."""
    with warnings.catch_warnings(action="ignore"):
        return list(feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False).entries)


def date(entry: Any) -> int:
    """Seconds since 1970."""
    return int(moment(entry.published_parsed).timestamp())


# --- the W3C feed validator ------------------------------------------------------------------------------------------

#: Of what the validator accepts without a warning, what articles need.
ELEMENTS = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "div",
    ]
)
ATTRIBUTES = frozenset(
    ["alt", "cite", "colspan", "height", "href", "referrerpolicy", "rel", "rowspan", "src", "start", "title", "width"]
)


def seeds() -> list[Entry]:
    """The repository's own sample articles."""
    spec = load(ROOT / "config" / "feedsvc.yaml", {}).sources[0]
    raw = [parse_seed(read_seed(spec, path, stamp), path, spec) for path, stamp in sorted(scan(spec).found.items())]
    return [sanitize(one) for one in raw if one]


@pytest.mark.parametrize("entry", seeds(), ids=lambda entry: re.sub(r"\W.*", "", entry.title))
def test_html_is_strict(entry: Entry) -> None:
    """The HTML of an article has no error a parser could find, and nothing that the W3C feed validator warns of."""
    tree = HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(entry.content)
    found = [one for one in tree.iter() if isinstance(one.tag, str) and one.tag != "DOCUMENT_FRAGMENT"]

    assert found
    assert {one.tag for one in found} <= ELEMENTS
    assert {name for one in found for name in one.attrib} <= ATTRIBUTES


@pytest.mark.parametrize("entry", seeds(), ids=lambda entry: re.sub(r"\W.*", "", entry.title))
def test_title_and_summary_are_text(entry: Entry) -> None:
    """Titles and summaries hold no markup, not even escaped, that a reader could take for some."""
    assert not re.search(r"<[a-zA-Z/!]|&[a-z#]", entry.title + summary_text(entry.summary))
