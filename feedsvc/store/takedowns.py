"""Take-downs: what an operator withdrew for good, the stored entries that this means, and the blocks for the future."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.identity import page_key
from feedsvc.merge.blocks import Blocks, Name, Named, Target, is_fitting, is_global
from feedsvc.normalize import title_key
from feedsvc.store.adding import inserted
from feedsvc.store.lookups import chunks
from feedsvc.store.rows import unpacked
from feedsvc.store.schema import (
    entry,
    feed,
    membership,
    seed_file,
    source,
    story,
    takedown,
    takedown_sign,
    upstream,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stored entry that is to be taken down."""

    id: int
    story_id: int
    source_id: int
    title: str
    link: str | None
    named: Named

    @property
    def guid(self) -> str:
        """The guid that it has in its source."""
        return self.named.guids[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """A take-down as it is stored."""

    id: int
    kind: str
    target: str
    reason: str | None
    at: datetime
    erased: int


# --- blocks ----------------------------------------------------------------------------------------------------------


def blocks(db: sa.Connection, signs: Collection[str] | None = None) -> Blocks:
    """The blocks that concern items with these signs; None for all."""
    stated = sa.select(takedown.c.target).where(takedown.c.kind == "pattern").order_by(takedown.c.id)
    patterns = tuple(db.scalars(stated))
    stored = sa.select(takedown_sign.c.sign).distinct()
    if signs is None:
        return Blocks(signs=frozenset(db.scalars(stored)), patterns=patterns)
    found = (db.scalars(stored.where(takedown_sign.c.sign.in_(chunk))) for chunk in chunks(signs))
    return Blocks(signs=frozenset(one for some in found for one in some), patterns=patterns)


def listed(db: sa.Connection) -> list[Takedown]:
    """All take-downs, the oldest first."""
    return [Takedown(**row._mapping) for row in db.execute(sa.select(takedown).order_by(takedown.c.id))]


def blocking(db: sa.Connection, one: Named, signs: Collection[str] = ()) -> list[Takedown]:
    """The take-downs that block an item: by one of its signs or of `signs`, or by a pattern. The oldest first."""
    by_sign = sa.select(takedown_sign.c.takedown_id)
    some = (db.scalars(by_sign.where(takedown_sign.c.sign.in_(chunk))) for chunk in chunks({*one.signs, *signs}))
    numbers = {number for of_some in some for number in of_some}
    return [
        done
        for done in listed(db)
        if done.id in numbers or (done.kind == "pattern" and is_fitting(done.target, one))
    ]  # fmt: skip


def save(db: sa.Connection, target: Target, found: Collection[Found], reason: str | None, now: datetime) -> int:
    """
    Block a target from now on, and what is found of it. Returns the number of the take-down.

    A target that was taken down before keeps its number.
    """
    is_same = sa.and_(takedown.c.kind == target.kind, takedown.c.target == target.text)
    number = db.scalar(sa.select(takedown.c.id).where(is_same).order_by(takedown.c.id).limit(1))
    if number is None:
        values = {"kind": target.kind, "target": target.text, "at": now, "erased": 0}
        number = inserted(db, takedown, values)
    more = {"erased": takedown.c.erased + len(found), **({"reason": reason} if reason else {})}
    db.execute(sa.update(takedown).where(takedown.c.id == number).values(**more))
    shared = _shared(db, found)
    signs = {*target.signs, *(sign for one in found for sign in one.named.lasting(shared))}
    signs -= set(db.scalars(sa.select(takedown_sign.c.sign).where(takedown_sign.c.takedown_id == number)))
    if signs:
        db.execute(sa.insert(takedown_sign), [{"takedown_id": number, "sign": sign} for sign in sorted(signs)])
    return int(number)


def undo(db: sa.Connection, number: int) -> Takedown | None:
    """
    Remove a block; None where there is none. What was erased stays so.

    The next update and the next polls read again what the sources have: all files of a folder with a blocked file, and
    all upstream feeds.
    """
    row = db.execute(sa.select(takedown).where(takedown.c.id == number)).one_or_none()
    if row is None:
        return None
    db.execute(sa.delete(takedown_sign).where(takedown_sign.c.takedown_id == number))
    db.execute(sa.delete(takedown).where(takedown.c.id == number))
    db.execute(sa.update(story).where(story.c.taken_down_by == number).values(taken_down_by=None))
    with_blocked = sa.select(seed_file.c.source_id).where(seed_file.c.is_blocked)
    to_read = source.c.id.in_(with_blocked) | source.c.id.in_(sa.select(upstream.c.source_id))
    db.execute(sa.update(source).where(to_read).values(settings=None))
    return Takedown(**row._mapping)


def counted(db: sa.Connection) -> dict[str, int]:
    """How many items of each source are blocked, by the name of the source: files, or items of the last answer."""
    files = sa.select(seed_file.c.source_id, sa.func.count().label("number")).where(
        seed_file.c.is_blocked, ~seed_file.c.is_gone
    )
    items = sa.select(upstream.c.source_id, upstream.c.blocked.label("number")).where(upstream.c.blocked > 0)
    both = sa.union_all(files.group_by(seed_file.c.source_id), items).subquery()
    rows = db.execute(sa.select(source.c.name, both.c.number).join(both, both.c.source_id == source.c.id))
    return {row.name: row.number for row in rows}


# --- the entries that a target means ---------------------------------------------------------------------------------

FOUND = (
    sa.select(
        entry.c.id, entry.c.story_id, entry.c.source_id, entry.c.title, entry.c.link, entry.c.guid, entry.c.own_guid,
        entry.c.article_key, entry.c.raw_hash, entry.c.raw, source.c.name,
    )
    .join(source, source.c.id == entry.c.source_id)
    .join(story, story.c.id == entry.c.story_id)
    .order_by(entry.c.id)
)  # fmt: skip


def find(db: sa.Connection, target: Target) -> list[Found]:
    """
    The stored entries that a target means, in order of arrival; withdrawn and waiting entries as well.

    Entries of other sources belong to them that have the same page, the same globally unique guid or the same raw form,
    unless several entries of one source share it.
    """
    found = {one.id: one for one in _direct(db, target)}
    while True:
        shared = _shared(db, found.values())
        names = {name for one in found.values() for name in one.named.names if name not in shared and is_global(name)}
        more = [one for one in _with(db, names) if one.id not in found]
        if not more:
            return [found[number] for number in sorted(found)]
        found |= {one.id: one for one in more}


def _direct(db: sa.Connection, target: Target) -> list[Found]:
    """The entries that the target itself names. A guid or a link that only a story has names all of its members."""
    if target.kind == "pattern":
        return _fitting(db, target.text)
    if target.article:
        return _read(db, story.c.article_id == target.article)
    names = {Name("guid", target.text), *([Name("page", target.page)] if target.page else [])}
    return _with(db, names) or _read(db, story.c.guid == target.text) or _linked(db, target.page)


def _linked(db: sa.Connection, page: str | None) -> list[Found]:
    """The members of stories that show the link of a former member, or of a former version."""
    links = db.execute(sa.select(story.c.id, story.c.link).where(story.c.link.is_not(None)))
    linked = [row.id for row in links if page and page_key(row.link) == page]
    return [one for chunk in chunks(linked) for one in _read(db, entry.c.story_id.in_(chunk))]


def _fitting(db: sa.Connection, pattern: str) -> list[Found]:
    columns = (entry.c.id, entry.c.guid, entry.c.own_guid, entry.c.link)
    fitting = [
        row.id
        for row in db.execute(sa.select(*columns))
        if is_fitting(pattern, Named(source="", guids=_given(row.guid, row.own_guid), links=_given(row.link)))
    ]
    return [one for chunk in chunks(fitting) for one in _read(db, entry.c.id.in_(chunk))]


def _with(db: sa.Connection, names: Iterable[Name]) -> list[Found]:
    """The entries that have one of these names."""
    values: dict[str, list[str]] = {}
    for name in names:
        values.setdefault(name.kind, []).append(name.value)
    columns = {"guid": (entry.c.guid, entry.c.own_guid), "page": (entry.c.link_key,), "hash": (entry.c.raw_hash,)}
    found = {
        one.id: one
        for kind, of_kind in columns.items()
        for column in of_kind
        for chunk in chunks(sorted(values.get(kind, ())))
        for one in _read(db, column.in_(chunk))
    }
    return list(found.values())


def _read(db: sa.Connection, which: sa.ColumnElement[bool]) -> list[Found]:
    return [_found(row) for row in db.execute(FOUND.where(which))]


def _found(row: Any) -> Found:
    raw = unpacked(row.raw)
    named = Named(
        source=row.name, guids=_given(row.guid, row.own_guid, raw.guid), links=_given(row.link),
        key=row.article_key or "", hash=row.raw_hash, title_key=title_key(row.title), published=raw.published,
    )  # fmt: skip
    return Found(
        id=row.id, story_id=row.story_id, source_id=row.source_id, title=row.title, link=row.link, named=named
    )  # fmt: skip


def _given(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _shared(db: sa.Connection, found: Iterable[Found]) -> set[Name]:
    """The names of these entries that several entries of one source have."""
    names = {name for one in found for name in one.named.names}
    columns = {"guid": entry.c.own_guid, "page": entry.c.link_key, "hash": entry.c.raw_hash}
    shared: set[Name] = set()
    for kind, column in columns.items():
        for chunk in chunks(sorted(name.value for name in names if name.kind == kind)):
            several = sa.select(column).where(column.in_(chunk)).group_by(entry.c.source_id, column)
            shared |= {Name(kind, value) for value in db.scalars(several.having(sa.func.count() > 1))}
    return shared


def feeds_of(db: sa.Connection, found: Collection[Found]) -> Mapping[int, tuple[str, ...]]:
    """The slugs of the feeds that show each story, for a person."""
    slugs: dict[int, list[str]] = {one.story_id: [] for one in found}
    for chunk in chunks(slugs):
        rows = db.execute(
            sa.select(membership.c.story_id, feed.c.slug)
            .join(feed, feed.c.id == membership.c.feed_id)
            .where(membership.c.story_id.in_(chunk), feed.c.retired_at.is_(None))
            .order_by(feed.c.id)
        )
        for story_id, slug in rows:
            slugs[story_id].append(slug)
    return {story_id: tuple(names) for story_id, names in slugs.items()}
