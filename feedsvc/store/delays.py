"""
Delays: a feed may have its stories some time after their arrival, so that early edits and withdrawals reach no reader.

The row of the feed says up to which arrival its stories came in. The process that updates moves this limit on. So all
processes serve the same, and a document changes only when a row does.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from feedsvc.catalogue import ALL
from feedsvc.store.engine import Store
from feedsvc.store.memberships import assign
from feedsvc.store.schema import feed, membership

#: Feeds that one transaction looks at, and the pairs of a story and a feed that it decides about: so other writers wait
#: less than a second.
FEEDS = 100
PAIRS = 5_000

_of_all = sa.select(feed.c.id).where(feed.c.kind == ALL).scalar_subquery()


def _moment(name: str) -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=membership.c.arrived_at.type)


_waiting = (
    membership.c.feed_id == _of_all,
    membership.c.arrived_at > _moment("after"),
    membership.c.arrived_at <= _moment("until"),
)

#: The stories that arrived after a moment, up to another one, in the order of the feed that has all; and the moments of
#: their arrival, in order.
ARRIVED = sa.select(membership.c.story_id).where(*_waiting).order_by(membership.c.position)
MOMENTS = sa.select(membership.c.arrived_at).where(*_waiting).order_by(membership.c.arrived_at)

#: A story came to the feed with its present revision.
HAS_NEW = sa.exists().where(membership.c.feed_id == feed.c.id, membership.c.changed == feed.c.revision)


def begin(db: sa.Connection, feed_id: int, delay: timedelta, now: datetime) -> None:
    """Let a feed wait so long from now on; members stay. Without a delay, what waits may come in."""
    until = now - delay if delay else None
    later = sa.case((feed.c.released > until, feed.c.released), else_=until) if until else None
    values = {"delay": int(delay.total_seconds()), "released": later}
    db.execute(sa.update(feed).where(feed.c.id == feed_id).values(**values))


def release(store: Store, now: datetime) -> int:
    """
    Let in the stories that waited long enough. Returns the number of feeds that have new ones.

    Each transaction lets some stories into some feeds. A process that is killed between two of them loses nothing.
    """
    with store.read() as db:
        due = [feed_id for group in _due(db, now) for feed_id in group.feed_ids]
    found: set[int] = set()
    for start in range(0, len(due), FEEDS):
        feed_ids = due[start : start + FEEDS]
        is_over = False
        while not is_over:
            with store.write() as db:
                grown, is_over = _let_in_some(db, feed_ids, now)
            found |= grown
    return len(found)


@dataclass(frozen=True, slots=True)
class _Group:
    """Feeds for which the same stories waited long enough: those that arrived after a moment, up to another one."""

    after: datetime
    until: datetime
    feed_ids: list[int]


def _due(db: sa.Connection, now: datetime, among: Collection[int] | None = None) -> list[_Group]:
    """The feeds that may have new stories, of all feeds or of some, in groups."""
    waiting = sa.select(feed.c.id, feed.c.delay, feed.c.released).where(feed.c.delay > 0, feed.c.retired_at.is_(None))
    if among is not None:
        waiting = waiting.where(feed.c.id.in_(among)).with_for_update()
    groups: dict[tuple[datetime, datetime], list[int]] = defaultdict(list)
    for row in db.execute(waiting.order_by(feed.c.id)).all():
        groups[(row.released, now - timedelta(seconds=row.delay))].append(row.id)
    return [
        _Group(after, until, feed_ids)
        for (after, until), feed_ids in groups.items()
        if db.execute(ARRIVED.limit(1), {"after": after, "until": until}).first()
    ]


def _let_in_some(db: sa.Connection, feed_ids: list[int], now: datetime) -> tuple[set[int], bool]:
    """Let some stories into these feeds. Returns the feeds that have new ones, and whether none is due any more."""
    groups = _due(db, now, feed_ids)
    if not groups:
        return set(), True
    group = groups[0]
    most = max(1, PAIRS // len(group.feed_ids))
    part = {"after": group.after, "until": group.until}
    # Stories of one moment come in together: the row of a feed knows a moment alone.
    until = db.scalar(MOMENTS.offset(most - 1).limit(1), part) or group.until
    story_ids = db.scalars(ARRIVED, {**part, "until": until}).all()
    is_over = len(groups) == 1 and until == group.until
    return _let_in(db, group.feed_ids, until, story_ids), is_over


def _let_in(db: sa.Connection, feed_ids: list[int], until: datetime, story_ids: Sequence[int]) -> set[int]:
    """Let stories into feeds, as far as these select them. Returns the feeds that have new ones."""
    # The revision rises before, so that the new members have the new one.
    values = {"released": until, "revision": feed.c.revision + 1}
    db.execute(sa.update(feed).where(feed.c.id.in_(feed_ids)).values(**values))
    assign(db, story_ids, only=feed_ids)
    grown = set(db.scalars(sa.select(feed.c.id).where(feed.c.id.in_(feed_ids), HAS_NEW)))
    same = [one for one in feed_ids if one not in grown]
    db.execute(sa.update(feed).where(feed.c.id.in_(same)).values(revision=feed.c.revision - 1))
    return grown
