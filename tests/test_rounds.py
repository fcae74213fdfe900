"""Long rounds of polls: no host waits for another one, and news do not wait for the end of the round."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from feedsvc.publish import Publisher
from feedsvc.store import Store, polls, pushes
from feedsvc.store.schema import upstream as upstream_table
from feedsvc.update.upstreams import Poller, rounds
from tests.conftest import Folder
from tests.data.drained import drained
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer, serving

START = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

#: Seconds that a test waits for another thread.
PATIENCE = 20

CONFIG = """\
site: {{title: 测试站, base_url: "https://feeds.example.org", tag: "feeds.example.org,2026"}}
sources:
  slow: {{kind: upstream, url: "{slow}/feed", allow_private: true}}
  fast: {{kind: upstream, url: "{fast}/feed", allow_private: true}}
"""


class World:
    """Two upstreams on two hosts, and the time."""

    def __init__(self, folder: Folder, store: Store, slow: Upstream, fast: Upstream) -> None:
        self.store, self.slow, self.fast, self.now = store, slow, fast, START
        folder.configure(CONFIG.format(slow=slow.url, fast=fast.url))
        self.config = folder.config()
        with store.write() as db:
            polls.define(db, self.config.upstreams, START)

    def poller(self) -> Poller:
        """A poller that asks the same host again at once."""
        specs = {spec.name: spec for spec in self.config.upstreams}
        return Poller(store=self.store, specs=specs, catalogue=self.config.catalogue, clock=lambda: self.now, pause=0)

    def titles(self) -> list[str]:
        """The titles of the feed of everything."""
        publisher = Publisher(store=self.store, configured=self.config.catalogue)
        feed = publisher.find("all")
        return [one.title for one in publisher.entries(feed)] if feed else []


@pytest.fixture
def world(folder: Folder, store: Store) -> Iterator[World]:
    """Two sources."""
    with ExitStack() as stack:
        slow, fast = (stack.enter_context(serving(host)) for host in ("127.0.0.1", "127.0.0.2"))
        yield World(folder, store, slow, fast)


@pytest.mark.parametrize(("is_announced", "seconds"), [(False, 0.0), (True, 10_000.0)])
def test_news_come_into_feeds_while_a_slow_host_answers(
    world: World, monkeypatch: pytest.MonkeyPatch, *, is_announced: bool, seconds: float
) -> None:
    """After some seconds, and at once if a hub announced them. The news of the slow host come into feeds later."""
    monkeypatch.setattr(rounds, "PLACE_SECONDS", seconds)
    some, published, seen = articles(4), threading.Event(), list[list[str]]()

    def slow(connection: socket.socket) -> None:
        seen.append(world.titles() if published.wait(PATIENCE) else [])
        connection.sendall(answer(rss(some[2:])))

    world.slow.answers["/feed"] = slow
    world.fast.answers["/feed"] = answer(rss(some[:2]))
    if is_announced:
        with world.store.write() as db:
            of_fast = sa.select(upstream_table.c.source_id).where(upstream_table.c.url.contains(world.fast.host))
            pushes.mark(db, db.execute(of_fast).scalar_one(), START)
    taken = drained(replace(world.poller(), publish=published.set))

    assert seen == [[one.title for one in some[:2]]]
    assert sum(one.counts["new"] for one in taken) == 4
    assert set(world.titles()) == {one.title for one in some}


def test_a_host_that_is_due_again_does_not_wait_for_a_slow_one(world: World) -> None:
    """The round of a worker goes on: it claims what becomes due meanwhile."""
    asked = threading.Event()

    def slow(connection: socket.socket) -> None:
        world.now = START + HOUR
        seen.append(asked.wait(PATIENCE))
        connection.sendall(answer(rss(articles(2))))

    def fast(connection: socket.socket) -> None:
        if len(world.fast.targets) > 1:
            asked.set()
        connection.sendall(answer(rss(articles(2))))

    seen: list[bool] = []
    world.slow.answers["/feed"], world.fast.answers["/feed"] = slow, fast
    drained(world.poller())

    assert seen[0]


def test_a_newer_configuration_waits_for_one_answer_of_a_host(folder: Folder, store: Store, world: World) -> None:
    """The other feeds of that host are polled under the newer configuration. No feed is polled twice."""
    names = [f"/{number}" for number in range(3)]
    for name in names:
        world.slow.answers[name] = answer(rss(articles(2)))
    sources = "".join(
        f'  s{name[1:]}: {{kind: upstream, url: "{world.slow.url}{name}", allow_private: true}}\n' for name in names
    )
    folder.configure(CONFIG.partition("  slow")[0].format() + sources)
    world.config = folder.config()
    with store.write() as db:
        polls.define(db, world.config.upstreams, START)
    first = drained(replace(world.poller(), is_outdated=lambda: bool(world.slow.targets)))
    asked = list(world.slow.targets)
    second = drained(world.poller())

    assert (len(first), len(asked), len(second)) == (1, 1, 2)
    assert sorted(world.slow.targets) == names
