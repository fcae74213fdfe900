"""Runs the processes of `feedsvc up`: the server, and beside it what imports and what polls."""

import contextlib
import ctypes
import http.client
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from feedsvc.cli.objects import reloaded

log = logging.getLogger(__name__)

#: From linux/prctl.h.
PR_SET_PDEATHSIG = 1

#: Seconds before a process that ended starts again: the first time, and at most.
RESTART_SECONDS = 1
LONGEST_PAUSE_SECONDS = 60

#: Seconds that the server has to answer before the other processes begin; and of one request, and between two.
ANSWERING_SECONDS = 30
ASKING_SECONDS = 1
ASKING_PAUSE = 0.1

#: Seconds that a process has to end before it is killed: the server gives its requests `STOP_SECONDS` of them.
STOP_SECONDS = 10

#: Addresses that mean every address of this machine → the one to ask.
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing listens here


def is_answering(host: str, port: int) -> bool:
    """Whether the server on this port answers requests."""
    connection = http.client.HTTPConnection(WILDCARDS.get(host, host), port, timeout=ASKING_SECONDS)
    try:
        connection.request("GET", "/livez")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def supervise(
    server: list[str], others: list[list[str]], is_up: Callable[[], bool], when_up: Callable[[], None]
) -> int:
    """
    Run commands of feedsvc until the server ends or a signal comes. Returns the exit code.

    When the server answers, `when_up` is called, and the other commands begin: an import would take the processor that
    the server needs to start. A command that ends by itself is started again, after a longer pause each time: the
    server goes on without it.
    SIGHUP goes to all processes.
    """
    stop, again = threading.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, lambda *_: again.set())
    serving, deadline = _start(server), time.monotonic() + ANSWERING_SECONDS
    while not stop.is_set() and serving.poll() is None and time.monotonic() < deadline:
        if is_up():
            when_up()
            break
        stop.wait(ASKING_PAUSE)
    kept = [] if stop.is_set() else [_Kept(command=command, process=_start(command)) for command in others]
    while not stop.wait(0.2) and serving.poll() is None:
        if again.is_set():
            again.clear()
            _reload([serving, *(one.process for one in kept)])
        for one in kept:
            one.look()
    for child in (serving, *(one.process for one in kept)):
        child.terminate()
    for child in (serving, *(one.process for one in kept)):
        _end_process(child)
    return 0 if stop.is_set() else serving.returncode


@dataclass(slots=True, kw_only=True)
class _Kept:
    """A process that is started again when it has ended."""

    command: list[str]
    process: subprocess.Popen[bytes]
    pause: float = RESTART_SECONDS
    due: float | None = None

    def look(self) -> None:
        """Start it again where it has ended and its pause is over."""
        if self.process.poll() is None:
            return
        if self.due is None:
            name, code = self.command[0], self.process.returncode
            log.error("feedsvc %s ended (exit code %s); it starts again in %d s", name, code, self.pause)
            self.due, self.pause = time.monotonic() + self.pause, min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        elif time.monotonic() >= self.due:
            self.process, self.due = _start(self.command), None


def _reload(children: list[subprocess.Popen[bytes]]) -> None:
    """Let every process read the configuration again, if it is valid."""
    if (config := reloaded()) is None:
        return
    for child in children:
        child.send_signal(signal.SIGHUP)
    log.info("the new configuration is in use: %s is read again by all processes", config.path)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    with_parent = _end_with_parent if sys.platform == "linux" else None
    # A group of its own: Ctrl-C reaches only the supervisor, which ends its children in order. `_end_process` kills it.
    whole = [sys.executable, "-m", "feedsvc", *command]
    return subprocess.Popen(whole, preexec_fn=with_parent, process_group=0)  # noqa: PLW1509, S603


def _end_with_parent() -> None:
    """
    In the child, before it starts: ask the system for SIGTERM when the supervisor ends, in whatever way.

    SIGHUP is ignored until the child handles it: the child reads the configuration after that.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_process(child: subprocess.Popen[bytes]) -> None:
    """
    End a child, and all processes that it started.

    A child that takes too long is killed; its transactions are rolled back. A server that was killed while it replaced
    its workers would leave a worker that keeps the port, so the whole group is killed.
    """
    child.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(STOP_SECONDS + 2)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
