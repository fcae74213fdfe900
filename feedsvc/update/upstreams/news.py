"""The results of polls that readers do not have yet."""

import time
from dataclasses import dataclass

from feedsvc.update.upstreams.answers import Taken


@dataclass(slots=True, kw_only=True)
class News:
    """The results of polls since entries came into feeds last. They outlive a round that cannot publish them."""

    #: Whether there was a poll.
    is_any: bool = False
    #: Whether stored entries changed.
    is_edited: bool = False
    #: Whether a hub announced some.
    is_announced: bool = False
    #: After a fault, when publishing is tried again, by the monotonic clock.
    again_at: float = 0.0

    @property
    def is_owed(self) -> bool:
        """Whether there are results that can be published now."""
        return self.is_any and time.monotonic() >= self.again_at

    def owe(self, seconds: float) -> None:
        """Let all be published again after so long: nobody knows how far the former try came."""
        self.is_any = self.is_edited = True
        self.again_at = time.monotonic() + seconds

    def add(self, taken: Taken, *, is_announced: bool) -> None:
        """Note the result of a poll."""
        is_edited = bool(taken.counts["edited"] or taken.counts["restless"])
        self.is_any = True
        self.is_edited |= is_edited
        self.is_announced |= is_announced and bool(taken.counts["new"] or is_edited)
