"""The values that go to the workers, and those that come back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedsvc.model import Entry, Hints, Known, Origin, RawEntry, Rewrite, SourceSpec, UpstreamSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry as a source gives it, in both forms: the shape that every kind of source hands to the pipeline."""

    raw: RawEntry
    #: Digest of the raw form. Equal digests mean no change.
    hash: str
    #: The sanitised form; None if the entry is as it is stored, so that it was not sanitised again.
    entry: Entry | None = None
    #: Whether the rules of its source let it be shown. Means nothing without `entry`: the stored entry stays judged.
    is_kept: bool = True
    #: Whether it is the public rest of a locked article: nobody may read its former forms.
    is_locked: bool = False
    #: How many elements of each kind the sanitiser removed.
    removed: Mapping[str, int] = field(default_factory=dict)
    #: The parts that the program of its source replaced; None without a program. `raw` is the source's own form.
    rewrite: Rewrite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A seed file's bytes."""

    #: Below the seed folder, with `/`.
    path: str
    data: bytes
    #: Digest of `data`.
    hash: str
    spec: SourceSpec
    #: The address that the entry has elsewhere.
    adopted_link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A seed file, parsed: its item, or the reason why it has none."""

    #: The item under the guid that the file would choose; None for a draft, a private entry and a file with a problem.
    item: Item | None = None
    problem: str | None = None
    #: 1-based; None when unknown.
    line: int | None = None
    #: The guid of an entry that its author keeps from the public.
    guid: str | None = None
    #: Whether the author keeps the entry from the public, or may do so: then nothing of it stays published.
    is_private: bool = False
    is_draft: bool = False
    #: Effects that the author may not expect, each with its line.
    notices: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """The identities of a feed's entries; or why the feed cannot be read."""

    entries: tuple[RawEntry, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer of an upstream, and the parts of it that are known."""

    body: bytes
    content_type: str
    #: Where it came from.
    url: str
    spec: UpstreamSpec
    #: Hashes of entries that need not be sanitised again, and marks of entries that need not be parsed.
    known: frozenset[str]
    marks: frozenset[str] = frozenset()
    is_sanitizing: bool = True
    #: The `Link` header of the answer.
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """The items of an answer, and its statements about itself; or the reason why it cannot be read."""

    items: tuple[Item, ...] = ()
    #: Entries that are known by their marks; then the marks of all entries.
    known: tuple[Known, ...] = ()
    marks: tuple[str, ...] = ()
    #: Whose work its entries are.
    origin: Origin = field(default_factory=Origin)
    #: The hubs and the `self` link that the document states.
    hubs: tuple[str, ...] = ()
    self_link: str | None = None
    hints: Hints = field(default_factory=Hints)
    #: The page with the next older entries.
    older_page: str | None = None
    #: Problems of single items.
    problems: tuple[str, ...] = ()
    problem: str | None = None
    #: Whether the answer goes on to its end; if not, entries that it lacks are not gone.
    is_whole: bool = True
    #: Whether it has entries that are not here: they cannot be read, or newer ones fill the limit.
    has_left_out: bool = False
