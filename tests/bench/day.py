"""
Many sources for a day that is faster than the clock: how late polls are, and whether memory grows.

    python -m tests.bench.day [SOURCES [HOURS [RATE]]]        5,000 sources, 24 hours, 24 times as fast

A real `feedsvc serve` and `feedsvc worker` on SQLite, on one core. The clock of the worker is RATE times as fast
(`fast_clock.c`, which needs a C compiler): an hour takes 60 / RATE minutes, and so do its timeouts and pauses. A server
on loopback, on the other cores, has four fifths of the sources on hosts of their own, and the others on hosts of
twenty. Of a hundred feeds, 78 answer 304, 15 send the same bytes without validators, 5 have a new article each hour,
one answers 500 after the first hour, and one never answers then. Each feed has ten articles.

A poll is late by the time from `next_due` to its request. Polls count that are due after every source was polled
once. A line for each part of the day: polls, late ones, the memory (proportional share) of all processes, CPU, and
database.
"""

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from feedsvc.store import Store, open_store
from tests.bench.measure import PYTHON, pss
from tests.bench.running_up import free_port, tree
from tests.data.feeds import articles, rss

#: Feeds of one host, for a fifth of the sources.
TOGETHER = 20

PARTS = 12

#: Seconds between two looks at the database and the memory.
LOOK_SECONDS = 1.0

#: Seconds by which a poll may be late.
LATE_SECONDS = 60


class Server:
    """The upstreams. Keeps the time of each request, by the clock of this machine."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, float]] = []
        self.loop = asyncio.new_event_loop()
        self.port = 0
        #: The hour for feeds with news.
        self.hour = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            number = int(head.split(" ", 2)[1].strip("/"))
            self.asked.append((number, time.time()))
            if number % 100 == 99 and self.hour:
                await reader.read()  # until feedsvc gives up
            else:
                writer.write(self._answer(number, head.lower()))
                await writer.drain()
        writer.close()

    def _answer(self, number: int, head: str) -> bytes:
        kind = number % 100
        if kind == 98 and self.hour:
            return b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        version = self.hour if 93 <= kind < 98 else 0
        tag = "" if 78 <= kind < 93 else f'"{version}"'
        fields = "Content-Type: application/rss+xml\r\nConnection: close\r\n" + (f"ETag: {tag}\r\n" if tag else "")
        if tag and f"if-none-match: {tag}" in head:
            return f"HTTP/1.1 304 Not Modified\r\n{fields}\r\n".encode()
        body = rss(articles(10, 10_000_000 + 1000 * number + version)).encode()
        return f"HTTP/1.1 200 OK\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Serve from a thread."""

        async def listen() -> None:
            server = await asyncio.start_server(self._serve, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - all of 127/8
            self.port = server.sockets[0].getsockname()[1]

        self.loop.run_until_complete(listen())
        thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        thread.start()
        yield
        self.loop.call_soon_threadsafe(self.loop.stop)
        thread.join()


def main(sources: int, hours: float, rate: int) -> None:
    """Measure, and print."""
    server = Server()
    with tempfile.TemporaryDirectory() as name, server.running():
        folder = Path(name)
        environ = _configure(folder, sources, server.port)
        library = folder / "fast_clock.so"
        source = Path(__file__).with_name("fast_clock.c")
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)  # noqa: S607 - the compiler of the system
        subprocess.run([PYTHON, "-m", "feedsvc", "db", "upgrade"], env=environ, check=True)
        store = open_store(f"sqlite:///{folder / 'data' / 'feedsvc.sqlite3'}")
        origin = time.time()
        fast = {"LD_PRELOAD": str(library), "FAST_CLOCK": f"{rate} {time.time_ns()} {time.monotonic_ns()}"}
        with (
            _running(folder, environ, "serve", "--port", str(free_port())) as serving,
            _running(folder, environ | fast, "worker") as working,
        ):
            Day(server, store, folder, (serving, working), origin, rate).run(hours, sources)
        store.close()


def _configure(folder: Path, sources: int, port: int) -> dict[str, str]:
    lines = [f'  s{one}: {{kind: upstream, url: "http://{_host(one, sources)}:{port}/{one}", allow_private: true}}'
             for one in range(sources)]  # fmt: skip
    site = "site: {title: 站, base_url: 'https://feeds.example.org', tag: 'example.org,2026'}\nsources:\n"
    (folder / "feedsvc.yaml").write_text(site + "\n".join(lines), "utf-8")
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "FEEDSVC_DATA_DIR": str(folder / "data")}


def _host(number: int, sources: int) -> str:
    own = sources * 4 // 5
    place = number if number < own else own + (number - own) // TOGETHER
    return f"127.{1 + place // 62_500}.{place // 250 % 250}.{place % 250 + 1}"


@contextlib.contextmanager
def _running(folder: Path, environ: dict[str, str], *arguments: str) -> Iterator[int]:
    command = ["taskset", "-c", "0", PYTHON, "-m", "feedsvc", *arguments]
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        process = subprocess.Popen(command, env=environ, cwd=folder, stdout=log, stderr=log)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(120)


def _polled(store: Store) -> int:
    """The number of sources that were polled."""
    with store.read() as db:
        return db.scalar(sa.text("SELECT count(*) FROM upstream WHERE polled_at IS NOT NULL")) or 0


def _size(folder: Path) -> str:
    return f"database {sum(one.stat().st_size for one in (folder / 'data').glob('*.sqlite3*')) / 1e6:.0f} MB"


class Day:
    """What the bench sees of a day."""

    def __init__(
        self, server: Server, store: Store, folder: Path, roots: tuple[int, ...], origin: float, rate: int
    ) -> None:
        self.server, self.store, self.folder = server, store, folder
        self.origin, self.rate, self.roots = origin, rate, roots
        #: By source: when its next poll is due, in seconds of the fast clock.
        self.due: dict[int, float] = {}
        self.seen = 0
        self.began: float | None = None

    def run(self, hours: float, sources: int) -> None:
        """Look until the day is over, and print."""
        lates: list[float] = []
        every: list[float] = []
        peak, printed, before, cpu = 0, 0, 0, _cpu(self._pids())
        while (fast := time.time()) and (fast - self.origin) * self.rate < hours * 3600:
            self.server.hour = int((fast - self.origin) * self.rate / 3600)
            if self.began is None and _polled(self.store) == sources:
                self.began = self._fast(time.time())
                print(f"all sources were polled after {(fast - self.origin) * self.rate / 60:.0f} minutes", flush=True)
            lates += self._look()
            peak = max(peak, sum(pss(one) for one in self._pids()))
            part = int((fast - self.origin) * self.rate / (hours * 3600) * PARTS)
            if part > printed:
                printed = part
                used, cpu = _cpu(self._pids()) - cpu, _cpu(self._pids())
                real = hours * 3600 / PARTS / self.rate
                asked = self.seen - before
                print(
                    f"{part * hours / PARTS:.0f} h: {asked} requests, {len(lates)} polls count, {_said(lates)}; "
                    f"peak {peak / 1e6:.0f} MB, CPU {used / real * 100:.0f} %, "
                    f"{used / max(1, asked) * 1000:.1f} ms a request; {_size(self.folder)}",
                    flush=True,
                )
                every += lates
                lates, peak, before = [], 0, self.seen
            time.sleep(LOOK_SECONDS)
        every += lates
        print(f"the day: {len(every)} polls, {_said(every)}")
        now = self._fast(time.time())
        waiting = [now - due for due in self.due.values() if now - due > LATE_SECONDS]
        print(f"in the end, {len(waiting)} polls wait for more than a minute")

    def _look(self) -> list[float]:
        """By how many seconds the polls since the last look were late."""
        asked = self.server.asked[self.seen :]
        self.seen += len(asked)
        late = []
        for number, at in asked:
            due = self.due.pop(number, None)
            if due is not None and self.began is not None and due >= self.began:
                late.append(max(0.0, self._fast(at) - due))
        with self.store.read() as db:
            rows = db.execute(
                sa.text("SELECT name, next_due FROM upstream JOIN source ON id = source_id WHERE next_due IS NOT NULL")
            )
            for name, due in rows:
                if _seconds(due) > self._fast(time.time()):
                    self.due.setdefault(int(name[1:]), _seconds(due))
        return late

    def _pids(self) -> list[int]:
        """All processes of feedsvc."""
        return [one for root in self.roots for one in tree(root)]

    def _fast(self, at: float) -> float:
        """Seconds since the epoch by the fast clock."""
        return self.origin + (at - self.origin) * self.rate


def _seconds(stored: object) -> float:
    moment = datetime.fromisoformat(str(stored))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _said(lates: list[float]) -> str:
    if not lates:
        return "none"
    ordered = sorted(lates)
    return (
        f"late by {statistics.median(ordered):.1f} s (median), {ordered[len(ordered) * 99 // 100]:.0f} s (of a hundred "
        f"one), {ordered[-1]:.0f} s (longest), {sum(one > LATE_SECONDS for one in ordered)} by more than a minute"
    )


def _cpu(pids: list[int]) -> float:
    """The CPU seconds of these processes, and of those that they waited for."""
    ticks = 0
    for one in pids:
        with contextlib.suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    arguments = [float(argument) for argument in sys.argv[1:]]
    sources, hours, rate = arguments + [5000, 24, 24][len(arguments) :]
    main(int(sources), hours, int(rate))
