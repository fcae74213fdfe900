"""What the members of a story say together: whose work it is, and its categories."""

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Credit, Terms
from feedsvc.store.lookups import chunks
from feedsvc.store.rows import Members, terms_of
from feedsvc.store.schema import category, entry, entry_category, source, upstream

#: All statements are made once: SQLAlchemy takes longer to build a statement than the database to run it.
_of_stories = (
    entry.c.story_id.in_(sa.bindparam("stories", expanding=True)), entry.c.withdrawn_at.is_(None), ~source.c.is_private,
)  # fmt: skip
MEMBERS_OF = (
    sa.select(
        entry.c.story_id, entry.c.source_id, entry.c.origin, entry.c.image, entry.c.link, entry.c.is_kept,
        entry.c.is_shown, source.c.name,
    )
    .join(source, source.c.id == entry.c.source_id)
    .where(*_of_stories)
)  # fmt: skip
CATEGORIES_OF = (
    sa.select(
        entry.c.story_id, category.c.name.label("category"), entry.c.is_shown, source.c.name, entry_category.c.position
    )
    .join(entry_category, entry_category.c.entry_id == entry.c.id)
    .join(category, category.c.id == entry_category.c.category_id)
    .join(source, source.c.id == entry.c.source_id)
    .where(*_of_stories, entry.c.is_kept)
)
SOURCES = (
    sa.select(
        source.c.id, source.c.name, source.c.title, source.c.link, source.c.feed_id, source.c.feed_url, source.c.terms,
        upstream.c.source_id.label("upstream_id"),
    )
    .outerjoin(upstream, upstream.c.source_id == source.c.id)
    .where(source.c.id.in_(sa.bindparam("sources", expanding=True)))
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The source of entries, as far as it says whose work they are."""

    #: The source itself, without the page of an entry. A source of the operator's own seeds has no title.
    credit: Credit
    terms: Terms | None
    #: Whether its entries are written here.
    is_ours: bool


def owners(db: sa.Connection, source_ids: Collection[int]) -> dict[int, Owner]:
    """These sources."""
    rows = (row for chunk in chunks(source_ids) for row in db.execute(SOURCES, {"sources": chunk}))
    return {row.id: _owner(row) for row in rows}


def _owner(row: Any) -> Owner:
    terms = terms_of(row.terms)
    # Declared to be the work of somebody else.
    is_republished = terms is not None and terms.kind in {"licensed", "feed"}
    is_ours = row.upstream_id is None and not is_republished
    holder = terms.holder if terms and not is_ours else None
    credit = Credit(
        title=row.title or holder or (row.name if is_republished else ""),
        url=(terms.url if terms and not is_ours else None) or row.link,
        feed_url=row.feed_url,
        id=row.feed_id,
        holder=holder,
    )
    return Owner(credit=credit, terms=terms, is_ours=is_ours)


def members_of(db: sa.Connection, story_ids: Collection[int]) -> dict[int, Members]:
    """The facts of all public members of each story: of the shown member first, then by name of source."""
    found = {story_id: Members() for story_id in story_ids}
    rows = [row for chunk in chunks(story_ids) for row in db.execute(MEMBERS_OF, {"stories": chunk})]
    rows.sort(key=_shown_first)
    owner_of = owners(db, {row.source_id for row in rows})
    for row in rows:
        members, owner = found[row.story_id], owner_of[row.source_id]
        if row.is_kept:
            members.image, members.link = members.image or row.image, members.link or row.link
        if row.is_shown:
            members.terms, members.is_ours = owner.terms, owner.is_ours
        for one in credits_of(row.origin, row.link, owner):
            members.origins.setdefault(one.title, one)
    return found


def credits_of(origin: Mapping[str, Any] | None, link: str | None, owner: Owner) -> list[Credit]:
    """Whose work a member is: the origin that its source names, then the source. A seed of our own has none."""
    of_feed = owner.credit
    named = origin.get("title", "") if origin else ""
    # An entry of `新闻网 RSS订阅` that names `新闻网` names the feed itself.
    if not origin or named in of_feed.title or of_feed.title in named:
        return [dataclasses.replace(of_feed, page=link)] if of_feed.title else []
    # The page is that of the origin. The feed that names it has a page of its own.
    foreign = Credit(**{**origin, "page": link})
    return [one for one in (foreign, of_feed) if one.title]


def _shown_first(row: Any) -> tuple[bool, str]:
    """The order of members. Not by the database: the collation of PostgreSQL would decide it."""
    return not row.is_shown, row.name


def categories_of(db: sa.Connection, story_ids: Collection[int]) -> dict[int, list[str]]:
    """The categories of each story: first those of the shown member, in its source's order."""
    found: dict[int, dict[str, None]] = {story_id: {} for story_id in story_ids}
    for chunk in chunks(story_ids):
        rows = db.execute(CATEGORIES_OF, {"stories": chunk})
        for row in sorted(rows, key=lambda one: (*_shown_first(one), one.position)):
            found[row.story_id].setdefault(row.category)
    return {story_id: list(named) for story_id, named in found.items()}
