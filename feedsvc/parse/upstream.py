"""The bytes of an upstream's answer to raw entries, under the settings of its source. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, tzinfo

import regex

from feedsvc.errors import EntryError
from feedsvc.identity import MAX_GUID, bounded, digest, distinct_guid, first_place, mint_guid
from feedsvc.model import Known, ParsedFeed, RawEntry, UpstreamSpec
from feedsvc.normalize.tags import categories
from feedsvc.parse.characters import cleaned
from feedsvc.parse.charset import decode_feed
from feedsvc.parse.entry import has_anything
from feedsvc.parse.feeds import parse_xml_feed
from feedsvc.parse.jsonfeed import parse_json_feed
from feedsvc.parse.wrapped import unwrapped

#: Largest number of entries that are read from the feed of a former site.
MAX_IDENTITIES = 100_000

#: Time limit for matching a pattern of the configuration with one text, in seconds.
KEY_SECONDS = 0.2

#: An answer with this many entries or more must have different keys.
MIN_KEYED = 3


def parse_upstream(
    data: bytes, content_type: str, url: str, spec: UpstreamSpec, known: Collection[str] = frozenset()
) -> ParsedFeed:
    """
    The feed that `url` answered with, in any format and encoding, with the categories and keys of `spec`.

    Entries whose marks are `known` from the last poll are not read again, unless a new entry might be taken for one of
    them. The guid of an entry is its own, else its link, else one made of its text. Raises EntryError if `data` holds
    no feed.
    """
    text = decode_feed(data, content_type)
    feed = _parsed(text, spec.timezone, url, spec.max_entries, known)
    feed = replace(feed, known=tuple(replace(one, guid=bounded(one.guid)) for one in feed.known))
    problems = list(feed.problems)
    named = tuple(_with_keys(feed.entries, spec, problems))
    if len(named) >= MIN_KEYED and len({entry.key for entry in named}) == 1 and named[0].key:
        problems.append(
            f"article_key finds {named[0].key!r} in every link, so it is ignored; match the part that differs"
        )
        named = tuple(replace(entry, key=None) for entry in named)
    if feed.known and not _known_names(feed.known, spec).isdisjoint(_known_names(named, spec)):
        return parse_upstream(data, content_type, url, spec)
    entries = _distinct(named)
    # Of two forms of one article, the shorter one is not stored. It must be read if it comes alone later.
    marks = feed.marks if len(entries) == len(named) else ()
    return replace(feed, entries=_apart(entries, spec), marks=marks, problems=tuple(problems))


def _known_names(entries: Iterable[Known | RawEntry], spec: UpstreamSpec) -> set[str]:
    """All values by which entries could be taken for each other."""
    listed = list(entries)
    keys = (article_key(spec.article_key, one.link) for one in listed) if spec.article_key else ()
    return {name for one in listed for name in (one.guid, one.link) if name} | {key for key in keys if key}


def article_key(pattern: str, link: str | None) -> str | None:
    """The stable part of a link: the pattern's first group, or the whole match."""
    try:
        match = regex.search(pattern, link, timeout=KEY_SECONDS) if link else None
    except TimeoutError:
        return None
    key = match[1 if match.re.groups else 0] if match else None
    return key if key is None or len(key.encode("utf-8", "surrogatepass")) <= MAX_GUID else digest(key.encode())


def _with_keys(entries: tuple[RawEntry, ...], spec: UpstreamSpec, problems: list[str]) -> Iterator[RawEntry]:
    """Each entry that is not empty, with its categories, and with the key that identifies it if its link changes."""
    for number, entry in enumerate(entries, 1):
        if not has_anything(entry):
            problems.append(f"item {number}: left out, because it has no title, text, link, enclosure or picture")
            continue
        yield replace(
            entry,
            guid=bounded(entry.guid),
            own_guid=bounded(entry.own_guid),
            categories=categories(entry, spec),
            rights=entry.rights or spec.rights,
            key=article_key(spec.article_key, entry.link) if spec.article_key else None,
        )


# --- duplicates in one answer ----------------------------------------------------------------------------------------


def _distinct(entries: Iterable[RawEntry]) -> list[RawEntry]:
    """
    Each article once, in its fullest form.

    An article may come twice: pinned on top, in two sections, or under two guids. Two entries are one if their keys are
    equal; if everything that a reader sees is equal; or if guid, title, date and enclosure are equal. The result does
    not depend on the order of the entries.
    """
    found: list[RawEntry] = []
    places: dict[tuple[object, ...], int] = {}
    for entry in entries:
        signs = [sign for sign in _equal_signs(entry) if sign]
        place = next((places[sign] for sign in signs if sign in places), len(found))
        if place == len(found):
            found.append(entry)
        elif _fullness(entry) > _fullness(found[place]):
            found[place] = entry
        places |= {sign: places.get(sign, place) for sign in signs}
    return found


def _equal_signs(entry: RawEntry) -> Iterator[tuple[object, ...]]:
    """The values that are equal if two entries are one article. An empty value is not compared."""
    title, file = entry.title.strip(), _first_file(entry)
    yield ("key", entry.key) if entry.key else ()
    if entry.own_guid:
        yield "guid", entry.own_guid, title, entry.published, file, "" if title else entry.content
    # If they have no link, entries with different guids are different articles.
    guid = "" if entry.link else entry.own_guid
    yield "look", guid, entry.link, title, entry.content, entry.published, file, entry.image


def _fullness(entry: RawEntry) -> tuple[int, str]:
    return len(entry.content), entry.content


def _first_file(entry: RawEntry) -> str:
    return first_place(one.url for one in entry.enclosures)


def _apart(entries: Iterable[RawEntry], spec: UpstreamSpec) -> tuple[RawEntry, ...]:
    """Entries with different guids. A guid or a link that several entries share is not used as it is."""
    listed = list(entries)
    guids, links = Counter(entry.own_guid for entry in listed), Counter(entry.link for entry in listed)
    return tuple(
        replace(
            entry, guid=_entry_guid(entry, spec, has_own=guids[entry.own_guid] == 1, has_page=links[entry.link] == 1)
        )
        for entry in listed
    )


def _entry_guid(entry: RawEntry, spec: UpstreamSpec, *, has_own: bool, has_page: bool) -> str:
    if entry.own_guid:
        return entry.own_guid if has_own else told_apart(entry.own_guid, entry)
    if entry.link:
        link = bounded(entry.link)
        return link if has_page else told_apart(link, entry)
    return mint_guid(spec.tag, spec.name, digest(_stable_text(entry)))


def told_apart(guid: str, entry: RawEntry) -> str:
    """The guid of an entry whose own guid, `guid`, is shared with others."""
    return distinct_guid(guid, digest(_stable_text(entry)))


def _stable_text(entry: RawEntry) -> bytes:
    """The values that distinguish an entry from those with the same guid or page, and that stay when it is edited."""
    text = "" if entry.published else entry.content
    signs = (entry.title, entry.published, _first_file(entry), text, "" if entry.title else entry.image)
    return repr((entry.key,) if entry.key else signs).encode("utf-8", "surrogatepass")


def parse_identities(data: bytes) -> tuple[RawEntry, ...]:
    """
    The guid, link, title and date of each entry of a feed, in the feed's order.

    An entry without a guid has its link as guid, as in feed readers. Raises EntryError if `data` holds no whole feed:
    half a feed would give only some of the guids.
    """
    feed = _parsed(decode_feed(data), UTC, None, MAX_IDENTITIES)
    if not feed.is_whole:
        raise EntryError("only a part of a feed: its end is missing; fetch the whole feed")
    return tuple(entry for entry in feed.entries if entry.guid)


def parse_feed(text: str, url: str) -> ParsedFeed:
    """A feed that belongs to no source yet. Raises EntryError if `text` is not a feed."""
    return _parsed(text, UTC, url, MAX_IDENTITIES)


def _parsed(
    text: str, zone: tzinfo, url: str | None, max_entries: int, known: Collection[str] = frozenset()
) -> ParsedFeed:
    text, left_out = unwrapped(text)
    if text.startswith(("{", "[")):
        feed = parse_json_feed(text, zone, url, max_entries)
    else:
        feed = parse_xml_feed(text, zone, url, max_entries, known)
    return cleaned(replace(feed, problems=(*left_out, *feed.problems)))
