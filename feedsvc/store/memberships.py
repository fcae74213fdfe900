"""The stories of each feed: memberships follow categories and sources, and a window shows the newest."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from feedsvc.filters.readable import Readable
from feedsvc.store import postgresql, selecting
from feedsvc.store.lookups import chunks
from feedsvc.store.readables import readables
from feedsvc.store.schema import (
    category,
    departure,
    entry,
    entry_category,
    feed,
    membership,
    source,
    story,
)
from feedsvc.store.selecting import Definition, Piece

#: A member is not a departure any more.
RETURNED = sa.delete(departure).where(
    departure.c.story_id.in_(sa.bindparam("stories", expanding=True)),
    sa.exists().where(membership.c.feed_id == departure.c.feed_id, membership.c.story_id == departure.c.story_id),
)

#: The present revision of the feed of a member.
REVISION = sa.select(feed.c.revision).where(feed.c.id == membership.c.feed_id).scalar_subquery()

GROWN = sa.update(feed).where(feed.c.id == sa.bindparam("grown")).values(last_position=sa.bindparam("last"))


def assign(
    db: sa.Connection,
    story_ids: Collection[int],
    *,
    only: Collection[int] | None = None,
    now: datetime | None = None,
) -> None:
    """
    Make the memberships of placed stories follow their categories and sources, in the order given.

    New members come last. They arrive in a feed when their story did, or at `now` where it is given. A story that was
    in a feed before has its former place again: pages of archives get it back, and a
    rule that is changed and changed back leaves nothing. `only` looks at some feeds. The revision of every feed touched
    rises.
    """
    if not story_ids:
        return
    matcher = _Matcher(db, only)
    columns = sa.select(feed.c.id, feed.c.last_position, feed.c.revision).where(_among(feed.c.id, only))
    # Locked, in the order of all transactions that do so: positions and revisions are given one after the other.
    stored = {row.id: row for row in db.execute(columns.order_by(feed.c.id).with_for_update())}
    last = {feed_id: row.last_position for feed_id, row in stored.items()}
    for chunk in chunks(story_ids):
        members, present = parts_of(db, chunk), _present(db, chunk, only)
        readable_of = matcher.readables(db, list(members))
        former = _former(db, chunk, only)
        rows = []
        for story_id in chunk:
            if story_id not in members:
                continue
            arrived_at, categories, sources = members[story_id]
            wanted = matcher.feeds_of(categories, sources, readable_of.get(story_id), present[story_id])
            wanted -= matcher.waiting(arrived_at) - present[story_id]
            _leave(db, story_id, present[story_id] - wanted)
            for feed_id in sorted(wanted - present[story_id]):
                known = former.get((feed_id, story_id))
                position, came_at = known or (None, None)
                came_at = came_at or arrived_at
                if position is None:
                    position = last[feed_id] = last[feed_id] + 1
                    came_at = now or arrived_at
                rows.append(
                    {
                        "feed_id": feed_id,
                        "position": position,
                        "story_id": story_id,
                        "arrived_at": came_at,
                        "changed": stored[feed_id].revision,
                    }
                )
        if rows:
            db.execute(sa.insert(membership), rows)
            grown = sorted({row["feed_id"] for row in rows})
            db.execute(GROWN, [{"grown": feed_id, "last": last[feed_id]} for feed_id in grown])
            db.execute(RETURNED, {"stories": sorted({row["story_id"] for row in rows})})
        if only is None:
            touch(db, chunk)


class _Matcher:
    """Finds the feeds that select a story."""

    def __init__(self, db: sa.Connection, only: Collection[int] | None) -> None:
        self.by_category: dict[int, int] = {}
        self.always: set[int] = set()
        self.defined: list[tuple[int, Definition]] = []
        self.names = {row.id: row.name for row in db.execute(sa.select(category.c.id, category.c.name))}
        #: The feeds that have stories some time after their arrival, each with the arrival up to which they came in.
        self.released: dict[int, datetime] = {}
        query = sa.select(feed.c.id, feed.c.kind, feed.c.category_id, feed.c.definition, feed.c.delay, feed.c.released)
        for row in db.execute(query.where(_among(feed.c.id, only))):
            if row.kind == "all":
                self.always.add(row.id)
            elif row.kind == "category":
                self.by_category[row.category_id] = row.id
            else:
                self.defined.append((row.id, selecting.read(row.definition)))
                if row.delay:
                    self.released[row.id] = row.released
        self.has_filters = any(definition.has_filters for _, definition in self.defined)

    def waiting(self, arrived_at: datetime) -> set[int]:
        """The feeds for which a story of this arrival waits."""
        return {feed_id for feed_id, released in self.released.items() if arrived_at > released}

    def readables(self, db: sa.Connection, story_ids: Collection[int]) -> dict[int, Readable]:
        """The stories as filters see them; none where no feed has filters."""
        return readables(db, story_ids) if self.has_filters else {}

    def feeds_of(
        self, categories: Collection[int], sources: Collection[str], readable: Readable | None, present: set[int]
    ) -> set[int]:
        """
        The feeds for a story of these categories (ids) and sources (names).

        `readable` is None for a story that shows no entry: then it stays where filters have put it (`present`).
        """
        names = {self.names[category_id] for category_id in categories}
        piece = Piece(categories=names, sources=sources, readable=lambda: readable)
        selected = {feed_id: definition.selects(piece) for feed_id, definition in self.defined}
        return (
            self.always
            | {self.by_category[category_id] for category_id in categories if category_id in self.by_category}
            | {feed_id for feed_id, answer in selected.items() if (feed_id in present if answer is None else answer)}
        )


def parts_of(db: sa.Connection, story_ids: list[int]) -> dict[int, tuple[datetime, set[int], set[str]]]:
    """
    Arrival, categories and sources of each placed story that may be shown.

    Members count that are public, and neither withdrawn nor dropped by the rules of their source.
    """
    found: dict[int, tuple[datetime, set[int], set[str]]] = {}
    rows = db.execute(
        sa.select(story.c.id, story.c.arrived_at, source.c.name, entry_category.c.category_id)
        .join(entry, entry.c.story_id == story.c.id)
        .join(source, source.c.id == entry.c.source_id)
        .outerjoin(entry_category, entry_category.c.entry_id == entry.c.id)
        .where(
            story.c.id.in_(story_ids), story.c.arrived_at.is_not(None), entry.c.withdrawn_at.is_(None),
            entry.c.is_kept, ~source.c.is_private,
        )
    )  # fmt: skip
    for row in rows:
        _, categories, sources = found.setdefault(row.id, (row.arrived_at, set(), set()))
        sources.add(row.name)
        if row.category_id is not None:
            categories.add(row.category_id)
    return found


def _among(column: "sa.Column[int]", only: Collection[int] | None) -> sa.ColumnElement[bool]:
    """The rows of some feeds; of all without `only`."""
    return sa.true() if only is None else column.in_(only)


def _present(db: sa.Connection, story_ids: list[int], only: Collection[int] | None) -> dict[int, set[int]]:
    query = sa.select(membership.c.story_id, membership.c.feed_id).where(membership.c.story_id.in_(story_ids))
    present: dict[int, set[int]] = defaultdict(set)
    for story_id, feed_id in db.execute(query.where(_among(membership.c.feed_id, only))):
        present[story_id].add(feed_id)
    return present


def _former(
    db: sa.Connection, story_ids: list[int], only: Collection[int] | None
) -> dict[tuple[int, int], tuple[int, datetime | None]]:
    """The places that these stories had in feeds that they left: (feed, story) → position and arrival."""
    query = sa.select(departure).where(departure.c.story_id.in_(story_ids))
    rows = db.execute(query.where(_among(departure.c.feed_id, only)))
    return {(row.feed_id, row.story_id): (row.position, row.arrived_at) for row in rows}


def _leave(db: sa.Connection, story_id: int, feed_ids: Collection[int]) -> None:
    """Remove a story from feeds. A departure remembers it, for readers that ask for changes."""
    if not feed_ids:
        return
    db.execute(sa.update(feed).where(feed.c.id.in_(feed_ids)).values(revision=feed.c.revision + 1))
    left = (membership.c.story_id == story_id, membership.c.feed_id.in_(feed_ids))
    kept = (membership.c.feed_id, membership.c.story_id, membership.c.position, membership.c.arrived_at, REVISION)
    names = ["feed_id", "story_id", "position", "arrived_at", "changed"]
    db.execute(sa.insert(departure).from_select(names, sa.select(*kept).where(*left)))
    db.execute(sa.delete(membership).where(*left))


def touch(db: sa.Connection, story_ids: Collection[int]) -> None:
    """Raise the revision of every feed that these stories are in. The stories changed with that revision."""
    for chunk in chunks(story_ids):
        _touch(db, membership.c.story_id.in_(chunk))


def touch_source(db: sa.Connection, source_id: int) -> None:
    """Raise the revision of every feed that has an entry of a source. Its stories changed with that revision."""
    _touch(db, membership.c.story_id.in_(sa.select(entry.c.story_id).where(entry.c.source_id == source_id)))


def _touch(db: sa.Connection, of: sa.ColumnElement[bool]) -> None:
    feeds = sa.select(membership.c.feed_id).where(of)
    if db.dialect.name != "sqlite":
        db.execute(sa.select(feed.c.id).where(feed.c.id.in_(feeds)).order_by(feed.c.id).with_for_update()).all()
    db.execute(sa.update(feed).where(feed.c.id.in_(feeds)).values(revision=feed.c.revision + 1))
    db.execute(sa.update(membership).where(of).values(changed=REVISION))
    postgresql.announce(db)


def count_entries(db: sa.Connection) -> dict[int, int]:
    """Number of stories in each feed, by the feed's id."""
    rows = db.execute(
        sa.select(membership.c.feed_id, sa.func.count())
        .join(entry, sa.and_(entry.c.story_id == membership.c.story_id, entry.c.is_shown))
        .group_by(membership.c.feed_id)
    )
    return {feed_id: number for feed_id, number in rows}  # noqa: C416 - dict() takes no rows
