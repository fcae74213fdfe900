"""
The write half: what the sources have, into the store.

    scan → changed files → read → parse → look up → new or changed? → sanitize → merge → save      in batches
         → withdraw what vanished → place what is due                                              at the end

A batch is one transaction. What it saves of new entries becomes visible only when they are placed, at the end and all
at once; a run that was cut off is completed by the next one.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

import feedsvc.store.sources as source_store
from feedsvc.errors import EntryError, Problem, SourceError
from feedsvc.identity import digest, distinct_guid, mint_guid
from feedsvc.merge import Insert, Stored, Update, decide
from feedsvc.model import Entry, FeedSpec, RawEntry, SourceSpec
from feedsvc.parse.seed import parse
from feedsvc.sanitize import POLICY_VERSION, sanitize
from feedsvc.sources import SOURCES
from feedsvc.sources.seeds import Stamp, name_of
from feedsvc.store import Connection, Store, entries, feeds, memberships
from feedsvc.store.sources import SeedFile

#: Files of one transaction: enough to make its fsync cheap, few enough to keep memory flat and other writers waiting
#: for less than a second.
BATCH = 100

#: Goes up when the same file gives another raw entry, so that files already stored are read again.
PARSE_VERSION = 1

#: The raw hash of a file that could not be read.
NOTHING = digest(b"")

#: Called with how many files are done, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Which feeds the configuration asks for."""

    specs: Sequence[FeedSpec]
    #: The configured categories, each with its configured slug.
    categories: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an update did with one source."""

    source: str
    #: How many by what became of them: `new`, `draft`, `renamed`, `withdrawn`, and the reasons of `merge`.
    counts: Counter[str]
    #: Everything that is wrong with the source now, in order of path.
    problems: tuple[Problem, ...]
    #: How many came into feeds.
    placed: int = 0
    #: Whether the source as a whole could not be read.
    is_failed: bool = False


def update(
    store: Store, specs: Sequence[SourceSpec], catalogue: Catalogue, now: datetime, progress: Progress | None = None
) -> list[Report]:
    """
    Bring the store up to what the sources hold at this moment.

    One bad file is one problem, and changes nothing that was published of it before; a source that cannot be read is
    one problem, and the others go on. Raises StoreError when the database cannot be used.
    """
    reports = [_take_in(store, spec, catalogue, now, progress) for spec in specs]
    with store.write() as db:
        _define(db, catalogue, now)
        return [
            replace(report, placed=memberships.place(db, source_store.lock_source(db, report.source), now))
            for report in reports
        ]


def check_source(spec: SourceSpec) -> tuple[int, list[Problem]]:
    """How many seeds a source has, and everything that is wrong with them. Nothing is stored."""
    found = SOURCES[spec.kind].scan(spec)
    guids = Guids(spec, {}, found)
    files = (_settle(_read(spec, path, stamp), guids).file for path, stamp in sorted(found.items()))
    return len(found), [_problem(spec, file) for file in files if file.problem]


def _take_in(store: Store, spec: SourceSpec, catalogue: Catalogue, now: datetime, progress: Progress | None) -> Report:
    with store.write() as db:
        source_id = source_store.lock_source(db, spec.name)
        known = source_store.files_of(db, source_id)
        is_same = source_store.settings_of(db, source_id) == _settings(spec)
    try:
        found = SOURCES[spec.kind].scan(spec)
        _refuse_emptied(spec, known, found)
    except SourceError as error:
        problem = Problem(place=f"source {spec.name}", reason=str(error))
        return Report(source=spec.name, counts=Counter(), problems=(problem,), is_failed=True)
    guids = Guids(spec, known, found)
    has_lost = bool(guids.vanished)
    changed = sorted(
        path for path, stamp in found.items() if not is_same or _is_changed(known.get(path), stamp, has_lost=has_lost)
    )
    counts: Counter[str] = Counter()
    for start in range(0, len(changed), BATCH):
        readings = [_settle(_read(spec, path, found[path]), guids) for path in changed[start : start + BATCH]]
        counts += _save(store, source_id, readings, catalogue, now, is_same=is_same)
        if progress:
            progress(min(start + BATCH, len(changed)), len(changed))
    with store.write() as db:
        counts += _withdraw(db, source_id, guids, now)
        if not is_same:
            source_store.save_settings(db, source_id, _settings(spec))
        files = source_store.files_of(db, source_id)
    problems = tuple(_problem(spec, file) for _, file in sorted(files.items()) if file.problem and not file.is_gone)
    return Report(source=spec.name, counts=counts, problems=problems)


def _settings(spec: SourceSpec) -> str:
    """A digest of all that shapes an entry besides its source's own bytes."""
    return digest(repr((astuple(replace(spec, path="")), PARSE_VERSION, POLICY_VERSION)).encode())


def _is_changed(known: SeedFile | None, stamp: Stamp, *, has_lost: bool) -> bool:
    """Whether the file is to be read: it differs, or what was wrong with it may be over."""
    if known is None or known.is_gone or (known.size, known.mtime_ns) != (stamp.size, stamp.mtime_ns):
        return True
    # A guid may have become free; a file that could not be read gives no sign when it can.
    return known.problem is not None and (has_lost or known.raw_hash == NOTHING)


def _refuse_emptied(spec: SourceSpec, known: Mapping[str, SeedFile], found: Mapping[str, Stamp]) -> None:
    """A folder that had seeds and has none is a disk that is not mounted, more often than a wish."""
    if not found and not all(file.is_gone for file in known.values()):
        raise SourceError(
            f"{spec.path}: the folder is empty, and nothing is withdrawn; bring the seeds of {spec.name} back"
        )


# --- one file --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One seed file, read."""

    file: SeedFile
    #: None for a draft, and for a file with a problem.
    raw: RawEntry | None


def _read(spec: SourceSpec, path: str, stamp: Stamp) -> Reading:
    data = b""
    raw, problem, line = None, None, None
    try:
        data = SOURCES[spec.kind].read(spec, path, stamp)
        raw = parse(data, name_of(path), spec)
    except EntryError as error:
        problem, line = str(error), error.line
    file = SeedFile(
        path=path, size=stamp.size, mtime_ns=stamp.mtime_ns, raw_hash=digest(data), problem=problem, problem_line=line
    )
    return Reading(file=file, raw=raw)


class Guids:
    """Which guid each file of a source has, for good: the one it had, its former name's, or its own choice."""

    def __init__(self, spec: SourceSpec, known: Mapping[str, SeedFile], found: Mapping[str, Stamp]) -> None:
        self.spec = spec
        self.known = known
        away = {path: file for path, file in known.items() if path not in found}
        #: Files that were there last time, but for those that turned up under another name.
        self.vanished = {path: file for path, file in away.items() if not file.is_gone}
        #: Former path → present one.
        self.renamed: dict[str, str] = {}
        self.owners = {file.guid: path for path, file in known.items() if file.guid and path in found}
        self._by_hash = {file.raw_hash: path for path, file in away.items() if file.guid and not file.problem}
        self._by_guid = {file.guid: path for path, file in away.items() if file.guid}

    def settle(self, path: str, raw_hash: str, own: str) -> str | None:
        """The guid of a file whose own choice is `own`; None when that is another file's."""
        guid = self._known(path) or self._by_content(raw_hash) or self._free(path, raw_hash, own)
        if guid is None:
            return None
        self.owners[guid] = path
        if former := self._by_guid.pop(guid, None):
            self.renamed[former] = path
            self.vanished.pop(former, None)
        return guid

    def _known(self, path: str) -> str | None:
        file = self.known.get(path)
        return file.guid if file else None

    def _by_content(self, raw_hash: str) -> str | None:
        """The guid of a file that is away and had this content, unless it was found by now."""
        former = self._by_hash.get(raw_hash)
        guid = self.known[former].guid if former else None
        return guid if guid in self._by_guid else None

    def _free(self, path: str, raw_hash: str, own: str) -> str | None:
        if self.owners.get(own, path) == path:
            return own
        is_minted = own == mint_guid(self.spec.tag, self.spec.name, name_of(path))
        return distinct_guid(own, raw_hash) if is_minted else None


def _settle(reading: Reading, guids: Guids) -> Reading:
    """The reading under the guid that its file has for good; what was published of a bad file stays its own."""
    if reading.raw is None:
        old = guids.known.get(reading.file.path)
        return replace(reading, file=replace(reading.file, entry_id=old.entry_id if old else None))
    own = reading.raw.guid
    guid = guids.settle(reading.file.path, reading.file.raw_hash, own)
    if guid is None:
        problem = f"the guid {own} is that of {guids.owners[own]}; give one of them another"
        return Reading(file=replace(reading.file, problem=problem), raw=None)
    return replace(reading, raw=replace(reading.raw, guid=guid))


def _problem(spec: SourceSpec, file: SeedFile) -> Problem:
    return Problem(place=str(PurePosixPath(spec.path, file.path)), reason=file.problem or "", line=file.problem_line)


# --- one batch -------------------------------------------------------------------------------------------------------


def _save(
    store: Store, source_id: int, readings: Sequence[Reading], catalogue: Catalogue, now: datetime, *, is_same: bool
) -> Counter[str]:
    """Save a batch, sanitised before the transaction begins: nobody waits for that."""
    guids = [reading.raw.guid for reading in readings if reading.raw]
    with store.read() as db:
        stored = entries.look_up(db, source_id, guids)
    clean = {
        reading.raw.guid: sanitize(reading.raw)
        for reading in readings
        if reading.raw and not (is_same and _is_unchanged(stored.get(reading.raw.guid), reading))
    }
    saved: list[Saved] = []
    with store.write() as db:
        source_store.hold_source(db, source_id)
        stored = entries.look_up(db, source_id, guids)
        for reading in readings:
            if reading.raw is None:
                saved.append(_save_nothing(db, reading, now))
            else:
                saved.append(_save_entry(db, source_id, reading, reading.raw, stored, clean, now))
        source_store.save_files(db, source_id, (one.file for one in saved))
        _define(db, catalogue, now)
        memberships.assign(db, [one.story_id for one in saved if one.story_id and one.outcome == "edited"], now=now)
        memberships.assign(
            db, [one.story_id for one in saved if one.story_id and one.outcome in {"returned", "policy"}]
        )
    return Counter(one.outcome for one in saved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of one file."""

    file: SeedFile
    #: Counted in the report.
    outcome: str
    story_id: int | None = None


def _is_unchanged(stored: Stored | None, reading: Reading) -> bool:
    return stored is not None and not stored.is_withdrawn and stored.raw_hash == reading.file.raw_hash


def _save_nothing(db: Connection, reading: Reading, now: datetime) -> Saved:
    """A file with a problem keeps what was published of it; a draft takes it back."""
    if reading.file.problem:
        return Saved(file=reading.file, outcome="problem")
    if reading.file.entry_id is not None:
        memberships.touch(db, entries.withdraw(db, [reading.file.entry_id], now))
    return Saved(file=reading.file, outcome="draft")


def _save_entry(
    db: Connection,
    source_id: int,
    reading: Reading,
    raw: RawEntry,
    stored: Mapping[str, Stored],
    clean: Mapping[str, Entry],
    now: datetime,
) -> Saved:
    old = stored.get(raw.guid)
    if raw.guid not in clean and old:
        return Saved(file=replace(reading.file, entry_id=old.id), outcome="unchanged", story_id=old.story_id)
    kept = entries.Raw(entry=raw, hash=reading.file.raw_hash, policy_version=POLICY_VERSION)
    decision = decide(old, clean[raw.guid], kept.hash, now)
    if isinstance(decision, Insert):
        entry_id, story_id = entries.insert(db, source_id, decision, kept, now)
        return Saved(file=replace(reading.file, entry_id=entry_id), outcome="new", story_id=story_id)
    if isinstance(decision, Update):
        entries.update(db, decision, kept, now)
    file = replace(reading.file, entry_id=old.id if old else None)
    return Saved(file=file, outcome=decision.reason, story_id=old.story_id if old else None)


# --- the end ---------------------------------------------------------------------------------------------------------


def _withdraw(db: Connection, source_id: int, guids: Guids, now: datetime) -> Counter[str]:
    """What vanished files gave is withdrawn, and both are remembered; renamed ones go on under their new name."""
    source_store.forget_files(db, source_id, list(guids.renamed))
    source_store.save_files(db, source_id, (replace(file, is_gone=True) for file in guids.vanished.values()))
    gone = [file.entry_id for file in guids.vanished.values() if file.entry_id is not None]
    memberships.touch(db, entries.withdraw(db, gone, now))
    return Counter(renamed=len(guids.renamed), withdrawn=len(gone))


def _define(db: Connection, catalogue: Catalogue, now: datetime) -> None:
    feeds.define(db, catalogue.specs, catalogue.categories, now)
