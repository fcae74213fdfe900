"""Which members of a feed a filter fits, over all its entries, the last to arrive first."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

import sqlalchemy as sa

from feedsvc.filters.deciding import decide, needs
from feedsvc.filters.kinds.bases import Decision
from feedsvc.filters.readable import Readable
from feedsvc.model import Filter
from feedsvc.store import parts, search
from feedsvc.store.narrowing import Narrowing, dates, narrowing
from feedsvc.store.schema import entry, entry_text, membership
from feedsvc.store.search import Place
from feedsvc.store.windows import members

#: Entries that are looked at together: few at first, because a view often has enough of them.
FIRST_PART, PART = 50, 500

#: Parts of an entry that the candidates of a search have.
SEARCHED = frozenset({"title", "author", "content"})


class Member(NamedTuple):
    """A member of a feed."""

    came_at: datetime
    position: int
    #: The entry as filters see it, as far as a filter looks at it.
    readable: Readable


class Judged(NamedTuple):
    """A member of a feed, and the decision of a filter."""

    position: int
    #: None: the member came too early to be tried.
    decision: Decision | None


def judged(
    db: sa.Connection, feed_id: int, fits: Filter, *, since: datetime | timedelta | None = None, most: int
) -> list[Judged]:
    """The newest members of a feed, at most so many, the last to arrive first, as `positions` decides about them."""
    needed = needs(fits)
    found = []
    for member in _members(db, feed_id, islice(search.places(db, feed_id, ()), most), needed):
        if isinstance(since, timedelta):
            since = member.came_at - since
        is_early = since is not None and member.came_at < since
        found.append(Judged(member.position, None if is_early else decide(fits, member.readable)))
    return found


def positions(
    db: sa.Connection,
    feed_id: int,
    fits: Filter,
    *,
    words: Collection[str] = (),
    since: datetime | timedelta | None = None,
) -> Iterator[int]:
    """
    The positions of the members that a filter fits.

    `words` are words that every such entry has in its title, its text or the names of its authors: the index of terms
    then finds the candidates. `since` ends the list where the members came before it; a duration counts back from the
    newest member.
    """
    needed = needs(fits)
    if isinstance(since, timedelta):
        newest = next(search.places(db, feed_id, ()), None)
        since = newest.came_at - since if newest else None
    if words and needed <= SEARCHED:
        found = _candidates(db, feed_id, words)
    else:
        places = search.places(db, feed_id, search.terms_of_words(words), dates(fits))
        found = _members(db, feed_id, places, needed, narrowing(db, fits))
    for member in found:
        if since is not None and member.came_at < since:
            return
        if decide(fits, member.readable).fits:
            yield member.position


def fitting(
    db: sa.Connection, feed_id: int, fits: Filter, places: Iterable[Place], known: Narrowing | None
) -> set[int]:
    """The positions of those of these members that a filter fits. `known` is `narrowing` of the filter."""
    found = _members(db, feed_id, iter(places), needs(fits), known)
    return {one.position for one in found if decide(fits, one.readable).fits}


def _members(
    db: sa.Connection, feed_id: int, places: Iterator[Place], needed: frozenset[str], known: Narrowing | None = None
) -> Iterator[Member]:
    # Without the size of the content, which `members` has: the database would read the content of each entry.
    columns = (entry.c.story_id, *parts.columns(needed))
    statement = members([]).with_only_columns(*columns, maintain_column_froms=True)
    if parts.is_partial(needed) and "content" in needed:
        statement = statement.outerjoin(entry_text, entry_text.c.entry_id == entry.c.id)
    statement = statement.where(membership.c.position.in_(sa.bindparam("positions", expanding=True)))
    size = FIRST_PART
    while some := list(islice(places, size)):
        size = min(2 * size, PART)
        if known is not None:
            fitting = known.among(db, some)
            some = [one for one in some if one.story_id in fitting]
        rows = (
            db.execute(statement, {"of_feed": feed_id, "positions": [one.position for one in some]}).all()
            if some
            else []
        )
        readable = parts.readables(db, rows, needed) if rows else {}
        for one in some:
            if one.story_id in readable:
                yield Member(one.came_at, one.position, readable[one.story_id])


def _candidates(db: sa.Connection, feed_id: int, words: Collection[str]) -> Iterator[Member]:
    """The members of a feed that may have these words."""
    for part in search.candidates(db, feed_id, search.terms_of_words(words)):
        for one in part:
            yield Member(one.came_at, one.position, _of_candidate(one))


def _of_candidate(one: search.Candidate) -> Readable:
    return Readable(title=one.words.title, link="", authors=one.words.authors, tags=(), text=lambda: one.words.text)
