"""Builds the objects that the commands work with."""

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache

from feedsvc.catalogue import Catalogue
from feedsvc.cli import logs
from feedsvc.config import Config, find, load
from feedsvc.errors import ConfigError, Problem
from feedsvc.publish import Publisher
from feedsvc.store import Store, holding, migrate, open_store

log = logging.getLogger(__name__)

#: After a new configuration, processes of another address have so many seconds to end, which are asked every few.
SETTLING_SECONDS = 20
SETTLING_PAUSE = 0.2

#: Until when they have.
_settled = 0.0


def configuration() -> Config:
    """Load the configuration that the environment names."""
    return load(find(os.environ), os.environ)


def reloaded() -> Config | None:
    """The configuration as it is now; None where it is not valid, and the log says why."""
    global _settled  # noqa: PLW0603 - of the process, as its configuration is
    _settled = time.monotonic() + SETTLING_SECONDS
    try:
        return configuration()
    except ConfigError as error:
        for problem in error.problems:
            log.error("%s", problem)  # noqa: TRY400 - its message is all there is to say
        log.error("the configuration is not valid: the one before stays in use")  # noqa: TRY400 - the same
        return None


@contextlib.contextmanager
def opened_store(config: Config, *, is_migrated: bool = True) -> Iterator[Store]:
    """Open the database, by default only with the schema of this version, and close it in the end."""
    store = open_store(config.database_url)
    try:
        if is_migrated:
            migrate.prepare(store)
        yield store
    finally:
        store.close()


def catalogue_of(config: Config) -> Catalogue:
    """Which feeds the configuration asks for."""
    return Catalogue(
        specs=tuple(config.feeds.values()), categories={name: spec.slug for name, spec in config.categories.items()}
    )


def publisher_of(config: Config, store: Store) -> Publisher:
    """Return what publishes this store under this configuration."""
    return Publisher(store=store, site=config.site, specs=config.feeds, categories=config.categories)


def never() -> bool:
    """There is always time for one document more."""
    return False


def refresh(config: Config, store: Store, now: datetime, is_enough: Callable[[], bool] = never) -> None:
    """
    Make the documents that are not current, until `is_enough` says that the others have to wait.

    Without an address the server makes them, which knows its port. Documents that a running process makes for another
    address are left to that process.
    """
    if not config.has_address:
        return
    while True:
        with holding.publishing(store, config.site.base_url) as other:
            if other is None:
                publisher_of(config, store).refresh(now, is_enough)
                return
        if time.monotonic() >= _settled:
            _warn_once(f"no documents are made: {address_taken(config, other)}")
            return
        if is_enough():
            return
        time.sleep(SETTLING_PAUSE)


def address_taken(config: Config, other: str) -> str:
    """What to say where a running process publishes the database under another address."""
    own = f"site.base_url is {config.site.base_url} here"
    if config.is_base_url_guessed:
        own = f"here it is {config.site.base_url}, of the port (--port or PORT), as site.base_url is not set"
    return (
        f"a running process publishes this database as {other}, and {own}; end that process, or give both the same "
        "site.base_url"
    )


@cache
def _warn_once(text: str) -> None:
    """Once in each process."""
    log.warning("%s", text)


#: The nouns that do not just take an s.
PLURALS = {"entry": "entries", "identity": "identities", "folder of seeds": "folders of seeds"}


def plural(number: int, noun: str) -> str:
    """`1 seed`, `2 seeds`, `3 entries`."""
    return f"{number} {noun if number == 1 else PLURALS.get(noun, f'{noun}s')}"


def warn(problems: Sequence[Problem]) -> None:
    """Say what works, but not as its author may think."""
    for problem in problems:
        logs.say(f"warning: {problem}", logging.WARNING)
