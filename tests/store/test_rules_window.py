"""Each rule of a feed's window alone: how many entries its document shows, and in which order."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from feedsvc.model import Window
from feedsvc.store import Store, windows
from feedsvc.store.schema import entry, feed, membership, source, story
from tests.conftest import NOW

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)

#: An entry: when it arrived, when it was published, and its text.
Row = tuple[datetime, datetime, str]


def shown(store: Store, rows: list[Row], window: Window) -> list[str]:
    """The numbers of the entries, from 1, that a feed shows of these, which have positions in this order."""
    with store.write() as db:
        db.execute(sa.insert(source).values(id=1, name="s"))
        db.execute(sa.insert(feed).values(id=1, kind="all", slug="all", revision=1, last_position=0))
        for number, (arrived, published, content) in enumerate(rows, 1):
            same = {"guid": f"g{number}", "arrived_at": arrived}
            db.execute(sa.insert(story).values(id=number, article_id=f"a{number}", **same))
            db.execute(sa.insert(entry).values(
                id=number, source_id=1, story_id=number, is_shown=True, is_waiting=False, guid=f"g{number}", raw=b"",
                raw_hash="", published_hash="", policy_version=1, title=str(number), content=content, summary="",
                authors=[], enclosures=[], published=published, updated=published, first_seen=NOW,
            ))  # fmt: skip
            db.execute(sa.insert(membership).values(feed_id=1, position=number, story_id=number, arrived_at=arrived))
        return [one.title for one in windows.select_window(db, 1, window)]


def arrived(*before: timedelta) -> list[Row]:
    """Entries that arrived so long before now, on the day of their publication."""
    return [(NOW - one, NOW - one, "x") for one in before]


def test_with_0_hours_the_number_alone_counts(store: Store) -> None:
    """With 0 hours, the number alone counts. Of entries that arrived at one moment, the last positions are shown."""
    assert shown(store, arrived(*[timedelta()] * 5), Window(items=2, hours=0)) == ["5", "4"]


@pytest.mark.parametrize(
    ("hours", "expected"), [(1, ["5", "4"]), (2, ["5", "4"]), (3, ["5", "4", "3", "2"]), (9, ["5", "4", "3", "2", "1"])]
)
def test_the_hours_count_back_from_the_newest_arrival(store: Store, hours: int, expected: list[str]) -> None:
    """To the second; more entries than hours say are shown where the number says so."""
    rows = arrived(9 * HOUR, 4 * HOUR, 3 * HOUR + SECOND, 2 * HOUR, HOUR)

    assert shown(store, rows, Window(items=2, hours=hours)) == expected


def test_one_hour_is_a_window(store: Store) -> None:
    """The least that is more than none."""
    assert shown(store, arrived(2 * HOUR, HOUR), Window(items=1, hours=1)) == ["2", "1"]


@pytest.mark.parametrize(("items", "expected"), [(0, ["3"]), (1, ["3"]), (2, ["3", "2"]), (9, ["3", "2", "1"])])
def test_the_number_counts_where_the_hours_are_over(store: Store, items: int, expected: list[str]) -> None:
    """A feed that has entries shows one at least."""
    assert shown(store, arrived(30 * HOUR, 20 * HOUR, HOUR), Window(items=items, hours=2)) == expected


def test_so_many_entries_are_the_most(store: Store) -> None:
    """However many arrived within the hours."""
    assert shown(store, arrived(HOUR, HOUR, HOUR), Window(items=3, hours=48, max_items=2)) == ["3", "2"]


@pytest.mark.parametrize(("size", "expected"), [(6, ["3", "2"]), (5, ["3"]), (9, ["3", "2", "1"]), (1, ["3"])])
def test_so_many_bytes_are_the_most(store: Store, size: int, expected: list[str]) -> None:
    """Of UTF-8. One entry is shown, whatever its size."""
    rows = [(NOW, NOW, "文")] * 3

    assert shown(store, rows, Window(items=50, hours=48, max_bytes=size)) == expected


def test_the_newest_arrivals_are_shown_in_order_of_publication(store: Store) -> None:
    """An old entry that arrives late is shown, below. Of one date, the last position is first."""
    rows = [
        (NOW - 9 * HOUR, NOW, "out"), (NOW - 3 * HOUR, NOW - HOUR, "x"), (NOW - 2 * HOUR, NOW - 9 * HOUR, "x"),
        (NOW - HOUR, NOW - HOUR, "x"),
    ]  # fmt: skip

    assert shown(store, rows, Window(items=3, hours=0)) == ["4", "2", "3"]


def test_positions_decide_among_equal_arrivals(store: Store) -> None:
    """The last position came last."""
    rows = [(NOW, NOW - number * HOUR, "x") for number in range(4)]

    assert shown(store, rows, Window(items=2, hours=0)) == ["3", "4"]


def test_of_one_date_the_last_position_is_first(store: Store) -> None:
    """Of entries with one date, the last position comes first, also if that entry did not arrive last."""
    assert shown(store, [(NOW, NOW - HOUR, "x"), (NOW - HOUR, NOW - HOUR, "x")], Window()) == ["2", "1"]
