"""The libraries that a command imports: each costs every start of it. `tests.bench.start` measures the starts."""

import json
import subprocess
import sys

import pytest

from tests.conftest import Folder, seed
from tests.running import feedsvc

#: Libraries that take ten milliseconds or more to import, or that import others.
HEAVY = frozenset({
    "aiohttp", "alembic", "asyncio", "babel", "bleach", "comrak", "feedgen", "feedparser", "flask", "granian",
    "html5lib", "langcodes", "lxml", "multiprocessing", "nh3", "pebble", "pydantic", "rapidfuzz", "re2",
    "regex", "sqlalchemy", "yaml",
})  # fmt: skip

CONFIGURATION = frozenset({"pydantic", "yaml"})
#: SQLAlchemy imports asyncio.
DATABASE = CONFIGURATION | {"sqlalchemy", "asyncio"}

#: A command → the heavy libraries that it may import. lxml reads the text of stored HTML. The table of formats names
#: its functions, so feedgen is imported as well: it takes 0.03 s behind lxml.
ALLOWED = {
    "version": frozenset[str](),
    "--version": frozenset[str](),
    "-h": frozenset[str](),
    "up -h": frozenset[str](),
    "db status -h": frozenset[str](),
    "db status": DATABASE,
    "feeds": DATABASE | {"lxml", "feedgen"},
    "check": DATABASE | {"lxml", "pebble", "multiprocessing"},
    "sources": DATABASE | {"lxml"},
}

RUN = """\
import json, sys
from feedsvc.__main__ import main
sys.argv = ["feedsvc", *sys.argv[1:]]
try:
    main()
finally:
    print(json.dumps(sorted(name for name in sys.modules if "." not in name)), file=sys.stderr)
"""


@pytest.fixture
def imported(folder: Folder) -> Folder:
    """A folder whose one seed is imported."""
    folder.write("a.txt", seed("甲"))
    for command in (("db", "upgrade"), ("update",)):
        assert feedsvc(folder, *command).returncode == 0
    return folder


@pytest.mark.parametrize("command", ALLOWED)
def test_a_command_imports_what_it_needs(imported: Folder, command: str) -> None:
    """A new process has loaded no other heavy library when the command has ended."""
    ended = subprocess.run(
        [sys.executable, "-c", RUN, *command.split()], env=imported.environ(), cwd=imported.path, capture_output=True,
        text=True, timeout=120, check=True,
    )  # fmt: skip
    loaded = HEAVY.intersection(json.loads(ended.stderr.splitlines()[-1]))

    assert loaded <= ALLOWED[command]
