"""New databases with their tables: each is a copy of one that was migrated, or the same one, emptied."""

import tempfile
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from feedsvc.store import Store, migrate, open_store

#: Settings that keep data after a crash of the machine. No test needs its data then, so they are off.
FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")

#: Sessions that a test left open would wait for the lock, or hold it.
END_OTHERS = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)

#: The tables that had rows since they were made or truncated.
USED_TABLES = sa.text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0"
)

#: The next row of each table is number 1.
RESTART_NUMBERS = sa.text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")


def new_store(url: str) -> Store:
    """
    Open the database at `url`, with its tables.

    A new SQLite file is a copy. The store does not wait for the disk: a test that ends a process loses nothing by that,
    since the system keeps what was written. `feedsvc.store.open_store` opens a store as feedsvc does.
    """
    store = open_store(url)
    if store.path is not None:
        sa.event.listen(store.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        if not store.path.exists():
            store.make_folder()
            store.path.write_bytes(_migrated_file())
    migrate.upgrade(store)
    return store


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite3"
        store = open_store(f"sqlite:///{file}")
        migrate.upgrade(store)
        store.close()
        return file.read_bytes()


def forget_safety(admin: sa.Engine) -> None:
    """Let a PostgreSQL server write to the disk when it likes."""
    with admin.connect() as db:
        for name in FORGETFUL:
            db.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
        db.exec_driver_sql("SELECT pg_reload_conf()")


def empty(url: sa.URL) -> None:
    """Make a PostgreSQL database as it was when it had its tables: no rows, numbers from the beginning, no sessions."""
    engine = sa.create_engine(url.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with engine.begin() as db:
        db.execute(END_OTHERS)
        # DELETE takes a third of the time of TRUNCATE, but rows would then lie where others were: a query without ORDER
        # BY, in a test or in feedsvc, would give another order at each run.
        if used := db.scalars(USED_TABLES).all():
            db.exec_driver_sql(f"TRUNCATE {', '.join(used)} CASCADE")
        db.execute(RESTART_NUMBERS)
