"""
The changes of a feed one by one, for webhooks: each with the entry as readers see it at that moment.

`views.changes` has the same changes for readers. Here, the content of one entry alone is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter

import sqlalchemy as sa

from feedsvc.model import Cursor, Entry
from feedsvc.store import digested
from feedsvc.store.digested import Digest
from feedsvc.store.feeds import Feed
from feedsvc.store.schema import digest, entry, feed, membership, story
from feedsvc.store.views import BY_POSITION, CURSOR, DEPARTED_AFTER, last_changed
from feedsvc.store.windows import LAST, unordered

#: Changes that are read together: few at first, because the first is usually wanted; then more, up to the second
#: number, because an archive is passed over.
FIRST_PART, MOST_PART = 4, 500

_PLACE = (membership.c.changed, membership.c.position)

#: The members that changed after a cursor, without their texts. Without a shown entry, the column `id` is NULL.
MEMBERS_AFTER = (
    sa.select(
        entry.c.id, *_PLACE, membership.c.arrived_at, membership.c.story_id.label("member"),
        story.c.guid.label("story_guid"),
    )
    .select_from(membership)
    .join(story, story.c.id == membership.c.story_id)
    .outerjoin(entry, sa.and_(entry.c.story_id == story.c.id, entry.c.is_shown))
    .where(membership.c.feed_id == sa.bindparam("of_feed"), sa.tuple_(*_PLACE) > CURSOR)
    .order_by(*_PLACE)
    .limit(sa.bindparam("most"))
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The last change of an entry of a feed: it came, was edited or returned, or it left."""

    at: Cursor
    guid: str
    #: When the entry came to the feed, or when it left.
    when: datetime
    is_gone: bool
    #: None if it left, and as long as it is not read.
    entry: Entry | Digest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a feed: all changes up to `seen_at`, and all positions up to `position`."""

    position: int
    seen_at: datetime


def end(of: Feed) -> Cursor:
    """The cursor after all changes that a feed has."""
    return Cursor(revision=of.revision, position=LAST)


def last_position(db: sa.Connection, of: Feed) -> int:
    """The highest position of a feed's entries; of its digests, if these are its entries."""
    if not of.digest:
        return of.last_position
    return db.scalar(sa.select(sa.func.max(digest.c.position)).where(digest.c.feed_id == of.id)) or 0


def following(
    db: sa.Connection, of: Feed, after: Cursor, known: Known, margin: timedelta
) -> tuple[Change | None, Cursor]:
    """
    The first change after a cursor, and the cursor after it. None: there is none.

    An entry that is new to the feed, and arrived longer than `margin` before `known.seen_at`, is no news: it is of an
    archive. Such entries are passed over.
    """
    delay = db.scalar(sa.select(feed.c.delay).where(feed.c.id == of.id)) or 0
    oldest = known.seen_at - margin - timedelta(seconds=delay)
    for change in _digests(db, of, after) if of.digest else _members(db, of, after):
        after = change.at
        is_new = change.at.position > known.position
        if change.is_gone or not is_new or change.when >= oldest:
            return change if of.digest else _read(db, of, change), after
    return None, after


def _digests(db: sa.Connection, of: Feed, after: Cursor) -> Iterator[Change]:
    for one in digested.changes(db, of.id, after):
        yield Change(at=one.at, guid=one.guid, when=one.gone_at, is_gone=one.digest is None, entry=one.digest)


def _members(db: sa.Connection, of: Feed, after: Cursor) -> Iterator[Change]:
    """The changes after a cursor. The entries of those that did not leave are not read yet."""
    most = FIRST_PART
    while True:
        given = {"of_feed": of.id, "revision": after.revision, "above": after.position, "most": most}
        rows = (db.execute(statement, given).all() for statement in (MEMBERS_AFTER, DEPARTED_AFTER))
        found = list(islice(merge(*rows, key=attrgetter("changed", "position")), most))
        for row in found:
            after = Cursor(revision=row.changed, position=row.position)
            is_gone = row.id is None
            when = last_changed(db, [row.member])[row.member] if is_gone else row.arrived_at
            yield Change(at=after, guid=row.story_guid, when=when, is_gone=is_gone)
        if len(found) < most:
            return
        most = min(most * 8, MOST_PART)


def _read(db: sa.Connection, of: Feed, change: Change) -> Change:
    if change.is_gone:
        return change
    rows = db.execute(BY_POSITION, {"of_feed": of.id, "positions": [change.at.position]}).all()
    (found,) = unordered(db, rows)
    return replace(change, entry=found)
