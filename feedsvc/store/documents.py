"""Documents as they were last made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from feedsvc.model import Document, Format
from feedsvc.store.schema import document


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
    Store a document.

    Its `changed_at` is what it asks for only where the bytes differ from the stored ones, and then
    later than theirs, so that a client that knows the old time never takes the new bytes for the old.
    """
    new = made.document
    key = (document.c.feed_id == feed_id, document.c.format == new.format)
    old = db.execute(sa.select(document.c.digest, document.c.changed_at).where(*key)).one_or_none()
    changed_at: datetime = new.changed_at
    if old is not None:
        changed_at = (
            old.changed_at if old.digest == new.digest else max(changed_at, old.changed_at + timedelta(seconds=1))
        )
    db.execute(sa.delete(document).where(*key))
    db.execute(
        sa.insert(document).values(
            feed_id=feed_id,
            format=new.format,
            feed_revision=made.feed_revision,
            made_with=made.made_with,
            digest=new.digest,
            body=new.body,
            gzip=new.gzip,
            changed_at=changed_at,
        )
    )
    return Document(format=new.format, body=new.body, gzip=new.gzip, digest=new.digest, changed_at=changed_at)
