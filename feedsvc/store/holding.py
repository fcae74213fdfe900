"""The processes that work on a database. Locks of the system name them: a process that was killed holds none."""

import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from feedsvc.errors import StoreError
from feedsvc.store.engine import Store, flock, wrapped

#: Numbers of PostgreSQL locks that only feedsvc uses. The second number goes with a digest of an address.
GATE_LOCK = 0x66656567
ADDRESS_LOCK = 0x66656568

LOCK_PAUSE_SECONDS = 0.2

#: A process that only asks holds the lock of `up` for a moment: for so many seconds, `up` tries again.
ASKED_SECONDS = 1

#: On PostgreSQL a lock is lost with its session, for example when the server restarts. So it is taken again so often.
RENEW_SECONDS = 5.0

#: PostgreSQL cuts the name of a session after so many bytes.
NAME_BYTES = 63
NAME_PREFIX = "feedsvc "
NAME_END = "..."

#: The sessions that hold locks of this kind in this database, and the second number of each lock.
LOCK_HOLDERS = sa.text(
    "SELECT application_name, CAST(CAST(objid AS text) AS bigint) FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "JOIN pg_database ON pg_database.oid = pg_locks.database WHERE pg_database.datname = current_database() "
    "AND locktype = 'advisory' AND CAST(CAST(classid AS text) AS bigint) = :ours"
)


class OtherAddressError(StoreError):
    """A running process publishes this database under another address."""

    def __init__(self, other: str) -> None:
        super().__init__(f"a running process publishes this database as {other}; end that process first")
        self.other = other


@contextmanager
def supervising(store: Store) -> Iterator[BinaryIO | None]:
    """
    Be the only `feedsvc up` on an SQLite file. Raises StoreError, with the process number, if there is another.

    Gives the open file that holds the lock. A copy of its descriptor keeps the lock, also in another program.

    On PostgreSQL, any number may work on one database, on several machines.
    """
    if store.path is None:
        yield None
        return
    store.make_folder()
    with ExitStack() as stack:
        file = _opened(stack, _beside(store.path, "up"))
        if file is not None:
            deadline = time.monotonic() + ASKED_SECONDS
            while not flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB):
                if time.monotonic() >= deadline:
                    raise StoreError(
                        f"{store.path.parent}: another feedsvc up works here ({_said(file)}); end that one first, or "
                        "give this one a folder of its own with FEEDSVC_DATA_DIR"
                    )
                time.sleep(LOCK_PAUSE_SECONDS)
            _say(file, f"process {os.getpid()}")
        yield file


@contextmanager
def publishing(store: Store, address: str) -> Iterator[str | None]:
    """
    Publish under this public address, as all processes with the same address may. Gives another address that is in use.

    Documents hold the address. Two processes with two addresses would change bytes and dates of all documents again and
    again. So the first process decides, for as long as any process of its address lives.
    """
    with ExitStack() as stack, wrapped(store.path):
        if store.path is None:
            yield _published_on_server(stack, store.writer, address)
        elif store.is_fixed:
            yield None
        else:
            yield _published_in_file(stack, _beside(store.path, "address"), address)


def require_address(store: Store, address: str) -> None:
    """Raise OtherAddressError where a running process publishes under another address."""
    with publishing(store, address) as other:
        if other is not None:
            raise OtherAddressError(other)


def publish_for_good(store: Store, address: str, lost: Callable[[str], None], patience: float = 0) -> ExitStack:
    """
    As `publishing`, until the process ends or closes this.

    Raises OtherAddressError if another address is still in use after `patience` seconds. On PostgreSQL the lock may be
    lost. It is taken again; if a process of another address was faster, `lost` is called with that address.
    """
    deadline = time.monotonic() + patience
    while True:
        with ExitStack() as stack:
            other = stack.enter_context(publishing(store, address))
            if other is None:
                held = stack.pop_all()
                break
        if time.monotonic() >= deadline:
            raise OtherAddressError(other)
        time.sleep(LOCK_PAUSE_SECONDS)
    if store.path is not None:
        return held
    stop, kept = threading.Event(), ExitStack()
    renewing = threading.Thread(target=_renew, args=(store, address, held, lost, stop), daemon=True)
    renewing.start()
    kept.callback(_let_go, held)
    kept.callback(renewing.join)
    kept.callback(stop.set)
    return kept


def _renew(store: Store, address: str, held: ExitStack, lost: Callable[[str], None], stop: threading.Event) -> None:
    """Take the lock in a new session, then close the former one, which may be lost."""
    while not stop.wait(RENEW_SECONDS):
        # A server that does not answer does not give the lock to others either.
        with suppress(StoreError), ExitStack() as stack:
            other = stack.enter_context(publishing(store, address))
            if other is not None:
                lost(other)
                return
            _let_go(held)
            held.push(stack.pop_all())


def _let_go(held: ExitStack) -> None:
    with suppress(StoreError):
        held.close()


def second_is_refused(store: Store) -> None:
    """Raise StoreError if a `feedsvc up` works on this SQLite file. If none ever did, no file is made."""
    if store.path is not None and _beside(store.path, "up").exists():
        with supervising(store):
            pass


def _beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.name}.{kind}")


def _published_in_file(stack: ExitStack, path: Path, address: str) -> str | None:
    file = _opened(stack, path)
    if file is None:
        return None  # on a disk that cannot be written, no document is saved
    if flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB):
        _say(file, address)
    # Another process may take the lock while it becomes a shared one. So the address in the file counts.
    flock(file, fcntl.LOCK_SH)
    other = _said(file)
    if other == address:
        return None
    flock(file, fcntl.LOCK_UN)
    return other


def _published_on_server(stack: ExitStack, engine: sa.Engine, address: str) -> str | None:
    session = stack.enter_context(engine.execution_options(isolation_level="AUTOCOMMIT").connect())
    # The lock ends with its session, so the session must not go back to the pool.
    session.detach()
    number = int.from_bytes(hashlib.sha256(address.encode()).digest()[:4], "big", signed=True)
    name = NAME_PREFIX + address
    name = name if len(name) <= NAME_BYTES else name[: NAME_BYTES - len(NAME_END)] + NAME_END
    session.execute(sa.select(sa.func.set_config("application_name", name, sa.false())))
    session.execute(sa.select(sa.func.pg_advisory_lock(GATE_LOCK)))
    # pg_locks shows the numbers of locks as unsigned.
    taken = session.execute(LOCK_HOLDERS, {"ours": ADDRESS_LOCK})
    other = next((name for name, lock in taken.all() if lock != number % 2**32), None)
    if other is None:
        session.execute(sa.select(sa.func.pg_advisory_lock_shared(ADDRESS_LOCK, number)))
    session.execute(sa.select(sa.func.pg_advisory_unlock(GATE_LOCK)))
    return None if other is None else str(other).removeprefix(NAME_PREFIX)


def _opened(stack: ExitStack, path: Path) -> BinaryIO | None:
    try:
        return stack.enter_context(path.open("a+b"))
    except OSError:
        return None


def _say(file: BinaryIO, text: str) -> None:
    try:
        file.truncate(0)
        file.write(text.encode())
        file.flush()
    except OSError as error:
        raise StoreError(f"{file.name}: cannot be written ({error.strerror}); see whether the disk is full") from error


def _said(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace") or "not yet named"
