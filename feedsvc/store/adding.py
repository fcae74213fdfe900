"""Adds rows to any table."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def inserted(db: sa.Connection, table: sa.Table, values: dict[str, Any]) -> int:
    """Insert a row; its id."""
    (row_id,) = db.execute(sa.insert(table).values(**values).returning(table.c.id)).one()
    return int(row_id)


def lock(db: sa.Connection, table: sa.Table) -> None:
    """Let no other transaction that calls this add rows to a table before the end of this one."""
    if db.dialect.name == "postgresql":  # SQLite has one writer
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"feedsvc {table.name}"))))


def insert_missing(db: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, but for those that are there: another transaction may add the same row at the same time."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    db.execute(insert(table).on_conflict_do_nothing(), rows)
