"""Reads stored entries, as far as a decision needs them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from feedsvc.identity import Hashes, first_place
from feedsvc.identity.headline import Decorations, headline_key
from feedsvc.merge import Signs, Stored
from feedsvc.merge.matching import COMPARED_TEXT
from feedsvc.normalize import title_key
from feedsvc.store.schema import entry, story

#: Bound parameters of one statement: less than SQLite's limit.
CHUNK = 500

#: An answer is compared with so many entries whose guid and page may have changed.
MAX_MOVED = 500

#: The columns that a decision needs.
STORED = (
    entry.c.id, entry.c.story_id, entry.c.guid, entry.c.own_guid, entry.c.raw_hash, entry.c.published_hash,
    entry.c.seen_hash, entry.c.steady_hash, entry.c.edited_at, entry.c.streak, entry.c.is_counting, entry.c.published,
    entry.c.updated, entry.c.withdrawn_at, entry.c.article_key, entry.c.link_key, entry.c.title, entry.c.enclosures,
    sa.func.substr(entry.c.content, 1, 2 * COMPARED_TEXT).label("text"),
)  # fmt: skip


def stored_of(row: Any) -> Stored:
    """A stored entry, from a row with STORED."""
    return Stored(
        id=row.id,
        story_id=row.story_id,
        guid=row.guid,
        raw_hash=row.raw_hash,
        hashes=Hashes(published=row.published_hash, seen=row.seen_hash, steady=row.steady_hash),
        published=row.published,
        updated=row.updated,
        is_withdrawn=row.withdrawn_at is not None,
        signs=Signs(
            own_guid=row.own_guid or "",
            key=row.article_key or "",
            page=row.link_key or "",
            title=row.title,
            title_key=title_key(row.title),
            published=row.published,
            enclosure=first_place(one["url"] for one in row.enclosures),
            content=row.text,
            hash=row.raw_hash,
        ),
        edited_at=row.edited_at,
        streak=row.streak,
        is_counting=row.is_counting,
    )


def look_up(db: sa.Connection, source_id: int, guids: Collection[str]) -> dict[str, Stored]:
    """The entries of a source with these guids, withdrawn entries included."""
    found = (
        db.execute(sa.select(*STORED).where(entry.c.source_id == source_id, entry.c.guid.in_(chunk)))
        for chunk in chunks(guids)
    )
    return {row.guid: stored_of(row) for rows in found for row in rows}


def alike(
    db: sa.Connection, source_id: int, signs: Sequence[Signs], guids: Sequence[str], learnt: Decorations
) -> list[Stored]:
    """
    The entries of a source, the oldest first, that have a sign in common with any of `signs`, or one of `guids`.

    `learnt` is what the source adds to its headlines.
    One statement for each chunk of `signs`. Each of its conditions names the source by itself, so that each takes an
    index of its own: SQLite would otherwise read all entries of the source.
    """
    found: dict[int, Stored] = {}
    for some, called in zip(chunks(signs), chunks(guids), strict=True):
        named = (
            (entry.c.guid, set(called)),
            (entry.c.own_guid, {one.own_guid for one in some}),
            (entry.c.article_key, {one.key for one in some}),
            (entry.c.link_key, {one.page for one in some}),
        )
        moved = (
            (entry.c.published, {one.published for one in some}),
            (entry.c.title_key, {key for one in some if one.published is None for key in _headlines(one, learnt)}),
        )
        # If very many entries share a date, the newest are compared.
        newest = _of_source(source_id, moved).order_by(entry.c.id.desc()).limit(MAX_MOVED).subquery()
        rows = db.execute(sa.union_all(_of_source(source_id, named), sa.select(newest)))
        found |= {row.id: stored_of(row) for row in rows}
    return [found[entry_id] for entry_id in sorted(found)]


def _of_source(source_id: int, wanted: "Sequence[tuple[sa.Column[Any], set[Any]]]") -> "sa.Select[tuple[Any, ...]]":
    conditions = [
        sa.and_(entry.c.source_id == source_id, column.in_(sorted(given)))
        for column, values in wanted
        if (given := {value for value in values if value})
    ]
    return sa.select(*STORED).where(sa.or_(sa.false(), *conditions))


def _headlines(one: Signs, learnt: Decorations) -> set[str]:
    """The keys of a headline: with what was learnt of its source, and without."""
    return {headline_key(one.title, learnt), headline_key(one.title)}


def has_guid(db: sa.Connection, source_id: int, guid: str) -> bool:
    """Whether an entry of a source has this guid."""
    return bool(db.scalar(sa.select(sa.exists().where(entry.c.source_id == source_id, entry.c.guid == guid))))


def raw_hashes(db: sa.Connection, source_id: int, number: int) -> frozenset[str]:
    """The raw hashes of the newest entries of a source: these entries need not be sanitised again."""
    # Entries of older pages may come after those that the feed has now, and may be many.
    of_feed = sa.select(entry.c.raw_hash).where(entry.c.source_id == source_id, ~entry.c.is_past)
    return frozenset(db.scalars(of_feed.order_by(entry.c.id.desc()).limit(number)))


def failed_rewrites(db: sa.Connection, source_id: int) -> frozenset[str]:
    """The raw hashes of the entries of a source for which its program failed."""
    is_failed = sa.func.length(entry.c.rewrite) == 0
    return frozenset(db.scalars(sa.select(entry.c.raw_hash).where(entry.c.source_id == source_id, is_failed)))


def guids_of(db: sa.Connection, guids: Collection[str]) -> dict[str, int]:
    """The story of each guid that is taken."""
    rows = (db.execute(sa.select(story.c.guid, story.c.id).where(story.c.guid.in_(chunk))) for chunk in chunks(guids))
    return {row.guid: row.id for some in rows for row in some}


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """The values in lists that are short enough for one statement."""
    listed = list(values)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))
