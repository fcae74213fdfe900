"""Names the problems of the sources as they are now, whether or not an update looked at them. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedsvc.errors import Problem, SourceError
from feedsvc.merge.blocks import Blocks
from feedsvc.model import SourceSpec
from feedsvc.sandbox import Sandbox
from feedsvc.sources.seeds import scan
from feedsvc.store import Connection, entries, feeds, seed_files, takedowns
from feedsvc.store import sources as source_store
from feedsvc.store.seed_files import FileClaim, SeedFile
from feedsvc.update.blocking import named
from feedsvc.update.seeds import brake
from feedsvc.update.seeds.collisions import Claimed, collisions
from feedsvc.update.seeds.files import found_or_hidden, moves, notices_of, problem_of, readings, unlisted_problems
from feedsvc.update.seeds.guids import Guids


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The state after the last update; empty if there is no database yet."""

    #: Source → path → file.
    files: Mapping[str, Mapping[str, SeedFile]]
    #: Files under a guid that a file of another source has.
    claims: Sequence[FileClaim] = ()
    #: Categories of stored entries.
    categories: frozenset[str] = frozenset()
    #: Slug keys of all feeds, retired ones included.
    slugs: frozenset[str] = frozenset()
    #: All that was taken down.
    blocks: Blocks = field(default_factory=Blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A source, how many seeds it has, and everything that is wrong with it."""

    source: str
    files: int
    problems: tuple[Problem, ...]
    #: Effects that the authors of its seeds may not expect.
    notices: tuple[Problem, ...] = ()
    #: Categories of its seeds.
    categories: frozenset[str] = frozenset()
    #: Whether its folder could not be read: then that is its only problem.
    is_missing: bool = False
    #: How many seeds were taken down.
    blocked: int = 0


def before_of(db: Connection, specs: Sequence[SourceSpec]) -> Before:
    """Read the state after the last update from the store."""
    names = [spec.name for spec in specs]
    ids = {name: source_store.ids_of(db, [name]) for name in names}
    files = {name: seed_files.files_of(db, *found) for name, found in ids.items() if found}
    used = frozenset(entries.used_categories(db))
    return Before(
        files=files,
        claims=seed_files.claims(db, names),
        categories=used,
        slugs=frozenset(feeds.slugs(db)),
        blocks=takedowns.blocks(db),
    )


def check(sandbox: Sandbox, specs: Sequence[SourceSpec], before: Before, now: datetime) -> list[Checked]:
    """Each source in order. A file has the guid that it is stored under, else the one that an update would give it."""
    claims: list[Claimed] = []
    checked = [_checked(sandbox, spec, before, claims, now) for spec in specs]
    shared = list(collisions(claims))
    return [
        replace(one, problems=(*(problem for name, problem in shared if name == one.source), *one.problems))
        for one in checked
    ]


def _checked(sandbox: Sandbox, spec: SourceSpec, before: Before, claims: list[Claimed], now: datetime) -> Checked:
    try:
        listing = scan(spec)
    except SourceError as error:
        missing = Problem(place=f"source {spec.name}", reason=str(error))
        return Checked(source=spec.name, files=0, problems=(missing,), is_missing=True)
    known = before.files.get(spec.name, {})
    found, paths = found_or_hidden(known, listing), sorted(listing.found)
    guids = Guids(spec, known, found, moves(spec, known, found, paths))
    ranked = {one.path: one for one in before.claims if one.source == spec.name}
    wrong, notices, categories, blocked = list[Problem](), list[Problem](), set[str](), 0
    for reading in readings(spec, paths, found, guids, sandbox):
        notices += notices_of(spec, reading, now)
        if problem := problem_of(spec, reading.file):
            wrong.append(problem)
        if reading.item and before.blocks.has(named(reading.item, spec.name)):
            blocked += 1
            continue
        if reading.entry:
            categories.update(reading.entry.categories)
        if reading.raw:
            path, guid = reading.file.path, reading.raw.guid
            has_it = path in known and known[path].guid == guid
            new = FileClaim(source=spec.name, path=path, guid=guid, published=reading.raw.published, has_it=has_it)
            claims.append(Claimed(spec=spec, claim=ranked.get(path, new)))
    lost = brake.held_back(known, found, guids.renamed, now)
    held = brake.problem(spec, (known[path] for path in guids.vanished), lost)
    return Checked(
        source=spec.name,
        files=len(paths),
        problems=(*guids.shared(), *unlisted_problems(spec, listing), *wrong, *([held] if held else ())),
        notices=tuple(notices),
        categories=frozenset(categories),
        blocked=blocked,
    )
