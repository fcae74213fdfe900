"""The record of the work on a database."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from feedsvc.store import Store, activity
from feedsvc.store.activity import Activity, Done, Progress
from tests.conftest import NOW, Folder, seed

LATER = NOW + timedelta(minutes=1)


def _read(store: Store) -> Activity:
    with store.read() as db:
        return activity.read(db)


def test_a_promise_stays_until_it_is_taken_back(store: Store) -> None:
    """A command that does the work once promises nothing, and breaks no promise of a process that goes on."""
    with store.write() as db:
        activity.record(db, "poll", NOW)
        activity.record(db, "update", NOW, LATER)
        activity.record(db, "update", LATER)
    kept = _read(store)
    with store.write() as db:
        activity.leave(db, "update")

    assert kept.done == {"poll": Done(at=NOW, next_by=None), "update": Done(at=LATER, next_by=LATER)}
    assert _read(store).done["update"] == Done(at=LATER, next_by=None)


def test_an_import_says_how_far_it_is_until_its_end(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """Each batch is counted in its own transaction; an import that was cut off stays at its last batch."""
    for number in range(150):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))

    def cut(_: int, __: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(NOW, cut)
    interrupted = _read(store).imports
    take_in()

    assert interrupted == {"articles": Progress(done=100, total=150)}
    assert _read(store).imports == {}
