"""Starts the HTTP server."""

import os
import socket

import click

from feedsvc.cli.objects import configuration, warn
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError

LOCAL = "127.0.0.1"

#: Requests that one process works on at a time; each is mostly a read of the database.
THREADS = 4

#: How long requests under way have to end before the server does.
STOP_SECONDS = 10

#: The server's own logs go where ours go.
LOGGING = {
    "version": 1,
    "incremental": False,
    "disable_existing_loggers": False,
    "loggers": {
        "_granian": {"handlers": [], "level": "INFO", "propagate": True},
        "granian.access": {"handlers": [], "level": "INFO", "propagate": True},
    },
}


def listening(port: int | None, host: str) -> Config:
    """The configuration for a server on this port, which is free."""
    if port is not None:
        os.environ["PORT"] = str(port)
    config = configuration()
    warn(config.warnings)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, config.port))
    except OSError as error:
        raise FeedsvcError(
            f"cannot listen on {host} port {config.port}: {error.strerror}; choose another with --port or PORT"
        ) from error
    if config.site.base_url.startswith(f"http://{LOCAL}:"):
        click.echo(
            f"warning: site.base_url is not set: links say {config.site.base_url}, and work on this machine only",
            err=True,
        )
    return config


def serve_forever(config: Config, host: str) -> None:
    """Serve until a signal ends it."""
    from granian import Granian  # noqa: PLC0415 - only a server pays for it
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian(
        "feedsvc.wsgi:app",
        address=host,
        port=config.port,
        interface=Interfaces.WSGI,
        websockets=False,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_SECONDS,
        log_dictconfig=LOGGING,
    ).serve()
