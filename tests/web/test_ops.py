"""Requests of machines about the service itself."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from feedsvc.store import Store, activity, open_store
from feedsvc.store.schema import entry
from feedsvc.web import create_app
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client


def remove(data: Path) -> None:
    """Let the database vanish with its folder."""
    shutil.rmtree(data)


def empty(data: Path) -> None:
    """Leave a database without tables, as before `feedsvc db upgrade`."""
    remove(data)
    data.mkdir()


def destroy(data: Path) -> None:
    """Let the database's file hold something else."""
    empty(data)
    (data / "feedsvc.sqlite3").write_bytes(b"no database at all" * 100)


BROKEN = pytest.mark.parametrize("harm", [remove, empty, destroy])


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/livez", {"status": "ok"}),
        ("/readyz", {"status": "ok", "database": "ok"}),
        ("/healthz", {"status": "ok", "database": "ok"}),
    ],
)
def test_healthy(
    folder: Folder, store: Store, take_in: Callable[..., object], path: str, answer: dict[str, str]
) -> None:
    """A service that works says so, in an answer that is not cached."""
    take_in()
    response = client(folder, store).get(path)

    assert (response.status_code, response.json) == (200, answer)
    assert response.headers["Cache-Control"] == "no-store"


@BROKEN
@pytest.mark.parametrize("path", ["/readyz", "/healthz"])
def test_not_ready(folder: Folder, store: Store, path: str, harm: Callable[[Path], None]) -> None:
    """With a missing, empty or broken database, the service is not ready, and gives no details."""
    store.close()
    harm(folder.path / "data")
    response = client(folder, store).get(path)

    assert response.status_code == 503
    assert response.json == {"status": "unavailable", "database": "unavailable"}
    assert (response.headers["Cache-Control"], response.headers["Retry-After"]) == ("no-store", "10")


def test_not_ready_before_the_first_import(folder: Folder, store: Store) -> None:
    """A service that never published anything is not ready, so that it gets no traffic."""
    response = client(folder, store).get("/readyz")

    assert (response.status_code, response.json) == (503, {"status": "starting", "database": "ok"})
    assert response.headers["Retry-After"] == "10"


def test_not_ready_any_more(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A running service notices that its database is gone."""
    take_in()
    web = client(folder, store)
    before = web.get("/readyz").status_code
    remove(folder.path / "data")

    assert (before, web.get("/readyz").status_code) == (200, 503)


@BROKEN
def test_alive_without_database(folder: Folder, store: Store, harm: Callable[[Path], None]) -> None:
    """A process that answers is alive. A restart would not bring the database back."""
    store.close()
    harm(folder.path / "data")

    assert client(folder, store).get("/livez").status_code == 200


def test_ready_again(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """If the database is back, the service is ready without a restart."""
    opened = open_store(f"sqlite:///{folder.path / 'later' / 'feedsvc.sqlite3'}")
    web = client(folder, opened)
    before = web.get("/readyz").status_code
    take_in()
    store.close()
    shutil.copytree(folder.path / "data", folder.path / "later", dirs_exist_ok=True)
    opened.close()
    after = web.get("/readyz").status_code
    opened.close()

    assert (before, after) == (503, 200)


@pytest.fixture
def web(folder: Folder, store: Store, take_in: Callable[..., object]) -> FlaskClient:
    """A site without articles."""
    take_in()
    return client(folder, store)


def test_robots(web: FlaskClient) -> None:
    """robots.txt allows everything."""
    response = web.get("/robots.txt")

    assert response.content_type == "text/plain; charset=utf-8"
    assert response.text == "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_head(web: FlaskClient, path: str) -> None:
    """A monitor may use HEAD."""
    response = web.head(path)

    assert (response.status_code, response.data) == (200, b"")


def test_readyz_names_sources_that_hold_back(folder: Folder, store: Store, take_in: Callable[[], object]) -> None:
    """If a folder is suddenly empty, published entries stay, and /readyz names the source."""
    files = [folder.write(f"{number}.txt", seed(f"第{number}篇")) for number in range(10)]
    take_in()
    for file in files:
        file.unlink()
    take_in()
    response = client(folder, store).get("/readyz")

    assert (response.status_code, response.json) == (
        200,
        {"status": "degraded", "database": "ok", "held": {"articles": 10}},
    )


@pytest.mark.parametrize(
    ("minutes", "date", "answer"),
    [
        (9, "2022-07-25", {"status": "ok", "database": "ok"}),
        (11, "2022-07-25", {"status": "degraded", "database": "ok", "waiting": 1}),
        (11, "", {"status": "degraded", "database": "ok", "waiting": 1}),
        (11, "2031-07-25", {"status": "ok", "database": "ok"}),
    ],
    ids=["a moment ago", "too long ago", "without a date", "in the future"],
)
def test_readyz_counts_what_waits_too_long(
    folder: Folder, store: Store, take_in: Callable[..., object], minutes: int, date: str, answer: dict[str, object]
) -> None:
    """/readyz counts saved entries that no feed shows: an update hangs or was killed."""
    folder.write("a.txt", seed("甲", date=date))
    take_in()
    with store.write() as db:
        # As an update leaves it that was killed before its end.
        undated = {} if date else {"published": None}
        db.execute(sa.update(entry).values(is_waiting=True, **undated))
    response = client(folder, store, NOW + timedelta(minutes=minutes)).get("/readyz")

    assert (response.status_code, response.json) == (200, answer)


def test_readyz_looks_at_what_is_configured(folder: Folder, store: Store, take_in: Callable[[], object]) -> None:
    """/readyz ignores sources that are no longer configured."""
    files = [folder.write(f"{number}.txt", seed(f"第{number}篇")) for number in range(11)]
    take_in()
    for file in files:
        file.unlink()
    take_in()
    with store.write() as db:
        db.execute(sa.update(entry).values(is_waiting=True))
    later = NOW + timedelta(hours=1)
    before = client(folder, store, later).get("/readyz").json
    folder.configure(CONFIG.replace("articles:", "other:"))
    after = client(folder, store, later).get("/readyz").json

    assert before == {"status": "degraded", "database": "ok", "held": {"articles": 11}, "waiting": 11}
    assert after == {"status": "ok", "database": "ok"}


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def watched(folder: Folder, store: Store, take_in: Callable[..., object], clock: Clock) -> FlaskClient:
    """A site without articles, whose service has a clock."""
    take_in()
    return create_app(folder.config(), store, clock).test_client()


def test_readyz_says_how_long_ago_the_work_was_done(store: Store, watched: FlaskClient) -> None:
    """The ages of the last look at the folders and of the last round of polls are in seconds."""
    with store.write() as db:
        activity.record(db, "update", NOW - timedelta(seconds=7), NOW + timedelta(minutes=5))
        activity.record(db, "poll", NOW - timedelta(hours=2))
    said = watched.get("/readyz").json

    assert said == {"status": "ok", "database": "ok", "seconds_since": {"poll": 7200, "update": 7}}


def test_readyz_names_work_that_is_late(store: Store, watched: FlaskClient, clock: Clock) -> None:
    """A process that promised its work for an earlier time hangs or was killed. One that ended in order is not late."""
    with store.write() as db:
        activity.record(db, "update", NOW, NOW + timedelta(minutes=5))
    clock.now += timedelta(minutes=6)
    late = watched.get("/readyz")
    with store.write() as db:
        activity.leave(db, "update")

    assert (late.status_code, late.json) == (
        200, {"status": "degraded", "database": "ok", "late": ["update"], "seconds_since": {"update": 360}},
    )  # fmt: skip
    assert watched.get("/readyz").json == {"status": "ok", "database": "ok", "seconds_since": {"update": 360}}


def test_readyz_counts_what_an_older_policy_sanitised(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """Outdated entries are work to come, and no fault."""
    folder.write("a.txt", seed("甲"))
    take_in()
    with store.write() as db:
        db.execute(sa.update(entry).values(policy_version=1))

    assert client(folder, store).get("/readyz").json == {"status": "ok", "database": "ok", "outdated": 1}


def test_readyz_names_a_lock_that_lasts(store: Store, watched: FlaskClient, clock: Clock) -> None:
    """An import takes the lock again and again. A lock is a fault if it is there at each look for a minute."""
    assert store.path is not None
    seen = []
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        for is_locked in (True, False, True, True):
            if is_locked and not other.in_transaction:
                other.execute("BEGIN IMMEDIATE")
            elif not is_locked:
                other.execute("ROLLBACK")
            seen.append(watched.get("/readyz").json)
            clock.now += timedelta(minutes=1)

    good = {"status": "ok", "database": "ok"}
    assert seen == [good, good, good, {"status": "degraded", "database": "ok", "writes": "locked"}]


def test_readyz_names_a_disk_that_cannot_be_written(watched: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The feeds are served on, and the operator is told."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    response = watched.get("/readyz")

    assert (response.status_code, response.json) == (
        200, {"status": "degraded", "database": "ok", "writes": "read-only"},
    )  # fmt: skip
