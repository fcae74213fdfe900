"""Seed files to raw entries."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.errors import EntryError
from feedsvc.model import Author, Enclosure, Permalinks, RawEntry, SourceSpec
from feedsvc.parse.seed import parse, read
from feedsvc.sanitize.entry import sanitize

SPEC = SourceSpec(
    name="articles", kind="seeds", path="/seeds", timezone=ZoneInfo("Asia/Shanghai"), tag="example.org,2026"
)

CNBETA = """
---
title: '本地图书馆试行夜间开放_读者可预约到零点'
categories: 
 - 新媒体
 - cnBeta
 - 最新
headimg: 'https://static.cnbetacdn.com/article/2026/1124/0.png'
author: cnBeta
comments: false
date: Tue, 24 Nov 2026 06:08:32 GMT
thumbnail: 'https://static.cnbetacdn.com/article/2026/1124/0.png'
---

<div>   
图书馆说，<br>
 <p>夜里也有灯。</p>   
</div>
            """  # noqa: W291 - the white space is the shape of these files


def seed(*lines: str, body: str = "<p>正文</p>", path: str = "a.html", spec: SourceSpec = SPEC) -> RawEntry:
    """The entry of a seed with a title and these lines, which begin on line 3."""
    entry = parse("\n".join(("---", "title: 标题", *lines, "---", body)).encode(), path, spec)
    assert entry is not None
    return entry


def test_a_scraped_seed_is_read_whole() -> None:
    """A file like scraped cnBeta news gives every field that it has."""
    entry = parse(CNBETA.encode(), "2026/a.md", SPEC)

    assert entry == RawEntry(
        guid="tag:example.org,2026:articles/2026/a.md",
        title="本地图书馆试行夜间开放_读者可预约到零点",
        content="\n<div>   \n图书馆说，<br>\n <p>夜里也有灯。</p>   \n</div>\n            ",
        authors=(Author(name="cnBeta"),),
        published=datetime(2026, 11, 24, 6, 8, 32, tzinfo=UTC),
        categories=("新媒体", "cnBeta", "最新"),
        image="https://static.cnbetacdn.com/article/2026/1124/0.png",
    )


def test_every_other_field_is_read() -> None:
    """Fields that scraped files lack are read too."""
    entry = seed(
        "guid: ' https://example.org/?p=1 '", "link: https://example.org/文", "summary: <b>短</b>", "language: en",
        "rights: ' © 甲 '", "updated: 2026-11-25 08:00",
    )  # fmt: skip

    assert (entry.guid, entry.link) == ("https://example.org/?p=1", "https://example.org/%E6%96%87")
    assert (entry.summary, entry.language, entry.rights) == ("<b>短</b>", "en", "© 甲")
    assert entry.updated == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


# --- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines", ["date: 2026-01-01", "title:", "title: ~", "title: '  '", 'title: "\\u202e"'],
    ids=["missing", "empty", "null", "blank", "invisible"],
)  # fmt: skip
def test_a_seed_needs_a_title(lines: str) -> None:
    """An entry without title is reported, not published."""
    with pytest.raises(EntryError, match="add 'title: …'"):
        parse(f"---\n{lines}\n---\nx".encode(), "a.md", SPEC)


@pytest.mark.parametrize("written", ["12:30", "0123", "no", "2024-01-01"])
def test_a_title_is_what_was_written(written: str) -> None:
    """A title that YAML would read as a number, a date or false stays a title."""
    entry = parse(f"---\ntitle: {written}\n---\nx".encode(), "a.md", SPEC)

    assert entry is not None
    assert entry.title == written


# --- drafts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["draft: true", "draft: True", "draft: yes", "draft: 1", "published: false", "published: no"]
)
def test_a_draft_is_no_entry(line: str) -> None:
    """A draft is not published."""
    assert parse(f"---\ntitle: a\n{line}\n---\nx".encode(), "a.md", SPEC) is None


@pytest.mark.parametrize("line", ["draft: false", "draft:", "published: true", "published:"])
def test_what_is_no_draft_is_an_entry(line: str) -> None:
    """A value that means "no" hides nothing."""
    assert seed(line).title == "标题"


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "path", "expected"),
    [
        pytest.param("date: 2021-09-08 08:09:09", "a.md", "2021-09-08T00:09:09+00:00", id="the source's zone"),
        pytest.param("date: 2021-09-08", "2020-01-01-a.md", "2021-09-07T16:00:00+00:00", id="stated before named"),
        pytest.param("", "x/2022-07-25-a.md", "2022-07-24T16:00:00+00:00", id="file name"),
        pytest.param("date: Invalid Date", "2022-7-5.md", "2022-07-04T16:00:00+00:00", id="Invalid Date, file name"),
    ],
)
def test_a_date_comes_from_the_field_or_the_file_name(line: str, path: str, expected: str) -> None:
    """The date is read from the field, else from the file name."""
    assert seed(line, path=path).published == datetime.fromisoformat(expected)


@pytest.mark.parametrize("path", ["a.md", "2022-13-45-a.md", "2022-01-011.md", "2022-01-01/a.md", "12022-01-01-a.md"])
def test_a_seed_may_be_undated(path: str) -> None:
    """`Invalid Date`, and a file name without a date, give no date."""
    assert seed("date: Invalid Date", path=path).published is None


def notices(*lines: str, spec: SourceSpec = SPEC, path: str = "a.html") -> tuple[tuple[int, str], ...]:
    """The notices that the author gets about a published seed."""
    found = read("\n".join(("---", "title: 标题", *lines, "---", "x")).encode(), path, spec)
    assert found.entry
    return found.notices


@pytest.mark.parametrize("key", ["date", "updated"])
@pytest.mark.parametrize("value", ["soon", "-1", "[2022-07-25]", "{a: b}", "2022-13-01"])
def test_an_unreadable_date_is_reported(key: str, value: str) -> None:
    """The article is published without a date, and a notice names field and line."""
    ((line, reason),) = notices("author: a", f"{key}: {value}")

    assert getattr(seed("author: a", f"{key}: {value}"), "published" if key == "date" else key) is None
    assert (line, reason.partition(":")[0]) == (4, key)
    assert reason.endswith("; the article is published without it")


def test_an_unreadable_date_makes_no_address() -> None:
    """A pattern that needs the date gives no address, even if the file name has a date."""
    spec = replace(SPEC, permalinks=replace(HEXO, file_name=":year-:month-:day-:title.md"))
    for line in ("date: soon", "date: [2022-07-25]"):
        entry = seed(line, path="2022-07-24-a.md", spec=spec)
        (_, reason), (_, unfilled) = notices(line, path="2022-07-24-a.md", spec=spec)

        assert (entry.guid, entry.link) == ("tag:example.org,2026:articles/2022-07-24-a.md", None)
        assert reason.startswith("date: ")
        assert ":year, :month, :day" in unfilled


HEXO = Permalinks(
    url="https://blog.example.org", pattern=":year/:month/:day/:title/", timezone=SPEC.timezone, built_in=SPEC.timezone
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("July 25, 2022", "2022-07-25 00:00:00"), ("Jul 25 2022", "2022-07-25 00:00:00"),
        ("25 Jul 2022", "2022-07-25 00:00:00"), ('"Jul 08 2022"', "2022-07-08 00:00:00"),
        ("2022-07-25 2:48 PM", "2022-07-25 14:48:00"), ("1658731712000", "2022-07-25 14:48:32"),
        ("1658731712", "2022-07-25 14:48:32"), ("2022-W30-1", "2022-07-25 00:00:00"),
        ("2022-W30", "2022-07-25 00:00:00"), ("2022W301T144832", "2022-07-25 14:48:32"),
        ("2022-206", "2022-07-25 00:00:00"), ("2022-206T14:48", "2022-07-25 14:48:00"),
        ("20220725T144832+0800", "2022-07-25 14:48:32"), ("2022-07-25T14:48:32,5", "2022-07-25 14:48:32"),
        ("2022-07-25T14:48.5+08:00", "2022-07-25 14:48:30"), ("2022-07-25T24:00:00", "2022-07-26 00:00:00"),
        ("+002022-07-25T06:48:32Z", "2022-07-25 14:48:32"),
        ("Mon Jul 25 14:48:32 CST 2022", "2022-07-25 14:48:32"),
        ("Mon Jul 25 2022 14:48:32 GMT+0800 (中国标准时间)", "2022-07-25 14:48:32"),
        # A date that names a zone is that moment, as its author thinks (hexojs/hexo-front-matter#28).
        ("2020-02-09T13:50:14.098Z", "2020-02-09 21:50:14"), ("'2020-02-09T13:50:14+01:00'", "2020-02-09 20:50:14"),
        ("5-6-2022", "2022-05-06 00:00:00"), ("5.6.2022 14:48", "2022-05-06 14:48:00"),
        ("2022-02-30", "2022-03-02 00:00:00"), ("2023-02-29 14:48:32", "2023-03-01 14:48:32"),
        ("2022-11-31", "2022-12-01 00:00:00"), ("!!timestamp 2022-07-25", "2022-07-25 00:00:00"),
        ("05/06/2022", "2022-05-06 00:00:00"), ("05/06/2022, 2:48 PM", "2022-05-06 14:48:00"),
    ],
)  # fmt: skip
def test_dates_are_those_that_hexo_takes(written: str, expected: str) -> None:
    """Dates give the same moment as in Hexo, in the site's zone."""
    entry = seed(f"date: {written}", spec=replace(SPEC, permalinks=HEXO))

    assert entry.published == datetime.fromisoformat(expected).replace(tzinfo=SPEC.timezone)


def test_a_date_with_two_readings_is_a_question_elsewhere() -> None:
    """Without a former Hexo site, `05/06/2022` is not read: it may be May or June."""
    for written in ("05/06/2022", "5-6-2022", "2022-02-30"):
        ((_, reason),) = notices(f"date: {written}")

        assert "cannot read the date" in reason
        assert seed(f"date: {written}").published is None


@pytest.mark.parametrize(
    ("lines", "path", "rule", "guid"),
    [
        ((), "a.md", None, "tag:example.org,2026:articles/a.md"),
        (("tags: [甲]", "cover: a.png", "author: {name: a}"), "x/b c.md", None,
         "tag:example.org,2026:articles/x/b%20c.md"),
        (("guid: https://e.example/?a=1&amp;b=2",), "a.md", None, "https://e.example/?a=1&amp;b=2"),
        (("date: Mon, 25 Jul 2022 20:48:32 GMT",), "a b.md", HEXO, "https://blog.example.org/2022/07/26/a%20b/"),
        (("date: 2022-07-25T20:48:32Z",), "a.md", HEXO, "https://blog.example.org/2022/07/25/a/"),
        (("permalink: old/&amp;x/",), "a.md", HEXO, "https://blog.example.org/old/&amp;x/"),
        (("date: 2022-07-25", "password: x"), "a.md", HEXO, "https://blog.example.org/2022/07/25/a/"),
        ((), "a.md", HEXO, "tag:example.org,2026:articles/a.md"),
        (("abbrlink: 4017", "author: [a, b]"), "a.md", replace(HEXO, pattern=":author/:abbrlink.html"),
         "https://blog.example.org/a,b/4017.html"),
    ],
    ids=["path", "other fields", "stated", "zone", "Hexo's digits", "permalink", "locked", "undated", "fields"],
)  # fmt: skip
def test_an_identity_stays(lines: tuple[str, ...], path: str, rule: Permalinks | None, guid: str) -> None:
    """Guid and link are those of earlier releases, although more fields are read."""
    assert seed(*lines, path=path, spec=replace(SPEC, permalinks=rule)).guid == guid


def test_an_article_without_a_field_of_the_pattern_is_named() -> None:
    """The article gets an address of ours, and a notice names the missing token."""
    spec = replace(SPEC, permalinks=replace(HEXO, pattern="p/:abbrlink.html"))
    found = read("---\ntitle: 题一\n---\nx".encode(), "a.md", spec)

    assert found.entry is not None
    assert (found.entry.guid, found.entry.link) == ("tag:example.org,2026:articles/a.md", None)
    assert found.notices[0][1].startswith("permalink: p/:abbrlink.html needs :abbrlink,")


@pytest.mark.parametrize(
    "lines",
    [
        ("cover: data:image/png;base64," + "A" * 40_000,),
        ("x: {a: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}}",),
        ("base: &k v", "again: *k"),
        ("swiper_index: !custom 1",),
    ],
    ids=["a picture in its field", "depth", "anchors", "a tag"],
)
def test_a_field_that_is_not_read_costs_nothing(lines: tuple[str, ...]) -> None:
    """Fields of themes may have any value."""
    entry = seed(*lines, "author: 甲")

    assert (entry.title, entry.content, entry.authors, entry.image) == (
        "标题",
        "<p>正文</p>",
        (Author(name="甲"),),
        None,
    )


# --- categories and authors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("科技", ("科技",), id="one"),
        pytest.param("[科技, 手机]", ("科技", "手机"), id="list"),
        pytest.param("[[科技, 手机], [新媒体]]", ("科技", "手机", "新媒体"), id="Hexo's nested lists"),
        pytest.param("[科技, 科技, ' 科技 ', '']", ("科技",), id="repeated and empty"),
        pytest.param("[2024, on, C/C++]", ("2024", "on", "C/C++"), id="names that YAML misreads"),
        pytest.param("", (), id="none"),
    ],
)
def test_categories_come_in_order_and_once(value: str, expected: tuple[str, ...]) -> None:
    """Categories are read however Hexo lets them be written."""
    assert seed(f"categories: {value}").categories == expected


def test_a_source_adds_its_categories_and_rights() -> None:
    """The source's categories come after the entry's own."""
    spec = SourceSpec(
        name="a", kind="seeds", path="/", timezone=UTC, tag="e.org,2026", categories=("文摘", "科技"), rights="© 乙"
    )

    assert seed("categories: 科技", spec=spec).categories == ("科技", "文摘")
    assert seed(spec=spec).rights == "© 乙"
    assert seed("rights: © 甲", spec=spec).rights == "© 甲"


def test_several_authors_are_several() -> None:
    """A list of authors is kept as such."""
    assert seed("author: [甲, 乙]").authors == (Author(name="甲"), Author(name="乙"))


@pytest.mark.parametrize(
    "line",
    [
        "categories: {a: b}", "category: [{a: b}]", "link: [a]", "guid: {a: b}", "language: [zh]", "rights: {a: b}",
        "author: {email: a@e.org}", "authors: [{{ x }}]",
    ],
)  # fmt: skip
def test_a_wrong_shape_is_reported(line: str) -> None:
    """A value that is not a text or name is reported with field and line, and the article is published without it."""
    ((at, reason),) = notices(line)

    assert (at, reason.partition(":")[0]) == (3, line.partition(":")[0])
    assert seed(line) == seed()


@pytest.mark.parametrize("value", ["[a]", "{a: b}"])
def test_a_permalink_of_a_wrong_shape_is_reported(value: str) -> None:
    """The site's pattern is used instead."""
    spec = replace(SPEC, permalinks=HEXO)
    ((at, reason),) = notices(f"permalink: {value}", "date: 2022-07-25", path="a.md", spec=spec)

    assert (at, reason.partition(":")[0]) == (3, "permalink")
    assert seed(f"permalink: {value}", "date: 2022-07-25", path="a.md", spec=spec).link == (
        "https://blog.example.org/2022/07/25/a/"
    )


def test_what_is_no_name_costs_no_other_name() -> None:
    """The valid names of a list are kept."""
    assert seed("categories: [科技, {a: b}, [手机]]").categories == ("科技", "手机")
    assert len(notices("categories: [科技, {a: b}, [手机]]")) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("author: {张三: 'https://e.org/'}", [Author(name="张三", url="https://e.org/")]),
        ("author: [{张三: 'https://e.org/'}, 李四, {王五: }]",
         [Author(name="张三", url="https://e.org/"), Author(name="李四"), Author(name="王五")]),
        ("authors: {张三: {url: 'https://e.org/', email: a@e.org}, 李四: x}",
         [Author(name="张三", url="https://e.org/"), Author(name="李四")]),
        ("author: {name: 张三, 李四: 'https://e.org/'}", [Author(name="张三")]),
    ],
)  # fmt: skip
def test_a_mapping_may_have_names_for_keys(line: str, expected: list[Author]) -> None:
    """Each key is a person, and its value the person's page."""
    assert seed(line).authors == tuple(expected)
    assert notices(line) == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("author: {name: 张三, link: 'https://z.example/'}",), (Author(name="张三", url="https://z.example/"),)),
        (("author:", "  - name: 张三", "    url: https://z.example/", "  - 李四"),
         (Author(name="张三", url="https://z.example/"), Author(name="李四"))),
        (("author: {nickname: 甲, email: a@e.example}",), (Author(name="甲"),)),
        (("author: {title: 编辑部}",), (Author(name="编辑部"),)),
        (("author: {name: 甲, url: 'javascript:alert(1)'}",), (Author(name="甲"),)),
        (("author: {name: {first: 甲}}",), ()),
        (("author: {twitter: '@a'}",), ()),
        (("authors: [{name: 甲, title: 记者}]",), (Author(name="甲"),)),
        (("authors:", "  - '甲'", "  - '0x00A'"), (Author(name="甲"), Author(name="0x00A"))),
        (("author: [[甲], {name: 甲, url: 'https://z.example/'}]",), (Author(name="甲"),)),
    ],
    ids=["mapping", "list", "nickname", "title", "hostile page", "odd name", "no name", "authors",
         "authors by name", "twice"],
)  # fmt: skip
def test_authors_have_many_shapes(lines: tuple[str, ...], expected: tuple[Author, ...]) -> None:
    """A mapping, or a list of mappings, is read as far as it has names, and never rejects the article."""
    assert seed(*lines).authors == expected


def test_toml_has_tables_of_authors() -> None:
    """A table of TOML is a mapping."""
    entry = parse('+++\ntitle = "标题"\n[[author]]\nname = "张三"\n+++\nx'.encode(), "a.md", SPEC)

    assert entry is not None
    assert entry.authors == (Author(name="张三"),)


# --- tags and summaries ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "tags"),
    [("[云计算, C++]", ("云计算", "C++")), ("云计算", ("云计算",)), ("[最新, 云计算, 云计算]", ("云计算",)),
     ("[{name: a}, [乙]]", ("乙",)), ("", ()), ("{a: b}", ())],
    ids=["list", "one", "also a category", "odd", "none", "mapping"],
)  # fmt: skip
def test_tags_stand_after_categories(value: str, tags: tuple[str, ...]) -> None:
    """Tags are kept apart from categories, which have feeds. They never reject the article."""
    entry = seed("categories: [最新]", f"tags: {value}")

    assert (entry.categories, entry.details.tags) == (("最新",), tags)


def test_tags_are_categories_where_the_source_says_so() -> None:
    """`tags: feeds` makes a category of each tag, after the source's own."""
    entry = seed(
        "categories: [最新]", "tags: [云计算, 最新]", spec=replace(SPEC, tags_are_feeds=True, categories=("文摘",))
    )

    assert (entry.categories, entry.details.tags) == (("最新", "文摘", "云计算"), ())


@pytest.mark.parametrize(
    ("lines", "summary"),
    [
        (("summary: 甲", "description: 乙"), "甲"),
        (("description: 乙", "excerpt: 丙"), "乙"),
        (("excerpt: 丙",), "丙"),
        (("description: {a: b}",), "<p>摘要</p>\n"),
        (("description: ''",), "<p>摘要</p>\n"),
        ((), "<p>摘要</p>\n"),
    ],
    ids=["summary", "description", "excerpt", "a mapping", "empty", "before the mark"],
)
def test_a_summary_is_what_the_author_says(lines: tuple[str, ...], summary: str) -> None:
    """A field counts before the text before `<!-- more -->`. The whole text is kept."""
    entry = seed(*lines, body="摘要\n\n<!-- more -->\n\n正文", path="a.md")

    assert entry.summary == summary
    assert "正文" in entry.content


# --- URLs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://picsum.photos/400/300?random=705",
        "https://www.jianshu.com/p/undefined",
        "https://example.org/undefined",
        "undefined",
        "javascript:alert(1)",
        "/relative.png",
        "",
    ],
)
def test_a_placeholder_is_no_image(url: str) -> None:
    """A scraper's placeholder is not shown, and the article is published."""
    assert seed(f"headimg: '{url}'").image is None


def test_a_usable_thumbnail_stands_in() -> None:
    """If the head image is a placeholder, the thumbnail is used."""
    lines = "headimg: https://picsum.photos/400/300?random=1", "thumbnail: //example.org/图.png"

    assert seed(*lines).image == "https://example.org/%E5%9B%BE.png"


def test_a_proxied_image_is_shown_from_its_own_address() -> None:
    """A scraper's proxy before a picture is removed."""
    assert seed("headimg: https://cors.zfour.workers.dev/?http://example.org/a.png").image == "http://example.org/a.png"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://e.example/a?x=1&amp;y=2", "https://e.example/a?x=1&y=2"),
        ("https://e.example/&#123;id&#125;/a.png", "https://e.example/%7Bid%7D/a.png"),
        ("https://e.example/a?x=1&copy=2", "https://e.example/a?x=1&copy=2"),
        ("https://cors.zfour.workers.dev/?https://e.example/a?x=1&amp;y=2", "https://e.example/a?x=1&y=2"),
    ],
    ids=["ampersand", "braces", "a parameter", "behind a proxy"],
)
def test_references_in_addresses_are_characters(written: str, expected: str) -> None:
    """HTML character references in addresses are decoded."""
    entry = seed(f"headimg: '{written}'", f"link: '{written}'")

    assert (entry.image, entry.link) == (expected, expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("headimg: cover.png", "https://blog.example.org/blog/2022/07/25/a/cover.png"),
        ("cover: ./我的 图.png", "https://blog.example.org/blog/2022/07/25/a/%E6%88%91%E7%9A%84%20%E5%9B%BE.png"),
        ("thumbnail: /img/a.webp?v=1", "https://blog.example.org/blog/img/a.webp?v=1"),
        ("thumbnail: /blog/img/a.jpg", "https://blog.example.org/blog/img/a.jpg"),
        ("cover: {image: a.jpg, alt: x}", "https://blog.example.org/blog/2022/07/25/a/a.jpg"),
        ("cover: ['', 'a.jpg', 'b.jpg']", "https://blog.example.org/blog/2022/07/25/a/a.jpg"),
        ("cover: true", None),
        ("cover: '#fff.png'", None),
        ("cover: 'data:image/png;base64,AAAA'", None),
        ("cover: 'javascript:a.png'", None),
    ],
    ids=["file", "dot and blank", "root", "whole root", "mapping", "list", "true", "colour", "data", "script"],
)
def test_a_relative_picture_is_beside_its_page(line: str, expected: str | None) -> None:
    """A relative picture is resolved with the page's address, if that is known."""
    rule = Permalinks(
        url="https://blog.example.org/blog", pattern=":year/:month/:day/:title/", timezone=SPEC.timezone,
        built_in=SPEC.timezone,
    )  # fmt: skip

    assert seed(line, "date: 2022-07-25", path="a.md", spec=replace(SPEC, permalinks=rule)).image == expected


def test_a_placeholder_is_no_link() -> None:
    """An entry with a placeholder as link has only the page that feedsvc serves."""
    assert seed("link: https://www.jianshu.com/p/undefined").link is None


@pytest.mark.parametrize(
    "lines",
    [
        ("enclosures: {url: 'https://e.org/音.mp3', type: audio/mpeg, length: 12}",),
        ("enclosures:", "  - url: https://e.org/音.mp3", "    type: audio/mpeg", "    length: 12"),
    ],
    ids=["one", "list"],
)
def test_enclosures_are_read(lines: tuple[str, ...]) -> None:
    """An enclosure has its type and its size."""
    expected = Enclosure(url="https://e.org/%E9%9F%B3.mp3", type="audio/mpeg", length=12)

    assert seed(*lines).enclosures == (expected,)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("https://e.org/a.mp3", "media type", id="no type"),
        pytest.param("{url: 'https://e.org/a', type: audio}", "media type", id="half a type"),
        pytest.param("{url: 'javascript:alert(1)', type: audio/mpeg}", "http", id="hostile URL"),
        pytest.param("{type: audio/mpeg}", "http", id="no URL"),
        pytest.param("{url: 'https://e.org/a', type: a/b, length: big}", "size in bytes", id="length"),
        pytest.param("{url: 'https://e.org/a', type: a/b, length: -1}", "size in bytes", id="negative length"),
    ],
)
def test_a_wrong_enclosure_is_reported(value: str, words: str) -> None:
    """An enclosure that cannot be used is reported with its line. The others are kept."""
    line = f"enclosures: [{value}, {{url: 'https://e.org/a.mp3', type: audio/mpeg}}]"
    ((at, reason),) = notices(line)

    assert (at, words in reason) == (3, True)
    assert [one.url for one in seed(line).enclosures] == ["https://e.org/a.mp3"]


def test_what_is_wrong_many_times_is_said_once() -> None:
    """Many faults of one kind give one notice."""
    assert len(notices(f"enclosures: [{'a, ' * 1000}]", f"tags: [{'!x a, ' * 1000}]")) == 2


# --- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        pytest.param("a.md", "# 一\n\n*二*", "<h1>一</h1>\n<p><em>二</em></p>\n", id="Markdown"),
        pytest.param("a.MARKDOWN", "~~x~~", "<p><del>x</del></p>\n", id="upper-case suffix, strikethrough"),
        pytest.param("a.md", "一 <b>二</b>", "<p>一 <b>二</b></p>\n", id="HTML in Markdown"),
        pytest.param("a.md", "\n  <p>*x*</p>", "\n  <p>*x*</p>", id="HTML in a Markdown file"),
        pytest.param("a.html", "*x*", "*x*", id="HTML"),
        pytest.param("a.md", "", "", id="empty"),
    ],
)
def test_markdown_becomes_html(path: str, body: str, expected: str) -> None:
    """The body of a Markdown file is Markdown, unless it begins as HTML."""
    assert seed(body=body, path=path).content == expected


def test_markdown_may_begin_with_a_link_in_brackets() -> None:
    """`<https://…>` is a link of Markdown, not HTML."""
    body = "<https://example.org/> is *here*"

    assert "<em>here</em>" in seed(body=body, path="a.md").content


def test_markdown_has_tables() -> None:
    """Tables of GitHub and Hexo are read."""
    assert "<td>1</td>" in seed(body="|a|\n|-|\n|1|\n", path="a.md").content


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["a.md", "2022-01-01.html", "a"]))
def test_any_seed_is_an_entry_a_draft_or_an_entry_error(front: str, body: str, path: str) -> None:
    """Any file gives an entry, a draft or EntryError."""
    with contextlib.suppress(EntryError):
        parse(f"---\ntitle: a\n{front}\n---\n{body}".encode(), path, SPEC)


# --- an article of a Hexo blog ---------------------------------------------------------------------------------------

SITE = Permalinks(
    url="https://x.test/blog", pattern=":title.html", timezone=ZoneInfo("Asia/Shanghai"),
    built_in=ZoneInfo("Asia/Shanghai"), has_asset_folders=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![](pic.png)", "https://x.test/blog/sub/%E6%96%87%20%E7%AB%A0/pic.png"),
        ("![](<图 一.png>)", "https://x.test/blog/sub/%E6%96%87%20%E7%AB%A0/%E5%9B%BE%20%E4%B8%80.png"),
        ("![](/images/a.png)", "https://x.test/blog/images/a.png"),
        ("![](/blog/images/a.png)", "https://x.test/blog/images/a.png"),
        ("![](//cdn.example.org/a.png)", "https://cdn.example.org/a.png"),
        ("{% asset_img pic.png 标题 %}", "https://x.test/blog/sub/%E6%96%87%20%E7%AB%A0/pic.png"),
        ('{% asset_img "pic.png" "标 题" %}', "https://x.test/blog/sub/%E6%96%87%20%E7%AB%A0/pic.png"),
        ('<img src="pic.png">', "https://x.test/blog/sub/%E6%96%87%20%E7%AB%A0/pic.png"),
    ],
)
def test_local_pictures_have_the_address_that_the_old_site_gives_them(written: str, shown: str) -> None:
    """Pictures in the article's folder or from the site's root are absolute, as in Hexo."""
    text = f"---\ntitle: 图\ndate: 2022-07-25\n---\n看图\n\n{written}\n"
    raw = parse(text.encode(), "sub/文 章.md", replace(SPEC, permalinks=SITE))

    assert raw is not None
    assert f'src="{shown}"' in sanitize(raw).content
    assert raw.link == "https://x.test/blog/sub/%E6%96%87%20%E7%AB%A0.html"


def test_a_link_and_a_guid_in_the_file_count_more_than_the_pattern() -> None:
    """Link and guid in the file count before the site's pattern."""
    text = "---\ntitle: 图\ndate: 2022-07-25\nlink: https://example.org/1\nguid: eins\n---\n"
    raw = parse(text.encode(), "a.md", replace(SPEC, permalinks=SITE))

    assert raw is not None
    assert (raw.link, raw.guid, raw.is_guid_stated) == ("https://example.org/1", "eins", True)


@pytest.mark.parametrize(
    ("front", "shown"),
    [
        ("", "https://static.example.org/seeds/2022/%E5%9B%BE/a.png"),
        ("link: https://example.org/1/\n", "https://example.org/1/a.png"),
    ],
)
def test_relative_pictures_are_where_the_folder_is_served(front: str, shown: str) -> None:
    """Without a page of its own, an article's pictures are relative to the file."""
    spec = replace(SPEC, base="https://static.example.org/seeds")
    raw = parse(f"---\ntitle: 图\n{front}---\n![](a.png)\n".encode(), "2022/图/a.md", spec)

    assert raw is not None
    assert f'src="{shown}"' in sanitize(raw).content


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("<p><img src='a.png'><img src=/b.png></p>", 2),
        ("![图](images/a.png)", 1),
        ("<p><img src='https://e.org/a.png'><img src='//e.org/a.png'><img src='data:image/png;base64,AA=='></p>", 0),
        ("<p>没有图</p>", 0),
        ("<!-- <img src='a.png'> -->文", 0),
        ("<div><!-- ![图](a.png) <img src='a.png'> --><img src='b.png'></div>", 1),
        ("`<img src='a.png'>`", 0),
    ],
    ids=["HTML", "Markdown", "whole addresses", "none", "a comment", "beside a comment", "code"],
)
def test_pictures_beside_an_unknown_page_are_named(body: str, number: int) -> None:
    """Without a link and a base, relative pictures cannot be shown: a notice gives their number and the remedy."""
    data = f"---\ntitle: 甲\n---\n{body}\n".encode()
    said = [reason for _, reason in read(data, "a.md", SPEC).notices if "pictures" in reason]
    based = [
        reason for _, reason in read(data, "a.md", replace(SPEC, base="https://e.org/")).notices if "pictures" in reason
    ]

    assert [reason.split()[0] for reason in said] == [str(number)] * bool(number)
    assert not based


@pytest.mark.parametrize(
    ("link", "spec", "expected"),
    [
        ("https://e.org/p/", SPEC, "https://e.org/p/b.png"),
        ("https://e.org/p/x.html", SPEC, "https://e.org/p/b.png"),
        (
            None,
            replace(SPEC, permalinks=replace(HEXO, has_asset_folders=True)),
            "https://blog.example.org/2022/07/25/a/b.png",
        ),
    ],
    ids=["a folder", "a page", "a Hexo post with a folder of its own files"],
)
def test_pictures_beside_a_known_page_are_not_named(link: str | None, spec: SourceSpec, expected: str) -> None:
    """The link of an article is the base of its pictures. They are shown, and no notice counts them."""
    lines = ["---", "title: 甲", "date: 2022-07-25", *([f"link: {link}"] if link else []), "---", "![图](b.png)", ""]
    found = read("\n".join(lines).encode(), "a.md", spec)

    assert found.entry
    assert f'src="{expected}"' in sanitize(found.entry).content
    assert found.notices == ()
