"""
The articles that reach the readers of a feed with upstream sources, over days of a simulated clock.

    python -m tests.bench.delivery [DAYS]        30 days

An upstream on loopback has the newest 100 articles, one every 20.4 minutes, as cnBeta has; one question in eight goes
wrong (an error, a body that breaks off, a page instead of a feed, a connection that is cut). It is polled whenever it
is due; three readers look at our feed every 15 minutes, every hour and every day. In the end: articles that came before
the last look of a reader and that it never got, those it got twice, and how long an article took to our document; with
validators and without.
"""

import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from feedsvc.cli.publishing import publisher_of
from feedsvc.config import load
from feedsvc.store import Store, migrate, open_store, poll_states, polls
from feedsvc.update.upstreams import Poller
from tests.bench.measure import median
from tests.data.drained import drained
from tests.data.feeds import Article, rss
from tests.data.upstream import Upstream, answer, serving

STEP = timedelta(minutes=5)
EVERY = timedelta(minutes=20.4)
ITEMS = 100
FAULT_SHARE = 1 / 8

#: Reader → how often it looks.
READERS = {"15 min": timedelta(minutes=15), "1 h": timedelta(hours=1), "24 h": timedelta(hours=24)}

START = datetime(2026, 6, 1, tzinfo=UTC)


class Timed(Article):
    """An article with a date of its own."""

    @property
    def published(self) -> datetime:
        """The articles come one after the other, from some days before the start."""
        return START + EVERY * (self.number - 2_000_000 - ITEMS)


def newest(now: datetime) -> list[Article]:
    """The titles that the upstream shows."""
    last = 2_000_000 + ITEMS + int((now - START) / EVERY)
    return [Timed(number=number) for number in range(last, last - ITEMS, -1)]


def faulty(rng: random.Random, body: bytes) -> bytes:
    """An answer, or what goes wrong."""
    if rng.random() >= FAULT_SHARE:
        return body
    return rng.choice([answer("sorry", 503), body[: len(body) // 2], answer("<html>busy</html>"), b""])


def main(days: int) -> None:
    """Simulate and print."""
    for has_validators in (True, False):
        with tempfile.TemporaryDirectory() as name, serving() as upstream:
            _simulate(Path(name), upstream, days, has_validators=has_validators)


def _simulate(folder: Path, upstream: Upstream, days: int, *, has_validators: bool) -> None:
    (folder / "feedsvc.yaml").write_text(
        "site: {title: 站, base_url: 'https://feeds.example.org', tag: 'example.org,2026'}\n"
        f"sources: {{news: {{kind: upstream, url: '{upstream.url}/feed', allow_private: true}}}}\n",
        "utf-8",
    )
    config = load(folder / "feedsvc.yaml", {"FEEDSVC_DATA_DIR": str(folder / "data")})
    store = open_store(config.database_url)
    migrate.upgrade(store)
    publisher = publisher_of(config, store)
    now = START
    with store.write() as db:
        polls.define(db, config.upstreams, now)
    specs = {spec.name: spec for spec in config.upstreams}
    rng = random.Random(1)  # noqa: S311 - not a secret
    got: dict[str, Counter[str]] = {reader: Counter() for reader in READERS}
    seen: dict[str, set[str]] = {reader: set() for reader in READERS}
    arrived: dict[str, datetime] = {}
    outcomes: Counter[str] = Counter()
    while now < START + timedelta(days=days):
        with store.read() as db:
            due = poll_states.states(db)["news"].next_due
        if due and due <= now:
            some = newest(now)
            tag = f'"{some[0].number}"'
            is_known = has_validators and _asks(store) == tag
            said = (
                answer(b"", 304, etag=tag, content_length=None)
                if is_known
                else answer(rss(some), etag=tag if has_validators else None)
            )
            upstream.answers["/feed"] = faulty(rng, said)
            poller = Poller(store=store, specs=specs, catalogue=config.catalogue, clock=partial(_same, now), pause=0)
            for taken in drained(poller):
                outcomes += taken.counts
        feed = publisher.find("all")
        shown = publisher.entries(feed) if feed else []
        for one in shown:
            arrived.setdefault(one.title, now)
        for reader, every in READERS.items():
            if (now - START) % every == timedelta():
                for one in shown:
                    if one.guid not in seen[reader]:
                        seen[reader].add(one.guid)
                        got[reader][one.title] += 1
        now += STEP
    store.close()
    _report(days, got, arrived, outcomes, has_validators=has_validators)


def _same(now: datetime) -> datetime:
    return now


def _asks(store: Store) -> str | None:
    """The ETag that the next question will have: that of the last answer that was saved."""
    with store.read() as db:
        found = db.scalar(sa.text("SELECT etag FROM upstream"))
    return str(found) if found else None


def _report(
    days: int,
    got: dict[str, Counter[str]],
    arrived: dict[str, datetime],
    outcomes: Counter[str],
    *,
    has_validators: bool,
) -> None:
    # Articles that no reader could have yet do not count.
    end = START + timedelta(days=days - 2)
    expected = [one for one in _all(days) if START < one.published < end]
    lags = [(arrived[one.title] - one.published).total_seconds() / 60 for one in expected if one.title in arrived]
    told = ", ".join(
        f"{reader}: {sum(not counts[one.title] for one in expected)} lost, {sum(n > 1 for n in counts.values())} twice"
        for reader, counts in got.items()
    )
    print(
        f"{days} days, {'with' if has_validators else 'without'} validators: {len(expected)} articles; {told}; "
        f"median lag {median(lags):.0f} min; {dict(outcomes)}",
        flush=True,
    )


def _all(days: int) -> list[Article]:
    return [Timed(number=2_000_000 + ITEMS + number) for number in range(int(timedelta(days=days) / EVERY))]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
