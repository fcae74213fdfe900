"""Decides whether a filter fits an entry, and by which of its conditions. Pure, and in linear time."""

from feedsvc.filters.kinds.bases import Combination, Condition, Decision
from feedsvc.filters.readable import Readable
from feedsvc.model import Filter


def needs(chosen: Filter) -> frozenset[str]:
    """The parts of an entry that a filter looks at."""
    match chosen:
        case Combination():
            return frozenset().union(*map(needs, chosen.filters))
        case Condition():
            return chosen.needs
        case _:
            raise TypeError(f"no filter: {chosen!r}")


def decide(chosen: Filter, entry: Readable) -> Decision:
    """Whether a filter fits an entry. Conditions that cannot change the answer any more are not tried."""
    match chosen:
        case Combination():
            return chosen.decided(decide(one, entry) for one in chosen.filters)
        case Condition():
            fits = chosen.fits(entry)
            return Decision(fits=fits, by=((chosen, fits),))
        case _:
            raise TypeError(f"no filter: {chosen!r}")
