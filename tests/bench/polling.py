"""
The cost of a poll, from request to stored entries, beside `feedparser.parse(url, etag=…, modified=…)` one by one.

    python -m tests.bench.polling [FEEDS [ROUNDS]]        2,000 feeds of about 100 kB, 3 rounds

Of the feeds, which a server of its own on loopback has, 80 % answer 304, 15 % the same bytes without validators, 5 %
have a new entry each round. Each is on a host of its own, so that no poll waits for another. CPU is user and system
of the process and its children; the first round, in which everything is new, is not counted. feedparser gets a second
figure for the feeds that did not change, by a run over those feeds alone.
"""

import asyncio
import contextlib
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import feedparser

from feedsvc.config import load
from feedsvc.store import migrate, open_store, polls
from feedsvc.update.upstreams import Poller
from tests.bench.measure import median
from tests.data.drained import drained
from tests.data.feeds import articles, rss
from tests.data.upstream import answer

ITEMS = 160

CONFIG = "site: {title: 站, base_url: 'https://feeds.example.org', tag: 'example.org,2026'}\nsources:\n"

START = datetime(2026, 6, 1, tzinfo=UTC)


def kind(number: int) -> str:
    """The behaviour of a feed."""
    return "changed" if number % 20 == 0 else "same" if number % 20 <= 3 else "not modified"


def serve(port: "multiprocessing.Queue[int]") -> None:
    """Answer until killed; `/round/N` begins a round."""
    state = {"round": 0}
    bodies: dict[tuple[int, int], bytes] = {}

    def said(target: str, head: str) -> bytes:
        if target.startswith("/round/"):
            state["round"] = int(target.rpartition("/")[2])
            return answer("ok")
        number = int(target.strip("/"))
        what = kind(number)
        if what == "not modified" and '\r\nif-none-match: "v"' in head.lower():
            return answer(b"", 304, etag='"v"', content_length=None)
        turn = state["round"] if what == "changed" else 0
        if (number, turn) not in bodies:
            bodies[number, turn] = rss(articles(ITEMS + turn, 1_000_000 + 200 * number)).encode()
        return answer(bodies[number, turn], etag='"v"' if what == "not modified" else None)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            writer.write(said(head.split(" ", 2)[1], head))
            await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(handle, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - all of 127/8
        port.put(server.sockets[0].getsockname()[1])
        await asyncio.Event().wait()

    asyncio.run(run())


def cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds."""
    began, clock = cpu(), time.monotonic()
    run()
    return cpu() - began, time.monotonic() - clock


def main(feeds: int, rounds: int) -> None:
    """Measure and print."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[int] = context.Queue()
    server = context.Process(target=serve, args=(queue,), daemon=True)
    server.start()
    port = queue.get(timeout=30)
    try:
        with tempfile.TemporaryDirectory() as name:
            _measure(Path(name), port, feeds, rounds)
    finally:
        server.terminate()
        server.join()


def _url(number: int, port: int) -> str:
    return f"http://127.{2 + number // 62500}.{number % 62500 // 250}.{number % 250 + 1}:{port}/{number}"


def _measure(folder: Path, port: int, feeds: int, rounds: int) -> None:
    lines = (
        f"  f{number}: {{kind: upstream, url: '{_url(number, port)}', allow_private: true}}" for number in range(feeds)
    )
    (folder / "feedsvc.yaml").write_text(CONFIG + "\n".join(lines), "utf-8")
    config = load(folder / "feedsvc.yaml", {"FEEDSVC_DATA_DIR": str(folder / "data")})
    store = open_store(config.database_url)
    migrate.upgrade(store)
    now = START
    with store.write() as db:
        polls.define(db, config.upstreams, now)
    specs = {spec.name: spec for spec in config.upstreams}
    known: dict[int, tuple[str | None, str | None]] = {}
    ours, theirs, same_ours, same_theirs = [], [], [], []
    unchanged = [number for number in range(feeds) if kind(number) != "changed"]

    counts: Counter[str] = Counter()

    def poll() -> None:
        poller = Poller(store=store, specs=specs, catalogue=config.catalogue, clock=lambda: now, pause=0)
        counts.clear()
        for taken in chain.from_iterable(iter(lambda: drained(poller), [])):
            counts.update(taken.counts)

    def parse(numbers: list[int]) -> None:
        for number in numbers:
            etag, modified = known.get(number, (None, None))
            found = feedparser.parse(_url(number, port), etag=etag, modified=modified)
            known[number] = (found.get("etag"), found.get("modified"))

    for turn in range(rounds + 1):
        _begin(port, turn)
        now = START + timedelta(days=turn, hours=1)
        mine = timed(poll)
        other = timed(lambda: parse(list(range(feeds))))
        print(f"round {turn}: {dict(counts)}; ours {mine[0]:.1f} s CPU, theirs {other[0]:.1f} s", flush=True)
        if not turn:
            continue
        ours.append(mine)
        theirs.append(other)
        # Once more, when nothing changed at all.
        now += timedelta(hours=9)
        same_ours.append(timed(poll))
        same_theirs.append(timed(lambda: parse(unchanged)))
    store.close()
    print(f"{feeds} feeds, {ITEMS} entries each, {rounds} rounds, {os.cpu_count()} cores")
    _report("the mix", feeds, feeds, ours, theirs)
    _report("unchanged", feeds, len(unchanged), same_ours, same_theirs)


def _begin(port: int, turn: int) -> None:
    import urllib.request  # noqa: PLC0415 - not part of what is measured

    urllib.request.urlopen(f"http://127.0.0.1:{port}/round/{turn}", timeout=10).close()


def _report(
    what: str, mine: int, their: int, ours: list[tuple[float, float]], theirs: list[tuple[float, float]]
) -> None:
    own, other = median([one[0] for one in ours]) / mine, median([one[0] for one in theirs]) / their
    ratio = median([(b[0] / their) / (a[0] / mine) for a, b in zip(ours, theirs, strict=True)])
    wall = median([(b[1] / their) / (a[1] / mine) for a, b in zip(ours, theirs, strict=True)])
    print(
        f"{what}: ours {own * 1000:.2f} ms CPU a fetch, feedparser {other * 1000:.2f} ms: {ratio:.1f} x less; "
        f"wall {wall:.1f} x"
    )


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [2000, 3][len(numbers) :]))
