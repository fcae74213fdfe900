"""The authors of an entry, in every format."""

import json

import pytest

from feedsvc.model import Author, RawEntry
from tests.parse.test_upstream import entry, item, parse

PAGE = "https://ann.example/"


def names(people: tuple[Author, ...]) -> list[str]:
    """People by name."""
    return [one.name for one in people]


OF_RSS = {
    "address and name": ("<author>ann@mail.example (Ann Lee)</author>", "", ["Ann Lee"]),
    "long ending": ("<author>Ann Lee &lt;ann@mail.photography&gt;</author>", "", ["Ann Lee"]),
    "two elements": ("<author>a@mail.museum (Ann)</author><dc:creator>Bob</dc:creator>", "", ["Ann", "Bob"]),
    "one person in two elements": (
        "<author>a@mail.museum (Ann  Lee)</author><itunes:author>ann lee</itunes:author>",
        "",
        ["Ann Lee"],
    ),
    "several creators": ("<dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator>", "", ["Ann", "Bob"]),
    "an empty element": ("<author/><dc:creator>Ann Lee</dc:creator>", "", ["Ann Lee"]),
    "several addresses": ("<author>ann@mail.example, bob@mail.example</author>", "", ["ann", "bob"]),
    "name and e-mail apart": ("<author><name>Ann Lee</name><email>ann@mail.museum</email></author>", "", ["Ann Lee"]),
    "the feed's editor": ("", "<managingEditor>ed@mail.museum (Ed Lee)</managingEditor>", ["Ed Lee"]),
    "not the feed's web master": ("", "<webMaster>web@mail.museum (Web Lee)</webMaster>", []),
    "the owner where nobody else is": (
        "",
        "<itunes:owner><itunes:name>Owner</itunes:name><itunes:email>o@mail.museum</itunes:email></itunes:owner>",
        ["Owner"],
    ),
    "the author before the owner": (
        "",
        "<itunes:author>Ann Lee</itunes:author><itunes:owner><itunes:name>Owner</itunes:name></itunes:owner>",
        ["Ann Lee"],
    ),
}


@pytest.mark.parametrize(("inside", "head", "expected"), OF_RSS.values(), ids=OF_RSS)
def test_authors_of_rss(inside: str, head: str, expected: list[str]) -> None:
    """Authors are named once each, without e-mail addresses. The feed's authors are used for an item without any."""
    assert names(item(inside, head).authors) == expected


OF_ATOM = {
    "its own": ("<author><name>Own</name></author><source><author><name>Source</name></author></source>", ["Own"]),
    "its source's": ("<source><title>S</title><author><name>Source</name></author></source>", ["Source"]),
    "its source's, without a name": ("<source><author><email>ann@mail.museum</email></author></source>", ["ann"]),
    "the feed's": ("<source><title>S</title></source>", ["Feed"]),
}


@pytest.mark.parametrize(("inside", "expected"), OF_ATOM.values(), ids=OF_ATOM)
def test_an_entry_has_its_sources_authors_before_its_feeds(inside: str, expected: list[str]) -> None:
    """RFC 4287, 4.2.1: the entry's authors, else those of its source, else those of its feed."""
    assert names(entry(inside, "<author><name>Feed</name></author>").authors) == expected


@pytest.mark.parametrize(
    ("uri", "page"),
    [
        (PAGE, PAGE),
        ("mailto:ann@mail.museum", None),
        ("https://x.example/?to=ann%40mail.museum", None),
        ("javascript:1", None),
        ("https://social.example/@ann", "https://social.example/@ann"),
        ("https://a.example/@ann@b.example", None),
    ],
    ids=["page", "mailto", "address in a query", "script", "handle", "address in a path"],
)
def test_a_person_has_a_page_that_is_one(uri: str, page: str | None) -> None:
    """Atom's `uri` is kept, unless it is a `mailto:`."""
    found = entry(f"<author><name>Ann</name><email>ann@mail.museum</email><uri>{uri}</uri></author>")

    assert found.authors == (Author(name="Ann", url=page),)


def test_contributors_are_no_authors() -> None:
    """Contributors of Atom and Dublin Core have name and page."""
    of_atom = entry(f"<contributor><name>Ann</name><email>a@mail.museum</email><uri>{PAGE}</uri></contributor>")
    of_rss = item("<dc:contributor>Ann &lt;a@mail.museum&gt;</dc:contributor><dc:contributor>ann</dc:contributor>")

    assert (of_atom.authors, of_atom.contributors) == ((), (Author(name="Ann", url=PAGE),))
    assert (of_rss.authors, of_rss.contributors) == ((), (Author(name="Ann"),))


def of_json(inside: dict[str, object], **feed: object) -> RawEntry:
    """The only entry of a JSON Feed."""
    one = {"id": "1", "title": "t", **inside}
    return parse(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [one], **feed})).entries[0]


OF_JSON: dict[str, tuple[dict[str, object], list[str]]] = {
    "1.1": ({"authors": [{"name": "Ann <ann@mail.museum>"}, {"name": "ann"}, {"url": PAGE}]}, ["Ann"]),
    "1.0": ({"author": {"name": "ann@mail.museum (Ann)", "url": "mailto:ann@mail.museum"}}, ["Ann"]),
    "a name alone": ({"author": "Ann"}, ["Ann"]),
    "names alone": ({"authors": ["Ann", "Bob"]}, ["Ann", "Bob"]),
    "the feed's": ({"authors": [{"name": " "}, None, 5]}, ["Feed"]),
}


@pytest.mark.parametrize(("inside", "expected"), OF_JSON.values(), ids=OF_JSON)
def test_authors_of_json_feed(inside: dict[str, object], expected: list[str]) -> None:
    """Authors of both versions are read, also in unusual forms."""
    assert names(of_json(inside, authors=[{"name": "Feed"}]).authors) == expected


LANGUAGES = {
    "the entry's": ("en", "de", "", "de"),
    "its text's": ("en", "de", "fr", "fr"),
    "the feed's": ("en", "", "", "en"),
    "one that is none": ("en", "chinese", "", "en"),
}


@pytest.mark.parametrize(("of_feed", "of_entry", "of_text", "expected"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_language_of_an_entry_of_atom(of_feed: str, of_entry: str, of_text: str, expected: str) -> None:
    """The nearest `xml:lang` counts."""
    lang = {
        name: f'xml:lang="{value}"' if value else ""
        for name, value in (("f", of_feed), ("e", of_entry), ("t", of_text))
    }
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {lang["f"]}><title>f</title>'
        f"<entry {lang['e']}><id>1</id><title>t</title><content {lang['t']}>c</content></entry></feed>"
    )

    assert parse(text).entries[0].language == expected


@pytest.mark.parametrize(
    ("inside", "head", "expected"),
    [
        ("<dc:language>zh_tw</dc:language>", "<language>en-us</language>", "zh-TW"),
        ("", "<language>en-us</language>", "en-US"),
        ("<dc:language>german</dc:language>", "<dc:language>de</dc:language>", "de"),
        ("", "<language>english</language>", None),
    ],
    ids=["item", "channel", "item's is none", "channel's is none"],
)
def test_the_language_of_an_item_of_rss(inside: str, head: str, expected: str | None) -> None:
    """`dc:language` of the item, else the channel's language."""
    assert item(inside, head).language == expected


def test_the_language_of_an_item_of_json_feed() -> None:
    """The language of an item is its own if that is registered, and else the language of the feed."""
    assert of_json({"language": "iw"}, language="en").language == "he"
    assert of_json({"language": "hebrew"}, language="en_gb").language == "en-GB"
