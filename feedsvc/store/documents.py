"""Documents as they were last made."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Document, Format
from feedsvc.store.schema import document, feed

#: The grain of Last-Modified.
A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A stored document, and what it was made from."""

    document: Document
    feed_revision: int
    #: A digest of everything besides the feed's content: site, feed settings, format.
    made_with: str


def load(db: sa.Connection, feed_id: int, format: Format) -> Made | None:  # noqa: A002 - the field's own word
    """The stored document; the caller sees whether it is still current."""
    row = db.execute(
        sa.select(document).where(document.c.feed_id == feed_id, document.c.format == format)
    ).one_or_none()
    if row is None:
        return None
    return Made(
        document=Document(format=format, body=row.body, gzip=row.gzip, digest=row.digest, changed_at=row.changed_at),
        feed_revision=row.feed_revision,
        made_with=row.made_with,
    )


def versions(db: sa.Connection) -> dict[tuple[int, str], tuple[int, str]]:
    """What each stored document was made from, by feed and format: a look at all of them without their bytes."""
    columns = (document.c.feed_id, document.c.format, document.c.feed_revision, document.c.made_with)
    return {(row.feed_id, row.format): (row.feed_revision, row.made_with) for row in db.execute(sa.select(*columns))}


def save(db: sa.Connection, feed_id: int, made: Made) -> Document:
    """
    Store a document, unless one that was made of newer content is there; returns whichever is stored then.

    Its `changed_at` is what it asks for only where the bytes differ from the stored ones, and then later than theirs,
    so that a client that knows the old time never takes the new bytes for the old.
    """
    new = made.document
    # Two that made the same document at once save it one after the other.
    db.execute(sa.select(feed.c.id).where(feed.c.id == feed_id).with_for_update())
    old = load(db, feed_id, new.format)
    if old is None:
        db.execute(sa.insert(document).values(feed_id=feed_id, format=new.format, **_columns(made, new.changed_at)))
        return new
    if old.feed_revision > made.feed_revision:
        return old.document
    is_same = old.document.digest == new.digest
    changed_at = old.document.changed_at if is_same else max(new.changed_at, old.document.changed_at + A_SECOND)
    key = sa.and_(document.c.feed_id == feed_id, document.c.format == new.format)
    db.execute(sa.update(document).where(key).values(**_columns(made, changed_at)))
    return replace(new, changed_at=changed_at)


def _columns(made: Made, changed_at: datetime) -> dict[str, Any]:
    return {
        "feed_revision": made.feed_revision,
        "made_with": made.made_with,
        "digest": made.document.digest,
        "body": made.document.body,
        "gzip": made.document.gzip,
        "changed_at": changed_at,
    }
