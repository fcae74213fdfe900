"""Reads the files of a seed source that changed. Writes nothing."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from pathlib import PurePosixPath

from feedsvc.errors import EntryError, Problem
from feedsvc.identity import digest
from feedsvc.model import Entry, RawEntry, SourceSpec
from feedsvc.sandbox import Failure, Sandbox, calls
from feedsvc.sandbox.shapes import Item, Prepared, Seed
from feedsvc.sources.seeds import Listing, Stamp, read
from feedsvc.store.seed_files import SeedFile
from feedsvc.update.plain import or_text
from feedsvc.update.seeds.guids import Guids, taken

#: Goes up when the same file gives another raw entry, so that files already stored are read again.
PARSE_VERSION = 5

#: The raw hash of a file that could not be read.
UNREADABLE = digest(b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A seed file that was read, with its item."""

    file: SeedFile
    #: The item; None for a draft, a private entry, a file with a problem, and a file that is as known.
    item: Item | None = None
    #: The guid of an entry that its author keeps from the public.
    guid: str | None = None
    #: Whether the file has the content that it had, although its stamp differs.
    is_as_known: bool = False
    #: Whether the author keeps the entry from the public, or may do so.
    is_private: bool = False
    #: Whether the author says that the entry is not ready.
    is_draft: bool = False
    #: Effects that the author may not expect, each with its line.
    notices: tuple[tuple[int, str], ...] = ()

    @property
    def raw(self) -> RawEntry | None:
        """The item before sanitising."""
        return self.item.raw if self.item else None

    @property
    def entry(self) -> Entry | None:
        """The item as readers see it."""
        return self.item.entry if self.item else None


def settings_of(spec: SourceSpec) -> str:
    """A digest of all settings that shape an entry: the whole spec but the place of the folder, and the terms."""
    values = zip(fields(spec), astuple(replace(spec, path="")), strict=True)
    shaping = tuple(value for one, value in values if one.name != "terms")
    return digest(repr((shaping, PARSE_VERSION)).encode())


def found_or_hidden(known: Mapping[str, SeedFile], listing: Listing) -> dict[str, Stamp]:
    """
    The files that were found, and known files in folders that could not be listed.

    The latter count as unchanged, unless they were missing before.
    """
    there = (file for file in known.values() if not (file.is_gone or file.hold))
    hidden = {
        file.path: Stamp(size=file.size, mtime_ns=file.mtime_ns)
        for file in there
        if any(file.path == one or file.path.startswith(f"{one}/") for one in listing.unlisted)
    }
    return hidden | listing.found


def unlisted_problems(spec: SourceSpec, listing: Listing) -> list[Problem]:
    """A problem for each folder or file that could not be looked at."""
    return [Problem(place=f"{spec.path}/{path}", reason=reason) for path, reason in sorted(listing.unlisted.items())]


def is_changed(known: SeedFile | None, stamp: Stamp, *, has_lost: bool) -> bool:
    """Whether the file is to be read: its stamp differs, or its problem may be over."""
    if known is None or known.is_gone or (known.size, known.mtime_ns) != (stamp.size, stamp.mtime_ns):
        return True
    # A lost file may have freed the guid that this file wants. A file that becomes readable keeps its stamp.
    return known.problem is not None and (has_lost or known.raw_hash == UNREADABLE)


def load(spec: SourceSpec, path: str, stamp: Stamp) -> tuple[SeedFile, bytes]:
    """A file and its bytes. If it cannot be read, it has a problem, and no bytes."""
    data, problem, line = b"", None, None
    try:
        data = read(spec, path, stamp)
    except EntryError as error:
        problem, line = str(error), error.line
    file = SeedFile(
        path=path,
        size=stamp.size,
        mtime_ns=stamp.mtime_ns,
        raw_hash=digest(data),
        problem=problem,
        problem_line=line,
    )
    return file, data


def readings(
    spec: SourceSpec, paths: Iterable[str], found: Mapping[str, Stamp], guids: Guids, sandbox: Sandbox
) -> Iterator[Reading]:
    """Read the files, in order. Each item has its final guid. A known file is not parsed again."""
    loaded = (_job(spec, *load(spec, path, found[path]), guids) for path in paths)
    jobs = (((file, seed), seed) for file, seed in loaded)
    for (file, seed), result in sandbox.map(calls.prepare, jobs, lambda seed: len(seed.data)):
        prepared = or_text(sandbox, file.path, result, calls.prepare_text, seed) if seed else None
        yield settle(_reading(file, prepared), guids)


def _job(spec: SourceSpec, file: SeedFile, data: bytes, guids: Guids) -> tuple[SeedFile, Seed | None]:
    if file.problem or guids.is_as_known(file):
        return file, None
    link = guids.adopted_link(file)
    return file, Seed(path=file.path, data=data, hash=file.raw_hash, spec=spec, adopted_link=link)


def _reading(file: SeedFile, result: Prepared | Failure | None) -> Reading:
    match result:
        case None:
            return Reading(file=file)
        case Failure():
            return Reading(file=replace(file, problem=result.reason))
        case Prepared(item=item, problem=problem, line=line):
            fallback = item.entry.fallback if item and item.entry else None
            return Reading(
                file=replace(file, problem=problem, problem_line=line, fallback=fallback), item=item,
                guid=result.guid, is_private=result.is_private, is_draft=result.is_draft, notices=result.notices,
            )  # fmt: skip


def problem_of(spec: SourceSpec, file: SeedFile) -> Problem | None:
    """The problem of a file, if it has one."""
    place = str(PurePosixPath(spec.path, file.path))
    if file.problem:
        return Problem(place=place, reason=file.problem, line=file.problem_line or 1)
    if file.fallback:
        return Problem(place=place, reason=f"shown as plain text: {file.fallback}; simplify its HTML", line=1)
    return None


def notices_of(spec: SourceSpec, reading: Reading, now: datetime) -> tuple[Problem, ...]:
    """Effects that the author of a file may not expect. None of them is an error."""
    place = str(PurePosixPath(spec.path, reading.file.path))
    noticed = tuple(Problem(place=place, reason=reason, line=line) for line, reason in reading.notices)
    date = reading.raw.published if reading.raw else None
    if date is None or date <= now or spec.has_future:
        return noticed
    shown = date.astimezone(spec.timezone).strftime("%Y-%m-%d %H:%M:%S %z")
    reason = f"its date is in the future: unless it is published by now, it is published on {shown}"
    return (*noticed, Problem(place=place, reason=reason))


def moves(
    spec: SourceSpec, known: Mapping[str, SeedFile], found: Mapping[str, Stamp], changed: Collection[str]
) -> dict[str, str]:
    """
    Each new path → the path that had its content, where that path has other content now.

    So it is after `mv latest.txt 2022.txt` and a new `latest.txt`. Only files of the same size are read for this.
    """
    before = defaultdict[tuple[int, str], list[str]](list)
    for path in changed:
        if (file := known.get(path)) and file.guid and not file.is_gone and not file.problem:
            before[file.size, file.raw_hash].append(path)
    sizes = {size for size, _ in before}
    former: dict[tuple[int, str], deque[str]] = {}
    moved = {}
    for path in changed:
        if path in known or found[path].size not in sizes:
            continue
        content = (found[path].size, load(spec, path, found[path])[0].raw_hash)
        if content not in former:
            here = before.get(content, [])
            former[content] = deque(
                one for one in here if load(spec, one, found[one])[0].raw_hash != known[one].raw_hash
            )
        if former[content]:
            moved[path] = former[content].popleft()  # of two copies, one is the moved file
    return moved


def settle(reading: Reading, guids: Guids) -> Reading:
    """The reading under the guid that its file has for good. A file without an item keeps the entry that it had."""
    file, item = reading.file, reading.item
    if item is None or item.entry is None:
        old = guids.known.get(file.path) or guids.former(reading.guid)
        is_as_known = guids.is_as_known(file)
        entry_id, is_blocked = (old.entry_id, old.is_blocked and is_as_known) if old else (None, False)
        return replace(
            reading, file=replace(file, entry_id=entry_id, is_blocked=is_blocked), is_as_known=is_as_known
        )  # fmt: skip
    guid = guids.settle(file.path, file.raw_hash, item.raw)
    if guid is None:
        return Reading(file=replace(file, problem=taken(item.raw.guid, guids.owners[item.raw.guid])))
    settled = replace(item, raw=replace(item.raw, guid=guid), entry=replace(item.entry, guid=guid))
    return replace(reading, item=settled)
