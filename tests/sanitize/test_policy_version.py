"""No table that decides what comes out changes without a word about POLICY_VERSION."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from types import ModuleType

import pytest
import regex

import feedsvc.elements
import feedsvc.jumps
import feedsvc.language
import feedsvc.media
import feedsvc.normalize.text
import feedsvc.normalize.urls
import feedsvc.people
import feedsvc.sanitize
from feedsvc.elements import ELEMENTS, PUBLISHED
from feedsvc.sanitize.policy import POLICY_VERSION
from tests.sanitize.test_corpus import NAMES, read

#: Of all tables, under the version that they belong to.
VERSION, DIGEST = 6, "95386ba40fbe5f93"

#: All outputs of the corpus.
PUBLISHED_HTML = "\n".join(read(f"{name}.out.html") for name in NAMES)

CHANGED = """
A table of one of {modules} has changed. The digest of all tables is now {digest}.
If the same input may give another output: raise POLICY_VERSION in feedsvc/sanitize/policy.py by one, so that stored
entries are made again; put the new version and digest into tests/sanitize/test_policy_version.py; and add a pair to
tests/corpus/sanitize that shows the change. If no output can change, put the new digest there, and nothing else.
"""


#: The packages and modules whose tables decide what a stored entry becomes.
PACKAGES = (feedsvc.elements, feedsvc.sanitize)
MODULES = (
    feedsvc.jumps, feedsvc.language, feedsvc.media, feedsvc.normalize.text, feedsvc.normalize.urls, feedsvc.people,
)  # fmt: skip

#: Modules that those import, and that hold types only.
TYPES = {"feedsvc.model", "feedsvc.texts.table"}

#: Types of values that are written as they are.
PLAIN = (str, int, float, bytes, type(None))


def _modules() -> Iterator[ModuleType]:
    """The modules whose tables decide what comes out."""
    yield from MODULES
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def _homes(module: ModuleType) -> Iterator[str]:
    """The modules of feedsvc that define the functions, classes and modules that a module holds by name."""
    for value in vars(module).values():
        home = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        if isinstance(home, str) and home.split(".")[0] == "feedsvc":
            yield home


def _written(value: object) -> str:
    """A value of a table, written the same in every process; nothing for a function or a parser."""
    match value:
        case re.Pattern() | regex.Pattern():
            value = (value.pattern, value.flags)
        case _ if is_dataclass(value) and not isinstance(value, type):
            value = {one.name: getattr(value, one.name) for one in fields(value)}
    match value:
        case Mapping():
            return f"{{{','.join(sorted(f'{_written(key)}:{_written(one)}' for key, one in value.items()))}}}"
        case Set():
            return f"{{{','.join(sorted(map(_written, value)))}}}"
        case tuple() | list():
            return f"({','.join(map(_written, value))})"
    return str(value) if isinstance(value, Enum) else repr(value) if isinstance(value, PLAIN) else ""


def tables() -> Iterator[tuple[str, str]]:
    """Each table with its values, by name: a table that moves to another module stays the same."""
    for module in _modules():
        for name, value in vars(module).items():
            if name.strip("_").isupper() and name != "POLICY_VERSION" and (written := _written(value)):
                yield name, written


def test_a_changed_table_asks_for_a_version() -> None:
    """A table that changed changes the digest, and the message says what is to be done."""
    digest = sha256("\n".join(sorted({f"{name}={written}" for name, written in tables()})).encode()).hexdigest()[:16]

    modules = ", ".join(one.__name__ for one in (*PACKAGES, *MODULES))

    assert (POLICY_VERSION, digest) == (VERSION, DIGEST), CHANGED.format(modules=modules, digest=digest)


def test_no_module_that_the_policy_reads_is_left_out() -> None:
    """The digest covers each module that a covered module takes anything of, except modules that hold types only."""
    covered = {module.__name__ for module in _modules()}
    packages = {one.__name__ for one in (*PACKAGES, feedsvc, feedsvc.normalize)}

    assert {found for module in _modules() for found in _homes(module)} - covered - packages - TYPES == set()


def test_a_name_means_one_table() -> None:
    """No two tables of one name have other values."""
    values: dict[str, set[str]] = {}
    for name, written in tables():
        values.setdefault(name, set()).add(written)

    assert {name for name, found in values.items() if len(found) > 1} == set()


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_pair_shows_each_published_element(name: str) -> None:
    """The corpus has an output with the element, and with each of its attributes: what the table promises comes out."""
    tags = re.findall(rf"<{name}(?=[ >])[^>]*>", PUBLISHED_HTML)
    missing = [one for one in ELEMENTS[name].attributes if not any(re.search(rf" {one}(?=[= >])", tag) for tag in tags)]

    assert tags, f"no output in tests/corpus/sanitize has <{name}>"
    assert missing == [], f"no output in tests/corpus/sanitize has these attributes of <{name}>"
