"""The first day of a user, with typing errors: real processes, and their messages."""

import json
import os
import pty
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from feedsvc.store import migrate, open_store
from feedsvc.store.schema import document
from tests.conftest import CONFIG, Folder, Server, free_port, seed
from tests.running import feedsvc

Start = Callable[..., Server]

ROOT = Path(__file__).parents[2]

A, B = "https://feeds.example.org", "https://other.example.org"

#: Seconds: a machine may be busy.
PATIENCE = 150


def _comes(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


# --- categories ------------------------------------------------------------------------------------------------------


def _made(folder: Folder) -> None:
    """Make the tables."""
    store = open_store(folder.database_url)
    migrate.upgrade(store)
    store.close()


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        pytest.param("Newz", "did you mean 'News'?", id="another letter"),
        pytest.param("news", "did you mean 'News'?", id="another case"),
        pytest.param("Sport", "there are: C++, News, 文摘, 新媒体", id="nothing like it"),
    ],
)
def test_a_category_that_no_source_has_is_named_with_the_nearest(folder: Folder, asked: str, hint: str) -> None:
    """`check` says so before the first update, and `update` does; a feed may be empty, so it is no problem."""
    feeds = f"feeds:\n  mine: {{categories: [{asked}]}}\n"
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, categories: [文摘]") + feeds)
    folder.write("a.txt", seed("甲", categories="[News, 新媒体, C++]"))
    checked = feedsvc(folder, "check")
    _made(folder)
    updated = feedsvc(folder, "update")

    said = f"{folder.config_file}:5:23: feeds.mine.categories[0]: no article has the category {asked!r} yet; {hint}"
    assert (checked.returncode, checked.stderr) == (0, f"warning: {said}\n")
    assert (updated.returncode, updated.stderr.splitlines()[-1]) == (0, f"warning: {said}")


def test_a_category_that_somebody_has_is_not_named(folder: Folder) -> None:
    """Neither an article's own, nor a source's, nor one of an upstream; `check` knows what was imported as well."""
    upstream = "  news: {kind: upstream, url: 'https://u.example/', categories: [新闻], map: {tech: 科技}}\n"
    folder.configure(CONFIG + upstream + "feeds:\n  mine: {categories: [新媒体, 新闻, 科技]}\n")
    folder.write("a.txt", seed("甲"))
    _made(folder)
    ended = [feedsvc(folder, command) for command in ("check", "update", "check")]

    assert [one.stderr for one in ended] == ["", "source articles: 1 new\n", ""]


# --- what a command needs --------------------------------------------------------------------------------------------


def test_shared_memory_that_cannot_be_used_is_named(folder: Folder) -> None:
    """Processes share a lock, a file in /dev/shm: where none can be written, one line says so, and what to do."""
    folder.write("a.txt", seed("甲"))
    ended = subprocess.run(
        # Where no file may hold a byte, the system cannot make that lock.
        [sys.executable, "-m", "feedsvc", "check"], env=folder.environ(), cwd=folder.path, capture_output=True,
        text=True, timeout=120, check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )  # fmt: skip

    (line,) = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert "worker processes cannot be started; they share memory in /dev/shm, which cannot be used" in line
    assert "chmod 1777 /dev/shm" in line


@pytest.mark.parametrize("command", ["feeds", "sources", "check", "db status"])
def test_a_command_that_lists_makes_nothing(folder: Folder, command: str) -> None:
    """Whatever is asked in whatever folder, nothing is there afterwards that was not there before."""
    folder.write("a.txt", seed("甲"))
    elsewhere = folder.path / "elsewhere"
    elsewhere.mkdir()
    environ = {name: value for name, value in folder.environ().items() if name != "FEEDSVC_DATA_DIR"}
    before = sorted(folder.path.rglob("*"))
    subprocess.run(
        [sys.executable, "-m", "feedsvc", *command.split()], env=environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        cwd=elsewhere, capture_output=True, timeout=120, check=False,
    )  # fmt: skip

    assert sorted(folder.path.rglob("*")) == before


def test_readme_has_commands_as_they_work() -> None:
    """Each command of the README, and each advice in its text, has the path at which README installs it."""
    text = (ROOT / "README.md").read_text("utf-8")

    assert (
        re.findall(r"(?<![/\w])feedsvc (?:up|serve|update|check|worker|poll|adopt|feeds|sources|db|discover)\b", text)
        == []
    )
    assert text.count(".venv/bin/feedsvc up") > 1


# --- two processes ---------------------------------------------------------------------------------------------------


def test_a_second_up_on_a_data_folder_ends(folder: Folder, start: Start) -> None:
    """A second `up` names the first process and ends. The first `up` still serves. After its end, another can start."""
    folder.write("a.txt", seed("甲"))
    first = start()
    (folder.path / "other.yaml").write_text(CONFIG.replace(A, B), "utf-8")
    began = time.monotonic()
    second = [
        feedsvc(folder, *config, "up", "--port", str(free_port()))
        for config in ((), ("--config", "other.yaml"))
    ]  # fmt: skip
    took = time.monotonic() - began
    said = [json.loads(line)["message"] for one in second for line in one.stderr.splitlines()]
    still = first.get("/feeds/all.rss")[0]
    first.process.terminate()
    first.process.wait(timeout=30)

    named = f"another feedsvc up works here (process {first.process.pid}); end that one first"
    assert [one.returncode for one in second] == [1, 1]
    assert [named in line for line in said] == [True, True], said
    assert took < PATIENCE / 2
    assert (still, start().get("/feeds/all.rss")[0]) == (200, 200)


def test_two_that_begin_at_once_are_one(folder: Folder) -> None:
    """However close they begin, one of them serves and the other ends."""
    folder.write("a.txt", seed("甲"))
    ports = [free_port(), free_port()]
    logs = [folder.path / f"{number}.log" for number in range(2)]
    running: list[subprocess.Popen[bytes]] = []
    for port, log in zip(ports, logs, strict=True):
        with log.open("wb") as file:
            command = [sys.executable, "-m", "feedsvc", "up", "--port", str(port)]
            environ = folder.environ()
            running.append(subprocess.Popen(command, env=environ, cwd=folder.path, stdout=file, stderr=file))
    servers = [Server(url=f"http://127.0.0.1:{port}", process=one) for port, one in zip(ports, running, strict=True)]
    try:
        has_ended = _comes(lambda: any(one.poll() is not None for one in running))
        serves = _comes(lambda: any(_is_ready(one) for one in servers))
        alive = [one.poll() is None for one in running]
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(timeout=30)
    said = "".join(log.read_text() for log in logs)

    assert (has_ended, serves, sorted(alive)) == (True, True, [False, True]), said
    assert said.count("another feedsvc up works here") == 1, said


def _is_ready(server: Server) -> bool:
    try:
        return server.get("/readyz")[0] == 200
    except OSError:
        return False


def _has(server: Server, address: str) -> bool:
    """Whether a feed is served under an address. Between two processes of the server, nobody listens for a moment."""
    try:
        return address.encode() in server.get("/feeds/all.rss")[2]
    except OSError:
        return False


def _documents(folder: Folder) -> list[tuple[bytes, object]]:
    store = open_store(folder.database_url)
    columns = (document.c.gzip, document.c.changed_at)
    with store.read() as db:
        rows = db.execute(sa.select(*columns).order_by(document.c.feed_id, document.c.format)).all()
    store.close()
    return [(bytes(packed), changed_at) for packed, changed_at in rows]


@pytest.mark.parametrize("command", ["update", "serve"])
def test_another_base_url_on_one_database_is_said(folder: Folder, start: Start, command: str) -> None:
    """While a process publishes under one address, one of another makes no document, and is told why."""
    folder.write("a.txt", seed("甲"))
    first = start()
    assert _comes(lambda: len(_documents(folder)) == 6)
    before = _documents(folder)
    log = folder.path / "other.log"
    environ = folder.environ(FEEDSVC_SITE__BASE_URL=B, PORT=str(free_port()))
    with log.open("wb") as file:
        other = subprocess.Popen(
            [sys.executable, "-m", "feedsvc", command], env=environ, cwd=folder.path, stdout=file, stderr=file
        )
    try:
        said = _comes(lambda: B in log.read_text() and A in log.read_text())
        if command == "update":
            other.wait(timeout=PATIENCE)
        after = _documents(folder)
        served = first.get("/feeds/all.rss")[2]
    finally:
        other.terminate()
        other.wait(timeout=30)

    assert said, log.read_text()
    assert after == before
    assert (A.encode() in served, B.encode() in served) == (True, False)


def test_a_base_url_that_is_changed_while_it_runs_is_taken_by_all(folder: Folder, start: Start) -> None:
    """After SIGHUP all processes publish under the new address; articles, guids and dates stay, and nothing flips."""
    folder.write("a.txt", seed("甲"))
    server = start()
    first = json.loads(server.get("/feeds/all.json")[2])
    folder.configure(CONFIG.replace(A, B))
    server.process.send_signal(signal.SIGHUP)
    taken = _comes(lambda: _has(server, B))
    folder.write("b.txt", seed("乙", date="2022-07-26"))
    imported = _comes(lambda: len(json.loads(server.get("/feeds/all.json")[2])["items"]) == 2)
    answers = [server.get(f"/feeds/all.{format}")[2] for format in ("rss", "atom", "json") for _ in range(20)]  # noqa: A001
    items = json.loads(answers[-1])["items"]
    log = (folder.path / "up.log").read_text()

    assert (taken, imported) == (True, True), log
    assert [A.encode() in one for one in answers] == [False] * 60
    assert len(set(answers)) == 3
    assert (items[1]["id"], items[1]["date_published"]) == (
        first["items"][0]["id"],
        first["items"][0]["date_published"],
    )
    assert "no documents are made" not in log
    assert "Traceback" not in log


# --- terminals -------------------------------------------------------------------------------------------------------


class Terminal:
    """A command on a terminal of its own, and what it prints there."""

    def __init__(self, folder: Folder, *arguments: str) -> None:
        ours, theirs = pty.openpty()
        self._printed = bytearray()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "feedsvc", *arguments], env=folder.environ(TERM="xterm"), cwd=folder.path,
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, args=[ours], daemon=True)
        self._reader.start()

    def _read(self, ours: int) -> None:
        try:
            while data := os.read(ours, 65536):
                self._printed += data
        except OSError:  # Linux, when nobody has the other end any more
            pass
        os.close(ours)

    @property
    def lines(self) -> list[str]:
        """The printed text, without control characters."""
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self._printed.decode("utf-8", "replace"))
        return [line for line in text.replace("\r", "\n").split("\n") if line.strip()]

    def end(self, number: signal.Signals | None = None) -> int:
        """Wait for its end, or bring it about."""
        if number is not None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=PATIENCE)
        self._reader.join(timeout=30)
        return code


def _are_plain(lines: list[str]) -> bool:
    return not any(line.lstrip().startswith(("{", "[{")) or "Traceback" in line for line in lines)


def test_all_that_up_says_on_a_terminal_is_plain_lines(folder: Folder) -> None:
    """`up` and its processes print plain lines on a terminal. Ctrl-C ends `up` without an error."""
    folder.write("a.txt", seed("甲"))
    bad = folder.write("bad.txt", "nothing")
    port = free_port()
    terminal = Terminal(folder, "up", "--port", str(port))
    server = Server(url=f"http://127.0.0.1:{port}", process=terminal.process)
    ready = _comes(lambda: _is_ready(server))
    folder.write("b.txt", seed("乙", date="2022-07-26"))
    seen = _comes(lambda: any("1 new" in line and line.startswith("INFO") for line in terminal.lines))
    code = terminal.end(signal.SIGINT)
    lines = terminal.lines

    assert (ready, seen, code) == (True, True, 0), lines
    assert _are_plain(lines), lines
    assert f"feeds: {A}/" in lines
    assert [line for line in lines if str(bad) in line]


@pytest.mark.parametrize("command", ["check", "update", "feeds", "serve"])
def test_a_command_on_a_terminal_prints_plain_lines(
    folder: Folder, take_in: Callable[..., object], command: str
) -> None:
    """Whatever comes of it."""
    folder.write("a.txt", seed("甲"))
    folder.write("bad.txt", "nothing")
    take_in()
    port = free_port()
    terminal = Terminal(folder, command, *(("--port", str(port)) if command == "serve" else ()))
    if command == "serve":
        server = Server(url=f"http://127.0.0.1:{port}", process=terminal.process)
        assert _comes(lambda: _is_ready(server))
    terminal.end(signal.SIGTERM if command == "serve" else None)

    assert terminal.lines
    assert _are_plain(terminal.lines), terminal.lines


def test_all_that_up_says_elsewhere_is_json(folder: Folder, start: Start) -> None:
    """Each line of its log is one object, those about a bad file and those of the end included."""
    folder.write("a.txt", seed("甲"))
    bad = folder.write("bad.txt", "nothing")
    server = start()
    log = folder.path / "up.log"
    named = _comes(lambda: str(bad) in log.read_text())
    server.process.terminate()
    server.process.wait(timeout=30)
    lines = log.read_text().splitlines()

    assert named
    assert [line for line in lines if not _is_object(line)] == []


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
