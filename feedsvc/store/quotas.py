"""
Quotas: a feed may have no more than some entries of one source among its last ones, so that a busy source leaves room.

A story is judged by the members that arrived before it, when it comes to the feed. A story that is passed over does not
come later: it is in the feed `all`, and in feeds without a quota. A member stays until the rule changes.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from feedsvc.model import Quota
from feedsvc.store.schema import membership

#: The last members of a feed that arrived at a moment or before, the last one first.
BEFORE = (
    sa.select(membership.c.story_id, membership.c.arrived_at)
    .where(
        membership.c.feed_id == sa.bindparam("of_feed"),
        membership.c.arrived_at <= sa.bindparam("at", type_=membership.c.arrived_at.type),
    )
    .order_by(membership.c.arrived_at.desc(), membership.c.position.desc())
    .limit(sa.bindparam("most"))
)

#: Returns the names of the sources of stories, by the id of the story.
SourcesOf = Callable[[list[int]], dict[int, Collection[str]]]


@dataclass(slots=True)
class Mix:
    """The sources of the last members of a feed."""

    quota: Quota
    most: int
    members: deque[Collection[str]] = field(default_factory=deque)
    #: The arrival of the last of them.
    at: datetime | None = None

    def add(self, sources: Collection[str], at: datetime) -> None:
        """A story comes to the feed."""
        self.members.append(sources)
        self.at = at
        while len(self.members) > self.most:
            self.members.popleft()

    def has_room(self, sources: Collection[str]) -> bool:
        """Whether one of these sources has fewer members than its quota."""
        # The story itself takes the place of the oldest of `most` members.
        last = list(self.members)[-(self.most - 1) :] if self.most > 1 else []
        numbers = Counter(name for one in last for name in one)
        bound = self.quota
        if bound == "fair":
            bound = -(-self.most // len(numbers.keys() | set(sources)))
        return any(numbers[name] < bound for name in sources)


class Quotas:
    """The quotas of feeds, for stories that come to them one after the other."""

    def __init__(self, db: sa.Connection, sources_of: SourcesOf, *, is_anew: bool) -> None:
        self.db = db
        self.sources_of = sources_of
        #: Whether all stories are judged again, the first to arrive first.
        self.is_anew = is_anew
        self._mixes: dict[int, Mix] = {}

    def admits(self, feed_id: int, quota: tuple[Quota, int], sources: Collection[str], at: datetime) -> bool:
        """Whether a story of these sources, which arrived at this moment, may come to a feed. It then counts there."""
        mix = self._mixes.get(feed_id)
        if mix is None or (mix.at is not None and at < mix.at):
            mix = self._mixes[feed_id] = self._mix(feed_id, quota, at)
        if not mix.has_room(sources):
            return False
        mix.add(sources, at)
        return True

    def _mix(self, feed_id: int, quota: tuple[Quota, int], at: datetime) -> Mix:
        found = Mix(*quota)
        if self.is_anew:
            return found
        rows = self.db.execute(BEFORE, {"of_feed": feed_id, "at": at, "most": found.most}).all()
        names = self.sources_of([row.story_id for row in rows])
        for row in reversed(rows):
            found.add(names.get(row.story_id, ()), row.arrived_at)
        return found
