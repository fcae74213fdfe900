"""What the workers do: bytes of one thing from outside to entries that are ready to be saved. Pure."""

from dataclasses import dataclass, field, replace
from functools import partial

from feedsvc.errors import EntryError
from feedsvc.filters.rules import Readable, is_kept, slow_rule
from feedsvc.identity import upstream_hash
from feedsvc.model import Entry, Hints, Known, Origin, RawEntry, Rule, SourceSpec, UpstreamSpec
from feedsvc.parse.addresses import own_address
from feedsvc.parse.seed import read
from feedsvc.parse.upstream import parse_identities, parse_upstream
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.fields import names, source_title
from feedsvc.sanitize.text import plain_text, strip_markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A seed file's bytes."""

    #: Below the seed folder, with `/`.
    path: str
    data: bytes
    spec: SourceSpec
    #: The address that the entry has elsewhere.
    adopted_link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An entry in both forms, under the guid it would choose; neither for a draft, nor where there is a problem."""

    raw: RawEntry | None = None
    entry: Entry | None = None
    problem: str | None = None
    #: 1-based; None when unknown.
    line: int | None = None
    #: The guid of an entry that its author keeps from the public.
    guid: str | None = None
    #: Whether its author keeps it from the public, or may do so: nothing that was published of it stays.
    is_private: bool = False
    is_draft: bool = False
    #: What its author may not expect, each with its line.
    notices: tuple[tuple[int, str], ...] = ()


def prepare(seed: Seed) -> Prepared:
    """A seed file, parsed and sanitised."""
    return _prepared(seed, None)


def prepare_text(job: tuple[Seed, str]) -> Prepared:
    """A seed file whose HTML cost too much, and what that was: its text alone."""
    seed, reason = job
    return _prepared(seed, reason)


def _prepared(seed: Seed, plain_because: str | None) -> Prepared:
    try:
        found = read(seed.data, seed.path, seed.spec, seed.adopted_link, is_rendered=plain_because is None)
    except EntryError as error:
        return Prepared(problem=str(error), line=error.line, is_private=error.is_private)
    raw = found.entry
    entry = sanitize(raw, frozenset(seed.spec.frames), plain_because) if raw else None
    return Prepared(
        raw=raw, entry=entry, guid=found.guid, is_private=raw is None, is_draft=found.is_draft, notices=found.notices
    )  # fmt: skip


def sanitize_again(job: tuple[RawEntry, tuple[str, ...]]) -> Entry:
    """A stored raw entry under the policy of now; hosts of players beside it."""
    raw, frames = job
    return sanitize(raw, frozenset(frames), None if raw.is_html else "it cost too much to read when it was imported")


def text_again(job: tuple[RawEntry, str]) -> Entry:
    """A stored raw entry whose HTML cost too much, and what that was: its text alone."""
    raw, reason = job
    return sanitize(raw, plain_because=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Who the entries of a feed are; or why they are not known."""

    entries: tuple[RawEntry, ...] = ()
    problem: str | None = None


def read_identities(data: bytes) -> Identities:
    """A feed's entries, as far as it takes to know them again; titles in plain text."""
    try:
        found = parse_identities(data)
    except EntryError as error:
        return Identities(problem=str(error))
    return Identities(entries=tuple(replace(one, title=strip_markup(one.title)) for one in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an upstream answered."""

    body: bytes
    content_type: str
    #: Where it came from.
    url: str
    spec: UpstreamSpec
    #: Hashes of entries that need not be made again; marks of those that need not even be read.
    known: frozenset[str]
    marks: frozenset[str] = frozenset()
    is_sanitizing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry of an answer; `entry` is None where it is known, or not sanitised."""

    raw: RawEntry
    hash: str
    entry: Entry | None = None
    #: Whether its source's rules let it be shown; says nothing without `entry`, where what is stored stays judged.
    is_kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """An answer, read; or why it cannot be."""

    items: tuple[Item, ...] = ()
    #: Others, which are known by their marks; the marks of all.
    known: tuple[Known, ...] = ()
    marks: tuple[str, ...] = ()
    #: Whose work its entries are.
    origin: Origin = field(default_factory=Origin)
    hints: Hints = field(default_factory=Hints)
    #: What is wrong with single items.
    problems: tuple[str, ...] = ()
    problem: str | None = None
    #: Whether the answer goes on to its end; if not, entries that it lacks are not gone.
    is_whole: bool = True
    #: Whether it has entries that are not here: they cannot be read, or newer ones fill the limit.
    has_left_out: bool = False


def read_upstream(fetched: Fetched) -> ReadFeed:
    """An upstream's answer, parsed; what is new in it sanitised."""
    try:
        feed = parse_upstream(fetched.body, fetched.content_type, fetched.url, fetched.spec, fetched.marks)
    except EntryError as error:
        return ReadFeed(problem=str(error))
    slow: set[Rule] = set()
    items = tuple(_item(raw, fetched, slow) for raw in feed.entries)
    return ReadFeed(
        items=items,
        known=feed.known,
        marks=feed.marks,
        origin=Origin(
            title=source_title(feed.title),
            url=feed.link,
            feed_url=own_address(feed.self_link, fetched.spec.url, is_private=_may_be_private(fetched.spec)),
            id=feed.id,
        ),
        hints=feed.hints,
        problems=(*feed.problems, *map(slow_rule, slow)),
        is_whole=feed.is_whole,
        has_left_out=feed.has_left_out,
    )


def _may_be_private(spec: UpstreamSpec) -> bool:
    """Whether a source's address may be of the own network."""
    return spec.policy.allow_private or bool(spec.policy.networks)


def _item(raw: RawEntry, fetched: Fetched, slow: set[Rule]) -> Item:
    if raw.origin is not None:
        raw = replace(raw, origin=replace(raw.origin, title=source_title(raw.origin.title)))
    said = upstream_hash(raw)
    is_new = fetched.is_sanitizing and said not in fetched.known
    entry = sanitize(raw, frozenset(fetched.spec.frames)) if is_new else None
    return judged(Item(raw=raw, hash=said, entry=entry), fetched.spec, slow)


def judged(item: Item, spec: UpstreamSpec, slow: set[Rule]) -> Item:
    """An item with what its source's rules say of it; rules that take too long join `slow`."""
    if item.entry is None or not (spec.keep or spec.drop):
        return item
    seen = Readable(
        title=item.entry.title,
        link=item.entry.link or "",
        authors=tuple(author.name for author in item.entry.authors),
        tags=names(item.raw.tags),
        text=partial(plain_text, item.entry.content),
    )
    return replace(item, is_kept=is_kept(seen, spec.keep, spec.drop, slow))
