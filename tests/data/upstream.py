"""A real HTTP server on loopback: it sends the bytes that a test gives it, and keeps the requests that it received."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: Says something over a connection; it is closed after.
Script = Callable[[socket.socket], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request."""

    method: str
    #: As it was sent.
    target: str
    #: By lower-case name, values to the letter.
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True, kw_only=True)
class Upstream:
    """The server: what it answers by target, and what it was asked."""

    host: str
    port: int
    scheme: str = "http"
    answers: dict[str, bytes | Script] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def targets(self) -> list[str]:
        """The requests, in order."""
        return [request.target for request in self.requests]


def answer(body: bytes | str = b"", status: int = 200, **headers: str | None) -> bytes:
    """An answer as it is sent; `content_type="text/xml"` is a header, and None leaves one out."""
    data = body.encode() if isinstance(body, str) else body
    named = {"content_length": str(len(data)), "connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items() if value is not None)
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + data


@contextlib.contextmanager
def serving(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Upstream]:
    """An upstream on a free port of a loopback address."""
    with socket.create_server((host, 0)) as listener:
        upstream = Upstream(host=host, port=listener.getsockname()[1], scheme="https" if tls else "http")
        stop = threading.Event()
        thread = threading.Thread(target=_accept, args=(listener, upstream, tls, stop), daemon=True)
        thread.start()
        yield upstream
        stop.set()
        with contextlib.suppress(OSError):
            socket.create_connection((host, upstream.port), timeout=1).close()
        thread.join(5)


def _accept(listener: socket.socket, upstream: Upstream, tls: ssl.SSLContext | None, stop: threading.Event) -> None:
    while True:
        connection, _ = listener.accept()
        if stop.is_set():
            connection.close()
            return
        upstream.connections += 1
        threading.Thread(target=_serve, args=(connection, upstream, tls), daemon=True).start()


def _serve(connection: socket.socket, upstream: Upstream, tls: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError), connection:
        connection.settimeout(20)
        with tls.wrap_socket(connection, server_side=True) if tls else connection as plain:
            request = _read(plain)
            if request is None:
                return
            upstream.requests.append(request)
            said = upstream.answers.get(request.target, answer(b"nothing here", 404))
            if isinstance(said, bytes):
                plain.sendall(said)
            else:
                said(plain)


def _read(connection: socket.socket) -> Request | None:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            return None
        head += piece
    said, _, body = head.partition(b"\r\n\r\n")
    first, *lines = said.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        piece = connection.recv(65536)
        if not piece:
            return None
        body += piece
    return Request(method=method, target=target, headers=headers, body=body)
