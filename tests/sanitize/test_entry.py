"""Raw entries to entries that are safe to publish."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.model import Author, Enclosure, Entry, RawEntry
from feedsvc.normalize import cut, xml_safe
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.fields import summary_text
from feedsvc.sanitize.policy import NAME_WIDTH, SUMMARY_WIDTH, TITLE_WIDTH

PUBLISHED = datetime(2022, 7, 25, 14, 48, 32, tzinfo=UTC)

RAW = RawEntry(guid="guid", title="标题", content="<p>正文</p>")

#: Text with what titles and names should not hold.
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(["<b>", "&lt;b&gt;", "&amp;lt;b&amp;gt;", "<", "\x00", "\u202e", "字"]), st.text(max_size=5)
    )
).map("".join)


def test_an_entry_comes_through_whole() -> None:
    """Safe and short fields are published as the source wrote them."""
    raw = RawEntry(
        guid="guid", link="https://example.org/a", title="标题", content="<p>正文</p>", summary="<p>短</p>",
        authors=(Author(name="甲", url="https://example.org/"),), published=PUBLISHED, categories=("新媒体", "最新"),
        image="https://example.org/a.png", enclosures=(Enclosure(url="https://example.org/a", type="audio/mpeg"),),
        language="zh-CN", rights="© 甲",
    )  # fmt: skip
    entry = sanitize(raw)

    assert (entry.content, entry.summary, entry.updated) == ("<p>正文</p>", "短", PUBLISHED)
    kept = ("guid", "link", "title", "authors", "published", "categories", "image", "enclosures", "language", "rights")
    assert [getattr(entry, name) for name in kept] == [getattr(raw, name) for name in kept]


def test_content_is_sanitised_against_its_page() -> None:
    """Hostile markup goes, and relative links lead to where the original page led."""
    raw = replace(RAW, link="https://example.org/x/", content='<p onclick="x">a<script>b</script><a href="y">c</a></p>')

    assert sanitize(raw).content == '<p>a<a href="https://example.org/x/y" rel="noopener noreferrer ugc">c</a></p>'


# --- summary ---------------------------------------------------------------------------------------------------------


def test_a_summary_is_made_of_the_content() -> None:
    """An entry without summary has the beginning of its text, as text."""
    entry = sanitize(replace(RAW, content="<h1>一</h1><p>二 &lt;b&gt; &amp; 三</p>"))

    assert entry.summary == "一 二 &lt;b&gt; &amp; 三"
    assert summary_text(entry.summary) == "一 二 <b> & 三"


def test_a_stated_summary_wins_and_loses_its_markup() -> None:
    """A source's own summary is shown, as plain text."""
    assert sanitize(replace(RAW, summary="<p>甲<script>x</script> <b>乙</b></p>")).summary == "甲 乙"


def test_a_long_summary_is_cut_between_characters() -> None:
    """A summary fits a reader's list, and a cut never falls inside a reference."""
    summary = sanitize(replace(RAW, content="&amp;" * 1000)).summary

    assert summary == "&amp;" * (SUMMARY_WIDTH - 1) + "…"


# --- titles and names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "content", "expected"),
    [
        pytest.param("<b>粗</b> &amp; 体", "x", "粗 & 体", id="markup"),
        pytest.param("<script>x</script>", "<p>正文</p>", "正文", id="from the content"),
        pytest.param("", "字" * 100, "字" * 49 + "…", id="from a long content"),
        pytest.param("", "", "guid", id="from the guid"),
    ],
)
def test_every_entry_has_a_title(title: str, content: str, expected: str) -> None:
    """A title is plain text and never empty, since formats need one."""
    assert sanitize(replace(RAW, title=title, content=content)).title == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Vec<String> 与 <T>", "Vec‹String› 与 ‹T›"),
        ("The <video> element", "The ‹video› element"),
        ("&lt;div&gt; vs &lt;span&gt;", "‹div› vs ‹span›"),
        ("&lt;b&gt; 不如 &lt;strong&gt;", "‹b› 不如 ‹strong›"),
        ("&lt;p&gt; 标签", "‹p› 标签"),
        ("Map<String, List<String>> 用法", "Map‹String, List‹String›› 用法"),
        ("Vec<Option<T>> 与 Pair<A, B>", "Vec‹Option‹T›› 与 Pair‹A, B›"),
        ("std::map<int, std::vector<int>>", "std::map‹int, std::vector‹int››"),
        ("Array<string | number>", "Array‹string | number›"),
        ("List<int[]> 与 <T extends Foo>", "List‹int[]› 与 ‹T extends Foo›"),
        ("M1<M2 性能", "M1‹M2 性能"),
        ("当 a<b 且 c>d 时", "当 a‹b 且 c›d 时"),
        ("<o:p>标题</o:p>", "标题"),
        ("a <字> b", "a <字> b"),
        ("<img src=x onerror=alert(1)", "‹img src=x onerror=alert(1)"),
        ("<<b>img src=x>片", "<‹b›img src=x>片"),
        ("<!-- 注 -->题<!doctype html>", "题‹!doctype html›"),
        ("何时写 </body>", "何时写 ‹/body›"),
        ("<b>被截断的", "被截断的"),
        ("<p>一段", "一段"),
        ("一<br>二", "一 二"),
        ("&lt;b&gt;粗&lt;/b&gt;体", "‹b›粗‹/b›体"),
        ("<div>块</div>", "块"),
        ("<video src=x>片", "‹video src=x›片"),
        ("How to use <a> and <p> tags", "How to use ‹a› and ‹p› tags"),
        ('HTML <input type="date"> 与 <component :is="x">', 'HTML ‹input type="date"› 与 ‹component :is="x"›'),
        ("React <Button onClick={f}>", "React ‹Button onClick={f}›"),
        ("for i<n and j>m", "for i‹n and j›m"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "‹script›alert(1)‹/script›"),
        ('图<img src="https://e.org/a.png" alt="x">片', "图片"),
        ('<a href="https://e.org/">链</a>', "链"),
        ("<script>x</script>后", "后"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_words_in_angle_brackets_are_words(title: str, expected: str) -> None:
    """A title about markup keeps its words; markup itself goes."""
    assert sanitize(replace(RAW, title=title)).title == expected


@pytest.mark.parametrize(
    "raw",
    [
        replace(RAW, title="<b></b>", content="<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        replace(RAW, title="", content="", guid="<img src=x onerror=alert(1)>"),
    ],
)
def test_what_stands_in_for_a_title_is_one(raw: RawEntry) -> None:
    """Readers that take titles for HTML find no tag in it."""
    assert sanitize(raw).title == "‹img src=x onerror=alert(1)›"


def test_stored_addresses_pass_the_check_of_now() -> None:
    """An address that only an older check allows goes when an entry is sanitised again."""
    raw = replace(
        RAW, link="javascript:alert(1)", image="https://u:p@e.org/", authors=(Author(name="甲", url="ftp://e.org/"),),
        enclosures=(Enclosure(url="file:///etc/passwd", type="a/b"), Enclosure(url="https://e.org/a", type="a/b")),
    )  # fmt: skip
    entry = sanitize(raw)

    assert (entry.link, entry.image, entry.authors[0].url) == (None, None, None)
    assert [one.url for one in entry.enclosures] == ["https://e.org/a"]


def test_the_notice_leads_nowhere_else() -> None:
    """Text instead of HTML links to an address that may be published, or to none."""
    raw = replace(RAW, link="javascript:alert(1)", content="<div>" * 300 + "x")

    assert "javascript" not in sanitize(raw).content


def test_titles_and_names_are_bounded() -> None:
    """Titles and names are cut to a bounded width."""
    entry = sanitize(replace(RAW, title="字" * 999, authors=(Author(name="字" * 99),), categories=("字" * 99,)))

    assert entry.title == cut(entry.title, TITLE_WIDTH)
    assert entry.authors[0].name == cut(entry.authors[0].name, NAME_WIDTH)
    assert entry.categories[0] == cut(entry.categories[0], NAME_WIDTH)


def test_names_are_plain_and_come_once() -> None:
    """Names lose their markup. Empty and repeated names are dropped."""
    raw = replace(RAW, authors=(Author(name="<b>甲</b>"), Author(name="<i></i>")), categories=("A&amp;B", "A&B", "<b>"))
    entry = sanitize(raw)

    assert entry.authors == (Author(name="甲"),)
    assert entry.categories == ("A&B",)


@pytest.mark.parametrize(("rights", "expected"), [("<b>© 甲</b>", "© 甲"), ("<b></b>", None), (None, None)])
def test_rights_are_plain(rights: str | None, expected: str | None) -> None:
    """Rights are a line of text, or not stated."""
    assert sanitize(replace(RAW, rights=rights)).rights == expected


@pytest.mark.parametrize(
    "name", ["&amp;lt;img src=x&amp;gt;", "＜img src=x＞ ann@a.example", "&amp;amp;#60;svg x&gt; a@b"]
)
def test_no_name_and_no_rights_become_a_tag(name: str) -> None:
    """No angle bracket comes out of a bracket that was escaped twice or is of another width."""
    entry = sanitize(replace(RAW, authors=(Author(name=name),), contributors=(Author(name=name),), rights=name))

    assert "<" not in "".join((entry.authors[0].name, entry.contributors[0].name, entry.rights or ""))


@pytest.mark.parametrize("language", ["zh\x00", "<b>", '"', "中文", "zh CN", ""], ids=ascii)
def test_a_language_that_is_none_is_not_stated(language: str) -> None:
    """Only a language tag (BCP 47) gets into an attribute of a feed."""
    assert sanitize(replace(RAW, language=language)).language is None


# --- dates -----------------------------------------------------------------------------------------------------------


def test_updated_is_published_unless_stated() -> None:
    """An entry was last changed when it was published, if its source says nothing else."""
    later = PUBLISHED.replace(year=2023)

    assert sanitize(replace(RAW, published=PUBLISHED)).updated == PUBLISHED
    assert sanitize(replace(RAW, published=PUBLISHED, updated=later)).updated == later


def test_an_undated_entry_stays_undated() -> None:
    """The result does not depend on the time."""
    assert (sanitize(RAW).published, sanitize(RAW).updated) == (None, None)


# --- laws ------------------------------------------------------------------------------------------------------------


def texts(entry: Entry) -> tuple[str, ...]:
    """Every text of an entry that a feed shows."""
    return (entry.title, entry.content, entry.summary, entry.rights or "", *entry.categories,
            *(author.name for author in entry.authors))  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_text_of_an_entry_breaks_a_feed(one: str, other: str) -> None:
    """XML can hold, and UTF-8 can write, each field for any text of a source."""
    raw = replace(
        RAW, title=one, content=other, summary=one, rights=other, categories=(one,), authors=(Author(name=one),)
    )
    found = texts(sanitize(raw))

    assert all(xml_safe(text) == text for text in found)
    assert "\u202e" not in "".join((found[0], *found[3:]))


# --- valid, whatever came in -----------------------------------------------------------------------------------------


def test_people_have_no_addresses_whatever_is_stored() -> None:
    """E-mail addresses that an older version stored go: people have names, each once, and rights name their owner."""
    people = (Author(name="a@mail.museum (Ann)"), Author(name="ANN"), Author(name="b&#64;mail.museum"))
    entry = sanitize(replace(RAW, authors=people, contributors=people[:1], rights="© a@mail.museum (Ann)"))

    assert entry.authors == (Author(name="Ann"), Author(name="b"))
    assert (entry.contributors, entry.rights) == ((Author(name="Ann"),), "© Ann")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("audio/mpeg", "audio/mpeg"), ("Audio/MPEG; codecs=x", "audio/mpeg"), ("image/svg+xml", "image/svg+xml"),
        ('text/html"><script>alert(1)</script>', "application/octet-stream"), ("mp3", "audio/mpeg"),
        ("", "application/octet-stream"), ("audio/", "application/octet-stream"), ("a/b/c", "application/octet-stream"),
        ("音频/mpeg", "application/octet-stream"), ("audio/m p", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_media_type_is_one(written: str, expected: str) -> None:
    """A media type is a type and a subtype without parameters, from any parser (RFC 6838, 4.2)."""
    (found,) = sanitize(replace(RAW, enclosures=(Enclosure(url="https://a.example/1", type=written),))).enclosures

    assert found.type == expected


@pytest.mark.parametrize(("written", "expected"), [(-1, 0), (2**53, 0), (2**53 - 1, 2**53 - 1)])
def test_a_length_is_one(written: int, expected: int) -> None:
    """A size is not below zero, and each reader of JSON holds it exactly."""
    media = Enclosure(url="https://a.example/1", type="a/b", length=written)

    assert sanitize(replace(RAW, enclosures=(media,))).enclosures[0].length == expected


@pytest.mark.parametrize(
    "content",
    ["<p>&nbsp;</p>", "<p>\u200b</p>", "<br>", " \n ", "<div><p> </p></div>", "&#xfffd;", "<p>\u2060\xad</p>"],
)
def test_what_nobody_sees_is_no_text(content: str) -> None:
    """Content, summary and title that are only white space, or characters without width, are blank."""
    entry = sanitize(replace(RAW, content=content, summary="<p>&nbsp;</p>", title="\u200b"))

    assert (entry.content, entry.summary, entry.title) == ("", "", "guid")


@pytest.mark.parametrize(
    "content", ['<img src="https://a.example/1.png">', '<video src="https://a.example/1"></video>']
)
def test_a_picture_is_seen(content: str) -> None:
    """Content without text that shows something is not blank."""
    assert sanitize(replace(RAW, content=content)).content.startswith(content[:4])


def test_an_unregistered_language_is_none() -> None:
    """Each spelling of a registered language gives its registered tag."""
    assert sanitize(replace(RAW, language="chinese")).language is None
    assert sanitize(replace(RAW, language="zh_cn")).language == "zh-CN"


def test_no_field_holds_what_is_no_text() -> None:
    """Control characters, noncharacters and U+FFFD are in no field, references to them included."""
    bad = "一\x07\x9f\ufffd\ufdd0\uffff\U0001fffe&#7;&#xfffd;&#x1fffe;二"
    entry = sanitize(
        replace(RAW, title=bad, content=f'<p title="{bad}">{bad}<img src="https://a.example/1" alt="{bad}"></p>',
                summary=bad, authors=(Author(name=bad),), categories=(bad,), rights=bad)
    )  # fmt: skip
    said = (entry.title, entry.content, entry.summary, entry.authors[0].name, *entry.categories, entry.rights or "")

    assert [text for text in said if xml_safe(text) != text] == []
    assert all("一" in text and "二" in text for text in said)
