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
    poller = replace(_poller(config, store), is_stopping=is_stopping, is_outdated=is_outdated, only=only)
    taken = poller.drain()
    if poller.placed or any(one.counts["edited"] or one.counts["restless"] for one in taken):
        refresh(config, store, now_in_seconds(), is_stopping)
    return taken


def is_any_due(store: Store) -> bool:
    """Whether a host is due."""
    with store.read() as db:
        return hosts.is_any_due(db, now_in_seconds())


def _poller(config: Config, store: Store) -> Poller:
    specs = {spec.name: spec for spec in config.upstreams}
    return Poller(store=store, specs=specs, catalogue=config.catalogue, clock=now_in_seconds)


def release(config: Config, store: Store, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Let in stories whose delay is over or that a killed worker left behind, and publish digests that are due."""
    recovered = _poller(config, store).recover()
    released = delays.release(store, now_in_seconds())
    closed = digests.close(store, config.catalogue, now_in_seconds())
    if recovered or released or closed:
        refresh(config, store, now_in_seconds(), is_stopping)
