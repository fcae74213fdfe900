"""Feeds with a delay: an entry comes some time after its arrival, once, and as it is then."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from feedsvc.model import FORMATS
from feedsvc.publish.explaining import Configured, Question, explain
from feedsvc.store import Store, delays, memberships
from feedsvc.store.schema import feed, membership
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client

TakeIn = Callable[..., object]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATE = CONFIG + "feeds: {late: {title: 迟, categories: [新媒体], window: {items: 2, hours: 0}DELAY}}\n"


@pytest.fixture
def configure(folder: Folder) -> Callable[[str], None]:
    """Give the feed a delay in minutes, or none."""

    def write(delay: str) -> None:
        folder.configure(LATE.replace("DELAY", f", delay: {delay}" if delay else ""))

    return write


def titles(folder: Folder, store: Store, path: str = "/feeds/late.json") -> list[str]:
    """The titles of a document."""
    found = client(folder, store, NOW + 9 * HOUR).get(path).json
    assert found
    return [one["title"] for one in found["items"]]


def test_an_entry_comes_when_its_delay_is_over(
    folder: Folder, store: Store, take_in: TakeIn, configure: Callable[[str], None]
) -> None:
    """Entries of the archive come at once, others after the delay. An edit and a withdrawal before reach no reader."""
    configure("30")
    folder.write("old.txt", seed("旧"))
    take_in()
    folder.write("new.txt", seed("初稿"))
    folder.write("gone.txt", seed("误发"))
    take_in(NOW + HOUR)
    answer = _answer(folder, store, "new.txt")
    waiting = titles(folder, store), titles(folder, store, "/feeds/all.json?limit=9")
    folder.write("new.txt", seed("定稿"))
    (folder.path / "seeds" / "gone.txt").unlink()
    take_in(NOW + HOUR + 29 * MINUTE)
    before = titles(folder, store)
    take_in(NOW + HOUR + 30 * MINUTE)
    changes = client(folder, store, NOW + 9 * HOUR).get("/feeds/late.json?after=0").json

    assert waiting == (["旧"], ["初稿", "误发", "旧"])
    assert (before, titles(folder, store)) == (["旧"], ["定稿", "旧"])
    assert changes
    assert ([one["title"] for one in changes["items"]], "deleted" in changes["_feedsvc"]) == (["旧", "定稿"], False)
    assert (answer, _answer(folder, store, "new.txt")) == ("delayed", "member")


def _answer(folder: Folder, store: Store, name: str) -> str:
    config = folder.config()
    configured = Configured(catalogue=config.catalogue, seeds=config.sources, upstreams=config.upstreams)
    found = explain(store, configured, Question(text=f"articles/{name}", feed="late"), NOW + HOUR)
    assert found.stories[0].asked
    return found.stories[0].asked.answer


def test_a_delay_that_is_taken_back_leaves_nothing(
    folder: Folder, store: Store, take_in: TakeIn, configure: Callable[[str], None]
) -> None:
    """Without the key, the feed is as if it never had a delay: document and archive have the same bytes."""
    configure("")
    for number in range(4):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
    take_in()
    configure("30")
    take_in(NOW + MINUTE)
    for number in range(4, 7):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
        take_in(NOW + number * MINUTE)
    assert "第6篇" not in titles(folder, store, "/feeds/late.json?limit=9")
    configure("")
    take_in(NOW + 9 * MINUTE)
    folder.configure(LATE.replace("DELAY", "").replace("late:", "never:"))
    take_in(NOW + 10 * MINUTE)
    never = _documents(folder, store, "never")
    folder.configure(LATE.replace("DELAY", ""))
    take_in(NOW + 11 * MINUTE)

    assert len(never) == 9
    assert _documents(folder, store, "late") == never


def _documents(folder: Folder, store: Store, slug: str) -> list[bytes]:
    web = client(folder, store, NOW + 9 * HOUR)
    paths = [f"/feeds/{slug}{page}.{form}" for page in ("", "/archive/1", "/archive/3") for form in FORMATS]
    found = [web.get(path) for path in paths]
    assert {one.status_code for one in found} == {200}
    return [one.data.replace(slug.encode(), b"slug") for one in found]


@pytest.mark.parametrize(("feeds", "pairs"), [(1, 1), (2, 4), (100, 5_000)])
def test_a_release_in_parts_ends_as_one_without_parts(
    folder: Folder, store: Store, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch, feeds: int, pairs: int
) -> None:
    """A killed release goes on later. In the end, each feed has the members of a feed without delay."""
    monkeypatch.setattr(delays, "FEEDS", feeds)
    monkeypatch.setattr(delays, "PAIRS", pairs)
    shapes = {"a": ", sources: [articles]", "b": ", categories: [新媒体]", "c": ", categories: [手机]"}
    waiting = {"a": 600, "b": 600, "c": 500}
    listed = "".join(
        f"  {name}: {{title: 甲{more}}}\n  {name}-late: {{title: 甲{more}, delay: {waiting[name]}}}\n"
        for name, more in shapes.items()
    )
    folder.configure(f"{CONFIG}feeds:\n{listed}")
    folder.write("old.txt", seed("旧"))
    take_in()
    for number in range(6):
        folder.write(f"{number}.txt", seed(f"第{number}篇", categories="[新媒体, 手机]" if number == 2 else "[新媒体]"))
        if number % 2:
            take_in(NOW + HOUR + number * MINUTE)
    started = _members(store)
    turns = iter(range(9))

    def assign(*given: Any, **more: Any) -> None:
        memberships.assign(*given, **more)
        if next(turns) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(delays, "assign", assign)
    with suppress(KeyboardInterrupt):
        delays.release(store, NOW + 20 * HOUR)
    monkeypatch.undo()
    delays.release(store, NOW + 20 * HOUR)
    ended = _members(store)

    assert all(started[f"{name}-late"] == started[name][:1] for name in "ab")
    assert all(ended[f"{name}-late"] == ended[name] for name in shapes)
    assert [len(ended[name]) for name in shapes] == [7, 7, 1]
    assert delays.release(store, NOW + 20 * HOUR) == 0


def _members(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """The members of each feed, by its slug: position, story and arrival."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    columns = (feed.c.slug, membership.c.position, membership.c.story_id, membership.c.arrived_at)
    statement = sa.select(*columns).join(membership, membership.c.feed_id == feed.c.id)
    with store.read() as db:
        for slug, *place in db.execute(statement.order_by(membership.c.position)):
            found[slug].append(tuple(place))
    return found
