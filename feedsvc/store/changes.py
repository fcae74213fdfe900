"""Notices within a moment that any process committed something to the database."""

import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from feedsvc.errors import StoreError
from feedsvc.store.engine import Store, wrapped

log = logging.getLogger(__name__)

#: Seconds between two looks. SQLite says in microseconds whether anything changed; PostgreSQL needs a round trip.
SQLITE_PAUSE = 0.2
SERVER_PAUSE = 0.4

#: Seconds that a look waits for a lock.
PATIENCE = 1.0


class Changes:
    """
    Watches a database, from a thread of its own that begins with the first question.

    `epoch` rises after each commit of any process. While `is_reachable` is false, nobody knows.
    """

    def __init__(self, store: Store) -> None:
        self.epoch = 0
        self.is_reachable = True
        self._store = store
        self._process = 0
        self._lock = threading.Lock()
        self._watch: Callable[[], object] = object
        self._known: object = None

    def begin(self) -> None:
        """Watch from now on. A process that was forked begins anew: it has no threads of its parent."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process == os.getpid():
                return
            self._watch = _of_file(self._store.path) if self._store.path else _of_server(self._store)
            # What was kept before the first look may be out of date.
            self._look()
            self._process = os.getpid()
        if not self._store.is_fixed:
            threading.Thread(target=self._run, name="changes", daemon=True).start()

    def look(self) -> None:
        """See at once whether anything was committed."""
        self.begin()
        with self._lock:
            self._look()

    def _run(self) -> None:
        pause = threading.Event()
        while not pause.wait(SQLITE_PAUSE if self._store.path else SERVER_PAUSE):
            with self._lock:
                self._look()

    def _look(self) -> None:
        """Raise the epoch if the database is in another state than before. While it does not answer, keep the epoch."""
        try:
            with wrapped(self._store.path):
                found = self._watch()
        except StoreError as error:
            if self.is_reachable:
                log.warning("the database does not answer; kept answers are served: %s", error)
            self.is_reachable = False
            return
        if not self.is_reachable:
            log.warning("the database answers again")
        if found != self._known:
            self._known = found
            self.epoch += 1
        self.is_reachable = True


def _of_file(path: Path) -> Callable[[], object]:
    """
    A number that SQLite changes with each commit of another connection (PRAGMA data_version), and the file's identity.

    A file that was put in place of the former one has another number of its own.
    """
    held: list[tuple[tuple[int, int], sqlite3.Connection]] = []

    def look() -> object:
        try:
            there = path.stat()
            identity = (there.st_dev, there.st_ino)
            if held and held[0][0] != identity:
                held.pop()[1].close()
            if not held:
                connection = sqlite3.connect(path, PATIENCE, isolation_level=None, check_same_thread=False)
                held.append((identity, connection))
            return identity, held[0][1].execute("PRAGMA data_version").fetchone()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: {error}") from error

    return look


def _of_server(store: Store) -> Callable[[], object]:
    """PostgreSQL's snapshot of transactions, which differs after each commit of a transaction that wrote."""
    held: list[sa.Connection] = []

    def look() -> object:
        if not held:
            held.append(store.writer.execution_options(isolation_level="AUTOCOMMIT").connect())
        try:
            return held[0].scalar(sa.text("SELECT CAST(pg_current_snapshot() AS text)"))
        except Exception:
            held.pop().invalidate()
            raise

    return look
