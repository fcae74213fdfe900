"""What the workers do: bytes of one thing from outside to entries that are ready to be saved. Pure."""

from dataclasses import dataclass

from feedsvc.errors import EntryError
from feedsvc.model import Entry, RawEntry, SourceSpec
from feedsvc.parse.seed import parse
from feedsvc.sanitize import sanitize


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A seed file's bytes."""

    #: Below the seed folder, with `/`, composed (NFC).
    path: str
    data: bytes
    spec: SourceSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An entry in both forms, under the guid it would choose; neither for a draft, nor where there is a problem."""

    raw: RawEntry | None = None
    entry: Entry | None = None
    problem: str | None = None
    #: 1-based; None when unknown.
    line: int | None = None


def prepare(seed: Seed) -> Prepared:
    """A seed file, parsed and sanitised."""
    try:
        raw = parse(seed.data, seed.path, seed.spec)
    except EntryError as error:
        return Prepared(problem=str(error), line=error.line)
    return Prepared(raw=raw, entry=sanitize(raw) if raw else None)
