"""Typing errors in front matter: names in other letters, misspelt names, colons, blanks, comments."""

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from feedsvc.errors import EntryError
from feedsvc.model import Author, Permalinks, SourceSpec
from feedsvc.normalize import WIDE_COLON
from feedsvc.parse.seed import Parsed, read

ZONE = ZoneInfo("Asia/Shanghai")
SPEC = SourceSpec(name="articles", kind="seeds", path="/seeds", timezone=ZONE, tag="example.org,2026")

#: Names that Hexo, Hugo, Jekyll and their themes read, with values as sites have them.
COMMON = """
layout: post|comments: true|toc: true|slug: a-b|aliases: [/a/]|weight: 10|type: post|keywords: [a, b]|top: 1|sticky: 100
pin: true|math: true|mathjax: true|katex: true|mermaid: true|cover: https://e.example/a.png|top_img: false|aplayer: true
aside: false|copyright: true|copyright_author: x|copyright_info: x|highlight_shrink: false|toc_number: false|series: [a]
linkTitle: x|lastmod: 2022-01-01|expiryDate: 2099-01-01|publishDate: 2022-01-01|outputs: [html]|url: /a/|markup: md
isCJKLanguage: true|resources: []|menu: main|featured: true|featured_image: /a.png|featuredImage: /a.png|images: [a]
header: x|teaser: /a.png|subtitle: x|sidebar: x|permalink: /a/|redirect_from: /b/|categories: a|tags: [a]|lang: zh-CN
languages: [zh]|heading: x|tabs: true|page: 1|pages: 3|links: [a]|line: 1|line_number: true|mail: x|id: 7|uid: x
abbrlink: 4a17b156|banner_img: /a.png|index_img: /a.png|excerpt_separator: x|hide_title: true|quote: x|source: x
origin: x|reward: true|donate: true|share: true|reprint: true|rating: 5|rate: 5|state: x|stage: x|gate: x|late: true
data: {a: 1}|dates: {start: 2020, end: 2021}|update: true|updates: weekly|thumbnails: [/a.png]|imgs: [/a.png]|icon: x
photos: [/a.png]|album: x|gallery: x|videos: [x]|audio: x|bgm: x|music: x|license: x|location: x|weather: x|mood: x
draft_note: x|readtime: 3|reading_time: 3|words: 300|wordcount: 300|archive: true|issue: 1|volume: 2|part: 3|chapter: 4
project: x|tool: x|topic: x|topics: [x]|theme: x|style: x|css: [x]|js: [x]|class: x|body_class: x|robots: all
sitemap: {priority: 1}|changefreq: daily|priority: 1|description: x|summary: x|author: x|date: 2022-01-01|titles: 3
update: 2020-02-03
""".strip().replace("\n", "|")  # fmt: skip


def article(*lines: str, spec: SourceSpec = SPEC, path: str = "a.md") -> Parsed:
    """A seed of these lines, which begin on line 2."""
    return read("\n".join(("---", *lines, "---", "正文")).encode(), path, spec)


def _refused(*lines: str) -> tuple[int | None, str]:
    with pytest.raises(EntryError) as caught:
        article(*lines)
    return caught.value.line, str(caught.value)


# --- names -----------------------------------------------------------------------------------------------------------


def test_names_in_capitals_are_read() -> None:
    """Names of fields may be in any case, as in Hugo."""
    entry = article(
        "Title: 题", "Date: 2020-01-01", "Categories: [甲]", "TAGS: 乙", "Author: 丙", "Description: 丁",
        "Updated: 2020-01-02", "Language: en", "GUID: g",
    ).entry  # fmt: skip

    assert entry is not None
    assert (entry.title, entry.published) == ("题", datetime(2019, 12, 31, 16, tzinfo=UTC))
    assert (entry.categories, entry.details.tags, entry.authors) == (("甲",), ("乙",), (Author(name="丙"),))
    assert (entry.summary, entry.updated) == ("丁", datetime(2020, 1, 1, 16, tzinfo=UTC))
    assert (entry.language, entry.guid) == ("en", "g")


@pytest.mark.parametrize(
    "text",
    ["---\nDate: soon\ntitle: 题\n---\n", '+++\nDate = "soon"\ntitle = "题"\n+++\n',
     ';;;\n"Date": "soon", "title": "题"\n;;;\n'],
    ids=["YAML", "TOML", "JSON"],
)  # fmt: skip
def test_a_mistake_in_a_field_with_capitals_is_named(text: str) -> None:
    """Faults in such fields are reported, in every form of front matter."""
    try:
        said = [reason for _, reason in read(text.encode(), "a.md", SPEC).notices]
    except EntryError as error:
        said = [str(error)]

    assert any("date: cannot read the date 'soon'" in one for one in said)


@pytest.mark.parametrize("lines", [("Title: 甲", "title: 乙"), ("title: 乙", "Title: 甲", "TITLE: 丙")])
def test_the_exact_name_counts(lines: tuple[str, ...]) -> None:
    """If the lower-case name is present too, the other one is a separate field."""
    entry = article(*lines).entry

    assert entry is not None
    assert entry.title == "乙"


def test_no_name_in_capitals_changes_an_article_of_hexo() -> None:
    """Hexo ignores `Date` and `Link`, so an article keeps its former address and date."""
    rule = Permalinks(url="https://x.test/", pattern=":year/:title/", timezone=ZONE, built_in=ZONE)
    spec = replace(SPEC, permalinks=rule)
    small, capital = (
        article("title: 题", "date: 2020-01-01", spec=spec),
        article("Title: 题", "Date: 2020-01-01", spec=spec),
    )
    linked = article("title: 题", "date: 2020-01-01", "Link: https://e.example/b", spec=spec)

    assert small.entry is not None
    assert capital.entry is not None
    assert linked.entry is not None
    assert (small.entry.link, linked.entry.link) == ("https://x.test/2020/a/", "https://x.test/2020/a/")
    assert (capital.entry.title, capital.entry.link, capital.entry.published) == ("题", None, None)
    assert (3, "Date: nothing is read from a field of this name; did you mean date?") in capital.notices
    assert linked.notices == ()


def test_without_a_rule_of_hexo_a_link_in_capitals_is_read() -> None:
    """Only with a former Hexo site is `Link` ignored."""
    entry = article("title: 题", "Link: https://e.example/b").entry

    assert entry is not None
    assert entry.link == "https://e.example/b"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("data: 2020-01-01", "date"), ("Dat: 2020/1/1 10:00", "date"), ("daet: 2020-01-01", "date"),
        ("catagories: [a]", "categories"), ("categorys: a", "category"), ("Catagory: a", "category"),
        ("tegs: [a]", "tags"), ("auther: a", "author"), ("discription: a", "description"), ("sumary: a", "summary"),
        ("updatd: 2020-01-01", "updated"), ("excerp: a", "excerpt"), ("langauge: en", "language"),
        ("日期: 2020-01-01", "date"), ("标签: [a]", "tags"), ("分类: a", "categories"), ("作者: a", "author"),
    ],
)  # fmt: skip
def test_a_name_one_slip_away_is_named(line: str, name: str) -> None:
    """Nothing is guessed: a notice names the field that was most likely meant."""
    found = article("title: 题", line)
    written = line.partition(":")[0]

    assert found.notices == ((3, f"{written}: nothing is read from a field of this name; did you mean {name}?"),)
    assert found.entry is not None
    assert (found.entry.published, found.entry.categories, found.entry.authors) == (None, (), ())


@pytest.mark.parametrize("line", COMMON.split("|"))
def test_no_common_name_is_a_slip(line: str) -> None:
    """Fields that themes read are not reported."""
    assert article("title: 题", line).notices == ()


def test_common_names_are_many() -> None:
    """The table of common names is large enough for the test."""
    assert len(COMMON.split("|")) > 100


@pytest.mark.parametrize(
    "lines", [("date: 2021-01-01", "data: 2020-01-01"), ("category: a", "分类: b"), ("Tag: a", "tegs: b")]
)
def test_a_slip_beside_the_field_meant_is_none(lines: tuple[str, str]) -> None:
    """If the field is present, a similar name is not reported."""
    assert article("title: 题", *lines).notices == ()


@pytest.mark.parametrize("line", ["titel: 题", "Tilte: 题", "titlle: 题", "标题: 题"])
def test_a_title_under_another_name_is_named(line: str) -> None:
    """The error about a missing title names a similar field."""
    assert _refused("date: 2020-01-01", line) == (3, f"no title; did you mean title by {line.partition(':')[0]}?")


# --- comments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "is_named"),
    [
        ("title: C# 入门 #1", True), ("title: 题 # 注", True), ("title: C# 入门", False), ("title: '题 #1'", False),
        ("title: \"题\" # 注", False), ("Title: 题 #1", True), ("title: a#b", False), ("title:   题\t#1", True),
    ],
)  # fmt: skip
def test_a_comment_behind_a_title_is_named(line: str, is_named: object) -> None:
    """` #` begins a comment, so a part of the title may be missing."""
    assert [number for number, said in article("x: y", line).notices if "is a comment" in said] == [3] * bool(is_named)


@pytest.mark.parametrize(
    ("line", "is_named"),
    [
        ("tags: #python #web", True), ("tags: # 标签", False), ("tags: a # 注", False),
        ("description: 学 #python", True),
        ("categories: #a", True), ("tags: [a] #b", False), ("date: 2020-01-01 #x", False),
    ],
)  # fmt: skip
def test_a_hash_tag_that_yaml_takes_for_a_comment_is_named(line: str, is_named: object) -> None:
    """A hash tag is reported. A real comment has a blank after `#`."""
    assert [number for number, _ in article("title: 题", line).notices] == [3] * bool(is_named)


def test_a_title_that_is_a_comment_is_none() -> None:
    """The error says how to write the title."""
    assert _refused("x: y", "title: #1") == (3, "no title; add 'title: …', in quotes if the title begins with '#'")


# --- colons and blanks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (["title：题"], 2, WIDE_COLON),
        (["title：题", "date: 2020-01-01"], 2, WIDE_COLON),
        (["title: 题", "tags:", "- a", "日期 ：2020-01-01", "x: y"], 5, WIDE_COLON),
        (["title: 题", "draft：true"], 3, WIDE_COLON),
        (["title: 题", "published:false"], 3, "a blank is missing behind the colon; write 'published: …'"),
        (["title:题", "date: 2020-01-01"], 2, "a blank is missing behind the colon; write 'title: …'"),
        (["title: 题", "cover:a.png", "x: y"], 3, "a blank is missing behind the colon; write 'cover: …'"),
        (["title: 题", " date: 2020-01-01"], 3, "the blanks before date make it a part of the field above"),
        (["title: 题", "    date:", "x: y"], 3, "the blanks before date make it a part of the field above"),
        (["title: 题", "tags:", " - a", " date: 2020"], 5, "the blanks before date make it a part of the field above"),
        (["  title: 题", "date: 2020-01-01"], 2, "title stands behind blanks, and another field does not"),
        (["title: 题", "x:", "  y: a: b"], 4, "must be quoted"),
        (["title: 题", "https://e.example/"], 3, "no 'key: value'"),
        (["title: a: b"], 2, "must be quoted"),
    ],
)  # fmt: skip
def test_a_slip_of_colons_and_blanks_is_named(lines: list[str], line: int, words: str) -> None:
    """The error names the mistake and its line, not a later consequence."""
    number, said = _refused(*lines)

    assert number == line
    assert words in said


@pytest.mark.parametrize("unit", ["a：\n", "a:b\n", " a:\n", "titl: x\n", "a: #b\n", "T #"])
def test_time_is_linear(unit: str) -> None:
    """Many slips take linear time."""
    text = "".join(
        unit.replace(":", f"{number}:").replace("：", f"{number}：") for number in range(100_000 // (len(unit) + 8))
    )
    began = process_time()
    for front in (text, f"title: {text}", f"{text}x: [\n"):
        try:
            read(f"---\n{front}\n---\n".encode(), "a.md", SPEC)
        except EntryError:
            continue

    assert process_time() - began < 5
