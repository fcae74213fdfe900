"""A subscriber of a hub: a real HTTP server on loopback that confirms subscriptions and takes documents."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.data.upstream import Request


@dataclass(slots=True, kw_only=True)
class Subscriber:
    """What the server answers, and what it was sent."""

    port: int = 0
    host: str = "127.0.0.1"
    #: Whether it echoes challenges; another text is sent in place of a challenge.
    challenge: str | None = None
    #: The statuses of its answers to questions and to documents, and a header field of both.
    asked_status: int = 200
    sent_status: int = 200
    location: str = ""
    requests: list[Request] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its callback."""
        return f"http://{self.host}:{self.port}/callback"

    @property
    def questions(self) -> list[dict[str, str]]:
        """The queries of the requests of the hub that ask or tell something."""
        asked = (urlsplit(one.target).query for one in self.requests if one.method == "GET")
        return [{name: values[0] for name, values in parse_qs(query).items()} for query in asked]

    @property
    def documents(self) -> list[Request]:
        """The requests with documents."""
        return [one for one in self.requests if one.method == "POST"]


@contextmanager
def subscribing(host: str = "127.0.0.1") -> Iterator[Subscriber]:
    """A subscriber on a free port."""
    subscriber = Subscriber(host=host)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, status: int, body: bytes) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            subscriber.requests.append(Request(method=self.command, target=self.path, headers=headers, body=sent))
            self.send_response(status)
            if subscriber.location:
                self.send_header("Location", subscriber.location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            said = parse_qs(urlsplit(self.path).query).get("hub.challenge", [""])[0]
            echoed = said if subscriber.challenge is None else subscriber.challenge
            self._answer(subscriber.asked_status, echoed.encode())

        def do_POST(self) -> None:
            self._answer(subscriber.sent_status, b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((host, 0), Handler) as server:
        server.daemon_threads = True
        subscriber.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield subscriber
        server.shutdown()
        thread.join(5)
