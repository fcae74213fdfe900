"""The clock of the database: all processes that share a database agree on what is due."""

import logging
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from feedsvc.errors import StoreError
from feedsvc.store.engine import Store

log = logging.getLogger(__name__)

#: Seconds after which the server is asked for its time again.
ASKING_SECONDS = 60

#: An answer of the server that takes more seconds says too little.
PATIENCE_SECONDS = 2


def utc_now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class Clock:
    """
    The time of the database, in whole seconds, as the schedule stores it.

    A worker whose own clock is wrong would take hosts that others are polling. With SQLite, it is the time of this
    machine. With a server, it is the server's time at the last answer, and the seconds since then by the monotonic
    clock: steps of this machine's clock do not count. Only the first call waits for the server, and raises StoreError
    if the server does not answer.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        #: The time of the server, and the monotonic clock at that moment.
        self._known: tuple[datetime, float] | None = None
        #: The monotonic clock at the last question.
        self._asked = 0.0
        self._asking = threading.Lock()

    def __call__(self) -> datetime:
        """The time now."""
        if self._store.path is not None:
            return utc_now().replace(microsecond=0)
        known = self._known or self._ask()
        if time.monotonic() - self._asked >= ASKING_SECONDS:
            self._asked = time.monotonic()
            with suppress(RuntimeError):  # the system lets no thread start
                threading.Thread(target=self._ask_again, name="clock", daemon=True).start()
        return (known[0] + timedelta(seconds=time.monotonic() - known[1])).replace(microsecond=0)

    def _ask(self) -> tuple[datetime, float]:
        """Ask the server. A slow answer counts only if there is no other: nobody knows when it was given."""
        self._asked = before = time.monotonic()
        found, after = self._store.server_time(), time.monotonic()
        known = found, (before + after) / 2
        if self._known is None or after - before < PATIENCE_SECONDS:
            self._known = known
        return self._known

    def _ask_again(self) -> None:
        """Ask the server beside other work. While it does not answer, the former time goes on."""
        if self._asking.acquire(blocking=False):
            try:
                self._ask()
            except StoreError as error:
                log.debug("the database does not say its time: %s", error)
            finally:
                self._asking.release()
