"""
Finds entries of several sources that are one piece, and makes them members of one story.

The waiting entries are taken in one order, so the outcome does not depend on which source was polled first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from feedsvc.identity.headline import Decorations
from feedsvc.merge.stories import PAGE_WINDOW, STORY_WINDOW, Piece, is_same_guid, is_same_piece
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import entry, source, story
from feedsvc.store.stories import Waiting, learnt_of, show_fullest

#: An entry is compared with so many entries that share a sign with it.
MAX_COMPARED = 20

#: So many entries are found by a sign that they share.
MAX_KNOWN = 200

#: The columns that tell whether two entries are one piece.
PIECE = (
    entry.c.title, entry.c.title_key, entry.c.link_key, entry.c.text_key, entry.c.published, entry.c.summary,
    entry.c.source_id,
)  # fmt: skip


def join(db: sa.Connection, waiting: Sequence[Waiting]) -> dict[int, int]:
    """
    Let waiting entries join stories of other sources: stored ones, or those that an earlier waiting entry begins.

    Returns the story that an entry joined, by the entry's id. Each other entry begins a story.
    """
    sources = {one.source_id for one in waiting}
    if not waiting or (len(sources) == 1 and not _has_others(db, sources)):
        return {}
    told = _Told()
    joined: dict[int, Waiting] = {}
    targets: dict[int, int] = {}
    for chunk in chunks(waiting):
        rows = {row.id: row for row in _rows(db, [one.entry_id for one in chunk])}
        told.load(db, rows.values(), chunk)
        for one in chunk:
            piece = told.piece(rows[one.entry_id])
            target = told.find(one, piece, rows[one.entry_id].text_key)
            if target is not None:
                joined[one.entry_id], targets[one.entry_id] = one, target
            if len(sources) > 1 or target is not None:
                story_id = one.story_id if target is None else target
                text_key = rows[one.entry_id].text_key
                told.add(_Member(story_id=story_id, source_id=one.source_id, guid=one.guid, piece=piece), text_key)
    _begin(db, targets.values())
    _move(db, joined.values(), targets)
    show_fullest(db, targets.values())
    return targets


def _has_others(db: sa.Connection, sources: Collection[int]) -> bool:
    """Whether another source has an entry. Asked source by source, because a search of all entries takes too long."""
    has_entry = sa.exists().where(entry.c.source_id == source.c.id)
    return bool(db.scalar(sa.select(sa.exists().where(source.c.id.not_in(sources), has_entry))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """A member of a story."""

    story_id: int
    source_id: int
    guid: str
    piece: Piece


@dataclass(slots=True)
class _Told:
    """The members of stories that an entry might join, by their signs."""

    by_guid: defaultdict[str, list[_Member]] = field(default_factory=lambda: defaultdict(list))
    by_page: defaultdict[str, list[_Member]] = field(default_factory=lambda: defaultdict(list))
    by_title: defaultdict[str, list[_Member]] = field(default_factory=lambda: defaultdict(list))
    by_text: defaultdict[str, list[_Member]] = field(default_factory=lambda: defaultdict(list))
    #: The words that each source adds to its headlines.
    learnt: dict[int, Decorations] = field(default_factory=dict)
    #: Story → the sources of its members.
    sources: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    #: Source and page, if several entries of the source have the page.
    shared: set[tuple[int, str]] = field(default_factory=set)
    loaded: set[int] = field(default_factory=set)

    def piece(self, row: Any) -> Piece:
        """The signs of an entry, from a row with PIECE."""
        return Piece(
            title=row.title, title_key=row.title_key or "", link_key=row.link_key, published=row.published,
            text=row.summary, decorations=self.learnt[row.source_id],
        )  # fmt: skip

    def add(self, one: _Member, text_key: str | None) -> None:
        signs = (
            (self.by_guid, one.guid), (self.by_text, text_key), (self.by_page, one.piece.link_key),
            (self.by_title, one.piece.title_key),
        )  # fmt: skip
        for told, sign in signs:
            if sign and len(told[sign]) < MAX_KNOWN:
                told[sign].append(one)
        self.sources[one.story_id].add(one.source_id)

    def find(self, one: Waiting, piece: Piece, text_key: str | None) -> int | None:
        """The story that an entry joins: found by guid, else by page, else by headline, else by text and headline."""
        for other in self._near(one, self.by_guid[one.guid], timedelta.max):
            if is_same_guid(one.guid, piece, other.piece):
                return other.story_id
        for other in self._near(one, self.by_page[piece.link_key or ""]):
            is_shared = {(one.source_id, piece.link_key), (other.source_id, piece.link_key)} & self.shared
            if not is_shared and is_same_piece(piece, other.piece):
                return other.story_id
        titled = replace(piece, link_key=None)
        alike = (*self._near(one, self.by_title[piece.title_key]), *self._near(one, self.by_text[text_key or ""]))
        return next((other.story_id for other in alike if is_same_piece(titled, other.piece)), None)

    def _near(self, one: Waiting, others: list[_Member], window: timedelta = PAGE_WINDOW) -> Iterator[_Member]:
        """The first members that an entry may be compared with. A sign that many share identifies none of them."""
        near = (
            other
            for other in others
            if self._may_join(one, other) and abs(one.published - (other.piece.published or one.published)) <= window
        )
        return islice(near, MAX_COMPARED)

    def _may_join(self, one: Waiting, other: _Member) -> bool:
        """Whether a story has no entry of the same source yet."""
        return one.source_id not in self.sources[other.story_id]

    def load(self, db: sa.Connection, wanting: Collection[Any], waiting: Collection[Waiting]) -> None:
        """Read the placed members that share a sign with these rows, in order."""
        dates = [one.published for one in waiting]
        is_near = entry.c.published.between(min(dates) - STORY_WINDOW, max(dates) + STORY_WINDOW)
        pages = {row.link_key for row in wanting if row.link_key}
        wanted: tuple[tuple[sa.ColumnElement[Any], set[str], tuple[sa.ColumnElement[bool], ...]], ...] = (
            (entry.c.guid, {one.guid for one in waiting}, ()),
            (entry.c.link_key, pages, ()),
            (entry.c.title_key, {row.title_key for row in wanting if row.title_key}, (is_near,)),
            (entry.c.text_key, {row.text_key for row in wanting if row.text_key}, (is_near,)),
        )
        rows: dict[int, Any] = {}
        for column, values, more in wanted:
            for some in chunks(sorted(values)):
                found = _placed().where(column.in_(some), *more)
                rows |= {row.id: row for row in db.execute(found) if row.id not in self.loaded}
        self._load_sources(db, {row.story_id for row in rows.values()})
        self._learn(db, {row.source_id for row in (*rows.values(), *wanting)})
        for row in sorted(rows.values(), key=lambda row: (row.published, row.name, row.guid)):
            self.loaded.add(row.id)
            piece = self.piece(row)
            member = _Member(story_id=row.story_id, source_id=row.source_id, guid=row.guid, piece=piece)
            self.add(member, row.text_key)
        for some in chunks(sorted(pages)):
            counted = sa.select(entry.c.source_id, entry.c.link_key).where(entry.c.link_key.in_(some))
            grouped = counted.group_by(entry.c.source_id, entry.c.link_key).having(sa.func.count() > 1)
            self.shared |= {(row.source_id, row.link_key) for row in db.execute(grouped)}

    def _learn(self, db: sa.Connection, source_ids: Collection[int]) -> None:
        self.learnt |= learnt_of(db, source_ids - self.learnt.keys())

    def _load_sources(self, db: sa.Connection, story_ids: Collection[int]) -> None:
        for some in chunks(story_ids):
            tellers = sa.select(entry.c.story_id, entry.c.source_id).where(entry.c.story_id.in_(some))
            for row in db.execute(tellers):
                self.sources[row.story_id].add(row.source_id)


def _placed() -> "sa.Select[tuple[Any, ...]]":
    return (
        sa.select(entry.c.id, entry.c.story_id, entry.c.guid, source.c.name, *PIECE)
        .join(story, story.c.id == entry.c.story_id)
        .join(source, source.c.id == entry.c.source_id)
        .where(story.c.arrived_at.is_not(None))
    )


def _rows(db: sa.Connection, entry_ids: list[int]) -> "sa.CursorResult[Any]":
    return db.execute(sa.select(entry.c.id, *PIECE).where(entry.c.id.in_(entry_ids)))


def _begin(db: sa.Connection, story_ids: Collection[int]) -> None:
    """Keep link and date of the first member for good, before a story gets a second one."""
    for chunk in chunks(set(story_ids)):
        first = sa.select(sa.func.min(entry.c.id)).where(entry.c.story_id.in_(chunk)).group_by(entry.c.story_id)
        rows = db.execute(
            sa.select(entry.c.story_id, entry.c.link, entry.c.published)
            .join(story, story.c.id == entry.c.story_id)
            .where(entry.c.id.in_(first), story.c.published.is_(None))
        )
        known = [{"begun": row.story_id, "its_link": row.link, "its_date": row.published} for row in rows]
        if known:
            change = sa.update(story).where(story.c.id == sa.bindparam("begun"))
            db.execute(change.values(link=sa.bindparam("its_link"), published=sa.bindparam("its_date")), known)


def _move(db: sa.Connection, joined: Iterable[Waiting], targets: dict[int, int]) -> None:
    """Move entries to their stories, and delete the stories that waited with them."""
    moved = [{"moved": one.entry_id, "target": targets[one.entry_id], "left": one.story_id} for one in joined]
    if not moved:
        return
    change = sa.update(entry).where(entry.c.id == sa.bindparam("moved"))
    db.execute(change.values(story_id=sa.bindparam("target"), is_shown=False), moved)
    for some in chunks(row["left"] for row in moved):
        is_told = sa.exists().where(entry.c.story_id == story.c.id)
        db.execute(sa.delete(story).where(story.c.id.in_(some), ~is_told))
