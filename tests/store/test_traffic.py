"""The numbers of several server processes add up, within bounds."""

from datetime import timedelta

import pytest

from feedsvc.store import Store, traffic
from feedsvc.store.traffic import Answers, Reads
from tests.conftest import NOW

TODAY = NOW.date()


def read(name: str, requests: int = 1, subscribers: int | None = None, address: str = "/feeds/all.rss") -> Reads:
    """Requests of a program for the feed `all`."""
    return Reads(address=address, name=name, feed="all", requests=requests, subscribers=subscribers)


def test_answers_of_processes_add_up(store: Store) -> None:
    """Each process adds its numbers, by route and status."""
    with store.write() as db:
        traffic.save(db, {("/a", 200): Answers(3, 1)}, [], TODAY, "other")
        traffic.save(db, {("/a", 200): Answers(2, 2), ("/a", 304): Answers(1)}, [], TODAY, "other")

        assert traffic.answers(db) == {("/a", 200): (5, 3), ("/a", 304): (1, 0)}


def test_the_highest_number_of_subscribers_counts(store: Store) -> None:
    """Over seven days, the requests of a program add up, and of its numbers of subscribers the highest counts."""
    with store.write() as db:
        traffic.save(db, {}, [read("F", 1, 16), read("F", 2, 12), read("curl")], TODAY - timedelta(days=6), "other")
        traffic.save(db, {}, [read("F", 1, 9)], TODAY, "other")
        traffic.save(db, {}, [read("F", 1, 14), read("F", 1, 3, "/atom.xml")], TODAY, "other")

        assert traffic.reads(db, TODAY) == [read("F", 1, 3, "/atom.xml"), read("F", 5, 16), read("curl")]


def test_old_days_are_forgotten(store: Store) -> None:
    """A program that asked more than a week ago is neither shown nor stored."""
    with store.write() as db:
        traffic.save(db, {}, [read("F", 1, 16)], TODAY - timedelta(days=7), "other")
        traffic.save(db, {}, [], TODAY, "other")

        assert traffic.reads(db, TODAY - timedelta(days=7)) == []


def test_names_beyond_the_bound_count_together(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any client can send any name. So names are bounded, in one process and in all; known names still count."""
    monkeypatch.setattr(traffic, "MOST_NAMES", 2)
    with store.write() as db:
        traffic.save(db, {}, [read("a"), read("b"), read("c")], TODAY, "other")
        traffic.save(db, {}, [read("d"), read("a"), read("e")], TODAY, "other")

        assert traffic.reads(db, TODAY) == [read("a", 2), read("b"), read("other", 3)]
