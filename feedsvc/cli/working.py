"""`feedsvc worker`: polls upstream feeds whenever they are due, and tells others what changed."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace

from feedsvc import worker
from feedsvc.cli.delivering import deliver
from feedsvc.cli.hooking import call_webhooks
from feedsvc.cli.hubs import subscribe
from feedsvc.cli.keeping import KeptForkServer
from feedsvc.cli.objects import configuration, opened_store, reloaded
from feedsvc.cli.polling import define, is_any_due, poller_of, release
from feedsvc.cli.presence import Presence, give_memory_back
from feedsvc.cli.upkeep import index_some
from feedsvc.cli.wording import plural
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, feeds
from feedsvc.store.clock import Clock
from feedsvc.update.upstreams import Poller, Taken

log = logging.getLogger(__name__)

#: Seconds between two looks for work that no poll brings: delays and periods that end, entries to index.
QUIET_SECONDS = 30


def run(*, is_waiting: bool) -> None:
    """Poll until a signal comes. `is_waiting`: not before the first import."""
    config = configuration()
    with opened_store(config) as store:
        working = Working(config, store, is_waiting=is_waiting)
        jobs = {
            "define": working.define,
            "poll": working.poll,
            "keep up": working.keep_up,
            "hub": working.deliver,
            "hubs": working.subscribe,
            "webhooks": working.call_webhooks,
        }
        worker.run(jobs, working.reload, working.presence.leave)
    logging.shutdown()
    # Python would wait for threads that look up names, as long as a name server does not answer.
    os._exit(0)


class Working:
    """A worker and the configuration that it uses."""

    def __init__(self, config: Config, store: Store, *, is_waiting: bool = False) -> None:
        self.config, self.store = config, store
        self.clock = Clock(store)
        self.presence = Presence(store=store, kind="poll")
        #: A poller, and the configuration that it knows. For the thread that polls alone.
        self.poller: tuple[Config, Poller] | None = None
        #: The configuration that the stored upstreams follow.
        self.defined: Config | None = None
        self.fork_server = KeptForkServer(store=store)
        #: Whether to wait for the first import. A seed that an upstream repeats must give their story its guid.
        self.is_waiting = is_waiting
        #: When work that no poll brings was looked for, by the monotonic clock.
        self.looked: float | None = None
        define(config, store)
        self.defined = config

    def reload(self) -> None:
        """Use the changed configuration, if it is valid."""
        if (config := reloaded()) is not None:
            self.config = config

    def define(self, _: Callable[[], bool]) -> None:
        """Let the stored upstreams follow the newest configuration, however long polls take."""
        if (config := self.config) is self.defined:
            return
        try:
            define(config, self.store)
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
        else:
            self.defined = config
            log.info("the new configuration is in use: %s", plural(len(config.upstreams), "upstream"))

    def _is_imported(self) -> bool:
        with self.store.read() as db:
            self.is_waiting = feeds.is_empty(db)
        return not self.is_waiting

    def poll(self, is_stopping: Callable[[], bool]) -> None:
        """Poll what is due now. Each round uses the newest configuration; a newer one ends the round."""
        try:
            if self.is_waiting and not self._is_imported():
                return
            self.presence.record()
            while not is_stopping() and self.defined is (config := self.config) and self._is_any_due():
                number = self._poll_round(config, is_stopping)
                if number:
                    self.fork_server.note_poll()
                elif config is self.config:
                    break  # what is due belongs to workers that know newer settings
            self.fork_server.decide()
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say

    def _is_any_due(self) -> bool:
        """Whether a host is due, or news is not published yet."""
        return (self.poller is not None and self.poller[1].news.is_owed) or is_any_due(self.store, self.clock())

    def _poll_round(self, config: Config, is_stopping: Callable[[], bool]) -> int:
        """Poll until nothing is due, or until there is a newer configuration. Returns the number of polls."""
        if self.poller is None or self.poller[0] is not config:
            made = poller_of(config, self.store, is_stopping)
            news = self.poller[1].news if self.poller else made.news
            self.poller = config, replace(made, is_outdated=self._is_former(config), renewed=self._renewed, news=news)
        _, poller = self.poller
        number = 0

        def tell(_: Taken) -> None:
            nonlocal number
            number += 1

        poller.drain(tell)
        self._renewed()
        return number

    def _renewed(self) -> None:
        self.presence.record()
        give_memory_back()

    def keep_up(self, is_stopping: Callable[[], bool]) -> None:
        """Let in what waited long enough, and index entries, however long polls take."""
        try:
            if not self.is_waiting and self._is_time():
                release(self.config, self.store, is_stopping)
                index_some(self.store, is_stopping)
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say

    def deliver(self, is_stopping: Callable[[], bool]) -> None:
        """Ask callbacks, and send changed documents to subscribers of the hub."""
        if self.config.site.hub is None:
            return
        try:
            deliver(self.config, self.store, is_stopping, self.clock)
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say

    def subscribe(self, is_stopping: Callable[[], bool]) -> None:
        """Subscribe at the hubs that upstreams name."""
        try:
            subscribe(self.config, self.store, self.clock, is_stopping)
        except FeedsvcError as error:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say

    def call_webhooks(self, is_stopping: Callable[[], bool]) -> None:
        """Tell the webhooks what changed in their feeds."""
        config = self.config
        call_webhooks(config, self.store, self.clock, is_stopping, self._is_former(config))

    def _is_former(self, config: Config) -> Callable[[], bool]:
        """Whether a round goes on under a configuration that is no longer the newest."""
        return lambda: config is not self.config

    def _is_time(self) -> bool:
        now = time.monotonic()
        if self.looked is not None and now - self.looked < QUIET_SECONDS:
            return False
        self.looked = now
        return True
