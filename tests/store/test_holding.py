"""Processes that work on one database: who may publish it, and under which address."""

import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.errors import StoreError
from feedsvc.store import Store, holding, open_store

A, B = "https://a.example", "https://b.example"


def test_one_address_publishes_at_a_time(store: Store) -> None:
    """While a process makes documents for one address, those of another are told which, and those of the same go on."""
    with holding.publishing(store, A) as first, holding.publishing(store, A) as same:
        with holding.publishing(store, B) as other:
            assert (first, same, other) == (None, None, A)
        with pytest.raises(StoreError, match=f"publishes this database as {A}, and site.base_url is {B} here"):
            holding.publish_for_good(store, B)


def test_a_changed_address_is_taken_when_nobody_has_the_former(store: Store) -> None:
    """An intended change needs no command: the former processes end, the next one publishes."""
    with holding.publishing(store, A):
        pass
    with holding.publishing(store, B) as other, holding.publishing(store, A) as late:
        assert (other, late) == (None, B)


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    """After kill -9 the next `feedsvc up` starts; before, it is told of the process that works."""
    url = f"sqlite:///{tmp_path / 'feedsvc.sqlite3'}"
    holder = (
        "import sys; from feedsvc.store import holding, open_store\n"
        f"with holding.supervising(open_store(sys.argv[1]), {A!r}): print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen([sys.executable, "-c", holder, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StoreError, match=rf"another feedsvc up works here \(process {process.pid}, {A}/\)"):
            holding.second_is_refused(open_store(url), B)
        process.kill()
        process.wait()
        with holding.supervising(open_store(url), B):
            pass
