"""What is stored of entries that a decision needs: by guid, by key, by page."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from feedsvc.merge import Stored
from feedsvc.store.schema import entry, story

#: Bound parameters of one statement: well under SQLite's limit.
CHUNK = 500

#: What a decision needs to know of an entry.
STORED = (
    entry.c.id, entry.c.story_id, entry.c.guid, entry.c.raw_hash, entry.c.published_hash, entry.c.published,
    entry.c.updated, entry.c.withdrawn_at, entry.c.article_key, entry.c.link_key, entry.c.title_key,
)  # fmt: skip


def stored_of(row: Any) -> Stored:
    """What a decision needs to know, of a row with STORED."""
    return Stored(
        id=row.id,
        story_id=row.story_id,
        guid=row.guid,
        raw_hash=row.raw_hash,
        published_hash=row.published_hash,
        published=row.published,
        updated=row.updated,
        is_withdrawn=row.withdrawn_at is not None,
        key=row.article_key,
        link_key=row.link_key,
        title_key=row.title_key,
    )


def look_up(db: sa.Connection, source_id: int, guids: Collection[str]) -> dict[str, Stored]:
    """What is stored under these guids of one source, withdrawn entries included."""
    return {one.guid: one for one in _of_source(db, source_id, entry.c.guid, guids)}


def by_key(db: sa.Connection, source_id: int, keys: Collection[str]) -> dict[str, Stored]:
    """What is stored under these article keys of one source, withdrawn entries included."""
    return {str(one.key): one for one in _of_source(db, source_id, entry.c.article_key, keys)}


def by_page(db: sa.Connection, source_id: int, link_keys: Collection[str]) -> dict[str, list[Stored]]:
    """What is stored of these pages (`stories.page_key`) of one source, the oldest first."""
    found = defaultdict[str, list[Stored]](list)
    for one in _of_source(db, source_id, entry.c.link_key, link_keys):
        found[str(one.link_key)].append(one)
    return found


def _of_source(
    db: sa.Connection, source_id: int, column: "sa.Column[Any]", values: Collection[str]
) -> Iterable[Stored]:
    for chunk in chunks(values):
        rows = db.execute(
            sa.select(*STORED).where(entry.c.source_id == source_id, column.in_(chunk)).order_by(entry.c.id)
        )
        yield from map(stored_of, rows)


def raw_hashes(db: sa.Connection, source_id: int, number: int) -> frozenset[str]:
    """Of the newest entries of a source, so many: what of an answer need not be made again."""
    newest = sa.select(entry.c.raw_hash).where(entry.c.source_id == source_id).order_by(entry.c.id.desc()).limit(number)
    return frozenset(db.scalars(newest))


def guids_of(db: sa.Connection, guids: Collection[str]) -> dict[str, int]:
    """The story of each of `guids` that is taken."""
    rows = (db.execute(sa.select(story.c.guid, story.c.id).where(story.c.guid.in_(chunk))) for chunk in chunks(guids))
    return {row.guid: row.id for some in rows for row in some}


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """`values` in lists that one statement can hold."""
    listed = list(values)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))
