"""
What the operator's picture costs with many sources.

    python -m tests.bench.status [SOURCES [ENTRIES [URL]]]        5,000 sources of 100 entries, on SQLite

Each source has entries on 60 days. The page, the metrics and the picture of all sources are read five times; the median
counts. URL is an empty database in place of SQLite.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from feedsvc.publish import status
from feedsvc.publish.status import Configured
from feedsvc.store import Store, migrate, open_store, polls
from feedsvc.store.schema import entry, source, source_day, story, upstream
from feedsvc.web import create_app
from tests.conftest import CONFIG, NOW, Folder

ROUNDS = 5


def main(sources: int, entries: int, url: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(path=Path(name), url=url)
        (folder.path / "seeds").mkdir()
        folder.configure(
            CONFIG + "".join(f"  s{n}: {{kind: upstream, url: 'https://s{n}.example/feed'}}\n" for n in range(sources))
        )
        config, store = folder.config(), open_store(folder.database_url)
        migrate.upgrade(store)
        with store.write() as db:
            polls.define(db, config.upstreams, NOW)
            _fill(db, entries)
        web = create_app(config, store, lambda: NOW).test_client()
        configured = Configured(places=config.places_of_sources, seeds=config.sources)
        for what, work in _works(web, store, configured):
            print(f"{what:28} {statistics.median(_seconds(work) for _ in range(ROUNDS)) * 1000:7.0f} ms")
        print(f"the page has {len(web.get('/status').data):,} bytes")
        store.close()


def _works(web: Any, store: Store, configured: Configured) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "first page of /status", lambda: web.get("/status")
    yield "last page of /status", lambda: web.get("/status?page=9999")
    yield "/metrics", lambda: web.get("/metrics")
    yield "all sources (feedsvc status)", lambda: status.read(store, configured, NOW, size=None)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _fill(db: sa.Connection, entries: int) -> None:
    """Give each source its entries, its days and its polls."""
    times = " ".join("120" for _ in range(50))
    db.execute(sa.update(upstream).values(durations=times, polled_at=NOW, succeeded_at=NOW, polls_changed=50))
    db.execute(sa.update(source).values(newest_day=NOW.date(), usual_gap=1, removed='{"scripts": 12}'))
    ids = db.scalars(sa.select(source.c.id)).all()
    for source_id in ids:
        numbers = range(source_id * entries, (source_id + 1) * entries)
        at = {"arrived_at": NOW}
        db.execute(sa.insert(story), [{"id": n, "guid": f"g{n}", "article_id": f"a{n}", **at} for n in numbers])
        db.execute(sa.insert(entry), [_entry(n, source_id) for n in numbers])
        days = [{"source_id": source_id, "day": NOW.date() - timedelta(days=n), "entries": 2} for n in range(60)]
        db.execute(sa.insert(source_day), days)


def _entry(number: int, source_id: int) -> dict[str, object]:
    moment = NOW - timedelta(hours=number % 1440)
    return {
        "id": number, "source_id": source_id, "story_id": number, "is_shown": True, "is_waiting": False,
        "guid": f"g{number}", "raw": b"x" * 500, "raw_hash": "h" * 32, "published_hash": "h" * 32, "policy_version": 1,
        "title": "标题" * 10, "content": "<p>正文</p>" * 60, "summary": "正文" * 20, "authors": [], "enclosures": [],
        "published": moment, "first_seen": moment,
    }  # fmt: skip


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 5000, int(given[1]) if given[1:] else 100, given[2] if given[2:] else None)
