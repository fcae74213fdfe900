"""
The memory that a worker needs with many sources.

    python -m tests.bench.memory [SOURCES]        10,000 sources

A real `feedsvc poll` over a server on loopback, each source on a host of its own: the first poll, in which everything
is new, and one in which nothing is. Memory is the proportional share (PSS) of the whole tree at its highest moment,
looked at four times a second; its own processes alone, not the server's.
"""

import asyncio
import contextlib
import os
import sys
import tempfile
import threading
from pathlib import Path

import sqlalchemy as sa

from feedsvc.store import open_store
from tests.bench.measure import PYTHON, cost
from tests.data.feeds import articles, rss
from tests.data.upstream import answer

ITEMS = 10


class Server:
    """Answers until the bench ends: 304 where it may."""

    def __init__(self) -> None:
        self.port = 0
        self.is_ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True).start()
        self.is_ready.wait(30)

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            number = int(head.split(" ", 2)[1].strip("/"))
            is_known = "\r\nif-none-match:" in head.lower()
            feed = "" if is_known else rss(articles(ITEMS, 1_000_000 + 20 * number))
            writer.write(answer(b"", 304, content_length=None) if is_known else answer(feed, etag='"v"'))
            await writer.drain()
        writer.close()

    async def _run(self) -> None:
        server = await asyncio.start_server(self._handle, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - all of 127/8
        self.port = server.sockets[0].getsockname()[1]
        self.is_ready.set()
        await asyncio.Event().wait()


def main(sources: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        _measure(Path(name), Server().port, sources)


def _measure(folder: Path, port: int, sources: int) -> None:
    lines = (
        f"  f{number}: {{kind: upstream, allow_private: true, "
        f"url: 'http://127.{2 + number // 62500}.{number % 62500 // 250}.{number % 250 + 1}:{port}/{number}'}}"
        for number in range(sources)
    )
    site = "site: {title: 站, base_url: 'https://feeds.example.org', tag: 'example.org,2026'}\nsources:\n"
    (folder / "feedsvc.yaml").write_text(site + "\n".join(lines), "utf-8")
    environ = {**os.environ, "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "FEEDSVC_DATA_DIR": str(folder / "data")}
    cost([PYTHON, "-m", "feedsvc", "db", "upgrade"], environ, folder)
    for what in ("everything new", "nothing new"):
        used = cost([PYTHON, "-m", "feedsvc", "poll"], environ, folder)
        print(f"{sources} sources, {what}: {used.peak / 1e6:.0f} MB PSS, {used.cpu:.0f} s CPU, {used.wall:.0f} s wall")
        store = open_store(f"sqlite:///{folder / 'data' / 'feedsvc.sqlite3'}")
        with store.write() as db:
            polled = db.scalar(sa.text("SELECT count(*) FROM upstream WHERE succeeded_at IS NOT NULL"))
            db.execute(sa.text("UPDATE upstream SET next_due = '2020-01-01 00:00:00.000000'"))
            db.execute(sa.text("UPDATE host SET next_due = '2020-01-01 00:00:00.000000'"))
        store.close()
        print(f"  {polled} polled well", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
