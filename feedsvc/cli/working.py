"""`feedsvc worker`: polls upstream feeds whenever they are due."""

import logging
import threading
from collections.abc import Callable

from feedsvc import worker
from feedsvc.cli.objects import configuration, opened_store, reloaded
from feedsvc.cli.polling import define, poll
from feedsvc.cli.presence import Presence, give_memory_back
from feedsvc.cli.upkeep import index_some
from feedsvc.cli.wording import plural
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, feeds

log = logging.getLogger(__name__)


def run(*, is_waiting: bool) -> None:
    """Poll until a signal comes. `is_waiting`: not before the first import."""
    config = configuration()
    with opened_store(config) as store:
        working = Working(config, store, is_waiting=is_waiting)
        worker.run(store, working.work, working.reload)
        working.presence.leave()


class Working:
    """A worker and the configuration that it uses."""

    def __init__(self, config: Config, store: Store, *, is_waiting: bool = False) -> None:
        self.config, self.store = config, store
        self.presence = Presence(store=store, kind="poll")
        #: Whether to wait for the first import. A seed that an upstream repeats must give their story its guid.
        self.is_waiting = is_waiting
        #: Set while a round goes on under a configuration that is no longer the newest.
        self.outdated = threading.Event()
        define(config, store)

    def reload(self) -> None:
        """Use the changed configuration, if it is valid."""
        if (config := reloaded()) is None:
            return
        self.config = config
        try:
            define(config, self.store)
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
        """Poll what is due now. Each round uses the newest configuration; a newer one ends the round."""
        try:
            if self.is_waiting and not self._is_imported():
                return
            while not is_stopping():
                self.outdated.clear()
                taken = poll(self.config, self.store, is_stopping, self.outdated.is_set)
                self.presence.record()
                if taken:
                    give_memory_back()
                if not taken and not self.outdated.is_set():
                    index_some(self.store, is_stopping)
                    return
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
