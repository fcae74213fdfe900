"""The entries of an answer, and those that are stored: what is new or changed is saved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feedsvc.identity import digest, distinct_guid, first_place
from feedsvc.merge import Decision, Insert, Signs, Stored, Update, decide, match
from feedsvc.model import Entry, Known, RawEntry
from feedsvc.normalize import title_key
from feedsvc.sandbox.jobs import Item
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.sanitize.text import strip_markup
from feedsvc.store import Connection, entries, lookups, stories
from feedsvc.store.rows import Raw

#: A date of publication that is so far ahead is no date. One that is less far ahead is a clock that is fast.
FAR_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of an answer's entries."""

    #: `new`, and the reasons of `merge`: how many of each.
    counts: Counter[str] = field(default_factory=Counter)
    #: How many were stored before.
    known: int = 0
    #: Stories whose memberships are to be made anew, for what they show has changed.
    story_ids: list[int] = field(default_factory=list)
    #: The titles of entries that differ at every poll.
    restless: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """When, and how, an answer was read."""

    now: datetime
    #: The time of the last poll.
    since: datetime | None = None
    #: Whether other settings read the answer than those that read the stored entries.
    is_reread: bool = False
    #: The source's title.
    title: str = ""
    #: Whether the answer goes on to its end.
    is_whole: bool = True


def merge(db: Connection, source_id: int, items: Sequence[Item], others: Sequence[Known], look: Look) -> Merged:
    """Save what is new or changed of a source. `others` are the entries that the same answer holds besides."""
    signs = [signs_of(item) for item in items]
    learnt = stories.learnt_of(db, source_id, look.title, [one.title for one in signs])
    candidates = lookups.alike(db, source_id, signs, [item.raw.guid for item in items], learnt)
    found = match(signs, _signs(candidates, signs, is_reread=look.is_reread), _present(others), is_whole=look.is_whole)
    stored = [candidates[found[number]] if number in found else None for number in range(len(items))]
    guids = _Guids(db, source_id, candidates)
    merged = Merged()
    new: list[tuple[Insert, Raw]] = []
    for item, known in zip(items, stored, strict=True):
        if item.entry is None:
            merged.counts["unchanged"] += 1
            continue
        raw = guids.raw(item, known)
        entry = _dated(item.entry, raw.entry, known, look.now)
        # The raw hash of an older release was made otherwise: a difference is no edit.
        is_reread = look.is_reread or (known is not None and known.hashes.seen is None)
        decision = decide(known, entry, item.hash, look.now, since=look.since, is_reread=is_reread)
        if isinstance(decision, Insert):
            new.append((decision, raw))
        _count(merged, decision, item)
        if isinstance(decision, Update):
            entries.update(db, decision, raw, look.now, learnt)
    entries.insert(db, source_id, new, look.now, learnt)
    return replace(merged, known=sum(one is not None for one in stored))


def _count(merged: Merged, decision: Decision, item: Item) -> None:
    if isinstance(decision, Insert):
        merged.counts["new"] += 1
        return
    merged.counts[decision.reason] += 1
    if isinstance(decision, Update) and (not decision.is_same or decision.reason == "returned"):
        merged.story_ids.append(decision.stored.story_id)
    if decision.reason == "restless" and item.entry:
        merged.restless.append(item.entry.title)


# --- who is who ------------------------------------------------------------------------------------------------------


def _signs(stored: Sequence[Stored], items: Sequence[Signs], *, is_reread: bool) -> list[Signs]:
    """What stored entries are known by. A key that another `article_key` made says nothing against an item."""
    if not is_reread:
        return [one.signs for one in stored]
    keys = {one.key for one in items}
    return [one.signs if one.signs.key in keys else replace(one.signs, key="") for one in stored]


def signs_of(item: Item) -> Signs:
    """What an item of an answer is known by."""
    raw, entry = item.raw, item.entry
    title = entry.title if entry else strip_markup(raw.title)
    return Signs(
        own_guid=raw.own_guid,
        key=raw.key or "",
        page=stories.page_key(entry.link if entry else raw.link) or "",
        title=title,
        title_key=title_key(title),
        published=raw.published,
        enclosure=first_place(one.url for one in (entry or raw).enclosures),
        content=entry.content if entry else "",
        hash=item.hash,
    )


def _present(others: Sequence[Known]) -> set[str]:
    """The guids, and the pages, of what an answer holds besides."""
    return {name for one in others for name in (one.guid, stories.page_key(one.link)) if name}


class _Guids:
    """Under which guid, and with which key, an item is stored."""

    def __init__(self, db: Connection, source_id: int, candidates: Sequence[Stored]) -> None:
        self.db, self.source_id = db, source_id
        #: Of what is stored, all that an item could be called at first.
        self.taken = {one.guid for one in candidates}
        self.keys = {one.signs.key for one in candidates}

    def raw(self, item: Item, known: Stored | None) -> Raw:
        """The raw form under the guid that the entry has for good; its key, unless another entry has that by now."""
        raw = item.raw
        if known is not None:
            raw = replace(raw, guid=known.guid, key=self._key(raw.key, known) or known.signs.key or None)
        else:
            raw = replace(raw, guid=self._free(raw), key=self._key(raw.key, None))
        return Raw(entry=raw, hash=item.hash, policy_version=POLICY_VERSION, is_kept=item.is_kept)

    def _key(self, key: str | None, known: Stored | None) -> str | None:
        is_own = known is not None and known.signs.key == key
        return key if is_own or key not in self.keys else None

    def _free(self, raw: RawEntry) -> str:
        """The first of the guids that an entry might have which no other entry of its source has."""
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
    """An entry under its guid, with a date of publication that is not yet to come, and never later than it was."""
    published = entry.published
    if published is not None and published > now:
        published = None if published > now + FAR_AHEAD else now
    if known is not None and known.published is not None:
        published = min(published or known.published, known.published)
    # A source that states no date of change has none, whatever became of the date of publication.
    updated = entry.updated if raw.updated else published
    return replace(entry, guid=raw.guid, published=published, updated=updated)
