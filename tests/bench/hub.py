"""
How soon subscribers of our hub have a new document, while some of them are dead.

    python -m tests.bench.hub [--postgresql URL]

1,000 subscribers on loopback, of which 100 are dead: 50 accept a connection and never answer, 50 refuse it. The others
are ten on each of 90 addresses. In each round a new document is published. The time counts from the end of the update,
when the document is not made yet, until the last living subscriber has the whole of it. In the first round nobody knows
which subscribers are dead.
"""

import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from feedsvc.cli.delivering import deliver
from feedsvc.config import Config
from feedsvc.sandbox import Sandbox
from feedsvc.store import Store, feeds, hub_subscriptions
from feedsvc.store.clock import utc_now
from feedsvc.store.hub_subscriptions import Wanted
from feedsvc.update import update
from tests.bench.articles import article
from tests.conftest import CONFIG, Folder
from tests.data.new_stores import new_store

LIVING_HOSTS, EACH, HANGING, REFUSING = 90, 10, 50, 50
LIVING = LIVING_HOSTS * EACH

#: Entries of the feed, as many as a window has.
ENTRIES = 50

ROUNDS = 3

#: Seconds after which a round ends without the others.
PATIENCE = 60

GOOD = b"HTTP/1.1 204 No Content\r\n\r\n"


@dataclass(slots=True)
class Living:
    """What the living subscribers got: for each round, when, and how many bytes."""

    times: list[float] = field(default_factory=list)
    bytes: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take documents over a connection."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                size = int(head.partition(b"content-length:")[2].split()[0])
                await reader.readexactly(size)
                self.times.append(time.monotonic())
                self.bytes += size
                writer.write(GOOD)
                await writer.drain()
        writer.close()


async def _hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Read, and never answer."""
    while await reader.read(65536):
        pass


@contextmanager
def serving(living: Living) -> Iterator[int]:
    """The servers, in a thread; their port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def begin() -> tuple[int, list[asyncio.Server]]:
        first = await asyncio.start_server(living.serve, address(0), 0)
        port = first.sockets[0].getsockname()[1]
        kinds = {number: living.serve if number < LIVING_HOSTS else _hang for number in range(LIVING_HOSTS + HANGING)}
        others = [await asyncio.start_server(kinds[number], address(number), port) for number in list(kinds)[1:]]
        return port, [first, *others]

    port, servers = asyncio.run_coroutine_threadsafe(begin(), loop).result(30)
    yield port
    for server in servers:
        loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def address(number: int) -> str:
    """An address of loopback of a host's own. Nobody listens on the last ones, so they refuse connections."""
    return f"127.77.{number // 200}.{number % 200 + 1}"


def subscribe(store: Store, port: int) -> None:
    """Let all of them be subscribed to all.rss."""
    numbers = [number for number in range(LIVING_HOSTS) for _ in range(EACH)]
    numbers += range(LIVING_HOSTS, LIVING_HOSTS + HANGING + REFUSING)
    now = datetime.now(UTC)
    with store.write() as db:
        feed = feeds.find(db, "all")
        assert feed is not None
        for place, number in enumerate(numbers):
            callback = f"http://{address(number)}:{port}/{place}"
            wanted = Wanted(
                feed_id=feed.id, format="rss", topic="https://feeds.example.org/feeds/all.rss", callback=callback,
                host=address(number), secret="secret" * 5, lease_seconds=864_000,
            )  # fmt: skip
            hub_subscriptions.confirm(db, wanted, now)


def main() -> None:
    """Measure, and print a line for each round."""
    url = sys.argv[2] if sys.argv[1:2] == ["--postgresql"] else None
    living, stop = Living(), threading.Event()
    with ExitStack() as stack:
        folder = Folder(path=Path(stack.enter_context(tempfile.TemporaryDirectory())), url=url)
        port = stack.enter_context(serving(living))
        allowed = f"web: {{hub: {{allow_networks: [127.77.0.0/16], allow_ports: [{port}]}}}}\n"
        folder.configure(CONFIG.replace("site: {", "site: {hub: own, ") + allowed)
        for number in range(ENTRIES):
            folder.write(f"{number}.html", article(number))
        store, sandbox, config = (
            new_store(folder.database_url),
            stack.enter_context(Sandbox(workers=1)),
            folder.config(),
        )
        stack.callback(store.close)
        take_in(store, sandbox, config)
        subscribe(store, port)
        worker = threading.Thread(target=work, args=(config, store, stop))
        worker.start()
        for number in range(ROUNDS):
            living.times.clear()
            living.bytes = 0
            if number:  # the first round has the document that nobody got yet: no subscriber is known to be dead
                folder.write(f"new{number}.html", article(1000 + number))
                take_in(store, sandbox, config)
            tell(living, store, number, time.monotonic())
        stop.set()
        worker.join(30)


def tell(living: Living, store: Store, number: int, began: float) -> None:
    """Wait until all living subscribers have the document, and print how long that took."""
    ends = began + PATIENCE
    while len(living.times) < LIVING and time.monotonic() < ends:
        time.sleep(0.05)
    taken = sorted(one - began for one in living.times)
    with store.read() as db:
        failing = hub_subscriptions.figures(db).failing
    print(
        f"round {number + 1}: {len(taken)} of {LIVING} have it; half after {taken[len(taken) // 2]:.2f} s, all after "
        f"{taken[-1]:.2f} s; {living.bytes / len(taken) / 1000:.0f} kB each; {failing} are failing"
    )


def take_in(store: Store, sandbox: Sandbox, config: Config) -> None:
    """Import the seeds that are new."""
    update(store, sandbox, config.sources, config.catalogue, datetime.now(UTC))


def work(config: Config, store: Store, stop: threading.Event) -> None:
    """Call the job as a worker does."""
    while not stop.wait(0.5):
        deliver(config, store, stop.is_set, utc_now)


if __name__ == "__main__":
    main()
