"""`feedsvc serve`, and what has to hold before a server begins."""

import gc
import logging
import os
from importlib import import_module

from feedsvc.cli.listening import require_free, socket_path
from feedsvc.cli.logs import say, warn
from feedsvc.cli.objects import address_taken, configuration, opened_store
from feedsvc.cli.supervising import STOP_SECONDS
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import holding

#: Requests that one process works on at a time; each is mostly a read of the database.
THREADS = 4

#: Processes of a server, at most, unless the operator asks for more.
MOST_WORKERS = 4

#: Seconds before a worker of the server starts again, if the system has killed it.
RESPAWN_SECONDS = 1.0

#: The server logs where feedsvc logs.
LOGGING = {
    "version": 1,
    "incremental": False,
    "disable_existing_loggers": False,
    "loggers": {
        "_granian": {"handlers": [], "level": "INFO", "propagate": True},
        "granian.access": {"handlers": [], "level": "INFO", "propagate": True},
    },
}


def workers_of(cores: int) -> int:
    """
    The number of server processes: one for two cores, as the other core imports and polls.

    One process sends ten thousand known documents in a second. Each has them in its own memory.
    """
    return min(MOST_WORKERS, max(1, cores // 2))


def serve(host: str, port: int | None, workers: int | None, after: int | None) -> int | None:
    """Serve the imported entries. `after`: the open file where `feedsvc up` writes the port when all is prepared."""
    if workers is not None:
        os.environ["WEB_CONCURRENCY"] = str(workers)
    if after is not None:
        _load()
        with open(after, encoding="ascii") as file:  # noqa: PTH123 - an open file has no path
            said = file.readline()
        if not said:
            return 1  # `feedsvc up` has said why
        os.environ["PORT"] = said.strip()
        serve_forever(int(said), host)
        return None
    config = listening(port, host)
    with opened_store(config):
        pass  # it has the tables of this version, or the command ends here
    _load()
    serve_forever(config.port, host)
    return None


def _load() -> None:
    """Import what the server's workers need. The server forks them: they start at once, and share this memory."""
    # Nearly all that an import makes stays in use. To search it for garbage takes a tenth of the time.
    gc.disable()
    import_module("feedsvc.web")
    import_module("granian.server")
    gc.enable()


def listening(port: int | None, host: str, *, is_only: bool = False) -> Config:
    """
    Load the configuration for a server on this port.

    Raises FeedsvcError where the port or the socket is in use, or another address publishes the database.
    """
    if port is not None:
        os.environ["PORT"] = str(port)
    config = configuration()
    with opened_store(config, is_migrated=False) as store:
        if is_only:
            holding.second_is_refused(store)
        if store.path is None or store.path.exists():
            try:
                holding.require_address(store, config.site.base_url)
            except holding.OtherAddressError as error:
                raise FeedsvcError(address_taken(config, error.other)) from error
    if socket_path(host) and config.is_base_url_guessed:
        raise FeedsvcError(f"{config.path}: site.base_url is needed: a Unix socket has no address to make links of")
    require_free(host, config.port)
    return config


def warn_of_address(config: Config) -> None:
    """Warn where `site.base_url` is not set: links then work on this machine only."""
    warn(config.warnings)
    if config.is_base_url_guessed:
        say(
            f"warning: site.base_url is not set: links say {config.site.base_url}, and work on this machine only",
            logging.WARNING,
        )


def serve_forever(port: int, host: str) -> None:
    """Serve until a signal ends it."""
    from granian import Granian  # noqa: PLC0415 - only a server pays for it
    from granian.constants import Interfaces  # noqa: PLC0415

    # Workers that search these objects for garbage would write to each of them, and share them no more.
    gc.collect()
    gc.freeze()
    path = socket_path(host)
    Granian(
        "feedsvc.wsgi:app",
        address="127.0.0.1" if path else host,
        port=port,
        uds=path,
        workers=int(os.environ.get("WEB_CONCURRENCY") or workers_of(os.cpu_count() or 1)),
        interface=Interfaces.WSGI,
        websockets=False,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        log_dictconfig=LOGGING,
    ).serve()
