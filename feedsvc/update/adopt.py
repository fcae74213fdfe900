"""Takes over guids and links of a feed that subscribers have today, so that no entry is new to them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from feedsvc.errors import FeedsvcError
from feedsvc.jumps import without_tracking
from feedsvc.model import RawEntry
from feedsvc.normalize import link_key, title_key
from feedsvc.sandbox import Failure, Sandbox, calls
from feedsvc.store import Store, identities, lookups, memberships, sources
from feedsvc.store.identities import StoredIdentity

T = TypeVar("T")

#: Two dates of one entry may differ by a time zone that one of them did not name.
SAME_DATE = timedelta(hours=24)

#: An entry of the feed, and the stored entry that it is.
Pair = tuple[RawEntry, StoredIdentity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The result of taking over a feed."""

    #: Entries that have another guid or link now.
    adopted: int
    #: Entries that had the same guid and link before.
    same: int
    #: Entries of the feed that are not stored.
    missing: tuple[RawEntry, ...]
    #: Entries of the feed whose guid another stored entry has.
    taken: tuple[RawEntry, ...]
    #: How many stored entries are not in the feed.
    unknown: int


def adopt(store: Store, sandbox: Sandbox, place: str, data: bytes, *, is_dry: bool = False) -> Adoption:
    """
    Give every stored entry that stands in a feed the guid and the link that it has there.

    An entry is recognised by its guid, else by its link, else by its title and date. The next update reads the sources
    of these entries again. Raises FeedsvcError, naming `place`, when `data` is no feed.
    """
    read = sandbox.run(calls.read_identities, data)
    if isinstance(read, Failure):
        raise FeedsvcError(f"{place}: {read.reason}")
    if read.problem:
        raise FeedsvcError(f"{place}: {read.problem}")
    with store.alone(), store.write() as db:
        ours = identities.listed(db)
        times = Counter(one.guid for one in read.entries)
        pairs, missing = match([one for one in read.entries if times[one.guid] == 1], ours)
        wanted, taken = _free(pairs, lookups.guids_of(db, [theirs.guid for theirs, _ in pairs]))
        taken += [one for one in read.entries if times[one.guid] > 1]
        changed = [(one, theirs.guid, theirs.link) for theirs, one in wanted if _differs(theirs, one)]
        if not is_dry:
            identities.adopt(db, changed)
            memberships.touch(db, [one.story_id for one, _, _ in changed])
            sources.outdate(db, {one.source_id for one, _, _ in changed})
    return Adoption(
        adopted=len(changed),
        same=len(wanted) - len(changed),
        missing=tuple(missing),
        taken=tuple(taken),
        unknown=len(ours) - len(pairs),
    )


def _free(pairs: list[Pair], owners: Mapping[str, int]) -> tuple[list[Pair], list[RawEntry]]:
    """The pairs whose guid is free, and the feed's entries of the other pairs. `owners`: guid → story."""
    taken: list[RawEntry] = []
    while True:
        leaving = {one.story_id for _, one in pairs}
        kept = [theirs for theirs, one in pairs if owners.get(theirs.guid, one.story_id) not in leaving]
        if not kept:
            return pairs, taken
        # The owners of these guids keep them, so these entries stay as they are.
        taken += kept
        guids = {theirs.guid for theirs in kept}
        pairs = [pair for pair in pairs if pair[0].guid not in guids]


def _differs(theirs: RawEntry, one: StoredIdentity) -> bool:
    return theirs.guid != one.guid or (theirs.link is not None and theirs.link != (one.adopted_link or one.link))


def match(feed: Sequence[RawEntry], ours: Sequence[StoredIdentity]) -> tuple[list[Pair], list[RawEntry]]:
    """The stored entry that each entry of a feed is, and the entries that are none: by guid, link, title and date."""
    pairs: list[Pair] = []
    left = list(feed)
    for own, foreign in ADOPTED_SIGNS:
        known = {one.id for _, one in pairs}
        places = _unique((own(one), one) for one in ours if one.id not in known)
        found = _unique((foreign(theirs), theirs) for theirs in left)
        new = [(theirs, places[key]) for key, theirs in found.items() if key in places]
        pairs += new
        matched = {id(theirs) for theirs, _ in new}
        left = [theirs for theirs in left if id(theirs) not in matched]
    return _by_title(pairs, left, ours)


#: The signs of a stored entry and of an entry of the feed, the surest first. None: it has no such sign.
ADOPTED_SIGNS: tuple[tuple[Callable[[StoredIdentity], str | None], Callable[[RawEntry], str | None]], ...] = (
    (lambda one: one.guid, lambda theirs: theirs.guid),
    (lambda one: one.link, lambda theirs: theirs.link),
    (lambda one: _place(one.link), lambda theirs: _place(theirs.link)),
)


def _place(link: str | None) -> str | None:
    return link_key(without_tracking(link)) if link else None


def _unique(signed: Iterable[tuple[str | None, T]]) -> dict[str, T]:
    """The values by their signs; a sign that several values have is left out."""
    found: dict[str, T] = {}
    twice: set[str] = set()
    for sign, one in signed:
        if sign and sign in found:
            twice.add(sign)
        elif sign:
            found[sign] = one
    return {sign: one for sign, one in found.items() if sign not in twice}


def _by_title(
    pairs: list[Pair], left: Sequence[RawEntry], ours: Sequence[StoredIdentity]
) -> tuple[list[Pair], list[RawEntry]]:
    """Match the rest by title and date. Without a date on a side, the title must be unique on both sides."""
    known = {one.id for _, one in pairs}
    by_title: defaultdict[str, list[StoredIdentity]] = defaultdict(list)
    for one in ours:
        by_title[title_key(one.title)].append(one)
    titles = Counter(title_key(theirs.title) for theirs in left)
    missing = []
    for theirs in left:
        key = title_key(theirs.title)
        same = [one for one in by_title[key] if one.id not in known] if key else []
        is_only = len(by_title[key]) == titles[key] == 1
        close = [one for one in same if _is_close(theirs, one, is_only=is_only)]
        nearest = sorted(close, key=lambda one: _distance(theirs, one))[:2]
        if not nearest or (len(nearest) > 1 and _distance(theirs, nearest[0]) == _distance(theirs, nearest[1])):
            missing.append(theirs)  # no entry, or two that are equally near
            continue
        pairs.append((theirs, nearest[0]))
        known.add(nearest[0].id)
    return pairs, missing


def _is_close(theirs: RawEntry, one: StoredIdentity, *, is_only: bool) -> bool:
    if theirs.published is None or one.published is None:
        return is_only
    # The former site may have dated an undated article by its file.
    return _distance(theirs, one) <= SAME_DATE or (one.is_dated_by_name and is_only)


def _distance(theirs: RawEntry, one: StoredIdentity) -> timedelta:
    if theirs.published is None or one.published is None:
        return SAME_DATE
    return abs(theirs.published - one.published)
