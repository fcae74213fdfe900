"""A new kind of source is one class and one line of `run.SOURCES`: here, notes in a dictionary."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
import sqlalchemy as sa

import feedsvc.store.sources as source_store
from feedsvc.errors import Problem
from feedsvc.model import RawEntry, SourceSpec
from feedsvc.sandbox import Sandbox
from feedsvc.sandbox.jobs import sanitize_again
from feedsvc.sandbox.shapes import Item
from feedsvc.store import Connection, Store, facts, lookups
from feedsvc.store.facts import Facts
from feedsvc.store.schema import entry
from feedsvc.update import Report, update
from feedsvc.update.pipeline import Look, Match, Matched, Remembered, Saved
from feedsvc.update.run import SOURCES, SourceKind
from tests.conftest import NOW, SANDBOX, Folder, seed

#: The notes that there are: guid → text.
NOTES: dict[str, str] = {}


class ByGuid:
    """A note is the entry that has its guid."""

    def match(self, db: Connection, source: Facts, items: Sequence[Item]) -> Matched:
        """Look up the guids."""
        stored = lookups.look_up(db, source.id, [item.raw.guid for item in items])
        return Matched(matches=[Match(item, stored.get(item.raw.guid)) for item in items])


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBatch:
    """A batch of all notes."""

    source_id: int
    look: Look
    items: Sequence[Item]
    identity: ByGuid = field(default_factory=ByGuid)
    arriving: Collection[str] = ()
    is_last: bool = False

    def __len__(self) -> int:
        """The number of notes."""
        return len(self.items)

    def begin(self, db: Connection, /) -> Facts:
        """Nobody else writes notes."""
        return facts.of_source(db, self.source_id)

    def remember(self, _: Connection, __: Facts, /, saved: Sequence[Saved]) -> Remembered:
        """Nothing is remembered besides the entries."""
        return Remembered(Counter(one.outcome for one in saved))


@dataclass(slots=True, kw_only=True)
class Notes:
    """A source of notes."""

    store: Store
    sandbox: Sandbox
    spec: SourceSpec
    now: datetime
    notes: Mapping[str, str] = field(default_factory=dict)

    def begin(self) -> bool:
        """Read the notes."""
        self.notes = dict(NOTES)
        return bool(self.notes)

    def __len__(self) -> int:
        """The number of notes."""
        return len(self.notes)

    def batches(self) -> Iterator[NoteBatch]:
        """One batch of all notes, sanitised."""
        with self.store.write() as db:
            source_id = source_store.find_or_add(db, self.spec.name)
        raws = [RawEntry(guid=guid, title=text, content=f"<p>{text}</p>") for guid, text in self.notes.items()]
        entries = self.sandbox.map(sanitize_again, [(raw, (raw, ())) for raw in raws])
        items = [Item(raw=raw, hash=raw.title, entry=entry) for raw, entry in entries]  # type: ignore[arg-type]
        yield NoteBatch(source_id=source_id, look=Look(now=self.now), items=items)

    def finish(self) -> Counter[str]:
        """No note ever goes."""
        return Counter()

    def problems(self) -> tuple[Problem, ...]:
        """Notes have no problems."""
        return ()

    notices = problems

    def is_failed(self) -> bool:
        """Never."""
        return False


def _blank(
    _: Connection, specs: Sequence[SourceSpec], source_ids: Sequence[int], __: datetime, /
) -> Mapping[str, Sequence[Problem]]:
    """The end of a run of notes: a problem for each source, because somebody left a blank note."""
    assert len(specs) == len(source_ids)
    return {
        spec.name: [Problem(place=f"source {spec.name}", reason="a note is blank")] for spec in specs if "" in NOTES
    }


@pytest.fixture
def both(folder: Folder, store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Report]]:
    """Updates a folder of seeds and a source of notes in one run."""
    monkeypatch.setitem(SOURCES, "notes", SourceKind(source=Notes, end=_blank))

    def run() -> list[Report]:
        config = folder.config()
        notes = replace(config.sources[0], name="notes", kind="notes", path="")
        return update(store, SANDBOX, [*config.sources, notes], config.catalogue, NOW)

    return run


def test_a_new_kind_is_one_class_and_one_line(
    folder: Folder, store: Store, both: Callable[[], list[Report]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In runs beside seeds, notes come in and are edited; the pipeline does the rest."""
    folder.write("a.txt", seed("种子"))
    monkeypatch.setitem(NOTES, "1", "第一条")
    monkeypatch.setitem(NOTES, "2", "第二条")
    first = both()
    folder.write("a.txt", seed("种子，改了"))
    monkeypatch.setitem(NOTES, "2", "第二条，改了")
    second = both()
    with store.read() as db:
        shown = db.scalars(sa.select(entry.c.title).where(entry.c.is_shown).order_by(entry.c.id)).all()

    assert [(one.counts, one.placed) for one in first] == [({"new": 1}, 1), ({"new": 2}, 2)]
    assert [(one.counts, one.placed) for one in second] == [({"edited": 1}, 0), ({"unchanged": 1, "edited": 1}, 0)]
    assert shown == ["种子，改了", "第一条", "第二条，改了"]


def test_each_kind_ends_a_run_for_its_own_sources(
    folder: Folder, both: Callable[[], list[Report]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Problems that sources have with each other are told by their own kind."""
    folder.write("a.txt", seed("种子"))
    monkeypatch.setitem(NOTES, "", "空白")
    seeds, notes = both()

    assert seeds.problems == ()
    assert [one.reason for one in notes.problems] == ["a note is blank"]
