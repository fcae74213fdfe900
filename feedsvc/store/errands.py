"""
Errands of the hub: rows that are due, and that a worker claims for the time of a lease.

As with hosts that are polled, a claim moves `next_due` to the end of the lease and raises the fence. A result is saved
only under its fence. So a killed worker loses nothing, and any number of workers share the errands.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.schedule import LONGEST
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import document, feed

#: How long a worker has an errand. No errand takes so long (config/sources.py:HUB_SECONDS).
LEASE = timedelta(seconds=60)

#: The number of errands to one host that a worker has at a time.
A_HOST = 8


def claim(
    db: sa.Connection,
    table: sa.Table,
    place: sa.Column[str],
    now: datetime,
    number: int,
    busy: Collection[str],
    *more: sa.ColumnElement[bool],
) -> Sequence[sa.Row[Any]]:
    """
    Take up to `number` rows that are due, the longest waiting first, and few of each host.

    `place` is the column with the host, and `busy` are the hosts of errands that this worker has already. `more` are
    further conditions.
    """
    is_due = sa.and_(_is_late(table, now), place.not_in(sorted(busy)), *more)
    order = (table.c.next_due, table.c.id)
    ranked = sa.select(table.c.id, sa.func.row_number().over(partition_by=place, order_by=order).label("rank"))
    some = ranked.where(is_due).subquery()
    spread = table.c.id.in_(sa.select(some.c.id).where(some.c.rank <= A_HOST))
    due = sa.select(table.c.id).where(spread, is_due).order_by(*order).limit(number).with_for_update(skip_locked=True)
    taken = sa.update(table).where(table.c.id.in_(due.scalar_subquery()))
    return db.execute(taken.values(next_due=now + LEASE, fence=table.c.fence + 1).returning(*table.c)).all()


def _is_late(table: sa.Table, now: datetime) -> sa.ColumnElement[bool]:
    """Whether a row is due; after a clock was set back, also one that seems to be due in a far future."""
    return sa.or_(table.c.next_due <= now, table.c.next_due > now + LONGEST)


def is_due(db: sa.Connection, table: sa.Table, now: datetime) -> bool:
    """Whether a row is due."""
    return db.execute(sa.select(table.c.id).where(_is_late(table, now)).limit(1)).first() is not None


def mine(db: sa.Connection, table: sa.Table, fences: Mapping[int, int]) -> set[int]:
    """The ids of the claims that still hold. Locks their rows. Who calls has the lock of the feeds."""
    rows = db.execute(
        sa.select(table.c.id, table.c.fence).where(table.c.id.in_(list(fences))).order_by(table.c.id).with_for_update()
    )
    return {row.id for row in rows if fences[row.id] == row.fence}


def lock_feeds(db: sa.Connection, feed_ids: Collection[int], *, is_alone: bool = False) -> None:
    """
    Lock feeds against `documents.save_all`; with `is_alone`, also against others who do the same.

    Who saves a document has the lock of its feed. So nobody decides by a document that is being replaced.
    """
    for chunk in chunks(sorted(feed_ids)):
        rows = sa.select(feed.c.id).where(feed.c.id.in_(chunk)).order_by(feed.c.id)
        db.execute(rows.with_for_update(read=not is_alone, key_share=not is_alone)).all()


def digest_of(table: sa.Table) -> sa.ScalarSelect[str]:
    """The digest of the document that readers subscribe to, for a row with a feed and a format."""
    is_same = (document.c.feed_id == table.c.feed_id, document.c.page == 0, document.c.format == table.c.format)
    return sa.select(document.c.digest).where(*is_same).scalar_subquery()


def wake(db: sa.Connection, table: sa.Table, topics: Collection[tuple[int, str]], at: datetime) -> None:
    """Let the rows of these feeds and formats be due that wait for a change. Who calls has the lock of the feeds."""
    due = at if db.dialect.name == "sqlite" else sa.func.least(at, sa.func.now())
    waits = table.c.next_due.is_(None)
    for chunk in chunks(sorted({feed_id for feed_id, _ in topics})):
        found = sa.select(table.c.feed_id, table.c.format).where(table.c.feed_id.in_(chunk), waits).distinct()
        for feed_id, form in db.execute(found.order_by(table.c.feed_id, table.c.format)).all():
            if (feed_id, form) in topics:
                is_same = (table.c.feed_id == feed_id, table.c.format == form, waits)
                db.execute(sa.update(table).where(*is_same).values(next_due=due))
