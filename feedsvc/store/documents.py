"""Documents as they were last made: the document that readers subscribe to, and pages of archives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.model import CODINGS, Coding, Document, Format
from feedsvc.store import errands, postgresql
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import document, feed, feed_slug, hub_announcement, hub_subscription

#: The grain of Last-Modified.
A_SECOND = timedelta(seconds=1)
NO_TIME = timedelta()

#: The number of the page that readers subscribe to. Closed pages of the archive begin with 1.
CURRENT = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A stored document, and what it was made from."""

    document: Document
    #: `CURRENT`, or the number of a closed page.
    page: int = CURRENT
    feed_revision: int
    #: A digest of all that shapes the document besides the feed's content: site, feed settings, format. Of a closed
    #: page, also of its entries.
    made_with: str

    @property
    def is_complete(self) -> bool:
        """Whether its bytes are stored. The bytes of a page that nobody asks for may be removed."""
        return bool(self.document.coded)


#: Made once: SQLAlchemy takes longer to build a statement than the database to run it.
KEY = (document.c.feed_id, document.c.page, document.c.format)
ONE = sa.select(document).where(
    KEY[0] == sa.bindparam("of_feed"), KEY[1] == sa.bindparam("on_page"), KEY[2] == sa.bindparam("in_format")
)
OF_FEED = sa.select(document).where(KEY[0] == sa.bindparam("of_feed"), KEY[1] == CURRENT)
WITHOUT_BYTES = ONE.with_only_columns(*(column for column in document.c if column.name not in CODINGS)).where(
    document.c.gzip.is_not(None)
)
CHANGED = sa.update(document).where(
    KEY[0] == sa.bindparam("of_feed"), KEY[1] == sa.bindparam("on_page"), KEY[2] == sa.bindparam("in_format")
)


def load(db: sa.Connection, feed_id: int, form: Format, page: int = CURRENT) -> Made | None:
    """The stored document, which may not be current, and whose bytes may have been removed."""
    row = db.execute(ONE, {"of_feed": feed_id, "on_page": page, "in_format": form}).one_or_none()
    return None if row is None else _made(row, _coded(row))


def load_all(db: sa.Connection, feed_id: int) -> dict[Format, Made]:
    """The same for all formats of the document that readers subscribe to."""
    return {row.format: _made(row, _coded(row)) for row in db.execute(OF_FEED, {"of_feed": feed_id})}


def load_facts(db: sa.Connection, feed_id: int, form: Format) -> Made | None:
    """The same without reading the bytes; None also if they have been removed."""
    row = db.execute(WITHOUT_BYTES, {"of_feed": feed_id, "on_page": CURRENT, "in_format": form}).one_or_none()
    return None if row is None else _made(row, {})


def _coded(row: Any) -> dict[Coding, bytes]:
    coded: dict[Coding, bytes] = {coding: getattr(row, coding) for coding in CODINGS if getattr(row, coding)}
    return coded if "gzip" in coded else {}


def _made(row: Any, coded: Mapping[Coding, bytes]) -> Made:
    return Made(
        document=Document(
            format=row.format,
            coded=coded,
            is_hard=row.is_hard,
            digest=row.digest,
            changed_at=row.changed_at,
            made_at=row.made_at,
            max_age=row.max_age,
        ),
        page=row.page,
        feed_revision=row.feed_revision,
        made_with=row.made_with,
    )


def versions(db: sa.Connection) -> dict[tuple[int, str], tuple[int, str]]:
    """The input of the document that readers subscribe to, by feed and format. Reads no bytes of documents."""
    columns = (document.c.feed_id, document.c.format, document.c.feed_revision, document.c.made_with)
    rows = db.execute(sa.select(*columns).where(document.c.page == CURRENT))
    return {(row.feed_id, row.format): (row.feed_revision, row.made_with) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The facts by which a document in memory is recognised as the present one."""

    slug: str
    is_retired: bool
    #: The revision and the closed pages of the feed.
    revision: int
    closed_pages: int
    #: Of the stored document; None where none is stored.
    digest: str | None
    is_hard: bool | None


STATE = (
    sa.select(
        feed.c.slug, feed.c.retired_at, feed.c.revision, feed.c.closed_pages, document.c.digest, document.c.is_hard
    )
    .outerjoin(
        document,
        sa.and_(
            document.c.feed_id == feed.c.id,
            document.c.page == sa.bindparam("on_page"),
            document.c.format == sa.bindparam("in_format"),
        ),
    )
    .where(feed.c.id == sa.bindparam("of_feed"))
)


def state(db: sa.Connection, feed_id: int, form: Format, page: int = CURRENT) -> State | None:
    """The present facts of a document. Reads no bytes."""
    row = db.execute(STATE, {"of_feed": feed_id, "on_page": page, "in_format": form}).one_or_none()
    if row is None:
        return None
    return State(
        slug=row.slug,
        is_retired=row.retired_at is not None,
        revision=row.revision,
        closed_pages=row.closed_pages,
        digest=row.digest,
        is_hard=row.is_hard,
    )


def save_all(db: sa.Connection, made: Sequence[tuple[int, Made]]) -> list[Document]:
    """
    Store documents of feeds, unless the stored one was made of newer content. Returns the documents stored then.

    If the bytes are equal, `changed_at` stays. If they differ, it is later than the stored time: a client that knows
    the old time must not take the new bytes for the old ones. `made_at` moves likewise with what they were made from.
    A page of the archive is later than the document that its address had until the page was closed: that of the feed.
    """
    old = _stored(db, {feed_id for feed_id, _ in made}, {CURRENT, *(one.page for _, one in made)})
    saved: list[Document] = []
    inserts, updates = [], []
    for feed_id, one in made:
        row, new = old.get((feed_id, one.page, one.document.format)), one.document
        if row is None:
            if while_open := old.get((feed_id, CURRENT, new.format)):
                # Of the present revision, it is the document that followed the one at the page's address.
                step = A_SECOND if while_open.feed_revision < one.feed_revision else NO_TIME
                new = replace(new, changed_at=max(new.changed_at, while_open.changed_at + step))
            inserts.append({"feed_id": feed_id, "page": one.page, "format": new.format, **_columns(one, new)})
        elif row.feed_revision > one.feed_revision and (newer := load(db, feed_id, new.format, one.page)):
            # The newer one may have lost its bytes: then an older one must not come back (`erasing`).
            new = newer.document if newer.is_complete else new
        else:
            new = _dated(row, one)
            keys = {"of_feed": feed_id, "on_page": one.page, "in_format": new.format}
            updates.append({**keys, **_columns(one, new)})
        saved.append(new)
    if inserts:
        db.execute(sa.insert(document), inserts)
    if updates:
        db.execute(CHANGED, updates)
    _wake_hub(db, old, made)
    postgresql.announce(db)
    return saved


def _wake_hub(db: sa.Connection, old: Mapping[tuple[int, int, str], Any], made: Sequence[tuple[int, Made]]) -> None:
    """Let subscribers, or a hub of others, be told of documents whose bytes are new."""
    changed = {
        (feed_id, one.document.format): one.document.made_at
        for feed_id, one in made
        if one.page == CURRENT
        and ((row := old.get((feed_id, CURRENT, one.document.format))) is None or row.digest != one.document.digest)
    }
    if changed:
        for table in (hub_subscription, hub_announcement):
            errands.wake(db, table, changed.keys(), max(changed.values()))


def _dated(row: Any, made: Made) -> Document:
    """The document with the dates that follow the stored ones."""
    new = made.document
    is_same = row.digest == new.digest
    is_same_input = (row.feed_revision, row.made_with) == (made.feed_revision, made.made_with)
    return replace(
        new,
        changed_at=row.changed_at if is_same else max(new.changed_at, row.changed_at + A_SECOND),
        made_at=row.made_at if is_same and is_same_input else max(new.made_at, row.made_at + A_SECOND),
    )


def _stored(db: sa.Connection, feed_ids: Collection[int], pages: Collection[int]) -> dict[tuple[int, int, str], Any]:
    """The stored documents of some feeds, without bytes. Locks the feeds: two processes save one after the other."""
    found = {}
    columns = (
        *KEY, document.c.feed_revision, document.c.made_with, document.c.digest, document.c.changed_at,
        document.c.made_at,
    )  # fmt: skip
    for chunk in chunks(sorted(feed_ids)):
        db.execute(sa.select(feed.c.id).where(feed.c.id.in_(chunk)).order_by(feed.c.id).with_for_update()).all()
        query = sa.select(*columns).where(document.c.feed_id.in_(chunk), document.c.page.in_(sorted(pages)))
        for row in db.execute(query):
            found[row.feed_id, row.page, row.format] = row
    return found


def _columns(made: Made, new: Document) -> dict[str, Any]:
    coded: Mapping[Coding, bytes] = new.coded
    return {
        "feed_revision": made.feed_revision,
        "made_with": made.made_with,
        "digest": new.digest,
        **{coding: coded.get(coding) for coding in CODINGS},
        "is_hard": new.is_hard,
        "changed_at": new.changed_at,
        "made_at": new.made_at,
        "max_age": new.max_age,
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


def soft(db: sa.Connection, before: datetime, most: int) -> list[tuple[int, Made]]:
    """Documents with their feeds that last changed before a moment, and are not compressed as hard as possible."""
    is_soft = sa.and_(document.c.is_hard.is_(False), document.c.changed_at < before, document.c.zstd.is_not(None))
    rows = db.execute(sa.select(document).where(is_soft).order_by(document.c.changed_at).limit(most))
    return [(row.feed_id, _made(row, _coded(row))) for row in rows]


def harden(db: sa.Connection, feed_id: int, made: Made, coded: Mapping[Coding, bytes]) -> None:
    """Store the compressed bytes of a document, unless it changed meanwhile."""
    one = {"of_feed": feed_id, "on_page": made.page, "in_format": made.document.format}
    is_same = CHANGED.where(document.c.digest == made.document.digest, document.c.gzip.is_not(None))
    db.execute(
        is_same.values({**{document.c[name]: body for name, body in coded.items()}, document.c.is_hard: True}), one
    )
