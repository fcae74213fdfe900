"""Taking over the identities of the feed that subscribers have today, so that nothing is new to them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from feedsvc.errors import FeedsvcError
from feedsvc.model import RawEntry
from feedsvc.normalize import link_key, title_key
from feedsvc.sandbox import Failure, Sandbox
from feedsvc.sandbox.jobs import read_identities
from feedsvc.store import Store, entries, memberships, sources
from feedsvc.store.entries import Identity

#: Two dates of one entry may differ by a time zone that one of them did not name.
SAME_DATE = timedelta(hours=24)

#: An entry of a feed, and the one of ours that it is.
Pair = tuple[RawEntry, Identity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What came of taking over a feed's identities."""

    #: Entries that have another guid or link now.
    adopted: int
    #: Entries that had both already.
    same: int
    #: Entries of the feed that are not here.
    missing: tuple[RawEntry, ...]
    #: Entries of the feed whose guid another entry here has.
    taken: tuple[RawEntry, ...]
    #: How many entries here are not in the feed.
    unknown: int


def adopt(store: Store, sandbox: Sandbox, place: str, data: bytes, *, is_dry: bool = False) -> Adoption:
    """
    Give every stored entry that stands in a feed the guid and the link that it has there.

    An entry is known by its link, else by its guid, else by its title and date. The next update reads the sources that
    this touches again. Raises FeedsvcError, naming `place`, when `data` is no feed.
    """
    ((_, read),) = sandbox.map(read_identities, [(place, data)])
    problem = read.reason if isinstance(read, Failure) else read.problem if read else None
    if problem or read is None or isinstance(read, Failure):
        raise FeedsvcError(f"{place}: {problem}")
    with store.alone(), store.write() as db:
        ours = entries.identities(db)
        pairs, missing = match(read.entries, ours)
        wanted, taken = _free(pairs, entries.guids_of(db, [theirs.guid for theirs, _ in pairs]))
        changed = [(one, theirs.guid, theirs.link) for theirs, one in wanted if _differs(theirs, one)]
        if not is_dry:
            entries.adopt(db, changed)
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
    """The pairs whose guid nobody else keeps, and what the others would have had. `owners`: guid → story."""
    taken: list[RawEntry] = []
    while True:
        leaving = {one.story_id for _, one in pairs}
        kept = [theirs for theirs, one in pairs if owners.get(theirs.guid, one.story_id) not in leaving]
        if not kept:
            return pairs, taken
        # Those stay as they are now: what wanted their guids has to do without.
        taken += kept
        pairs = [pair for pair in pairs if pair[0] not in kept]


def _differs(theirs: RawEntry, one: Identity) -> bool:
    return theirs.guid != one.guid or (theirs.link is not None and theirs.link != one.link)


def match(feed: Iterable[RawEntry], ours: Sequence[Identity]) -> tuple[list[Pair], list[RawEntry]]:
    """Which entry of ours each entry of a feed is, and those that none is: by link or guid, then by title and date."""
    by_place: dict[str, Identity] = {}
    by_title: defaultdict[str, list[Identity]] = defaultdict(list)
    for one in ours:
        by_place.setdefault(one.guid, one)
        if one.link:
            by_place.setdefault(link_key(one.link), one)
        by_title[title_key(one.title)].append(one)
    pairs: list[Pair] = []
    known: set[int] = set()
    left: list[RawEntry] = []
    for theirs in feed:
        found = (by_place.get(link_key(theirs.link)) if theirs.link else None) or by_place.get(theirs.guid)
        if found is None or found.id in known:
            left.append(theirs)
        else:
            pairs.append((theirs, found))
            known.add(found.id)
    missing = []
    for theirs in left:
        close = [one for one in by_title[title_key(theirs.title)] if one.id not in known and _is_close(theirs, one)]
        if not close:
            missing.append(theirs)
            continue
        found = min(close, key=lambda one: (_distance(theirs, one), one.id))
        pairs.append((theirs, found))
        known.add(found.id)
    return pairs, missing


def _is_close(theirs: RawEntry, one: Identity) -> bool:
    return bool(theirs.title) and _distance(theirs, one) <= SAME_DATE


def _distance(theirs: RawEntry, one: Identity) -> timedelta:
    if theirs.published is None or one.published is None:
        return SAME_DATE
    return abs(theirs.published - one.published)
