"""Opening a database, and sharing it between processes."""

import contextlib
import sqlite3
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa

from feedsvc.errors import StoreError
from feedsvc.store import Connection, Store, migrate, open_store
from feedsvc.store.engine import POSTGRES_DRIVER
from feedsvc.store.schema import source
from tests.conftest import Folder

#: Stands in every URL below, and must stand in no message.
PASSWORD = "geheim"  # noqa: S105 - a sample


def _reason(url: str) -> str:
    """The message that a user reads when this database cannot be used."""
    with pytest.raises(StoreError) as caught:
        _use(url)
    return str(caught.value)


def _use(url: str) -> None:
    store = open_store(url)
    try:
        with store.read() as db:
            db.execute(sa.select(source.c.name))
    finally:
        store.close()


def _settings(store: Store) -> str | None:
    with store.read() as db:
        return db.scalar(sa.select(source.c.settings))


def _count_up(url: str) -> None:
    """Read, then write what follows from it, as an import does: 20 times."""
    store = open_store(url)
    for _ in range(20):
        with store.write() as db:
            before = int(db.scalar(sa.select(source.c.settings).with_for_update()) or 0)
            db.execute(sa.update(source).values(settings=str(before + 1)))
    store.close()


def _first_look(url: str, barrier: Barrier) -> object:
    store = open_store(url)
    try:
        barrier.wait()
        with store.read() as db:
            return db.scalar(sa.select(sa.literal(1)))
    finally:
        store.close()


def _write_and_fail(db: Connection) -> None:
    db.execute(sa.insert(source).values(name="articles", settings="new"))
    raise StoreError("in the middle")


def _begin(store: Store, kind: str) -> AbstractContextManager[Connection]:
    return store.write() if kind == "writer" else store.read()


@pytest.mark.parametrize("kind", ["reader", "writer"])
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30000)]
)
def test_sqlite_is_durable_and_patient(folder: Folder, kind: str, pragma: str, value: object) -> None:
    """Every connection to SQLite waits for others, checks references, and has its commits on the disk."""
    store = open_store(folder.database_url)
    migrate.upgrade(store)
    with _begin(store, kind) as db:
        found = db.exec_driver_sql(f"PRAGMA {pragma}").scalar()
    store.close()

    assert found == value


def test_writers_wait_for_each_other(folder: Folder, store: Store) -> None:
    """Three writers that each read before they write all succeed, and lose nothing of each other's."""
    with store.write() as db:
        db.execute(sa.insert(source).values(name="articles", settings="0"))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(_count_up, [folder.database_url] * 3))

    assert _settings(store) == "60"


def test_writers_wait_for_each_other_on_postgresql(new_postgresql: str) -> None:
    """On PostgreSQL too, three writers that each read before they write all succeed."""
    store = open_store(new_postgresql)
    migrate.upgrade(store)
    with store.write() as db:
        db.execute(sa.insert(source).values(name="articles", settings="0"))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(_count_up, [new_postgresql] * 3))
    found = _settings(store)
    store.close()

    assert found == "60"


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    """While something is being written, readers see what was there before."""
    with store.write() as db:
        db.execute(sa.insert(source).values(name="articles", settings="new"))

        assert _settings(store) is None


def test_a_new_database_can_be_opened_by_many_at_once(folder: Folder) -> None:
    """Processes that open a database before anybody made it do not fail with `database is locked`."""
    open_store(folder.database_url).make_folder()
    barrier = Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: _first_look(folder.database_url, barrier), range(8)))

    assert found == [1] * 8


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    """An error undoes all that was written before in the same transaction."""
    with pytest.raises(StoreError), store.write() as db:
        _write_and_fail(db)

    assert _settings(store) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"mysql://user:{PASSWORD}@db/feeds", "mysql is not supported"),
        (f"postgresql+asyncpg://user:{PASSWORD}@db/feeds", "postgresql+asyncpg is not supported"),
        (f"user:{PASSWORD}@db/feeds", "not a database URL"),
        (f"postgresql://user:{PASSWORD}@db:port/feeds", "not a database URL"),
        (f"postgresql://user:{PASSWORD}@127.0.0.1:1/feeds", "onnection"),
        ("sqlite+nonsense:///feeds.sqlite3", "not supported"),
    ],
    ids=["other database", "other driver", "no scheme", "bad port", "nobody there", "other SQLite driver"],
)
def test_an_unusable_database_url_is_one_clear_line(url: str, reason: str) -> None:
    """A DATABASE_URL that cannot work is told why, on one line that never shows the password."""
    pytest.importorskip("psycopg", reason="pip install 'feedsvc[postgres]'")
    message = _reason(url)

    assert reason in message
    assert PASSWORD not in message
    assert "\n" not in message


def test_a_missing_driver_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL without its driver says what to install, and not the password."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    message = _reason(f"postgresql://user:{PASSWORD}@db/feeds")

    assert "-m pip install 'psycopg" in message
    assert PASSWORD not in message


def test_a_wrong_password_is_not_repeated(new_postgresql: str) -> None:
    """A refused login shows PostgreSQL's reason, and not the password that was tried."""
    url = sa.make_url(new_postgresql).set(username="nobody", password=PASSWORD)
    message = _reason(url.render_as_string(hide_password=False))

    assert "nobody" in message
    assert PASSWORD not in message


def test_a_read_without_tables_says_what_to_run(folder: Folder) -> None:
    """A read of a database that nobody migrated names the command that does it."""
    assert "run: feedsvc db upgrade" in _reason(folder.database_url)


def test_a_read_without_tables_says_what_to_run_on_postgresql(new_postgresql: str) -> None:
    """On PostgreSQL too, a read of a database without tables names the command that makes them."""
    store = open_store(new_postgresql)
    with store.write() as db:
        db.exec_driver_sql("DROP SCHEMA public CASCADE")
        db.exec_driver_sql("CREATE SCHEMA public")
    store.close()

    assert "run: feedsvc db upgrade" in _reason(new_postgresql)


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    """A database file that holds something else is a report, not a traceback."""
    file = tmp_path / "feedsvc.sqlite3"
    file.write_bytes(b"no database at all\n" * 100)

    assert _reason(f"sqlite:///{file}").startswith(f"database: {file} is not a database; move it away")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """The path of a folder is answered with that of a file."""
    with pytest.raises(
        StoreError, match=f"{tmp_path}: a folder; write the path of a file: sqlite:///{tmp_path}/feedsvc"
    ):
        open_store(f"sqlite:///{tmp_path}")


def test_a_server_that_is_not_there_is_named_with_its_remedy(new_postgresql: str) -> None:
    """No server, a wrong password, and no such database are all mended in DATABASE_URL, and not by `db upgrade`."""
    nobody = sa.make_url(new_postgresql).set(database="nothing").render_as_string(hide_password=False)
    for url in (nobody, "postgresql://user@127.0.0.1:1/feeds"):
        message = _reason(url)

        assert message.endswith("; see whether the server runs, and whether DATABASE_URL is right")
        assert "db upgrade" not in message


@pytest.mark.parametrize("content", [b"", "other"], ids=["empty", "of another program"])
def test_a_look_changes_no_file(tmp_path: Path, content: bytes | str) -> None:
    """To read a database, or to ask for its schema, leaves the file as it is, and makes none beside it."""
    file = tmp_path / "a.sqlite3"
    if content:
        with contextlib.closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE t (a)")
            other.commit()
    else:
        file.touch()
    before = file.read_bytes()
    store = open_store(f"sqlite:///{file}")
    found = migrate.status(store).current
    store.close()

    assert (found, file.read_bytes(), list(tmp_path.iterdir())) == (None, before, [file])


def test_a_data_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    """A data folder that cannot be made names the variable that chooses another."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="set FEEDSVC_DATA_DIR"):
        migrate.upgrade(open_store(f"sqlite:///{tmp_path}/file/feedsvc.sqlite3"))


def test_asking_makes_nothing(tmp_path: Path) -> None:
    """Neither a read nor a question for the schema makes the data folder."""
    url = f"sqlite:///{tmp_path}/data/feedsvc.sqlite3"

    assert "run: feedsvc db upgrade" in _reason(url)
    assert migrate.status(open_store(url)).current is None
    assert list(tmp_path.iterdir()) == []


def test_the_driver_to_install_is_that_of_the_package() -> None:
    """The message names the same driver as pyproject.toml."""
    extras = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8"))

    assert extras["project"]["optional-dependencies"]["postgres"] == [POSTGRES_DRIVER]


def test_a_data_folder_that_vanished_is_named(tmp_path: Path) -> None:
    """Whatever a process does next: it says so, and makes no empty database in its place."""
    store = open_store(f"sqlite:///{tmp_path}/data/feedsvc.sqlite3")
    migrate.upgrade(store)
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    for use in (store.read, store.write, store.alone):
        with pytest.raises(StoreError, match=r"the data folder is not there; .* restart feedsvc up"), use():
            pass
    store.close()

    assert not (tmp_path / "data").exists()
