"""Each rule of what becomes of seed files alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from feedsvc.store import Store
from feedsvc.store.schema import seed_file
from feedsvc.update import Report
from tests.conftest import NOW, Folder, seed


@pytest.mark.parametrize("problem", [None, "an older release could not read it"])
def test_a_file_with_a_problem_is_not_known_by_its_content(
    folder: Folder, store: Store, take_in: Callable[..., Report], problem: str | None
) -> None:
    """A file with a problem that gets another name is a new entry: its published entry has the former content."""
    folder.write("a.txt", seed())
    folder.write("b.txt", seed("别的"))
    take_in()
    with store.write() as db:
        db.execute(sa.update(seed_file).where(seed_file.c.path == "a.txt").values(problem=problem))
    (folder.path / "seeds" / "a.txt").rename(folder.path / "seeds" / "c.txt")
    report = take_in(NOW + timedelta(hours=1))

    assert (report.counts["renamed"], report.counts["new"]) == ((0, 1) if problem else (1, 0))
