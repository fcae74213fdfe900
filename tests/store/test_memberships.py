"""Members of feeds, their positions, and the members that a document shows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from feedsvc.model import Window
from feedsvc.store import Store, feeds, migrate, open_store, placing, windows
from feedsvc.store.schema import entry, feed, membership
from feedsvc.update import Report
from tests.conftest import CONFIG, NOW, Folder, seed

HOUR = timedelta(hours=1)
TakeIn = Callable[..., Report]

#: The feed `tech` shows one category or two.
ONE = CONFIG + "feeds: {tech: {categories: [手机]}}\n"
TWO = CONFIG + "feeds: {tech: {categories: [手机, 电脑]}}\n"


def _seed(title: str, before: timedelta = HOUR, category: str = "新媒体", body: str = "<p>正文</p>") -> str:
    """A seed that is dated `before` NOW."""
    return seed(title, body, date=format_datetime(NOW - before, usegmt=True), categories=f"[{category}]")


def _members(store: Store, slug: str) -> dict[str, int]:
    """Title → position of everything that is in a feed, in order of position, withdrawn entries included."""
    rows = (
        sa.select(entry.c.title, membership.c.position)
        .join(membership, membership.c.story_id == entry.c.story_id)
        .join(feed, feed.c.id == membership.c.feed_id)
        .where(feed.c.slug == slug)
        .order_by(membership.c.position)
    )
    with store.read() as db:
        return {title: position for title, position in db.execute(rows)}  # noqa: C416 - dict() takes no rows


def _arrivals(store: Store) -> dict[str, datetime]:
    rows = sa.select(entry.c.title, membership.c.arrived_at).join(membership, membership.c.story_id == entry.c.story_id)
    with store.read() as db:
        return {title: arrived_at for title, arrived_at in db.execute(rows)}  # noqa: C416 - dict() takes no rows


def _window(store: Store, window: Window) -> list[str]:
    with store.read() as db:
        found = feeds.find(db, "all")
        assert found is not None
        return [one.title for one in windows.select_window(db, found.id, window)]


def test_positions_follow_arrival(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A first import is placed in order of date, whatever the names of the files; what comes later is placed last."""
    folder.write("a.txt", _seed("新", HOUR))
    folder.write("b.txt", _seed("旧", 9 * HOUR))
    take_in(NOW)
    folder.write("c.txt", _seed("更旧", 99 * HOUR))
    take_in(NOW + HOUR)

    assert _members(store, "all") == {"旧": 1, "新": 2, "更旧": 3}


def test_an_archive_arrives_on_its_own_dates(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Entries of a first import arrive at their dates; later entries arrive when they are found."""
    folder.write("a.txt", _seed("旧", 99 * HOUR))
    take_in(NOW)
    folder.write("b.txt", _seed("补", 50 * HOUR))
    take_in(NOW + HOUR)

    assert _arrivals(store) == {"旧": NOW - 99 * HOUR, "补": NOW + HOUR}


def test_a_redefined_feed_keeps_the_positions_of_those_that_stay(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """New members of a widened feed come behind those it has. Narrowed and widened again, it has the same places."""
    folder.configure(ONE)
    folder.write("a.txt", _seed("甲", 3 * HOUR, "电脑"))
    folder.write("b.txt", _seed("乙", 2 * HOUR, "手机"))
    take_in()
    found = [_members(store, "tech")]
    for text in (TWO, ONE, TWO):
        folder.configure(text)
        take_in()
        found.append(_members(store, "tech"))

    assert found == [{"乙": 1}, {"乙": 1, "甲": 2}, {"乙": 1}, {"乙": 1, "甲": 2}]


def test_a_feed_defined_later_has_the_order_of_one_defined_at_once(
    folder: Folder, store: Store, take_in: TakeIn
) -> None:
    """A new feed is filled in the order in which its stories arrived."""
    folder.write("a.txt", _seed("新", HOUR))
    folder.write("b.txt", _seed("旧", 9 * HOUR))
    take_in()
    folder.configure(CONFIG + "feeds: {tech: {categories: [新媒体]}}\n")
    take_in()

    assert _members(store, "tech") == _members(store, "all") == {"旧": 1, "新": 2}


def test_a_feed_of_a_source_holds_that_source(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A feed defined by sources holds their entries, of whatever category."""
    folder.configure(CONFIG + "feeds: {ours: {sources: [articles]}}\n")
    folder.write("a.txt", _seed("甲", category="电脑"))
    take_in()

    assert _members(store, "ours") == {"甲": 1}


def test_a_feed_of_categories_and_sources_wants_both(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """If a feed names categories and sources, an entry must be of one of each."""
    folder.configure(CONFIG + "feeds: {ours: {sources: [articles], categories: [手机]}}\n")
    folder.write("a.txt", _seed("甲", category="电脑"))
    folder.write("b.txt", _seed("乙", category="手机"))
    take_in()

    assert _members(store, "ours") == {"乙": 1}


def test_a_revived_feed_has_what_came_while_it_was_retired(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A feed that is defined again misses nothing, and keeps the positions it gave."""
    folder.write("a.txt", _seed("甲", category="手机"))
    for number, text in enumerate((ONE, CONFIG, ONE)):
        folder.configure(text)
        take_in(NOW + number * HOUR)
        folder.write(f"{number}.txt", _seed(f"第{number}篇", category="手机"))
    take_in(NOW + 3 * HOUR)

    assert list(_members(store, "tech")) == ["甲", "第0篇", "第1篇", "第2篇"]
    assert _members(store, "tech")["甲"] == 1


def test_a_feed_has_its_positions_after_its_address_was_given_away(
    folder: Folder, store: Store, take_in: TakeIn, caplog: pytest.LogCaptureFixture
) -> None:
    """An update with an older configuration gives a feed's address to a category, and the feed loses nothing."""
    older = CONFIG + "categories:\n  手机: {slug: tech}\n"
    newer = CONFIG + "categories:\n  手机: {slug: phones}\nfeeds:\n  tech: {categories: [手机]}\n"
    folder.write("a.txt", _seed("甲", 3 * HOUR, "电脑"))
    folder.write("b.txt", _seed("乙", 2 * HOUR, "手机"))
    found = []
    for text in (older, newer, newer, older, newer):
        folder.configure(text)
        take_in()
        found.append(_members(store, "tech"))
        folder.write("a.txt", _seed("甲", 3 * HOUR, "手机" if len(found) > 1 else "电脑"))

    assert found == [{"乙": 1}, {"乙": 1}, {"乙": 1, "甲": 2}, {"乙": 1, "甲": 2}, {"乙": 1, "甲": 2}]
    assert [record.getMessage() for record in caplog.records if record.name == "feedsvc.store.feeds"] == [
        "the address /feeds/tech is handed over from the category '手机' to the feed 'tech'",
        "the address /feeds/tech is handed over from the feed 'tech' to the category '手机'",
        "the address /feeds/tech is handed over from the category '手机' to the feed 'tech'",
        "the feed 'tech' has its address again; if this repeats, two processes have different configurations",
    ]


def test_a_position_is_never_given_twice(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The last of a feed takes its position along when it leaves, and has it again when it returns."""
    for category in ("手机", "电脑", "手机"):
        folder.write("a.txt", _seed("甲", category=category))
        take_in()

    assert _members(store, "手机") == {"甲": 1}
    folder.write("b.txt", _seed("乙", category="手机"))
    take_in()
    assert _members(store, "手机") == {"甲": 1, "乙": 2}


@pytest.mark.parametrize(
    ("window", "shown"),
    [
        (Window(items=2, hours=0), 2),
        (Window(items=2, hours=4), 5),
        (Window(items=8, hours=4), 8),
        (Window(items=99, hours=0), 10),
        (Window(items=2, hours=99, max_items=6), 6),
        (Window(items=9, hours=0, max_bytes=370), 3),
        (Window(items=9, hours=0, max_bytes=1), 1),
    ],
    ids=["items", "more hours", "more items", "all", "at most so many", "at most so large", "always one"],
)
def test_a_window_is_the_larger_of_items_and_hours(
    folder: Folder, store: Store, take_in: TakeIn, window: Window, shown: int
) -> None:
    """A document shows so many entries or so many hours, whichever is more, within a number and a size."""
    for number in range(10):
        folder.write(f"{number}.txt", _seed(f"第{number}篇", number * HOUR, body=f"<p>{'x' * 100}</p>"))
    take_in()

    assert _window(store, window) == [f"第{number}篇" for number in range(shown)]


def test_a_window_is_sized_in_bytes(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A Chinese character counts as the three bytes that it is sent as."""
    for number in range(3):
        folder.write(f"{number}.txt", _seed(f"第{number}篇", number * HOUR, body=f"<p>{'文' * 100}</p>"))
    take_in()

    assert len(_window(store, Window(max_bytes=700))) == 2


def test_the_hours_of_a_window_count_from_the_newest(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A feed that has been silent for a year still shows its last days."""
    folder.write("a.txt", _seed("甲", 9000 * HOUR))
    folder.write("b.txt", _seed("乙", 9001 * HOUR))
    take_in()

    assert _window(store, Window(items=1, hours=2)) == ["甲", "乙"]


def test_what_is_found_late_is_in_the_window_by_arrival(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An old piece that turns up now is shown, in its place by date."""
    folder.write("a.txt", _seed("新", HOUR))
    folder.write("b.txt", _seed("中", 2 * HOUR))
    take_in(NOW)
    folder.write("c.txt", _seed("旧", 999 * HOUR))
    take_in(NOW + HOUR)

    assert _window(store, Window(items=2, hours=0)) == ["新", "旧"]


def test_a_round_reads_no_entry_that_is_placed(tmp_path: Path) -> None:
    """Waiting entries are found by their own index: a round of polls does not read all entries of a source."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    migrate.upgrade(store)
    asked: list[tuple[str, Any]] = []
    with store.write() as db:
        sa.event.listen(db, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
        placing.place(db, [1, 2, 3], NOW)
        (looked,) = [one for one in asked if "is_waiting" in one[0]]
        plan = [row.detail for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {looked[0]}", looked[1])]
    store.close()

    assert [step for step in plan if "entry" in step] == ["SEARCH entry USING INDEX ix_entry_waiting (source_id=?)"]
