"""Polls upstream feeds that are due, and makes the documents that this changed."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime

from feedsvc.cli.publishing import refresh
from feedsvc.config import Config
from feedsvc.store import Store, delays, digests, hosts, polls
from feedsvc.update.upstreams import Poller, Taken


def define(config: Config, store: Store) -> None:
    """Let the stored upstreams follow the configuration."""
    now = clock_of(store)()
    with store.write() as db:
        polls.define(db, config.upstreams, now)


def now_in_seconds() -> datetime:
    """The time in whole seconds, as the schedule stores it."""
    return datetime.now(UTC).replace(microsecond=0)


def clock_of(store: Store) -> Callable[[], datetime]:
    """The time of the database: a worker whose clock is wrong would take hosts that others are polling."""
    ahead = store.ahead()
    return lambda: now_in_seconds() + ahead


def poll(
    config: Config,
    store: Store,
    is_stopping: Callable[[], bool] = lambda: False,
    is_outdated: Callable[[], bool] = lambda: False,
    only: Collection[str] | None = None,
) -> list[Taken]:
    """Poll upstreams that are due, for a while, and make the documents that this changed. Empty: none is due."""
    poller = replace(_poller(config, store), is_stopping=is_stopping, is_outdated=is_outdated, only=only)
    taken = poller.drain()
    if poller.placed or any(one.counts["edited"] or one.counts["restless"] for one in taken):
        refresh(config, store, poller.clock(), is_stopping)
    return taken


def is_any_due(store: Store) -> bool:
    """Whether a host is due."""
    now = clock_of(store)()
    with store.read() as db:
        return hosts.is_any_due(db, now)


def _poller(config: Config, store: Store) -> Poller:
    specs = {spec.name: spec for spec in config.upstreams}
    return Poller(store=store, specs=specs, catalogue=config.catalogue, clock=clock_of(store))


def release(config: Config, store: Store, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Let in stories whose delay is over or that a killed worker left behind, and publish digests that are due."""
    poller = _poller(config, store)
    recovered, now = poller.recover(), poller.clock()
    released = delays.release(store, now)
    closed = digests.close(store, config.catalogue, now)
    if recovered or released or closed:
        refresh(config, store, now, is_stopping)
