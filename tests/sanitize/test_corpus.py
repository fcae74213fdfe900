"""Pairs of HTML as it arrives and as it leaves; a new pair is a new test."""

import re
from pathlib import Path

import pytest

from feedsvc.sanitize.html import clean

FOLDER = Path(__file__).parents[1] / "corpus" / "sanitize"
NAMES = sorted(path.name.removesuffix(".in.html") for path in FOLDER.glob("*.in.html"))

#: A first line of an input that says which page it stood on.
BASE = re.compile(r"<!-- base: (\S+) -->\n")


def read(name: str) -> str:
    """A file of the corpus as it is, without its last line end."""
    return (FOLDER / name).read_bytes().decode().removesuffix("\n")


def sanitized(name: str) -> str:
    """The output for an input, under the base that its first line names."""
    text = read(f"{name}.in.html")
    base = BASE.match(text)
    return clean(text[base.end() :], base=base[1]).whole if base else clean(text).whole


def test_the_corpus_is_whole() -> None:
    """Every input has its output, and every output its input."""
    outputs = sorted(path.name.removesuffix(".out.html") for path in FOLDER.glob("*.out.html"))

    assert outputs == NAMES
    assert len(NAMES) >= 120


@pytest.mark.parametrize("name", NAMES)
def test_what_arrives_leaves_as_expected(name: str) -> None:
    """An input of the corpus gives exactly its output."""
    assert sanitized(name) == read(f"{name}.out.html")


@pytest.mark.parametrize("name", NAMES)
def test_what_left_would_leave_again_unchanged(name: str) -> None:
    """An output stays the same when it is sanitised again."""
    expected = read(f"{name}.out.html")

    assert clean(expected).whole == expected
