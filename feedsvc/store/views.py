"""Views of a feed, over all its entries: the newest of them, and what changed after a cursor."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from feedsvc.model import BEGINNING, MOST_ENTRIES, Cursor, Deleted, Entry, Filter, View, Window
from feedsvc.store import choosing, quotas
from feedsvc.store.feeds import Feed
from feedsvc.store.lookups import chunks
from feedsvc.store.rows import SHOWN_COLUMNS, WITHOUT_CONTENT
from feedsvc.store.schema import departure, entry, membership, story
from feedsvc.store.windows import IN_PARTS, WINDOW, WINDOW_SHORT, entries_of, members, unordered, window_rows

#: The number of changes in a list of changes, where the query states none.
USUAL_CHANGES = 100

#: The newest entries; the statement of the window, with its index. A view without content does not read its size.
NEWEST = WINDOW
NEWEST_SHORT = WINDOW_SHORT.with_only_columns(
    *WITHOUT_CONTENT, membership.c.arrived_at.label("came_at"), membership.c.position, maintain_column_froms=True
)

BY_POSITION, BY_POSITION_SHORT = (
    members(columns).where(membership.c.position.in_(sa.bindparam("positions", expanding=True)))
    for columns in (SHOWN_COLUMNS, WITHOUT_CONTENT)
)

#: Rows that are read together.
PART = 50

CURSOR = sa.tuple_(sa.bindparam("revision", type_=sa.BigInteger), sa.bindparam("above", type_=sa.BigInteger))


def _members_after(columns: Collection[Any]) -> "sa.Select[Any]":
    """The members that changed after a cursor, with their shown entry. Without one, the column `id` is NULL."""
    place = (membership.c.changed, membership.c.position)
    return (
        sa.select(*columns, *place, membership.c.story_id.label("member"))
        .select_from(membership)
        .join(story, story.c.id == membership.c.story_id)
        .outerjoin(entry, sa.and_(entry.c.story_id == story.c.id, entry.c.is_shown))
        .where(membership.c.feed_id == sa.bindparam("of_feed"), sa.tuple_(*place) > CURSOR)
        .order_by(*place)
        .limit(sa.bindparam("most"))
    )


#: Made once: SQLAlchemy takes longer to build a statement than the database to run it.
MEMBERS_AFTER = _members_after(SHOWN_COLUMNS)
MEMBERS_AFTER_SHORT = _members_after(WITHOUT_CONTENT)
DEPARTED_AFTER = (
    sa.select(
        sa.null().label("id"), departure.c.changed, departure.c.position, departure.c.story_id.label("member"),
        story.c.guid.label("story_guid"),
    )
    .join(story, story.c.id == departure.c.story_id)
    .where(
        departure.c.feed_id == sa.bindparam("of_feed"), sa.tuple_(departure.c.changed, departure.c.position) > CURSOR
    )
    .order_by(departure.c.changed, departure.c.position)
    .limit(sa.bindparam("most"))
)  # fmt: skip

#: When stories were taken down, and when their members were last withdrawn, edited and updated.
LAST_CHANGED = (
    sa.select(
        story.c.id.label("story_id"), sa.func.max(entry.c.withdrawn_at).label("withdrawn_at"),
        sa.func.max(entry.c.edited_at).label("edited_at"), sa.func.max(entry.c.updated).label("updated"),
        sa.func.max(story.c.published).label("published"), sa.func.max(story.c.taken_down_at).label("taken_down_at"),
    )
    .outerjoin(entry, entry.c.story_id == story.c.id)
    .where(story.c.id.in_(sa.bindparam("stories", expanding=True)))
    .group_by(story.c.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Changes of a feed, the oldest first, and the cursor after them."""

    entries: list[Entry]
    deleted: list[Deleted]
    after: Cursor


def newest(
    db: sa.Connection,
    feed_id: int,
    view: View,
    window: Window,
    fits: Filter | None = None,
    words: Collection[str] = (),
) -> list[Entry]:
    """
    The newest entries of a feed, by arrival, in the view's order; of those that a filter fits.

    A view with neither `limit` nor `since` has the entries of the window. Another view has `limit` entries, within
    `window.max_bytes` of content. With a filter, a view without these two has as many entries as a window. `words` are
    words that each of them has (`choosing.positions`). A quota bounds views without filter and `since`: the others ask
    for certain entries.
    """
    is_window = view.limit is None and view.since is None
    if fits is not None:
        found = choosing.positions(db, feed_id, fits, words=words, since=view.since)
        rows = list(_rows_at(db, feed_id, view, window, found))
    elif window.quota and view.since is None and view.limit:
        having_room = quotas.positions(db, feed_id, window.quota, view.limit)
        rows = list(_rows_at(db, feed_id, view, window, iter(having_room)))
    elif is_window:
        rows = window_rows(db, feed_id, window, WINDOW if view.has_content else WINDOW_SHORT)
    else:
        rows = list(_rows(db, feed_id, view, window))
    return entries_of(db, rows, window.order if view.is_sorted else "arrival")


def _rows(db: sa.Connection, feed_id: int, view: View, window: Window) -> Iterator[Any]:
    statement = NEWEST if view.has_content else NEWEST_SHORT
    size, since = 0, view.since
    given = {"of_feed": feed_id, "most": view.limit or MOST_ENTRIES}
    with db.execute(statement, given, execution_options=IN_PARTS) as rows:
        for row in rows:
            if isinstance(since, timedelta):
                since = row.came_at - since
            before, size = size, size + _size(row, view)
            if (since and row.came_at < since) or (before and size > window.max_bytes):
                return
            yield row


def _rows_at(db: sa.Connection, feed_id: int, view: View, window: Window, found: Iterator[int]) -> Iterator[Any]:
    """The rows at the first of these positions: as many as a view has."""
    statement = BY_POSITION if view.has_content else BY_POSITION_SHORT
    most = view.limit or (MOST_ENTRIES if view.since else window.items)
    size = 0
    positions = islice(found, most)
    while chunk := list(islice(positions, PART)):
        rows = {row.position: row for row in db.execute(statement, {"of_feed": feed_id, "positions": chunk})}
        for position in chunk:
            before, size = size, size + _size(rows[position], view)
            if before and size > window.max_bytes:
                return
            yield rows[position]


def changes(db: sa.Connection, feed: Feed, view: View, window: Window) -> Changed:
    """
    What changed in a feed after the view's cursor: each entry that came, was edited or returned, and each that left.

    Every story of the feed, and every story that left it, stands at one place: that of its last change. A change moves
    it to the end. So whoever follows the cursors finds the last change of each. Changes of older releases stand at
    revision 0. A cursor beyond the feed's revision or positions is of another database: the list starts at the
    beginning.
    """
    after = view.after or BEGINNING
    is_possible = after.revision <= feed.revision and after.position <= feed.last_position
    after = after if is_possible else BEGINNING
    limit = view.limit or USUAL_CHANGES
    given = {"of_feed": feed.id, "revision": after.revision, "above": after.position, "most": limit}
    statement = MEMBERS_AFTER if view.has_content else MEMBERS_AFTER_SHORT
    shown: list[Any] = []
    gone: list[Any] = []
    size = 0
    departed = db.execute(DEPARTED_AFTER, given)
    with db.execute(statement, given, execution_options=IN_PARTS) as changed:
        for row in merge(changed, departed, key=attrgetter("changed", "position")):
            before, size = size, size + _size(row, view)
            if len(shown) + len(gone) >= limit or (before and size > window.max_bytes):
                break
            (gone if row.id is None else shown).append(row)
            after = Cursor(revision=row.changed, position=row.position)
    return Changed(entries=unordered(db, shown), deleted=_deleted(db, gone), after=after)


def _size(row: Any, view: View) -> int:
    """The bytes of content that an entry adds to a view."""
    return 0 if row.id is None or view.brief or not view.has_content else len(row.content.encode())


def _deleted(db: sa.Connection, rows: list[Any]) -> list[Deleted]:
    moments = last_changed(db, [row.member for row in rows])
    return [Deleted(guid=row.story_guid, when=moments[row.member]) for row in rows]


def last_changed(db: sa.Connection, story_ids: Collection[int]) -> dict[int, datetime]:
    """When these stories were withdrawn, as far as the store knows; else when they last changed."""
    moments: dict[int, datetime] = {}
    for chunk in chunks(story_ids):
        for found in db.execute(LAST_CHANGED, {"stories": chunk}):
            known = (found.withdrawn_at, found.edited_at, found.updated, found.published, found.taken_down_at)
            moments[found.story_id] = max(one for one in known if one)
    return moments
