"""Where a server listens: a Unix socket instead of a port."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedsvc.cli.serving import workers_of
from tests.conftest import Folder, feedsvc, seed

Serve = Callable[[str], "subprocess.Popen[bytes]"]
ADDRESS = {"FEEDSVC_SITE__BASE_URL": "https://feeds.example.org"}


class Unix(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=20)
        self.path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(os.fspath(self.path))


def _get(path: Path, address: str) -> tuple[int, bytes]:
    with contextlib.closing(Unix(path)) as connection:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read()


def _answers(path: Path) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            return _get(path, "/livez")[0] == 200
        except OSError:
            time.sleep(0.1)
    return False


def _is_dead(path: Path) -> bool:
    """Whether nobody listens any more: the workers of a server end a moment after it."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            _get(path, "/livez")
        except OSError:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def serve(folder: Folder) -> Iterator[Serve]:
    """Start `feedsvc serve` on a socket, and end it afterwards."""
    running: list[subprocess.Popen[bytes]] = []

    def run(host: str) -> "subprocess.Popen[bytes]":
        with (folder.path / "serve.log").open("ab") as log:
            command = [sys.executable, "-m", "feedsvc", "serve", "--host", host]
            environ = folder.environ(**ADDRESS)
            process = subprocess.Popen(command, env=environ, cwd=folder.path, stdout=log, stderr=log, process_group=0)
        running.append(process)
        return process

    yield run
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=30)


@pytest.fixture
def imported(folder: Folder) -> Folder:
    """A folder whose seed is imported."""
    folder.write("a.txt", seed("一篇"))
    assert feedsvc(folder, "db", "upgrade").returncode == 0
    assert feedsvc(folder, "update", **ADDRESS).returncode == 0
    return folder


def test_a_server_listens_on_a_unix_socket(imported: Folder, serve: Serve) -> None:
    """Feeds are served over the socket. A second server is refused. A socket that a killed server left is replaced."""
    path = imported.path / "run.sock"
    first = serve(f"unix:{path}")
    assert _answers(path)
    status, body = _get(path, "/feeds/all.rss")
    second = feedsvc(imported, "serve", "--host", f"unix:{path}", **ADDRESS)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert _is_dead(path)
    serve(f"unix:{path}")

    assert (status, "一篇".encode() in body) == (200, True)
    assert (second.returncode, "another server listens there" in second.stderr + second.stdout) == (1, True)
    assert _answers(path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("none/run.sock", "No such file or directory"), ("seeds", "it is a file and no socket")],
)
def test_a_path_where_no_socket_can_be(imported: Folder, name: str, reason: str) -> None:
    """One line names the path and the reason."""
    said = feedsvc(imported, "serve", "--host", f"unix:{imported.path / name}", **ADDRESS)

    assert said.returncode == 1
    assert reason in said.stderr + said.stdout


def test_a_socket_needs_a_public_address(folder: Folder) -> None:
    """Links cannot be made of a path on this machine."""
    folder.configure("site: {title: 站, tag: 'example.org,2026'}\nsources: {a: {kind: seeds, path: seeds}}\n")
    said = feedsvc(folder, "serve", "--host", f"unix:{folder.path / 'run.sock'}")

    assert said.returncode == 1
    assert "site.base_url is needed" in said.stderr + said.stdout


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 1), (3, 1), (4, 2), (64, 4)])
def test_the_number_of_workers_follows_the_cores(cores: int, workers: int) -> None:
    """The other cores import, poll, and run what else the machine does."""
    assert workers_of(cores) == workers
