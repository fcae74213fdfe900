"""Opening the database: SQLite in the data folder by default, PostgreSQL by URL. The same statements run on both."""

import fcntl
import shlex
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from feedsvc.errors import DeadlockError, StoreError
from feedsvc.store import postgresql

SQLITE_PRAGMAS = ("PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")

#: The time that a transaction waits for another one, in milliseconds: of those that have time, and of those that have a
#: reader who waits.
PATIENCE = 30_000
HASTE = 250

#: The time that an update waits for another one, and the time between two tries.
ALONE_SECONDS = 60
ALONE_PAUSE = 0.1

#: Any numbers that only feedsvc uses.
ALONE_LOCK = 0x66656565
WRITE_LOCK = 0x66656566

#: A new file becomes WAL under a lock that SQLite does not wait for: how often to ask, and the seconds in between.
WAL_TRIES = 100
WAL_PAUSE = 0.05


NONE_YET = "there is no database yet; to make it, run: feedsvc db upgrade (feedsvc up does so by itself)"

VANISHED = (
    "the data folder is not there; if it vanished, put it back, or restart feedsvc up, which makes a new one; if there "
    "was none, run: feedsvc db upgrade"
)

#: The driver that pyproject.toml has under `postgres`.
POSTGRES_DRIVER = "psycopg[binary]>=3.2,<4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database. `write` transactions run one at a time; `read` ones never wait."""

    writer: sa.Engine
    reader: sa.Engine
    #: As `writer`. It waits for other transactions for a moment alone.
    hasty: sa.Engine
    #: SQLite's file.
    path: Path | None = None
    #: Whether its owner says that nobody writes that file.
    is_fixed: bool = False
    #: Called before the database is closed.
    closing: list[Callable[[], None]] = field(default_factory=list)

    @contextmanager
    def write(self, *, is_hasty: bool = False, is_shared: bool = False) -> Iterator[sa.Connection]:
        """
        One transaction: committed at the end, rolled back by an exception.

        It is alone: a decision by stored facts still holds when it is written. On PostgreSQL, transactions with
        `is_shared` run beside each other. These lock the rows by which they decide: first the host of a claim, then
        stories by id, then feeds by id. It waits for other transactions; with `is_hasty`, because a reader waits, for a
        moment alone (HASTE). Then it raises StoreError.
        """
        self._require_folder()
        with wrapped(self.path), (self.hasty if is_hasty else self.writer).begin() as connection:
            if self.path is None:
                postgresql.begin(connection, WRITE_LOCK, HASTE if is_hasty else None, is_shared=is_shared)
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Updates run one at a time, in whatever processes: waits a while for another, then raises StoreError."""
        with wrapped(), self._try_lock() as is_mine:
            deadline = time.monotonic() + ALONE_SECONDS
            while not is_mine():
                if time.monotonic() > deadline:
                    raise StoreError("another update is at work on this database; try again when it has ended")
                time.sleep(ALONE_PAUSE)
            yield

    @contextmanager
    def _try_lock(self) -> Iterator[Callable[[], bool]]:
        """The lock of updates, if it is free. The system also frees the lock of a process that was killed."""
        if self.path is None:
            # Of the session: it outlives the transactions in between.
            with self.writer.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                try:
                    yield lambda: bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(ALONE_LOCK))))
                finally:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock_all()))
            return
        self._require_folder()
        try:
            file = self.path.with_name(f"{self.path.name}.update").open("ab")
        except OSError as error:
            raise StoreError(
                f"{self.path.parent}: the folder of the database cannot be written to ({error.strerror}); "
                "make it writable, or set FEEDSVC_DATA_DIR"
            ) from error
        with file:
            yield lambda: flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent view that writes nothing."""
        self._require_folder()
        with wrapped(self.path), self.reader.connect() as connection, connection.begin():
            yield connection

    def server_time(self) -> datetime:
        """The time of the database server. Only for a database on a server."""
        with self.read() as db:
            found: datetime = db.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return found.astimezone(UTC)

    def _require_folder(self) -> None:
        """Raise StoreError where the folder of SQLite's file is gone: who makes the database has made it."""
        if self.path is not None and not self.path.parent.is_dir():
            raise StoreError(f"{self.path}: {VANISHED}")

    def make_folder(self) -> None:
        """Make the folder of SQLite's file, for who makes the database. Raises StoreError when that cannot be."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.path.parent}: cannot make the data folder: {error.strerror}; "
                "set FEEDSVC_DATA_DIR to one you may write to"
            ) from error

    def close(self) -> None:
        """Close all connections."""
        for end in self.closing:
            end()
        for engine in (self.writer, self.reader, self.hasty):
            engine.dispose()


def open_store(url: str) -> Store:
    """
    Open the database at `url`: `sqlite:///path`, `postgresql://…` or `postgres://…`.

    `sqlite:///path?immutable=1` is one that nobody writes, and that a read-only disk may hold. Raises StoreError when
    there is no driver for it. Nothing is made on the disk, and the schema is not touched.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError(
            "DATABASE_URL: not a database URL; write postgresql://user:password@host/name, or leave it out for SQLite"
        ) from error
    if parsed.drivername == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise StoreError("DATABASE_URL: SQLite needs a file that processes can share; write sqlite:////path/to/file")
    if parsed.drivername == "sqlite":
        return _open_sqlite(parsed)
    if parsed.drivername in {"postgres", "postgresql"}:
        return _open_postgresql(parsed.set(drivername="postgresql+psycopg"))
    raise StoreError(
        f"DATABASE_URL: {parsed.drivername} is not supported; use postgresql://, or leave it out for SQLite"
    )


def is_there(url: str) -> bool:
    """Whether there may be a database at `url`: on a server, or where something is that should be its file."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        return True  # `open_store` says what is wrong
    return parsed.drivername != "sqlite" or Path(parsed.database or "").exists()


def _open_sqlite(url: sa.URL) -> Store:
    path = Path(url.database or "")
    if path.is_dir():
        raise StoreError(f"{path}: a folder; write the path of a file: sqlite:///{path / 'feedsvc.sqlite3'}")
    # A database in WAL mode cannot be opened where nothing can be written, unless somebody says that nobody writes it:
    # SQLite then looks neither at locks nor at changes.
    is_fixed = url.query.get("immutable") == "1"
    url = url.set(query={})
    file = url.set(database=f"file:{quote(str(path))}", query={"immutable": "1", "uri": "true"}) if is_fixed else url
    writer, reader, hasty = (sa.create_engine(one, hide_parameters=True) for one in (url, file, url))
    # Only who writes changes the file's mode: to look at a file leaves it as it is.
    sa.event.listen(writer, "connect", _prepare_writer)
    sa.event.listen(hasty, "connect", _prepare_hasty)
    if not is_fixed:
        sa.event.listen(reader, "connect", _prepare_sqlite)
    # A transaction that reads before it writes would fail when another has written in between (SQLITE_BUSY_SNAPSHOT),
    # however long it waited. Taking the lock at the start makes it wait instead.
    for engine in (writer, hasty):
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    sa.event.listen(reader, "begin", _begin_reading)
    return Store(writer=writer, reader=reader, hasty=hasty, path=path, is_fixed=is_fixed)


def _begin_reading(connection: sa.Connection) -> None:
    # It waits for nothing. SQLAlchemy takes as long to run it as to run a query.
    connection.connection.driver_connection.execute("BEGIN")  # type: ignore[union-attr]  # it is connected


def _prepare_writer(connection: Any, record: object) -> None:
    _prepare_sqlite(connection, record)
    cursor = connection.cursor()
    _use_wal(cursor)
    cursor.close()


def _prepare_hasty(connection: Any, record: object) -> None:
    _prepare_sqlite(connection, record, HASTE)


def _prepare_sqlite(connection: Any, record: object, patience: int = PATIENCE) -> None:  # noqa: ARG001 - SQLAlchemy's event
    # Transactions begin where we say, not where the driver guesses.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"PRAGMA busy_timeout={patience}", *SQLITE_PRAGMAS):
        cursor.execute(pragma)
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    for tries_left in reversed(range(WAL_TRIES)):
        try:
            if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not tries_left:
                raise
            time.sleep(WAL_PAUSE)
        else:
            return


def _open_postgresql(url: sa.URL) -> Store:
    try:
        engine = postgresql.engine_of(url)
    except ModuleNotFoundError as error:
        raise StoreError(
            "DATABASE_URL: PostgreSQL needs a driver; install it with: "
            f"{shlex.quote(sys.executable)} -m pip install '{POSTGRES_DRIVER}'"
        ) from error
    # A transaction begins with the statement that locks (`Store.write`). The driver would begin it with one of its own.
    writer = engine.execution_options(isolation_level="AUTOCOMMIT")
    # What a reader reads in one transaction is of one moment, as on SQLite.
    return Store(writer=writer, reader=engine.execution_options(isolation_level="REPEATABLE READ"), hasty=writer)


def flock(file: BinaryIO, kind: int) -> bool:
    """Whether a lock of the system is taken, or given back; raises StoreError where the disk has no locks."""
    try:
        fcntl.flock(file, kind)
    except BlockingIOError:
        return False
    except OSError as error:
        raise StoreError(
            f"{file.name}: cannot be locked ({error.strerror}), and processes would not know of each other; keep the "
            "database on a disk of this machine: set FEEDSVC_DATA_DIR"
        ) from error
    return True


@contextmanager
def wrapped(path: Path | None = None) -> Iterator[None]:
    """
    The driver's errors as StoreError; its message, never the URL with its password. `path` is SQLite's file.

    A broken constraint is none of them: that is a bug of ours, and keeps its traceback.
    """
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        kind = DeadlockError if getattr(error.orig, "sqlstate", None) == postgresql.DEADLOCK else StoreError
        raise kind(f"database: {_reason(error, path)}") from error
    except sa.exc.TimeoutError as error:  # of the pool
        raise StoreError("database: all connections are in use; try again") from error


#: A driver's message → the remedy. The first that fits counts: of a database that the server lacks, PostgreSQL says
#: "does not exist" as well.
DATABASE_REMEDIES = (
    (("connection failed", "connection to server"), "see whether the server runs, and whether DATABASE_URL is right"),
    (("no such table", "does not exist"), "run: feedsvc db upgrade"),
    (("disk I/O error",), "see whether the disk is full"),
    (("disk image is malformed",), "its file is damaged: put a backup in its place, or move it away and import again"),
    (
        ("unable to open database file", "attempt to write a readonly database"),
        "where the disk is read-only, serve it with DATABASE_URL=sqlite:////path/to/file?immutable=1",
    ),
)


def _reason(error: DBAPIError, path: Path | None) -> str:
    reason = " ".join(str(error.orig).split())
    if "file is not a database" in reason:
        return f"{path} is not a database; move it away, or set DATABASE_URL or FEEDSVC_DATA_DIR"
    remedy = next((remedy for words, remedy in DATABASE_REMEDIES if any(one in reason for one in words)), None)
    return f"{reason}; {remedy}" if remedy else reason
