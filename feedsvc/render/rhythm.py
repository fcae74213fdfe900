"""How long a cache may use a document: a part of the usual time between two of its entries. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from feedsvc.model import Entry
from feedsvc.render.channel import published

#: Bounds in seconds. A cache asks a lively feed every five minutes, and a quiet feed every hour.
LEAST = 300
MOST = 3600

#: The newest entries that count, and the part of the median time between two of them.
NEWEST = 20
PART = 6


def max_age(entries: Sequence[Entry]) -> int:
    """Seconds for which a cache may use a document of these entries. A feed of one entry has no rhythm yet."""
    dates = sorted((published(entry) for entry in entries), reverse=True)[:NEWEST]
    gaps = sorted((later - earlier).total_seconds() for later, earlier in pairwise(dates))
    return int(min(max(gaps[len(gaps) // 2] / PART, LEAST), MOST)) if gaps else LEAST
