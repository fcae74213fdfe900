"""
Each law of the tree has a rule that finds a breach, and the report names the rule and the module.

All breaches are planted in one copy of the package, and each tool runs once on that copy. Each finding of a tool must
be planted, so the tests also fail where the package itself breaks a law. `.ci/run` runs the tools on the tree.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Tools of `dev`, by what stands for each on the command line.
TOOLS = {
    "lint-imports": ["lint-imports", "--no-cache"],
    "ruff": ["ruff", "check", "--no-cache", "--output-format=concise", "feedsvc"],
    "mypy": ["mypy", "--strict", "--cache-dir=.cache", "--no-pretty", "feedsvc/planted.py"],
}

#: A module, a line that is planted in it, and the contract that the line breaks. Most of the modules are planted too.
BREACHES = {
    "merge/upward.py": ("import feedsvc.store", "Imports point one way"),
    "render/sibling.py": ("import feedsvc.sources.seeds", "Imports point one way"),
    "unplaced.py": ("", "Imports point one way"),
    "render/with_flask.py": ("import flask", "flask has one home"),
    "web/with_sqlalchemy.py": ("import sqlalchemy", "SQLAlchemy and Alembic have one home"),
    "render/with_feedgen.py": ("import feedgen", "feedgen has one home"),
    "render/with_nh3.py": ("import nh3", "bleach, html5lib and nh3 have one home"),
    "web/with_pydantic.py": ("import pydantic", "pydantic has one home"),
    "web/with_click.py": ("import click", "click and granian belong to the command line"),
    "parse/with_yaml.py": ("import yaml", "YAML is read in two places, by hardened loaders"),
    "merge/with_clock.py": ("import time", "The core is pure: no clock, network, disk or database"),
    "sanitize/safe/with_readable.py": (
        "import feedsvc.sanitize.readable",
        "The safe half of sanitize imports nothing of the readable half",
    ),
    "update/seeds/with_upstreams.py": ("import feedsvc.update.upstreams", "Kinds of sources meet at the pipeline"),
    "render/with_aiohttp.py": ("import aiohttp", "aiohttp has one home: the one door out"),
    "parse/with_feedparser.py": ("import feedparser", "feedparser has one home"),
    "update/upstreams/with_pebble.py": ("import pebble", "pebble has one home"),
    "sanitize/readable/with_comrak.py": ("import comrak", "comrak has one home"),
    "parse/with_re2.py": ("import re2", "RE2 has one home"),
    "identity/with_idna.py": ("import idna", "idna has one home"),
    "normalize/with_babel.py": ("import babel", "Babel has one home"),
    "parse/with_opencc.py": ("import opencc", "OpenCC has one home"),
    "normalize/with_langcodes.py": ("import langcodes", "langcodes has one home"),
    "sandbox/jobs.py": ("import feedsvc.store", "Jobs of the sandbox are pure"),
}

#: A line that the habits forbid, and the rule that finds it.
FAULTS = {
    "MOMENT = datetime.now()": "DTZ005",
    "print('here')": "T201",
    "from .store import Store": "TID252",
    "def undocumented() -> None: ...": "D103",
    "assert True": "S101",
    "VALUE = 1  # type: ignore": "PGH003",
    "OTHER = 1  # noqa": "PGH004",
}

#: Arguments that mypy checks: the first one is right, the second one is not.
ARGUMENTS = ('SafeHtml("<p>a</p>")', '"<p>a</p>"')

#: The headline of a contract in the report of lint-imports.
HEADLINE = re.compile(r"^(.+)\n-+$", re.MULTILINE)

#: A breach in that report: modules that import each other, or a module that the contract does not know.
IMPORTER = re.compile(r"^- +(feedsvc[\w.]+)", re.MULTILINE)


def _run(tool: str, tree: Path) -> tuple[int, str]:
    """Exit code and output of a tool on a tree."""
    name, *arguments = TOOLS[tool]
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip("pip install -e '.[dev]'")
    ended = subprocess.run([found, *arguments], cwd=tree, capture_output=True, text=True, timeout=300, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def _name(path: str) -> str:
    return "feedsvc." + path.removesuffix(".py").replace("/", ".")


def _faulty(number: int) -> str:
    return f"planted_{number}.py"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, and of what its tools read, with all breaches in it."""
    folder = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "feedsvc", folder / "feedsvc", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def broken(tree: Path) -> dict[str, set[str]]:
    """Contract → the modules that lint-imports names for it, where all breaches are planted."""
    for path, (line, _) in BREACHES.items():
        source = ROOT / "feedsvc" / path
        written = source.read_text("utf-8") if source.exists() else '"""Planted."""\n'
        (tree / "feedsvc" / path).write_text(f"{written}\n{line}\n", "utf-8")
    _, output = _run("lint-imports", tree)
    for path in BREACHES:
        if (ROOT / "feedsvc" / path).exists():
            shutil.copy(ROOT / "feedsvc" / path, tree / "feedsvc" / path)
        else:
            (tree / "feedsvc" / path).unlink()
    _, _, report = output.partition("Broken contracts\n----------------\n")
    parts = HEADLINE.split(report)
    return {name: set(IMPORTER.findall(text)) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_each_contract_has_a_planted_breach() -> None:
    """A contract that no planted line breaks might forbid nothing."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = {one["name"] for one in settings["tool"]["importlinter"]["contracts"]}

    assert {contract for _, contract in BREACHES.values()} == contracts


@pytest.mark.parametrize("path", BREACHES)
def test_a_breach_of_the_import_law_is_named(broken: dict[str, set[str]], path: str) -> None:
    """An import that the law forbids breaks its contract, and the report names the module."""
    _, contract = BREACHES[path]

    assert _name(path) in broken[contract]


def test_the_package_keeps_the_import_law(broken: dict[str, set[str]]) -> None:
    """Nothing breaks a contract but the modules that are planted."""
    assert set().union(*broken.values()) == {_name(path) for path in BREACHES}


@pytest.fixture(scope="module")
def faults(tree: Path) -> dict[str, set[str]]:
    """File → the rules that ruff names for it, where all faults are planted, each in a file of its own."""
    planted = [tree / "feedsvc" / _faulty(number) for number in range(len(FAULTS))]
    for path, line in zip(planted, FAULTS, strict=True):
        path.write_text(f'"""Planted."""\n\nfrom datetime import datetime\n\n{line}\n', "utf-8")
    _, output = _run("ruff", tree)
    for path in planted:
        path.unlink()
    found = defaultdict(set)
    for name, rule in re.findall(r"^feedsvc/(\S+?):\d+:\d+: (\w+) ", output, re.MULTILINE):
        found[name].add(rule)
    return dict(found)


@pytest.mark.parametrize(("number", "rule"), list(enumerate(FAULTS.values())), ids=FAULTS.values())
def test_a_planted_fault_is_found(faults: dict[str, set[str]], number: int, rule: str) -> None:
    """Ruff finds each line that the habits forbid, by its rule."""
    assert rule in faults[_faulty(number)]


def test_the_package_has_no_fault(faults: dict[str, set[str]]) -> None:
    """Ruff finds nothing but the faults that are planted."""
    assert set(faults) == {_faulty(number) for number in range(len(FAULTS))}


def test_unsanitised_html_is_a_type_error(tree: Path) -> None:
    """Mypy accepts HTML that went through the gate, and refuses a plain string in its place."""
    planted = tree / "feedsvc" / "planted.py"
    lines = [f"replace(entry, content={argument})" for argument in ARGUMENTS]
    planted.write_text(
        "from dataclasses import replace\nfrom feedsvc.model import Entry, SafeHtml\n"
        "def planted(entry: Entry) -> None:\n    " + "\n    ".join(lines) + "\n", "utf-8",
    )  # fmt: skip
    code, output = _run("mypy", tree)
    planted.unlink()

    assert code == 1, output
    (error,) = [line for line in output.splitlines() if ": error: " in line]
    assert error.startswith("feedsvc/planted.py:5:")
    assert '"content" to "replace" of "Entry" has incompatible type "str"; expected "SafeHtml"' in error
