"""Articles as their pages show them: with the articles next to them, and the feeds of their categories."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from feedsvc.catalogue import ALL
from feedsvc.model import Entry
from feedsvc.store.entries import by_article
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import category, entry, feed, membership, story


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An article next to another one."""

    #: Of its page.
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry with what its page leads to."""

    entry: Entry
    #: The articles before and after it.
    before: Near | None
    after: Near | None
    #: Of its categories: the slugs of their feeds.
    slugs: Mapping[str, str]
    #: The slug of the feed of which it is a digest; the page changes with this feed. `all` for another entry.
    feed: str = ALL


_all = sa.select(feed.c.id).where(feed.c.kind == ALL).scalar_subquery()
_own = (
    sa.select(membership.c.position)
    .join(story, story.c.id == membership.c.story_id)
    .where(membership.c.feed_id == _all, story.c.article_id == sa.bindparam("article"))
    .scalar_subquery()
)


def _next(*, is_after: bool) -> "sa.Select[tuple[bool, str, str]]":
    position = membership.c.position
    found = (
        sa.select(sa.literal(is_after).label("is_after"), story.c.article_id.label("id"), entry.c.title)
        .join(story, story.c.id == entry.c.story_id)
        .join(membership, membership.c.story_id == story.c.id)
        .where(membership.c.feed_id == _all, entry.c.is_shown, position > _own if is_after else position < _own)
        .order_by(position if is_after else position.desc())
        .limit(1)
    )
    # PostgreSQL and SQLite take LIMIT in a part of UNION in this form alone.
    return sa.select(*found.subquery().c)


#: Made once: SQLAlchemy takes longer to build a statement than the database to run it.
NEAR = sa.union_all(_next(is_after=False), _next(is_after=True))
SLUGS = (
    sa.select(category.c.name, feed.c.slug)
    .join(feed, feed.c.category_id == category.c.id)
    .where(feed.c.retired_at.is_(None), category.c.name.in_(sa.bindparam("names", expanding=True)))
)


def find(db: sa.Connection, article: str) -> tuple[Article | None, bool]:
    """The article of a page, and whether there ever was one, as `entries.by_article`."""
    shown, was_there = by_article(db, article)
    if shown is None:
        return None, was_there
    near = {row.is_after: Near(id=row.id, title=row.title) for row in db.execute(NEAR, {"article": article})}
    named = (db.execute(SLUGS, {"names": chunk}) for chunk in chunks(shown.categories))
    slugs = {row.name: row.slug for rows in named for row in rows}
    return Article(entry=shown, before=near.get(False), after=near.get(True), slugs=slugs), True
