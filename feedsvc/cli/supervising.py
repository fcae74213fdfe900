"""
Runs the processes of `feedsvc up`: the server, and beside it what imports and what polls.

The supervisor runs for months and does little. So this module imports nothing but small modules of the standard
library: a client of HTTP alone would double its memory.
"""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from feedsvc.cli.listening import connect
from feedsvc.signals import LOOK_SECONDS, Signals

log = logging.getLogger(__name__)

#: From linux/prctl.h.
PR_SET_PDEATHSIG = 1

#: Seconds before a process that ended starts again: the first time, and at most.
RESTART_SECONDS = 1
LONGEST_PAUSE_SECONDS = 60

#: Seconds that the server has to answer before the other processes begin; and of one request, and between two.
ANSWERING_SECONDS = 30
ASKING_PAUSE = 0.1

#: Seconds that a process has to end before it is killed: the server gives its requests `STOP_SECONDS` of them.
STOP_SECONDS = 10
WAITING_PAUSE = 0.05

#: Added to the niceness of processes that import and poll: the server goes first where all want the processor.
NICENESS = 10


class Started(Protocol):
    """A process that this process started."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def returncode(self) -> int | None:
        """Its exit code; None while it runs. Known after `poll` or `wait`."""

    def poll(self) -> int | None:
        """Look whether it has ended."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired."""

    def send_signal(self, sig: int) -> None:
        """Send a signal, unless it has ended."""

    def terminate(self) -> None:
        """Ask it to end."""


class Adopted:
    """A process that this process started before it executed itself again."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Look whether it has ended."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(WAITING_PAUSE)
        return code

    def send_signal(self, sig: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def is_answering(host: str, port: int) -> bool:
    """Whether the server answers requests."""
    try:
        with connect(host, port) as connection:
            connection.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(16).startswith(b"HTTP/1.")
    except OSError:
        return False


def supervise(
    serving: Started,
    others: list[list[str]],
    is_up: Callable[[], bool],
    when_up: Callable[[], None],
    new_configuration: Callable[[], str | None],
) -> int:
    """
    Run commands of feedsvc beside the server, until the server ends or a signal comes. Returns the exit code.

    When the server answers, `when_up` is called, and the other commands begin: an import would take the processor that
    the server needs to start. A command that ends by itself is started again, after a longer pause each time: the
    server goes on without it. If the server ends, everything ends: an operator's supervisor starts it again.
    SIGHUP goes to all processes, if `new_configuration` gives the path of a valid configuration.
    """
    signals = Signals()
    deadline = time.monotonic() + ANSWERING_SECONDS
    while not signals.is_stopping and serving.poll() is None and time.monotonic() < deadline:
        if is_up():
            when_up()
            break
        signals.wait(ASKING_PAUSE)
    kept = [_Kept(command=command, process=start(command, NICENESS)) for command in others if not signals.is_stopping]
    while not signals.wait(LOOK_SECONDS) and serving.poll() is None:
        if signals.is_again():
            _reload([serving, *(one.process for one in kept)], new_configuration())
        for one in kept:
            one.look()
    if not signals.is_stopping:
        log.error("the server ended (exit code %s), and so does feedsvc up", serving.returncode)
    for child in (serving, *(one.process for one in kept)):
        child.terminate()
    for child in (serving, *(one.process for one in kept)):
        end_process(child)
    return 0 if signals.is_stopping else serving.returncode or 0


@dataclass(slots=True, kw_only=True)
class _Kept:
    """A process that is started again when it has ended."""

    command: list[str]
    process: Started
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
            self.process, self.due = start(self.command, NICENESS), None


def _reload(children: list[Started], path: str | None) -> None:
    """Let every process read the configuration again, if it is valid."""
    if path is None:
        return
    for child in children:
        child.send_signal(signal.SIGHUP)
    log.info("the new configuration is in use: %s is read again by all processes", path)


def python(command: Sequence[str]) -> list[str]:
    """The command line of a command of feedsvc."""
    return [sys.executable, "-m", "feedsvc", *command]


def start(command: list[str], niceness: int = 0, keep: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Start a command of feedsvc, which ends with this process. `keep`: open files that it gets."""

    def begin() -> None:
        """
        In the child, before it starts: ask the system for SIGTERM when the supervisor ends, in whatever way.

        SIGHUP is ignored until the child handles it: the child reads the configuration after that.
        """
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.nice(niceness)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    # A group of its own: Ctrl-C reaches only the supervisor, which ends its children in order. `end_process` kills it.
    return subprocess.Popen(python(command), preexec_fn=begin, process_group=0, pass_fds=keep)  # noqa: PLW1509, S603


def end_process(child: Started) -> None:
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
