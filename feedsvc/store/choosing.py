"""Which members of a feed a filter fits, over all its entries, the last to arrive first."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from feedsvc.filters.deciding import decide, needs
from feedsvc.filters.readable import Readable
from feedsvc.model import Filter
from feedsvc.sanitize.text import plain_text
from feedsvc.store.memberships import members, newest_of
from feedsvc.store.readables import readables_of
from feedsvc.store.rows import SHOWN_COLUMNS, STORY_LINK
from feedsvc.store.schema import entry

#: Entries that are looked at together.
PART = 500

#: No bound: SQLite takes a negative one for none, PostgreSQL does not.
ALL = 2**62

#: Parts of an entry that stand in its own row. Other parts need the other members of its story.
OWN = {
    "title": (entry.c.title,),
    "link": (entry.c.link, STORY_LINK.label("story_link")),
    "author": (entry.c.authors,),
    "content": (entry.c.content,),
    "language": (entry.c.language,),
}


def positions(
    db: sa.Connection, feed_id: int, fits: Filter, since: datetime | timedelta | None = None
) -> Iterator[int]:
    """
    The positions of the members that a filter fits.

    `since` ends the list where the members came before it; a duration counts back from the newest member.
    """
    needed = needs(fits)
    own = needed <= OWN.keys()
    columns = [column for part in sorted(needed) for column in OWN[part]] if own else SHOWN_COLUMNS
    statement = newest_of(members([entry.c.story_id, *(one for one in columns if one is not entry.c.story_id)]))
    with db.execute(statement, {"of_feed": feed_id, "most": ALL}, execution_options={"yield_per": PART}) as found:
        for part in found.partitions(PART):
            if isinstance(since, timedelta):
                since = part[0].came_at - since
            recent = [row for row in part if since is None or row.came_at >= since]
            readable = [_of_row(row, needed) for row in recent] if own else _of_story(db, recent)
            yield from (row.position for row, one in zip(recent, readable, strict=True) if decide(fits, one).fits)
            if len(recent) < len(part):
                return


def _of_story(db: sa.Connection, rows: Sequence[Any]) -> list[Readable]:
    found = readables_of(db, rows)
    return [found[row.story_id] for row in rows]


def _of_row(row: Any, needed: frozenset[str]) -> Readable:
    """As much of an entry as a filter looks at."""
    return Readable(
        title=row.title if "title" in needed else "",
        link=(row.story_link or row.link or "") if "link" in needed else "",
        authors=tuple(author["name"] for author in row.authors) if "author" in needed else (),
        tags=(),
        text=partial(plain_text, row.content) if "content" in needed else str,
        language=(row.language or "") if "language" in needed else "",
    )
