"""A new kind of source is one class and one line of `run.SOURCES`: here, notes in a dictionary."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pytest
import sqlalchemy as sa

import feedsvc.store.sources as source_store
from feedsvc.errors import Problem
from feedsvc.model import RawEntry, SourceSpec
from feedsvc.sandbox import Sandbox
from feedsvc.sandbox.jobs import sanitize_again
from feedsvc.sandbox.shapes import Item
from feedsvc.store import Connection, Store, lookups
from feedsvc.store.schema import entry
from feedsvc.update import Report
from feedsvc.update.pipeline import Look, Match, Matched, Remembered, Saved
from feedsvc.update.run import SOURCES
from tests.conftest import NOW, Folder, seed

#: The notes that there are: guid → text.
NOTES: dict[str, str] = {}


class ByGuid:
    """A note is the entry that has its guid."""

    def match(self, db: Connection, source_id: int, items: Sequence[Item]) -> Matched:
        """Look up the guids."""
        stored = lookups.look_up(db, source_id, [item.raw.guid for item in items])
        return Matched(matches=[Match(item, stored.get(item.raw.guid)) for item in items])


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBatch:
    """All notes."""

    source_id: int
    look: Look
    items: Sequence[Item]
    identity: ByGuid = field(default_factory=ByGuid)
    arriving: Collection[str] = ()
    is_last: bool = False

    def __len__(self) -> int:
        """How many."""
        return len(self.items)

    def is_ours(self, _: Connection, /) -> bool:
        """Nobody else writes notes."""
        return True

    def remember(self, _: Connection, /, saved: Sequence[Saved]) -> Remembered:
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
        """How many."""
        return len(self.notes)

    def batches(self) -> Iterator[NoteBatch]:
        """All of them at once, sanitised."""
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
        """None."""
        return ()

    notices = problems

    def is_failed(self) -> bool:
        """Never."""
        return False


def test_a_new_kind_is_one_class_and_one_line(
    folder: Folder, store: Store, take_in: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notes come in, are edited, and stay beside seeds; the pipeline does the rest."""
    folder.write("a.txt", seed("种子"))
    take_in()
    monkeypatch.setitem(SOURCES, "seeds", Notes)
    monkeypatch.setitem(NOTES, "1", "第一条")
    monkeypatch.setitem(NOTES, "2", "第二条")
    first = take_in()
    monkeypatch.setitem(NOTES, "2", "第二条，改了")
    second = take_in(NOW)
    with store.read() as db:
        shown = db.scalars(sa.select(entry.c.title).where(entry.c.is_shown).order_by(entry.c.id)).all()

    assert (first.counts, first.placed) == ({"new": 2}, 2)
    assert (second.counts, second.placed) == ({"unchanged": 1, "edited": 1}, 0)
    assert shown == ["种子", "第一条", "第二条，改了"]
