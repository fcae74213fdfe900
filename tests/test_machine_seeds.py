"""Seed folders beside colliding sources: the machine of tests.test_machine, with files that come, change and go."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

import feedsvc.store.sources as source_store
from feedsvc.model import SourceSpec
from feedsvc.store import Connection, Store, seed_files
from feedsvc.update import update
from tests.conftest import NO_FEEDS
from tests.data.world import Item
from tests.test_machine import ITEMS, Machine, run, store_of

#: Runs of so many steps: each import of a folder costs as much as ten polls.
RUNS = {"sqlite": 200, "postgresql": 40}
STEPS = 20

FOLDERS = ("posts", "notes")
FILES = ("a.md", "b.md", "c.md")


class Inline:
    """Runs what the sandbox's workers would run."""

    def map(self, function: Callable[[Any], Any], items: Iterable[tuple[Any, Any]], *_: Any) -> Iterator[Any]:
        """The same results in the same order."""
        return ((key, None if one is None else function(one)) for key, one in items)


@dataclass(frozen=True, slots=True)
class OneTransaction:
    """A store whose transactions are all the one that is open."""

    db: Connection
    path: Path | None = None

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """The open transaction."""
        yield self.db

    read = write

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else is there."""
        yield


class Seeded(Machine):
    """Adds two folders of seeds."""

    @initialize()
    def make_folders(self) -> None:
        """Begin with empty folders."""
        self.root = Path(tempfile.mkdtemp(prefix="seeds"))
        for folder in FOLDERS:
            (self.root / folder).mkdir()
        self.stamp = 1_700_000_000

    def teardown(self) -> None:
        """Remove the folders."""
        shutil.rmtree(getattr(self, "root", Path("nowhere")), ignore_errors=True)
        super().teardown()

    @rule(folder=st.sampled_from(FOLDERS), name=st.sampled_from(FILES), item=ITEMS)
    def write_seed(self, folder: str, name: str, item: Item) -> None:
        """A seed is written, over another or not."""
        fields = {
            "title": item.title or "题", "link": item.link, "guid": item.guid,
            "date": item.date.isoformat() if item.date else "",
        }  # fmt: skip
        front = "".join(f"{name}: '{value}'\n" for name, value in fields.items() if value)
        self._touch(self.root / folder / name, f"---\n{front}---\n<p>{item.text}</p>\n")

    @rule(folder=st.sampled_from(FOLDERS), name=st.sampled_from(FILES))
    def delete_seed(self, folder: str, name: str) -> None:
        """A seed goes."""
        (self.root / folder / name).unlink(missing_ok=True)

    @rule(folder=st.sampled_from(FOLDERS), name=st.sampled_from(FILES), other=st.sampled_from(FILES))
    def rename_seed(self, folder: str, name: str, other: str) -> None:
        """A seed gets another name, which another seed may have had."""
        with contextlib.suppress(FileNotFoundError):
            (self.root / folder / name).rename(self.root / folder / other)

    @rule()
    def import_seeds(self) -> None:
        """All folders are imported: each seed without a problem is shown, or waits for its date."""
        self.now += timedelta(minutes=1)
        specs = [
            SourceSpec(name=folder, kind="seeds", path=str(self.root / folder), timezone=UTC, tag="example.org,2026")
            for folder in FOLDERS
        ]
        store: Store = OneTransaction(self.db)  # type: ignore[assignment]
        update(store, Inline(), specs, NO_FEEDS, self.now)  # type: ignore[arg-type]
        for folder in FOLDERS:
            known = seed_files.files_of(self.db, source_store.find_or_add(self.db, folder))
            there = {one.name for one in (self.root / folder).iterdir()}
            withdrawn = sa.text("SELECT id FROM entry WHERE withdrawn_at IS NOT NULL")
            gone = set(self.db.scalars(withdrawn))

            assert {path for path, file in known.items() if not file.is_gone} >= there
            assert [name for name in there if not known[name].problem and known[name].entry_id in {None, *gone}] == []

    def _touch(self, file: Path, text: str) -> None:
        file.write_text(text, "utf-8")
        self.stamp += 1
        os.utime(file, (self.stamp, self.stamp))


@pytest.mark.parametrize("kind", RUNS)
def test_nothing_that_seeds_hold_reaches_a_constraint(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Runs of folders and sources that collide: no exception, every seed stored, each guid for good."""
    store = store_of(kind, tmp_path, request)
    run(Seeded, store, RUNS[kind], STEPS, 1)
    store.close()
