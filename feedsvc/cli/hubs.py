"""Subscribes at the hubs of upstreams: a job of `feedsvc worker`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from feedsvc.config import Config
from feedsvc.store import Store
from feedsvc.update.upstreams.subscriber import Subscriber

#: Seconds between two comparisons of the subscriptions with what upstreams name. A new configuration is compared at
#: once.
COMPARING_SECONDS = 20


@dataclass(slots=True)
class _Compared:
    """The configuration with which this process compared subscriptions last, and when, by the monotonic clock."""

    config: Config | None = None
    at: float = 0.0


_compared = _Compared()


def subscribe(
    config: Config, store: Store, clock: Callable[[], datetime], is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Follow the hubs that upstreams name, and ask those whose subscriptions are due. Ends when nothing is due."""
    subscriber = Subscriber(
        store=store,
        specs={spec.name: spec for spec in config.upstreams},
        pushed=config.pushed,
        base_url=config.site.base_url,
        policy=config.policy,
        clock=clock,
        is_stopping=is_stopping,
    )
    if _compared.config is not config or time.monotonic() >= _compared.at + COMPARING_SECONDS:
        subscriber.follow()
        _compared.config, _compared.at = config, time.monotonic()
    subscriber.ask()
