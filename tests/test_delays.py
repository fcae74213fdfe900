"""Feeds with a delay: an entry comes some time after its arrival, once, and as it is then."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from feedsvc.model import FORMATS
from feedsvc.publish.explaining import Configured, Question, explain
from feedsvc.store import Store
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
