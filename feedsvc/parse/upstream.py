"""The bytes of an upstream's answer to raw entries under this source's rules. Pure."""

import html
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, tzinfo

import regex

from feedsvc.errors import EntryError
from feedsvc.identity import digest, distinct_guid, mint_guid
from feedsvc.model import Known, ParsedFeed, RawEntry, UpstreamSpec
from feedsvc.normalize import one_line
from feedsvc.parse.charset import decode_feed
from feedsvc.parse.feeds import parse_xml_feed
from feedsvc.parse.jsonfeed import parse_json_feed

#: So many entries of one's own old feed, at most.
MAX_IDENTITIES = 100_000

#: Seconds that a pattern of the configuration may take for one text.
RULE_SECONDS = 0.2

#: So many entries have different keys.
MIN_KEYED = 3

#: Characters of what an entry is called in a report.
MAX_NAME = 200

#: Bytes of a guid that is kept as it is: a database's index may hold no more.
MAX_GUID = 2000


def parse_upstream(
    data: bytes, content_type: str, url: str, spec: UpstreamSpec, known: Collection[str] = frozenset()
) -> ParsedFeed:
    """
    The feed that `url` answered with, in whatever format and encoding; its entries as `spec` wants them.

    Entries with marks that are `known` from the last time are not read again, unless another might be taken for one.
    An entry has the feed's own guid, else its link for one, else one of its text. Raises EntryError when there is no
    feed in `data`.
    """
    text = decode_feed(data, content_type)
    feed = _parsed(text, spec.timezone, url, spec.max_entries, known)
    problems = list(feed.problems)
    named = tuple(_named(feed.entries, spec, problems))
    if len(named) >= MIN_KEYED and len({entry.key for entry in named}) == 1 and named[0].key:
        problems.append(
            f"article_key finds {named[0].key!r} in every link, and is left out; match what tells them apart"
        )
        named = tuple(replace(entry, key=None) for entry in named)
    if feed.known and not _names(feed.known, spec).isdisjoint(_names(named, spec)):
        return parse_upstream(data, content_type, url, spec)
    return replace(feed, entries=tuple(_apart(_distinct(named))), problems=tuple(problems))


def _names(entries: Iterable[Known | RawEntry], spec: UpstreamSpec) -> set[str]:
    """All that entries could be taken for each other by."""
    keys = (article_key(spec.article_key, one.link) for one in entries) if spec.article_key else ()
    return {name for name in (*(one.guid or one.link for one in entries), *keys) if name}


def article_key(pattern: str, link: str | None) -> str | None:
    """What of a link stays the same: the pattern's first group, or all that it matches."""
    try:
        match = regex.search(pattern, link, timeout=RULE_SECONDS) if link else None
    except TimeoutError:
        return None
    key = match[1 if match.re.groups else 0] if match else None
    return key if key is None or len(key.encode("utf-8", "surrogatepass")) <= MAX_GUID else digest(key.encode())


def categories(entry: RawEntry, spec: UpstreamSpec) -> tuple[str, ...]:
    """Where this source puts an entry: what its tags, as readers see them, are called here, and what all of it is."""
    wanted = dict(spec.map)
    tags = (name if name in wanted else one_line(html.unescape(name)) for name in entry.tags)
    return tuple(dict.fromkeys((*(wanted[name] for name in tags if name in wanted), *spec.categories)))


def _named(entries: tuple[RawEntry, ...], spec: UpstreamSpec, problems: list[str]) -> Iterator[RawEntry]:
    """Each entry with an identity, this source's categories, and what it is known by when it moves."""
    for entry in entries:
        if not (entry.title.strip() or entry.content.strip()):
            name = (entry.guid or entry.link or "without a guid")[:MAX_NAME]
            problems.append(f"item {name}: neither a title nor a text")
            continue
        yield replace(
            entry,
            guid=_guid(entry, spec),
            categories=categories(entry, spec),
            rights=entry.rights or spec.rights,
            key=article_key(spec.article_key, entry.link) if spec.article_key else None,
        )


def _guid(entry: RawEntry, spec: UpstreamSpec) -> str:
    guid = entry.guid or entry.link
    if guid and len(guid.encode("utf-8", "surrogatepass")) <= MAX_GUID:
        return guid
    text = guid or f"{entry.title}\n{entry.published or entry.content}"
    return mint_guid(spec.tag, spec.name, digest(text.encode("utf-8", "surrogatepass")))


def _distinct(entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
    """
    An article once. Where different ones have one guid, none of them has it: which is the first changes.

    Two are one where their key is, or their guid and either link or title: pinned on top, or in two sections.
    """
    keys: set[str] = set()
    by_guid = defaultdict[str, list[RawEntry]](list)
    for entry in entries:
        if entry.key in keys or any(_is_one(entry, other) for other in by_guid[entry.guid]):
            continue
        keys |= {entry.key} if entry.key else set()
        by_guid[entry.guid].append(entry)
        yield entry


def _apart(entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
    """Entries under guids of their own."""
    listed = list(entries)
    numbers = Counter(entry.guid for entry in listed)
    return (entry if numbers[entry.guid] == 1 else replace(entry, guid=told_apart(entry)) for entry in listed)


def _is_one(entry: RawEntry, other: RawEntry) -> bool:
    title, others = entry.title.strip(), other.title.strip()
    return (bool(entry.link) and entry.link == other.link) or (bool(title) and title == others)


def told_apart(entry: RawEntry) -> str:
    """The guid of an entry whose own guid others have too."""
    said = entry.key or entry.link or f"{entry.title}\n{entry.published or entry.content}"
    return distinct_guid(entry.guid, digest(said.encode("utf-8", "surrogatepass")))


def parse_identities(data: bytes) -> tuple[RawEntry, ...]:
    """
    Who the entries of a feed are: guid, link, title and date, in the feed's order.

    An entry without an identity of its own has its link for one, as readers do. Raises EntryError when there is no
    whole feed in `data`: half a feed would give half a guid.
    """
    feed = _parsed(decode_feed(data), UTC, None, MAX_IDENTITIES)
    if not feed.is_well_formed:
        raise EntryError("not well-formed XML, or only a part of it; fetch the whole feed")
    return tuple(entry for entry in feed.entries if entry.guid)


def parse_feed(text: str, url: str) -> ParsedFeed:
    """A feed as it is, of no source yet. Raises EntryError when it is none."""
    return _parsed(text, UTC, url, MAX_IDENTITIES)


def _parsed(
    text: str, zone: tzinfo, url: str | None, max_entries: int, known: Collection[str] = frozenset()
) -> ParsedFeed:
    if text.lstrip().startswith(("{", "[")):
        return parse_json_feed(text, zone, url, max_entries)
    return parse_xml_feed(text, zone, url, max_entries, known)
