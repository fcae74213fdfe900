"""Makes the documents of feeds after a change."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from feedsvc.cli.logs import is_first
from feedsvc.cli.objects import address_taken, is_settled
from feedsvc.config import Config
from feedsvc.publish import Publisher
from feedsvc.store import Store, holding

log = logging.getLogger(__name__)

#: Seconds between two attempts, while a process of a former configuration still publishes.
SETTLING_PAUSE = 0.2


def publisher_of(config: Config, store: Store) -> Publisher:
    """Return the object that publishes this store under this configuration."""
    return Publisher(store=store, configured=config.catalogue)


def never() -> bool:
    """There is always time for another document."""
    return False


def refresh(config: Config, store: Store, now: datetime, is_enough: Callable[[], bool] = never) -> None:
    """
    Make the documents that are not current, until `is_enough` says that the others have to wait.

    Where no address is configured, the server makes the documents: it knows its port. Where a running process publishes
    under another address, it keeps the documents, and nothing is made here.
    """
    if not config.has_address:
        return
    while True:
        with holding.publishing(store, config.site.base_url) as other:
            if other is None:
                publisher_of(config, store).refresh(now, is_enough)
                return
        if is_settled():
            if is_first(said := address_taken(config, other)):
                log.warning("no documents are made: %s", said)
            return
        if is_enough():
            return
        time.sleep(SETTLING_PAUSE)
