"""The job that delivers the changes of feeds to their webhooks."""

import logging
from collections.abc import Callable
from datetime import datetime

from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.publish import Publisher
from feedsvc.publish.webhooks import Deliverer
from feedsvc.store import Store

log = logging.getLogger(__name__)


def call_webhooks(
    config: Config,
    store: Store,
    clock: Callable[[], datetime],
    is_stopping: Callable[[], bool],
    is_outdated: Callable[[], bool] = lambda: False,
) -> None:
    """Deliver what is due. Returns when nothing is due, or when there is a newer configuration."""
    deliverer = Deliverer(
        publisher=Publisher(store=store, configured=config.catalogue), webhooks=config.webhooks,
        clock=clock, is_stopping=is_stopping, is_outdated=is_outdated,
    )  # fmt: skip
    try:
        deliverer.deliver()
    except FeedsvcError as error:
        log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
