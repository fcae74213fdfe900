"""Notices within a moment that any process committed something to the database."""

import logging
import os
import sqlite3
import threading
import time
from pathlib import Path

import sqlalchemy as sa

from feedsvc.errors import StoreError
from feedsvc.store import postgresql
from feedsvc.store.engine import Store, wrapped

log = logging.getLogger(__name__)

#: Seconds between two looks. SQLite says in microseconds whether anything changed; PostgreSQL needs a round trip, and
#: sends a notice when published content changed.
SQLITE_PAUSE = 0.2
SERVER_PAUSE = 0.4

#: Seconds after which a process that waits for a notice sees that it has to end.
SLICE = 0.2

#: Seconds that a look waits for a lock, and after which a look that has not come to its end hangs.
PATIENCE = 1.0
HANGING = 1.5


class Changes:
    """
    Watches a database, from a thread of its own that begins with the first question.

    `epoch` rises after each commit of any process. While the database is not reachable, nobody knows.
    """

    def __init__(self, store: Store) -> None:
        self.epoch = 0
        self._answered = True
        #: When the present look began, by the monotonic clock.
        self._began: float | None = None
        self._store = store
        self._process = 0
        self._lock = threading.Lock()
        self._watched: _File | _Server | None = None
        self._known: object = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Watch from now on. A process that was forked begins anew: it has no threads of its parent."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process == os.getpid():
                return
            self._watched = _File(self._store.path) if self._store.path else _Server(self._store.writer)
            self._store.closing.append(self.end)
            # Answers that were kept before the first look may be out of date.
            self.epoch += 1
            self._process = os.getpid()
        if not self._store.is_fixed:
            self._thread = threading.Thread(target=self._run, name="changes", daemon=True)
            self._thread.start()

    @property
    def is_hanging(self) -> bool:
        """Whether the database neither answers nor fails, as on a server that was frozen."""
        began = self._began
        return began is not None and time.monotonic() - began > HANGING

    @property
    def is_reachable(self) -> bool:
        """Whether the database answered the last look, and does not hang in the present one."""
        return self._answered and not self.is_hanging

    def end(self) -> None:
        """Look no more: the store is closed."""
        self._ended.set()
        if self._thread is not None and self._process == os.getpid():
            self._thread.join(PATIENCE)
        # A look that hangs keeps its connection.
        if self._lock.acquire(timeout=PATIENCE):
            try:
                if self._watched is not None:
                    self._watched.close()
            finally:
                self._lock.release()

    def look(self) -> None:
        """See at once whether anything was committed."""
        self.begin()
        with self._lock:
            self._look()

    def _run(self) -> None:
        notices = None if self._store.path else postgresql.Notices(self._store.writer)
        while not self._ended.is_set():
            self._wait(notices)
            with self._lock:
                self._look()
        if notices is not None:
            notices.close()

    def _wait(self, notices: postgresql.Notices | None) -> None:
        """Wait for a notice of the server, or for the next look behind it."""
        if notices is None:
            self._ended.wait(SQLITE_PAUSE)
            return
        end = time.monotonic() + SERVER_PAUSE
        try:
            while time.monotonic() < end and not self._ended.is_set() and not notices.wait(SLICE):
                pass
        except Exception:  # the look after it says what is wrong with the database
            log.debug("no notices", exc_info=True)
            notices.close()
            self._ended.wait(SERVER_PAUSE)

    def _look(self) -> None:
        """Raise the epoch if the database is in another state than before. While it does not answer, keep the epoch."""
        if self._watched is None or self._ended.is_set():
            return
        self._began = time.monotonic()
        try:
            with wrapped(self._store.path):
                found = self._watched.look()
        except Exception as error:  # this thread must not end: nobody would see changes any more
            self._watched.close()
            if self._answered:
                log.warning("the database does not answer; kept answers are served: %s", error)
            self._answered = False
            return
        finally:
            self._began = None
        if not self._answered:
            log.warning("the database answers again")
        if found != self._known:
            self._known = found
            self.epoch += 1
        self._answered = True


class _File:
    """
    A number that SQLite changes with each commit of another connection (PRAGMA data_version), and the file's identity.

    A file that was put in place of the former one has another number of its own.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.identity = (0, 0)
        self.connection: sqlite3.Connection | None = None

    def look(self) -> object:
        try:
            there = self.path.stat()
            if self.identity != (there.st_dev, there.st_ino):
                self.close()
            if self.connection is None:
                self.identity = (there.st_dev, there.st_ino)
                self.connection = sqlite3.connect(self.path, PATIENCE, isolation_level=None, check_same_thread=False)
            return self.identity, self.connection.execute("PRAGMA data_version").fetchone()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{self.path}: {error}") from error

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class _Server:
    """PostgreSQL's snapshot of transactions, which differs after each commit of a transaction that wrote."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self.connection: sa.Connection | None = None

    def look(self) -> object:
        if self.connection is None:
            self.connection = self.engine.connect()
        try:
            return self.connection.scalar(sa.text("SELECT CAST(pg_current_snapshot() AS text)"))
        except Exception:
            self.connection.invalidate()
            self.connection = None
            raise

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
