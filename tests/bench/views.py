"""
What a cold view costs: one that is in nobody's memory.

    python -m tests.bench.views [ROUNDS [NUMBER ...]]        20 rounds; feeds of 1,000 and 100,000 entries

CPU milliseconds of this process, the median of the rounds, on SQLite. First, views of 50 articles of about 6 kB in each
format: from the query to the bytes in Brotli, with the parts of reading, rendering and compressing. The baseline is
feedgen alone: it writes the same 50 entries, with title, link, dates, categories, author, summary and content, in the
same format (JSON Feed: as RSS). Then, the view of 50 entries of a category, and of 50 changes in the middle of it, in
feeds that grow.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from feedgen.feed import FeedGenerator

from feedsvc.catalogue import Catalogue
from feedsvc.config import load
from feedsvc.model import FORMATS, Cursor, Entry, Format, View
from feedsvc.publish import Publisher, views
from feedsvc.render import RENDERERS
from feedsvc.render.coding import QUICK
from feedsvc.store import Store, feeds, migrate, open_store
from feedsvc.store.feeds import Feed
from feedsvc.store.schema import feed as feed_table
from feedsvc.update import update
from feedsvc.web.query import parse
from tests.bench.articles import write
from tests.bench.growth import CATEGORY, fill
from tests.bench.importing import CONFIG
from tests.bench.measure import median
from tests.conftest import NO_FEEDS, NOW
from tests.test_machine_seeds import Inline

ARTICLES = 200
QUERIES = ("limit=50", "limit=50&mode=summary", "limit=50&brief=200", "after=0&limit=50")


def main(rounds: int, numbers: list[int]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        _beside_feedgen(Path(name), rounds)
        least: dict[str, float] = {}
        for number in numbers:
            store = _store(Path(name) / f"{number}.sqlite3")
            fill(store, number)
            for what, cpu in _grown(store, rounds).items():
                ratio = cpu / least.setdefault(what, cpu)
                print(f"{number:>9} entries, {what}: {cpu:.2f} ms CPU, {ratio:.2f} x that of {numbers[0]}")
            store.close()


def _store(path: Path) -> Store:
    store = open_store(f"sqlite:///{path}")
    migrate.upgrade(store)
    return store


def _beside_feedgen(folder: Path, rounds: int) -> None:
    write(folder / "seeds", ARTICLES)
    (folder / "feedsvc.yaml").write_text(CONFIG, "utf-8")
    config = load(folder / "feedsvc.yaml", {"DATABASE_URL": "sqlite:///unused"})
    store = _store(folder / "articles.sqlite3")
    update(store, Inline(), list(config.sources), config.catalogue, NOW)  # type: ignore[arg-type]  # as the sandbox
    publisher = Publisher(store=store, configured=config.catalogue)
    publisher.refresh(NOW)
    for form in FORMATS:
        shown = publisher.entries(_feed(store, "all"))
        baseline = _cpu(partial(_feedgen, shown, "rss" if form == "json" else form), rounds)
        print(f"{form}: feedgen alone {baseline:.1f} ms CPU")
        for query in QUERIES:
            whole = _cpu(partial(_cold, publisher, form, query), rounds)
            parts = ", ".join(f"{part} {cpu:.1f}" for part, cpu in _parts(publisher, form, query, rounds).items())
            print(f"{form}: ?{query}: {whole:.1f} ms CPU, {whole / baseline:.2f} x feedgen ({parts})")
    store.close()


def _feed(store: Store, slug: str) -> Feed:
    with store.read() as db:
        found = feeds.find(db, slug)
    assert found
    return found


def _cold(publisher: Publisher, form: Format, query: str) -> None:
    view = parse(query, publisher.site.timezone)
    assert isinstance(view, View)
    QUICK["br"](publisher.view(_feed(publisher.store, "all"), form, view, NOW).body)


def _parts(publisher: Publisher, form: Format, query: str, rounds: int) -> dict[str, float]:
    view = parse(query, publisher.site.timezone)
    assert isinstance(view, View)
    feed = _feed(publisher.store, "all")

    def read() -> None:
        with publisher.store.read() as db:
            views.select(db, feed, publisher.channel(feed), view)

    with publisher.store.read() as db:
        channel, shown = views.select(db, feed, publisher.channel(feed), view)
    body = RENDERERS[form].render(channel, shown)
    return {
        "read": _cpu(read, rounds),
        "render": _cpu(lambda: RENDERERS[form].render(channel, shown), rounds),
        "compress": _cpu(lambda: QUICK["br"](body), rounds),
    }


def _feedgen(entries: list[Entry], form: Format) -> bytes:
    """The entries as feedgen's documentation has it."""
    feed = FeedGenerator()
    feed.id("https://feeds.example.org/")
    feed.title("站")
    feed.subtitle("站")
    feed.link(href="https://feeds.example.org/feeds/all", rel="alternate")
    for entry in entries:
        fed = feed.add_entry(order="append")
        fed.guid(entry.guid)
        fed.title(entry.title)
        fed.link(href=entry.link or f"https://feeds.example.org/{entry.guid}")
        fed.published(entry.published)
        fed.updated(entry.updated)
        fed.category([{"term": category} for category in entry.categories])
        for author in entry.authors:
            fed.author(name=author.name, email="a@example.org")
        fed.summary(entry.summary, type="html")
        fed.content(entry.content, type="html" if form == "atom" else "CDATA")
    return bytes(feed.atom_str() if form == "atom" else feed.rss_str())


def _grown(store: Store, rounds: int) -> dict[str, float]:
    publisher = Publisher(store=store, configured=Catalogue(site=NO_FEEDS.site))
    feed = _feed(store, CATEGORY)
    with store.read() as db:
        last = db.scalar(sa.select(feed_table.c.last_position).where(feed_table.c.id == feed.id)) or 0
    middle = Cursor(revision=0, position=last // 2)
    found = {"limit=50": View(limit=50), "after=…&limit=50": View(after=middle, limit=50)}

    def read(view: View) -> None:
        with store.read() as db:
            assert views.select(db, feed, publisher.channel(feed), view)[1]

    return {what: _cpu(partial(read, view), rounds) for what, view in found.items()}


def _cpu(run: Callable[[], object], rounds: int) -> float:
    """The median of the CPU milliseconds of a function, after one run that does not count."""
    run()
    costs = []
    for _ in range(rounds):
        before = time.process_time()
        run()
        costs.append((time.process_time() - before) * 1000)
    return median(costs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, [int(one) for one in sys.argv[2:]] or [1_000, 100_000])
