"""
Erases entries for good: rows, documents that hold them, and the bytes that the database keeps of deleted rows.

The story of an erased entry stays without content: its guid and the id of its page tell readers that it is gone.
"""

import html
import json
import sqlite3
import time
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.errors import StoreError
from feedsvc.model import CODINGS
from feedsvc.store import entry_texts, memberships, revisions, stories, term_index
from feedsvc.store.digests import of_digest
from feedsvc.store.documents import CURRENT, KEY
from feedsvc.store.engine import Store, wrapped
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import (
    archive_page,
    departure,
    digest_piece,
    document,
    entry,
    entry_category,
    entry_text,
    feed,
    membership,
    revision,
    seed_file,
    story,
    unindexed,
    upstream,
)
from feedsvc.store.takedowns import Found

#: The tables that hold content of entries, or of which rows are changed.
TOUCHED = (
    entry,
    entry_text,
    unindexed,
    revision,
    entry_category,
    story,
    membership,
    departure,
    seed_file,
    upstream,
    document,
    feed,
)

#: Seconds that VACUUM waits for other writers, and a checkpoint for readers; seconds between two tries.
PATIENCE_SECONDS = 30.0
PAUSE_SECONDS = 0.1


def erase(db: sa.Connection, found: Collection[Found], takedown_id: int, now: datetime) -> None:
    """
    Erase entries, in the caller's transaction.

    A story with other members shows another one. Of a story without members, its guid and the id of its page stay.
    """
    if not found:
        return
    _overwrite(db)
    story_ids = sorted({one.story_id for one in found})
    places = _places(db, story_ids)
    _delete(db, [one.id for one in found])
    left = _with_members(db, story_ids)
    emptied = [story_id for story_id in story_ids if story_id not in left]
    _empty(db, emptied, takedown_id, now)
    _forget_links(db, left, found)
    stories.show_fullest(db, left)
    memberships.assign(db, sorted(left), now=now)
    memberships.touch(db, emptied)
    _forget_documents(db, places, _guids(db, emptied) | {one.guid for one in found})
    for source_id in sorted({one.source_id for one in found}):
        number = sum(one.source_id == source_id for one in found)
        blocked = sa.func.coalesce(upstream.c.blocked, 0) + number
        of_source = sa.update(upstream).where(upstream.c.source_id == source_id)
        db.execute(of_source.values(problems=None, blocked=blocked))


def forget_revisions(db: sa.Connection, found: Collection[Found]) -> int:
    """Erase the former forms of entries, in the caller's transaction. Returns how many there were."""
    _overwrite(db)
    number = revisions.forget(db, [one.id for one in found])
    memberships.touch(db, sorted({one.story_id for one in found}))
    return number


def _overwrite(db: sa.Connection) -> None:
    """Let SQLite overwrite what is deleted."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("PRAGMA secure_delete=ON")


def _delete(db: sa.Connection, entry_ids: Collection[int]) -> None:
    entry_texts.delete(db, entry_ids)
    for chunk in chunks(entry_ids):
        db.execute(sa.delete(revision).where(revision.c.entry_id.in_(chunk)))
        db.execute(sa.delete(entry_category).where(entry_category.c.entry_id.in_(chunk)))
        db.execute(sa.delete(seed_file).where(seed_file.c.entry_id.in_(chunk), seed_file.c.is_gone))
        blocked = {"entry_id": None, "problem": None, "problem_line": None, "is_blocked": True}
        db.execute(sa.update(seed_file).where(seed_file.c.entry_id.in_(chunk)).values(**blocked))
        db.execute(sa.delete(entry).where(entry.c.id.in_(chunk)))


def _with_members(db: sa.Connection, story_ids: Collection[int]) -> set[int]:
    some = (db.scalars(sa.select(entry.c.story_id).where(entry.c.story_id.in_(chunk))) for chunk in chunks(story_ids))
    return {story_id for of_one in some for story_id in of_one}


def _empty(db: sa.Connection, story_ids: Collection[int], takedown_id: int, now: datetime) -> None:
    """Stories without members: one that never was published goes, of another one the names stay."""
    for chunk in chunks(story_ids):
        of_these = story.c.id.in_(chunk)
        db.execute(sa.delete(story).where(of_these, story.c.arrived_at.is_(None)))
        gone = {"link": None, "published": None, "taken_down_at": now, "taken_down_by": takedown_id}
        db.execute(sa.update(story).where(of_these).values(**gone))


def _forget_links(db: sa.Connection, story_ids: Collection[int], found: Collection[Found]) -> None:
    """
    A story that began with an erased member, or has the link of one, gets the link of another member.

    The guid of a story is that of the member with which it began. That member may have had another link since.
    """
    links = {(one.story_id, one.link) for one in found if one.link}
    has_first = sa.exists().where(entry.c.story_id == story.c.id, entry.c.guid == story.c.guid)
    for chunk in chunks(story_ids):
        stated = sa.select(story.c.id, story.c.link, has_first.label("has_first"))
        rows = db.execute(stated.where(story.c.id.in_(chunk), story.c.link.is_not(None)))
        foreign = [row.id for row in rows if not row.has_first or (row.id, row.link) in links]
        db.execute(sa.update(story).where(story.c.id.in_(foreign)).values(link=None))


def _guids(db: sa.Connection, story_ids: Collection[int]) -> set[str]:
    some = (db.scalars(sa.select(story.c.guid).where(story.c.id.in_(chunk))) for chunk in chunks(story_ids))
    return {guid for of_one in some for guid in of_one}


# --- documents -------------------------------------------------------------------------------------------------------


def _places(db: sa.Connection, story_ids: Collection[int]) -> dict[int, tuple[int, set[int]]]:
    """
    The feeds that some stories are in, or were in: the revision of each, and the positions of the stories there.

    In a feed with digests, the position is that of the digest.
    """
    found: dict[int, tuple[int, set[int]]] = {}
    for table in (membership, departure):
        for chunk in chunks(story_ids):
            rows = db.execute(
                sa.select(
                    feed.c.id,
                    feed.c.revision,
                    sa.func.coalesce(digest_piece.c.position, table.c.position).label("position"),
                )
                .join(feed, feed.c.id == table.c.feed_id)
                .outerjoin(digest_piece, of_digest(table))
                .where(table.c.story_id.in_(chunk))
            )
            for row in rows:
                found.setdefault(row.id, (row.revision, set()))[1].add(row.position)
    return found


def _forget_documents(db: sa.Connection, places: Mapping[int, tuple[int, set[int]]], guids: Collection[str]) -> None:
    """
    Remove the bytes of all documents that hold an erased entry. They are made again when somebody asks for them.

    Digests and dates stay, so that no Last-Modified goes back. The revision of the feed rises, so that no process saves
    a document that it read before.
    """
    needles = [form for guid in sorted(guids) for form in _written(guid)]
    for feed_id, (former, positions) in sorted(places.items()):
        of_feed = feed.c.id == feed_id
        db.execute(sa.update(feed).where(of_feed, feed.c.revision == former).values(revision=former + 1))
        present = db.scalar(sa.select(feed.c.revision).where(of_feed))
        pages = {CURRENT, *_pages(db, feed_id, positions)}
        for page, form in _holding(db, feed_id, pages, former, needles):
            one = (KEY[0] == feed_id, KEY[1] == page, KEY[2] == form)
            forgotten: dict[str, Any] = {**dict.fromkeys(CODINGS), "feed_revision": present, "made_with": ""}
            db.execute(sa.update(document).where(*one).values(**forgotten))


def _pages(db: sa.Connection, feed_id: int, positions: Collection[int]) -> set[int]:
    """The closed pages that have these positions."""
    ends = sa.select(archive_page.c.last_position).where(archive_page.c.feed_id == feed_id)
    closed = db.scalars(ends.order_by(archive_page.c.number)).all()
    return {bisect_left(closed, one) + 1 for one in positions if closed and one <= closed[-1]}


def _holding(
    db: sa.Connection, feed_id: int, pages: Collection[int], present: int, needles: Collection[bytes]
) -> Iterator[tuple[int, str]]:
    """
    The documents of a feed that hold an erased entry: page and format.

    A story may have left a page and come back at another position. So the bytes of a page tell whether it holds the
    entry, unless the page was made of the present state of the feed.
    """
    columns = (*KEY[1:], document.c.feed_revision)
    for row in db.execute(sa.select(*columns).where(KEY[0] == feed_id).order_by(*KEY[1:])).all():
        if row.page in pages or (row.feed_revision != present and _has(db, feed_id, row, needles)):
            yield row.page, row.format


def _has(db: sa.Connection, feed_id: int, row: Any, needles: Collection[bytes]) -> bool:
    one = (KEY[0] == feed_id, KEY[1] == row.page, KEY[2] == row.format)
    packed = db.scalar(sa.select(document.c.gzip).where(*one))
    body = zlib.decompress(packed, zlib.MAX_WBITS | 16) if packed else b""
    return any(needle in body for needle in needles)


def _written(guid: str) -> set[bytes]:
    """A guid as documents write it."""
    return {html.escape(guid, quote=False).encode(), json.dumps(guid, ensure_ascii=False)[1:-1].encode()}


# --- deleted bytes ---------------------------------------------------------------------------------------------------


def vacuum(store: Store) -> None:
    """
    Give the space of deleted rows back, so that the database does not keep their bytes.

    On SQLite, the file is written anew, and its log is emptied. On PostgreSQL, the touched tables are vacuumed. Raises
    StoreError where that cannot be.
    """
    if store.path is None:
        with wrapped(), store.writer.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            db.exec_driver_sql(f"VACUUM {', '.join((*(table.name for table in TOUCHED), term_index.NAME))}")
        return
    try:
        with closing(sqlite3.connect(store.path, PATIENCE_SECONDS, isolation_level=None)) as file:
            term_index.forget_removed(file)
            file.execute("VACUUM")
            _empty_log(file)
    except sqlite3.Error as error:
        raise StoreError(
            f"what was taken down is deleted and blocked, but {store.path} may still have its bytes ({error}); when "
            "the disk has space and nothing else writes, run the same command again"
        ) from error


def _empty_log(file: sqlite3.Connection) -> None:
    """Move the whole log into the file, and truncate the log. A reader may hold it up for a moment."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > deadline:
            raise sqlite3.OperationalError("a process reads it")
        time.sleep(PAUSE_SECONDS)
