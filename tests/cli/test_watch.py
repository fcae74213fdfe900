"""`feedsvc up`: imports, serves, goes on importing, and leaves nothing behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from feedsvc.store import Store, activity
from tests.conftest import CONFIG, Folder, Server, feedsvc, free_port, seed

Start = Callable[..., Server]

LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")


def _parent(pid: int) -> int | None:
    """The process that started this one; None for one that has ended."""
    try:
        state, parent = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)


def _children(pid: int) -> list[int]:
    """Every process below this one."""
    running = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    own = [one for one in running if _parent(one) == pid]
    return own + [below for child in own for below in _children(child)]


def _running(pids: list[int]) -> list[int]:
    return [pid for pid in pids if _parent(pid) is not None]


def _arguments(pid: int) -> list[str]:
    """The command line of a process; empty if the process has ended."""
    try:
        return Path("/proc", str(pid), "cmdline").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def _watchers(pids: list[int]) -> list[int]:
    return [pid for pid in pids if "--watch" in _arguments(pid)]


#: Seconds: on a busy machine a look is slow, and the rest after it is up to a minute.
PATIENCE = 150


def _comes(is_so: Callable[[], bool]) -> bool:
    """Whether something becomes so at all."""
    end = time.monotonic() + PATIENCE
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def _titles(server: Server) -> list[str]:
    _, _, body = server.get("/feeds/all.json")
    return [item["title"] for item in json.loads(body)["items"]]


def test_up_serves_what_is_there(folder: Folder, start: Start) -> None:
    """`up` alone migrates the database, imports the seeds and serves the feeds."""
    folder.write("a.txt", seed("甲"))

    assert _titles(start()) == ["甲"]


def test_up_listens_before_it_imports(folder: Folder, store: Store) -> None:
    """While the first import is at work, known feeds answer, the service is not ready, and nothing is "not found"."""
    folder.write("a.txt", seed("甲"))
    port = free_port()
    command = [sys.executable, "-m", "feedsvc", "up", "--port", str(port)]
    with store.alone(), subprocess.Popen(command, env=folder.environ(), cwd=folder.path) as process:
        server = Server(url=f"http://127.0.0.1:{port}", process=process)
        try:
            listens = _comes(lambda: _status(server, "/livez") == 200)
            paths = ("/readyz", "/", "/feeds/all.rss", "/feeds/新媒体.atom", "/atom.xml", "/feeds.opml", "/articles/x")
            answers = {path: server.get(quote(path)) for path in paths}
        finally:
            process.terminate()

    assert listens
    known = {"/feeds/all.rss", "/atom.xml"}
    assert {path: status for path, (status, _, _) in answers.items()} == {
        path: 200 if path in known else 503 for path in paths
    }
    assert {fields.get("retry-after") for path, (_, fields, _) in answers.items() if path not in known} == {"10"}


def _status(server: Server, path: str) -> int:
    try:
        return server.get(path)[0]
    except OSError:
        return 0


def test_up_serves_what_is_written_later(folder: Folder, start: Start) -> None:
    """A seed written while the server runs is served within seconds; nobody has to do anything."""
    folder.write("a.txt", seed("甲"))
    server = start()
    folder.write("b.txt", seed("乙", date="2022-07-26"))

    assert _comes(lambda: _titles(server) == ["乙", "甲"])


def test_a_problem_is_logged_once(folder: Folder, start: Start) -> None:
    """A broken seed is one line of the log when it appears, not one at every look."""
    folder.write("a.txt", seed("甲"))
    server = start()
    bad = folder.write("bad.txt", "nothing")
    log = folder.path / "up.log"
    named = _comes(lambda: str(bad) in log.read_text())
    folder.write("b.txt", seed("乙", date="2022-07-26"))
    seen = _comes(lambda: _titles(server) == ["乙", "甲"])

    assert (named, seen) == (True, True)
    assert log.read_text().count(str(bad)) == 1


@LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_up_leaves_no_process_behind(start: Start, number: signal.Signals) -> None:
    """Ended by a signal, the server takes its workers and its watcher along."""
    server = start()
    children = _children(server.process.pid)
    watchers = _watchers(children)
    server.process.send_signal(number)
    server.process.wait(timeout=30)

    assert len(watchers) == 1
    assert _comes(lambda: not _running(children))


@LINUX
def test_a_server_that_hangs_leaves_no_worker(start: Start) -> None:
    """A server that does not end in time is killed together with its workers: none of them keeps the port."""
    server = start()
    children = _children(server.process.pid)
    own = [child for child in children if _parent(child) == server.process.pid]
    (serving,) = (child for child in own if "serve" in _arguments(child))
    os.kill(serving, signal.SIGSTOP)
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(timeout=60)

    assert len(children) > len(own)
    assert _comes(lambda: not _running(children))


@LINUX
def test_a_watcher_that_is_left_alone_ends(start: Start) -> None:
    """A server that was killed, and could clean up nothing, leaves no watcher that goes on writing."""
    server = start()
    children = _children(server.process.pid)
    watchers = _watchers(children)
    server.process.kill()
    server.process.wait(timeout=30)
    has_ended = _comes(lambda: not _running(watchers))
    for child in _running(children):
        os.kill(child, signal.SIGKILL)

    assert (len(watchers), has_ended) == (1, True)


@LINUX
def test_a_watcher_that_died_is_started_again(folder: Folder, start: Start) -> None:
    """If the system kills the watcher, `up` starts another one."""
    folder.write("a.txt", seed("甲"))
    server = start()
    (watcher,) = _watchers(_children(server.process.pid))
    os.kill(watcher, signal.SIGKILL)
    folder.write("b.txt", seed("乙", date="2022-07-26"))

    assert _comes(lambda: _titles(server) == ["乙", "甲"])
    assert "feedsvc update ended" in (folder.path / "up.log").read_text()


@LINUX
def test_a_server_process_that_died_is_started_again(folder: Folder, start: Start) -> None:
    """If the system kills a process that serves, the server starts another one, and `up` goes on."""
    folder.write("a.txt", seed("甲"))
    server = start()
    serving, *_ = (pid for pid in _children(server.process.pid) if "serve" in _arguments(pid))
    (worker, *_) = _children(serving)
    os.kill(worker, signal.SIGKILL)

    def is_answering() -> bool:
        with contextlib.suppress(OSError):
            return worker not in _children(serving) and _titles(server) == ["甲"]
        return False

    assert _comes(is_answering)
    assert server.process.poll() is None


@LINUX
def test_serve_has_no_watcher(start: Start) -> None:
    """`serve` only serves."""
    start().process.terminate()

    assert _watchers(_children(start("serve").process.pid)) == []


def test_serve_imports_nothing(folder: Folder, start: Start) -> None:
    """`serve` shows what was imported; what is written later waits for an update."""
    folder.configure(CONFIG)
    folder.write("a.txt", seed("甲"))
    up = start()
    up.process.terminate()
    up.process.wait(timeout=30)
    folder.write("b.txt", seed("乙"))

    assert _titles(start("serve")) == ["甲"]


@LINUX
def test_the_supervisor_has_no_library_in_its_memory(start: Start) -> None:
    """It runs for months, and does next to nothing: no database, no parser, no server."""
    server = start()
    loaded = Path("/proc", str(server.process.pid), "maps").read_text()

    assert not [name for name in ("sqlite", "sqlalchemy", "pydantic", "lxml", "granian", "_ssl") if name in loaded]


@LINUX
def test_what_imports_and_polls_lets_the_server_go_first(start: Start) -> None:
    """The watcher and the worker, and what they start, have a lower priority than the server and its worker."""
    server = start()
    own = os.getpriority(os.PRIO_PROCESS, server.process.pid)
    found: dict[str, set[int]] = {}
    for child in _children(server.process.pid):
        for command in {"serve", "update", "worker"}.intersection(_arguments(child)):
            found.setdefault(command, set()).add(os.getpriority(os.PRIO_PROCESS, child) - own)

    assert found == {"serve": {0}, "update": {10}, "worker": {10}}


@LINUX
def test_an_idle_service_keeps_no_parser(folder: Folder, start: Start) -> None:
    """After an import, neither worker processes are left nor the process from which they start."""
    folder.write("a.txt", seed("甲"))
    server = start()

    def commands() -> str:
        return " ".join(word for child in _children(server.process.pid) for word in _arguments(child))

    assert _titles(server) == ["甲"]
    assert _comes(lambda: "forkserver" not in commands())


@LINUX
def test_an_up_that_cannot_begin_leaves_no_server(folder: Folder) -> None:
    """The server that starts beside the checks ends with them, and says nothing."""
    folder.configure("site: {titel: x}")
    ended = feedsvc(folder, "up", "--port", str(free_port()))

    assert ended.returncode == 1
    assert [json.loads(line)["message"] for line in ended.stderr.splitlines()][1:] == ["1 problem in the configuration"]
    assert not [pid for pid in _of_this_machine() if _folder(pid) == str(folder.path)]


def _of_this_machine() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _folder(pid: int) -> str:
    """The working directory of a process; empty if it has ended, or is another user's."""
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""


def test_a_service_that_ended_in_order_is_not_missed(store: Store, start: Start) -> None:
    """It says that it works, and when it ends, that nobody needs to wait for it."""
    server = start()
    worked = _comes(lambda: _promises(store) >= {"update"})
    server.process.terminate()
    server.process.wait(timeout=30)

    assert (worked, _promises(store)) == (True, set())


def _promises(store: Store) -> set[str]:
    with store.read() as db:
        return {name for name, one in activity.read(db).done.items() if one.next_by is not None}
