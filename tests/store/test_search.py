"""The index of terms: it is filled step by step, and searches are right before, meanwhile and after."""

import logging
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic import command

from feedsvc.filters.terms import TERMS_VERSION
from feedsvc.store import Store, feeds, indexing, migrate, open_store, search, term_index
from feedsvc.store.migrations.run import configured
from feedsvc.store.schema import entry_text
from feedsvc.update import Report
from feedsvc.update.indexing import _say_why_not, fill
from tests.conftest import NOW, Folder, seed
from tests.test_brake import LATER_THAN_0015

TakeIn = Callable[..., Report]

ARTICLES = {"华为发布手机": "<p>新<b>芯</b>片</p>", "其他": "iPhone15 与手机", "第三": "国产晶片"}


@pytest.fixture
def imported(folder: Folder, take_in: TakeIn) -> Folder:
    """Three articles of one author, the newest last."""
    for number, (title, body) in enumerate(ARTICLES.items()):
        folder.write(f"{number}.txt", seed(title, body, date=f"2026-10-0{number + 1}", author="张三"))
    take_in()
    return folder


def never() -> bool:
    """There is always time."""
    return False


def candidates(store: Store, word: str) -> list[str]:
    """The titles of all candidates for a word, before they are compared."""
    with store.read() as db:
        feed = feeds.find(db, "all")
        assert feed
        lists = list(search.candidates(db, feed.id, search.terms_of_words([word]), size=2))
    return [one.words.title for some in lists for one in some]


def unindexed(store: Store) -> int:
    """The number of entries that are not in the index."""
    with store.read() as db:
        return indexing.count(db)


def test_new_entries_are_candidates_until_they_are_indexed(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """Before, every entry is one. After, those that have the terms, in any spelling, newest first."""
    assert (unindexed(store), candidates(store, "没有")) == (3, ["第三", "其他", "华为发布手机"])
    assert fill(store, never) == 3
    assert fill(store, never) == 0
    words = ("手机", "手機", "晶片", "芯片", "ＩＰＨＯＮＥ", "15", "張三", "没有", "三")
    found = {word: candidates(store, word) for word in words}
    imported.write("3.txt", seed("又一篇", date="2026-10-09"))
    take_in(NOW)

    assert found == {
        "手机": ["其他", "华为发布手机"], "手機": ["其他", "华为发布手机"], "晶片": ["第三"], "芯片": ["华为发布手机"],
        "ＩＰＨＯＮＥ": ["其他"], "15": ["其他"], "張三": ["第三", "其他", "华为发布手机"], "没有": [],
        "三": ["第三", "其他", "华为发布手机"],
    }  # fmt: skip
    assert candidates(store, "没有") == ["又一篇"]


@pytest.mark.usefixtures("imported")
def test_filling_goes_in_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest entry comes first. What was done stays, and the next run goes on from there."""
    monkeypatch.setattr("feedsvc.update.indexing.BATCH", 1)
    left = iter([False, True])

    assert fill(store, lambda: next(left)) == 1
    assert (unindexed(store), candidates(store, "晶片")) == (2, ["第三", "其他", "华为发布手机"])
    assert fill(store, never) == 2


@pytest.mark.usefixtures("imported")
def test_other_terms_make_the_index_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is made, a search reads all entries. An older release leaves the index of a newer one alone."""
    fill(store, never)
    monkeypatch.setattr(term_index, "TERMS_VERSION", TERMS_VERSION + 1)

    assert candidates(store, "没有") == ["第三", "其他", "华为发布手机"]
    assert fill(store, never) == 3
    assert candidates(store, "手机") == ["其他", "华为发布手机"]
    monkeypatch.undo()
    assert fill(store, never) == 0
    assert candidates(store, "没有") == ["第三", "其他", "华为发布手机"]


def test_an_upgrade_leaves_the_index_for_later(imported: Folder, store: Store) -> None:
    """A database of the release before has all its entries unindexed, and gets their texts with the index."""
    with store.write() as db:
        for later in LATER_THAN_0015:
            db.execute(sa.text(later))
        config = configured()
        config.attributes["connection"] = db
        command.stamp(config, "0015")
    upgraded = open_store(imported.database_url)
    migrate.upgrade(upgraded)
    upgraded.close()

    assert (unindexed(store), candidates(store, "没有")) == (3, ["第三", "其他", "华为发布手机"])
    assert fill(store, never) == 3
    assert candidates(store, "芯片") == ["华为发布手机"]
    with store.read() as db:
        assert db.scalars(sa.select(entry_text.c.text).order_by(entry_text.c.entry_id)).first() == "新芯片"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_fts5_a_search_reads_all(
    imported: Folder, store: Store, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One line says so. What changes meanwhile is right when FTS5 is there again."""
    fill(store, never)
    monkeypatch.setattr(term_index, "MODULE", "absent")
    _say_why_not.cache_clear()
    imported.write("0.txt", seed("改了", "绝无此字", date="2026-10-01"))
    take_in(NOW)
    with caplog.at_level(logging.WARNING):
        assert [fill(store, never) for _ in range(2)] == [0, 0]

    assert [one.message for one in caplog.records if "FTS5" in one.message] == [
        "this build of Python has SQLite without FTS5: a search reads all entries, and takes long"
    ]
    assert candidates(store, "芯片") == ["第三", "其他", "改了"]
    monkeypatch.undo()
    assert fill(store, never) == 3
    assert (candidates(store, "芯片"), candidates(store, "绝无")) == ([], ["改了"])
