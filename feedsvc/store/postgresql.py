"""Connections to PostgreSQL, and the beginning of transactions there, with few messages to the server."""

import time
from functools import partial
from typing import Any

import sqlalchemy as sa

#: A connection that was idle for so long may be dead.
IDLE_SECONDS = 2.0

#: The place where the last use of a connection is noted.
USED = "feedsvc_used"


def engine_of(url: sa.URL) -> sa.Engine:
    """Connections to this database. Raises ModuleNotFoundError where the driver is not installed."""
    engine = sa.create_engine(url, hide_parameters=True)
    # All new rows of a table go with one statement, also where nothing comes back.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    sa.event.listen(engine, "checkin", _note_use)
    sa.event.listen(engine, "checkout", partial(_ask_idle, engine.dialect))
    return engine


def begin(connection: sa.Connection, lock: int, patience: int | None, *, is_shared: bool) -> None:
    """
    Begin a transaction and take a lock, with one message. Each message takes the time to the server and back.

    `patience` is the time that the transaction waits for any lock, in milliseconds; None: as long as it takes.
    """
    bound = "" if patience is None else f"SET LOCAL lock_timeout = {patience}; "
    taken = f"pg_advisory_xact_lock{'_shared' if is_shared else ''}({lock})"
    connection.exec_driver_sql(f"BEGIN; {bound}SELECT {taken}", execution_options={"no_parameters": True})


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
