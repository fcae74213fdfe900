"""Documents as they were last made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Document, Format
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import document, feed, feed_slug

#: The grain of Last-Modified.
A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A stored document, and what it was made from."""

    document: Document
    feed_revision: int
    #: A digest of all that shapes the document besides the feed's content: site, feed settings, format.
    made_with: str


def load(db: sa.Connection, feed_id: int, form: Format) -> Made | None:
    """The stored document, which may not be current."""
    row = db.execute(sa.select(document).where(document.c.feed_id == feed_id, document.c.format == form)).one_or_none()
    if row is None:
        return None
    return Made(
        document=Document(format=form, body=row.body, gzip=row.gzip, digest=row.digest, changed_at=row.changed_at),
        feed_revision=row.feed_revision,
        made_with=row.made_with,
    )


def versions(db: sa.Connection) -> dict[tuple[int, str], tuple[int, str]]:
    """The input of each stored document, by feed and format. Reads no bytes of documents."""
    columns = (document.c.feed_id, document.c.format, document.c.feed_revision, document.c.made_with)
    return {(row.feed_id, row.format): (row.feed_revision, row.made_with) for row in db.execute(sa.select(*columns))}


#: Made once: SQLAlchemy takes longer to build a statement than the database to run it.
KEY = (document.c.feed_id, document.c.format)
CHANGED = sa.update(document).where(KEY[0] == sa.bindparam("of_feed"), KEY[1] == sa.bindparam("in_format"))


def save_all(db: sa.Connection, made: Sequence[tuple[int, Made]]) -> list[Document]:
    """
    Store documents of feeds, unless the stored one was made of newer content. Returns the documents stored then.

    If the bytes are equal, `changed_at` stays. If they differ, it is later than the stored time: a client that knows
    the old time must not take the new bytes for the old ones.
    """
    old = _stored(db, {feed_id for feed_id, _ in made})
    saved: list[Document] = []
    inserts, updates = [], []
    for feed_id, one in made:
        row, new = old.get((feed_id, one.document.format)), one.document
        if row is None:
            inserts.append({"feed_id": feed_id, "format": new.format, **_columns(one, new.changed_at)})
        elif row.feed_revision > one.feed_revision and (newer := load(db, feed_id, new.format)):
            new = newer.document
        else:
            is_same = row.digest == new.digest
            changed_at = row.changed_at if is_same else max(new.changed_at, row.changed_at + A_SECOND)
            updates.append({"of_feed": feed_id, "in_format": new.format, **_columns(one, changed_at)})
            new = replace(new, changed_at=changed_at)
        saved.append(new)
    if inserts:
        db.execute(sa.insert(document), inserts)
    if updates:
        db.execute(CHANGED, updates)
    return saved


def _stored(db: sa.Connection, feed_ids: Collection[int]) -> dict[tuple[int, str], Any]:
    """The stored documents of some feeds, without bytes. Locks the feeds: two processes save one after the other."""
    found = {}
    columns = (*KEY, document.c.feed_revision, document.c.digest, document.c.changed_at)
    for chunk in chunks(sorted(feed_ids)):
        db.execute(sa.select(feed.c.id).where(feed.c.id.in_(chunk)).order_by(feed.c.id).with_for_update()).all()
        for row in db.execute(sa.select(*columns).where(document.c.feed_id.in_(chunk))):
            found[row.feed_id, row.format] = row
    return found


def _columns(made: Made, changed_at: datetime) -> dict[str, Any]:
    return {
        "feed_revision": made.feed_revision,
        "made_with": made.made_with,
        "digest": made.document.digest,
        "body": made.document.body,
        "gzip": made.document.gzip,
        "changed_at": changed_at,
    }


def forget(db: sa.Connection, feed_ids: Collection[int], addresses: Collection[str]) -> None:
    """
    Let the documents of these feeds, and of the feeds that have these addresses (`slug_key`), be made again.

    Where an address has another feed than before, an older document could stand there, and its Last-Modified would go
    back in time: a conditional GET would answer 304 to a reader that has the other feed's document.
    """
    there = sa.select(feed_slug.c.feed_id).where(feed_slug.c.key.in_(list(addresses)))
    of_one = sa.or_(document.c.feed_id.in_(list(feed_ids)), document.c.feed_id.in_(there))
    db.execute(sa.delete(document).where(of_one))
