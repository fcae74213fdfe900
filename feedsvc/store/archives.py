"""Closed pages of feeds' archives (RFC 5005, 4). A page is closed once, with its positions, and keeps them for good."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from feedsvc.model import CODINGS, Window
from feedsvc.store.digests import IN_DIGEST, of_digest
from feedsvc.store.documents import CURRENT, KEY
from feedsvc.store.schema import (
    archive_page,
    departure,
    digest,
    digest_piece,
    document,
    entry,
    feed,
    membership,
)

#: Entries of a closed page. A window of fewer items has shorter pages: the document that readers subscribe to has all
#: entries since the last closed page.
PAGE_ITEMS = 50

#: A page is closed early at this part of the window's bytes, counted in characters of at most four bytes.
CHARACTERS_OF_WINDOW = 4

#: Positions that are read at a time. A first import may close the pages of a million entries.
BATCH = 5_000

#: Characters around the title and the summary of a piece in a digest.
PIECE = 300

OPEN = (
    sa.select(membership.c.position, sa.func.coalesce(sa.func.length(entry.c.content), 0).label("size"))
    .outerjoin(entry, sa.and_(entry.c.story_id == membership.c.story_id, entry.c.is_shown))
    .where(membership.c.feed_id == sa.bindparam("of_feed"), membership.c.position > sa.bindparam("above"))
    .order_by(membership.c.position)
    .limit(BATCH)
)

#: The same of digests. The size is about that of the text which names the pieces.
OPEN_DIGESTS = (
    sa.select(
        digest.c.position,
        sa.func.coalesce(sa.func.sum(sa.func.length(entry.c.title) + sa.func.length(entry.c.summary) + PIECE), 0).label(
            "size"
        ),
    )
    .outerjoin(digest_piece, IN_DIGEST)
    .outerjoin(membership, of_digest(membership))
    .outerjoin(entry, sa.and_(entry.c.story_id == membership.c.story_id, entry.c.is_shown))
    .where(digest.c.feed_id == sa.bindparam("of_feed"), digest.c.position > sa.bindparam("above"))
    .group_by(digest.c.position)
    .order_by(digest.c.position)
    .limit(BATCH)
)


def pages_to_close(db: sa.Connection, feed_id: int, window: Window) -> list[int]:
    """The last positions of pages that are full and not closed yet. Writes nothing."""
    columns = (feed.c.closed_position, feed.c.last_position, feed.c.past_position, feed.c.digest)
    row = db.execute(sa.select(*columns).where(feed.c.id == feed_id)).one()
    return list(_full(db, feed_id, row, window)) if row.closed_position < row.last_position else []


def close(db: sa.Connection, feed_id: int, window: Window) -> None:
    """Close the pages that are full. Two processes that do so at once give the same pages."""
    columns = (feed.c.closed_pages, feed.c.closed_position, feed.c.past_position, feed.c.digest)
    closed = sa.select(*columns).where(feed.c.id == feed_id)
    row = db.execute(closed.with_for_update()).one()
    ends = list(_full(db, feed_id, row, window))
    if not ends:
        return
    pages = [
        {"feed_id": feed_id, "number": number, "last_position": last}
        for number, last in enumerate(ends, row.closed_pages + 1)
    ]
    db.execute(sa.insert(archive_page), pages)
    closing = {"closed_pages": row.closed_pages + len(ends), "closed_position": ends[-1]}
    db.execute(sa.update(feed).where(feed.c.id == feed_id).values(**closing))


def _full(db: sa.Connection, feed_id: int, of: Any, window: Window) -> Iterator[int]:
    """
    The last position of each full page that is not closed. `of` is the row of the feed.

    A page that ends with entries of older pages of an upstream (`placing.place`) is closed before it is full: they are
    no news. Positions of digests are others.
    """
    past = 0 if of.digest else of.past_position
    above, statement = of.closed_position, OPEN_DIGESTS if of.digest else OPEN
    most, characters = min(PAGE_ITEMS, window.items), window.max_bytes // CHARACTERS_OF_WINDOW
    items = size = 0
    while rows := db.execute(statement, {"of_feed": feed_id, "above": above}).all():
        for row in rows:
            items, size, above = items + 1, size + row.size, row.position
            if items >= most or size >= characters or row.position == past:
                yield row.position
                items = size = 0
        if len(rows) < BATCH:
            return


def bounds(db: sa.Connection, feed_id: int, number: int) -> tuple[int, int] | None:
    """The positions of a closed page: above the first, up to the second. None: it is not closed."""
    found = sa.select(archive_page.c.number, archive_page.c.last_position).where(
        archive_page.c.feed_id == feed_id, archive_page.c.number.in_([number - 1, number])
    )
    ends = {row.number: row.last_position for row in db.execute(found)}
    return (ends.get(number - 1, 0), ends[number]) if number in ends else None


def is_touched(db: sa.Connection, feed_id: int, above: int, last: int, revision: int) -> bool:
    """Whether an entry at these positions changed or left after the feed had this revision."""
    for table in (membership, departure):
        place = (table.c.feed_id == feed_id, table.c.position > above, table.c.position <= last)
        if db.scalar(sa.select(table.c.position).where(*place, table.c.changed > revision).limit(1)) is not None:
            return True
    return False


#: The compressed bytes of a closed page in one format. PostgreSQL and SQLite know a length without reading the bytes.
SIZE = sum((sa.func.coalesce(sa.func.length(document.c[coding]), 0) for coding in CODINGS), start=sa.literal(0))


def size(db: sa.Connection) -> int:
    """The compressed bytes of all closed pages."""
    return int(db.scalar(sa.select(sa.func.coalesce(sa.func.sum(SIZE), 0)).where(document.c.page > CURRENT)) or 0)


def remove_bytes(db: sa.Connection, most: int) -> int:
    """
    Remove the bytes of closed pages that were made first, until `most` bytes are left. Returns the number of documents.

    Digests and dates stay: a page that is made again has the same ETag and Last-Modified.
    """
    is_kept = sa.and_(document.c.page > CURRENT, document.c.gzip.is_not(None))
    rows = db.execute(sa.select(*KEY, SIZE.label("size")).where(is_kept).order_by(document.c.made_at.desc())).all()
    left, removed = most, 0
    for row in rows:
        left -= row.size
        if left < 0:
            one = (KEY[0] == row.feed_id, KEY[1] == row.page, KEY[2] == row.format)
            db.execute(sa.update(document).where(*one).values(dict.fromkeys(CODINGS)))
            removed += 1
    return removed
