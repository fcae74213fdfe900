"""Which entries of a feed are read where it has more than it may: the newest. Pure."""

import email.utils
import re
from collections.abc import Sequence
from itertools import pairwise

#: ISO 8601, and what is like it, as far as it tells which of two dates is later.
ISO = re.compile(
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([+-]\d{2}):?(\d{2})?)?"
)
#: Characters of a date.
MAX_DATE = 60

Moment = tuple[int, ...]


def moment(text: str) -> Moment | None:
    """When a date is, to be compared only; None where this is not told at a glance. Quick, whatever the text is."""
    text = text[:MAX_DATE]
    if match := ISO.match(text):
        year, month, day, hour, minute, second, zone, rest = (int(one or 0) for one in match.groups())
        offset = zone * 60 + (rest if zone >= 0 else -rest)
        return _counted(year, month, day, hour, minute, second, offset)
    try:
        found = email.utils.parsedate_tz(text)
    except (ValueError, TypeError, IndexError):
        return None
    return _counted(*found[:6], (found[9] or 0) // 60) if found else None


def _counted(year: int, month: int, day: int, hour: int, minute: int, second: int, offset: int) -> Moment:
    """Days count 31 to a month: only the order counts."""
    minutes = ((year * 12 + month) * 31 + day) * 1440 + hour * 60 + minute - offset
    return (minutes, second)


def newest(dates: Sequence[str], limit: int) -> tuple[list[int], str | None]:
    """
    The places of the `limit` newest of entries with these dates, in the feed's order; and what is left out.

    An entry without a date is as new as the one before it. Where no entry has a date, the first are the newest.
    """
    if len(dates) <= limit:
        return list(range(len(dates))), None
    moments = [moment(date) for date in dates]
    left = len(dates) - limit
    known = [one for one in moments if one is not None]
    if not known:
        problem = f"{len(dates)} entries without dates; the first {limit} are read, the last {left} not"
        return list(range(limit)), problem
    rising = sum(one < other for one, other in pairwise(known))
    falling = sum(one > other for one, other in pairwise(known))
    direction = 1 if rising > falling else -1
    last, filled = known[0], []
    for one in moments:
        last = one or last
        filled.append(last)
    best = sorted(range(len(dates)), key=lambda place: (filled[place], direction * place), reverse=True)[:limit]
    return sorted(best), f"{len(dates)} entries; the {limit} newest are read, {left} older ones are left out"
