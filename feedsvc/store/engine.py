"""Opening the database: SQLite in the data folder by default, PostgreSQL by URL. The same statements run on both."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from feedsvc.errors import StoreError

SQLITE_PRAGMAS = ("PRAGMA busy_timeout=30000", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")

#: A new file becomes WAL under a lock that SQLite does not wait for: how often to ask, and the seconds in between.
WAL_TRIES = 100
WAL_PAUSE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database. `write` transactions are serialised on SQLite; `read` ones never wait."""

    writer: sa.Engine
    reader: sa.Engine
    #: SQLite's file.
    path: Path | None = None

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: committed at the end, rolled back by an exception."""
        with _wrapped(), self.writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent view that writes nothing."""
        with _wrapped(), self.reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.writer.dispose()
        self.reader.dispose()


def open_store(url: str) -> Store:
    """
    Open the database at `url`: `sqlite:///path`, `postgresql://…` or `postgres://…`.

    Raises StoreError when there is no driver for it or the folder cannot be made. The schema is not touched.
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


def _open_sqlite(url: sa.URL) -> Store:
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path.parent}: cannot make the data folder: {error.strerror}; "
            "set FEEDSVC_DATA_DIR to one you may write to"
        ) from error
    writer, reader = sa.create_engine(url), sa.create_engine(url)
    for engine in (writer, reader):
        sa.event.listen(engine, "connect", _prepare_sqlite)
    # A transaction that reads before it writes would fail when another has written in between (SQLITE_BUSY_SNAPSHOT),
    # however long it waited. Taking the lock at the start makes it wait instead.
    sa.event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    sa.event.listen(reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return Store(writer=writer, reader=reader, path=path)


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001 - SQLAlchemy's event
    # Transactions begin where we say, not where the driver guesses.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    _use_wal(cursor)
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
        engine = sa.create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(
            "DATABASE_URL: PostgreSQL needs a driver; install it with: pip install 'feedsvc[postgres]'"
        ) from error
    return Store(writer=engine, reader=engine)


@contextmanager
def _wrapped() -> Iterator[None]:
    """
    The driver's errors as StoreError; its message, never the URL with its password.

    A broken constraint is none of them: that is a bug of ours, and keeps its traceback.
    """
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise StoreError(f"database: {_reason(error)}") from error


def _reason(error: DBAPIError) -> str:
    reason = " ".join(str(error.orig).split())
    if "no such table" in reason or "does not exist" in reason:
        return f"{reason}; run: feedsvc db upgrade"
    return reason
