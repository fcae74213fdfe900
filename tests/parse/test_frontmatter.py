"""Front matter: scalars as written, every mistake with its line and a remedy."""

import contextlib
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.errors import EntryError
from feedsvc.parse.charset import decode_seed
from feedsvc.parse.frontmatter import MAX_FRONT_MATTER_BYTES, split
from feedsvc.parse.yamlfields import YAML_DEPTH

law = settings(max_examples=200, deadline=None)

#: Bits that mean something to YAML.
YAMLISH = st.lists(
    st.sampled_from([
        "---\n", "title: a\n", "a: b: c\n", "- x\n", "'", '"', "&a ", "*a ", "<<: ", "!!set ", "{", "}", "[", "]", "? ",
        ": ", "\n", "  ", "\t", "|\n", ">\n", "# ", "%", "@", "\u2028", "\x85", "\x07", "...\n", "~", "\r\n",
    ]),
    max_size=20,
).map("".join)  # fmt: skip


def front(*lines: str) -> str:
    """A seed whose first field stands on line 2."""
    return "\n".join(("---", *lines, "---", "body"))


@pytest.mark.parametrize(
    "written",
    ["yes", "no", "off", "true", "12:30", "0123", "0x1f", "1.0", "1e3", "2024", "2024-01-02", "190:20:30", ".nan", "="],
)
def test_a_scalar_stays_what_was_written(written: str) -> None:
    """YAML's guesses at booleans, numbers and dates do not touch a title."""
    assert split(front(f"title: {written}"))[0].fields == {"title": written}


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_an_empty_value_is_none(written: str) -> None:
    """A field without a value is None."""
    assert split(front(f"title: {written}"))[0].fields == {"title": None}


def test_keys_stay_what_was_written() -> None:
    """`on` and `2024` are names of fields too."""
    assert split(front("on: a", "2024: b", "0123: c"))[0].fields == {"on": "a", "2024": "b", "0123": "c"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("'it''s: x'", "it's: x", id="single quotes"),
        pytest.param('"a\\tb"', "a\tb", id="double quotes"),
        pytest.param("!!str 5", "5", id="a plain tag"),
        pytest.param("a#b", "a#b", id="hash in a word"),
        pytest.param("[a, [b, c], d]", ["a", ["b", "c"], "d"], id="nested lists"),
        pytest.param("{a: yes, b: [1]}", {"a": "yes", "b": ["1"]}, id="mapping"),
        pytest.param("\n - a\n - b", ["a", "b"], id="block list"),
        pytest.param("|\n  one\n  two", "one\ntwo\n", id="block text"),
        pytest.param("Mesa的_TURNIP_Vulkan", "Mesa的_TURNIP_Vulkan", id="Chinese"),
        pytest.param("一\u2028二", "一 二", id="a line separator is no line end"),
    ],
)
def test_values_are_read(written: str, value: object) -> None:
    """A seed may contain strings, lists and mappings of strings."""
    assert split(front(f"title: {written}"))[0].fields == {"title": value}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param("---\ntitle: a\n---\nbody", "body", id="plain"),
        pytest.param("\n \n---\ntitle: a\n---\nbody", "body", id="leading blank lines"),
        pytest.param("---\ntitle: a\n---\nx\n---\ny\n---\n", "x\n---\ny\n---\n", id="separators in the body"),
        pytest.param("---  \ntitle: a\n---\t\nbody", "body", id="white space after the separators"),
        pytest.param("---\ntitle: a\n---", "", id="no body"),
        pytest.param("---\ntitle: a\n---\n\n\nbody\n", "\n\nbody\n", id="blank lines before the body"),
    ],
)
def test_the_body_is_everything_after_the_front_matter(text: str, body: str) -> None:
    """The body is unchanged."""
    assert split(text)[1] == body


@pytest.mark.parametrize("text", ["---\n---\nx", "---\n# nothing yet\n---\nx"], ids=["empty", "comment"])
def test_front_matter_may_say_nothing(text: str) -> None:
    """Empty front matter has no fields."""
    assert split(text)[0].fields == {}


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbf---\ntitle: a\n---\nx\ny", b"---\r\ntitle: a\r\n---\r\nx\r\ny", b"---\rtitle: a\r---\rx\ry"],
    ids=["byte order mark", "CRLF", "CR"],
)
def test_files_from_any_editor_are_read(data: bytes) -> None:
    """A byte order mark and foreign line ends make no difference."""
    matter, body = split(decode_seed(data))

    assert (matter.fields, matter.lines, body) == ({"title": "a"}, {"title": 2}, "x\ny")


def test_a_tab_may_stand_for_spaces() -> None:
    """A tab is read as spaces, as in Hexo, although YAML refuses it."""
    assert split(front("title:\ta", "tags:", "\t- x", "\t- y"))[0].fields == {"title": "a", "tags": ["x", "y"]}


def test_fields_know_their_lines() -> None:
    """Each field has its line, so that a later error can name it."""
    text = "\n\n" + front("title: a", "tags:", "  - x", "# note", "date: b")

    assert split(text)[0].lines == {"title": 4, "tags": 5, "date": 8}


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        pytest.param(["date: x", "title: a: b"], 3, "must be quoted, title: 'a: b'", id="colon in a value"),
        pytest.param(["date: x", "title: 'a", "author: c"], 3, "a quote is not closed", id="single quote not closed"),
        pytest.param(["date: x", 'title: "a', "author: c"], 3, "a quote is not closed", id="double quote not closed"),
        pytest.param(["date: x", "title: 'it's a'"], 3, "write a quote twice", id="quote inside quotes"),
        pytest.param(["date: x", "title: @a"], 3, "must be quoted", id="at sign"),
        pytest.param(["date: x", "title: %a"], 3, "must be quoted", id="percent sign"),
        pytest.param(["date: x", "title: `a`"], 3, "must be quoted", id="backtick"),
        pytest.param(["title: a", "word", "date: x"], 3, "no 'key: value'", id="no key"),
        pytest.param(["date: x", "title: *a"], 3, "has no anchor; quote the value", id="alias"),
        pytest.param(["date: x", "title: *a* b"], 3, "quote a value that begins with & or *", id="emphasis"),
        pytest.param(["title: a", "x: &a [*a]"], 3, "has no anchor", id="alias in its own anchor"),
        pytest.param(["title: a", "<<: b"], 3, "a merge key wants a mapping", id="merge key"),
        pytest.param(["date: a", "title: {{ b }}"], 3, "a key must be a plain word", id="template"),
        pytest.param(["title: {{ x }}"], 2, "a key must be a plain word", id="template"),
        pytest.param(["date: x", "title: !!python/object:os.system b"], 3, "tags (!)", id="Python tag"),
        pytest.param(["date: x", "title: !important b"], 3, "tags (!)", id="exclamation"),
        pytest.param(["title: a", "date: x", "title: b"], 4, "'title' stands twice", id="duplicate key"),
        pytest.param(["title: a", "x:", "  y: 1", "  y: 2"], 5, "'y' stands twice", id="nested duplicate key"),
        pytest.param(["title: a", "x: " + "[" * YAML_DEPTH], 3, "nested deeper than 100", id="depth"),
        pytest.param(["title: a", "x: " + "[" * 5000], 3, "nested deeper than 100", id="bottomless"),
        pytest.param(["title: a", "date: b\x07"], 3, "control characters", id="control character"),
        pytest.param(["- a", "- b"], 2, "key: value", id="list as root"),
        pytest.param(["only words"], 2, "key: value", id="text as root"),
    ],
)
def test_a_mistake_has_its_line_and_a_remedy(lines: list[str], line: int, words: str) -> None:
    """The error names the line and the remedy, and nothing of the refused YAML is built."""
    with pytest.raises(EntryError) as caught:
        split(front(*lines))

    assert words in str(caught.value)
    assert caught.value.line == line


def test_lines_count_from_the_start_of_the_file() -> None:
    """Blank lines before the front matter do not shift a mistake's line."""
    with pytest.raises(EntryError) as caught:
        split("\n\n" + front("title: a: b"))

    assert caught.value.line == 4


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("", 1, "no front matter", id="empty file"),
        pytest.param("<p>x</p>\n---\ntitle: a\n---\n", 1, "no front matter", id="text before it"),
        pytest.param("title: a\n", 1, "no front matter", id="no separators"),
        pytest.param("\n---\ntitle: a\nbody\n", 2, "no end", id="no end"),
        pytest.param("---\ntitle: a\n----\n", 1, "no end", id="four hyphens"),
        pytest.param("\n---\nx: " + "字" * 334_000 + "\n---\n", 2, str(MAX_FRONT_MATTER_BYTES), id="too large"),
    ],
)
def test_front_matter_must_be_there_and_end(text: str, line: int, words: str) -> None:
    """Missing front matter and a missing end are reported."""
    with pytest.raises(EntryError, match=words) as caught:
        split(text)

    assert caught.value.line == line


def test_depth_and_size_leave_room() -> None:
    """Real front matter is within the bounds."""
    value = "[" * (YAML_DEPTH - 1) + "]" * (YAML_DEPTH - 1)

    assert "x" in split(front(f"x: {value}", "y: " + "z" * 900_000))[0].fields


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param(["a: &k v", "b: *k"], {"a": "v", "b": "v"}, id="alias"),
        pytest.param(["a: &k [x]", "b: *k", "c: [*k]"], {"a": ["x"], "b": ["x"], "c": [["x"]]}, id="alias of a list"),
        pytest.param(["&k a: b", "c: *k"], {"a": "b", "c": "a"}, id="anchor of a key"),
        pytest.param(["a: &k {x: 1, y: 2}", "b: {<<: *k, y: 3}"],
                     {"a": {"x": "1", "y": "2"}, "b": {"x": "1", "y": "3"}}, id="merge key"),
        pytest.param(["a: &k {x: 1}", "c: &l {x: 2, z: 3}", "b:", "  y: 3", "  <<: [*k, *l]"],
                     {"a": {"x": "1"}, "c": {"x": "2", "z": "3"}, "b": {"y": "3", "x": "1", "z": "3"}},
                     id="two merged"),
        pytest.param(["a: &k {x: 1}", "<<: *k"], {"a": {"x": "1"}, "x": "1"}, id="merged into all"),
        pytest.param(["a: {'<<': {y: z}}"], {"a": {"<<": {"y": "z"}}}, id="the same key in quotes"),
        pytest.param(["? [title]", ": b", "? [a, [c], {d: e}]", ": f"], {"title": "b", "a,c,[object Object]": "f"},
                     id="lists as keys"),
        pytest.param(["date: !!timestamp 2022-07-25", "tags: !!set {b}"], {"date": "2022-07-25", "tags": ["b"]},
                     id="tags of fields that are read"),
        pytest.param(["x: !!python/object:os.system b"], {"x": "b"}, id="Python tag"),
        pytest.param(["x: !custom {b: 1}", "y: !!binary aGk="], {"x": {"b": "1"}, "y": "aGk="}, id="tags"),
        pytest.param(["x: {{ page.x }}"], {"x": {"[object Object]": None}}, id="template"),
    ],
)  # fmt: skip
def test_what_other_generators_read_is_read(lines: list[str], found: dict[str, object]) -> None:
    """Anchors, aliases and merge keys work. A tag in a field that is not read has no effect."""
    assert split(front(*lines))[0].fields == found


LEVELS = [
    "x0: &x0 [a, a, a, a, a, a, a, a, a]",
    *(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 9)),
]
MERGED = [
    "x0: &x0 {" + ", ".join(f"k{n}: v" for n in range(9)) + "}",
    *(f"x{n}: &x{n} {{<<: [{', '.join([f'*x{n - 1}'] * 9)}]}}" for n in range(1, 9)),
]


@pytest.mark.parametrize(
    "lines",
    [LEVELS, MERGED, ["x: &k " + "z" * 500_000, f"y: [{', '.join(['*k'] * 9)}]"]],
    ids=["nine to the ninth", "merged nine to the ninth", "a long text"],
)
def test_what_grows_beyond_a_bound_is_refused(lines: list[str]) -> None:
    """A few lines with aliases cannot fill the memory."""
    with pytest.raises(EntryError, match="too large"):
        split(front(*lines))


def test_without_an_alias_front_matter_has_room_for_all_it_may_have() -> None:
    """A list of 300,000 words and a text of 770 kB count as large as they are written."""
    file = "  - {{url: 'https://e.org/{:05}.mp3', type: audio/mpeg, length: 1}}"
    files = "\n".join(file.format(number) for number in range(11_000))
    fields = split(front("x: [" + "a, " * 300_000 + "]"))[0].fields
    listed = split(front("enclosures:", files))[0].fields

    assert isinstance(fields["x"], list)
    assert isinstance(listed["enclosures"], list)
    assert len(fields["x"]) == 300_000
    assert len(listed["enclosures"]) == 11_000


@pytest.mark.parametrize(
    ("line", "notices"),
    [
        ("summary: !!binary aGk=", [(3, "summary")]),
        ("author: [!x a, !y b]", [(3, "author")]),
        ("date: !!timestamp 2022-07-25", []),
        ("x: !x a", []),
    ],
)
def test_a_tag_that_means_nothing_is_named(line: str, notices: list[tuple[int, str]]) -> None:
    """In a field that is read, the author gets a notice, and the tag is ignored."""
    found = split(front("title: a", line))[0].notices

    assert [(at, reason.partition(":")[0]) for at, reason in found] == notices


@pytest.mark.parametrize(
    "text",
    [
        "+++\na = " + "[" * 5000 + "]" * 5000 + "\n+++\n",
        "+++\n" + "a." * 100_000 + "a = 1\n+++\n",
        "+++\n" + "'a' . " * 100_000 + "a = 1\n+++\n",
        ';;;\n"a": ' + "[" * 200 + "]" * 200 + "\n;;;\n",
        ';;;\n"a": ' + "9" * 5000 + "\n;;;\n",
    ],
    ids=["TOML's depth", "TOML's dots", "TOML's dots behind quotes", "JSON's depth", "JSON's digits"],
)
def test_another_form_is_bounded_as_well(text: str) -> None:
    """TOML and JSON that would cost too much to parse are refused."""
    with pytest.raises(EntryError, match=r"leave out|quote the value"):
        split(text)


def test_bytes_that_are_not_utf8_are_reported() -> None:
    """A UTF-8 file with an invalid byte is refused, with the line of that byte."""
    with pytest.raises(EntryError, match="save the file as UTF-8") as caught:
        decode_seed("---\ntitle: 标题\n---\n文章的正文".encode()[:-1])

    assert caught.value.line == 4


@law
@given(st.one_of(YAMLISH.map(lambda text: f"---\n{text}\n---\n"), st.text(max_size=60), YAMLISH))
@example("---\n- &a [*a]\n---\n")
@example('---\ntitle: "\\ud800"\n---\n')
def test_any_text_is_front_matter_or_an_entry_error(text: str) -> None:
    """Any text gives front matter or EntryError."""
    with contextlib.suppress(EntryError):
        split(text)


@law
@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_an_entry_error(data: bytes) -> None:
    """Any bytes give text or EntryError."""
    with contextlib.suppress(EntryError):
        decode_seed(data)


FIELDS = {"title": "标题: 一", "draft": "true", "categories": ["新媒体", "cnBeta"], "slug": "0123"}


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: '标题: 一'\ndraft: true\ncategories: [新媒体, cnBeta]\nslug: 0123\n---\n正文",
        "-----\ntitle: '标题: 一'\ndraft: true\ncategories: [新媒体, cnBeta]\nslug: 0123\n-----\n正文",
        "\n\ntitle: '标题: 一'\ndraft: true\ncategories: [新媒体, cnBeta]\nslug: 0123\n---\n正文",
        "+++\ntitle = '标题: 一'\ndraft = true\ncategories = ['新媒体', 'cnBeta']\nslug = '0123'\n+++\n正文",
        ';;;\n"title": "标题: 一",\n"draft": true,\n"categories": ["新媒体", "cnBeta"],\n"slug": "0123"\n;;;\n正文',
    ],
    ids=["YAML", "longer fence", "no first fence", "TOML", "JSON"],
)
def test_front_matter_has_many_forms(text: str) -> None:
    """All forms of front matter give the same fields."""
    found, body = split(text)

    assert (found.fields, body) == (FIELDS, "正文")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("+++\ntitle = 'a'\ndate = nonsense\n+++\n", 3, "Invalid value"),
        (';;;\n"title": "a",\n"date": nonsense\n;;;\n', 3, "Expecting value"),
        ("\n+++\ntitle = 'a'\n", 2, "close it with a line '+++'"),
    ],
    ids=["TOML", "JSON", "no end"],
)
def test_a_mistake_in_another_form_has_its_line(text: str, line: int, reason: str) -> None:
    """Errors in TOML and JSON have the right line too."""
    with pytest.raises(EntryError, match=re.escape(reason)) as caught:
        split(text)

    assert caught.value.line == line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16"])
def test_a_seed_may_have_an_older_encoding(encoding: str) -> None:
    """A seed is read in the encodings of older Chinese blogs."""
    text = "---\ntitle: 国家云正式上线\n---\n中国电信的消息，共五段。\n"

    assert decode_seed(text.encode(encoding)) == text


TAIWANESE = "---\ntitle: 臺灣新聞\n---\n國產大模型公布季度財報，更多細節在這裡。\n"
SIMPLIFIED = "---\ntitle: 繁體 与简体\n---\n这是一篇旧文章，没有人说它是什么编码。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TAIWANESE, "big5"),
        (TAIWANESE, "gbk"),
        (TAIWANESE.replace("新聞", "€新聞碁銹"), "cp950"),
        (TAIWANESE.replace("這裡", "喺度嘅"), "big5hkscs"),
        ("---\ntitle: 代碼\n---\n測試\n", "big5"),
        ("---\ntitle: 码\n---\n汉字测试\n", "gbk"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED.replace("\n这是", "\n朱镕基这是\U00020000"), "gb18030"),
    ],
)
def test_big5_and_gb_are_told_apart(text: str, encoding: str) -> None:
    """Big5 is not decoded as GB18030, which would give nonsense."""
    assert decode_seed(text.encode(encoding)) == text


def test_encodings_are_told_apart_in_linear_time() -> None:
    """A megabyte is decoded in linear time."""
    began = time.process_time()
    decode_seed((TAIWANESE * 20_000).encode("big5"))

    assert time.process_time() - began < 2
