"""The table of elements: complete, sound, and the only place that says what an element is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedsvc.elements import (
    ELEMENTS,
    KNOWN,
    PUBLISHED,
    ROWS,
    Check,
    Content,
    Element,
    Fate,
    Kind,
    Trait,
)
from feedsvc.sanitize.readable.tidy import LEAVING
from feedsvc.sanitize.safe.policy import UNCOUNTED
from tests.bench.element_sets import OTHER_WORDS, collections_of, outside
from tests.data import names


def test_no_set_of_elements_stands_outside_the_table() -> None:
    """A set of elements derives from the table: a literal one would miss an element that the table gets."""
    assert {where: found for where, found in outside().items() if where not in OTHER_WORDS} == {}


def test_each_exception_is_needed() -> None:
    """The list of exceptions names nothing that is no longer there."""
    assert OTHER_WORDS.keys() - outside().keys() == set()


@pytest.mark.parametrize(
    "code", ['X = {"p", "div"}', 'X = ("p", "div")', 'X = {"p": 1, "div": 2}', 'X = re.compile("<(?:p|div)>")']
)
def test_a_set_of_elements_is_found(code: str, tmp_path: Path) -> None:
    """A set, a tuple, keys and alternatives of a pattern are all found: the test above looks."""
    (tmp_path / "a.py").write_text(code, encoding="utf-8")

    assert list(collections_of(tmp_path / "a.py", KNOWN)) == [("X", ["div", "p"])]


# --- rows -------------------------------------------------------------------------------------------------------------


def of(rows: Iterator[Element]) -> list[str]:
    """Names of rows."""
    return [row.name for row in rows]


def test_every_element_has_one_row() -> None:
    """The table holds each name that an HTML parser knows once."""
    assert len(ROWS) == len(ELEMENTS)
    assert {*names.HTML, "svg", "math"} == KNOWN


def test_a_renamed_element_becomes_one_that_is_published() -> None:
    """A row says what its element becomes if its fate is to be renamed, and only then."""
    assert of(row for row in ROWS if (row.becomes is not None) != (row.fate is Fate.RENAMED)) == []
    assert of(row for row in ROWS if row.becomes is not None and row.becomes not in PUBLISHED) == []


def test_attributes_have_somebody_who_reads_them() -> None:
    """Attributes are published of published elements only, and read of those that the rewrite sees."""
    assert of(row for row in ROWS if row.attributes and row.fate is not Fate.PUBLISHED) == []
    assert of(row for row in ROWS if row.reads and row.fate not in {Fate.PUBLISHED, Fate.READ}) == []


def test_no_attribute_runs_or_names() -> None:
    """No row has an attribute that holds a script or a style, or that a page may refer to."""
    written = {name for row in ROWS for name in row.attributes}

    assert written.isdisjoint(
        {"class", "id", "name", "style", "srcdoc", "srcset", "action", "formaction", "background"}
    )
    assert [name for name in written if name.startswith("on")] == []


def test_every_address_is_checked() -> None:
    """An attribute that holds an address has a check of addresses."""
    loose = {
        (row.name, name)
        for row in ROWS
        for name, attribute in row.attributes.items()
        if name in {"href", "src", "poster", "cite"}
        and attribute.check not in {Check.URL, Check.LINK, Check.IMAGE, Check.FRAME}
    }

    assert loose == set()


def test_parents_and_parts_are_published() -> None:
    """A published part names published parents; one that holds nothing but parts has some."""
    assert of(row for row in ROWS if not PUBLISHED.issuperset((row.name, *row.parents)) and row.parents) == []
    hold_parts = (row for row in ROWS if row.content in {Content.ITEMS, Content.PARTS} and row.fate is Fate.PUBLISHED)

    assert of(row for row in hold_parts if not any(row.name in one.parents for one in ROWS)) == []


def test_fates_and_traits_agree() -> None:
    """Only an element that is dropped can take the rest along; only a published one is pointless, or in its own way."""
    assert of(row for row in ROWS if Trait.NEEDS_END in row.traits and row.fate is not Fate.DROPPED) == []
    published = Trait.POINTLESS | Trait.DIFFERS | Trait.HOLDS_TAIL

    assert of(row for row in ROWS if row.traits & published and row.fate is not Fate.PUBLISHED) == []
    assert of(row for row in ROWS if row.kind is Kind.PLAYER and Trait.DIFFERS not in row.traits) == []


@pytest.mark.parametrize(
    ("name", "use"),
    [
        (LEAVING, "sanitize/readable/tidy.py gives this name to each element that is to go: choose another LEAVING"),
        *((one, "sanitize/safe/bounds.py does not count it: take it out of UNCOUNTED") for one in sorted(UNCOUNTED)),
    ],
)
def test_an_element_that_code_takes_for_unpublished_is_unwrapped(name: str, use: str) -> None:
    """Neither the name of elements that are to go nor an uncounted element may come out by itself."""
    assert ELEMENTS[name].fate is Fate.UNWRAPPED, f"<{name}> would come out, but {use}"
