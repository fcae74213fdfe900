"""Patterns of filters: RE2's syntax, and errors that name the place and the remedy."""

import pytest

from feedsvc.errors import FilterError
from feedsvc.filters.patterns import FAULTS, MAX_PATTERN, encoded, require_small, searcher

#: Pattern → the number of the character where it is wrong, the text there, and a part of the remedy.
WRONG = {
    "华为(?!手机)": (3, "(?!", "filterout"),
    "a(?=b)": (2, "(?=", "look-around"),
    "(?<!x)a": (1, "(?<!", "look-around"),
    r"\\1(a)\1": (7, r"\1", "write the text of the group again"),
    r"(?P<n>a)(?P=n)": (9, "(?P", "write the text of the group again"),
    "(i?)foo": (1, "(i?)", "`(?i)`"),
    "a{2000}": (2, "{2000}", "at most 1000"),
    "(a{100}b(c{11}){100})": (16, "{100}", "at most 1000"),
    "a++b": (2, "++", "the first sign alone"),
    "a(?>b)": (2, "(?>", "`(?:…)`"),
    "a**": (2, "**", "two signs"),
    "a|*": (3, "*", "nothing stands before"),
    "[(]\\((a": (6, "(", "write `)`"),
    "a)b": (2, ")", "no group begins"),
    "a[b": (2, "[b", "write `]`"),
    r"a\Z": (2, r"\Z", r"\z"),
    r"\u4e00": (1, r"\u", r"\x{4E00}"),
    r"\h": (1, r"\h", "without"),
    "a\\": (2, "\\", "for a backslash"),
    "z-a[z-a]": (5, "z-a", "smaller end"),
    r"\p{Foo}": (1, r"\p{Foo}", r"\p{Han}"),
    "(?#c)": (1, "(?#", "comments"),
    "(?x)a": (1, "(?x", "flags are"),
    "(?P<a": (1, "(?P<a", "filters use no names"),
}


@pytest.mark.parametrize("pattern", WRONG)
def test_an_error_names_the_place_and_the_remedy(pattern: str) -> None:
    """The place is that of the fault, also where its text stands earlier in the pattern."""
    number, there, remedy = WRONG[pattern]

    with pytest.raises(FilterError) as error:
        searcher(pattern)

    assert f"at character {number}, `{there}`: " in str(error.value)
    assert remedy in str(error.value)


def test_each_remedy_is_shown() -> None:
    """No remedy is for a fault that RE2 words in another way."""
    given = set()
    for pattern in WRONG:
        with pytest.raises(FilterError) as error:
            searcher(pattern)
        given |= {one.code for one in error.value.faults}

    assert given == {*FAULTS.values(), "mistyped_flags"}


@pytest.mark.parametrize(
    "pattern", ["", "a" * (MAX_PATTERN + 1), "(.{900}b){1}(.{900}b){1}.{900}", r"\p{L}{1000}\p{L}{1000}"]
)
def test_a_pattern_has_bounds(pattern: str) -> None:
    """The length of a pattern, and the size of its program."""
    with pytest.raises(FilterError, match=r"too large|write a pattern"):
        searcher(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{Han}{5}",
        "^.{1,100}$",
        ".{500,}",
        r"\w{1,1000}",
        r"[\p{Han}]{2,30}",
        r"^[^\s\p{Han}[:digit:]\]]{9,20}$",
        "a{999}",
    ],
)
def test_anybody_may_send_a_long_repetition_of_a_class(pattern: str) -> None:
    """A pattern that is one repeated class costs little, however many instructions it has."""
    require_small(pattern, is_cased=True)


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ("[a-h].{100}z", "at character 7, `{100}`"),
        (".{1000}", "at character 2, `{1000}`"),
        (".{9}.{90,}", "at character 6, `{90,}`"),
        (r"[{7}]\p{Han}{6}x", "at character 13, `{6}`"),
        (r"[^]{9}]x.{99}", "at character 10, `{99}`"),
        (r"\p{L}", ""),
    ],
)
def test_a_pattern_that_is_too_large_for_anybody_names_the_repetition(pattern: str, place: str) -> None:
    """The message has the place of the largest repetition, if there is one, and the limit."""
    with pytest.raises(FilterError, match="too large") as error:
        require_small(pattern, is_cased=True)

    assert str(error.value).startswith(place)
    assert f"at most {4100 if pattern == '.{1000}' else 400} instructions" in str(error.value)


@pytest.mark.parametrize(
    ("pattern", "text", "is_cased", "expected"),
    [
        ("gpu|芯片", "新GPU", False, True),
        ("gpu", "新GPU", True, False),
        ("(?-i)gpu", "新GPU", False, False),
        ("ÄRGER", "ärger", False, True),
        ("^b$", "a b", False, False),
        (r"^\p{Han}+$", "国家云", False, True),
        ("(i)?foo", "FOO", False, True),
        ("Wi(i?)", "wi", False, True),
    ],
)
def test_a_pattern_is_searched(pattern: str, text: str, is_cased: bool, expected: bool) -> None:  # noqa: FBT001
    """Anywhere in the text, and without regard to case unless asked for."""
    assert searcher(pattern, is_cased=is_cased)(encoded(text)) is expected


def test_text_that_utf_8_cannot_hold_is_searched() -> None:
    """A lone surrogate becomes a question mark."""
    assert searcher("a.b")(encoded("a\ud800b"))
