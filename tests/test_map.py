"""The maps of code and tests (feedsvc/README.md, tests/README.md): their places exist, and they name each folder."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "feedsvc"
MAP = (PACKAGE / "README.md").read_text("utf-8")

#: A path in back-quotes, perhaps with a name in that module: `merge/stories.py:Piece`.
PLACE = re.compile(r"`([\w./-]+(?:\.(?:py|md|yaml|toml)|/))(?::(\w+(?:\.\w+)?))?`")

#: The folder of a row of the table.
ROW = re.compile(r"\| `([\w/]+/)`")

#: Paths that begin beside the package.
BESIDE = ("tests/", "config/", "feedsvc/", "pyproject.toml")


def _places() -> Iterator[tuple[Path, str]]:
    """Each place that the map names: where it may be, and the name in that module; empty for none."""
    for line in MAP.splitlines():
        row = ROW.match(line)
        folder = PACKAGE / row[1] if row else PACKAGE
        for path, name in PLACE.findall(line):
            ways = [base / path for base in (folder, PACKAGE, ROOT) if base != ROOT or path.startswith(BESIDE)]
            yield next((way for way in ways if way.exists()), ways[0]), name


PLACES = {f"{path.relative_to(ROOT)}:{name}".rstrip(":"): (path, name) for path, name in _places()}


@cache
def _names(module: Path) -> frozenset[str]:
    """The names that a module gives to functions, classes, methods and values."""
    found = set[str]()
    for node in ast.parse(module.read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name, body=body):
                found |= {name, *(f"{name}.{one.name}" for one in body if isinstance(one, ast.FunctionDef))}
            case ast.Assign(targets=targets):
                found |= {one.id for one in targets if isinstance(one, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return frozenset(found)


@pytest.mark.parametrize("place", PLACES)
def test_a_place_on_the_map_exists(place: str) -> None:
    """Each path that the map names exists, and the module has the name that follows the path."""
    path, name = PLACES[place]

    assert path.exists()
    assert not name or name in _names(path)


def test_the_map_names_each_folder_and_each_module_at_the_top() -> None:
    """A new folder, or a new module beside the folders, stands on the map."""
    folders = {f"{one.parent.relative_to(PACKAGE)}/" for one in PACKAGE.rglob("__init__.py")} - {"./"}
    modules = {one.name for one in PACKAGE.glob("*.py")} - {"__init__.py"}

    assert {one for one in folders | modules if f"`{one}`" not in MAP} == set()


def test_the_map_prints_the_import_law() -> None:
    """The layers on the map are those that import-linter checks, and each library with one home is named."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one.get("containers") == ["feedsvc"])
    libraries = {one for contract in contracts for one in contract.get("protected_modules", ())}
    law = MAP.partition("## The import law\n")[2].partition("\n## ")[0]

    assert re.findall(r"^ {4}(.+)$", law, re.MULTILINE) == layers
    assert {one for one in libraries if one not in law.lower()} == set()


def test_the_readme_of_the_tests_names_each_folder_and_each_test_at_the_top() -> None:
    """Each folder of tests, and each test beside the folders, has a row that says what it proves."""
    tests = ROOT / "tests"
    folders = {f"{one.parent.name}/" for one in tests.glob("*/__init__.py")} - {"bench/", "data/"}
    rows = re.findall(r"^\| (`.+`) \|", (tests / "README.md").read_text("utf-8"), re.MULTILINE)
    named = {one for row in rows for one in re.findall(r"`([^`]+)`", row)}

    assert folders | {one.name for one in tests.glob("test_*.py")} == named - {"corpus/"}
