"""Whether anything was committed to a database, by any process."""

import os
import time

import pytest
import sqlalchemy as sa

from feedsvc.store import Store, open_store, postgresql
from feedsvc.store.changes import Changes
from feedsvc.store.schema import source
from tests.conftest import Folder
from tests.data.new_stores import new_store

#: The database is a file there.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def changes(store: Store) -> Changes:
    """A watcher that has looked once."""
    made = Changes(store)
    made.look()
    return made


def _write(store: Store, name: str) -> None:
    with store.write() as db:
        db.execute(sa.insert(source).values(name=name))


def test_a_commit_raises_the_epoch(store: Store, changes: Changes) -> None:
    """Each commit that was made since the last look counts, and nothing else does."""
    before = changes.epoch
    changes.look()
    unchanged = changes.epoch
    _write(store, "articles")
    changes.look()

    assert (unchanged, changes.epoch) == (before, before + 1)


def test_another_process_commits(folder: Folder, changes: Changes) -> None:
    """A commit through another connection counts likewise."""
    before = changes.epoch
    other = open_store(folder.database_url)
    _write(other, "articles")
    other.close()
    changes.look()

    assert changes.epoch > before


def test_a_transaction_that_is_not_committed_is_no_change(store: Store, changes: Changes) -> None:
    """A transaction that is rolled back changes nothing. PostgreSQL may count it, which costs one question."""
    before = changes.epoch
    with store.writer.connect() as db:
        db.execute(sa.insert(source).values(name="articles"))
        changes.look()
        db.rollback()
    changes.look()

    assert changes.epoch == before or (store.path is None and changes.epoch == before + 1)


def test_a_forked_process_looks_by_itself(changes: Changes) -> None:
    """A server that forks after it loaded the application has a thread in each process."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.write(write, str(changes.epoch).encode())
            changes.begin()
            os.write(write, b" begun" if changes._process == os.getpid() else b" not begun")
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read) as pipe:
        said = pipe.read()

    assert said == f"{changes.epoch} begun"


@ON_SQLITE
def test_a_database_that_was_put_back_is_another_one(folder: Folder, store: Store, changes: Changes) -> None:
    """A file in place of the former one counts as a change, though nobody committed anything to it."""
    assert store.path
    before = changes.epoch
    copy = new_store(f"sqlite:///{folder.path / 'copy.sqlite3'}")
    copy.close()
    assert copy.path
    copy.path.rename(store.path)
    changes.look()

    assert changes.epoch == before + 1


@ON_SQLITE
def test_a_database_that_does_not_answer_changes_nothing(store: Store, changes: Changes) -> None:
    """Without an answer, the epoch stays, and the reason is known. When it answers, all is as before."""
    assert store.path
    before = changes.epoch
    elsewhere = store.path.rename(store.path.with_name("elsewhere"))
    changes.look()
    during = (changes.epoch, changes.is_reachable)
    elsewhere.rename(store.path)
    changes.look()

    assert during == (before, False)
    assert (changes.epoch, changes.is_reachable) == (before, True)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_tells_of_published_content_at_once(
    folder: Folder, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that looks rarely hears from the server that another process committed something."""
    monkeypatch.setattr("feedsvc.store.changes.SERVER_PAUSE", 600)
    watcher = Changes(store)
    watcher.look()
    before = watcher.epoch
    other = open_store(folder.database_url)
    end = time.monotonic() + 60
    while watcher.epoch == before and time.monotonic() < end:
        with other.write() as db:
            postgresql.announce(db)
            db.execute(sa.insert(source).values(name=str(time.monotonic())))
        time.sleep(0.1)
    other.close()

    assert watcher.epoch > before
