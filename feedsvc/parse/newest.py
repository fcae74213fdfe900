"""The newest entries of a feed that has more entries than may be read. Pure."""

import email.utils
import re
from collections.abc import Sequence
from itertools import pairwise

#: A date like ISO 8601, as far as needed to compare dates.
ISO = re.compile(
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([+-]\d{2}):?(\d{2})?)?"
)
#: Longest date, in characters.
COMPARED_DATE = 60

Moment = tuple[int, ...]


def moment(text: str) -> Moment | None:
    """A value by which a date can be compared; None if its form is not simple. Fast for any text."""
    text = text[:COMPARED_DATE]
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
    """A comparable value in which every month has 31 days: only the order matters."""
    minutes = ((year * 12 + month) * 31 + day) * 1440 + hour * 60 + minute - offset
    return (minutes, second)


def newest(dates: Sequence[str], limit: int) -> tuple[list[int], str | None]:
    """
    The positions of the `limit` newest entries in the feed's order, and a problem about the entries left out.

    An entry without a date counts as old as the one before it. If no entry has a date, the first ones are the newest.
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
