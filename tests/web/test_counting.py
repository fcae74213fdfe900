"""Requests are counted: by route and status, and by the program that asks for a feed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from feedsvc.store import Store, traffic
from feedsvc.store.traffic import Answers, Reads
from feedsvc.web import counting
from feedsvc.web.counting import Counts
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client

FEEDLY = {"User-Agent": "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)"}
RSS = "/feeds/<slug>.rss"


@pytest.fixture
def web(folder: Folder, store: Store, take_in: Callable[..., object]) -> FlaskClient:
    """A site with one entry."""
    folder.write("a.txt", seed("甲", categories="[手机]"))
    take_in()
    return client(folder, store)


def counts_of(web: FlaskClient) -> Counts:
    """The numbers of the process."""
    counts = web.application.extensions["feedsvc.counts"]
    assert isinstance(counts, Counts)
    return counts


def saved(web: FlaskClient, store: Store) -> tuple[dict[tuple[str, int], Answers], list[Reads]]:
    """The numbers of all processes, after this one saved its own."""
    assert counts_of(web).save()
    with store.read() as db:
        return traffic.answers(db), traffic.reads(db, NOW.date())


def test_answers_are_counted_by_route(web: FlaskClient, store: Store) -> None:
    """Answers from memory and answers of Flask count under the route, and those from memory also apart."""
    tag = web.get("/feeds/all.rss").headers["ETag"]
    web.get("/feeds/all.rss")
    web.get("/feeds/all.rss", headers={"If-None-Match": tag})
    web.get("/feeds/手机.rss")
    web.get("/nothing/<here>")
    web.post("/feeds/all.rss")
    web.get("/livez")
    answers, _ = saved(web, store)

    assert answers == {
        (RSS, 200): (3, 1), (RSS, 304): (1, 1), ("other", 404): (1, 0), ("other", 405): (1, 0), ("/livez", 200): (1, 0),
    }  # fmt: skip


def test_programs_are_counted_by_feed(web: FlaskClient, store: Store) -> None:
    """Only a feed that is given counts: no page, and no address that is missing."""
    for path in ("/feeds/all.rss", "/feeds/all.rss", "/feeds/手机.json", "/atom.xml", "/", "/feeds/no.rss"):
        web.get(path, headers=FEEDLY)
    web.get("/feeds/all.rss", headers={"User-Agent": "curl/8"})
    _, reads = saved(web, store)

    assert [(one.address, one.name, one.feed, one.requests, one.subscribers) for one in reads] == [
        ("/atom.xml", "Feedly", "all", 1, 16),
        ("/feeds/all.rss", "Feedly", "all", 2, 16),
        ("/feeds/all.rss", "curl", "all", 1, None),
        ("/feeds/手机.json", "Feedly", "手机", 1, 16),
    ]


def test_a_prefix_is_no_part_of_the_address(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """With and without the prefix of base_url, and from memory or not, an address is the same."""
    folder.configure(CONFIG.replace('feeds.example.org"', 'example.org/博客"'))
    folder.write("a.txt", seed("甲"))
    take_in()
    web = client(folder, store)
    for _ in range(2):
        for path in ("/博客/feeds/all.rss", "/feeds/all.rss"):
            web.get(path, headers=FEEDLY)
    answers, reads = saved(web, store)

    assert answers == {(RSS, 200): (4, 2)}
    assert [(one.address, one.requests) for one in reads] == [("/feeds/all.rss", 4)]


def test_names_are_bounded_in_memory(web: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that always sends another name takes no memory without end; its requests count."""
    monkeypatch.setattr(counting, "MOST", 3)
    for number in range(20):
        web.get("/feeds/all.rss", headers={"User-Agent": f"name{number}" + "x" * 9999})
    counts = counts_of(web)

    assert sum(counts.hot.values()) + sum(counts.asked.values()) == 20
    assert len(counts.hot) == 4
    assert max(len(agent) for _, agent, _ in counts.hot) <= counting.MOST_AGENT


def test_numbers_wait_while_the_database_is_locked(web: FlaskClient, store: Store) -> None:
    """If the numbers cannot be saved, they are saved later, together with new ones."""
    web.get("/feeds/all.rss", headers=FEEDLY)
    with store.write():
        is_saved = counts_of(web).save()
    web.get("/feeds/all.rss", headers=FEEDLY)
    answers, reads = saved(web, store)

    assert not is_saved
    assert (answers, reads[0].requests) == ({(RSS, 200): (2, 1)}, 2)


def test_numbers_are_saved_without_a_request(web: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread saves the numbers from time to time: no reader waits for it."""
    monkeypatch.setattr(counting, "SECONDS", 0.01)
    web.get("/feeds/all.rss", headers=FEEDLY)
    for _ in range(2000):
        with store.read() as db:
            found = traffic.answers(db)
        if found:
            break
        counts_of(web)._ended.wait(0.01)

    assert found == {(RSS, 200): (1, 0)}


def test_a_database_that_nobody_writes_gets_no_numbers(web: FlaskClient, store: Store) -> None:
    """A fixed database stays as it is."""
    counts = counts_of(web)
    object.__setattr__(store, "is_fixed", True)
    web.get("/feeds/all.rss", headers=FEEDLY)

    assert not counts.save()
    with store.read() as db:
        assert traffic.answers(db) == {}
