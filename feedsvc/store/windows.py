"""Windows of feeds: the newest entries of a feed, its pages of archives, and their order."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Entry, Order, Window
from feedsvc.store import quotas
from feedsvc.store.members import categories_of, members_of
from feedsvc.store.rows import SHOWN_COLUMNS, SIZE, WITHOUT_CONTENT, entry_of
from feedsvc.store.schema import entry, membership, story

#: Above every position.
LAST = 2**62


def members(columns: "Iterable[sa.ColumnElement[Any]]") -> "sa.Select[Any]":
    """The shown entries of a feed, with the bytes of their content, their arrival and their position."""
    return (
        sa.select(*columns, SIZE, membership.c.arrived_at.label("came_at"), membership.c.position)
        .join(story, story.c.id == entry.c.story_id)
        .join(membership, membership.c.story_id == story.c.id)
        .where(membership.c.feed_id == sa.bindparam("of_feed"), entry.c.is_shown)
    )


def newest_of(rows: "sa.Select[Any]") -> "sa.Select[Any]":
    """The newest of `members`."""
    return rows.order_by(membership.c.arrived_at.desc(), membership.c.position.desc()).limit(sa.bindparam("most"))


def between(rows: "sa.Select[Any]") -> "sa.Select[Any]":
    """Those of `members` at positions above `above`, up to `last`."""
    return rows.where(membership.c.position > sa.bindparam("above"), membership.c.position <= sa.bindparam("last"))


#: Made once, because every feed needs them: SQLAlchemy takes longer to build a statement than the database to run it.
WINDOW = newest_of(members(SHOWN_COLUMNS))
WINDOW_SHORT = newest_of(members(WITHOUT_CONTENT))
BETWEEN = between(members(SHOWN_COLUMNS))

#: PostgreSQL sends so many rows at a time. Otherwise it sends all before the first is read, however large they are.
#: The row after a usual window tells that the window has ended.
IN_PARTS = {"yield_per": 51}


def select_window(db: sa.Connection, feed_id: int, window: Window, closed: int = LAST) -> list[Entry]:
    """
    The entries of a feed's document, newest first.

    The larger of `window.items` entries and of those that came in the `window.hours` before the newest arrival; never
    more than `window.max_items`, nor than `window.max_bytes` of content (but always one). Beyond these limits, every
    entry at a position above `closed`, so that no entry is missing between the document and its archive; but not those
    that a quota leaves out.
    """
    chosen = {row.position: row for row in window_rows(db, feed_id, window, WINDOW)}
    if window.quota:
        return entries_of(db, list(chosen.values()), window.order)
    for row in db.execute(BETWEEN, {"of_feed": feed_id, "above": closed, "last": LAST}):
        chosen.setdefault(row.position, row)
    return entries_of(db, list(chosen.values()), window.order)


def window_rows(db: sa.Connection, feed_id: int, window: Window, statement: "sa.Select[Any]") -> list[Any]:
    """The rows of a statement of `newest_of` in a window, in order of arrival, newest first."""
    given = {"of_feed": feed_id, "most": window.max_items}
    if window.quota:
        having_room = quotas.positions(db, feed_id, window.quota, window.items)[: window.max_items]
        statement = statement.where(membership.c.position.in_(having_room))
    with db.execute(statement, given, execution_options=IN_PARTS) as rows:
        return within(rows, window)


def within(rows: "Iterable[Any]", window: Window) -> list[Any]:
    """The first of these rows (`size`, `came_at`), as many as a window has. They are in order of arrival."""
    chosen: list[Any] = []
    # Without hours, an entry that came together with the newest one does not count either.
    hours = timedelta(hours=window.hours) if window.hours > 0 else timedelta.min
    size = 0
    newest = None
    for row in rows:
        size += row.size
        newest = newest or row.came_at
        if chosen and (size > window.max_bytes or (len(chosen) >= window.items and newest - row.came_at > hours)):
            break
        chosen.append(row)
    return chosen


def select_between(db: sa.Connection, feed_id: int, above: int, last: int, order: Order) -> list[Entry]:
    """The entries at positions above `above`, up to `last`, newest first: a page of the archive."""
    return entries_of(db, db.execute(BETWEEN, {"of_feed": feed_id, "above": above, "last": last}).all(), order)


def _date(row: Any) -> tuple[datetime, int]:
    return row.story_published or row.published, row.position


#: The order of a feed → what a row of `members` is sorted by.
KEYS: dict[Order, Callable[[Any], Any]] = {"publication": _date, "arrival": attrgetter("position")}


def ordered(rows: Iterable[Any], order: Order) -> list[Any]:
    """Rows of `members` in the order of a feed, newest first."""
    return sorted(rows, key=KEYS[order], reverse=True)


def entries_of(db: sa.Connection, rows: Sequence[Any], order: Order) -> list[Entry]:
    """Rows of `members` as entries, in the order of a feed, newest first."""
    return unordered(db, ordered(rows, order))


def unordered(db: sa.Connection, rows: Sequence[Any]) -> list[Entry]:
    """Rows of `members` as entries, in the order of the rows."""
    story_ids = [row.story_id for row in rows]
    categories, members = categories_of(db, story_ids), members_of(db, story_ids)
    return [entry_of(row, categories[row.story_id], members[row.story_id]) for row in rows]
