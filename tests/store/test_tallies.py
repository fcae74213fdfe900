"""Numbers that are counted when entries and polls are saved."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from feedsvc.schedule import Next, Pace
from feedsvc.store import Connection, Store, facts, migrate, open_store, sources, tallies
from feedsvc.store.migrations.run import configured
from feedsvc.store.poll_counts import MOST_DURATIONS, counted, durations_of
from feedsvc.store.polls import Outcome
from feedsvc.store.schema import source, source_day
from tests.conftest import NOW

TODAY = NOW.date()


def days_ago(*numbers: int) -> list[datetime | None]:
    """Moments so many days before now."""
    return [NOW - timedelta(days=number) for number in numbers]


def rhythm(store: Store) -> tuple[date | None, int | None, dict[date, int]]:
    """The newest day of the one source, its usual gap, and its days."""
    with store.read() as db:
        row = db.execute(sa.select(source)).one()
        return row.newest_day, row.usual_gap, tallies.days_of(db, [row.id], date.min).get(row.id, {})


def count(db: Connection, source_id: int, dates: list[datetime | None], now: datetime) -> None:
    """Count entries of these dates."""
    of = facts.of_source(db, source_id)
    facts.save(db, of, tallies.count_days(db, of, dates, now))


def test_entries_are_counted_by_day(store: Store) -> None:
    """Each new entry counts on its day. Without a date, or with a later one, it counts today; an old one never."""
    with store.write() as db:
        one = sources.find_or_add(db, "a")
        count(db, one, [*days_ago(3, 3, 401), None, NOW + timedelta(days=9)], NOW)
        count(db, one, days_ago(3, 1), NOW)

    assert rhythm(store) == (
        TODAY, None, {TODAY - timedelta(days=3): 3, TODAY - timedelta(days=1): 1, TODAY: 2},
    )  # fmt: skip


def test_a_new_day_moves_the_rhythm(store: Store) -> None:
    """The usual gap follows the days, and days of long ago are forgotten."""
    with store.write() as db:
        one = sources.find_or_add(db, "a")
        count(db, one, days_ago(399, 28, 21, 14, 7, 0), NOW)
        count(db, one, days_ago(-7), NOW + timedelta(days=7))
    newest, gap, days = rhythm(store)

    assert (newest, gap, len(days)) == (TODAY + timedelta(days=7), 7, 6)


def test_removed_elements_add_up(store: Store) -> None:
    """Numbers of removed elements are added, by kind and source."""
    with store.write() as db:
        one = sources.find_or_add(db, "a")
        for removed in ({"scripts": 2}, {}, {"scripts": 1, "frames": 1}):
            of = facts.of_source(db, one)
            facts.save(db, of, tallies.with_removed(of, removed))
        stored = db.scalar(sa.select(source.c.removed))

    assert tallies.removed_of(stored) == {"frames": 1, "scripts": 3}
    assert tallies.removed_of(None) == {}


def test_the_last_times_of_answers_are_kept() -> None:
    """A poll without an answer has no time. The oldest of many times is forgotten."""
    after = Outcome(following=Next(due=None, pace=Pace()), move=None, seconds=0.0125)
    former = " ".join(map(str, range(MOST_DURATIONS)))

    assert durations_of(str(counted(former, after)["durations"])) == (*range(1, MOST_DURATIONS), 12)
    assert counted(former, Outcome(following=Next(due=None, pace=Pace()), move=None))["durations"] == former


@pytest.mark.parametrize("server", ["sqlite", "postgresql"])
def test_an_upgrade_counts_the_days_of_stored_entries(
    tmp_path: Path, server: str, request: pytest.FixtureRequest
) -> None:
    """After an upgrade, the rhythm of each source is known from its entries."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}" if server == "sqlite" else request.getfixturevalue("new_postgresql")
    old = open_store(url)
    old.make_folder()
    now = datetime.now(UTC)
    with old.write() as db:
        config = configured()
        config.attributes["connection"] = db
        command.upgrade(config, "0011")
        db.execute(sa.text("INSERT INTO source (id, name) VALUES (1, 'a'), (2, 'b')"))
        for number, age in enumerate([0, 0, 2, 4, 6, 8, 500, -3]):
            one = {"n": number, "g": str(number), "at": now - timedelta(days=age)}
            db.execute(sa.text("INSERT INTO story (id, guid, article_id) VALUES (:n, :g, :g)"), one)
            db.execute(
                sa.text(
                    "INSERT INTO entry (id, source_id, story_id, is_shown, guid, raw, raw_hash, published_hash,"
                    " policy_version, title, content, summary, authors, enclosures, first_seen, is_kept, published,"
                    " is_waiting, streak, is_counting)"
                    " VALUES (:n, 1, :n, true, :g, '', '', '', 1, 't', 'c', 's', '[]', '[]', :at, true, :at,"
                    " false, 0, false)"
                ).bindparams(sa.bindparam("at", type_=sa.DateTime(timezone=True))),
                one,
            )
    migrate.upgrade(old)
    with old.read() as db:
        found = db.execute(sa.select(source.c.newest_day, source.c.usual_gap).order_by(source.c.id)).all()
        numbers = db.scalars(sa.select(source_day.c.entries).order_by(source_day.c.day)).all()
    old.close()

    assert [tuple(row) for row in found] == [(now.date(), 2), (None, None)]
    assert numbers == [1, 1, 1, 1, 2]
