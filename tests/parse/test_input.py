"""From the bytes of an answer to a document: one character never costs a feed, and what is whole is read."""

import html
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.errors import EntryError
from feedsvc.model import ParsedFeed
from feedsvc.parse.characters import FORBIDDEN
from feedsvc.parse.mended import Mender
from feedsvc.parse.upstream import parse_identities
from feedsvc.parse.xmlbounds import readable
from tests.data.feeds import articles, json_feed, rss
from tests.parse.test_upstream import SPEC, parse

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'


def item(number: int, text: str = "text", title: str = "", extra: str = "") -> str:
    """An item as it is written."""
    return (
        f"<item><title>{title or f'T{number}'}</title><link>https://s.example/{number}</link>"
        f"<guid>g{number}</guid>{extra}<description>{text}</description></item>\n"
    )


def feed(*items: str, dtd: str = "") -> str:
    """A feed as it is written."""
    return f'{DECLARED}{dtd}<rss version="2.0"><channel><title>K</title>{"".join(items)}</channel></rss>'


def read(document: str | bytes) -> list[tuple[str, str, str]]:
    """Guid, title and text of what a feed holds."""
    return [(one.guid, one.title, one.content) for one in parse(document).entries]


LAST = ("g2", "T2", "text")

# --- characters ------------------------------------------------------------------------------------------------------

CHARACTERS = {
    "a pair": ("&#55357;&#56832; ok", "😀 ok"),
    "a pair in hexadecimal": ("&#xD83D;&#xDE09;&#XD83D;&#xde00;", "😉😀"),
    "a pair of both kinds": ("&#xD83D;&#56832;", "😀"),
    "a half": ("a&#55357;b&#xDE00;c", "abc"),
    "halves in the wrong order": ("&#56832;&#55357;", ""),
    "a half, a pair": ("&#55357;&#55357;&#56832;", "😀"),
    "in escaped HTML": ('&lt;img alt="&#xD83D;&#xDE09;"&gt;', '<img alt="😉">'),
    "in HTML that is escaped twice": ("a&amp;#xD83D;&amp;#56832; &amp;#55357 b&amp;#0;&amp;#38;", "a😀  b&#38;"),
    "as an example": ("&amp;amp;#55357;", "&amp;#55357;"),
    "forbidden references": ("a&#0;b&#x1F;c&#xFFFE;d&#29;e&#x110000;f&#99999999999;g", "abcdefg"),
    "forbidden characters": ("a\x00b\x08c\x1fd\ufffee", "abcde"),
    "noncharacters": ("a\ufdd0b&#xFDEF;c\U0001fffed&#x10FFFF;e\ufffdf&#xFFFD;g", "abcdefg"),
    "Windows-1252 by number": ("it&#146;s&#x81; &#x97;", "it’s —"),
    "names of HTML": ("a&nbsp;b &eacute; &hellip;", "a\xa0b é …"),
    "a name of markup": ("&LT;b&GT; &AMP;amp;", "<b> &amp;"),
    "no name": ("&foo; &COPY", "&foo; &COPY"),
    "bare": ("D&D, AT&T & ?a=1&b=2", "D&D, AT&T & ?a=1&b=2"),
    "half a reference": ("x&quo", "x&quo"),
    "a number without an end": ("a &#38 b &#55357 c", "a &#38 b  c"),
    "less than": ("a < b, 3<4, <- <3 <> & x <= y", "a < b, 3<4, <- <3 <> & x <= y"),
    "in CDATA": ("<![CDATA[a &nbsp; & b < c\x08]]> &", "a &nbsp; & b < c &"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARACTERS)
def test_a_character_costs_itself_at_most(name: str) -> None:
    """A forbidden character in a text or title is removed. The entry and the next one are kept."""
    written, expected = CHARACTERS[name]

    assert read(feed(item(1, written), item(2))) == [("g1", "T1", expected), LAST]
    assert read(feed(item(1, title=f"x {written} x"), item(2))) == [("g1", f"x {expected} x", "text"), LAST]


def test_attributes_are_mended_too() -> None:
    """Bare ampersands in addresses are mended, also in tags without quotes."""
    document = feed(
        item(1, extra='<enclosure url="https://x.example/a.mp3?x=1&y=2" type="audio/mpeg" length=5/>'),
        item(2, extra="<enclosure url=https://x.example/&#55357;&#56832;.mp3 type=audio/mpeg title='a < b'>"),
    )

    assert [one.enclosures[0].url for one in parse(document).entries] == [
        "https://x.example/a.mp3?x=1&y=2", "https://x.example/%F0%9F%98%80.mp3",
    ]  # fmt: skip


@pytest.mark.parametrize("code", [0x0, 0x8, 0x7F, 0xD83D, 0xDE00, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF])
def test_forbidden_characters_come_out_of_json_in_no_way(code: int) -> None:
    """Forbidden characters are removed from each text of an item, escaped or not."""
    written = {"id": chr(code) + "1", "title": chr(code) + "x", "content_html": f"y{chr(code)}", "tags": [chr(code)]}
    found = []
    for is_ascii in (True, False) if not 0xD800 <= code <= 0xDFFF else (True,):
        text = json.dumps({"version": "1", "items": [written], "title": chr(code)}, ensure_ascii=is_ascii)
        found.append(parse(text))

    for one in found:
        assert [(entry.guid, entry.title, entry.content) for entry in one.entries] == [("1", "x", "y")]
        assert not FORBIDDEN.search(repr((one.entries, one.title)))


# --- declared entities -----------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 9))


def test_entities_of_plain_text_are_what_they_say() -> None:
    """Entities of plain text are replaced in texts and addresses, not in CDATA. The feed counts as well-formed."""
    dtd = (
        '<!DOCTYPE rss [<!-- > --><!ENTITY co "A &amp; B"><!ENTITY nbsp "&#160;"><!ENTITY site \'https://e.example\'>'
        '<!ENTITY lt "&#38;#60;"><!ENTITY foot "<i>f</i>"><!ENTITY co "second">]>'
    )
    found = parse(feed("<item><title>&co;&nbsp;C</title><link>&site;/1</link>"
                       "<description>&foot; &lt;b> <![CDATA[&co;]]></description></item>", dtd=dtd))  # fmt: skip

    assert [(one.title, one.link, one.content) for one in found.entries] == [
        ("A & B\xa0C", "https://e.example/1", "<i>f</i> <b> &co;")
    ]
    assert (found.problems, found.is_well_formed) == ((), True)


@pytest.mark.parametrize(
    "declared",
    [f'<!ENTITY l0 "ha">{LAUGHS}<!ENTITY x "&l8;">', '<!ENTITY x SYSTEM "file:///etc/passwd">',
     '<!ENTITY x PUBLIC "p" "http://e.example/">', '<!ENTITY x "&x;">'],
    ids=["a billion laughs", "a file", "an address", "itself"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", f"<!--{'x' * 9000}-->"], ids=["", "behind a comment"])
def test_entities_of_entities_and_files_are_left_out(declared: str, before: str) -> None:
    """Other entities are left out. A feed that does not use them has no problem."""
    dtd = f"{before}<!DOCTYPE rss [{declared}]>"
    found, unused = parse(feed(item(1, "[&x;]"), item(2), dtd=dtd)), parse(feed(item(2), dtd=dtd))

    assert [one.content for one in found.entries] == ["[]", "text"]
    assert found.problems == ("entities of its DTD that are long, or refer to others or to files, are left out: x",)
    assert unused.problems == ()


def test_entities_do_not_make_a_document_much_longer() -> None:
    """20 kB, used a hundred thousand times, would be two gigabytes."""
    found = parse(feed(item(1, "&a;" * 100_000), item(2), dtd=f"<!DOCTYPE rss [<!ENTITY a '{'x' * 20_000}'>]>"))

    assert len(found.entries[0].content) <= 1_000_000
    assert "are left out: a" in found.problems[0]


# --- tags ------------------------------------------------------------------------------------------------------------

TAGS = {
    "another name": ("</title>", "</titel>"),
    "another case": ("</title>", "</Title>"),
    "no end of a title": ("</title>", ""),
    "no end of an end": ("</title>", "</title"),
    "no end of a text": ("</description>", ""),
    "no end of an item": ("</item>", ""),
    "an end too many": ("</title>", "</title></b></channel-x>"),
    "a comment with a dash too many": ("<guid>", "<!-- a -- b --><guid>"),
    "a comment that does not end": ("<guid>", "<!-- a <guid>"),
    "a prefix that nothing declares": ("<guid>", "<media:thumbnail url='https://s.example/a.jpg'/><guid>"),
    "an attribute twice": ("<guid>", '<guid a="1" a="2">'),
    "another declaration": ("<guid>", '<?xml version="1.0"?><guid>'),
    "a section that does not end": ("<description>text", "<description><![CDATA[text"),
}


@pytest.mark.parametrize("name", TAGS)
def test_a_tag_costs_no_entry(name: str) -> None:
    """A wrong tag changes no entry, and gives one problem with its place."""
    before, after = TAGS[name]
    document = feed(item(1).replace(before, after, 1), item(2, "<![CDATA[text]]>"))
    found = parse(document)

    assert [(one.guid, one.title, one.content.strip()) for one in found.entries] == [("g1", "T1", "text"), LAST]
    assert ["not well-formed XML, mended (" in one for one in found.problems] == [True]
    assert (found.is_well_formed, found.is_whole) == (False, True)


def test_html_that_was_not_escaped_is_text() -> None:
    """Unescaped HTML is text, also with tags without an end or that do not match."""
    written = "<p>a<br>b <b>c <i>d</b></i> <img src='a.png' alt=\"x < y\"></p>"

    (first, last) = read(feed(item(1, written), item(2)))
    assert (first[:2], last) == (("g1", "T1"), LAST)
    assert all(one in first[2] for one in ("<p>a<br", "<b>c <i>d</i></b>", 'src="a.png"', 'alt="x &lt; y"'))


def test_what_a_prefix_means_is_known_where_nothing_declares_it() -> None:
    """`content:encoded` without a declared namespace is the text."""
    extra = "<content:encoded><![CDATA[<p>all</p>]]></content:encoded><dc:date>2026-03-03T08:00:00Z</dc:date>"
    (found,) = parse(feed(item(1, extra=extra))).entries

    assert found.content == "<p>all</p>"
    assert found.published is not None


def test_tags_may_be_in_capitals() -> None:
    """Tags in capitals are read by feedparser and in marks."""
    document = feed(item(1), item(2)).replace("rss", "RSS").replace("item>", "Item>").replace("title>", "TITLE>")

    assert read(document) == [("g1", "T1", "text"), LAST]
    assert len(parse(document).marks) == 2


PIECES = ("<rss>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<title>", "</title>", "<description>",
          "</description>", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "&", "&amp;", "&nbsp;", "&#0;", "&#55357;",
          "<", '<a b="x">', "<a b='", '"', "'", ">", "<media:x y:z='1'>", "<br>", "xmlns:a='b c'", "<link>", " ", "\0",
          "<a xmlns:a='u&v' a:b='1'>", "a", "=", "/", "<!DOCTYPE x>", "<xmlns:q>", "<xml:q a:xmlns='1'>", "<b:c d:e=1>",
          "<q xmlns:xml='1' xmlns='' xmlns:b=''>", "<x xmlns:p='u' xmlns:q='u' p:a='1'>",
          "<x xmlns='http://[x'>")  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_what_is_mended_is_well_formed(pieces: list[str]) -> None:
    """Any sequence of tags, quotes and sections becomes well-formed."""
    mended = Mender(f"<rss>{''.join(pieces)}").run()

    assert readable(mended.text).is_well_formed


# --- a part of a feed ------------------------------------------------------------------------------------------------

WHOLE = feed(item(1), item(2, "<![CDATA[<p>text</p>]]>"), item(3))


@settings(max_examples=200, deadline=None)
@given(st.integers(WHOLE.index("</item>") + len("</item>"), len(WHOLE)))
def test_a_feed_that_breaks_off_gives_what_is_whole_of_it(end: int) -> None:
    """Cut off anywhere, a feed gives its whole entries and a problem that its end is missing."""
    found = parse(WHOLE[:end])

    assert [one.guid for one in found.entries] == ["g1", "g2", "g3"][: WHOLE[:end].count("</item>")]
    assert all(one.content in {"text", "<p>text</p>"} for one in found.entries)
    assert found.is_whole == (end == len(WHOLE))
    assert found.is_whole or "its end is missing" in found.problems[0]


@pytest.mark.parametrize(
    "part",
    [WHOLE[: WHOLE.index("</item>")], WHOLE[: WHOLE.index("<item>")], DECLARED + "<rss>", '{"version": "1", "items": [',
     '{"version": "1", "items": [{"id": "1", "title": "x"'],
    ids=["an item", "no item", "the root", "no item of JSON", "an item of JSON"],
)  # fmt: skip
def test_a_feed_of_which_nothing_is_whole_has_failed(part: str) -> None:
    """A feed without a whole entry fails, so that its known entries stay known."""
    with pytest.raises(EntryError, match="only a part of a feed"):
        parse(part)


@pytest.mark.parametrize("missing", ["</rss>", "</channel></rss>"])
def test_a_feed_without_its_last_tags_has_all_its_entries(missing: str) -> None:
    """All entries are read, and a problem says that the end is missing."""
    found = parse(rss(articles(3)).rstrip().removesuffix(missing))

    assert (len(found.entries), len(found.marks), found.is_whole) == (3, 3, False)
    assert found.problems[0].endswith("every item is whole")


@settings(max_examples=100, deadline=None)
@given(st.integers(len(json_feed(articles(3))) // 2, len(json_feed(articles(3)))))
def test_json_that_breaks_off_gives_its_whole_items(end: int) -> None:
    """JSON that is cut off gives its whole items."""
    whole = json_feed(articles(3))
    found, texts = parse(whole[:end]), [one.text for one in articles(3)]
    ends = [whole.index("}]}", whole.index(one.link)) + 3 for one in articles(3)]

    assert [one.content for one in found.entries] == texts[: sum(at <= end for at in ends)]
    assert found.is_whole == (end == len(whole))


JSON = {
    "a comma too many": '{"version": "1", "items": [{"id": "1", "title": "x, ]",},],}',
    "a backslash too many": r'{"version": "1", "items": [{"id": "1", "title": "x\, ]"}]}',
    "line breaks in a string": '{"version": "1", "items": [{"id": "1", "title": "x, ]", "content_text": "a\nb"}]}',
    "a guard": ')]}\'\n{"version": "1", "items": [{"id": "1", "title": "x, ]"}]}',
    "a call": 'show({"version": "1", "items": [{"id": "1", "title": "x, ]"}]});',
    "a warning": '<br>x<br>{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "title": "x, ]"}]}',
    "a mark": '\ufeff{"version": "1", "items": [{"id": "1", "title": "x, ]"}]}',
    "a large number": f'{{"version": "1", "items": [{{"id": "1", "title": "x, ]", "x": {"1" * 5000}}}]}}',
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_that_is_not_quite_json_is_read(name: str) -> None:
    """JavaScript that is nearly JSON is read."""
    found = parse(JSON[name])

    assert [(one.guid, one.title, found.is_whole) for one in found.entries] == [("1", "x, ]", True)]


DEEP = '{"id": "2", "x": ' + "[" * 3000 + "]" * 3000 + "}"


@pytest.mark.parametrize("bad", [DEEP, '{"id": "2", oops}', '{"s": "}]{", bad}'], ids=["deep", "no value", "brackets"])
def test_an_item_of_json_that_cannot_be_read_costs_no_other(bad: str) -> None:
    """The other items are read, and a problem names the faulty one."""
    feed = parse(f'{{"version": "1", "items": [{{"id": "1", "title": "a"}}, {bad}, {{"id": "3", "title": "c"}}]}}')

    assert [one.guid for one in feed.entries] == ["1", "3"]
    assert "item 2: not an item of JSON Feed" in feed.problems
    assert feed.has_left_out


def test_an_entry_in_a_content_is_no_entry() -> None:
    """An element named `entry` inside XML content is not an entry (RFC 4287, 4.1.3.3)."""
    inner = '<content type="application/xml"><entry xmlns="urn:x"><title>inner</title></entry></content>'
    feed = parse(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>t:1</id><title>A</title>{inner}</entry></feed>')

    assert [one.guid for one in feed.entries] == ["t:1"]
    assert feed.problems == ()


def test_identities_are_of_whole_feeds_only() -> None:
    """A feed that is cut off has only some of the guids. A mended feed has all."""
    assert [one.guid for one in parse_identities(feed(item(1, "a & b")).encode())] == ["g1"]
    with pytest.raises(EntryError, match="only a part of a feed"):
        parse_identities(feed(item(1))[:-8].encode())


# --- around the feed -------------------------------------------------------------------------------------------------

NOTICE = "<br />\n<b>Notice</b>: Undefined index: x in <b>/srv/x.php</b> on line <b>3</b><br />\n"
BARE = WHOLE.removeprefix(DECLARED)

AROUND = {
    "a notice": NOTICE + WHOLE,
    "a notice behind the declaration": DECLARED + NOTICE + BARE,
    "a notice in the feed": WHOLE.replace("<item>", f"{NOTICE}<item>", 1),
    "words": f"Warning: include(): & failed in /srv/x.php on line 3\n{WHOLE}",
    "blank lines": f"\n \n{WHOLE}",
    "marks": f"\ufeff\ufeff\n{DECLARED}\ufeff{BARE}",
    "a comment": f"<!-- <rss> -->\n{WHOLE}",
    "code that did not run": f"<?php echo 1 ?>{WHOLE}",
    "a warning behind it": f"{WHOLE}<br><b>Warning</b>: </rss in /srv/x.php",
    "another feed behind it": f"{WHOLE}{feed(item(9))}",
    "another element around it": f"<response>{BARE}</response>",
}


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_a_feed_costs_nothing(name: str) -> None:
    """Text of the server before, after and inside a feed is ignored. Text before it is reported."""
    found = parse(AROUND[name])

    assert [one.guid for one in found.entries] == ["g1", "g2", "g3"]
    assert found.is_whole


PLAIN_TEXT = (
    '<html><head><meta name="color-scheme"></head><body><pre style="word-wrap: break-word">{}</pre></body></html>'
)

WRAPPED = {
    "as plain text": PLAIN_TEXT.format(html.escape(WHOLE)),
    "as plain text, JSON": PLAIN_TEXT.format(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "g1"}, {"id": "g2"}, {"id": "g3"}]}'
        .replace('"}', '", "content_text": "a &amp; b"}')
    ),
    "as it is": f"<!DOCTYPE html><html><head></head><body>{BARE}</body></html>",
    "as a browser shows XML": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{BARE}</p></body></html>',
    "as HTML has it": f"<html><body>{BARE}</body></html>".replace("<link>", "<link/>").replace("</link>", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WRAPPED)
def test_a_feed_in_a_web_page_is_a_feed(name: str) -> None:
    """A feed in a page that a browser saved is read."""
    found = parse(WRAPPED[name])

    assert [one.guid for one in found.entries] == ["g1", "g2", "g3"]
    assert found.problems[0] == "a feed in a web page; the page around it is left out"
    assert name.endswith("JSON") or found.entries[0].link == "https://s.example/1"


@pytest.mark.parametrize(
    "inside",
    ["<h1>How to</h1><pre>&lt;rss version='2.0'>&lt;channel></pre>", "<script>x = '<rss version=\"2.0\">';</script>",
     "<feed class=x><div>a</div></feed>", "<p title='<rss version=2>'>"],
)  # fmt: skip
def test_a_web_page_that_speaks_of_feeds_is_none(inside: str) -> None:
    """A web page about feeds is refused with another remedy."""
    with pytest.raises(EntryError, match="a web page, not a feed; give the address of its feed"):
        parse(f"<!DOCTYPE html><html><head></head><body>{inside}</body></html>")


# --- too many entries ------------------------------------------------------------------------------------------------


def numbered(order: list[int], dates: str = "<pubDate>Mon, 0{} Jun 2026 08:00:00 GMT</pubDate>") -> str:
    """A feed of items with dates."""
    return feed(*(item(number, extra=dates.format(number)) for number in order))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (numbered([1, 2, 3, 4, 5]), ["g3", "g4", "g5"]), (numbered([5, 4, 3, 2, 1]), ["g5", "g4", "g3"]),
        (numbered([1, 9, 2, 8, 3]), ["g9", "g8", "g3"]),
        (numbered([3, 1, 2], "").replace("</channel>", f"{item(4)}</channel>"), ["g3", "g1", "g2"]),
        (feed(item(1), *(item(number, extra=f"<pubDate>2026-06-0{number}</pubDate>") for number in (2, 3)), item(4)),
         ["g2", "g3", "g4"]),
        (numbered([1, 2, 3, 4], "<pubDate>no date {}</pubDate>"), ["g1", "g2", "g3"]),
    ],
    ids=["rising", "falling", "mixed", "no dates", "some dates", "no dates that can be read"],
)  # fmt: skip
def test_of_too_many_entries_the_newest_are_read(document: str, expected: list[str]) -> None:
    """The newest by date (or the first) are read in the feed's order, and a problem gives the number of the others."""
    found = _limited(document)

    assert [one.guid for one in found.entries] == expected
    assert any(" are read" in one and "entries" in one for one in found.problems)


def _limited(document: str) -> ParsedFeed:
    return parse(document, spec=replace(SPEC, max_entries=3))


def test_undated_entries_keep_the_order_of_their_feed() -> None:
    """Entries without dates keep their order, also in a mended feed."""
    for document in (feed(*map(item, range(9))), feed(*map(item, range(9)))[:-16]):
        assert [one.guid for one in parse(document).entries] == [f"g{number}" for number in range(9)]


# --- hostile ---------------------------------------------------------------------------------------------------------

MANY = 50_000

#: A JSON Feed that breaks off in a string of its second item.
CUT_STRING = '{"version": "1", "items": [{"id": "g1", "title": "T1"}, {"id": "g2", "content_html": "'

HOSTILE = {
    "a string of JSON without an end": CUT_STRING + '<p class=\\"x\\">' * MANY,
    "ampersands": feed(item(1, "&" * MANY)),
    "less than": feed(item(1, "<" * MANY)),
    "halves": feed(item(1, "&#55357;" * MANY)),
    "tags without an end": feed(item(1, "<a " * MANY)),
    "elements without an end": feed(item(1, "<a>" * MANY)),
    "quotes without an end": feed(item(1, "<a b=\"<a c='" * MANY)),
    "sections": feed(item(1, "<![CDATA[x</description>" * MANY)),
    "comments": feed(item(1, "<!--" * MANY)),
    "instructions": feed(item(1, "<?a " * MANY)),
    "ends": feed(item(1, "</a" * MANY)),
    "names": feed(item(1, "&" + "a" * 10 * MANY)),
    "digits": feed(item(1, f"&#{'1' * 10 * MANY};")),
    "attributes": feed(item(1, f"<a {'a=1 ' * MANY}>")),
    "a name": feed(item(1, f"<a {'a' * 10 * MANY}>")),
    "white space": feed(item(1, f"<a{' ' * 10 * MANY}<")),
    "prefixes": feed(item(1, "".join(f"<p{number}:x>" for number in range(MANY // 2)))),
    "items": feed("<item><guid>1</guid><title>t" * (MANY // 5)),
    "a nested DTD": feed(item(1, "&l8;" * MANY), dtd=f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "quotes in a DTD": feed(item(1), dtd="<!DOCTYPE rss [" + '"<!--"' * 4000 + "]>"),
    "strings of JSON": '{"version": "1", "items": [{"id": "1", "title": "x"}, "' + '\\"' * 5 * MANY,
    "items of JSON": '{"version": "1", "items": [{"id": "1", "title": "x"},' + '{"id": 1,' * MANY,
    "commas of JSON": '{"version": "1", "items": [{"id": "1", "title": "x"}' + ", " * 5 * MANY,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_read_in_no_time(name: str) -> None:
    """Hostile documents are read in linear time."""
    found = parse(HOSTILE[name])

    assert len(found.entries) >= 1
    assert len(found.problems) <= 3
