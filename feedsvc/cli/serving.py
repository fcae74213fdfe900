"""Starts the HTTP server."""

import contextlib
import ctypes
import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from feedsvc.cli.logs import say
from feedsvc.cli.objects import address_taken, configuration, opened_store, reloaded, warn
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import holding

log = logging.getLogger(__name__)

LOCAL = "127.0.0.1"

#: From linux/prctl.h.
PR_SET_PDEATHSIG = 1

#: Before a process that ended is started again: the first time, and at most.
RESTART_SECONDS = 1
LONGEST_PAUSE_SECONDS = 60

#: Requests that one process works on at a time; each is mostly a read of the database.
THREADS = 4

#: How long the server may take to answer before the rest begins, and how often it is asked.
ANSWERING_SECONDS = 30
ASKING_SECONDS = 1
ASKING_PAUSE = 0.1

#: How long requests under way have to end before the server does.
STOP_SECONDS = 10

#: The server's own logs go where ours go.
LOGGING = {
    "version": 1,
    "incremental": False,
    "disable_existing_loggers": False,
    "loggers": {
        "_granian": {"handlers": [], "level": "INFO", "propagate": True},
        "granian.access": {"handlers": [], "level": "INFO", "propagate": True},
    },
}


def listening(port: int | None, host: str, *, is_only: bool = False) -> Config:
    """The configuration for a server on this port, which is free; no other address publishes its database."""
    if port is not None:
        os.environ["PORT"] = str(port)
    config = configuration()
    with opened_store(config, is_migrated=False) as store:
        if is_only:
            holding.second_is_refused(store)
        if store.path is None or store.path.exists():
            try:
                holding.require_address(store, config.site.base_url)
            except holding.OtherAddressError as error:
                raise FeedsvcError(address_taken(config, error.other)) from error
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, config.port))
    except OSError as error:
        raise FeedsvcError(
            f"cannot listen on {host} port {config.port}: {error.strerror}; choose another with --port or PORT"
        ) from error
    return config


def warn_of_address(config: Config) -> None:
    """Say that links work on this machine only, where nobody has said what its address is."""
    warn(config.warnings)
    if config.is_base_url_guessed:
        say(
            f"warning: site.base_url is not set: links say {config.site.base_url}, and work on this machine only",
            logging.WARNING,
        )


def serve_forever(config: Config, host: str) -> None:
    """Serve until a signal ends it."""
    from granian import Granian  # noqa: PLC0415 - only a server pays for it
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian(
        "feedsvc.wsgi:app",
        address=host,
        port=config.port,
        interface=Interfaces.WSGI,
        websockets=False,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_SECONDS,
        log_dictconfig=LOGGING,
    ).serve()


def is_answering(host: str, port: int) -> bool:
    """Whether the server on this port answers requests."""
    at = {"0.0.0.0": LOCAL, "::": "::1"}.get(host, host)  # noqa: S104 - nothing listens here
    connection = http.client.HTTPConnection(at, port, timeout=ASKING_SECONDS)
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
    Run commands of feedsvc until the server ends or a signal asks for it; returns the exit code.

    When the server answers, `when_up` is called, and the others begin: an import would take the processor that the
    server needs to start. One of them that ends by itself is started again, later each time: what is served is worth
    more than what is new.
    SIGHUP goes to all of them.
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
        _end(child)
    return 0 if stop.is_set() else serving.returncode


@dataclass(slots=True, kw_only=True)
class _Kept:
    """A process that is started again when it ends."""

    command: list[str]
    process: subprocess.Popen[bytes]
    pause: float = RESTART_SECONDS
    due: float | None = None

    def look(self) -> None:
        """Start it again, where it has ended, and it is time."""
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
    # A group of its own: Ctrl-C reaches the supervisor alone, which ends its children in order, and `_end` finds all.
    whole = [sys.executable, "-m", "feedsvc", *command]
    return subprocess.Popen(whole, preexec_fn=with_parent, process_group=0)  # noqa: PLW1509, S603


def _end_with_parent() -> None:
    """
    In the child, before it starts: ask the system for SIGTERM when the supervisor is gone, however it went.

    SIGHUP is ignored until the child handles it: the child reads the configuration after that anyway.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(child: subprocess.Popen[bytes]) -> None:
    """
    End a child, and all that it began.

    What a child has begun is safe in its transactions: it may be killed when it takes too long. A server that was
    killed while it replaced its workers would leave one that keeps the port.
    """
    child.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(STOP_SECONDS + 2)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
