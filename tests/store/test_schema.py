"""The tables: migrations make what schema.py declares, once, and never over a newer version's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedsvc.errors import StoreError
from feedsvc.store import Store, feeds, migrate, open_store, placing
from feedsvc.store.migrations.declared import declared, is_declared
from feedsvc.store.migrations.run import configured
from feedsvc.store.schema import document, seed_file, source, story
from tests.conftest import NOW, Folder, feedsvc

BEIJING = timezone(timedelta(hours=8))


def _bring_to(store: Store, version: str) -> None:
    with store.write() as db:
        db.execute(sa.text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def test_migrations_make_the_declared_tables(store: Store) -> None:
    """A migrated database has exactly the tables, columns, keys and indexes of schema.py."""
    with store.read() as db:
        options = {"compare_type": True, "include_name": is_declared}
        difference = compare_metadata(MigrationContext.configure(db, opts=options), declared())

    assert difference == []


def test_the_names_of_migrations_are_their_revisions() -> None:
    """Commands know the revisions of this version without Alembic; Alembic finds the same ones, in the same order."""
    scripts = ScriptDirectory.from_config(configured())

    assert migrate.revisions() == tuple(reversed([script.revision for script in scripts.walk_revisions()]))
    assert scripts.get_current_head() == migrate.revisions()[-1]


def test_an_upgrade_of_a_current_database_changes_nothing(store: Store) -> None:
    """Upgrading twice keeps every row."""
    with store.write() as db:
        db.execute(sa.insert(source).values(name="articles"))
    migrate.upgrade(store)

    with store.read() as db:
        assert db.scalars(sa.select(source.c.name)).all() == ["articles"]


def test_processes_that_start_together_migrate_once(folder: Folder) -> None:
    """Several processes that find an empty database at the same moment all find it migrated then."""
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _: feedsvc(folder, "db", "upgrade"), range(4)))

    assert [(one.returncode, one.stderr) for one in ended] == [(0, "")] * 4


@pytest.mark.parametrize("use", [migrate.upgrade, migrate.require_current], ids=["upgrade", "use"])
def test_a_database_of_a_newer_version_is_refused(store: Store, use: Callable[[Store], None]) -> None:
    """A database that a newer version made is neither migrated nor used; one line says so."""
    _bring_to(store, "9999")

    with pytest.raises(StoreError, match=r"made by a newer version \(schema 9999\); install that version"):
        use(store)


def test_status_tells_an_empty_database_from_a_migrated_one(folder: Folder) -> None:
    """The status names the schema that is there, none at first, and the one that is needed."""
    store = open_store(folder.database_url)
    before = migrate.status(store)
    migrate.upgrade(store)
    after = migrate.status(store)
    store.close()

    assert (before.current, before.needed) == (None, after.needed)
    assert after.current == after.needed


def test_an_unmigrated_database_says_what_to_run(folder: Folder) -> None:
    """Whoever uses a database without tables is told the command that makes them."""
    store = open_store(folder.database_url)

    with pytest.raises(StoreError, match="run: feedsvc db upgrade"):
        migrate.require_current(store)
    store.close()


def test_datetimes_come_back_in_utc(store: Store) -> None:
    """A datetime of any zone is stored, and read back UTC-aware as the same moment."""
    with store.write() as db:
        db.execute(sa.insert(story).values(guid="a", article_id="a", arrived_at=NOW.astimezone(BEIJING)))
        found = db.scalars(sa.select(story.c.arrived_at)).one()

    assert found == NOW
    assert found.utcoffset() == timedelta(0)


def test_a_naive_datetime_is_refused(store: Store) -> None:
    """A datetime without zone never gets into the database."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused

    with pytest.raises(sa.exc.StatementError, match="naive datetime"), store.write() as db:
        db.execute(sa.insert(story).values(guid="a", article_id="a", arrived_at=naive))


def test_entries_that_waited_at_an_upgrade_keep_their_guids(folder: Folder) -> None:
    """Of an older release several entries may wait with one story, under its guid: each then waits by itself."""
    store = open_store(folder.database_url)
    store.make_folder()
    with store.write() as db:
        config = configured()
        config.attributes["connection"] = db
        command.upgrade(config, "0005")
        db.execute(sa.text("INSERT INTO source (id, name, is_confirmed) VALUES (1, 'a', false), (2, 'b', false)"))
        db.execute(sa.text("INSERT INTO story (id, guid, article_id) VALUES (1, 'urn:x', 'x')"))
        for number in (1, 2):
            db.execute(
                sa.text(
                    "INSERT INTO entry (id, source_id, story_id, is_shown, guid, raw, raw_hash, published_hash,"
                    " policy_version, title, content, summary, authors, enclosures, first_seen, is_kept, published)"
                    " VALUES (:n, :n, 1, :shown, 'urn:x', '', '', '', 1, :title, 'c', 's', '[]', '[]', :now, true,"
                    " :now)"
                ),
                {"n": number, "shown": number == 1, "title": f"t{number}", "now": "2026-01-01 00:00:00"},
            )
    migrate.upgrade(store)
    with store.write() as db:
        placed = placing.place(db, [1, 2], NOW)
        guids = db.scalars(sa.select(story.c.guid).order_by(story.c.id)).all()
    store.close()

    assert placed.total() == 2
    assert guids[0] == "urn:x"
    assert guids[1].startswith("urn:x#")


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_what_an_older_release_held_back_is_held_file_by_file(folder: Folder, *, is_confirmed: bool) -> None:
    """A database as release 0008 made it: the files of a source that was held back are, and a confirmation counts."""
    store = open_store(folder.database_url)
    store.make_folder()
    with store.write() as db:
        config = configured()
        config.attributes["connection"] = db
        command.upgrade(config, "0008")
        db.execute(
            sa.text(
                "INSERT INTO source (id, name, held, is_confirmed) VALUES (1, 'a', 12, :said), (2, 'b', NULL, false)"
            ),
            {"said": is_confirmed},
        )
        for source_id, path, is_gone in ((1, "a.md", False), (1, "gone.md", True), (2, "b.md", False)):
            db.execute(
                sa.text(
                    "INSERT INTO seed_file (source_id, path, size, mtime_ns, raw_hash, is_gone)"
                    " VALUES (:source_id, :path, 1, 1, 'x', :is_gone)"
                ),
                {"source_id": source_id, "path": path, "is_gone": is_gone},
            )
    migrate.upgrade(store)
    with store.read() as db:
        holds = {row.path: row.hold for row in db.execute(sa.select(seed_file.c.path, seed_file.c.hold))}
        held = db.scalars(sa.select(source.c.held).order_by(source.c.id)).all()
    store.close()

    assert holds == {"a.md": "confirmed" if is_confirmed else "held", "gone.md": None, "b.md": None}
    assert held == [None if is_confirmed else 12, None]


@pytest.mark.parametrize("server", ["sqlite", "postgresql"])
def test_an_upgrade_keeps_the_dates_of_documents(tmp_path: Path, server: str, request: pytest.FixtureRequest) -> None:
    """A document of the release before archives keeps digest and Last-Modified, so no reader gets it again."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}" if server == "sqlite" else request.getfixturevalue("new_postgresql")
    old = open_store(url)
    old.make_folder()
    with old.write() as db:
        config = configured()
        config.attributes["connection"] = db
        command.upgrade(config, "0009")
        db.exec_driver_sql("INSERT INTO feed (id, kind, slug, revision, last_position) VALUES (1, 'all', 'all', 7, 3)")
        db.exec_driver_sql(
            "INSERT INTO document (feed_id, format, feed_revision, made_with, digest, body, gzip, changed_at)"
            " VALUES (1, 'rss', 7, 'x', 'd1', '', '', '2026-11-24 12:00:00.000000+00:00')"
        )
    migrate.upgrade(old)
    with old.read() as db:
        row = db.execute(sa.select(document)).one()
        assert feeds.list_feeds(db)[0].closed_pages == 0
    old.close()

    assert (row.page, row.format, row.digest, row.changed_at, row.made_at) == (0, "rss", "d1", NOW, NOW)
    # It is made again, in the new codings. If the bytes are equal, the date stays.
    assert row.made_with == ""
