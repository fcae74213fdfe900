"""Upstream feeds: whatever their format and encoding, the same entries; one bad item is one report."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedsvc.errors import EntryError
from feedsvc.model import Author, Enclosure, FetchPolicy, Hints, Origin, ParsedFeed, RawEntry, Rules, UpstreamSpec
from feedsvc.parse.upstream import parse_upstream
from tests.data.feeds import Article, articles, atom, json_feed, rdf, rss

URL = "https://www.news.example/backend.php"
SPEC = UpstreamSpec(
    name="news", url=URL, policy=FetchPolicy(user_agent="t"), timezone=ZoneInfo("Asia/Shanghai"),
    tag="feeds.example.org,2026", article_key=r"/(\d+)\.htm",
)  # fmt: skip
SOME = articles(30)


def parse(document: str | bytes, content_type: str = "", spec: UpstreamSpec = SPEC) -> ParsedFeed:
    """A document as it would be fetched."""
    return parse_upstream(document.encode() if isinstance(document, str) else document, content_type, URL, spec)


def item(inside: str, head: str = "") -> RawEntry:
    """The only entry of a feed."""
    (found,) = parse(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        f'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>站</title>{head}'
        f"<item><guid>1</guid><title>题</title>{inside}</item></channel></rss>"
    ).entries
    return found


def entry(inside: str, head: str = "") -> RawEntry:
    """The only entry of an Atom feed."""
    (found,) = parse(
        f'<feed xmlns="http://www.w3.org/2005/Atom">{head}<entry><id>1</id>{inside}<summary>概要</summary></entry></feed>'
    ).entries
    return found


@pytest.mark.parametrize("write", [rss, atom, rdf, json_feed])
def test_every_format_gives_the_same_entries(write: Callable[[list[Article]], str]) -> None:
    """Title, link, guid, key and date are equal in all formats, in the feed's order."""
    feed = parse(write(SOME))

    assert [(one.title, one.link, one.guid, one.key, one.published) for one in feed.entries] == [
        (one.title, one.link, one.link, str(one.number), one.published) for one in SOME
    ]
    assert (feed.title.partition(" ")[0], feed.link) == ("新闻网", "https://www.news.example/")
    assert feed.problems == ()


def _one_broken_byte(data: bytes) -> bytes:
    at = len(data) // 2
    while data[at] < 0x80 or data[at - 1] >= 0x80:  # the first byte of a character after ASCII
        at += 1
    return data[:at] + b"\xff" + data[at:]


ENCODED = {
    "utf-8": (rss(SOME).encode(), ""),
    "utf-8 with a mark": (b"\xef\xbb\xbf" + rss(SOME).encode(), "text/xml; charset=iso-8859-1"),
    "utf-16": (rss(SOME, "utf-16").encode("utf-16"), ""),
    "utf-16 without a mark": (rss(SOME, "utf-16").encode("utf-16-le"), ""),
    "gbk": (rss(SOME, "gbk").encode("gbk"), "text/xml"),
    "gb2312 that is more": (rss(SOME, "gb2312").replace("编辑", "编辑镕㐀").encode("gb18030"), ""),
    "gb18030 with a broken byte": (_one_broken_byte(rss(SOME, "gb18030").encode("gb18030")), ""),
    "gbk by HTTP alone": (rss(SOME, None).encode("gbk"), "application/rss+xml; charset=GBK"),
    "gbk undeclared": (rss(SOME, None).encode("gbk"), "text/xml"),
    "gbk that says utf-8": (rss(SOME, "utf-8").encode("gbk"), "text/xml; charset=utf-8"),
    "utf-8 that says gbk": (rss(SOME, "gb2312").encode(), "text/xml; charset=gb2312"),
    "utf-8 with a broken byte": (_one_broken_byte(rss(SOME).encode()), ""),
    "an encoding that is none": (rss(SOME, "x-mac-klingon").encode(), "text/xml; charset=punycode"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_is_read(name: str) -> None:
    """The encoding is known by its mark, HTTP, its declaration or its bytes. An invalid byte is removed."""
    feed = parse(*ENCODED[name])
    titles = [one.title for one in feed.entries]

    assert sum(title == one.title for title, one in zip(titles, SOME, strict=True)) >= 29
    assert all("\ufffd" not in one.title + one.content for one in feed.entries)


def one(inside: str) -> str:
    """A feed of one item."""
    return f'<rss version="2.0"><channel><item><title>题</title>{inside}</item></channel></rss>'


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("big5", "臺灣新聞"), ("shift_jis", "日本の記事"), ("euc-kr", "한국 기사"), ("windows-1251", "Новости"),
     ("iso-8859-1", "Café"), ("windows-1252", "“Café” – fermé")],
)  # fmt: skip
def test_other_declared_encodings(encoding: str, text: str) -> None:
    """A declared encoding is used if the bytes fit."""
    document = f'<?xml version="1.0" encoding="{encoding}"?>{one(f"<guid>{text}</guid>").replace("题", "x")}'

    assert parse(document.encode(encoding)).entries[0].guid == text


# --- fields ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 03 Mar 2026 08:00:00 GMT", 8), ("Tue, 03 Mar 2026 16:00:00 +0800", 8), ("2026-03-03 16:00:00", 8),
        ("2026年03月03日 16:00", 8), ("2026/3/3 16:00", 8), ("2026-03-03T08:00:00Z", 8),
        ("Tue, 03 Mar 2026 16:00:00", 8), ("Tue, 03 Mar 2026 08:00:00 UT", 8), ("Invalid Date", None), ("", None),
        ("gestern", None),
    ],
)  # fmt: skip
def test_dates(written: str, expected: int | None) -> None:
    """A date without a zone is in the source's zone. An unreadable date is left out."""
    found = item(f"<pubDate>{written}</pubDate>").published

    assert found == (datetime(2026, 3, 3, expected, tzinfo=UTC) if expected else None)


def test_the_fullest_text_is_the_content() -> None:
    """`content:encoded` counts before a description. A description alone is the text."""
    both = item("<description>短</description><content:encoded><![CDATA[<p>很长的正文</p>]]></content:encoded>")
    alone = item("<description>&lt;p&gt;短&lt;/p&gt;</description>")

    assert (both.content, both.summary) == ("<p>很长的正文</p>", "短")
    assert (alone.content, alone.summary) == ("<p>短</p>", None)


def test_text_that_is_no_html_stays_what_it_is() -> None:
    """In Atom's plain text, `<div>` is a word."""
    found = entry('<title type="text">&lt;div&gt; 与 &lt;b&gt;</title><content type="text">1 &lt; 2\n二</content>')

    assert (found.title, found.content) == ("&lt;div&gt; 与 &lt;b&gt;", "<p>1 &lt; 2</p><p>二</p>")


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ("<author>ugmbbc</author>", ["ugmbbc"]), ("<author>a@b.example (张三)</author>", ["张三"]),
        ("<author>a@b.example</author>", ["a"]), ("<dc:creator>李四</dc:creator>", ["李四"]),
        ("<itunes:author>主播</itunes:author>", ["主播"]), ("<author>王五 &lt;w@b.example&gt;</author>", ["王五"]),
        ("", []),
    ],
)  # fmt: skip
def test_authors_have_names_and_no_addresses(inside: str, names: list[str]) -> None:
    """Names have no e-mail addresses, in any form."""
    assert [author.name for author in item(inside).authors] == names


def test_authors_of_atom() -> None:
    """All authors with their pages are read. The feed's are used for an entry without any."""
    own = entry("<author><name>甲</name><uri>https://a.example/</uri></author><author><name>乙</name></author>")
    of_feed = entry("", "<author><name>丙</name></author>")

    assert own.authors == (Author(name="甲", url="https://a.example/"), Author(name="乙"))
    assert of_feed.authors == (Author(name="丙"),)


def test_media() -> None:
    """Enclosures of all namespaces are read once. Pictures are recognised."""
    found = item(
        '<enclosure url="/a.mp3" type="audio/mpeg" length="5"/><media:content url="https://m.example/b.mp4" '
        'type="video/mp4" fileSize="7"/><media:content url="https://m.example/c.jpg" medium="image"/>'
        '<media:thumbnail url="https://m.example/t.jpg"/>'
    )

    assert found.enclosures == (
        Enclosure(url="https://www.news.example/a.mp3", type="audio/mpeg", length=5),
        Enclosure(url="https://m.example/b.mp4", type="video/mp4", length=7),
    )
    assert found.image == "https://m.example/t.jpg"


def test_a_feed_says_whose_work_an_entry_is() -> None:
    """`source` is read with and without a page."""
    assert item('<source url="https://o.example/f">原站</source>').origin == Origin(
        title="原站", feed_url="https://o.example/f"
    )
    assert item("<source>新闻网</source>").origin == Origin(title="新闻网")


def test_relative_addresses_are_relative_to_what_the_feed_says() -> None:
    """The base is xml:base, else the entry's link."""
    based = entry('<content type="html" xml:base="https://b.example/x/">&lt;img src="a.png"&gt;</content>')
    linked = entry('<link href="https://l.example/y/"/><content type="html">&lt;img src="a.png"&gt;</content>')

    assert (based.base, linked.base) == ("https://b.example/x/", "https://l.example/y/")


def test_tags_are_taken_over_only_where_mapped() -> None:
    """An upstream's tags become categories only if they are mapped."""
    spec = replace(SPEC, rules=Rules(map=(("科技", "新媒体"),), categories=("文摘",)))
    document = one("<category>科技</category><category>杂</category>")

    assert parse(document, spec=spec).entries[0].categories == ("新媒体", "文摘")


def test_hints() -> None:
    """The feed's own polling hints are read."""
    head = (
        "<ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
        "<skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
    )
    document = (
        f'<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>{head}</channel></rss>'
    )

    assert parse(document).hints == Hints(
        ttl=90, period="daily", frequency=2, skip_hours=frozenset({1, 0}), skip_days=frozenset({"sunday"})
    )


# --- identities ------------------------------------------------------------------------------------------------------


def test_guids_are_kept_to_the_letter_and_never_shared() -> None:
    """A shared guid is made distinct. Without a guid, the link or a digest of the text is used."""
    document = (
        '<rss version="2.0"><channel>'
        "<item><guid> 5 </guid><title>甲</title><link>https://e.example/a</link></item>"
        "<item><guid>5</guid><title>乙</title><link>https://e.example/b</link></item>"
        "<item><guid>5</guid><title>甲</title><link>https://e.example/a</link></item>"
        "<item><title>丙</title><link>https://e.example/c</link></item>"
        "<item><title>丁</title><pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate></item></channel></rss>"
    )
    guids = [one.guid for one in parse(document).entries]

    assert guids[0].startswith("5#")
    assert guids[1].startswith("5#")
    assert len(set(guids)) == len(guids) == 4
    assert guids[2] == "https://e.example/c"
    assert guids[3].startswith("tag:feeds.example.org,2026:news/")
    assert guids == [one.guid for one in parse(document).entries]


def test_an_article_in_two_places_is_one_entry() -> None:
    """An article that is pinned, or in two sections, is one entry: the key tells."""
    twice = [Article(number=7, section="science"), *articles(3, 5)]

    assert [one.key for one in parse(rss(twice)).entries] == ["7", "6", "5"]


# --- what is wrong ---------------------------------------------------------------------------------------------------


def test_a_bad_item_is_one_report() -> None:
    """A faulty item gives one problem, and the others are read."""
    feed = parse(rss(SOME).replace("</channel>", "<item><guid isPermaLink='false'>x</guid></item></channel>"))

    assert len(feed.entries) == 30
    assert feed.problems == ("item 31: left out, because it has no title, text, link, enclosure or picture",)


def test_more_entries_than_wanted_are_left_out() -> None:
    """The newest are read, and a problem gives the number of the others."""
    feed = parse(rss(SOME), spec=replace(SPEC, max_entries=10))
    as_json = parse(json_feed(SOME), spec=replace(SPEC, max_entries=10))

    assert [one.title for one in feed.entries] == [one.title for one in SOME[:10]]
    assert feed.problems == as_json.problems == ("30 entries; the 10 newest are read, 20 older ones are left out",)
    assert [one.title for one in as_json.entries] == [one.title for one in SOME[:10]]


def test_xml_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    """A bare ampersand gives a problem, and the feed is read."""
    feed = parse(rss(SOME, head="<copyright>A & B</copyright><x>&nbsp;</x>"))

    assert len(feed.entries) == 30
    (problem,) = feed.problems
    assert problem.startswith("not well-formed XML, mended (line 2: ")


ATTRIBUTES = " ".join(f"a{number}='x'" for number in range(50_000))

#: Name → a document, and what is said of it.
UNREADABLE = {
    "nothing": (b"", "neither a feed"),
    "a web page": (b"<!DOCTYPE html><html><body><h1>Just a moment</h1></body></html>", "a web page, not a feed"),
    "XHTML": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', "a web page, not a feed"),
    "other XML": (b"<sitemap><url>x</url></sitemap>", "neither a feed"),
    "other JSON": (b'{"error": "rate limited"}', "neither a feed"),
    "nested JSON": (b'{"items": ' + b"[" * 100_000, "neither a feed"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "neither a feed"),
    "noughts": (bytes(100_000), "neither a feed"),
    "a large DTD": (b"<!DOCTYPE rss [" + b'<!ENTITY a "b">' * 9000 + b']><rss version="2.0"></rss>', "a DTD"),
    "50,000 attributes": (f'<rss version="2.0" {ATTRIBUTES}><channel/></rss>'.encode(), "attributes"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_feed_is_named(name: str) -> None:
    """A document that is not a feed is refused quickly, in one line."""
    document, words = UNREADABLE[name]
    with pytest.raises(EntryError, match=words):
        parse(document)


def test_an_author_that_would_take_hours_does_not() -> None:
    """An author is cut: the search of feedparser for an e-mail address takes quadratic time."""
    hostile = "a@" + "a." * 10_000 + "!"
    document = '<rss version="2.0"><channel>{}</channel></rss>'.format(
        "".join(f"<item><title>{n}</title><author>{hostile}</author></item>" for n in range(20))
    )

    assert len(parse(document).entries) == 20


def test_an_old_dtd_is_no_reason_to_lose_a_feed() -> None:
    """Netscape's RSS 0.91, and RSS 1.0 with HTML's entities, are read."""
    old = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    html = '<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1//EN" "x.ent">]>'
    for dtd in (old, html):
        feed = parse(f'<?xml version="1.0"?>{dtd}{one("")}')

        assert [one.title for one in feed.entries] == ["题"]


@pytest.mark.parametrize(
    "items",
    ['[null, 5, "x", [], {"id": 1, "title": "好"}]', '[{"id": 1, "title": "好", "tags": 5}, {"id": 2, "title": "好"}]',
     '[{"id": {"a": 1}, "title": "好", "authors": "x", "attachments": [null, {"url": 5}]}]'],
)  # fmt: skip
def test_json_that_is_not_as_it_should_be(items: str) -> None:
    """The valid parts are read."""
    feed = parse(f'{{"version": "https://jsonfeed.org/version/1.1", "items": {items}}}')

    assert {one.title for one in feed.entries} == {"好"}
    assert json.loads(items)


# --- feeds of real sites ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "behind", ["junk", "0", "\0", "<br><b>Warning</b>: mysql in /x.php", "<?php 1 ?>", "<!-- 1 -->"]
)
def test_what_a_server_writes_behind_a_feed_is_not_of_it(behind: str) -> None:
    """A warning, a number or a time after the feed is ignored."""
    feed = parse(rss(SOME) + behind)

    assert (len(feed.entries), feed.problems, len(feed.marks)) == (30, (), 30)


def test_a_guid_that_is_no_address_leads_nowhere() -> None:
    """In feedparser it becomes a link, so two feeds in one folder would share a page."""
    assert item("<description>文</description>").link is None
    assert item("<link>/a</link>").link == "https://www.news.example/a"


@pytest.mark.parametrize("wrap", ["<![CDATA[{}]]>", "<![CDATA[<b>{}]]>", "<!-- -->{}", "{}"])
def test_people_are_named_in_few_words(wrap: str) -> None:
    """Long texts are cut: the search of feedparser for an e-mail address takes quadratic time."""
    found = item(f"<author>{wrap.format('a@a.' + 'a.' * 20_000 + '!')}</author>")

    assert all(len(author.name) <= 600 for author in found.authors)


def test_hints_count_wherever_they_stand() -> None:
    """Hints at the end of the channel, with white space in their tags, are read."""
    document = rss(SOME).replace("</channel>", "<skipHours ><hour> 3 </hour></skipHours></channel>")

    assert parse(document).hints.skip_hours == frozenset({3})


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Tue, 03 Mar 2026 08:00:00 CST", 0), ("Tue, 03 Mar 2026 08:00:00 EST", 13), ("2026年3月3日 08:00 +0800", 0),
        ("2026年3月3日 下午2:30", 6), ("2026年3月3日 上午8点00分", 0),
    ],
)  # fmt: skip
def test_dates_of_china(written: str, hour: int) -> None:
    """`CST` is China's zone for a Chinese source."""
    published = item(f"<pubDate>{written}</pubDate>").published

    assert published is not None
    assert published.hour == hour


def test_a_date_that_nobody_can_read_is_reported() -> None:
    """The item is read without it, in JSON too."""
    feed = parse(rss(SOME[:1]).replace("<pubDate>", "<pubDate>昨天下午 "))
    other = json.loads(json_feed(SOME[:1]))
    other["items"][0]["date_published"] = "昨天下午"
    as_json = parse(json.dumps(other))

    for one in (feed, as_json):
        assert [entry.published for entry in one.entries] == [None]
        assert "昨天下午" in " ".join(one.problems)


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("it’s “fine” here", "cp1252", "utf-8"), ("Müller schön", "latin-1", "utf-8"), ("abc", "ascii", "utf-16"),
        ("國產大模型公布季度財報，更多細節將在正文中公布", "big5", ""),
        ("新しいスマートフォンが発表されました", "shift_jis", ""),
        ("国产大模型公布季度财报", "gb18030", "utf-8"), ("短", "gb18030", ""),
    ],
)  # fmt: skip
def test_what_is_said_of_an_encoding_may_be_wrong(text: str, encoding: str, declared: str) -> None:
    """Then an encoding that fits is used."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    items = f"<item><title>{text}</title><guid>1</guid></item>"
    document = f"{head}<rss version='2.0'><channel><title>{text}</title>{items}</channel></rss>"

    assert [one.title for one in parse(document.encode(encoding)).entries] == [text]
