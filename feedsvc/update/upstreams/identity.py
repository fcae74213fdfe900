"""Finds the stored entry of each item of an answer, and gives the entry its guid, key and date for good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedsvc.identity import digest, distinct_guid, first_place, page_key
from feedsvc.identity.headline import decorations
from feedsvc.merge import Signs, Stored, match
from feedsvc.model import Entry, Known, RawEntry
from feedsvc.normalize import title_key
from feedsvc.sandbox.shapes import Item
from feedsvc.sanitize.text import strip_markup
from feedsvc.store import Connection, lookups
from feedsvc.store.facts import Facts
from feedsvc.update.pipeline import Match, Matched

#: A date of publication that is so far ahead is no date. One that is less far ahead is a clock that is fast.
FAR_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemIdentity:
    """The identity (`pipeline.Identity`) of an answer's items."""

    now: datetime
    #: Entries that the answer holds besides, and that are known by their marks.
    others: Sequence[Known] = ()
    #: The source's title.
    title: str = ""
    #: Whether other settings read the answer than those that read the stored entries.
    is_reread: bool = False
    #: Whether the answer goes on to its end. Only then a stored entry that it lacks is gone.
    is_whole: bool = True

    def match(self, db: Connection, source: Facts, items: Sequence[Item]) -> Matched:
        """The stored entries of some items, found by the signs that they have in common."""
        signs = [signs_of(item) for item in items]
        # What the source adds to its headlines, as seen in the new ones and in its newest.
        learnt = decorations([*(one.title for one in signs), *source.titles], self.title or source.title)
        candidates = lookups.alike(db, source.id, signs, [item.raw.guid for item in items], learnt)
        known = _signs(candidates, signs, is_reread=self.is_reread)
        found = match(signs, known, _present(self.others), is_whole=self.is_whole)
        guids = _Guids(db, source.id, candidates)
        matches = [
            self._matched(item, candidates[found[number]] if number in found else None, guids)
            for number, item in enumerate(items)
        ]
        return Matched(matches=matches, learnt=learnt)

    def _matched(self, item: Item, stored: Stored | None, guids: "_Guids") -> Match:
        if item.entry is None:
            return Match(item, stored)
        raw = guids.raw(item.raw, stored)
        entry = _dated(item.entry, raw, stored, self.now)
        # An older release made raw hashes in another way: there, a difference is no edit.
        is_reread = self.is_reread or (stored is not None and stored.hashes.seen is None)
        return Match(replace(item, raw=raw, entry=entry), stored, is_reread)


def _signs(stored: Sequence[Stored], items: Sequence[Signs], *, is_reread: bool) -> list[Signs]:
    """The signs of stored entries. After a reread, a key that no item has was made by another `article_key`."""
    if not is_reread:
        return [one.signs for one in stored]
    keys = {one.key for one in items}
    return [one.signs if one.signs.key in keys else replace(one.signs, key="") for one in stored]


def signs_of(item: Item) -> Signs:
    """The signs of an item."""
    raw, entry = item.raw, item.entry
    title = entry.title if entry else strip_markup(raw.title)
    return Signs(
        own_guid=raw.own_guid,
        key=raw.key or "",
        page=page_key(entry.link if entry else raw.link) or "",
        title=title,
        title_key=title_key(title),
        published=raw.published,
        enclosure=first_place(one.url for one in (entry or raw).enclosures),
        content=entry.content if entry else "",
        hash=item.hash,
    )


def _present(others: Sequence[Known]) -> set[str]:
    """The guids and the pages of the known entries of an answer."""
    return {name for one in others for name in (one.guid, page_key(one.link)) if name}


class _Guids:
    """Gives each item of an answer a guid and a key that no other entry of its source has."""

    def __init__(self, db: Connection, source_id: int, candidates: Sequence[Stored]) -> None:
        self.db, self.source_id = db, source_id
        #: The guids of stored entries that an item might want.
        self.taken = {one.guid for one in candidates}
        self.keys = {one.signs.key for one in candidates}

    def raw(self, raw: RawEntry, known: Stored | None) -> RawEntry:
        """The raw form under the guid that the entry has for good. It keeps its key, unless another entry has that."""
        if known is not None:
            return replace(raw, guid=known.guid, key=self._key(raw.key, known) or known.signs.key or None)
        return replace(raw, guid=self._free(raw), key=self._key(raw.key, None))

    def _key(self, key: str | None, known: Stored | None) -> str | None:
        is_own = known is not None and known.signs.key == key
        return key if is_own or key not in self.keys else None

    def _free(self, raw: RawEntry) -> str:
        """The first guid, of those that an entry might have, that no other entry of its source has."""
        choices = _choices(raw)
        guid = next(choices)
        while guid in self.taken:
            guid = next(choices)
            if lookups.has_guid(self.db, self.source_id, guid):
                self.taken.add(guid)
        self.taken.add(guid)
        return guid


def _choices(raw: RawEntry) -> Iterator[str]:
    yield raw.guid
    seed = f"{raw.guid}\n{raw.title}\n{raw.published or raw.content}"
    while True:
        seed = digest(seed.encode("utf-8", "surrogatepass"))
        yield distinct_guid(raw.guid, seed)


def _dated(entry: Entry, raw: RawEntry, known: Stored | None, now: datetime) -> Entry:
    """An entry under its guid. Its date of publication is not in the future, and not later than the stored one."""
    published = entry.published
    if published is not None and published > now:
        published = None if published > now + FAR_AHEAD else now
    if known is not None and known.published is not None:
        published = min(published or known.published, known.published)
    # Without a date of change of the source, the entry has the date of publication for one.
    updated = entry.updated if raw.updated else published
    return replace(entry, guid=raw.guid, published=published, updated=updated)
