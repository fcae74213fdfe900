"""The laws of the tree are kept, and whoever breaks one is told which."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Tools of `dev`, by what stands for each on the command line.
TOOLS = {
    "lint-imports": ["lint-imports", "--no-cache"],
    "ruff": ["ruff", "check", "--no-cache", "feedsvc"],
    "mypy": ["mypy", "--strict", "--cache-dir=.cache", "--no-pretty", "feedsvc/planted.py"],
}


def _copied(folder: Path) -> Path:
    """A copy of the package, and of what its tools read."""
    shutil.copytree(ROOT / "feedsvc", folder / "feedsvc", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package to plant things in."""
    return _copied(tmp_path)


def _run(tool: str, tree: Path) -> tuple[int, str]:
    """Exit code and output of a tool on a tree."""
    name, *arguments = TOOLS[tool]
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip("pip install -e '.[dev]'")
    ended = subprocess.run([found, *arguments], cwd=tree, capture_output=True, text=True, timeout=300, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def _plant(tree: Path, path: str, text: str) -> None:
    """Add lines to a module, or make one."""
    with (tree / "feedsvc" / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


@pytest.mark.parametrize("tool", ["lint-imports", "ruff"])
def test_the_tree_keeps_its_laws(tree: Path, tool: str) -> None:
    """The package as it is passes; so what the tests below plant is what they find."""
    code, output = _run(tool, tree)

    assert code == 0, output


@pytest.mark.parametrize(
    ("path", "line", "contract", "named"),
    [
        ("merge.py", "import feedsvc.store", "Imports point one way", "feedsvc.merge is not allowed"),
        (
            "render/opml.py", "import feedsvc.sources.seeds",
            "Imports point one way", "feedsvc.render is not allowed",
        ),
        ("planted.py", '"""Nowhere."""', "Imports point one way", "planted"),
        ("render/opml.py", "import flask", "flask has one home", "feedsvc.render.opml"),
        ("web/feeds.py", "import sqlalchemy", "SQLAlchemy and Alembic have one home", "feedsvc.web.feeds"),
        ("render/opml.py", "import feedgen", "feedgen has one home", "feedsvc.render.opml"),
        ("render/xml.py", "import nh3", "bleach, html5lib and nh3 have one home", "feedsvc.render.xml"),
        ("web/feeds.py", "import pydantic", "pydantic has one home", "feedsvc.web.feeds"),
        ("web/feeds.py", "import click", "click and granian belong to the command line", "feedsvc.web.feeds"),
        ("parse/seed.py", "import yaml", "YAML is read in two places, by hardened loaders", "feedsvc.parse.seed"),
        ("merge.py", "import time", "The core is pure: no clock, network, disk or database", "feedsvc.merge"),
    ],
    ids=[
        "upward", "sibling", "unplaced", "flask", "sqlalchemy", "feedgen", "nh3", "pydantic", "click", "yaml", "clock",
    ],
)  # fmt: skip
def test_a_breach_of_the_import_law_is_named(tree: Path, path: str, line: str, contract: str, named: str) -> None:
    """An import that the law forbids breaks its contract, and the report names the module."""
    _plant(tree, path, line)
    code, output = _run("lint-imports", tree)

    assert code == 1
    assert f"{contract} BROKEN" in output
    assert named in output.partition("Broken contracts")[2]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("MOMENT = datetime.now()", "DTZ005"),
        ("print('here')", "T201"),
        ("from .store import Store", "TID252"),
        ("def undocumented() -> None: ...", "D103"),
        ("assert True", "S101"),
        ("VALUE = 1  # type: ignore", "PGH003"),
        ("VALUE = 1  # noqa", "PGH004"),
    ],
    ids=["naive now", "print", "relative import", "no docstring", "assert", "bare ignore", "bare noqa"],
)
def test_a_planted_fault_is_found(tree: Path, line: str, rule: str) -> None:
    """What the habits forbid has a rule that finds it."""
    _plant(tree, "planted.py", f'"""Planted."""\n\nfrom datetime import datetime\n\n{line}')
    code, output = _run("ruff", tree)

    assert code == 1
    assert f"{rule} " in output


@pytest.mark.parametrize(
    ("argument", "code", "said"),
    [
        ('SafeHtml("<p>a</p>")', 0, "Success"),
        (
            '"<p>a</p>"',
            1,
            'Argument "content" to "replace" of "Entry" has incompatible type "str"; expected "SafeHtml"',
        ),
    ],
    ids=["sanitised", "not sanitised"],
)
def test_unsanitised_html_is_a_type_error(tree: Path, argument: str, code: int, said: str) -> None:
    """A plain string in the place of HTML that went through the gate does not get past mypy."""
    _plant(
        tree, "planted.py",
        "from dataclasses import replace\nfrom feedsvc.model import Entry, SafeHtml\n"
        f"def planted(entry: Entry) -> Entry:\n    return replace(entry, content={argument})\n"
        "PLAIN = SafeHtml",
    )  # fmt: skip
    ended, output = _run("mypy", tree)

    assert ended == code, output
    assert said in output
