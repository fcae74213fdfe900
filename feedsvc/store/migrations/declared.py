"""
All that is declared of the schema, for Alembic: the tables of schema.py, and the indexes over a part of a table.

An option of one database makes SQLAlchemy import all drivers for that database, which takes 60 ms. So these indexes do
not stand in schema.py, which every command imports.
"""

from functools import cache

import sqlalchemy as sa

from feedsvc.store import term_index
from feedsvc.store.schema import WAITING, entry, metadata

SHOWN = sa.text("is_shown")


def is_declared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table should be declared: not those of the index of terms, which differ by database."""
    return kind != "table" or not (name or "").startswith(term_index.NAME)


@cache
def declared() -> sa.MetaData:
    """The tables with all their indexes."""
    # Waiting entries are read at the end of each round of polls. Entries that a rule drops wait long.
    sa.Index("ix_entry_waiting", entry.c.source_id, sqlite_where=WAITING, postgresql_where=WAITING)
    sa.Index("uq_entry_shown", entry.c.story_id, unique=True, sqlite_where=SHOWN, postgresql_where=SHOWN)
    return metadata
