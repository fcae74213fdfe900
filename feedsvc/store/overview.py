"""What the catalogue says of feeds: the newest entry, the number of entries, and how many came on each day."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from feedsvc.model import Entry
from feedsvc.store.entries import categories_of, members_of
from feedsvc.store.feeds import Feed
from feedsvc.store.rows import SHOWN_COLUMNS, entry_of
from feedsvc.store.schema import entry, membership, story

#: The days of the plot of a feed. The last one is that of the newest arrival in all feeds, not the present day: a page
#: has the same bytes until something changes.
DAYS = 30

#: Arrivals of a feed that are counted for the plot, at most.
MOST_ARRIVALS = 12_000

NEWEST = (
    sa.select(*SHOWN_COLUMNS)
    .join(story, story.c.id == entry.c.story_id)
    .join(membership, membership.c.story_id == story.c.id)
    .where(membership.c.feed_id == sa.bindparam("of_feed"), entry.c.is_shown)
    .order_by(membership.c.position.desc())
    .limit(1)
)
#: To look at each entry of a feed with more positions takes too long for a page. Their number is that of all members,
#: also of those that are withdrawn.
EXACT = 20_000

MEMBERS = sa.select(sa.func.count()).where(membership.c.feed_id == sa.bindparam("of_feed"))
COUNT = (
    sa.select(sa.func.count())
    .select_from(membership)
    .join(entry, sa.and_(entry.c.story_id == membership.c.story_id, entry.c.is_shown))
    .where(membership.c.feed_id == sa.bindparam("of_feed"))
)
ARRIVALS = (
    sa.select(membership.c.arrived_at)
    .where(membership.c.feed_id == sa.bindparam("of_feed"), membership.c.arrived_at > sa.bindparam("since"))
    .order_by(membership.c.arrived_at.desc())
    .limit(MOST_ARRIVALS)
)
LAST_ARRIVAL = (
    sa.select(membership.c.arrived_at)
    .where(membership.c.feed_id == sa.bindparam("of_feed"))
    .order_by(membership.c.arrived_at.desc())
    .limit(1)
)


def newest_entry(db: sa.Connection, feed_id: int) -> Entry | None:
    """The entry that came to a feed last."""
    row = db.execute(NEWEST, {"of_feed": feed_id}).one_or_none()
    if row is None:
        return None
    return entry_of(row, categories_of(db, [row.story_id])[row.story_id], members_of(db, [row.story_id])[row.story_id])


def count_entries(db: sa.Connection, feed: Feed) -> int:
    """The number of entries of a feed."""
    return db.scalar(COUNT if feed.last_position <= EXACT else MEMBERS, {"of_feed": feed.id}) or 0


def last_arrival(db: sa.Connection, feed_ids: Collection[int]) -> datetime | None:
    """When the last entry of any of these feeds came."""
    found = (db.scalar(LAST_ARRIVAL, {"of_feed": feed_id}) for feed_id in feed_ids)
    return max((moment for moment in found if moment), default=None)


def arrivals_by_day(db: sa.Connection, feed_id: int, last: datetime) -> tuple[int, ...]:
    """The number of entries that came on each of DAYS days; the last one ends with `last`."""
    since = last - timedelta(days=DAYS)
    days = Counter((last - moment).days for moment in db.scalars(ARRIVALS, {"of_feed": feed_id, "since": since}))
    return tuple(days[age] for age in reversed(range(DAYS)))


def neighbours(db: sa.Connection, feed_id: int, article: str) -> tuple[Entry | None, Entry | None]:
    """The entries before and after an article in a feed, by position."""
    own = db.scalar(
        sa.select(membership.c.position)
        .join(story, story.c.id == membership.c.story_id)
        .where(membership.c.feed_id == feed_id, story.c.article_id == article)
    )
    if own is None:
        return None, None
    near = (
        sa.select(*SHOWN_COLUMNS)
        .join(story, story.c.id == entry.c.story_id)
        .join(membership, membership.c.story_id == story.c.id)
        .where(membership.c.feed_id == feed_id, entry.c.is_shown)
        .limit(1)
    )
    before = near.where(membership.c.position < own).order_by(membership.c.position.desc())
    after = near.where(membership.c.position > own).order_by(membership.c.position)
    found = []
    for statement in (before, after):
        row = db.execute(statement).one_or_none()
        found.append(
            None
            if row is None
            else entry_of(
                row, categories_of(db, [row.story_id])[row.story_id], members_of(db, [row.story_id])[row.story_id]
            )
        )
    return found[0], found[1]
