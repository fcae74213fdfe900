"""The entries of an answer, and those that are stored: what is new or changed is saved."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedsvc.identity.headline import headline_key
from feedsvc.merge import Insert, Stored, Update, decide
from feedsvc.parse.upstream import told_apart
from feedsvc.sandbox.jobs import Item
from feedsvc.sanitize import POLICY_VERSION
from feedsvc.store import Connection, entries, lookups, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of an answer's entries."""

    #: `new`, and the reasons of `merge`: how many of each.
    counts: Counter[str]
    #: How many were stored before.
    known: int
    #: Stories whose memberships are to be made anew.
    story_ids: list[int]


def merge(db: Connection, source_id: int, items: Sequence[Item], others: Collection[str], now: datetime) -> Merged:
    """Save what is new or changed of a source; `others` are the guids of what its answer holds besides."""
    known = _Known(db, source_id, items, others)
    counts: Counter[str] = Counter()
    number = 0
    touched: list[int] = []
    new: list[tuple[Insert, entries.Raw]] = []
    for item in items:
        stored = known.stored(item)
        number += stored is not None
        if item.entry is None:
            counts["unchanged"] += 1
            continue
        raw = known.raw(item, stored)
        entry = replace(item.entry, guid=raw.entry.guid, published=_bounded(item.entry.published, stored, now))
        decision = decide(stored, entry, item.hash, now)
        if isinstance(decision, Insert):
            counts["new"] += 1
            new.append((decision, raw))
        elif isinstance(decision, Update):
            counts[decision.reason] += 1
            entries.update(db, decision, raw, now)
            touched.append(decision.stored.story_id)
        else:
            counts["unchanged"] += 1
    touched += [one.story_id for one in entries.insert(db, source_id, new, now) if one.is_joined]
    return Merged(counts=counts, known=number, story_ids=touched)


class _Known:
    """What is stored of a source, as far as an answer is about it; and which entry each of its items is."""

    def __init__(self, db: Connection, source_id: int, items: Sequence[Item], others: Collection[str]) -> None:
        self.present = {item.raw.guid for item in items} | set(others)
        guids = [guid for item in items for guid in (item.raw.guid, told_apart(item.raw))]
        self.by_guid = lookups.look_up(db, source_id, guids)
        self.by_key = lookups.by_key(db, source_id, [item.raw.key for item in items if item.raw.key])
        pages = {_page(item) for item in items if item.entry and item.raw.guid not in self.by_guid} - {""}
        self.by_page = lookups.by_page(db, source_id, pages)

    def stored(self, item: Item) -> Stored | None:
        """
        The entry that an item is: by what stays when it moves, by its guid, by its page.

        Its guid does not count where it is another article's by now; its page only together with headline or date,
        and where nothing else in the answer has that entry's guid.
        """
        raw = item.raw
        if raw.key and raw.key in self.by_key:
            return self.by_key[raw.key]
        found = self.by_guid.get(raw.guid)
        if found is not None and not _is_another(item, found):
            return found
        if found is not None:
            return self.by_guid.get(told_apart(raw))
        return next((one for one in self.by_page.get(_page(item), ()) if self._is_same(item, one)), None)

    def _is_same(self, item: Item, stored: Stored) -> bool:
        if item.entry is None or stored.guid in self.present or (stored.key and item.raw.key):
            return False
        is_titled = bool(stored.title_key) and stored.title_key == headline_key(item.entry.title)
        return is_titled or (stored.published is not None and stored.published == item.entry.published)

    def raw(self, item: Item, stored: Stored | None) -> entries.Raw:
        """The raw form under the guid that the entry has for good; its key, unless another entry has that by now."""
        raw = item.raw
        if stored is not None:
            owner = self.by_key.get(raw.key or "")
            is_free = owner is None or owner.id == stored.id
            raw = replace(raw, guid=stored.guid, key=(raw.key if is_free else None) or stored.key)
        elif raw.guid in self.by_guid:
            raw = replace(raw, guid=told_apart(raw))
        return entries.Raw(entry=raw, hash=item.hash, policy_version=POLICY_VERSION, is_kept=item.is_kept)


def _is_another(item: Item, stored: Stored) -> bool:
    """Whether a guid that is stored names another article now: another key, or nothing of it is as it was."""
    if item.raw.key and stored.key:
        return item.raw.key != stored.key
    if item.entry is None or not (stored.published and item.entry.published):
        return False
    is_moved = bool(stored.link_key) and _page(item) not in {"", stored.link_key}
    is_retitled = stored.title_key != headline_key(item.entry.title)
    return is_moved and is_retitled and stored.published != item.entry.published


def _page(item: Item) -> str:
    return stories.page_key(item.entry.link if item.entry else item.raw.link) or ""


def _bounded(published: datetime | None, stored: Stored | None, now: datetime) -> datetime | None:
    """A date of publication that is yet to come is a clock that is wrong: the entry is here, since it was first."""
    if published is None or published <= now:
        return published
    return stored.published if stored and stored.published else now
