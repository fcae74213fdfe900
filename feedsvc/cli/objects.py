"""Builds the objects that most commands need: the configuration and the store."""

import contextlib
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from feedsvc.config import Config, find, load
from feedsvc.errors import ConfigError
from feedsvc.store import Store, migrate, open_store

log = logging.getLogger(__name__)

#: Seconds: after a new configuration, processes that publish under the former address have so long to end.
SETTLING_SECONDS = 20


@dataclass(slots=True)
class _Settling:
    """Until when this process waits for processes of a former configuration, by the monotonic clock."""

    until: float = 0.0


_settling = _Settling()


def configuration() -> Config:
    """Load the configuration that the environment names."""
    return load(find(os.environ), os.environ)


def reloaded() -> Config | None:
    """Return the present configuration. None: it is not valid, and the log names its problems."""
    _settling.until = time.monotonic() + SETTLING_SECONDS
    try:
        return configuration()
    except ConfigError as error:
        for problem in error.problems:
            log.error("%s", problem)  # noqa: TRY400 - its message is all there is to say
        log.error("the new configuration is not valid: the former one stays in use")  # noqa: TRY400 - the same
        return None


def is_settled() -> bool:
    """Whether processes of a former configuration have had their time to end."""
    return time.monotonic() >= _settling.until


@contextlib.contextmanager
def opened_store(config: Config, *, is_migrated: bool = True) -> Iterator[Store]:
    """Open the database, and close it in the end. By default its schema must be the one of this version."""
    store = open_store(config.database_url)
    try:
        if is_migrated:
            migrate.prepare(store)
        yield store
    finally:
        store.close()


def address_taken(config: Config, other: str) -> str:
    """The message for a database that a running process publishes under another address."""
    own = f"site.base_url is {config.site.base_url} here"
    if config.is_base_url_guessed:
        own = f"here it is {config.site.base_url}, of the port (--port or PORT), as site.base_url is not set"
    return (
        f"a running process publishes this database as {other}, and {own}; end that process, or give both the same "
        "site.base_url"
    )
