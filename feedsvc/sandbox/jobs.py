"""
The functions that workers run: the bytes of a seed or of an answer to items that are ready to be saved. Pure.

Processes that only ask the workers use `calls.py`: the parsers here take a third of a second to import.
"""

from dataclasses import replace

from feedsvc.errors import EntryError
from feedsvc.identity import upstream_hash
from feedsvc.model import Entry, Origin, RawEntry, UpstreamSpec
from feedsvc.parse import older
from feedsvc.parse.addresses import own_address
from feedsvc.parse.seed import read
from feedsvc.parse.upstream import parse_identities, parse_upstream
from feedsvc.sandbox.judging import judged
from feedsvc.sandbox.shapes import Fetched, Identities, Item, Prepared, ReadFeed, Seed
from feedsvc.sanitize.entry import sanitize
from feedsvc.sanitize.fields import source_title
from feedsvc.sanitize.removed import removed
from feedsvc.sanitize.text import strip_markup


def prepare(seed: Seed) -> Prepared:
    """A seed file, parsed and sanitised."""
    return _prepared(seed, None)


def prepare_text(job: tuple[Seed, str]) -> Prepared:
    """A seed file as plain text. The reason says why its HTML could not be sanitised."""
    seed, reason = job
    return _prepared(seed, reason)


def _prepared(seed: Seed, plain_because: str | None) -> Prepared:
    try:
        found = read(seed.data, seed.path, seed.spec, seed.adopted_link, is_rendered=plain_because is None)
    except EntryError as error:
        return Prepared(problem=str(error), line=error.line, is_private=error.is_private)
    raw, item = found.entry, None
    if raw is not None:
        entry = sanitize(raw, frozenset(seed.spec.frames), plain_because)
        lost = {} if plain_because else removed(raw.content, entry.content)
        item = Item(raw=raw, hash=seed.hash, entry=entry, removed=lost, is_locked=found.is_locked)
    return Prepared(
        item=item, guid=found.guid, is_private=item is None, is_draft=found.is_draft, notices=found.notices
    )  # fmt: skip


def sanitize_again(job: tuple[RawEntry, tuple[str, ...]]) -> Entry:
    """A stored raw entry, sanitised under the current policy. The second value: hosts of players."""
    raw, frames = job
    return sanitize(raw, frozenset(frames), None if raw.is_html else "it cost too much to read when it was imported")


def text_again(job: tuple[RawEntry, str]) -> Entry:
    """A stored raw entry as plain text. The reason says why its HTML could not be sanitised."""
    raw, reason = job
    return sanitize(raw, plain_because=reason)


def read_identities(data: bytes) -> Identities:
    """Guid, link, title and date of a feed's entries. Titles are plain text."""
    try:
        found = parse_identities(data)
    except EntryError as error:
        return Identities(problem=str(error))
    return Identities(entries=tuple(replace(one, title=strip_markup(one.title)) for one in found))


def read_upstream(fetched: Fetched) -> ReadFeed:
    """An upstream's answer, parsed. Its new entries are sanitised."""
    try:
        feed = parse_upstream(fetched.body, fetched.content_type, fetched.url, fetched.spec, fetched.marks)
    except EntryError as error:
        return ReadFeed(problem=str(error))
    items = tuple(_item(raw, fetched) for raw in feed.entries)
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
        hubs=feed.hubs,
        self_link=feed.self_link,
        hints=feed.hints,
        older_page=feed.older_page or older.of_header(fetched.link, fetched.url),
        problems=feed.problems,
        is_whole=feed.is_whole,
        has_left_out=feed.has_left_out,
    )


def _may_be_private(spec: UpstreamSpec) -> bool:
    """Whether a source's address may be of the own network."""
    return spec.policy.allow_private or bool(spec.policy.networks)


def _item(raw: RawEntry, fetched: Fetched) -> Item:
    if raw.origin is not None:
        raw = replace(raw, origin=replace(raw.origin, title=source_title(raw.origin.title)))
    hashed = upstream_hash(raw)
    is_new = fetched.is_sanitizing and hashed not in fetched.known
    entry = sanitize(raw, frozenset(fetched.spec.frames)) if is_new else None
    lost = removed(raw.content, entry.content) if entry else {}
    return judged(Item(raw=raw, hash=hashed, entry=entry, removed=lost), fetched.spec)
