"""Where a server listens: on a port of an address, or on a Unix socket. Imports the standard library alone."""

import os
import socket
import stat
from pathlib import Path

from feedsvc.errors import FeedsvcError

#: What `--host` begins with where it is the path of a Unix socket.
UNIX = "unix:"

#: Addresses that mean every address of this machine → the one to ask.
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing listens here

#: Seconds that a server has to accept a connection.
PATIENCE = 1


def socket_path(host: str) -> Path | None:
    """The path of a Unix socket; None for an address."""
    return Path(host.removeprefix(UNIX)).absolute() if host.startswith(UNIX) else None


def connect(host: str, port: int) -> socket.socket:
    """A connection to a server. Raises OSError."""
    path = socket_path(host)
    if path is None:
        return socket.create_connection((WILDCARDS.get(host, host), port), timeout=PATIENCE)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(PATIENCE)
    try:
        connection.connect(os.fspath(path))
    except OSError:
        connection.close()
        raise
    return connection


def require_free(host: str, port: int) -> None:
    """Raise FeedsvcError where a server cannot listen. The socket of a server that was killed is removed."""
    path = socket_path(host)
    if path is not None:
        _require_free_path(host, path)
        return
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise FeedsvcError(
            f"cannot listen on {host} port {port}: {error.strerror}; choose another with --port or PORT"
        ) from error


def _require_free_path(host: str, path: Path) -> None:
    try:
        if path.exists() and not stat.S_ISSOCK(path.stat().st_mode):
            raise FeedsvcError(f"cannot listen on {path}: it is a file and no socket; choose another path")
        if path.exists():
            try:
                connect(host, 0).close()
            except ConnectionRefusedError:
                path.unlink()  # its server was killed
            else:
                raise FeedsvcError(f"cannot listen on {path}: another server listens there; choose another path")
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(os.fspath(path))
        path.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FeedsvcError(f"cannot listen on {path}: {reason}; choose another path with --host {UNIX}PATH") from error
