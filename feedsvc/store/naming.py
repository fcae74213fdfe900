"""
The entries that a name leads to: a guid, a link, a page here, or the path of a file.

The names are for the operator alone. Withdrawn entries and those of private sources are found, too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from feedsvc.identity import page_key
from feedsvc.store.schema import entry, seed_file, source, story

#: So many stories are traced at once. More of them share a guid or a page that identifies nothing.
MOST_STORIES = 20

#: A path below the folder of a source; without a source, below that of any.
Path = tuple[str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The names by which a piece is looked for."""

    guids: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    #: `identity.page_key` of the link.
    page: str | None = None
    #: The id of a page of an article here; that of a guid counts for erased stories alone.
    article: str | None = None
    paths: frozenset[Path] = frozenset()


def find(db: sa.Connection, wanted: Wanted) -> dict[int, tuple[str, ...]]:
    """The entries that have one of these names, in order of arrival: the id of each, and the names that fit."""
    found: dict[int, list[str]] = defaultdict(list)
    for by, condition in _conditions(db, wanted):
        of = sa.select(entry.c.id).join(story, story.c.id == entry.c.story_id).where(condition)
        for entry_id in db.scalars(of.order_by(entry.c.id)):
            found[entry_id].append(by)
    return {entry_id: tuple(found[entry_id]) for entry_id in sorted(found)}


def _conditions(db: sa.Connection, wanted: Wanted) -> Iterator[tuple[str, sa.ColumnElement[bool]]]:
    """Each kind of name, and the entries that have it."""
    guids, links = sorted(wanted.guids), sorted(wanted.links)
    if guids:
        yield "guid", entry.c.guid.in_(guids)
        yield "guid of the story", story.c.guid.in_(guids)
        yield "own guid", entry.c.own_guid.in_(guids)
    if wanted.article and not guids:
        yield "page here", story.c.article_id == wanted.article
    if links:
        same = sa.or_(entry.c.link.in_(links), entry.c.adopted_link.in_(links))
        yield "link", same if wanted.page is None else sa.or_(same, entry.c.link_key == wanted.page)
        yield "link of the story", story.c.id.in_(_linked(db, wanted))
    if wanted.paths:
        has_file = sa.exists().where(seed_file.c.entry_id == entry.c.id, seed_file.c.source_id == source.c.id)
        yield "file", has_file.where(with_path(wanted.paths))


def guids_of(db: sa.Connection, paths: Collection[Path]) -> list[str]:
    """The guids of the entries of files."""
    found = sa.select(entry.c.guid).join(seed_file, seed_file.c.entry_id == entry.c.id)
    found = found.join(source, source.c.id == seed_file.c.source_id).where(with_path(paths))
    return list(db.scalars(found.distinct().order_by(entry.c.guid)))


def _linked(db: sa.Connection, wanted: Wanted) -> list[int]:
    """The stories that show the link of a former member, or of a former version."""
    rows = db.execute(sa.select(story.c.id, story.c.link).where(story.c.link.is_not(None)))
    return [
        row.id
        for row in rows
        if row.link in wanted.links or (wanted.page is not None and page_key(row.link) == wanted.page)
    ][:MOST_STORIES]  # fmt: skip


def with_path(paths: Collection[Path]) -> sa.ColumnElement[bool]:
    """The condition that a file has one of these paths."""
    one_by_one = (
        sa.and_(seed_file.c.path == path, sa.true() if name is None else source.c.name == name)
        for name, path in sorted(paths, key=str)
    )
    return sa.or_(sa.false(), *one_by_one)
