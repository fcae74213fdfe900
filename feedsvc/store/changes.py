"""Notices within a moment that any process committed something to the database."""

import logging
import os
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
        self._stop = threading.Event()

    def begin(self) -> None:
        """Watch from now on. A process that was forked begins anew: it has no threads of its parent."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process == os.getpid():
                return
            watch = _of_file(self._store, self._store.path) if self._store.path else _of_server(self._store)
            # What was kept before the first look may be out of date.
            known = self._look(watch, None)
            self.epoch += 1
            self._process = os.getpid()
        if not self._store.is_fixed:
            threading.Thread(target=self._run, args=(watch, known), daemon=True).start()

    def end(self) -> None:
        """Stop watching."""
        self._stop.set()

    def _run(self, watch: Callable[[], object], known: object) -> None:
        pause = SQLITE_PAUSE if self._store.path else SERVER_PAUSE
        while not self._stop.wait(pause):
            found = self._look(watch, known)
            if found != known:
                known = found
                self.epoch += 1

    def _look(self, watch: Callable[[], object], known: object) -> object:
        """The state now; `known` while the database does not answer."""
        try:
            with wrapped(self._store.path):
                found = watch()
        except StoreError as error:
            if self.is_reachable:
                log.warning("the database does not answer; kept answers are served: %s", error)
            self.is_reachable = False
            return known
        if not self.is_reachable:
            log.warning("the database answers again")
            self.is_reachable = True
        return found


def _of_file(store: Store, path: Path) -> Callable[[], object]:
    """
    A number that SQLite changes with each commit of another connection (PRAGMA data_version), and the file's identity.

    A file that was put in place of the former one has another number of its own.
    """
    held: list[tuple[tuple[int, int], sa.PoolProxiedConnection]] = []

    def look() -> object:
        try:
            there = path.stat()
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from error
        identity = (there.st_dev, there.st_ino)
        if held and held[0][0] != identity:
            held.pop()[1].invalidate()
        if not held:
            connection = store.reader.raw_connection()
            connection.detach()
            held.append((identity, connection))
        cursor = held[0][1].cursor()
        try:
            version = cursor.execute("PRAGMA data_version").fetchone()
        finally:
            cursor.close()
        return identity, version

    return look


def _of_server(store: Store) -> Callable[[], object]:
    """PostgreSQL's snapshot of transactions, which differs after each commit of a transaction that wrote."""
    held: list[sa.Connection] = []

    def look() -> object:
        if not held:
            held.append(store.reader.execution_options(isolation_level="AUTOCOMMIT").connect())
        try:
            return held[0].scalar(sa.text("SELECT CAST(pg_current_snapshot() AS text)"))
        except Exception:
            held.pop().invalidate()
            raise

    return look
