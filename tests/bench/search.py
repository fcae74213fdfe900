"""
The index of terms: its size, the cost of making it, and the cost of a search.

    python -m tests.bench.search [NUMBER [NUMBER]]     100,000 entries on SQLite, 20,000 on a PostgreSQL of its own

Each entry has about 520 characters, 340 different ones, and 410 different pairs. News of cnBeta have 270 and 400.
Words: one in every second entry, one in every hundredth, one in five entries, one in none, a word of three characters,
a character, and a Latin word in every fiftieth entry. A search reads candidates until 50 entries have the word. The
word that no entry has is then searched without the index. PostgreSQL's own CPU is not in the figures of CPU, so wall
time stands beside them. An index of FTS5's trigrams stands beside ours.

Then views with filters, of the feed that has all entries, cold: from the query to the RSS document of 50 entries; and
warm: from a request to the answer, once the view is in memory.
"""

import itertools
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder

from feedsvc.config import load
from feedsvc.filters.folding import folded
from feedsvc.model import View
from feedsvc.publish import Publisher
from feedsvc.sanitize.text import plain_text
from feedsvc.store import Connection, Store, feeds, migrate, open_store, search
from feedsvc.store.schema import entry
from feedsvc.update.indexing import fill as index
from feedsvc.web import create_app
from feedsvc.web.query import parse
from tests.bench.growth import databases, fill
from tests.bench.importing import CONFIG
from tests.bench.measure import median
from tests.conftest import NOW

#: Word → it is in every so manieth entry; 0: in five entries.
WORDS = {"手机": 2, "芯片": 100, "鲲鹏": 0, "量子计算": 50, "iPhone": 50}
ABSENT = "饕餮"
ASKED = (*WORDS, ABSENT, "鹏", "手")
FOUND = 50
#: Queries of views: a frequent word, a word of five entries, of none; patterns in titles and in all texts.
QUERIES = (
    "search=手机", "search=鲲鹏", f"search={ABSENT}", "filter_title=77$", "filter_title=x{9}",
    "filter_description=鲲.?鹏", "filterout=手机", "filter_author=x&search=手机",
)  # fmt: skip
#: The number of texts for the comparison with trigrams.
SOME = 1000
ROUNDS = 5
#: Requests for a view in memory.
WARM = 1000

RNG = random.Random(1)  # noqa: S311 - not a secret
#: Characters that the words above do not have; the first are the most frequent.
CHARACTERS = [one for one in map(chr, range(0x4E00, 0x9FA5, 6)) if one not in "".join((*WORDS, ABSENT))]
RNG.shuffle(CHARACTERS)
VOCABULARY = [
    "".join(RNG.choices(CHARACTERS, [1 / (one + 80) for one in range(len(CHARACTERS))], k=2)) for _ in range(8_000)
]
WEIGHTS = list(accumulate(1 / (one + 10) for one in range(len(VOCABULARY))))


def content(number: int) -> str:
    """The HTML of an entry."""
    words = RNG.choices(VOCABULARY, cum_weights=WEIGHTS, k=240)
    words += [word for word, every in WORDS.items() if every and number % every == 0]
    words += ["鲲鹏"] if number in {77, 7_777, 17_777, 27_777, 37_777} else []
    RNG.shuffle(words)
    return "".join(
        f"<p>{'，'.join(''.join(words[at : at + 7]) for at in range(first, first + 42, 7))}。</p>"
        for first in range(0, len(words), 42)
    )


def main(number: int, on_server: int) -> None:
    """Measure and print."""
    for is_server, entries in ((False, number), (True, on_server)):
        with tempfile.TemporaryDirectory() as name, databases(is_postgresql=is_server) as url:
            print("PostgreSQL" if is_server else f"SQLite {sqlite3.sqlite_version}")
            _database(url(Path(name), entries), entries)


def _database(url: str, number: int) -> None:
    store = open_store(url)
    migrate.upgrade(store)
    fill(store, number, content)
    with store.write() as db:
        db.exec_driver_sql("INSERT INTO unindexed SELECT id FROM entry")
        sample = [folded(plain_text(one)) for one in db.scalars(sa.select(entry.c.content).limit(200))]
    characters = median([len(one) for one in sample])
    before, cpu, wall = _size(store), time.process_time(), time.perf_counter()
    index(store, lambda: False)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    after = _sizes(store)
    print(f"  {number} entries of {characters:.0f} characters, {before / number:.0f} bytes each")
    print(
        f"  indexing: {cpu / number * 1000:.2f} ms CPU, {wall / number * 1000:.2f} ms wall each; bytes each:",
        ", ".join(f"{name} {size / number:.0f}" for name, size in after.items()),
    )
    _searches(store)
    _views(store)
    with store.write() as db:
        _trigrams(db)
        db.exec_driver_sql("DELETE FROM term_index")
    print("  without the index:")
    _searches(store, (ABSENT,), 1)
    print(f"  memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB at most")
    store.close()


def _size(store: Store) -> int:
    with store.read() as db:
        if store.path is None:
            return int(db.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
        return int(db.scalar(sa.text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")) or 0)


def _sizes(store: Store) -> dict[str, int]:
    with store.read() as db:
        if store.path is None:
            return {
                name: int(db.scalar(sa.text(f"SELECT {kind}('{name}')")) or 0)
                for name, kind in (
                    ("entry_text", "pg_total_relation_size"), ("entry_terms", "pg_table_size"),
                    ("ix_entry_terms_terms", "pg_relation_size"),
                )
            }  # fmt: skip
        texts = db.scalar(sa.text("SELECT sum(length(CAST(text AS blob))) FROM entry_text")) or 0
        return {
            "texts": int(texts),
            "index": int(db.scalar(sa.text("SELECT sum(length(block)) FROM entry_terms_data"))),
        }


def _trigrams(db: Connection) -> None:
    """Whether an index of trigrams finds a word of two characters, and the size of such an index of some texts."""
    if db.dialect.name == "postgresql":
        has = db.scalar(sa.text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'"))
        print(f"  pg_trgm is {'there' if has else 'not there'}")
        return
    db.exec_driver_sql("CREATE VIRTUAL TABLE three USING fts5(text, content='', tokenize='trigram', detail=none)")
    cpu = time.process_time()
    some = sa.text("INSERT INTO three(rowid, text) SELECT entry_id, text FROM entry_text WHERE entry_id <= :most")
    db.execute(some, {"most": SOME})
    cpu = time.process_time() - cpu
    found = {
        word: db.scalar(sa.text("SELECT count(*) FROM three WHERE three MATCH :word"), {"word": f'"{word}"'})
        for word in ("手机", "量子计")
    }
    size = db.scalar(sa.text("SELECT sum(length(block)) FROM three_data")) or 0
    print(f"  FTS5's trigrams: {cpu / SOME * 1000:.2f} ms CPU, {size / SOME:.0f} bytes each; found: {found}")


def _searches(store: Store, words: Sequence[str] = ASKED, rounds: int = ROUNDS) -> None:
    for word in words:
        costs = [_search(store, word) for _ in range(rounds)]
        cpu, wall = (median([one[place] for one in costs]) * 1000 for place in (0, 1))
        hits, compared = costs[0][2:]
        print(f"  {word}: {hits} found, {compared} compared, {cpu:.1f} ms CPU, {wall:.1f} ms wall")


def _views(store: Store) -> None:
    """Print the costs of views with filters."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "feedsvc.yaml").write_text(CONFIG, "utf-8")
        config = load(Path(folder) / "feedsvc.yaml", {})
    publisher = Publisher(store=store, configured=config.catalogue)
    publisher.refresh(NOW)  # closes the pages of the archive
    feed = publisher.find("all")
    assert feed
    # An hour passes between two looks at the clock: the number of new views is limited.
    hours = itertools.count()
    app = create_app(config, store, lambda: NOW + timedelta(hours=next(hours)))
    for query in QUERIES:
        view = parse(f"{query}&limit=50", config.site.timezone)
        assert isinstance(view, View)
        cpu, wall = time.process_time(), time.perf_counter()
        found = publisher.view(feed, "rss", view, NOW)
        cpu, wall = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
        warm = _warm(app, f"{query}&limit=50")
        print(
            f"  ?{query}: {found.body.count(b'<item>')} entries, {cpu:.0f} ms CPU, {wall:.0f} ms wall; "
            f"warm {warm * 1_000_000:.1f} µs CPU"
        )


def _warm(app: Flask, query: str) -> float:
    """Seconds of CPU from a request for a view in memory to its answer."""
    environ = EnvironBuilder("/feeds/all.rss", query_string=query).get_environ()

    def ask() -> bytes:
        said: list[str] = []

        def begin(status: str, _fields: object, _error: object = None) -> Callable[[bytes], object]:
            said[:] = [status]
            return said.append  # type: ignore[return-value]  # no view writes by hand

        body = b"".join(app(dict(environ), begin))
        assert said == ["200 OK"]
        return body

    ask()
    cpu = time.process_time()
    for _ in range(WARM):
        ask()
    return (time.process_time() - cpu) / WARM


def _search(store: Store, word: str) -> tuple[float, float, int, int]:
    cpu, wall = time.process_time(), time.perf_counter()
    hits = compared = 0
    wanted = folded(word)
    with store.read() as db:
        feed = feeds.find(db, "all")
        assert feed
        for some in search.candidates(db, feed.id, search.terms_of_words([word])):
            for one in some:
                compared += 1
                hits += any(wanted in text for text in one.words.folded())
                if hits == FOUND:
                    break
            if hits == FOUND:
                break
    return time.process_time() - cpu, time.perf_counter() - wall, hits, compared


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [100_000, 20_000][len(given) :]))
