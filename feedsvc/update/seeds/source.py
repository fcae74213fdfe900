"""
A folder of seeds as a source: finds files that are new, changed or gone, and remembers each file.

    scan → changed files → read → parse, sanitize → batches → withdraw what vanished

Parsing and sanitising run in the sandbox, on all cores, while the batch before is saved. A run that was cut off is
completed by the next run.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import feedsvc.store.sources as source_store
from feedsvc.errors import Problem
from feedsvc.model import SourceSpec
from feedsvc.sandbox import Sandbox
from feedsvc.sandbox.shapes import Item
from feedsvc.sources import seeds as folder
from feedsvc.sources.seeds import Listing, Stamp
from feedsvc.store import Connection, Store, entries, facts, memberships, seed_files
from feedsvc.store.facts import Facts
from feedsvc.store.seed_files import SeedFile
from feedsvc.update.pipeline import BATCH_SIZE, BLOCKED, Look, Remembered, Saved
from feedsvc.update.seeds import brake
from feedsvc.update.seeds.files import (
    Reading,
    found_or_hidden,
    is_changed,
    moves,
    notices_of,
    problem_of,
    readings,
    settings_of,
    unlisted_problems,
)
from feedsvc.update.seeds.guids import Guids


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedBatch:
    """Files that are saved in one transaction, each with the entry that it gives."""

    source_id: int
    identity: Guids
    look: Look
    readings: Sequence[Reading]
    arriving: Collection[str] = frozenset({"edited"})
    #: The run defines the feeds after its last source.
    is_last: bool = False

    @property
    def items(self) -> Sequence[Item]:
        """The items of the files. Some files give none."""
        return [reading.item for reading in self.readings if reading.item]

    def __len__(self) -> int:
        """How many files."""
        return len(self.readings)

    def begin(self, db: Connection, /) -> Facts:
        """The facts of the source. One update of a store runs at a time (`Store.alone`)."""
        return facts.of_source(db, self.source_id)

    def remember(self, db: Connection, _: Facts, saved: Sequence[Saved]) -> Remembered:
        """Save the files as they are now."""
        results = iter(saved)
        done = [
            self._given(reading, next(results)) if reading.item else _nothing(db, reading, self.look.now)
            for reading in self.readings
        ]
        seed_files.save_files(db, self.source_id, (file for file, _ in done))
        return Remembered(Counter(outcome for _, outcome in done))

    def _given(self, reading: Reading, saved: Saved) -> tuple[SeedFile, str]:
        """A file with its entry. A file that was taken down keeps the entry of its former content, if there is one."""
        if saved.outcome != BLOCKED:
            return replace(reading.file, entry_id=saved.entry_id), saved.outcome
        known = self.identity.known.get(reading.file.path)
        return replace(reading.file, entry_id=known.entry_id if known else None, is_blocked=True), saved.outcome


def _nothing(db: Connection, reading: Reading, now: datetime) -> tuple[SeedFile, str]:
    """A file with a problem keeps its published entry, unless the file may be private. A private file withdraws it."""
    file = reading.file
    if reading.is_as_known:
        return file, "unchanged"
    if file.problem and not reading.is_private:
        return file, "problem"
    if file.entry_id is not None:
        memberships.touch(db, entries.withdraw(db, [file.entry_id], now))
    return file, "problem" if file.problem else "draft" if reading.is_draft else "private"


class _Lost(NamedTuple):
    """The missing files that the brake holds back, the files that it releases, and those that are withdrawn."""

    #: Paths.
    held: Collection[str]
    released: Collection[str]
    withdrawn: Collection[SeedFile]


@dataclass(slots=True, kw_only=True)
class Seeds:
    """A source of kind `seeds`, in one update."""

    store: Store
    sandbox: Sandbox
    spec: SourceSpec
    now: datetime
    source_id: int = field(init=False)
    #: Whether the stored entries were made under the current settings.
    _is_same: bool = field(init=False)
    _listing: Listing = field(init=False)
    #: The files that the store knows, and those that are there, by path.
    _known: Mapping[str, SeedFile] = field(init=False, default_factory=dict)
    _found: Mapping[str, Stamp] = field(init=False, default_factory=dict)
    #: The paths that are to be read.
    _changed: Sequence[str] = ()
    _guids: Guids = field(init=False)
    #: Paths that are held back until all files are read.
    _doubtful: Collection[str] = ()
    _notices: list[Problem] = field(default_factory=list)

    @staticmethod
    def scan(spec: SourceSpec) -> Listing:
        """Every seed of the folder. Raises SourceError when the folder is not there."""
        return folder.scan(spec)

    def begin(self) -> bool:
        """
        Compare the folder with what is stored. Returns whether there is work, or a problem to report.

        Raises SourceError when the folder is not there.
        """
        settings = settings_of(self.spec)
        with self.store.write() as db:
            self.source_id = source_store.find_or_add(db, self.spec.name)
            if not seed_files.has_files(db, self.source_id):
                # A first import that is cut off goes on in the next run, under the same settings.
                source_store.save_settings(db, self.source_id, settings)
        self._listing = listing = self.scan(self.spec)
        with self.store.read() as db:
            self._is_same = source_store.settings_of(db, self.source_id) == settings
            stamps = seed_files.stamps_of(db, self.source_id) if self._is_same and not listing.unlisted else None
            if stamps is not None and stamps == listing.found:
                return False
            self._known = seed_files.files_of(db, self.source_id)
        self._compare()
        return True

    def _compare(self) -> None:
        """Tell which files are to be read, and hold back those that may be lost."""
        self._found = found = found_or_hidden(self._known, self._listing)
        has_lost = any(path not in found for path, file in self._known.items() if not (file.is_gone or file.hold))
        self._changed = sorted(
            path
            for path, stamp in self._listing.found.items()
            if not self._is_same or is_changed(self._known.get(path), stamp, has_lost=has_lost)
        )
        moved = moves(self.spec, self._known, found, self._changed)
        self._guids = Guids(self.spec, self._known, found, moved, is_same=self._is_same)
        # Whether a missing file has another name now is known when all files are read. Until then, all that may be
        # lost is held back.
        self._doubtful = brake.held_back(self._known, found, self._guids.renamed, self.now)
        if self._doubtful and self._changed:
            with self.store.write() as db:
                seed_files.hold(db, self.source_id, self._doubtful, ())

    def __len__(self) -> int:
        """How many files are to be read."""
        return len(self._changed)

    def batches(self) -> Iterator[SeedBatch]:
        """The changed files, in order of path."""
        read = readings(self.spec, self._changed, self._found, self._guids, self.sandbox)
        look = Look(now=self.now)
        while batch := list(islice(read, BATCH_SIZE)):
            self._notices += [notice for reading in batch for notice in notices_of(self.spec, reading, self.now)]
            yield SeedBatch(source_id=self.source_id, identity=self._guids, look=look, readings=batch)

    def finish(self) -> Counter[str]:
        """Withdraw what vanished, now that all files are read. Renamed files go on under their new names."""
        lost = self._lost()
        if self._is_same and not (self._changed or self._guids.renamed or any(lost)):
            return Counter()
        with self.store.write() as db:
            counts = self._withdraw(db, lost)
            if not self._is_same:
                seed_files.outdate_files(db, self.source_id, self._found.keys() - self._listing.found.keys())
            source_store.save_settings(db, self.source_id, settings_of(self.spec))
            self._known = seed_files.files_of(db, self.source_id)
        return counts

    def _lost(self) -> _Lost:
        known, found = self._known, self._found
        held = brake.held_back(known, found, self._guids.renamed, self.now)
        released = {path for path in found if path in known and known[path].hold} | (set(self._doubtful) - held)
        return _Lost(held=held, released=released, withdrawn=brake.let_go(self._guids.vanished, held))

    def _withdraw(self, db: Connection, lost: _Lost) -> Counter[str]:
        renamed = self._guids.renamed
        # A take-down blocks the content of a file under each name, so its row says nothing more.
        blocked = {file.path for file in lost.withdrawn if file.is_blocked and file.entry_id is None}
        seed_files.forget_files(db, self.source_id, renamed | blocked)
        gone = [replace(file, is_gone=True) for file in lost.withdrawn if file.path not in blocked]
        seed_files.save_files(db, self.source_id, gone)
        seed_files.hold(db, self.source_id, lost.held, lost.released)
        entry_ids = [file.entry_id for file in gone if file.entry_id is not None]
        story_ids = entries.withdraw(db, entry_ids, self.now)
        memberships.touch(db, story_ids)
        return Counter(renamed=len(renamed), withdrawn=len(story_ids))

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the source now: guids, its files in order of path, then the source itself."""
        there = (file for _, file in sorted(self._known.items()) if not file.is_gone)
        wrong = [problem for file in there if (problem := problem_of(self.spec, file))]
        held = brake.problem(self.spec, self._known.values())
        unlisted = unlisted_problems(self.spec, self._listing)
        return (*self._guids.shared(), *wrong, *unlisted, *([held] if held else ()))

    def notices(self) -> tuple[Problem, ...]:
        """Effects that the authors of files may not expect."""
        return tuple(self._notices)

    def is_failed(self) -> bool:
        """Whether there is no file, but a problem."""
        return not self._found and bool(self.problems())
