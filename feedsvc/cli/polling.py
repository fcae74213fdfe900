"""Polls upstream feeds that are due, and makes the documents that this changed."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime

from feedsvc.cli.publishing import refresh
from feedsvc.config import Config
from feedsvc.store import Store, delays, digests, polls
from feedsvc.update.upstreams import Poller, Taken


def define(config: Config, store: Store) -> None:
    """Let the stored upstreams follow the configuration."""
    with store.write() as db:
        polls.define(db, config.upstreams, now_in_seconds())


def now_in_seconds() -> datetime:
    """The time in whole seconds, as the schedule stores it."""
    return datetime.now(UTC).replace(microsecond=0)


def poll(
    config: Config,
    store: Store,
    is_stopping: Callable[[], bool] = lambda: False,
    is_outdated: Callable[[], bool] = lambda: False,
    only: Collection[str] | None = None,
) -> list[Taken]:
    """Poll upstreams that are due, for a while, and make the documents that this changed. Empty: none is due."""
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
    # Delays and periods end, whether anything was polled or not.
    released = delays.release(store, now_in_seconds())
    closed = digests.close(store, config.catalogue, now_in_seconds())
    has_changed = (
        released or closed or poller.placed or any(one.counts["edited"] or one.counts["restless"] for one in taken)
    )
    if has_changed:
        refresh(config, store, now_in_seconds(), is_stopping)
    return taken
