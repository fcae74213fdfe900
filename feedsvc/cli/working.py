"""Runs a worker: polls what is due, and makes the documents that this changed."""

import logging
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from feedsvc.cli.objects import plural, refresh, reloaded
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, feeds, polls
from feedsvc.update.upstreams import Poller, Taken

log = logging.getLogger(__name__)


class Working:
    """What a worker does under the configuration that is valid now."""

    def __init__(self, config: Config, store: Store, *, is_waiting: bool = False) -> None:
        self.config, self.store = config, store
        #: Whether the first import goes first: a seed that an upstream repeats gives their story its guid.
        self.is_waiting = is_waiting
        #: Set while a round goes on under a configuration that is not the newest.
        self.outdated = threading.Event()
        self.define()

    def define(self) -> None:
        """Let the stored upstreams follow the configuration."""
        with self.store.write() as db:
            polls.define(db, self.config.upstreams, now_in_seconds())

    def reload(self) -> None:
        """Take a changed configuration over, if it is valid."""
        if (config := reloaded()) is None:
            return
        self.config = config
        try:
            self.define()
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
        else:
            self.outdated.set()
            log.info("the new configuration is in use: %s", plural(len(config.upstreams), "upstream"))

    def _is_imported(self) -> bool:
        with self.store.read() as db:
            self.is_waiting = feeds.is_empty(db)
        return not self.is_waiting

    def work(self, is_stopping: Callable[[], bool]) -> None:
        """Poll what is due now, each round under the configuration of then; a newer one ends a round."""
        try:
            if self.is_waiting and not self._is_imported():
                return
            while not is_stopping():
                self.outdated.clear()
                taken = poll(self.config, self.store, is_stopping, self.outdated.is_set)
                if not taken and not self.outdated.is_set():
                    return
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say


def now_in_seconds() -> datetime:
    """The time, as the schedule keeps it."""
    return datetime.now(UTC).replace(microsecond=0)


def poll(
    config: Config,
    store: Store,
    is_stopping: Callable[[], bool] = lambda: False,
    is_outdated: Callable[[], bool] = lambda: False,
    only: Collection[str] | None = None,
) -> list[Taken]:
    """Poll upstreams that are due, for a while, and make the documents that this changed. Nothing: none is due."""
    poller = Poller(
        store=store,
        specs={spec.name: spec for spec in config.upstreams},
        catalogue=config.catalogue,
        clock=now_in_seconds,
        is_stopping=is_stopping,
        is_outdated=is_outdated,
        only=only,
    )
    taken = poller.drain()
    has_changed = poller.placed or any(one.counts["edited"] or one.counts["restless"] for one in taken)
    if has_changed:
        refresh(config, store, now_in_seconds(), is_stopping)
    return taken
