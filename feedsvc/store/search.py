"""
The entries of a feed that may hold words: candidates, which the caller compares with the words.

The index of terms (term_index.py) names the entries that have all terms. If these are few, their places in the feed are
looked up. If they are many, the feed is walked from its newest entry, a part at a time. Of each part, the index says
which entries have the terms: the newest of many are found at once. Entries that are not in the index are candidates.

A word of two characters that no entry of 100,000 has costs 2 ms of CPU on SQLite; without the index, 23 s (`python -m
tests.bench.search`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import sqlalchemy as sa

from feedsvc.filters.folding import folded
from feedsvc.filters.terms import terms_needed
from feedsvc.store import entry_texts, term_index
from feedsvc.store.entry_texts import Words
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import entry, membership, story, unindexed

#: Up to so many entries are few: their places are looked up, and sorted in memory.
FEW = 2000

#: Members of a feed that are read at a time.
PART = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member of a feed, with its shown entry."""

    came_at: datetime
    position: int
    story_id: int
    entry_id: int
    words: Words


class Place(NamedTuple):
    """A member of a feed, with its shown entry. The later of two places is the newer one."""

    came_at: datetime
    position: int
    story_id: int
    id: int


NEWEST = (
    sa.select(membership.c.arrived_at.label("came_at"), membership.c.position, membership.c.story_id, entry.c.id)
    .join(entry, sa.and_(entry.c.story_id == membership.c.story_id, entry.c.is_shown))
    .where(membership.c.feed_id == sa.bindparam("of_feed"))
    .order_by(membership.c.arrived_at.desc(), membership.c.position.desc())
)
#: Two statements, because SQLite would walk the whole feed for one that joins these tables.
SHOWN = sa.select(entry.c.id, entry.c.story_id).where(
    entry.c.id.in_(sa.bindparam("ids", expanding=True)), entry.c.is_shown
)
PLACES = sa.select(membership.c.arrived_at, membership.c.position, membership.c.story_id).where(
    membership.c.feed_id == sa.bindparam("of_feed"),
    membership.c.story_id.in_(sa.bindparam("stories", expanding=True)),
)
WAITING = sa.select(unindexed.c.entry_id)
WAITING_OF = WAITING.where(unindexed.c.entry_id.in_(sa.bindparam("ids", expanding=True)))


def terms_of_words(words: Collection[str]) -> set[int]:
    """The terms that an entry has if it holds all these words, as a person writes them."""
    return terms_needed(map(folded, words))


def candidates(db: sa.Connection, feed_id: int, terms: Collection[int], *, size: int = 50) -> Iterator[list[Candidate]]:
    """
    The members of a feed that may have all these terms, newest arrival first.

    They come in lists of `size` at most, in bounded memory, and are read when the next list is asked for. No member
    that has the terms is left out. Without terms, every member is a candidate.
    """
    found = places(db, feed_id, terms)
    while some := list(islice(found, size)):
        texts = entry_texts.stored(db, [one.id for one in some])
        yield [
            Candidate(
                came_at=one.came_at, position=one.position, story_id=one.story_id, entry_id=one.id, words=texts[one.id]
            )
            for one in some
        ]


def places(
    db: sa.Connection, feed_id: int, terms: Collection[int], conditions: Collection[sa.ColumnElement[bool]] = ()
) -> Iterator[Place]:
    """The members that may have all these terms, newest arrival first; where none is named, those with conditions."""
    if not terms or not term_index.is_usable(db):
        return _walk(db, feed_id, None, conditions)
    found = db.scalars(WAITING.limit(FEW + 1)).all()
    if len(found) <= FEW:
        found = [*found, *term_index.matching(db, terms, FEW + 1)]
    if len(found) > FEW:
        return _walk(db, feed_id, terms, conditions)
    return iter(sorted(_of_entries(db, feed_id, set(found)), reverse=True))


def waiting(db: sa.Connection, entry_ids: Collection[int]) -> set[int]:
    """Those of these entries that are not in the index."""
    return set(db.scalars(WAITING_OF, {"ids": list(entry_ids)}))


def _of_entries(db: sa.Connection, feed_id: int, entry_ids: Collection[int]) -> Iterator[Place]:
    """The places in a feed of those of these entries that are shown there."""
    for ids in chunks(entry_ids):
        shown = {row.story_id: row.id for row in db.execute(SHOWN, {"ids": ids})}
        for row in db.execute(PLACES, {"of_feed": feed_id, "stories": list(shown)}):
            yield Place(row.arrived_at, row.position, row.story_id, shown[row.story_id])


def _walk(
    db: sa.Connection, feed_id: int, terms: Collection[int] | None, conditions: Collection[sa.ColumnElement[bool]] = ()
) -> Iterator[Place]:
    """The members of a feed, newest first; with terms, those that have them or are not in the index."""
    statement = NEWEST
    if conditions:
        statement = NEWEST.join(story, story.c.id == membership.c.story_id).where(*conditions)
    with db.execute(statement, {"of_feed": feed_id}, execution_options={"yield_per": PART}) as rows:
        for part in rows.partitions(PART):
            found = [Place(*row) for row in part]
            if terms is not None:
                ids = [one.id for one in found]
                having = term_index.among(db, terms, ids) | waiting(db, ids)
                found = [one for one in found if one.id in having]
            yield from found
