"""RSS 2.0 and Atom 1.0 say all that an entry holds, once, and nothing else."""

import locale
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from feedsvc.model import Author, Entry, Format, SafeHtml
from feedsvc.render import RENDERERS
from feedsvc.sanitize.attachments import attachment_links
from tests.data.samples import FULL, MINIMAL, SITE, channel

ROOT = Path(__file__).parents[2]
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
PAGE = "https://feeds.example.org/feeds/%E6%96%B0%E5%AA%92%E4%BD%93"
PICTURE = "https://static.example.com/article/2022/0725/a878.PNG?w=3&h=2"
MEDIA = "media:content[not(@medium)]"
SCHEMA = etree.RelaxNG(etree.parse(ROOT / "tests" / "data" / "atom.rng"))


def values(form: Format, path: str, *entries: Entry) -> list[str]:
    """The values at a path of the document: text of elements, values of attributes."""
    found = etree.fromstring(RENDERERS[form].render(channel(), entries)).xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [str(one.text or "") if isinstance(one, etree._Element) else str(one) for one in found]


RSS_ITEM = {
    "guid": [FULL.guid],
    "guid/@isPermaLink": ["false"],
    "link": [FULL.link],
    "title": [FULL.title],
    "description": [FULL.summary],
    "content:encoded": [FULL.content + attachment_links(FULL.enclosures[1:], FULL.content)],
    "pubDate": ["Mon, 25 Jul 2022 14:48:32 GMT"],
    "atom:updated": ["2022-07-26T01:02:03Z"],
    "dc:creator": ["ugmbbc", "王小二 & 友"],
    "author": [],
    "category": ["新媒体", "cnBeta", "最新"],
    "enclosure/@url": ["https://static.example.com/1.mp3?a=1&b=2"],
    "enclosure/@length": ["1234"],
    "enclosure/@type": ["audio/mpeg"],
    f"{MEDIA}/@url": ["https://static.example.com/2.mp4", "https://static.example.com/3.pdf"],
    f"{MEDIA}/@type": ["video/mp4", "application/pdf"],
    f"{MEDIA}/@fileSize": ["5678"],
    "media:content[@medium='image']/@url": [PICTURE],
    "media:content[@medium='image']/@type": ["image/png"],
    "media:thumbnail/@url": [PICTURE],
    ".//media:group": [],
    "dc:rights": ["© cnBeta"],
}


@pytest.mark.parametrize("path", RSS_ITEM)
def test_rss_item(path: str) -> None:
    """Each field of an entry is in its RSS item, in the entry's order and number."""
    assert values("rss", f"channel/item/{path}", FULL) == RSS_ITEM[path]


RSS_CHANNEL = {
    "title": ["新媒体 & 科技"],
    "link": [PAGE],
    "description": ["科技 <媒体> 的文章"],
    "language": ["zh-CN"],
    "copyright": ["© 2026 测试站 & 作者"],
    "generator": ["feedsvc"],
    "ttl": ["15"],
    "lastBuildDate": ["Tue, 26 Jul 2022 01:02:03 GMT"],
    "pubDate": [],
    "image/url": ["https://feeds.example.org/logo.png"],
    "image/title": ["新媒体 & 科技"],
    "image/link": [PAGE],
    "atom:link[@rel='self']/@href": [f"{PAGE}.rss"],
    "atom:link[@rel='self']/@type": ["application/rss+xml"],
    "atom:link[@rel='alternate']/@href": [f"{PAGE}.atom", f"{PAGE}.json"],
    "atom:link[@rel='alternate']/@type": ["application/atom+xml", "application/feed+json"],
}


@pytest.mark.parametrize("path", RSS_CHANNEL)
def test_rss_channel(path: str) -> None:
    """Each field of a feed is in its RSS channel once."""
    assert values("rss", f"channel/{path}", FULL, MINIMAL) == RSS_CHANNEL[path]


def test_the_address_of_the_stylesheet_is_escaped() -> None:
    """The prefix of a site may hold characters that end an attribute or begin an entity."""
    made = RENDERERS["rss"].render(channel(replace(SITE, base_url="https://a.example/x&'y")), []).decode()

    assert """<?xml-stylesheet type="text/css" href="/x&amp;&#x27;y/static/feed.css"?>""" in made


ATOM_ENTRY = {
    "id": [FULL.guid],
    "title": [FULL.title],
    "title/@type": [],
    "atom:link[@rel='alternate']/@href": [FULL.link],
    "atom:link[@rel='enclosure']/@href": [one.url for one in FULL.enclosures],
    "atom:link[@rel='enclosure']/@type": ["audio/mpeg", "video/mp4", "application/pdf"],
    "atom:link[@rel='enclosure']/@length": ["1234", "5678"],
    "atom:link[not(@rel)]": [],
    "summary": [FULL.summary],
    "summary/@type": ["html"],
    "content": [FULL.content],
    "content/@type": ["html"],
    "published": ["2022-07-25T14:48:32+00:00"],
    "updated": ["2022-07-26T01:02:03+00:00"],
    "author/atom:name": ["ugmbbc", "王小二 & 友"],
    "author/atom:uri": ["https://example.com/wang?a=1&b=2"],
    "category/@term": ["新媒体", "cnBeta", "最新"],
    "rights": ["© cnBeta"],
    "@xml:lang": ["zh-Hant-TW"],
    "media:thumbnail/@url": [PICTURE],
    "media:content/@url": [PICTURE],
    ".//media:group": [],
}


@pytest.mark.parametrize("path", ATOM_ENTRY)
def test_atom_entry(path: str) -> None:
    """Each field of an entry is in its Atom entry, in the entry's number. Links have their relation."""
    step = path if path.startswith(("@", ".", "atom:", "media:")) else f"atom:{path}"

    assert values("atom", f"atom:entry/{step}", FULL) == ATOM_ENTRY[path]


ATOM_FEED = {
    "atom:id": ["tag:example.org,2026:category/%E6%96%B0%E5%AA%92%E4%BD%93"],
    "atom:title": ["新媒体 & 科技"],
    "atom:subtitle": ["科技 <媒体> 的文章"],
    "atom:updated": ["2022-07-26T01:02:03+00:00"],
    "atom:author/atom:name": ["测试站"],
    "atom:rights": ["© 2026 测试站 & 作者"],
    "atom:logo": ["https://feeds.example.org/logo.png"],
    "atom:generator": ["feedsvc"],
    "atom:generator/@version": [],
    "@xml:lang": ["zh-CN"],
    "atom:link[@rel='self']/@href": [f"{PAGE}.atom"],
    "atom:link[@rel='alternate']/@href": [PAGE, f"{PAGE}.rss", f"{PAGE}.json"],
    "atom:link[@rel='alternate']/@type": ["text/html", "application/rss+xml", "application/feed+json"],
}


@pytest.mark.parametrize("path", ATOM_FEED)
def test_atom_feed(path: str) -> None:
    """Each field of a feed is in its Atom document once."""
    assert values("atom", path, FULL, MINIMAL) == ATOM_FEED[path]


def test_cdata() -> None:
    """RSS has content in CDATA, for readers that do not unescape it."""
    body = RENDERERS["rss"].render(channel(), [FULL]).decode()

    assert "<content:encoded><![CDATA[<p>正文 &amp; <b>重点</b> ]]]]><![CDATA[> 之后 𠮷😀</p><p>附件：</p><ul>" in body


def test_order() -> None:
    """Entries have the given order."""
    assert values("rss", "channel/item/title", FULL, MINIMAL) == [FULL.title, MINIMAL.title]


def test_entry_without_page_links_to_ours() -> None:
    """An entry without a page of its own links to the page that feedsvc serves."""
    (link,) = values("rss", "channel/item/link", MINIMAL)

    assert link.startswith("https://feeds.example.org/articles/")


@pytest.mark.parametrize("path", ["channel/item/description", "atom:entry/atom:summary"], ids=["rss", "atom"])
def test_title_in_place_of_a_summary(path: str) -> None:
    """A title that replaces a summary, which is HTML, is escaped."""
    entry = replace(MINIMAL, title="用 <img src=x onerror=alert(1)> 攻击")

    assert "<img" not in "".join(values("rss" if "item" in path else "atom", path, entry))


def test_feed_id_survives_a_move() -> None:
    """A feed has the same Atom id at another address."""
    moved = replace(SITE, base_url="http://elsewhere.example:8000/prefix")
    bodies = [RENDERERS["atom"].render(channel(site), [FULL]) for site in (SITE, moved)]
    ids = [etree.fromstring(body).findtext("atom:id", namespaces=NS) for body in bodies]

    assert ids[0] == ids[1] == "tag:example.org,2026:category/%E6%96%B0%E5%AA%92%E4%BD%93"


LONELY = replace(MINIMAL, content=SafeHtml("<p>正文</p>"), summary=SafeHtml("正文"))
OLD = replace(FULL, published=datetime(202, 7, 5, tzinfo=UTC), updated=datetime(202, 7, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    "entries", [[FULL], [MINIMAL], [LONELY], [OLD], []], ids=["full", "minimal", "author-less", "year 202", "empty"]
)
def test_atom_conforms(entries: list[Entry]) -> None:
    """Every Atom document conforms to the schema of RFC 4287."""
    SCHEMA.assertValid(etree.fromstring(RENDERERS["atom"].render(channel(), entries)))


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize(
    "bad",
    [
        replace(MINIMAL, title="坏\x0b标题"),
        replace(MINIMAL, content=SafeHtml("<p>\x00</p>")),
        replace(MINIMAL, categories=("\ud800",)),
        replace(MINIMAL, link="https://example.com/\ufffe"),
        replace(MINIMAL, rights="\x1f", published=FULL.published),
    ],
    ids=["title", "content", "category", "link", "rights"],
)
def test_bad_entry(form: Format, bad: Entry, caplog: pytest.LogCaptureFixture) -> None:
    """An entry that XML cannot hold is left out and logged. The others are written as without it."""
    with caplog.at_level(logging.WARNING):
        body = RENDERERS[form].render(channel(), [FULL, bad])

    assert body == RENDERERS[form].render(channel(), [FULL])
    assert bad.guid in caplog.text


RENDER = """
import sys
from feedsvc.model import FORMATS
from feedsvc.render import RENDERERS
from tests.data.samples import FULL, MINIMAL, channel
for form in FORMATS:
    sys.stdout.buffer.write(RENDERERS[form].render(channel(), [FULL, MINIMAL]))
    sys.stdout.buffer.write(RENDERERS[form].render(channel(), []))
"""


def test_bytes_depend_on_nothing_else() -> None:
    """The same entries give the same bytes at any time, in any process, time zone and locale."""
    places = [
        {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        {"TZ": "UTC", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
    ]
    bodies = [
        subprocess.run([sys.executable, "-c", RENDER], env=place, cwd=ROOT, capture_output=True, check=True).stdout
        for place in places
    ]

    assert bodies[0].startswith(b"<?xml")
    assert bodies[0] == bodies[1] == bodies[2]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_concurrent_rendering(form: Format) -> None:
    """Threads that render at the same time give the same bytes, and do not change the process's locale."""
    before = locale.setlocale(locale.LC_ALL)
    with ThreadPoolExecutor(8) as threads:
        bodies = set(threads.map(lambda _: RENDERERS[form].render(channel(), [FULL, MINIMAL]), range(200)))

    assert len(bodies) == 1
    assert locale.setlocale(locale.LC_ALL) == before


# --- valid, whatever came in -----------------------------------------------------------------------------------------


def test_a_guid_stays_in_rss_and_is_an_iri_in_atom() -> None:
    """RSS takes any string; Atom's id must be an IRI (RFC 4287, 4.2.6)."""
    entry = replace(FULL, guid="12 at https://blog.example")

    assert values("rss", "channel/item/guid", entry) == [entry.guid]
    assert values("atom", "atom:entry/atom:id", entry) == [
        "tag:guid.feedsvc.invalid,2026:12%20at%20https%3A%2F%2Fblog.example"
    ]


def test_a_feed_has_an_id_whatever_its_sites_tag() -> None:
    """Validators require the authority of a tag: URI in lower case."""
    odd = channel(replace(SITE, tag="Example.org,2026"))

    assert odd.id.startswith("tag:guid.feedsvc.invalid,2026:tag%3AExample.org%2C2026%3Acategory%2F%25E6")
    assert channel().id == "tag:example.org,2026:category/%E6%96%B0%E5%AA%92%E4%BD%93"


def test_contributors_and_language_come_out() -> None:
    """Contributors and an item's language are written, in RSS as Dublin Core."""
    entry = replace(FULL, contributors=(Author(name="甲", url="https://a.example/"), Author(name="乙")))

    assert values("rss", "channel/item/dc:contributor", entry) == ["甲", "乙"]
    assert values("atom", "atom:entry/atom:contributor/atom:name", entry) == ["甲", "乙"]
    assert values("atom", "atom:entry/atom:contributor/atom:uri", entry) == ["https://a.example/"]
    assert values("rss", "channel/item/dc:language", entry, MINIMAL) == ["zh-Hant-TW"]


def test_blank_texts_are_left_out() -> None:
    """An entry with only a title has no summary and no content. One with only a picture has no summary."""
    picture = replace(MINIMAL, content=SafeHtml('<img src="https://a.example/1.png">'))

    assert values("atom", "//atom:summary | //atom:content", MINIMAL) == []
    assert values("rss", "channel/item/description | //content:encoded", MINIMAL) == []
    assert values("atom", "//atom:summary | //atom:content", picture) == [picture.content]
    assert values("rss", "channel/item/description | //content:encoded", picture) == [picture.content]


@pytest.mark.parametrize("year", [1, 99, 1899, 1970, 9999])
def test_any_year_can_be_written(year: int) -> None:
    """A year has four digits in both formats."""
    moment = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    entry = replace(FULL, published=moment, updated=moment)

    assert values("rss", "channel/item/pubDate", entry)[0].endswith(f"31 Dec {year:04} 23:59:59 GMT")
    assert values("atom", "atom:entry/atom:published", entry) == [f"{year:04}-12-31T23:59:59+00:00"]


@pytest.mark.parametrize(
    ("content", "summary", "begins"),
    [
        ("<p>正文</p>", "短", "<p>正文</p><p>附件："),
        ("", "短", "<p>短</p><p>附件："),
        ("", "", "<p>附件："),
    ],
    ids=["content", "summary alone", "nothing"],
)
def test_rss_lists_the_files_that_it_has_no_element_for(content: str, summary: str, begins: str) -> None:
    """RSS has one enclosure an item, so the text links to the others. Atom names each once."""
    entry = replace(FULL, content=SafeHtml(content), summary=SafeHtml(summary))
    (text,) = values("rss", "(//item/description | //content:encoded)[last()]", entry)

    assert text.startswith(begins)
    assert [text.count(one.url.replace("&", "&amp;")) for one in FULL.enclosures] == [0, 1, 1]
    assert "附件" not in RENDERERS["atom"].render(channel(), [entry]).decode()
    assert "附件" not in RENDERERS["json"].render(channel(), [entry]).decode()


def test_rss_with_one_file_has_no_list() -> None:
    """A single file is the item's enclosure, and the text is unchanged."""
    assert values("rss", "//content:encoded", replace(FULL, enclosures=FULL.enclosures[:1])) == [FULL.content]
