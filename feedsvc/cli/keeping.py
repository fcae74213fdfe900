"""Keeps the process that parsers start from, where news may come at any moment."""

import time
from dataclasses import dataclass, field

from feedsvc.sandbox.forking import Kept
from feedsvc.store import Store, subscriptions

#: After a poll, further polls may follow soon: the process is kept for so many seconds.
KEPT_SECONDS = 60

#: Seconds between two looks whether a hub pushes.
LOOK_SECONDS = 30


@dataclass(slots=True, kw_only=True)
class KeptForkServer:
    """
    Keeps the fork server of the sandbox in memory after a poll, and while any hub pushes.

    To start it takes half a second of CPU on a quiet machine, and much longer on a full one. News that a hub pushes
    should be in the feeds within two seconds.
    """

    store: Store
    _kept: Kept = field(default_factory=Kept)
    _polled: float | None = None
    _looked: float | None = None
    _is_pushed: bool = False

    def note_poll(self) -> None:
        """Keep the fork server for a while, because sources were polled."""
        self._polled = time.monotonic()
        self._kept.keep(is_started=False)

    def decide(self) -> None:
        """Start the fork server if a hub pushes. Let it go if nobody needs it. Raises StoreError."""
        now = time.monotonic()
        if self._looked is None or now - self._looked >= LOOK_SECONDS:
            self._looked = now
            with self.store.read() as db:
                self._is_pushed = subscriptions.is_any_active(db)
        if self._is_pushed:
            self._kept.keep(is_started=True)
        elif self._polled is None or now - self._polled >= KEPT_SECONDS:
            self._kept.let_go()
