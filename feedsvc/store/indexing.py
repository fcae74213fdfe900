"""Fills the index of terms, a batch at a time: a search compares the entries that are not in it one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from feedsvc.store import entry_texts, term_index
from feedsvc.store.entry_texts import Words
from feedsvc.store.schema import unindexed


@dataclass(frozen=True, slots=True, kw_only=True)
class Unindexed:
    """An entry that the index does not have, and the terms that it will stand under."""

    id: int
    words: Words
    terms: frozenset[int]


def count(db: sa.Connection) -> int:
    """The number of entries that the index does not have yet."""
    return db.scalar(sa.select(sa.func.count()).select_from(unindexed)) or 0


def is_needed(db: sa.Connection) -> bool:
    """Whether there is anything to do: entries to add, or an index of other terms."""
    return bool(db.scalar(sa.select(sa.exists(sa.select(unindexed.c.entry_id))))) or (
        term_index.version(db) is not None and not term_index.is_usable(db)
    )


def newest(db: sa.Connection, number: int) -> list[Unindexed]:
    """The newest entries that the index does not have."""
    ids = db.scalars(sa.select(unindexed.c.entry_id).order_by(unindexed.c.entry_id.desc()).limit(number)).all()
    found = entry_texts.stored(db, ids)
    return [Unindexed(id=id_, words=words, terms=frozenset(entry_texts.terms(words))) for id_, words in found.items()]


def add(db: sa.Connection, found: Sequence[Unindexed]) -> int:
    """
    Add these entries to the index, but those that changed or were indexed since they were read.

    Returns how many are in the index now.
    """
    ids = [one.id for one in found]
    waiting = set(db.scalars(sa.select(unindexed.c.entry_id).where(unindexed.c.entry_id.in_(ids))))
    now = entry_texts.stored(db, waiting)
    same = [one for one in found if now.get(one.id) == one.words]
    entry_texts.keep_missing(db, {one.id: one.words.text for one in same})
    term_index.add(db, [(one.id, one.terms) for one in same])
    db.execute(sa.delete(unindexed).where(unindexed.c.entry_id.in_([one.id for one in same])))
    return len(same)
