"""The rules of a source, `keep` and `drop`: filters that say which of its entries are shown. Pure."""

from dataclasses import dataclass
from typing import Literal

from feedsvc.filters.deciding import decide
from feedsvc.filters.kinds.bases import Condition
from feedsvc.filters.kinds.combined import AllOf, AnyOf, NoneOf
from feedsvc.filters.readable import Readable
from feedsvc.model import Filter

#: Filters that are no rules → the reason. An entry is judged before it is known whether it is new.
REFUSED = {
    "source": "a rule counts for its own source alone; leave this filter out",
    "newer": "only a feed has filters by age, because a rule judges an entry before it arrives",
    "older": "only a feed has filters by age, because a rule judges an entry before it arrives",
}


def is_kept(entry: Readable, keep: tuple[Filter, ...], drop: tuple[Filter, ...]) -> bool:
    """Whether an entry is shown: at least one filter of `keep` fits (if there are any), and no filter of `drop`."""
    return decide(chosen_by(keep, drop), entry).fits


def chosen_by(keep: tuple[Filter, ...], drop: tuple[Filter, ...]) -> Filter:
    """The rules of a source as one filter."""
    kept = (AnyOf(filters=keep),) if keep else ()
    return AllOf(filters=(*kept, NoneOf(filters=drop)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """The rule that keeps an entry from readers."""

    rule: Literal["keep", "drop"]
    #: The filter of `drop` that fits, or all filters of `keep`, of which none fits.
    filters: tuple[Filter, ...]
    #: The conditions that decided, each with its own answer.
    conditions: tuple[tuple[Condition, bool], ...]


def objection(entry: Readable, keep: tuple[Filter, ...], drop: tuple[Filter, ...]) -> Objection | None:
    """The rule by which an entry is not shown; None for an entry that `is_kept`."""
    if keep and not (decision := decide(AnyOf(filters=keep), entry)).fits:
        return Objection(rule="keep", filters=keep, conditions=decision.by)
    for one in drop:
        if (decision := decide(one, entry)).fits:
            return Objection(rule="drop", filters=(one,), conditions=decision.by)
    return None
