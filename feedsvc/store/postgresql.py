"""Connections to PostgreSQL, and the beginning of transactions there, with few messages to the server."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa

from feedsvc.errors import DeadlockError

T = TypeVar("T")

#: A connection that was idle for so long may be dead.
IDLE_SECONDS = 2.0

#: A transaction may be without a statement for so long: no work between two statements takes as long.
STILL_SECONDS = 60

#: The channel of notices, and the statement that sends one.
CHANNEL = "feedsvc"
ANNOUNCE = sa.text(f"NOTIFY {CHANNEL}")

#: PostgreSQL's code of a deadlock, and how often a transaction is tried that met one.
DEADLOCK = "40P01"
TRIES = 3

#: Seconds that a connection may take, unless the address of the database says it.
CONNECT_SECONDS = 10

#: The place where the last use of a connection is noted.
USED = "feedsvc_used"


def engine_of(url: sa.URL) -> sa.Engine:
    """Connections to this database. Raises ModuleNotFoundError where the driver is not installed."""
    bound = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    engine = sa.create_engine(url, hide_parameters=True, connect_args=bound)
    # All new rows of a table go with one statement, also where nothing comes back.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    sa.event.listen(engine, "checkin", _note_use)
    sa.event.listen(engine, "checkout", partial(_ask_idle, engine.dialect))
    return engine


def begin(connection: sa.Connection, lock: int, patience: int | None, *, is_shared: bool) -> None:
    """
    Begin a transaction and take a lock, with one message. Each message takes the time to the server and back.

    `patience` is the time that the transaction waits for any lock, in milliseconds; None: as long as it takes. The
    server ends a transaction whose process stands still: others wait for its locks.
    """
    bound = f"SET LOCAL idle_in_transaction_session_timeout = {STILL_SECONDS * 1000}; "
    bound += "" if patience is None else f"SET LOCAL lock_timeout = {patience}; "
    taken = f"pg_advisory_xact_lock{'_shared' if is_shared else ''}({lock})"
    connection.exec_driver_sql(f"BEGIN; {bound}SELECT {taken}", execution_options={"no_parameters": True})


def announce(db: sa.Connection) -> None:
    """Let `Notices` tell all processes, once this transaction is committed, that published content changed."""
    if db.dialect.name == "postgresql":
        db.execute(ANNOUNCE)


class Notices:
    """Waits for what `announce` says, with a connection of its own. Whoever misses a notice looks a moment later."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        #: Not of the pool. SQLAlchemy closes the connection with this object.
        self.connection: sa.PoolProxiedConnection | None = None

    def wait(self, seconds: float) -> bool:
        """Wait until a notice comes, for so long at most. Returns whether one came. Raises the driver's errors."""
        if self.connection is None:
            self.connection = self.engine.raw_connection()
            self.connection.detach()
            driver: Any = self.connection.dbapi_connection
            driver.autocommit = True
            driver.execute(f"LISTEN {CHANNEL}")
        driver = self.connection.dbapi_connection
        return any(True for _ in driver.notifies(timeout=seconds, stop_after=1))

    def close(self) -> None:
        """Wait no more."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def tried(transaction: Callable[[], T]) -> T:
    """The result of a whole transaction. After a deadlock, it is tried again."""
    for _ in range(TRIES - 1):
        with suppress(DeadlockError):
            return transaction()
    return transaction()


def _note_use(_: Any, record: sa.pool.ConnectionPoolEntry) -> None:
    record.info[USED] = time.monotonic()


def _ask_idle(dialect: sa.Dialect, connection: Any, record: sa.pool.ConnectionPoolEntry, _: object) -> None:
    """Ask a connection that was idle for a while whether it is alive. The pool replaces a dead one."""
    now = time.monotonic()
    if now - record.info.get(USED, now) < IDLE_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except Exception as error:
        raise sa.exc.DisconnectionError from error
