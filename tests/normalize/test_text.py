"""Text and slugs."""

from unicodedata import category, combining, east_asian_width

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.normalize import cut, one_line, slug, slug_key, xml_safe

law = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\x00b\x0bc\x1fd", "abcd", id="C0"),
        pytest.param("a\ufffeb\uffffc", "abc", id="noncharacters"),
        pytest.param("a\ud800b\udfffc", "abc", id="lone surrogates"),
        pytest.param("a\tb\nc\rd", "a\tb\nc\rd", id="white space stays"),
        pytest.param("a\x7fb\x9fc", "abc", id="C1"),
        pytest.param("a\ufffdb", "ab", id="the replacement character"),
        pytest.param("a\ufdd0b\U0001fffec\U0010ffffd", "abcd", id="noncharacters of all planes"),
        pytest.param("a\x85b", "a\nb", id="next line"),
        pytest.param("漢😀\ufffc\ue000", "漢😀\ufffc\ue000", id="legal text stays"),
    ],
)
def test_xml_safe_removes_what_xml_cannot_hold(text: str, expected: str) -> None:
    """The result is legal in XML, and legal text is unchanged (XML 1.0, 2.2)."""
    assert xml_safe(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  a \n\t b\u3000c\u00a0d ", "a b c d", id="white space"),
        pytest.param("a\u202eb\u2066c\u2069d\u200fe", "abcde", id="direction controls"),
        pytest.param("e\u0301", "\u00e9", id="NFC"),
        pytest.param("\x00\u202e ", "", id="nothing left"),
    ],
)
def test_one_line_is_plain_and_composed(text: str, expected: str) -> None:
    """A title is one line, in NFC, without invisible characters that reorder it."""
    assert one_line(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("新媒体", "新媒体", id="Chinese"),
        pytest.param("C/C++ 语言", "C-C++-语言", id="slash and space"),
        pytest.param("a?b#c%d.e\\f", "a-b-c-d-e-f", id="breaking characters"),
        pytest.param(" ..a.. ", "a", id="edges"),
        pytest.param("a / b", "a-b", id="a run is one hyphen"),
        pytest.param("../..", "", id="nothing left"),
        pytest.param("Cafe\u0301", "Caf\u00e9", id="NFC"),
    ],
)
def test_a_slug_keeps_the_name_readable(name: str, expected: str) -> None:
    """A name becomes a URL's segment in its own script."""
    assert slug(name) == expected


@law
@given(st.text(max_size=30))
def test_a_slug_breaks_no_url(name: str) -> None:
    """The slug of any category is one segment of a path, and its own slug."""
    made = slug(name)

    assert not set(made) & set("/\\?#%.")
    assert not any(character.isspace() or category(character) in {"Cc", "Cs"} for character in made)
    assert slug(made) == made


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tech", "tECH"), ("ＡＢ", "ab"), ("Caf\u00e9", "cafe\u0301"), ("straße", "STRASSE")],
    ids=["case", "width", "composition", "case folding"],
)
def test_slugs_that_look_alike_share_a_key(one: str, other: str) -> None:
    """Two slugs that look the same have the same key."""
    assert slug_key(one) == slug_key(other)


def test_different_slugs_have_different_keys() -> None:
    """Slugs that look different have different keys."""
    assert slug_key("科技") != slug_key("科学")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("中文", 4), ("e\u0301", 1), ("，", 2), ("", 0)],
    ids=["Latin", "Chinese", "combining", "wide punctuation", "empty"],
)
def test_a_wide_character_counts_two(text: str, columns: int) -> None:
    """Widths are those of a terminal (UAX #11)."""
    assert cut("a" + text, columns + 1) == "a" + text
    assert cut("ab" + text, columns + 1).endswith("…")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("abc", 3, "abc", id="fits"),
        pytest.param("abcd", 3, "ab…", id="Latin"),
        pytest.param("中文", 4, "中文", id="Chinese fits"),
        pytest.param("中文标题", 7, "中文标…", id="Chinese"),
        pytest.param("中文，标题", 8, "中文…", id="no comma before the ellipsis"),
        pytest.param("one two", 5, "one…", id="no space before the ellipsis"),
        pytest.param("见《标题", 5, "见…", id="no open bracket before the ellipsis"),
    ],
)
def test_a_cut_text_ends_cleanly(text: str, width: int, expected: str) -> None:
    """A text that is too long ends with an ellipsis, without blanks before it. Other text is unchanged."""
    assert cut(text, width) == expected


@law
@given(st.text(alphabet=st.sampled_from("ab 中，e\u0301\u0302😀\u200d"), max_size=20), st.integers(1, 12))
@example("e\u0301" * 6, 3)
def test_a_cut_text_fits(text: str, width: int) -> None:
    """A cut text is never too wide, with or without combining characters."""
    columns = [0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in cut(text, width)]

    assert sum(columns) <= width


def test_a_cut_leaves_no_letter_without_its_accent() -> None:
    """A letter and its combining marks are kept or removed together."""
    assert cut("e\u0301" * 6, 4) == "e\u0301" * 3 + "…"
