"""
Placing: stories that wait come into feeds.

Only here does an entry become visible, all entries of a run at once, and in order of date, source and guid. So a run
that was cut off and resumed, and sources that were read in another order, give the same.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.identity import article_id
from feedsvc.store import stories, twins
from feedsvc.store.lookups import chunks
from feedsvc.store.memberships import assign
from feedsvc.store.schema import WAITING, UtcDateTime, entry, feed, membership, source, story, upstream
from feedsvc.store.stories import Waiting


def place(
    db: sa.Connection,
    source_ids: Collection[int],
    now: datetime,
    *,
    has_future: Collection[int] = frozenset(),
    before: datetime | None = None,
) -> Counter[int]:
    """
    Put what was saved of some sources, and is due, into feeds. Returns how many entries of each source came into one.

    On a source's first import an entry arrives on its own date, so that an archive does not come out as news. Undated
    entries take the newest date there. Later, arrival is now. Undated entries of an upstream keep its order: the first
    is the newest. An entry dated in the future waits, unless its source has them published before (`has_future`).
    `before` leaves out entries that were saved later.

    An entry of an older page (`entry.is_past`) arrives on its own date at any time; without a date, before all dated
    entries of its source.
    """
    waiting = _waiting(db, source_ids, before)
    firsts = _firsts(db, source_ids)
    ordered = _dated(db, waiting, firsts, has_future, now)
    joined = twins.join(db, ordered)
    begun = [one for one in ordered if one.entry_id not in joined]
    _begin(db, begun, firsts, now)
    assign(db, [one.story_id for one in begun])
    # A story that an entry of an older page joins comes into further feeds with the date of its own arrival.
    past = {one.entry_id for one in ordered if one.is_past}
    assign(db, list(dict.fromkeys(story_id for entry_id, story_id in joined.items() if entry_id not in past)), now=now)
    assign(db, list(dict.fromkeys(story_id for entry_id, story_id in joined.items() if entry_id in past)))
    _end_pages(db, [one.story_id for one in begun if one.is_past and one.source_id not in firsts])
    for chunk in chunks(one.entry_id for one in ordered):
        db.execute(sa.update(entry).where(entry.c.id.in_(chunk)).values(is_waiting=False))
    _settle(db, firsts, {one.source_id for one in ordered}, now, is_partial=before is not None)
    return Counter(one.source_id for one in ordered)


def _dated(
    db: sa.Connection,
    waiting: Mapping[int, Sequence[Any]],
    firsts: Collection[int],
    has_future: Collection[int],
    now: datetime,
) -> list[Waiting]:
    """The waiting entries that are due, each with a date, in the order in which they are placed."""
    undated = {
        source_id: max((row.published for row in rows if row.published and row.published <= now), default=now)
        if source_id in firsts
        else now
        for source_id, rows in waiting.items()
    }
    past = _before_all(db, {row.source_id for rows in waiting.values() for row in rows if _is_undated_past(row)}, now)
    due = [
        (row.published or (past if row.is_past else undated)[row.source_id], row)
        for rows in waiting.values()
        for row in rows
        if row.source_id in has_future or (row.published or now) <= now
    ]
    _date(db, [(row.id, moment) for moment, row in due if row.published is None])
    return [
        Waiting(
            entry_id=row.id, story_id=row.story_id, source_id=row.source_id, name=row.name, guid=row.guid,
            published=moment, is_past=row.is_past,
        )
        for moment, row in sorted(due, key=_in_order)
    ]  # fmt: skip


def _is_undated_past(row: Any) -> bool:
    return row.is_past and row.published is None


def _before_all(db: sa.Connection, source_ids: Collection[int], now: datetime) -> dict[int, datetime]:
    """The date of undated entries of older pages: a second before the first dated entry of their source."""
    found = dict.fromkeys(source_ids, now)
    for chunk in chunks(source_ids):
        first = sa.select(entry.c.source_id, sa.func.min(entry.c.published).label("first"))
        rows = db.execute(
            first.where(entry.c.source_id.in_(chunk), entry.c.published <= now).group_by(entry.c.source_id)
        )
        found |= {row.source_id: row.first - timedelta(seconds=1) for row in rows}
    return found


def _end_pages(db: sa.Connection, story_ids: Collection[int]) -> None:
    """
    Let a page of the archives end after these stories of older pages.

    The document that readers subscribe to has all entries after the last closed page. Without this, it would have
    these as well, whatever their date.
    """
    for chunk in chunks(story_ids):
        last = sa.select(membership.c.feed_id, sa.func.max(membership.c.position).label("last"))
        for row in db.execute(last.where(membership.c.story_id.in_(chunk)).group_by(membership.c.feed_id)).all():
            further = sa.and_(feed.c.id == row.feed_id, feed.c.past_position < row.last)
            db.execute(sa.update(feed).where(further).values(past_position=row.last))


def _begin(db: sa.Connection, begun: Sequence[Waiting], firsts: Collection[int], now: datetime) -> None:
    """Give the stories that begin with one of these entries their guids and the date of their arrival."""
    guids = stories.name(db, begun)
    arrivals = [
        {
            "chosen": one.story_id,
            "guid": guids[one.story_id],
            "article_id": article_id(guids[one.story_id]),
            "arrived_at": min(one.published, now) if one.source_id in firsts or one.is_past else now,
        }
        for one in begun
    ]
    if arrivals:
        names: dict[str, Any] = {name: sa.bindparam(name) for name in ("guid", "article_id", "arrived_at")}
        db.execute(sa.update(story).where(story.c.id == sa.bindparam("chosen")).values(**names), arrivals)


def _waiting(db: sa.Connection, source_ids: Collection[int], before: datetime | None) -> dict[int, list[Any]]:
    """The entries of each source that may be shown and are in no feed yet."""
    found: dict[int, list[Any]] = defaultdict(list)
    columns = (
        entry.c.id, entry.c.published, entry.c.guid, entry.c.story_id, entry.c.source_id, entry.c.is_past, source.c.name
    )  # fmt: skip
    for chunk in chunks(source_ids):
        rows = db.execute(
            sa.select(*columns, upstream.c.source_id.label("upstream_id"))
            .join(source, source.c.id == entry.c.source_id)
            .outerjoin(upstream, upstream.c.source_id == entry.c.source_id)
            .where(
                entry.c.source_id.in_(chunk),
                ~source.c.is_private,
                WAITING,
                sa.true() if before is None else entry.c.first_seen <= before,
            )
        )
        for row in rows:
            found[row.source_id].append(row)
    return found


def is_needed(db: sa.Connection) -> bool:
    """Whether any entry waits, or a source was read for the first time without one."""
    unsettled = sa.and_(source.c.placed_at.is_(None), source.c.settings.is_not(None))
    is_read = sa.exists().where(unsettled, upstream.c.source_id == source.c.id)
    return bool(db.scalar(sa.select(sa.or_(sa.exists().select_from(entry).where(WAITING), is_read))))


def count_waiting(db: sa.Connection, since: datetime) -> Counter[str]:
    """The number of entries of each source that may be shown, were saved and due at `since`, and are in no feed yet."""
    # Not `IS NULL OR <=`: for that, SQLite reads all entries by their dates in place of the few that wait.
    is_due = sa.func.coalesce(entry.c.published, sa.bindparam("since", since, entry.c.published.type)) <= since
    late = sa.select(source.c.name, sa.func.count().label("number")).join(source, source.c.id == entry.c.source_id)
    rows = db.execute(
        late.where(WAITING, ~source.c.is_private, entry.c.first_seen <= since, is_due).group_by(source.c.name)
    )
    return Counter({row.name: row.number for row in rows})


def _in_order(dated: tuple[datetime, Any]) -> tuple[datetime, str, int, str]:
    """By date, source and guid. Of an upstream's entries of one date, the first is the newest, so it comes last."""
    moment, row = dated
    return moment, row.name, 0 if row.upstream_id is None else -row.id, row.guid


def _firsts(db: sa.Connection, source_ids: Collection[int]) -> set[int]:
    """The sources of which no entry came into a feed before."""
    new = sa.select(source.c.id).where(source.c.placed_at.is_(None))
    return set(db.scalars(new)) & set(source_ids)


def _settle(db: sa.Connection, firsts: Collection[int], placed: set[int], now: datetime, *, is_partial: bool) -> None:
    """
    Mark the first import of sources as over; of an upstream, also if its first answer was empty.

    `is_partial`: entries of other sources may still wait. They must not become news, so these sources stay as they are.
    """
    is_upstream = source.c.id.in_(sa.select(upstream.c.source_id))
    is_read = sa.and_(source.c.settings.is_not(None), is_upstream, sa.literal(not is_partial))
    for chunk in chunks(firsts):
        over = sa.and_(source.c.id.in_(chunk), source.c.id.in_(list(placed.intersection(chunk))) | is_read)
        db.execute(sa.update(source).where(over).values(placed_at=now))


def _date(db: sa.Connection, undated: Sequence[tuple[int, datetime]]) -> None:
    """Give undated entries a date."""
    rows = [{"undated": entry_id, "moment": moment} for entry_id, moment in undated]
    if rows:
        values = {
            "published": sa.bindparam("moment", type_=UtcDateTime),
            "updated": sa.func.coalesce(entry.c.updated, sa.bindparam("moment", type_=UtcDateTime)),
        }
        db.execute(sa.update(entry).where(entry.c.id == sa.bindparam("undated")).values(**values), rows)
