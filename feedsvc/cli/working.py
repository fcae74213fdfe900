"""Runs a worker: polls what is due, and makes the documents that this changed."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from feedsvc.cli.objects import catalogue_of, publisher_of, reloaded
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, polls
from feedsvc.update.upstreams import Poller, Taken

log = logging.getLogger(__name__)


class Working:
    """What a worker does under the configuration that is valid now."""

    def __init__(self, config: Config, store: Store) -> None:
        self.config, self.store = config, store
        self.define()

    def define(self) -> None:
        """Let the stored upstreams follow the configuration."""
        with self.store.write() as db:
            polls.define(db, self.config.upstreams, _now())

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
            log.info("the new configuration is in use: %d upstreams", len(config.upstreams))

    def work(self, is_stopping: Callable[[], bool]) -> None:
        """Poll what is due now, each round under the configuration of then."""
        try:
            while not is_stopping() and poll(self.config, self.store, is_stopping):
                pass
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def poll(config: Config, store: Store, is_stopping: Callable[[], bool] = lambda: False) -> list[Taken]:
    """Poll upstreams that are due, for a while, and make the documents that this changed. Nothing: none is due."""
    poller = Poller(
        store=store,
        specs={spec.name: spec for spec in config.upstreams},
        catalogue=catalogue_of(config),
        clock=_now,
        is_stopping=is_stopping,
    )
    taken = poller.drain()
    if config.has_address and any(one.counts["new"] or one.counts["edited"] for one in taken):
        publisher_of(config, store).refresh(_now())
    return taken
