"""Feeds with a quota: no source has more than its part of what a feed shows, and nothing is lost."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.model import FORMATS, Quota
from feedsvc.publish.explaining import Configured, Question, explain
from feedsvc.store import Store
from feedsvc.store.quotas import chosen
from feedsvc.update import update
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, seed
from tests.data.samples import client

HOUR = timedelta(hours=1)
MIXED = "feeds: {mix: {title: 合, categories: [新媒体], window: {items: ITEMS, hours: 0}QUOTA}}\n"
Renew = Callable[..., None]


@pytest.fixture
def renew(folder: Folder, store: Store) -> Renew:
    """Import three folders under a quota: busy, calm and rare."""

    def run(quota: str, now: datetime = NOW, slug: str = "mix", items: int = 4) -> None:
        more = "".join(f"  {name}: {{kind: seeds, path: {name}}}\n" for name in ("busy", "calm", "rare"))
        feed = MIXED.replace("QUOTA", f", quota: {quota}" if quota else "").replace("mix", slug)
        feed = feed.replace("ITEMS", str(items))
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


def titles(folder: Folder, store: Store, slug: str = "mix", query: str = "") -> list[str]:
    """The titles of a feed, the newest first."""
    found = client(folder, store, NOW + 9 * HOUR).get(f"/feeds/{slug}.json{query}").json
    assert found
    return [one["title"] for one in found["items"]]


@pytest.mark.parametrize(
    ("quota", "expected"),
    [("2", "c3 c4 b7 b8 r9"), ("1", "c4 b8 r9"), ("fair", "c4 b7 b8 r9"), ("500", None)],
)
def test_a_busy_source_leaves_room(
    folder: Folder, store: Store, renew: Renew, quota: str, expected: str | None
) -> None:
    """A document has the newest entries of each source, within the quota. The feed and its changes have all entries."""
    fill(folder, "bbbccbbbbr")
    renew(quota, items=50 if quota != "fair" else 4)
    shown = titles(folder, store)
    followed = titles(folder, store, query="?after=0")
    config = folder.config()
    configured = Configured(catalogue=config.catalogue, seeds=config.sources, upstreams=config.upstreams)
    found = explain(store, configured, Question(text="busy/5.txt", feed="mix"), NOW)
    (place,) = [one for one in found.stories[0].feeds if one.feed == "mix"]

    assert shown[::-1] == (expected.split() if expected else followed)
    assert len(followed) == 10
    assert (place.is_in_document, place.has_quota) == (expected is None, True)


@pytest.mark.parametrize("quota", ["1", "2", "fair"])
def test_the_feed_goes_on(folder: Folder, store: Store, renew: Renew, quota: str) -> None:
    """The newest entry is in the document, however often a source comes, and in whatever parts entries are imported."""
    order = "crbbbccbbbbr"
    for hour in range(len(order)):
        fill(folder, order[: hour + 1])
        renew(quota, NOW + hour * HOUR)

        assert titles(folder, store)[0] == f"{order[hour]}{hour}"
    one_by_one = titles(folder, store)
    renew(quota, NOW + 21 * HOUR, "at_once")
    assert titles(folder, store, "at_once") == one_by_one


def test_a_quota_bounds_views_that_ask_for_no_certain_entries(folder: Folder, store: Store, renew: Renew) -> None:
    """With `limit`, a source has its part of so many entries. Filters and times look at all entries of the feed."""
    fill(folder, "bbbccbbbbr")
    renew("fair")

    assert titles(folder, store, query="?limit=3") == ["r9", "b8", "c4"]
    assert titles(folder, store, query="?filter_title=b&limit=9") == ["b8", "b7", "b6", "b5", "b2", "b1", "b0"]
    assert titles(folder, store, query="?since=2026-01-01T05:30&limit=9") == ["r9", "b8", "b7", "b6"]


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
    assert bounded[3:] == free[3:]
    assert free_again == free
    assert documents() == bounded


@settings(max_examples=200)
@given(
    quota=st.one_of(st.integers(1, 4), st.just("fair")),
    items=st.integers(1, 6),
    names=st.lists(st.sampled_from([(1,), (2,), (3,), (1, 2)]), max_size=40),
)
def test_each_source_has_its_part(quota: Quota, items: int, names: list[tuple[int, ...]]) -> None:
    """Whatever came: no source has more than a number; a fair document is full, and no part is larger without need."""
    places = chosen(names, quota, items)
    numbers = Counter(name for place in places for name in names[place])
    left = Counter(name for place in set(range(len(names))) - set(places) for name in names[place])

    assert places == sorted(set(places))
    assert not names or 0 in places
    if quota == "fair":
        assert len(places) == min(items, len(names))
        parts = [numbers[one] + 1 >= numbers[other] or not left[one] for one in (1, 2, 3) for other in (1, 2, 3)]
        assert all(parts) or (1, 2) in names
    else:
        assert all((1, 2) in names or number <= quota for number in numbers.values())
        assert all(any(numbers[name] >= quota for name in names[at]) for at in set(range(len(names))) - set(places))
