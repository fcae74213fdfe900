"""Whether a database can be written."""

import os
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from feedsvc.store import Store, open_store, writing
from tests.data.new_stores import new_store


def test_a_database_that_works_has_no_obstacle(store: Store) -> None:
    """Looking changes nothing, and takes no lock."""
    assert [writing.obstacle(store), writing.obstacle(store)] == [None, None]
    with store.write() as db:
        db.execute(sa.text("DELETE FROM source"))


def test_a_lock_of_another_process_is_an_obstacle(store: Store) -> None:
    """The answer comes at once, although writers wait for the lock for half a minute."""
    assert store.path is not None
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = writing.obstacle(store)
        other.execute("ROLLBACK")

    assert (found, writing.obstacle(store)) == (writing.LOCKED, None)


class _Disk:
    """The system's facts about a disk."""

    def __init__(self, flag: int = 0, free: int = 10**6) -> None:
        self.f_flag, self.f_bavail, self.f_frsize = flag, free, 4096


@pytest.mark.parametrize(
    ("disk", "found"),
    [(_Disk(), None), (_Disk(flag=os.ST_RDONLY), writing.READ_ONLY), (_Disk(free=1000), writing.FULL)],
    ids=["good", "read-only", "full"],
)
def test_a_disk_is_an_obstacle(store: Store, monkeypatch: pytest.MonkeyPatch, disk: _Disk, found: str | None) -> None:
    """A disk that was mounted read-only, or that is nearly full, is named."""
    monkeypatch.setattr(os, "statvfs", lambda _: disk)

    assert writing.obstacle(store) == found


def test_a_file_without_permission_is_an_obstacle(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder counts as well: SQLite writes files beside the database."""
    monkeypatch.setattr(os, "access", lambda path, _: path != store.path)
    of_file = writing.obstacle(store)
    monkeypatch.setattr(os, "access", lambda path, _: path == store.path)

    assert (of_file, writing.obstacle(store)) == (writing.READ_ONLY, writing.READ_ONLY)


def test_a_database_that_nobody_is_to_write_has_no_obstacle(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `immutable=1`, to serve it is all there is to do."""
    monkeypatch.setattr(os, "statvfs", lambda _: _Disk(flag=os.ST_RDONLY))
    fixed = open_store(f"sqlite:///{store.path}?immutable=1")

    assert writing.obstacle(fixed) is None
    fixed.close()


def test_a_server_that_is_read_only_is_an_obstacle(new_postgresql: str) -> None:
    """A standby of PostgreSQL answers, and takes no entry."""
    other = new_store(new_postgresql)
    name = other.writer.url.database
    with other.write() as db:
        db.execute(sa.text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    other.close()  # the setting counts for new sessions

    assert writing.obstacle(other) == writing.READ_ONLY
    other.close()
