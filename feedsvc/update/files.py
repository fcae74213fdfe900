"""The files of a seed source: which changed, what each holds, and which guid each has for good. Writes nothing."""

import logging
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from feedsvc.errors import EntryError, Problem
from feedsvc.identity import bounded, digest, distinct_guid, mint_guid
from feedsvc.model import Entry, RawEntry, SourceSpec
from feedsvc.sandbox import Failure, Sandbox
from feedsvc.sandbox.jobs import Prepared, Seed, prepare, prepare_text
from feedsvc.sources import SOURCES
from feedsvc.sources.seeds import Listing, Stamp
from feedsvc.store.seed_files import OUTDATED, SeedFile

log = logging.getLogger(__name__)

#: Goes up when the same file gives another raw entry, so that files already stored are read again.
PARSE_VERSION = 4

#: The raw hash of a file that could not be read.
NOTHING = digest(b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One seed file, read."""

    file: SeedFile
    #: None for a draft, for a file with a problem, and for one that is as known.
    raw: RawEntry | None = None
    #: None with it.
    entry: Entry | None = None
    #: The guid of an entry that its author keeps from the public.
    guid: str | None = None
    #: Whether the file holds what it held, whatever its stamp says.
    is_as_known: bool = False
    #: Whether its author keeps it from the public, or may do so; whether it is only not ready.
    is_private: bool = False
    is_draft: bool = False
    #: What its author may not expect, each with its line.
    notices: tuple[tuple[int, str], ...] = ()


def settings_of(spec: SourceSpec) -> str:
    """A digest of all that shapes an entry besides its source's own bytes."""
    return digest(repr((astuple(replace(spec, path="")), PARSE_VERSION)).encode())


def found_or_hidden(known: Mapping[str, SeedFile], listing: Listing) -> dict[str, Stamp]:
    """What was found, and what could not be looked into: unless it was missing before, nobody knows of a change."""
    there = (file for file in known.values() if not (file.is_gone or file.hold))
    hidden = {
        file.path: Stamp(size=file.size, mtime_ns=file.mtime_ns)
        for file in there
        if any(file.path == one or file.path.startswith(f"{one}/") for one in listing.unlisted)
    }
    return hidden | listing.found


def unlisted_problems(spec: SourceSpec, listing: Listing) -> list[Problem]:
    """What could not be looked into, for a person."""
    return [Problem(place=f"{spec.path}/{path}", reason=reason) for path, reason in sorted(listing.unlisted.items())]


def is_changed(known: SeedFile | None, stamp: Stamp, *, has_lost: bool) -> bool:
    """Whether the file is to be read: it differs, or what was wrong with it may be over."""
    if known is None or known.is_gone or (known.size, known.mtime_ns) != (stamp.size, stamp.mtime_ns):
        return True
    # A guid may have become free; a file that could not be read gives no sign when it can.
    return known.problem is not None and (has_lost or known.raw_hash == NOTHING)


def load(spec: SourceSpec, path: str, stamp: Stamp) -> tuple[SeedFile, bytes]:
    """A file and its bytes; what keeps it from being read is a problem of its own."""
    data, problem, line = b"", None, None
    try:
        data = SOURCES[spec.kind].read(spec, path, stamp)
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
    spec: SourceSpec, paths: Iterable[str], found: Mapping[str, Stamp], guids: "Guids", sandbox: Sandbox
) -> Iterator[Reading]:
    """What the files hold, in order, each under the guid that it has for good; what is as known is not parsed."""
    loaded = (_job(spec, *load(spec, path, found[path]), guids) for path in paths)
    jobs = (((file, seed), seed) for file, seed in loaded)
    for (file, seed), result in sandbox.map(prepare, jobs, lambda seed: len(seed.data)):
        # Whatever its HTML did to a parser, its words can be shown.
        text = _text_of(seed, _logged(file, result), sandbox) if seed and isinstance(result, Failure) else result
        yield settle(_reading(file, text), guids)


def _text_of(seed: Seed, reason: str, sandbox: Sandbox) -> Prepared | Failure | None:
    ((_, result),) = sandbox.map(prepare_text, [(None, (seed, reason))])
    return result


def _logged(file: SeedFile, failure: Failure) -> str:
    if failure.detail:
        log.error("%s: unexpected\n%s", file.path, failure.detail)
    return failure.reason


def _job(spec: SourceSpec, file: SeedFile, data: bytes, guids: "Guids") -> tuple[SeedFile, Seed | None]:
    if file.problem or guids.is_as_known(file):
        return file, None
    link = guids.adopted_link(file)
    return file, Seed(path=file.path, data=data, spec=spec, adopted_link=link)


def _reading(file: SeedFile, result: Prepared | Failure | None) -> Reading:
    match result:
        case None:
            return Reading(file=file)
        case Failure():
            return Reading(file=replace(file, problem=_logged(file, result)))
        case Prepared(raw=raw, entry=entry, problem=problem, line=line):
            file = replace(file, problem=problem, problem_line=line, fallback=entry.fallback if entry else None)
            return Reading(
                file=file, raw=raw, entry=entry, guid=result.guid, is_private=result.is_private,
                is_draft=result.is_draft, notices=result.notices,
            )  # fmt: skip


def problem_of(spec: SourceSpec, file: SeedFile) -> Problem | None:
    """What is wrong with a file, for a person; None when nothing is."""
    place = str(PurePosixPath(spec.path, file.path))
    if file.problem:
        return Problem(place=place, reason=file.problem, line=file.problem_line or 1)
    if file.fallback:
        return Problem(place=place, reason=f"shown as plain text: {file.fallback}; simplify its HTML", line=1)
    return None


def notices_of(spec: SourceSpec, reading: Reading, now: datetime) -> tuple[Problem, ...]:
    """What the author of a file may not expect: nothing that has to be mended."""
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
    New path → a path whose content it has, and that has another content now: `mv latest.txt 2022.txt` and a new latest.

    Only files of a size in question are read for it.
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
            moved[path] = former[content].popleft()  # what two files copy, one of them is
    return moved


class Guids:
    """Which guid each file of a source has, for good: the one it had, its former name's, or its own choice."""

    def __init__(
        self,
        spec: SourceSpec,
        known: Mapping[str, SeedFile],
        found: Mapping[str, Stamp],
        moved: Mapping[str, str] | None = None,
        *,
        is_same: bool = False,
    ) -> None:
        self.spec = spec
        #: Whether what is stored was made under the settings of now.
        self.is_same = is_same
        self.known = known
        #: New path → the path that had its content, and has another now.
        self.moved = moved or {}
        away = {path: file for path, file in known.items() if path not in found}
        # A run that was cut off between a rename's two halves left both names with the same entry.
        carried_on = {file.entry_id for path, file in known.items() if path in found and file.entry_id is not None}
        #: Former names of files that turned up under another.
        self.renamed = {path for path, file in away.items() if file.entry_id in carried_on}
        away = {path: file for path, file in away.items() if path not in self.renamed}
        #: Files that were there last time, and are nowhere now.
        self.vanished = {path: file for path, file in away.items() if not file.is_gone}
        self.owners = {file.guid: path for path, file in known.items() if file.guid and path in found}
        self.owners |= {guid: new for new, old in self.moved.items() if (guid := known[old].guid)}
        #: Raw hash → the files that are away and had it: those that went since the last look first, then by path.
        self._by_hash = defaultdict[str, list[str]](list)
        for path, file in sorted(away.items(), key=lambda one: (one[1].is_gone, one[0])):
            if file.guid and not file.problem:
                self._by_hash[file.raw_hash].append(path)
        #: New path → the path of that list that it is: equal files are each another one.
        self._former: dict[str, str] = {}
        #: The guid that each file that was read would choose.
        self.chosen: dict[str, str] = {}
        self._by_guid = {file.guid: path for path, file in away.items() if file.guid}

    def is_as_known(self, file: SeedFile) -> bool:
        """Whether a file holds what it held when it was last read, under the same settings, and is where it was."""
        old = self.known.get(file.path)
        if old is None or not self.is_same or old.is_gone or old.problem or file.problem or old.fallback:
            return False
        if old.mtime_ns == OUTDATED:
            return False
        return old.raw_hash == file.raw_hash and file.path not in self.moved.values()

    def adopted_link(self, file: SeedFile) -> str | None:
        """The link that a file's entry has in a feed that was taken over; it goes along with a new name."""
        if file.path in self.moved.values():
            return None
        former = self.known.get(self.moved.get(file.path, file.path)) or self._by_content(file.path, file.raw_hash)
        return former.adopted_link if former else None

    def settle(self, path: str, raw_hash: str, raw: RawEntry) -> str | None:
        """The guid of a file for good; None when the one that it states is another file's."""
        guid = self._known(path) or self._former_guid(path, raw_hash) or self._free(path, raw_hash, raw)
        if guid is None:
            return None
        self.chosen[path] = raw.guid
        self.owners[guid] = path
        if former := self._by_guid.pop(guid, None):
            self.renamed.add(former)
            self.vanished.pop(former, None)
        return guid

    def former(self, guid: str | None) -> SeedFile | None:
        """The file that is away and had the guid of a private one: it is the same file, under another name."""
        path = self._by_guid.pop(guid, None) if guid else None
        if path is None:
            return None
        self.renamed.add(path)
        self.vanished.pop(path, None)
        return self.known[path]

    def shared(self) -> list[Problem]:
        """The files that were read and would choose a guid that another file has: each has a guid of its own."""
        return [
            Problem(place=str(PurePosixPath(self.spec.path, path)), reason=taken(guid, self.owners[guid]), line=1)
            for path, guid in sorted(self.chosen.items())
            if self.owners.get(guid, path) != path and not self._is_former_name(path, guid)
        ]

    def _is_former_name(self, path: str, guid: str) -> bool:
        """Whether `guid` is made of a path that its file had once: another file has that path now."""
        is_minted = guid == bounded(mint_guid(self.spec.tag, self.spec.name, path))
        return is_minted and self.chosen.get(self.owners[guid]) != guid

    def _known(self, path: str) -> str | None:
        if path in self.moved.values():
            return None
        file = self.known.get(self.moved.get(path, path))
        return file.guid if file else None

    def _former_guid(self, path: str, raw_hash: str) -> str | None:
        former = self._by_content(path, raw_hash)
        return former.guid if former else None

    def _by_content(self, path: str, raw_hash: str) -> SeedFile | None:
        """A file that is away and had this content, unless it was found by now."""
        while path not in self._former or self.known[self._former[path]].guid not in self._by_guid:
            if not self._by_hash[raw_hash]:
                return None
            self._former[path] = self._by_hash[raw_hash].pop(0)
        return self.known[self._former[path]]

    def _free(self, path: str, raw_hash: str, raw: RawEntry) -> str | None:
        if self.owners.get(raw.guid, path) == path:
            return raw.guid
        return None if raw.is_guid_stated else distinct_guid(raw.guid, raw_hash)


def taken(guid: str, owner: str) -> str:
    """What is wrong with a file that would have the guid of another."""
    return f"the guid {guid} is that of {owner}; give one of them another"


def settle(reading: Reading, guids: Guids) -> Reading:
    """The reading under the guid that its file has for good; what was published of a bad file stays its own."""
    file, raw, entry = reading.file, reading.raw, reading.entry
    if raw is None or entry is None:
        old = guids.known.get(file.path) or guids.former(reading.guid)
        is_as_known = guids.is_as_known(file)
        return replace(reading, file=replace(file, entry_id=old.entry_id if old else None), is_as_known=is_as_known)
    guid = guids.settle(file.path, file.raw_hash, raw)
    if guid is None:
        return Reading(file=replace(file, problem=taken(raw.guid, guids.owners[raw.guid])))
    return replace(reading, raw=replace(raw, guid=guid), entry=replace(entry, guid=guid))
