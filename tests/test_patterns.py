"""
Patterns mean the same on every Python that feedsvc supports.

Python 3.11.0 to 3.11.4 read a group that is repeated possessively wrongly: `(?:[^%]|%(?!}))*+` takes the `%` of a `%}`
as well (https://github.com/python/cpython/issues/106052). Debian 12 has Python 3.11.2. The library `regex` reads such a
group rightly on each of them.
"""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import feedsvc

ROOT = Path(feedsvc.__file__).parent

#: An escaped character, or a class of characters: the signs in them are no groups.
CHARACTERS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)

#: The end of a group that is repeated possessively, or the beginning of an atomic group. `()*+` lists characters.
POSSESSIVE_GROUP = re.compile(r"(?<!\()\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")

SOURCES = sorted(ROOT.rglob("*.py"))


def has_possessive_group(pattern: str) -> bool:
    """Whether a group of the pattern is repeated possessively, or is atomic."""
    return bool(POSSESSIVE_GROUP.search(CHARACTERS.sub("x", pattern)))


def _texts(file: Path) -> list[str]:
    """The constant parts of all texts of a module."""
    tree = ast.parse(file.read_text("utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _names(file: Path) -> set[str]:
    """The libraries that a module imports by their names."""
    tree = ast.parse(file.read_text("utf-8"))
    return {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_that_repeats_groups_possessively_uses_regex(file: Path) -> None:
    """The module compiles such a pattern with the library `regex`, or hands the text to a module that does."""
    if any(has_possessive_group(text) for text in _texts(file)):
        assert "regex" in _names(file)


def test_no_pattern_of_the_standard_library_repeats_a_group_possessively() -> None:
    """The patterns of all modules, as they stand after the import."""
    names = [one.name for one in pkgutil.walk_packages(feedsvc.__path__, "feedsvc.") if _is_importable(one.name)]
    wrong = [
        f"{name}.{key}"
        for name in names
        for key, value in vars(importlib.import_module(name)).items()
        if isinstance(value, re.Pattern) and has_possessive_group(str(value.pattern))
    ]

    assert len(names) > 100
    assert wrong == []


def _is_importable(name: str) -> bool:
    """Alembic's files and the entry points do their work when they are imported."""
    return ".migrations." not in name and not name.endswith(("__main__", "wsgi"))


@pytest.mark.parametrize("pattern", ["(?:a|b)*+", "(?:a)++", "(a){1,3}+", "(?>a)", "(?:ab)?+"])
def test_such_groups_are_found(pattern: str) -> None:
    """The test looks for these."""
    assert has_possessive_group(pattern)


@pytest.mark.parametrize("pattern", [r"[^)]*+", r"\)*+", "(?:a|b)*", "a++", r"\(?+", "[()*+,]", "!()*+,;", r"[\]()*+]"])
def test_other_patterns_are_not_found(pattern: str) -> None:
    """Python 3.11.2 reads single characters and classes rightly."""
    assert not has_possessive_group(pattern)
