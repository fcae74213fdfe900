"""Polls upstream feeds that are due, and publishes what this changed."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from feedsvc.cli.publishing import refresh
from feedsvc.config import Config
from feedsvc.store import Store, delays, digests, hosts, polls
from feedsvc.store.clock import Clock
from feedsvc.update.upstreams import Poller, Taken


def define(config: Config, store: Store) -> None:
    """Let the stored upstreams follow the configuration."""
    now = Clock(store)()
    with store.write() as db:
        polls.define(db, config.upstreams, now)


def poll(config: Config, store: Store, only: Collection[str] | None = None) -> list[Taken]:
    """Poll upstreams that are due, and publish what this changed. Empty: none is due."""
    taken: list[Taken] = []
    replace(poller_of(config, store), only=only).drain(taken.append)
    return taken


def is_any_due(store: Store, now: datetime) -> bool:
    """Whether a host is due."""
    with store.read() as db:
        return hosts.is_any_due(db, now)


def poller_of(config: Config, store: Store, is_stopping: Callable[[], bool] = lambda: False) -> Poller:
    """Return the object that polls under this configuration."""
    specs = {spec.name: spec for spec in config.upstreams}
    clock = Clock(store)
    return Poller(
        store=store, specs=specs, catalogue=config.catalogue, clock=clock, is_stopping=is_stopping,
        publish=lambda: refresh(config, store, clock(), is_stopping),
    )  # fmt: skip


def release(config: Config, store: Store, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Let in stories whose delay is over or that a killed worker left behind, and publish digests that are due."""
    poller = poller_of(config, store)
    poller.compare()
    recovered, now = poller.recover(), poller.clock()
    released = delays.release(store, now)
    closed = digests.close(store, config.catalogue, now)
    if recovered or released or closed:
        refresh(config, store, now, is_stopping)
