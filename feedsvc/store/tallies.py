"""Numbers that are counted when entries are saved: entries of a source by day, and what the sanitiser removed."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from feedsvc.schedule.rhythm import usual_gap
from feedsvc.store.facts import Facts
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import source_day

#: Days of a source that are kept: they tell the rhythm of a source with one entry in a month.
KEPT = timedelta(days=400)

IS_SAME_DAY = sa.and_(source_day.c.source_id == sa.bindparam("of_source"), source_day.c.day == sa.bindparam("of_day"))
ADD = sa.update(source_day).where(IS_SAME_DAY).values(entries=source_day.c.entries + sa.bindparam("more"))


def count_days(db: sa.Connection, of: Facts, dates: Iterable[datetime | None], now: datetime) -> dict[str, object]:
    """
    Count new entries of a source by their dates. Without a date, or with a later one, they are of today.

    Returns the columns of the source that change: its rhythm, where it has a new day. Days of long ago are forgotten.
    """
    moments = (min(one or now, now).astimezone(UTC) for one in dates)
    counts = Counter(one.date() for one in moments if one > now - KEPT)
    if more := [{"of_source": of.id, "of_day": day, "more": counts[day]} for day in counts if day in of.days]:
        db.execute(ADD, more)
    new = [{"source_id": of.id, "day": day, "entries": counts[day]} for day in counts if day not in of.days]
    if not new:
        return {}
    db.execute(sa.insert(source_day), new)
    oldest = (now - KEPT).astimezone(UTC).date()
    days = of.days | counts.keys()
    kept = [day for day in days if day >= oldest]
    if len(kept) < len(days):
        db.execute(sa.delete(source_day).where(source_day.c.source_id == of.id, source_day.c.day < oldest))
    return {"newest_day": max(kept, default=None), "usual_gap": usual_gap(kept)}


def days_of(db: sa.Connection, source_ids: Iterable[int], since: date) -> dict[int, dict[date, int]]:
    """How many entries each of these sources has on each day from `since` on, by the source's id."""
    found: dict[int, dict[date, int]] = {}
    for some in chunks(list(source_ids)):
        chosen = sa.and_(source_day.c.source_id.in_(some), source_day.c.day >= since)
        for row in db.execute(sa.select(source_day).where(chosen).order_by(source_day.c.day)):
            found.setdefault(row.source_id, {})[row.day] = row.entries
    return found


def with_removed(of: Facts, removed: Mapping[str, int]) -> dict[str, object]:
    """
    Add to the numbers of elements that the sanitiser removed from entries of a source, by kind.

    Returns the columns of the source that change.
    """
    if not removed:
        return {}
    counts = removed_of(of.stored["removed"])
    counts.update(removed)
    return {"removed": json.dumps(dict(sorted(counts.items())))}


def removed_of(stored: str | None) -> Counter[str]:
    """The numbers of removed elements by kind, as `source.removed` has them."""
    return Counter(json.loads(stored or "{}"))
