"""What the catalogue says of feeds: the newest entry, the number of entries, and how many came on each day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.catalogue import ALL
from feedsvc.store.lookups import chunks
from feedsvc.store.members import members_of
from feedsvc.store.rows import STORY_LINK, Members
from feedsvc.store.schema import departure, entry, feed, membership, story

#: The days of the plot of a feed. The last one is that of the newest arrival in all feeds, not the present day: a page
#: has the same bytes until something changes.
DAYS = 30

#: Arrivals of a feed on a day that are counted, at most.
MOST_ARRIVALS = sa.literal_column("12000", sa.Integer)

#: To look at each entry of feeds with more positions takes too long for a page of 60 feeds. Their number is that of all
#: members, also of those that are withdrawn: the positions that were given, without those of members that left.
EXACT = 2_000

A_DAY = timedelta(days=1)
#: The last arrival of a site without any.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

#: As the index of shown entries has it. SQLAlchemy writes `is_shown = 1`, for which SQLite does not use that index.
_is_shown = sa.text("entry.is_shown")
_shown_members = membership.join(entry, sa.and_(entry.c.story_id == membership.c.story_id, _is_shown))
_of_feed = membership.c.feed_id == feed.c.id
_departed = departure.c.feed_id == feed.c.id


def _number(of: "sa.FromClause", where: "sa.ColumnElement[bool]") -> "sa.ScalarSelect[int]":
    return sa.select(sa.func.count()).select_from(of).where(where).correlate(feed).scalar_subquery()


#: The ends of the days, as one row: each is sent once.
_days = sa.select(
    *(sa.bindparam(f"day{age}", type_=membership.c.arrived_at.type).label(f"day{age}") for age in range(DAYS + 1))
).subquery()


def _arrivals(age: int) -> "sa.ScalarSelect[int]":
    """The arrivals on the day that ends so many days before the newest arrival of all."""
    arrived, begin, end = membership.c.arrived_at, _days.c[f"day{age + 1}"], _days.c[f"day{age}"]
    found = sa.select(arrived).where(_of_feed, arrived > begin, arrived <= end).limit(MOST_ARRIVALS)
    return sa.select(sa.func.count()).select_from(found.correlate(feed, _days).subquery()).scalar_subquery()


_newest = (
    sa.select(entry.c.id)
    .select_from(_shown_members)
    .where(_of_feed)
    .order_by(membership.c.position.desc())
    .limit(1)
    .correlate(feed)
    .scalar_subquery()
)
_entries = sa.case(
    (feed.c.last_position <= EXACT, _number(_shown_members, _of_feed)),
    else_=feed.c.last_position - _number(departure, _departed),
)
_shown = entry.alias()

#: All statements are made once: SQLAlchemy takes longer to build a statement than the database to run it.
FACTS = (
    sa.select(
        feed.c.id,
        _entries.label("entries"),
        _shown.c.story_id, _shown.c.title, _shown.c.link, _shown.c.published, story.c.article_id,
        STORY_LINK.label("story_link"), story.c.published.label("story_published"),
        *(_arrivals(age).label(f"on{age}") for age in reversed(range(DAYS))),
    )
    .select_from(feed)
    .join(_days, sa.true())
    .outerjoin(_shown, _shown.c.id == _newest)
    .outerjoin(story, story.c.id == _shown.c.story_id)
    .where(feed.c.id.in_(sa.bindparam("feeds", expanding=True)))
)  # fmt: skip
#: Not a join: for one, PostgreSQL sorts all members.
LAST_ARRIVAL = (
    sa.select(membership.c.arrived_at)
    .where(membership.c.feed_id == sa.select(feed.c.id).where(feed.c.kind == ALL).scalar_subquery())
    .order_by(membership.c.arrived_at.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The entry that came to a feed last."""

    #: Of its page here.
    id: str
    title: str
    #: The original page.
    link: str | None
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the catalogue says of a feed."""

    #: The number of its entries.
    entries: int
    #: The entry that came last.
    newest: Newest | None
    #: How many entries came on each of the last days.
    days: tuple[int, ...]


def facts(db: sa.Connection, feed_ids: Collection[int]) -> dict[int, Facts]:
    """The facts of feeds: so many statements, whatever the number of feeds."""
    last = last_arrival(db)
    days = {f"day{age}": last - age * A_DAY for age in range(DAYS + 1)}
    rows = [row for chunk in chunks(feed_ids) for row in db.execute(FACTS, {"feeds": chunk, **days})]
    # A story keeps the page of its first member. If that has none, another member gives the page.
    others = members_of(db, {row.story_id for row in rows if row.story_published and not row.story_link})
    return {
        row.id: Facts(
            entries=row.entries,
            newest=_newest_of(row, others),
            days=tuple(row)[-DAYS:],
        )
        for row in rows
    }


def last_arrival(db: sa.Connection) -> datetime:
    """The newest arrival of all, at which the last day of plots ends."""
    return db.scalar(LAST_ARRIVAL) or NEVER


def _newest_of(row: Any, others: Mapping[int, Members]) -> Newest | None:
    if row.story_id is None:
        return None
    link = row.link
    if row.story_published:
        link = row.story_link or others[row.story_id].link
    return Newest(id=row.article_id, title=row.title, link=link, published=row.story_published or row.published)
