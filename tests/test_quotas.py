"""Feeds with a quota: no source has more than its part of the last entries, and nothing is lost for good."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.catalogue import ALL
from feedsvc.model import FORMATS, Quota
from feedsvc.publish.explaining import Configured, Question, explain
from feedsvc.store import Store
from feedsvc.store.quotas import Mix
from feedsvc.update import update
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, seed
from tests.data.samples import client

HOUR = timedelta(hours=1)
MIXED = "feeds: {mix: {title: 合, categories: [新媒体], window: {items: 4, hours: 0}QUOTA}}\n"
Renew = Callable[..., None]


@pytest.fixture
def renew(folder: Folder, store: Store) -> Renew:
    """Import three folders under a quota: busy, calm and rare."""

    def run(quota: str, now: datetime = NOW, slug: str = "mix") -> None:
        more = "".join(f"  {name}: {{kind: seeds, path: {name}}}\n" for name in ("busy", "calm", "rare"))
        feed = MIXED.replace("QUOTA", f", quota: {quota}" if quota else "").replace("mix", slug)
        folder.configure(CONFIG + more + feed)
        config = folder.config()
        update(store, SANDBOX, config.sources, catalogue(config), now)

    return run


def fill(folder: Folder, names: str) -> None:
    """Write an article of a source, by its first letter, for each hour."""
    for hour, letter in enumerate(names):
        source = {"b": "busy", "c": "calm", "r": "rare"}[letter]
        text = seed(f"{letter}{hour}", f"<p>第{hour}篇{source}</p>", date=f"2026-01-01 {hour:02}:00:00")
        folder.write(f"../{source}/{hour}.txt", text)


def titles(folder: Folder, store: Store, slug: str = "mix") -> list[str]:
    """The titles of a feed, the newest first."""
    found = client(folder, store, NOW + 9 * HOUR).get(f"/feeds/{slug}.json?limit=50").json
    assert found
    return [one["title"] for one in found["items"]]


@pytest.mark.parametrize(
    ("quota", "expected"),
    [("2", "b0 b1 c3 c4 b5 b6 r9"), ("1", "b0 c3 r9"), ("fair", "b0 b1 b2 c3 c4 b5 b6 r9"), ("500", None)],
)
def test_a_busy_source_leaves_room(
    folder: Folder, store: Store, renew: Renew, quota: str, expected: str | None
) -> None:
    """Among four entries in a row, no source has more than its quota. The others are in `all`, and explained."""
    fill(folder, "bbbccbbbbr")
    renew(quota)
    shown, whole = titles(folder, store), titles(folder, store, ALL)
    config = folder.config()
    configured = Configured(catalogue=config.catalogue, seeds=config.sources, upstreams=config.upstreams)
    found = explain(store, configured, Question(text="busy/8.txt", feed="mix"), NOW)

    assert len(whole) == 10
    assert shown[::-1] == (expected.split() if expected else whole[::-1])
    assert found.stories[0].asked
    assert found.stories[0].asked.answer == ("member" if expected is None else "passed")


def test_entries_that_come_one_by_one_are_judged_alike(folder: Folder, store: Store, renew: Renew) -> None:
    """One import of all, and an import for each entry, pass over the same entries. An edit brings none of them."""
    order = "crbbbccbbbbr"
    for hour in range(len(order)):
        fill(folder, order[: hour + 1])
        renew("2", NOW + hour * HOUR)
    before = titles(folder, store)
    folder.write("../busy/10.txt", seed("b10", "<p>改过的第10篇busy</p>", date="2026-01-01 10:00:00"))
    renew("2", NOW + 20 * HOUR)

    assert before[::-1] == ["c0", "r1", "b2", "b3", "c5", "c6", "b7", "b8", "r11"]
    assert titles(folder, store) == before
    renew("2", NOW + 21 * HOUR, "at_once")
    assert titles(folder, store, "at_once") == before


def test_a_quota_that_is_taken_back_leaves_nothing(folder: Folder, store: Store, renew: Renew) -> None:
    """Without it, document and archive have the former bytes. With it again, they have those of the quota."""
    fill(folder, "bbbccbbbbr")

    def documents() -> list[bytes]:
        web = client(folder, store, NOW + 9 * HOUR)
        paths = [f"/feeds/mix{page}.{form}" for page in ("", "/archive/1", "/archive/2") for form in FORMATS]
        return [web.get(path).data for path in paths]

    renew("")
    free = documents()
    renew("1", NOW + HOUR)
    bounded = documents()
    renew("", NOW + 2 * HOUR)
    free_again = documents()
    renew("1", NOW + 3 * HOUR)

    assert bounded[0] != free[0]
    assert free_again == free
    assert documents() == bounded


@settings(max_examples=200)
@given(
    quota=st.one_of(st.integers(1, 4), st.just("fair")),
    most=st.integers(1, 6),
    names=st.lists(st.sampled_from("abc"), max_size=40),
)
def test_no_row_of_entries_has_more(quota: Quota, most: int, names: list[str]) -> None:
    """Whatever comes: among so many entries in a row, a source has no more than a quota of a number."""
    mix, shown = Mix(quota, most), deque[str]()
    for hour, name in enumerate(names):
        if mix.has_room([name]):
            mix.add([name], NOW + hour * HOUR)
            shown.append(name)
    rows = [list(shown)[at : at + most] for at in range(len(shown))]

    assert not names or shown
    if quota != "fair":
        assert all(row.count(name) <= quota for row in rows for name in "abc")
