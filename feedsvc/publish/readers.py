"""Who reads the feeds: subscribers by aggregator, and requests of other programs, of each feed. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from feedsvc.store.traffic import Reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """The programs that ask for a feed."""

    #: The feed's slug.
    feed: str
    #: The subscribers that each aggregator states, the most first.
    subscribers: tuple[tuple[str, int], ...]
    #: The requests of other programs, the most first.
    requests: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All subscribers."""
        return sum(number for _, number in self.subscribers)


def readers_of(reads: Iterable[Reads]) -> tuple[Readers, ...]:
    """
    The programs that ask for each feed; the feed with the most subscribers comes first.

    An aggregator asks for each address of a feed for other subscribers, so their numbers add up.
    """
    subscribers: dict[str, Counter[str]] = {}
    requests: dict[str, Counter[str]] = {}
    for one in reads:
        if one.subscribers is None:
            requests.setdefault(one.feed, Counter())[one.name] += one.requests
        else:
            subscribers.setdefault(one.feed, Counter())[one.name] += one.subscribers
    found = [
        Readers(feed=feed, subscribers=_ordered(subscribers.get(feed)), requests=_ordered(requests.get(feed)))
        for feed in subscribers.keys() | requests.keys()
    ]
    return tuple(sorted(found, key=lambda one: (-one.total, one.feed)))


def _ordered(numbers: Counter[str] | None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((numbers or {}).items(), key=lambda one: (-one[1], one[0])))
