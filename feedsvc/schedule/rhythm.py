"""The rhythm of a source: on which days it has entries, and whether it has gone silent against that. Pure."""

import math
from collections.abc import Collection
from datetime import date
from itertools import pairwise

#: So many gaps between days with entries tell a rhythm. With fewer, nothing is said.
MIN_GAPS = 4

#: The longest gap is usual if it is not among the longest tenth: a holiday is no rhythm.
USUAL = 0.9

#: A source is silent if its newest entry is older than so many usual gaps.
SILENT = 4


def usual_gap(days: Collection[date]) -> int | None:
    """
    The usual longest gap between two days with entries, in days. None if there are too few days to tell.

    Days count, not entries: many sources have several entries at once.
    """
    found = sorted(set(days))
    gaps = sorted((later - earlier).days for earlier, later in pairwise(found))
    if len(gaps) < MIN_GAPS:
        return None
    return gaps[math.ceil(USUAL * len(gaps)) - 1]


def silent_days(newest: date | None, gap: int | None, today: date) -> int | None:
    """The days since the newest entry of a source that has gone silent; None if it has not, or nobody can tell."""
    if newest is None or gap is None:
        return None
    days = (today - newest).days
    return days if days > SILENT * gap else None
