"""Work that nobody waits for, a little at a time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from feedsvc.cli.publishing import never
from feedsvc.publish import keep_up
from feedsvc.store import Store
from feedsvc.update.indexing import fill

#: Seconds for each kind of such work. With the rest after a look, both take a twentieth of a core.
SECONDS = 1


def index_some(store: Store, is_stopping: Callable[[], bool] = never) -> int:
    """Index entries that are not indexed. Returns how many were."""
    return _for_a_moment(partial(fill, store), is_stopping)


def keep_up_some(store: Store, is_stopping: Callable[[], bool]) -> int:
    """Compress documents harder, and bound archives. Returns the number of documents."""
    return _for_a_moment(partial(keep_up, store, datetime.now(UTC)), is_stopping)


def _for_a_moment(work: Callable[[Callable[[], bool]], int], is_stopping: Callable[[], bool]) -> int:
    end = time.monotonic() + SECONDS
    return work(lambda: is_stopping() or time.monotonic() > end)
