"""What a process that runs for long does between two pieces of work: say that it is there, and give memory back."""

import contextlib
import ctypes
import gc
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from feedsvc.errors import StoreError
from feedsvc.store import Store, activity

#: Seconds between two records: each is a write to the disk.
RECORD_SECONDS = 30

#: A process that said nothing for so long is late: it hangs, or it was killed. A look or a round in which it does not
#: come to say anything is much shorter.
PROMISE = timedelta(minutes=5)


@dataclass(slots=True, kw_only=True)
class Presence:
    """Records that a process does its work."""

    store: Store
    kind: activity.Kind
    #: None for a command that does its work once.
    promise: timedelta | None = PROMISE
    _recorded: float | None = None

    def record(self) -> None:
        """Record it, but not again within a while."""
        if self._recorded is not None and time.monotonic() - self._recorded < RECORD_SECONDS:
            return
        self._recorded = time.monotonic()
        now = datetime.now(UTC)
        with self.store.write(is_shared=True) as db:
            activity.record(db, self.kind, now, now + self.promise if self.promise else None)

    def leave(self) -> None:
        """Record that nobody needs to wait for this process any more. A database that is gone does not keep it."""
        with contextlib.suppress(StoreError), self.store.write(is_shared=True) as db:
            activity.leave(db, self.kind)


def give_memory_back() -> None:
    """Let the system have the memory of the work that is done: the C library keeps it for the next."""
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):  # not every C library can do so
        ctypes.CDLL(None).malloc_trim(0)
