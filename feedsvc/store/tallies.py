"""Numbers that are counted when entries are saved: entries of a source by day, and what the sanitiser removed."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from feedsvc.schedule.rhythm import usual_gap
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import source, source_day

#: Days of a source that are kept: they tell the rhythm of a source with one entry in a month.
KEPT = timedelta(days=400)

IS_SAME_DAY = sa.and_(source_day.c.source_id == sa.bindparam("of_source"), source_day.c.day == sa.bindparam("of_day"))
ADD = sa.update(source_day).where(IS_SAME_DAY).values(entries=source_day.c.entries + sa.bindparam("more"))


def count_days(db: sa.Connection, source_id: int, dates: Iterable[datetime | None], now: datetime) -> None:
    """Count new entries of a source by their dates. Without a date, or with a later one, they are of today."""
    moments = (min(one or now, now).astimezone(UTC) for one in dates)
    counts = Counter(one.date() for one in moments if one > now - KEPT)
    if not counts:
        return
    known = _days(db, source_id)
    more = [{"of_source": source_id, "of_day": day, "more": counts[day]} for day in counts if day in known]
    new = [{"source_id": source_id, "day": day, "entries": counts[day]} for day in counts if day not in known]
    if more:
        db.execute(ADD, more)
    if new:
        db.execute(sa.insert(source_day), new)
        _save_rhythm(db, source_id, known | counts.keys(), now)


def _days(db: sa.Connection, source_id: int) -> set[date]:
    return set(db.scalars(sa.select(source_day.c.day).where(source_day.c.source_id == source_id)))


def _save_rhythm(db: sa.Connection, source_id: int, days: Iterable[date], now: datetime) -> None:
    """Save the rhythm of a source, and forget its days of long ago. A source has a new day once a day at most."""
    oldest = (now - KEPT).astimezone(UTC).date()
    db.execute(sa.delete(source_day).where(source_day.c.source_id == source_id, source_day.c.day < oldest))
    kept = [day for day in days if day >= oldest]
    found = {"newest_day": max(kept, default=None), "usual_gap": usual_gap(kept)}
    db.execute(sa.update(source).where(source.c.id == source_id).values(**found))


def days_of(db: sa.Connection, source_ids: Iterable[int], since: date) -> dict[int, dict[date, int]]:
    """How many entries each of these sources has on each day from `since` on, by the source's id."""
    found: dict[int, dict[date, int]] = {}
    for some in chunks(list(source_ids)):
        chosen = sa.and_(source_day.c.source_id.in_(some), source_day.c.day >= since)
        for row in db.execute(sa.select(source_day).where(chosen).order_by(source_day.c.day)):
            found.setdefault(row.source_id, {})[row.day] = row.entries
    return found


def count_removed(db: sa.Connection, source_id: int, removed: Mapping[str, int]) -> None:
    """Add to the numbers of elements that the sanitiser removed from entries of a source, by kind."""
    if not removed:
        return
    counts = removed_of(db.scalar(sa.select(source.c.removed).where(source.c.id == source_id)))
    counts.update(removed)
    said = json.dumps(dict(sorted(counts.items())))
    db.execute(sa.update(source).where(source.c.id == source_id).values(removed=said))


def removed_of(stored: str | None) -> Counter[str]:
    """The numbers of removed elements by kind, as `source.removed` has them."""
    return Counter(json.loads(stored or "{}"))
