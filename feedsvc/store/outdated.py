"""Entries that an older policy of the sanitiser made."""

import dataclasses
from collections.abc import Iterable

import sqlalchemy as sa

from feedsvc.identity import Hashes
from feedsvc.merge import Stored
from feedsvc.model import Entry, RawEntry
from feedsvc.store import entry_texts, stories
from feedsvc.store.entries import save_categories
from feedsvc.store.lookups import STORED, stored_of
from feedsvc.store.rows import as_published, hash_columns, shown_columns
from feedsvc.store.schema import entry, entry_category, source


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """An entry that an older policy made."""

    raw: RawEntry
    stored: Stored
    source: str


def count(db: sa.Connection, policy_version: int) -> int:
    """The number of entries that an older policy made."""
    return db.scalar(sa.select(sa.func.count()).where(entry.c.policy_version < policy_version)) or 0


def after(db: sa.Connection, entry_id: int, number: int, policy_version: int) -> list[Outdated]:
    """The next `number` entries after one that an older policy made, withdrawn ones included."""
    rows = db.execute(
        sa.select(*STORED, entry.c.raw, entry.c.rewrite, source.c.name)
        .join(source, source.c.id == entry.c.source_id)
        .where(entry.c.policy_version < policy_version, entry.c.id > entry_id)
        .order_by(entry.c.id)
        .limit(number)
    ).all()
    return [
        Outdated(raw=dataclasses.replace(as_published(row), guid=row.guid), stored=stored_of(row), source=row.name)
        for row in rows
    ]


#: Columns that a policy does not change. `title_key` is made with what was learnt of the source.
UNTOUCHED = frozenset({"guid", "published", "updated", "title_key"})


def save(db: sa.Connection, stored: Stored, new: Entry, made: Hashes, policy_version: int) -> None:
    """
    Save a stored entry as the current policy makes it, unless its source has changed the entry meanwhile.

    Dates and guid stay, and whether it is shown.
    """
    kept = {name: value for name, value in shown_columns(new).items() if name not in UNTOUCHED}
    values = {**kept, **hash_columns(made), "policy_version": policy_version}
    if db.scalar(sa.select(sa.exists().where(*_as_read(stored)))):
        entry_texts.replace(db, stored.id, new)
        db.execute(sa.update(entry).where(*_as_read(stored)).values(**values))
        stories.show_fullest(db, [stored.story_id])
        db.execute(sa.delete(entry_category).where(entry_category.c.entry_id == stored.id))
        save_categories(db, {stored.id: new.categories})


def mark(db: sa.Connection, stored: Iterable[Stored], policy_version: int) -> None:
    """Record that these entries are as the current policy makes them."""
    for one in stored:
        db.execute(sa.update(entry).where(*_as_read(one)).values(policy_version=policy_version))


def _as_read(stored: Stored) -> tuple[sa.ColumnElement[bool], ...]:
    return entry.c.id == stored.id, entry.c.raw_hash == stored.raw_hash
