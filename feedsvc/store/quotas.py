"""
Quotas: a source has no more than its part of the entries that a feed shows, so that a busy source leaves room.

A quota is a rule of the window. The members of the feed, its archive and its changes have every entry. So another
quota, or none, changes the document alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Quota
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import entry, membership, source

#: A quota chooses from so many of the newest members: the cost of a document does not grow with the feed.
REACH = 2_000

NEWEST = (
    sa.select(membership.c.position, membership.c.story_id)
    .join(entry, sa.and_(entry.c.story_id == membership.c.story_id, entry.c.is_shown))
    .where(membership.c.feed_id == sa.bindparam("of_feed"))
    .order_by(membership.c.arrived_at.desc(), membership.c.position.desc())
    .limit(REACH)
)
TELLERS = (
    sa.select(entry.c.story_id, entry.c.source_id)
    .join(source, source.c.id == entry.c.source_id)
    .where(
        entry.c.story_id.in_(sa.bindparam("stories", expanding=True)), entry.c.withdrawn_at.is_(None), entry.c.is_kept,
        ~source.c.is_private,
    )
)  # fmt: skip


def positions(db: sa.Connection, feed_id: int, quota: Quota, items: int) -> list[int]:
    """The positions of the newest members that have room, in order of arrival, the newest first."""
    rows: Sequence[Any] = db.execute(NEWEST, {"of_feed": feed_id}).all()
    sources: dict[int, set[int]] = defaultdict(set)
    for chunk in chunks(row.story_id for row in rows):
        for row in db.execute(TELLERS, {"stories": chunk}):
            sources[row.story_id].add(row.source_id)
    return [rows[place].position for place in chosen([sources[row.story_id] for row in rows], quota, items)]


def chosen(sources: Sequence[Collection[int]], quota: Quota, items: int) -> list[int]:
    """
    The places of entries that have room, in order. `sources` has the sources of each entry, the newest first. Pure.

    With a number, each source has at most so many. With `fair`, there are at most `items`: the newest of each source
    come first, then the second of each, and so on. An entry of several sources comes if one of them has room.
    """
    numbers = Counter[int]()
    taken: set[int] = set()

    def admit(bound: int, places: Iterable[int], is_enough: Callable[[], bool]) -> None:
        for place in places:
            if is_enough():
                return
            if place not in taken and any(numbers[one] < bound for one in sources[place]):
                taken.add(place)
                numbers.update(sources[place])

    if quota != "fair":
        admit(quota, range(len(sources)), lambda: False)
        return sorted(taken)
    for bound in range(1, len(sources) + 1):
        if len(taken) >= min(items, len(sources)):
            break
        admit(bound, range(len(sources)), lambda: len(taken) >= items)
    return sorted(taken)
