"""The clock of the database: all processes that share a database agree on what is due."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from feedsvc.errors import StoreError
from feedsvc.store.engine import Store

#: Seconds between two comparisons of this machine's clock with that of the database server.
COMPARING_SECONDS = 60


def utc_now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class Clock:
    """
    The time of the database, in whole seconds, as the schedule stores it.

    A worker whose own clock is wrong would take hosts that others are polling. With SQLite, it is the time of this
    machine. While a server does not answer, the difference that was found last counts. The first call raises StoreError
    if the server does not answer.
    """

    def __init__(self, store: Store, here: Callable[[], datetime] = utc_now) -> None:
        self._store, self._here = store, here
        self._ahead = timedelta()
        self._compared: float | None = None
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """The time now."""
        if self._store.path is None:
            self._compare()
        return (self._here() + self._ahead).replace(microsecond=0)

    def _compare(self) -> None:
        """Compare the clocks, but not again within a while. Other threads need not wait for that."""
        if self._compared is None:
            with self._lock:
                self._ahead = self._store.ahead()
                self._compared = time.monotonic()
        elif time.monotonic() - self._compared >= COMPARING_SECONDS and self._lock.acquire(blocking=False):
            try:
                with suppress(StoreError):
                    self._ahead = self._store.ahead()
                self._compared = time.monotonic()
            finally:
                self._lock.release()
