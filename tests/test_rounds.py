"""Long rounds of polls: hosts do not wait for each other, and news does not wait for the end of the round."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from feedsvc.cli import keeping, working
from feedsvc.cli.keeping import KeptForkServer
from feedsvc.cli.polling import define, poller_of
from feedsvc.cli.working import Working
from feedsvc.errors import StoreError
from feedsvc.fetch.client import Answer
from feedsvc.publish import Publisher
from feedsvc.sandbox import forking
from feedsvc.store import Store, clock, polls, pushes
from feedsvc.store.polls import HostClaim, Poll
from feedsvc.store.schema import host, subscription
from feedsvc.store.schema import upstream as upstream_table
from feedsvc.update.upstreams import Poller, Taken, rounds
from feedsvc.update.upstreams.answers import Answers
from tests.conftest import Folder
from tests.data.drained import drained
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer, serving

START = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

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
def test_news_comes_into_feeds_while_a_slow_host_answers(
    world: World, monkeypatch: pytest.MonkeyPatch, *, is_announced: bool, seconds: float
) -> None:
    """After some seconds, and at once if a hub announced them. The news of the slow host comes into feeds later."""
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


@pytest.mark.parametrize("places", [2, 64])
def test_a_host_that_is_due_again_does_not_wait_for_a_slow_one(
    world: World, monkeypatch: pytest.MonkeyPatch, places: int
) -> None:
    """The round of a worker goes on: it claims what becomes due meanwhile, while any place is free."""
    monkeypatch.setattr(rounds, "HOSTS", places)
    monkeypatch.setattr(rounds, "LEASE", 3 * DAY)
    saved, again, seen = threading.Event(), threading.Event(), list[bool]()

    def slow(connection: socket.socket) -> None:
        saved.wait(PATIENCE)
        world.now = START + DAY
        seen.append(again.wait(PATIENCE))
        connection.sendall(answer(rss(articles(2))))

    def tell(taken: Taken) -> None:
        if taken.source == "fast":
            (again if saved.is_set() else saved).set()

    world.slow.answers["/feed"] = slow
    world.fast.answers["/feed"] = answer(rss(articles(2)))
    world.poller().drain(tell)

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


def test_a_host_that_is_due_does_not_wait_until_news_is_published(world: World) -> None:
    """The round goes on while documents are made, also where no poll is on its way."""
    asked, seen = threading.Event(), list[bool]()

    def publish() -> None:
        world.now = START + DAY
        seen.append(asked.wait(PATIENCE))

    def fast(connection: socket.socket) -> None:
        if len(world.fast.targets) > 1:
            asked.set()
        connection.sendall(answer(rss(articles(2))))

    world.slow.answers["/feed"] = answer(rss(articles(2)))
    world.fast.answers["/feed"] = fast
    drained(replace(world.poller(), publish=publish))

    assert seen[0]


def test_a_fault_of_publishing_ends_no_poll(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A document that cannot be made is a line of the log, and the slow host is polled to its end."""
    monkeypatch.setattr(rounds, "PLACE_SECONDS", 0)
    failed = threading.Event()

    def publish() -> None:
        if not failed.is_set():
            failed.set()
            raise ValueError("a fault")

    def slow(connection: socket.socket) -> None:
        failed.wait(PATIENCE)
        connection.sendall(answer(rss(articles(4)[2:])))

    world.slow.answers["/feed"] = slow
    world.fast.answers["/feed"] = answer(rss(articles(4)[:2]))
    taken = drained(replace(world.poller(), publish=publish))

    assert sum(one.counts["new"] for one in taken) == 4
    assert "news is not published" in caplog.text


def test_leases_are_renewed_while_a_host_is_slow(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round that is longer than a lease keeps its hosts: no other worker takes them."""
    monkeypatch.setattr(rounds, "LEASE_RENEW_SECONDS", 0)
    renewed, leases = threading.Event(), list[datetime | None]()

    def note() -> None:
        if world.now > START:
            renewed.set()

    def slow(connection: socket.socket) -> None:
        world.now = START + timedelta(seconds=50)
        renewed.wait(PATIENCE)
        with world.store.read() as db:
            leases.append(db.scalar(sa.select(host.c.leased_until).where(host.c.name == world.slow.host)))
        connection.sendall(answer(rss(articles(2))))

    world.slow.answers["/feed"] = slow
    world.fast.answers["/feed"] = answer(rss(articles(2)))
    drained(replace(world.poller(), renewed=note))

    assert leases == [START + timedelta(seconds=50) + rounds.LEASE]


def test_a_host_that_was_released_is_not_leased_again(world: World) -> None:
    """A renewal that is late leaves a free host free."""
    with world.store.write() as db:
        claims = polls.claim(db, START, rounds.LEASE, 2)
        polls.release(db, claims[:1])
        polls.renew(db, claims, START + HOUR)
        leases = dict(db.execute(sa.select(host.c.id, host.c.leased_until)).all())

    assert leases == {claims[0].host_id: None, claims[1].host_id: START + HOUR}


def test_a_worker_that_ends_gives_its_hosts_to_others(world: World) -> None:
    """Other workers need not wait for its lease."""
    is_stopping = threading.Event()

    def slow(_: socket.socket) -> None:
        is_stopping.set()
        stopped.wait(PATIENCE)

    stopped = threading.Event()
    world.slow.answers["/feed"] = slow
    world.fast.answers["/feed"] = answer(rss(articles(2)))
    drained(replace(world.poller(), is_stopping=is_stopping.is_set))
    stopped.set()
    with world.store.read() as db:
        row = db.execute(sa.select(host.c.leased_until, host.c.next_due).where(host.c.name == world.slow.host)).one()

    assert tuple(row) == (None, START)


def test_names_that_are_not_answered_delay_nothing_else(
    folder: Folder, store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claims, leases and news go on while a name server does not answer for many names."""
    monkeypatch.setattr(rounds, "PLACE_SECONDS", 0)
    published, seen, known = threading.Event(), list[bool](), socket.getaddrinfo

    def lookup(name: str, *arguments: Any, **options: Any) -> Any:
        if not name.endswith(".example"):
            return known(name, *arguments, **options)
        seen.append(published.wait(PATIENCE))
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    lines = "".join(f'  d{number}: {{kind: upstream, url: "http://d{number}.example/feed"}}\n' for number in range(40))
    text = folder.config_file.read_text("utf-8")
    folder.configure(text + lines)
    world.config = folder.config()
    with store.write() as db:
        polls.define(db, world.config.upstreams, START)
    for one in (world.slow, world.fast):
        one.answers["/feed"] = answer(rss(articles(2)))
    drained(replace(world.poller(), publish=published.set))

    assert seen == [True] * 40


RULES = "  fast: {{kind: upstream, url: '{url}/feed', allow_private: true, drop: [{{title: {title}}}]}}\n"


def _with_rules(folder: Folder, world: World, title: str) -> None:
    folder.configure(CONFIG.partition("  slow")[0].format() + RULES.format(url=world.fast.url, title=title))
    world.config = folder.config()
    with world.store.write() as db:
        polls.define(db, world.config.upstreams, world.now)


def test_rules_that_change_during_a_poll_judge_its_entries(folder: Folder, world: World) -> None:
    """The answer that is on its way is saved by the former rules, and judged again by the newer ones."""
    some = articles(4)
    world.fast.answers["/feed"] = answer(rss(some[2:]))
    _with_rules(folder, world, "没有的")
    drained(world.poller())
    former = world.poller()

    def fast(connection: socket.socket) -> None:
        _with_rules(folder, world, some[0].title)
        world.poller().compare()
        connection.sendall(answer(rss(some)))

    world.fast.answers["/feed"] = fast
    world.now += DAY
    drained(former)
    world.poller().compare()

    assert sorted(world.titles()) == sorted(one.title for one in some[1:])


def test_a_worker_with_a_former_configuration_shows_nothing_that_is_dropped(folder: Folder, world: World) -> None:
    """Only the configuration that is stored judges entries."""
    some = articles(2)
    world.fast.answers["/feed"] = answer(rss(some))
    _with_rules(folder, world, "没有的")
    former = world.poller()
    drained(former)
    _with_rules(folder, world, some[0].title)
    world.poller().compare()
    replace(former).compare()

    assert world.titles() == [some[1].title]


def test_a_configuration_that_comes_while_a_poller_is_made_is_used(
    folder: Folder, store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The poller of a former configuration is not kept for the newer one: it would poll nothing any more."""
    world.slow.answers["/feed"] = world.fast.answers["/feed"] = answer(rss(articles(2)))
    job = Working(world.config, store)

    def during(*arguments: Any) -> Poller:
        monkeypatch.setattr(working, "poller_of", poller_of)
        job.config = folder.config()  # as `reload` does, in the main thread
        return poller_of(*arguments)

    monkeypatch.setattr(working, "poller_of", during)
    for _ in range(2):
        job.poll(lambda: False)
        job.define(lambda: False)
    job.poll(lambda: False)

    assert (len(world.slow.targets), len(world.fast.targets)) == (1, 1)


def test_a_configuration_that_comes_while_the_database_is_away_is_defined_later(
    folder: Folder, store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next round defines it: new sources are not forgotten."""
    job = Working(world.config, store)
    for one, name in ((world.slow, "/feed"), (world.fast, "/feed"), (world.fast, "/new")):
        one.answers[name] = answer(rss(articles(2)))

    def fail(*_: object) -> None:
        raise StoreError("it is away")

    monkeypatch.setattr(working, "define", fail)
    text = folder.config_file.read_text("utf-8")
    folder.configure(f'{text}  new: {{kind: upstream, url: "{world.fast.url}/new", allow_private: true}}\n')
    monkeypatch.setattr(working, "reloaded", folder.config)
    job.reload()
    job.define(lambda: False)
    monkeypatch.setattr(working, "define", define)
    job.define(lambda: False)
    job.poll(lambda: False)

    assert "/new" in world.fast.targets


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_workers_go_by_the_clock_of_the_server(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong clock of the machine does not count, and the time goes on while the server does not answer."""
    monkeypatch.setattr(clock, "ASKING_SECONDS", 0)
    monkeypatch.setattr(clock, "utc_now", lambda: START)
    of_server = clock.Clock(store)
    first = of_server()
    away = threading.Event()

    def fail(_: Store) -> datetime:
        away.set()
        raise StoreError("it is away")

    monkeypatch.setattr(Store, "server_time", fail)
    ends = time.monotonic() + PATIENCE
    while not away.wait(0.05) and time.monotonic() < ends:
        of_server()
    assert away.is_set()

    assert abs(datetime.now(UTC) - first) < DAY
    assert abs(of_server() - first) < DAY


def test_the_fork_server_is_kept_while_a_hub_pushes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It starts then before any answer needs it, and ends when nobody pushes and nothing was polled for a while."""
    kept = KeptForkServer(store=world.store)
    kept.decide()
    before = forking._pools.number
    with world.store.write() as db:
        source_id = db.execute(sa.select(upstream_table.c.source_id).limit(1)).scalar_one()
        names = {one.name: "x" for one in subscription.columns if isinstance(one.type, sa.Text) and not one.nullable}
        db.execute(
            sa.insert(subscription).values(**names | {"source_id": source_id, "state": "active", "next_due": START})
        )
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 0)
    kept.decide()
    during = forking._pools.number
    with world.store.write() as db:
        db.execute(sa.delete(subscription))
    kept.decide()

    assert (before, during, forking._pools.number) == (before, before + 1, before)


def test_news_that_cannot_be_published_is_published_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of publishing ends no poll, asks no host again, and is tried again, also if nothing new comes."""
    monkeypatch.setattr(rounds, "PLACE_SECONDS", 0)
    calls = list[str]()

    def publish() -> None:
        calls.append("")
        if len(calls) == 1:
            raise StoreError("it is away")

    world.slow.answers["/feed"] = world.fast.answers["/feed"] = answer(rss(articles(2)))
    poller = replace(world.poller(), publish=publish)
    poller.drain()
    poller.drain()

    assert (len(calls), len(world.slow.targets), len(world.fast.targets)) == (2, 1, 1)
    assert not poller.news.is_owed


def test_an_answer_that_is_being_saved_when_the_worker_ends_comes_into_feeds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its host is free only then, and its news is published."""
    is_stopping, known = threading.Event(), Answers.read

    def read(answers: Answers, poll: Poll, said: Answer) -> Taken:
        is_stopping.set()
        time.sleep(0.5)  # until the round has seen that it ends
        return known(answers, poll, said)

    monkeypatch.setattr(Answers, "read", read)
    world.slow.answers["/feed"] = world.fast.answers["/feed"] = answer(rss(articles(2)))
    drained(replace(world.poller(), is_stopping=is_stopping.is_set))
    with world.store.read() as db:
        leases = set(db.scalars(sa.select(host.c.leased_until)))

    assert set(world.titles()) == {one.title for one in articles(2)}
    assert leases == {None}


def test_a_claim_that_finds_nothing_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host whose sources another worker polled meanwhile is free again, and does not keep the round."""
    monkeypatch.setattr(polls, "due_of", lambda _, ids, __: {one: [] for one in ids})
    claims = list[int]()
    known = polls.claim

    def claim(*given: Any) -> list[HostClaim]:
        claims.append(1)
        return known(*given)

    monkeypatch.setattr(polls, "claim", claim)
    drained(world.poller())

    assert (len(claims), world.slow.targets) == (1, [])


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_push_beside_a_release_is_not_lost(world: World) -> None:
    """The release of a host waits for the push, and then sees that its upstream is due."""
    with world.store.write(is_shared=True) as db:
        (claim,) = polls.claim(db, START, rounds.LEASE, 1)
        of_host = upstream_table.c.host_id == claim.host_id
        db.execute(sa.update(upstream_table).where(of_host).values(next_due=START + DAY))
        source_id = db.execute(sa.select(upstream_table.c.source_id).where(of_host)).scalar_one()

    def release() -> None:
        with world.store.write(is_shared=True) as db:
            polls.release(db, list(polls.mine(db, [claim])))

    with world.store.write(is_shared=True) as db:
        pushes.mark(db, source_id, START)
        releasing = threading.Thread(target=release)
        releasing.start()
        time.sleep(0.3)  # until the release waits for the lock
    releasing.join(PATIENCE)
    with world.store.read() as db:
        due = db.scalar(sa.select(host.c.next_due).where(host.c.id == claim.host_id))

    assert due == START
