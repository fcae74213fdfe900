"""
How soon a subscriber of our hub has the news that a hub of an upstream pushes.

    python -m tests.bench.push [SOURCES [ROUNDS]]        10 sources, 3 rounds

A real `feedsvc up` subscribes at a hub on loopback, for each source. A program on loopback subscribes at our hub, to
`all.rss`. In each round, each source gets a new article, one source after the other, and its hub pushes. The time
counts from the push until the subscriber has a document with the title of that article. Between two rounds, the bench
waits for longer than the shortest time between two polls that pushes cause. It prints the median and the longest time.
"""

import hashlib
import hmac
import secrets
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from feedsvc.schedule.pushes import SPACING
from tests.bench.running_up import ask, configure, free_port, up
from tests.data.feeds import articles, rss

#: Seconds that the bench waits for one step.
PATIENCE = 60

SITE = """\
site: {{title: 站, base_url: "http://127.0.0.1:{ours}", tag: "example.org,2026", hub: own}}
web: {{hub: {{allow_networks: [127.0.0.0/8], allow_ports: [{port}]}}}}
sources:
{sources}
"""


class World(ThreadingHTTPServer):
    """The upstream, its hub, and the subscriber of our hub, on three addresses of one port."""

    daemon_threads = True

    def __init__(self, number: int) -> None:
        super().__init__(("0.0.0.0", 0), Handler)  # noqa: S104 - all of 127/8
        self.articles = {f"/{one}": articles(3, 1_000_000 + 1000 * one) for one in range(number)}
        #: Callback and secret of feedsvc, by the path of the feed.
        self.callbacks: dict[str, tuple[str, str]] = {}
        self.lock = threading.Condition()
        self.is_subscribed = False
        self.document = b""

    def url(self, host: int, path: str) -> str:
        """An address here: of the upstream (2), the hub (3) or the subscriber (4)."""
        return f"http://127.0.0.{host}:{self.server_port}{path}"

    def wait(self, text: str) -> float:
        """The time when the subscriber has a document with this text, by the monotonic clock."""
        with self.lock:
            if not self.lock.wait_for(lambda: text.encode() in self.document, PATIENCE):
                raise TimeoutError(f"no document with {text}")
            return time.monotonic()


class Handler(BaseHTTPRequestHandler):
    """Answers for all three."""

    server: World

    def do_GET(self) -> None:
        """Send a feed to feedsvc, or the challenge to its hub."""
        said = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        if challenge := said.get("hub.challenge"):
            self.server.is_subscribed = True
            self._answer(200, challenge[0].encode())
            return
        body = rss(self.server.articles[self.path]).encode()
        hub, topic = self.server.url(3, "/hub"), self.server.url(2, self.path)
        self._answer(200, body, Link=f'<{hub}>; rel="hub", <{topic}>; rel="self"')

    def do_POST(self) -> None:
        """Take a request to the hub, or a delivery."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(202, b"")
        if self.path == "/hub":
            said = dict(urllib.parse.parse_qsl(body.decode()))
            threading.Thread(target=self._verify, args=(said,)).start()
            return
        with self.server.lock:
            self.server.document = body
            self.server.lock.notify_all()

    def _verify(self, said: dict[str, str]) -> None:
        query = {"hub.mode": said["hub.mode"], "hub.topic": said["hub.topic"], "hub.challenge": secrets.token_hex(8)}
        query["hub.lease_seconds"] = "864000"
        with urllib.request.urlopen(f"{said['hub.callback']}?{urllib.parse.urlencode(query)}", timeout=PATIENCE):
            path = urllib.parse.urlsplit(said["hub.topic"]).path
            self.server.callbacks[path] = said["hub.callback"], said["hub.secret"]

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(number: int) -> Iterator[World]:
    """The servers, in a thread."""
    world = World(number)
    thread = threading.Thread(target=world.serve_forever, daemon=True)
    thread.start()
    yield world
    world.shutdown()
    world.server_close()


def main(number: int, rounds: int) -> None:
    """Measure, and print."""
    ours = free_port()
    with tempfile.TemporaryDirectory() as name, served(number) as world:
        folder = Path(name)
        lines = [
            f'  s{one}: {{kind: upstream, url: "{world.url(2, f"/{one}")}", allow_private: true, push: true}}'
            for one in range(number)
        ]
        environ = configure(folder)
        site = SITE.format(ours=ours, port=world.server_port, sources="\n".join(lines))
        (folder / "feedsvc.yaml").write_text(site, "utf-8")
        with up(folder, environ, ours):
            _until(lambda: len(world.callbacks) == number)
            _subscribe(world, ours)
            _until(lambda: world.is_subscribed)
            taken = [one for _ in range(rounds) for one in _round(world)]
    print(f"{len(taken)} pushes: median {statistics.median(taken):.2f} s, longest {max(taken):.2f} s")


def _round(world: World) -> Iterator[float]:
    """The seconds from push to delivery, source by source."""
    time.sleep(SPACING.total_seconds() + 5)
    for path, some in world.articles.items():
        new = articles(1, 1_000_900 + len(some) + 1000 * int(path[1:]))[0]
        world.articles[path] = [new, *some]
        began = time.monotonic()
        _push(world, path)
        yield world.wait(new.title) - began


def _push(world: World, path: str) -> None:
    callback, secret = world.callbacks[path]
    body = rss(world.articles[path]).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(callback, body, {"X-Hub-Signature": f"sha256={signature}"})
    with urllib.request.urlopen(request, timeout=PATIENCE):
        return


def _subscribe(world: World, ours: int) -> None:
    said = {
        "hub.mode": "subscribe", "hub.topic": f"http://127.0.0.1:{ours}/feeds/all.rss",
        "hub.callback": world.url(4, "/callback"), "hub.secret": "secret",
    }  # fmt: skip
    _until(lambda: ask(ours, "/feeds/all.rss")[0] == 200)
    url = f"http://127.0.0.1:{ours}/hub"
    with urllib.request.urlopen(url, urllib.parse.urlencode(said).encode(), timeout=PATIENCE):
        return


def _until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() >= ends:
            raise TimeoutError
        time.sleep(0.1)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [10, 3][len(numbers) :]))
