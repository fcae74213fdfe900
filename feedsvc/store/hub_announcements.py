"""What a hub of others was told of: the digest of each document when the hub was told of it last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Format
from feedsvc.store import errands
from feedsvc.store.documents import CURRENT
from feedsvc.store.hub_subscriptions import NOW, wait
from feedsvc.store.schema import document, feed, hub_announcement

OF_ONE = sa.update(hub_announcement).where(hub_announcement.c.id == sa.bindparam("of_id"))
TOLD = OF_ONE.values(
    announced=sa.bindparam("told"),
    failures=0,
    next_due=sa.case((errands.digest_of(hub_announcement) != sa.bindparam("told"), NOW), else_=None),
)
FAILED = OF_ONE.values(next_due=sa.bindparam("later"), failures=hub_announcement.c.failures + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A document that this worker has claimed, to tell the hub of it."""

    id: int
    fence: int
    feed_id: int
    slug: str
    format: Format
    host: str
    failures: int
    #: The digest of the document, and the one that the hub was told of.
    digest: str | None
    announced: str | None


def is_unknown(db: sa.Connection, hub: str) -> bool:
    """Whether there are documents, or rows of a former hub, that `define` would change."""
    former = sa.select(hub_announcement.c.id).where(hub_announcement.c.hub != hub)
    return any(db.execute(query.limit(1)).first() is not None for query in (former, _new(hub)))


def _new(hub: str) -> sa.Select[Any]:
    """The documents of feeds that are published, of which this hub knows nothing."""
    is_same = (hub_announcement.c.feed_id == document.c.feed_id, hub_announcement.c.format == document.c.format)
    there = sa.select(hub_announcement.c.id).where(*is_same, hub_announcement.c.hub == hub)
    current = sa.select(document.c.feed_id, document.c.format).join(feed, feed.c.id == document.c.feed_id)
    return current.where(document.c.page == CURRENT, feed.c.retired_at.is_(None), ~there.exists())


def define(db: sa.Connection, hub: str) -> None:
    """
    Let all documents belong to this hub.

    The hub is not told of a document that is seen for the first time: nobody has subscribed to it there. It is told of
    each later change. Who calls is alone (`Store.write`).
    """
    db.execute(sa.delete(hub_announcement).where(hub_announcement.c.hub != hub))
    new = db.execute(_new(hub).add_columns(document.c.digest).order_by(document.c.feed_id, document.c.format)).all()
    if new:
        same = {"hub": hub, "fence": 0, "failures": 0}
        rows = [{"feed_id": row.feed_id, "format": row.format, "announced": row.digest, **same} for row in new]
        db.execute(sa.insert(hub_announcement), rows)


def is_due(db: sa.Connection, now: datetime) -> bool:
    """Whether one is due."""
    return errands.is_due(db, hub_announcement, now)


def claim(db: sa.Connection, now: datetime, number: int, busy: Collection[str]) -> list[Announcement]:
    """Take documents of which the hub is to be told."""
    rows = errands.claim(db, hub_announcement, hub_announcement.c.hub, now, number, busy)
    of = sa.select(hub_announcement.c.id, feed.c.slug, errands.digest_of(hub_announcement).label("digest"))
    of = of.join(feed, feed.c.id == hub_announcement.c.feed_id)
    facts = {row.id: row for row in db.execute(of.where(hub_announcement.c.id.in_([row.id for row in rows])))}
    return [
        Announcement(
            id=row.id, fence=row.fence, feed_id=row.feed_id, slug=facts[row.id].slug, format=row.format, host=row.hub,
            failures=row.failures, digest=facts[row.id].digest, announced=row.announced,
        )
        for row in rows
    ]  # fmt: skip


def close(db: sa.Connection, told: Sequence[tuple[Announcement, bool]], now: datetime) -> None:
    """Save whether the hub was told."""
    errands.lock_feeds(db, {one.feed_id for one, _ in told})
    held = errands.mine(db, hub_announcement, {one.id: one.fence for one, _ in told})
    mine = [(one, is_told) for one, is_told in told if one.id in held]
    if good := [{"of_id": one.id, "told": one.digest, "now": now} for one, is_told in mine if is_told]:
        db.execute(TOLD, good)
    if failed := [{"of_id": one.id, "later": now + wait(one.failures)} for one, is_told in mine if not is_told]:
        db.execute(FAILED, failed)
