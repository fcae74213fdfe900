"""
Traces of a piece: the entries, stories, files and feeds that a name leads to.

They are for the operator alone. Withdrawn entries and those of private sources are among them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from feedsvc.filters.readable import Readable
from feedsvc.model import RawEntry, Window
from feedsvc.store import selecting
from feedsvc.store.digests import IN_DIGEST, of_digest
from feedsvc.store.entries import as_judged
from feedsvc.store.feeds import Feed, present
from feedsvc.store.lookups import chunks
from feedsvc.store.memberships import parts_of
from feedsvc.store.naming import MOST_STORIES, Path, Wanted, with_path
from feedsvc.store.readables import readables
from feedsvc.store.rows import as_published
from feedsvc.store.schema import (
    archive_page,
    category,
    departure,
    digest,
    digest_piece,
    entry,
    feed,
    membership,
    revision,
    seed_file,
    source,
    story,
    upstream,
)
from feedsvc.store.selecting import Judged, Piece
from feedsvc.store.windows import WINDOW_SHORT, window_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A seed file as it was last read."""

    source: str
    path: str
    entry_id: int | None
    problem: str | None
    line: int | None
    is_gone: bool
    hold: str | None
    is_blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A stored entry."""

    id: int
    story_id: int
    #: The name of its source, whether the source is an upstream, and the address that is polled.
    source: str
    is_private: bool
    is_upstream: bool
    url: str | None
    guid: str
    own_guid: str | None
    link: str | None
    title: str
    content: str
    fallback: str | None
    policy_version: int
    first_seen: datetime
    published: datetime | None
    updated: datetime | None
    edited_at: datetime | None
    withdrawn_at: datetime | None
    is_shown: bool
    is_waiting: bool
    is_kept: bool
    link_key: str | None
    title_key: str | None
    text_key: str | None
    raw: RawEntry
    readable: Readable
    files: tuple[File, ...] = ()
    #: When its former forms were replaced.
    revisions: tuple[datetime, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.is_shown and not self.is_waiting and not self.is_private


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A story in a feed."""

    feed: Feed
    position: int
    arrived_at: datetime
    #: The number of the closed page that has this position; None for none.
    page: int | None
    #: The guid of its digest; None where it is in none, because its period is not over, or the feed has no digests.
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story with its members, in order of their arrival."""

    id: int
    guid: str
    article_id: str
    #: None until it is placed.
    arrived_at: datetime | None
    members: tuple[Member, ...]
    #: The feeds that have it, and those that it left: their slugs, with the positions that it had.
    places: tuple[Place, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """A story whose entries were taken down."""

    guid: str
    article_id: str
    at: datetime
    #: The number of the take-down; None once it is undone.
    by: int | None


def files(db: sa.Connection, paths: Collection[Path]) -> list[File]:
    """The files with these paths."""
    return _files(db, with_path(paths))


def _files(db: sa.Connection, which: sa.ColumnElement[bool]) -> list[File]:
    rows = db.execute(
        sa.select(seed_file, source.c.name)
        .join(source, source.c.id == seed_file.c.source_id)
        .where(which)
        .order_by(seed_file.c.is_gone, source.c.name, seed_file.c.path)
    )
    return [
        File(
            source=row.name, path=row.path, entry_id=row.entry_id, problem=row.problem, line=row.problem_line,
            is_gone=row.is_gone, hold=row.hold, is_blocked=row.is_blocked,
        )
        for row in rows
    ]  # fmt: skip


def erased(db: sa.Connection, wanted: Wanted) -> list[Erased]:
    """The stories with one of these names whose entries were taken down."""
    named = sa.or_(story.c.guid.in_(sorted(wanted.guids)), story.c.article_id == wanted.article)
    rows = db.execute(sa.select(story).where(named, story.c.taken_down_at.is_not(None)).order_by(story.c.id))
    return [
        Erased(guid=row.guid, article_id=row.article_id, at=row.taken_down_at, by=row.taken_down_by) for row in rows
    ]  # fmt: skip


# --- stories ---------------------------------------------------------------------------------------------------------


def stories_of(db: sa.Connection, entry_ids: Collection[int]) -> tuple[list[Story], int]:
    """The stories of these entries, and the number of those that are left out because there are too many."""
    ids: dict[int, None] = {}
    for chunk in chunks(entry_ids):
        ids |= dict.fromkeys(
            db.scalars(sa.select(entry.c.story_id).where(entry.c.id.in_(chunk)).order_by(entry.c.id))
        )  # fmt: skip
    chosen = list(ids)[:MOST_STORIES]
    members = _members(db, chosen)
    rows = {row.id: row for row in db.execute(sa.select(story).where(story.c.id.in_(chosen)))}
    made = [
        Story(
            id=number, guid=rows[number].guid, article_id=rows[number].article_id,
            arrived_at=rows[number].arrived_at, members=tuple(members[number]),
            places=_places(db, number), left=_left(db, number),
        )
        for number in chosen
    ]  # fmt: skip
    return made, len(ids) - len(chosen)


def _members(db: sa.Connection, story_ids: list[int]) -> dict[int, list[Member]]:
    rows = db.execute(
        sa.select(entry, source.c.name, source.c.is_private, upstream.c.url, upstream.c.source_id.label("upstream_id"))
        .join(source, source.c.id == entry.c.source_id)
        .outerjoin(upstream, upstream.c.source_id == entry.c.source_id)
        .where(entry.c.story_id.in_(story_ids))
        .order_by(entry.c.id)
    ).all()
    ids = [row.id for row in rows]
    of_files: dict[int | None, list[File]] = defaultdict(list)
    for chunk in chunks(ids):
        for one in _files(db, seed_file.c.entry_id.in_(chunk)):
            of_files[one.entry_id].append(one)
    replaced: dict[int, list[datetime]] = defaultdict(list)
    for chunk in chunks(ids):
        of = sa.select(revision.c.entry_id, revision.c.replaced_at).where(revision.c.entry_id.in_(chunk))
        for entry_id, at in db.execute(of.order_by(revision.c.number)):
            replaced[entry_id].append(at)
    found: dict[int, list[Member]] = defaultdict(list)
    for row in rows:
        found[row.story_id].append(_member(row, tuple(of_files[row.id]), tuple(replaced[row.id])))
    return found


#: The fields of a member that are columns of its row, under the same names.
OF_ROW = (
    "id", "story_id", "is_private", "url", "guid", "own_guid", "link", "title", "content", "fallback",
    "policy_version", "first_seen", "published", "updated", "edited_at", "withdrawn_at", "is_shown", "is_waiting",
    "is_kept", "link_key", "title_key", "text_key",
)  # fmt: skip


def _member(row: Any, of_files: tuple[File, ...], revisions: tuple[datetime, ...]) -> Member:
    raw = as_published(row)
    return Member(
        **{name: row._mapping[name] for name in OF_ROW}, source=row.name, is_upstream=row.upstream_id is not None,
        raw=raw, readable=as_judged(row, raw), files=of_files, revisions=revisions,
    )  # fmt: skip


# --- feeds -----------------------------------------------------------------------------------------------------------


def _places(db: sa.Connection, story_id: int) -> tuple[Place, ...]:
    page = sa.select(sa.func.min(archive_page.c.number)).where(
        archive_page.c.feed_id == membership.c.feed_id, archive_page.c.last_position >= membership.c.position
    )
    rows = db.execute(
        sa.select(membership, page.scalar_subquery().label("page"), digest.c.guid.label("digest"))
        .join(feed, feed.c.id == membership.c.feed_id)
        .outerjoin(digest_piece, of_digest(membership))
        .outerjoin(digest, IN_DIGEST)
        .where(membership.c.story_id == story_id, feed.c.retired_at.is_(None))
        .order_by(feed.c.id)
    ).all()
    return tuple(
        Place(
            feed=present(db, row.feed_id), position=row.position, arrived_at=row.arrived_at, page=row.page,
            digest=row.digest,
        )
        for row in rows
    )  # fmt: skip


def _left(db: sa.Connection, story_id: int) -> dict[str, int]:
    rows = db.execute(
        sa.select(feed.c.slug, departure.c.position)
        .join(feed, feed.c.id == departure.c.feed_id)
        .where(departure.c.story_id == story_id, feed.c.retired_at.is_(None))
        .order_by(feed.c.id)
    )
    return {row.slug: row.position for row in rows}


def is_in_document(db: sa.Connection, place: Place, window: Window) -> bool:
    """Whether the document that readers subscribe to has the position, as `windows.select_window` chooses it."""
    if place.position > place.feed.closed_position and not window.quota:
        return True
    return any(row.position == place.position for row in window_rows(db, place.feed.id, window, WINDOW_SHORT))


def is_delayed(db: sa.Connection, feed_id: int, arrived_at: datetime) -> bool:
    """Whether a story of this arrival waits for the end of a feed's delay."""
    waits = sa.select(feed.c.id).where(feed.c.id == feed_id, feed.c.delay > 0, feed.c.released < arrived_at)
    return db.scalar(waits) is not None


def selection(db: sa.Connection, feed_id: int) -> selecting.Definition | None:
    """The selection of a defined feed; None for another feed."""
    text = db.scalar(sa.select(feed.c.definition).where(feed.c.id == feed_id))
    return None if text is None else selecting.read(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A placed story as selections see it: the names of its categories and sources, and whether it shows an entry."""

    categories: tuple[str, ...]
    sources: tuple[str, ...]
    readable: Readable | None

    def judged_by(self, definition: selecting.Definition) -> dict[str, Judged]:
        """The answer of a feed, and those of the feeds that it names."""
        return definition.judged(
            Piece(categories=self.categories, sources=self.sources, readable=partial(_same, self.readable))
        )


def _same(readable: Readable | None) -> Readable | None:
    return readable


def seen(db: sa.Connection, story_id: int) -> Seen | None:
    """A story as selections see it. None: it is not placed, or has no public entry."""
    parts = parts_of(db, [story_id]).get(story_id)
    if parts is None:
        return None
    _, numbers, sources = parts
    names = db.scalars(sa.select(category.c.name).where(category.c.id.in_(numbers)).order_by(category.c.name))
    return Seen(
        categories=tuple(names), sources=tuple(sorted(sources)), readable=readables(db, [story_id]).get(story_id)
    )  # fmt: skip
