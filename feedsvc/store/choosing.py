"""Which members of a feed a filter fits, over all its entries, the last to arrive first."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa

from feedsvc.filters.deciding import decide, needs
from feedsvc.filters.kinds.bases import Decision
from feedsvc.filters.readable import Readable
from feedsvc.model import Filter
from feedsvc.sanitize.text import plain_text
from feedsvc.store import search
from feedsvc.store.readables import readables, readables_of
from feedsvc.store.rows import SHOWN_COLUMNS, STORY_LINK
from feedsvc.store.schema import entry, entry_text
from feedsvc.store.windows import members, newest_of

#: Entries that are looked at together.
PART = 500

#: No bound: SQLite takes a negative one for none, PostgreSQL does not.
ALL = 2**62

#: Parts of an entry that stand in its own row. Other parts need the other members of its story. The content is read
#: only where its text is not stored.
OWN: dict[str, tuple[Any, ...]] = {
    "title": (entry.c.title,),
    "link": (entry.c.link, STORY_LINK.label("story_link")),
    "author": (entry.c.authors,),
    "content": (entry_text.c.text, sa.case((entry_text.c.text.is_(None), entry.c.content)).label("content")),
    "language": (entry.c.language,),
}

#: Parts of an entry that the candidates of a search have.
SEARCHED = frozenset({"title", "author", "content"})


class Member(NamedTuple):
    """A member of a feed."""

    came_at: datetime
    position: int
    #: Returns the entry as filters see it.
    readable: Callable[[], Readable]


class Judged(NamedTuple):
    """A member of a feed, and the decision of a filter."""

    position: int
    #: None: the member came too early to be tried.
    decision: Decision | None


def judged(
    db: sa.Connection, feed_id: int, fits: Filter, *, since: datetime | timedelta | None = None, most: int
) -> list[Judged]:
    """The newest members of a feed, at most so many, the last to arrive first, as `positions` decides about them."""
    found = []
    for member in _newest(db, feed_id, needs(fits), most):
        if isinstance(since, timedelta):
            since = member.came_at - since
        is_early = since is not None and member.came_at < since
        found.append(Judged(member.position, None if is_early else decide(fits, member.readable())))
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
        newest = next(_newest(db, feed_id, frozenset(), most=1), None)
        since = newest.came_at - since if newest else None
    found = _candidates(db, feed_id, needed, words) if words else _newest(db, feed_id, needed)
    for member in found:
        if since is not None and member.came_at < since:
            return
        if decide(fits, member.readable()).fits:
            yield member.position


def _newest(db: sa.Connection, feed_id: int, needed: frozenset[str], most: int = ALL) -> Iterator[Member]:
    """All members of a feed, as far as a filter looks at them."""
    is_own = needed <= OWN.keys()
    columns = [column for part in sorted(needed) for column in OWN[part]] if is_own else SHOWN_COLUMNS
    statement = members([entry.c.story_id, *(one for one in columns if one is not entry.c.story_id)])
    if is_own and "content" in needed:
        statement = statement.outerjoin(entry_text, entry_text.c.entry_id == entry.c.id)
    given = {"of_feed": feed_id, "most": most}
    with db.execute(newest_of(statement), given, execution_options={"yield_per": PART}) as found:
        for rows in found.partitions(PART):
            others = {} if is_own else readables_of(db, rows)
            for row in rows:
                readable = partial(_of_row, row, needed) if is_own else partial(others.__getitem__, row.story_id)
                yield Member(row.came_at, row.position, readable)


def _candidates(db: sa.Connection, feed_id: int, needed: frozenset[str], words: Collection[str]) -> Iterator[Member]:
    """The members of a feed that may have these words."""
    for part in search.candidates(db, feed_id, search.terms_of_words(words)):
        others = {} if needed <= SEARCHED else readables(db, [one.story_id for one in part])
        for one in part:
            if needed <= SEARCHED:
                yield Member(one.came_at, one.position, partial(_of_candidate, one))
            elif one.story_id in others:
                yield Member(one.came_at, one.position, partial(others.__getitem__, one.story_id))


def _of_candidate(one: search.Candidate) -> Readable:
    return Readable(title=one.words.title, link="", authors=one.words.authors, tags=(), text=lambda: one.words.text)


def _of_row(row: Any, needed: frozenset[str]) -> Readable:
    """As much of an entry as a filter looks at."""
    return Readable(
        title=row.title if "title" in needed else "",
        link=(row.story_link or row.link or "") if "link" in needed else "",
        authors=tuple(author["name"] for author in row.authors) if "author" in needed else (),
        tags=(),
        text=partial(_text, row) if "content" in needed else str,
        language=(row.language or "") if "language" in needed else "",
    )


def _text(row: Any) -> str:
    return str(row.text) if row.text is not None else plain_text(row.content)
