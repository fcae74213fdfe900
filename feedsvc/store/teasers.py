"""Entries as lists of pages show them: without content."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from feedsvc.model import Credit, Order, SafeHtml, Window
from feedsvc.store.members import Owner, credits_of, members_of, owners
from feedsvc.store.rows import STORY_LINK, Members
from feedsvc.store.schema import entry, membership, story
from feedsvc.store.windows import between, members, newest_of, ordered, window_rows

#: JSON is read as text: most entries of a list have the same few authors, and no origin.
COLUMNS = (
    entry.c.story_id, entry.c.source_id, entry.c.link, entry.c.title, entry.c.summary, entry.c.published, entry.c.image,
    entry.c.language, sa.cast(entry.c.authors, sa.Text).label("authors"),
    sa.cast(entry.c.origin, sa.Text).label("origin"), story.c.article_id, STORY_LINK.label("story_link"),
    story.c.published.label("story_published"),
)  # fmt: skip

#: All statements are made once: SQLAlchemy takes longer to build a statement than the database to run it.
WINDOW = newest_of(members(COLUMNS))
BETWEEN = between(members(COLUMNS))
AT = members(COLUMNS).where(membership.c.position.in_(sa.bindparam("positions", expanding=True)))


class Teaser(NamedTuple):
    """An entry in a list. The other fields are those of an Entry. A tuple is made in a third of the time."""

    #: The id of its page here.
    article: str
    link: str | None
    title: str
    summary: SafeHtml
    #: Their names.
    authors: tuple[str, ...]
    published: datetime
    image: str | None
    language: str | None
    origins: tuple[Credit, ...]


def in_window(db: sa.Connection, feed_id: int, window: Window, most: int | None = None) -> list[Teaser]:
    """The entries in a feed's window, newest first, at most so many."""
    return _in_order(db, window_rows(db, feed_id, window, WINDOW), window.order, most)


def in_page(db: sa.Connection, feed_id: int, above: int, last: int, order: Order) -> list[Teaser]:
    """The entries at positions above `above`, up to `last`, newest first: a page of the archive."""
    return _in_order(db, db.execute(BETWEEN, {"of_feed": feed_id, "above": above, "last": last}).all(), order)


def at(db: sa.Connection, feed_id: int, positions: Collection[int], order: Order) -> dict[int, Teaser]:
    """The entries at these positions, by position, newest first. At most as many as a statement has parameters."""
    if not positions:
        return {}
    rows = db.execute(AT, {"of_feed": feed_id, "positions": list(positions)}).all()
    at_page = {row.article_id: row.position for row in rows}
    return {at_page[one.article]: one for one in _in_order(db, rows, order)}


def _in_order(db: sa.Connection, rows: Sequence[Any], order: Order, most: int | None = None) -> list[Teaser]:
    """Rows of COLUMNS as teasers. The date of a story is set when a second member joins it."""
    chosen = ordered(rows, order)[:most]
    several = members_of(db, [row.story_id for row in chosen if row.story_published])
    owner_of = owners(db, {row.source_id for row in chosen})
    return [_teaser(row, several, owner_of) for row in chosen]


def _teaser(row: Any, several: Mapping[int, Members], owner_of: Mapping[int, Owner]) -> Teaser:
    """A row. `several` has the members of its story if there is more than this one."""
    # To take a row apart costs less than to ask for its columns by name.
    (
        story_id, source_id, link, title, summary, published, image, language, authors, origin, article, story_link,
        story_published, *_,
    ) = row  # fmt: skip
    if of := several.get(story_id):
        link, image, published = story_link or of.link, image or of.image, story_published or published
        origins = tuple(of.origins.values())
    else:
        origins = tuple(credits_of(_origin(origin), link, owner_of[source_id]))
    return Teaser(article, link, title, SafeHtml(summary), _names(authors), published, image, language, origins)


@lru_cache(maxsize=1000)
def _names(authors: str) -> tuple[str, ...]:
    return tuple(author["name"] for author in json.loads(authors))


def _origin(origin: str | None) -> dict[str, Any] | None:
    return json.loads(origin) if origin not in {None, "null"} else None
