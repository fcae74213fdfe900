"""The entries of an answer, and those that are stored: what is new or changed is saved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedsvc.identity import digest, distinct_guid
from feedsvc.merge import Insert, Stored, Update, decide
from feedsvc.model import RawEntry
from feedsvc.sandbox.jobs import Item
from feedsvc.sanitize import POLICY_VERSION
from feedsvc.store import Connection, entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of an answer's entries."""

    #: `new`, and the reasons of `merge`: how many of each.
    counts: Counter[str]
    #: How many were stored before.
    known: int
    #: Stories whose memberships are to be made anew.
    story_ids: list[int]


def merge(db: Connection, source_id: int, items: Sequence[Item], now: datetime) -> Merged:
    """Save what is new or changed of a source."""
    by_guid = entries.look_up(db, source_id, [item.raw.guid for item in items])
    by_key = entries.by_key(db, source_id, [item.raw.key for item in items if item.raw.key])
    counts: Counter[str] = Counter()
    known = 0
    touched: list[int] = []
    new: list[tuple[Insert, entries.Raw]] = []
    for item in items:
        stored = _stored(item.raw, by_guid, by_key)
        known += stored is not None
        if item.entry is None:
            counts["unchanged"] += 1
            continue
        raw = _raw(item, stored, by_guid, by_key)
        entry = replace(item.entry, guid=raw.entry.guid, published=_bounded(item.entry.published, now))
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
    return Merged(counts=counts, known=known, story_ids=touched)


def _stored(raw: RawEntry, by_guid: Mapping[str, Stored], by_key: Mapping[str, Stored]) -> Stored | None:
    """The entry that this is: by what stays when it moves, else by its guid, unless that is another article's now."""
    if raw.key and raw.key in by_key:
        return by_key[raw.key]
    found = by_guid.get(raw.guid)
    return None if found and found.key and raw.key else found


def _raw(item: Item, stored: Stored | None, by_guid: Mapping[str, Stored], by_key: Mapping[str, Stored]) -> entries.Raw:
    """The raw form under the guid that the entry has for good; its key, unless another entry has that by now."""
    raw = item.raw
    if stored is not None:
        owner = by_key.get(raw.key or "")
        raw = replace(raw, guid=stored.guid, key=raw.key if owner is None or owner.id == stored.id else None)
    elif raw.guid in by_guid:
        raw = replace(raw, guid=distinct_guid(raw.guid, digest(str(raw.key).encode())))
    return entries.Raw(entry=raw, hash=item.hash, policy_version=POLICY_VERSION, is_kept=item.is_kept)


def _bounded(published: datetime | None, now: datetime) -> datetime | None:
    """A date of publication that is yet to come is a clock that is wrong: the entry is here."""
    return min(published, now) if published else None
