"""
Delays: a feed may have its stories some time after their arrival, so that early edits and withdrawals reach no reader.

The row of the feed says up to which arrival its stories came in. The process that updates moves this limit on. So all
processes serve the same, and a document changes only when a row does.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from feedsvc.catalogue import ALL
from feedsvc.store.engine import Store
from feedsvc.store.memberships import assign
from feedsvc.store.schema import feed, membership

_of_all = sa.select(feed.c.id).where(feed.c.kind == ALL).scalar_subquery()


def _moment(name: str) -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=membership.c.arrived_at.type)


#: The stories that arrived after a moment, up to another one, in the order of the feed that has all.
ARRIVED = (
    sa.select(membership.c.story_id)
    .where(
        membership.c.feed_id == _of_all,
        membership.c.arrived_at > _moment("after"),
        membership.c.arrived_at <= _moment("until"),
    )
    .order_by(membership.c.position)
)


def begin(db: sa.Connection, feed_id: int, delay: timedelta, now: datetime) -> None:
    """Let a feed wait so long from now on; members stay. Without a delay, what waits may come in."""
    until = now - delay if delay else None
    later = sa.case((feed.c.released > until, feed.c.released), else_=until) if until else None
    values = {"delay": int(delay.total_seconds()), "released": later}
    db.execute(sa.update(feed).where(feed.c.id == feed_id).values(**values))


def release(store: Store, now: datetime) -> int:
    """Let in the stories that waited long enough. Returns the number of feeds that have new ones."""
    with store.read() as db:
        if not _due(db, now):
            return 0
    with store.write() as db:
        return sum(_let_in(db, feed_id, until, story_ids) for feed_id, until, story_ids in _due(db, now))


def _let_in(db: sa.Connection, feed_id: int, until: datetime, story_ids: list[int]) -> bool:
    """Let stories into a feed, as far as it selects them. Returns whether it selects any."""
    of_feed = sa.update(feed).where(feed.c.id == feed_id)
    last = sa.select(feed.c.last_position).where(feed.c.id == feed_id)
    before = db.scalar(last)
    # The revision rises before, so that the new members have the new one.
    db.execute(of_feed.values(released=until, revision=feed.c.revision + 1))
    assign(db, story_ids, only=feed_id)
    if db.scalar(last) == before:
        db.execute(of_feed.values(revision=feed.c.revision - 1))
        return False
    return True


def _due(db: sa.Connection, now: datetime) -> list[tuple[int, datetime, list[int]]]:
    """The feeds for which stories waited long enough: the id of each, its new limit, and these stories."""
    waiting = sa.select(feed.c.id, feed.c.delay, feed.c.released).where(feed.c.delay > 0, feed.c.retired_at.is_(None))
    found = []
    for row in db.execute(waiting.order_by(feed.c.id)).all():
        until = now - timedelta(seconds=row.delay)
        if story_ids := db.scalars(ARRIVED, {"after": row.released, "until": until}).all():
            found.append((row.id, until, list(story_ids)))
    return found
