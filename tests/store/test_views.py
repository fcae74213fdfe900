"""The statements of views: their bounds, and the indexes that they read."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from feedsvc.model import BEGINNING, Entry, View, Window
from feedsvc.store import Store, feeds, views
from feedsvc.store.feeds import Feed
from tests.conftest import Folder, seed

SMALL = Window(max_bytes=3000)


@pytest.fixture
def feed(folder: Folder, store: Store, take_in: Callable[..., object]) -> Feed:
    """A feed of five entries, with some 1,200 bytes of content each."""
    for number in range(1, 6):
        folder.write(f"{number}.txt", seed(f"第{number}篇", f"<p>{'长' * 400}</p>", date=f"2026-10-0{6 - number}"))
    take_in()
    with store.read() as db:
        found = feeds.find(db, "新媒体")
    assert found
    return found


def _titles(entries: list[Entry]) -> str:
    return "".join(entry.title.strip("第篇") for entry in entries)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(limit=5), "12"),
        (View(limit=1), "1"),
        (View(limit=5, has_content=False), "12345"),
        (View(limit=5, brief=100), "12345"),
    ],
)
def test_newest_entries_are_bounded_by_bytes(store: Store, feed: Feed, view: View, expected: str) -> None:
    """A view has no more content than a window may have. A view without content has all its entries."""
    with store.read() as db:
        assert _titles(views.newest(db, feed.id, view, SMALL)) == expected
        assert len(views.newest(db, feed.id, View(limit=5), Window(max_bytes=1))) == 1


def test_changes_are_bounded_by_bytes(store: Store, feed: Feed) -> None:
    """A list of changes ends early, but after one change at least. The next list goes on there."""
    with store.read() as db:
        first = views.changes(db, feed, View(after=BEGINNING), SMALL)
        second = views.changes(db, feed, View(after=first.after), SMALL)
        smallest = views.changes(db, feed, View(after=second.after), Window(max_bytes=1))

    assert [_titles(one.entries) for one in (first, second, smallest)] == ["54", "32", "1"]


def test_views_read_indexes_alone(store: Store, feed: Feed) -> None:
    """The entries of a view are found by an index, in its order: in a feed of a million entries at the same cost."""
    ran: list[tuple[str, Any]] = []
    sa.event.listen(store.reader, "before_cursor_execute", lambda *call: ran.append((call[2], call[3])))
    with store.read() as db:
        for content in (True, False):
            views.newest(db, feed.id, View(limit=50, has_content=content), Window())
            views.changes(db, feed, View(after=BEGINNING, has_content=content), Window())
        bounded = [one for one in ran if "LIMIT" in one[0]]
        plans = [[row[3] for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", one)] for text, one in bounded]

    assert sorted(plan[0] for plan in plans) == [
        *["SEARCH departure USING INDEX ix_departure_changed (feed_id=? AND (changed,position)>(?,?))"] * 2,
        *["SEARCH membership USING INDEX ix_membership_changed (feed_id=? AND (changed,position)>(?,?))"] * 2,
        *["SEARCH membership USING INDEX ix_membership_window (feed_id=?)"] * 2,
    ]
    assert not [step for plan in plans for step in plan if "SCAN" in step or "TEMP B-TREE" in step]
