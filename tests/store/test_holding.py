"""Processes that work on one database: who may publish it, and under which address."""

import errno
import fcntl
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa

from feedsvc.errors import StoreError
from feedsvc.store import Store, holding, open_store

A, B = "https://a.example", "https://b.example"


def test_one_address_publishes_at_a_time(store: Store) -> None:
    """While a process makes documents for one address, those of another are told which, and those of the same go on."""
    with holding.publishing(store, A) as first, holding.publishing(store, A) as same:
        with holding.publishing(store, B) as other:
            assert (first, same, other) == (None, None, A)
        with pytest.raises(holding.OtherAddressError, match=f"publishes this database as {A}"):
            holding.publish_for_good(store, B, print)


def test_a_changed_address_is_taken_when_nobody_has_the_former(store: Store) -> None:
    """An intended change needs no command: the former processes end, the next one publishes."""
    with holding.publishing(store, A):
        pass
    with holding.publishing(store, B) as other, holding.publishing(store, A) as late:
        assert (other, late) == (None, B)


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    """After kill -9 the next `feedsvc up` starts; before, it is told of the process that works."""
    url = f"sqlite:///{tmp_path / 'feedsvc.sqlite3'}"
    holder = (
        "import sys; from feedsvc.store import holding, open_store\n"
        "with holding.supervising(open_store(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen([sys.executable, "-c", holder, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StoreError, match=rf"another feedsvc up works here \(process {process.pid}\)"):
            holding.second_is_refused(open_store(url))
        process.kill()
        process.wait()
        with holding.supervising(open_store(url)):
            pass


SESSIONS = sa.text("SELECT pid, pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")


def _lose_sessions(store: Store) -> set[int]:
    """End every session that has a lock, as a restart of the server does. Returns their numbers."""
    with store.read() as db:
        return set(db.scalars(SESSIONS))


def _comes(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


#: Sessions that hold an address. To ask by taking the lock would be a race with who renews the lock.
HOLDERS = sa.text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = :ours AND granted")


def _holders(store: Store) -> set[int]:
    with store.read() as db:
        return set(db.scalars(HOLDERS, {"ours": holding.ADDRESS_LOCK}))


def _other(store: Store, address: str) -> str | None:
    with holding.publishing(store, address) as other:
        return other


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are renewed often."""
    monkeypatch.setattr(holding, "RENEW_SECONDS", 0.05)


@pytest.fixture
def on_server(new_postgresql: str) -> Iterator[Store]:
    """A database on PostgreSQL."""
    store = open_store(new_postgresql)
    yield store
    store.close()


@pytest.mark.usefixtures("soon")
def test_a_lost_session_is_taken_again(on_server: Store) -> None:
    """A server that restarts forgets its locks: the process that publishes has its address again soon after."""
    lost = queue.SimpleQueue[str]()
    with holding.publish_for_good(on_server, A, lost.put):
        for _ in range(3):
            # A session ends a moment after it was told to.
            former = _lose_sessions(on_server)

            assert _comes(lambda former=former: bool(_holders(on_server) - former))  # type: ignore[misc]
        assert _other(on_server, B) == A
    assert lost.empty()
    assert _other(on_server, B) is None


@pytest.mark.usefixtures("soon")
def test_who_loses_the_address_is_told(on_server: Store) -> None:
    """Where a process of another address was faster after the loss, the former one hears of it, once."""
    lost = queue.SimpleQueue[str]()
    with holding.publish_for_good(on_server, A, lost.put), on_server.write() as db:
        # As a faster process: the address is taken in the moment in which the session ends.
        db.execute(sa.select(sa.func.pg_advisory_lock(holding.GATE_LOCK)))
        db.execute(sa.text(f"{SESSIONS.text} AND pid <> pg_backend_pid()"))
        db.execute(sa.select(sa.func.set_config("application_name", holding.NAME_PREFIX + B, sa.false())))
        db.execute(sa.select(sa.func.pg_advisory_lock_shared(holding.ADDRESS_LOCK, 1)))
        db.execute(sa.select(sa.func.pg_advisory_unlock(holding.GATE_LOCK)))

        assert lost.get(timeout=60) == B
    assert lost.empty()


def test_a_long_address_is_told_as_cut(on_server: Store) -> None:
    """A server keeps 63 bytes of a session's name: who reads a part of an address sees that."""
    with holding.publishing(on_server, f"{A}/{'x' * 70}"):
        other = _other(on_server, B)

    assert other is not None
    assert other.startswith(f"{A}/xxx")
    assert other.endswith("x...")


def test_who_asks_stops_nobody(tmp_path: Path) -> None:
    """While `feedsvc up` starts, others ask whether one works there: it waits for them."""
    store = open_store(f"sqlite:///{tmp_path / 'feedsvc.sqlite3'}")
    with holding.supervising(store):
        pass
    with (tmp_path / "feedsvc.sqlite3.up").open("ab") as asking:
        fcntl.flock(asking, fcntl.LOCK_EX)
        threading.Timer(0.3, fcntl.flock, (asking, fcntl.LOCK_UN)).start()
        with holding.supervising(store):
            pass


def _update_lock(store: Store) -> AbstractContextManager[None]:
    return store.alone()


def _address(store: Store) -> AbstractContextManager[object]:
    return holding.publishing(store, A)


@pytest.mark.parametrize("take", [_update_lock, _address, holding.supervising])
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO])
def test_a_disk_without_locks_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    take: Callable[[Store], AbstractContextManager[object]],
) -> None:
    """Some network disks have no locks: a line says so and names the remedy."""

    def refuse(*_: object) -> None:
        raise OSError(number, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StoreError, match=r"cannot be locked \(no locks\).*set FEEDSVC_DATA_DIR"):
        take(open_store(f"sqlite:///{tmp_path / 'feedsvc.sqlite3'}")).__enter__()


def test_a_file_that_nobody_writes_stays_alone(tmp_path: Path) -> None:
    """Whoever says that nobody writes a database finds nothing new beside it."""
    store = open_store(f"sqlite:///{tmp_path / 'feedsvc.sqlite3'}?immutable=1")
    with holding.publishing(store, A) as other:
        assert (other, list(tmp_path.iterdir())) == (None, [])
