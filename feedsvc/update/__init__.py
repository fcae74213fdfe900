"""
The write half: what the sources have, into the store.

    scan → changed files → read → changed? → parse → sanitize → look up → merge → save      in batches
         → withdraw what vanished → place what is due                                       at the end

Parsing and sanitising happen in the sandbox, on all cores, while the batch before is saved. A batch is one transaction.
What it saves of new entries becomes visible only when they are placed, at the end and all at once; a run that was cut
off is completed by the next one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.errors import Problem, SourceError
from feedsvc.merge import Decision, Insert, Skip, Stored, Update, decide
from feedsvc.model import SourceSpec
from feedsvc.sandbox import Sandbox
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.sources import SOURCES
from feedsvc.sources.seeds import Listing, Stamp
from feedsvc.store import Connection, Store, entries, feeds, lookups, memberships, seed_files
from feedsvc.store.rows import Raw
from feedsvc.store.seed_files import SeedFile
from feedsvc.update import brake
from feedsvc.update.collisions import Claimed, collisions
from feedsvc.update.files import (
    Guids,
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

#: Files of one transaction: enough to make its fsync cheap, few enough to keep memory flat and other writers waiting
#: for less than a second.
BATCH = 100

#: Called with how many files are done since the last call, and how many there are to do.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an update did with one source."""

    source: str
    #: How many by what became of them: `new`, `draft`, `private`, `renamed`, `withdrawn`, and the reasons of `merge`.
    counts: Counter[str]
    #: Everything that is wrong with the source now, in order of path.
    problems: tuple[Problem, ...]
    #: What the authors of files that were read may not expect: private articles, missing parts of addresses.
    notices: tuple[Problem, ...] = ()
    #: How many came into feeds.
    placed: int = 0
    #: Whether the source as a whole could not be read.
    is_failed: bool = False


def update(
    store: Store,
    sandbox: Sandbox,
    specs: Sequence[SourceSpec],
    catalogue: Catalogue,
    now: datetime,
    progress: Progress | None = None,
) -> list[Report]:
    """
    Bring the store up to what the sources hold at this moment. One update of a store runs at a time.

    One bad file is one problem, and changes nothing that was published of it before; a source that cannot be read is
    one problem, and the others go on. Raises StoreError when the database cannot be used.
    """
    with store.alone():
        reports = [_take_in(store, sandbox, spec, catalogue, now, progress) for spec in specs]
        with store.write() as db:
            _define(db, catalogue, now)
            ids = [source_store.find_or_add(db, spec.name) for spec in specs]
            has_future = {source_id for source_id, spec in zip(ids, specs, strict=True) if spec.has_future}
            placed = memberships.place(db, ids, now, has_future=has_future)
            # A source under a new name takes over: an article that becomes private is private under both names.
            memberships.touch(db, entries.withdraw(db, seed_files.succeed(db, ids), now))
            shared = _shared(db, specs)
        return [
            replace(report, placed=placed[source_id], problems=(*shared[report.source], *report.problems))
            for source_id, report in zip(ids, reports, strict=True)
        ]


def _shared(db: Connection, specs: Sequence[SourceSpec]) -> defaultdict[str, list[Problem]]:
    """Of each source, what is wrong with files whose guid a file of another source has."""
    by_name = {spec.name: spec for spec in specs}
    claims = seed_files.claims(db, by_name)
    found = defaultdict[str, list[Problem]](list)
    for name, problem in collisions(Claimed(spec=by_name[one.source], claim=one) for one in claims):
        found[name].append(problem)
    return found


def _take_in(
    store: Store,
    sandbox: Sandbox,
    spec: SourceSpec,
    catalogue: Catalogue,
    now: datetime,
    progress: Progress | None,
) -> Report:
    with store.write() as db:
        source_id = source_store.find_or_add(db, spec.name)
        if not seed_files.has_files(db, source_id):
            # Whatever will be there is made under these: cut off, the first import goes on where it was.
            source_store.save_settings(db, source_id, settings_of(spec))
    try:
        listing = SOURCES[spec.kind].scan(spec)
    except SourceError as error:
        problem = Problem(place=f"source {spec.name}", reason=str(error))
        return Report(source=spec.name, counts=Counter(), problems=(problem,), is_failed=True)
    with store.read() as db:
        is_same = source_store.settings_of(db, source_id) == settings_of(spec)
        if is_same and not listing.unlisted and seed_files.stamps_of(db, source_id) == listing.found:
            return Report(source=spec.name, counts=Counter(), problems=())
        known = seed_files.files_of(db, source_id)
    found = found_or_hidden(known, listing)
    has_lost = any(path not in found for path, file in known.items() if not (file.is_gone or file.hold))
    changed = sorted(
        path
        for path, stamp in listing.found.items()
        if not is_same or is_changed(known.get(path), stamp, has_lost=has_lost)
    )
    guids = Guids(spec, known, found, moves(spec, known, found, changed), is_same=is_same)
    # Whether a file has another name is known when all are read. Until then, all that may be lost is held back.
    doubtful = brake.held_back(known, found, guids.renamed, now)
    if doubtful and changed:
        with store.write() as db:
            seed_files.hold(db, source_id, doubtful, ())
    counts: Counter[str] = Counter()
    notices: list[Problem] = []
    read = readings(spec, changed, found, guids, sandbox)
    while batch := list(islice(read, BATCH)):
        counts += _save(store, source_id, batch, catalogue, now)
        notices += [notice for reading in batch for notice in notices_of(spec, reading, now)]
        if progress:
            progress(len(batch), len(changed))
    lost = _lost(known, found, guids, doubtful, now)
    if not is_same or changed or guids.renamed or any(lost):
        with store.write() as db:
            counts += _withdraw(db, source_id, guids, lost, now)
            if not is_same:
                seed_files.outdate_files(db, source_id, found.keys() - listing.found.keys())
            source_store.save_settings(db, source_id, settings_of(spec))
            known = seed_files.files_of(db, source_id)
    problems = (*guids.shared(), *_problems(spec, known, listing))
    is_failed = bool(problems and not found)
    return Report(source=spec.name, counts=counts, problems=problems, notices=tuple(notices), is_failed=is_failed)


def _problems(spec: SourceSpec, known: Mapping[str, SeedFile], listing: Listing) -> tuple[Problem, ...]:
    """Everything that is wrong with a source now: its files in order of path, then the source itself."""
    there = (file for _, file in sorted(known.items()) if not file.is_gone)
    wrong = [problem for file in there if (problem := problem_of(spec, file))]
    held = brake.problem(spec, known.values())
    return (*wrong, *unlisted_problems(spec, listing), *([held] if held else ()))


# --- one batch -------------------------------------------------------------------------------------------------------


def _save(store: Store, source_id: int, batch: Sequence[Reading], catalogue: Catalogue, now: datetime) -> Counter[str]:
    """Save a batch in one transaction."""
    with store.write() as db:
        stored = lookups.look_up(db, source_id, [reading.raw.guid for reading in batch if reading.raw])
        decided = [(reading, _decide(reading, stored, now)) for reading in batch]
        new = [(one, _kept(reading)) for reading, one in decided if isinstance(one, Insert)]
        inserted = entries.insert(db, source_id, new, now)
        ids = iter(inserted)
        saved = [
            _inserted(reading, next(ids)) if isinstance(one, Insert) else _save_one(db, reading, one, stored, now)
            for reading, one in decided
        ]
        seed_files.save_files(db, source_id, (one.file for one in saved))
        changed = [(one.story_id, one.outcome == "edited") for one in saved if one.story_id and one.is_changed]
        if changed:
            # New categories need their feeds now. What waits gets them when it is placed, all at once.
            _define(db, catalogue, now)
        memberships.assign(db, [story_id for story_id, is_edited in changed if is_edited], now=now)
        memberships.assign(db, [story_id for story_id, is_edited in changed if not is_edited])
    return Counter(one.outcome for one in saved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of one file."""

    file: SeedFile
    #: Counted in the report.
    outcome: str
    story_id: int | None = None
    #: Whether anything that is published of it may have changed.
    is_changed: bool = False


def _decide(reading: Reading, stored: Mapping[str, Stored], now: datetime) -> Decision | None:
    """What to do with the entry that a file gave; None where it gave none."""
    if reading.raw is None or reading.entry is None:
        return None
    return decide(stored.get(reading.raw.guid), reading.entry, reading.file.raw_hash, now)


def _kept(reading: Reading) -> Raw:
    assert reading.raw is not None  # noqa: S101 - for the type checker: there was something to decide on
    return Raw(entry=reading.raw, hash=reading.file.raw_hash, policy_version=POLICY_VERSION)


def _inserted(reading: Reading, one: entries.Inserted) -> Saved:
    return Saved(file=replace(reading.file, entry_id=one.entry_id), outcome="new", story_id=one.story_id)


def _save_one(
    db: Connection, reading: Reading, decision: Decision | None, stored: Mapping[str, Stored], now: datetime
) -> Saved:
    """A file that gave nothing, nothing new, or another form of an entry that is stored."""
    if reading.is_as_known:
        return Saved(file=reading.file, outcome="unchanged")
    if decision is None or reading.raw is None:
        return _save_nothing(db, reading, now)
    if isinstance(decision, Update):
        entries.update(db, decision, _kept(reading), now)
    old = stored[reading.raw.guid]
    reason = decision.reason if isinstance(decision, Update | Skip) else ""
    return Saved(
        file=replace(reading.file, entry_id=old.id), outcome=reason, story_id=old.story_id,
        is_changed=isinstance(decision, Update) and (not decision.is_same or reason == "returned"),
    )  # fmt: skip


def _save_nothing(db: Connection, reading: Reading, now: datetime) -> Saved:
    """A file with a problem keeps what was published of it, unless it may be private; a private one takes it back."""
    if reading.file.problem and not reading.is_private:
        return Saved(file=reading.file, outcome="problem")
    if reading.file.entry_id is not None:
        memberships.touch(db, entries.withdraw(db, [reading.file.entry_id], now))
    outcome = "problem" if reading.file.problem else "draft" if reading.is_draft else "private"
    return Saved(file=reading.file, outcome=outcome)


# --- the end ---------------------------------------------------------------------------------------------------------


class Lost(NamedTuple):
    """What the brake says: which missing files it holds back, which files it releases, and which are withdrawn."""

    #: Paths.
    held: Collection[str]
    released: Collection[str]
    withdrawn: Collection[SeedFile]


def _lost(
    known: Mapping[str, SeedFile], found: Mapping[str, Stamp], guids: Guids, doubtful: Collection[str], now: datetime
) -> Lost:
    """What becomes of the files that are missing, now that all are read; `doubtful` were held back until now."""
    held = brake.held_back(known, found, guids.renamed, now)
    released = {path for path in found if path in known and known[path].hold} | (set(doubtful) - held)
    return Lost(held=held, released=released, withdrawn=brake.let_go(guids.vanished, held))


def _withdraw(db: Connection, source_id: int, guids: Guids, lost: Lost, now: datetime) -> Counter[str]:
    """What vanished files gave is withdrawn, and both are remembered; renamed ones go on under their new name."""
    seed_files.forget_files(db, source_id, guids.renamed)
    seed_files.save_files(db, source_id, (replace(file, is_gone=True) for file in lost.withdrawn))
    seed_files.hold(db, source_id, lost.held, lost.released)
    gone = [file.entry_id for file in lost.withdrawn if file.entry_id is not None]
    story_ids = entries.withdraw(db, gone, now)
    memberships.touch(db, story_ids)
    return Counter(renamed=len(guids.renamed), withdrawn=len(story_ids))


def _define(db: Connection, catalogue: Catalogue, now: datetime) -> None:
    feeds.define(db, catalogue, now)
