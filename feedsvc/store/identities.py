"""Reads the identities of stored entries, and changes them to those that they have in another feed."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from feedsvc.identity import article_id
from feedsvc.store.rows import unpacked
from feedsvc.store.schema import entry, story


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StoredIdentity:
    """The guid of a stored entry, and the signs by which it is recognised in another feed."""

    id: int
    story_id: int
    source_id: int
    guid: str
    link: str | None
    title: str
    #: The date that the source states; None where feedsvc assigned one.
    published: datetime | None
    #: Whether that is the date in the file's name.
    is_dated_by_name: bool
    adopted_link: str | None


def listed(db: sa.Connection) -> list[StoredIdentity]:
    """Every entry that is shown, in order of arrival."""
    own = {"published", "is_dated_by_name", "guid"}
    names = [field.name for field in dataclasses.fields(StoredIdentity) if field.name not in own]
    # A waiting story has no guid yet: it will have its entry's.
    guid = sa.case((story.c.arrived_at.is_(None), entry.c.guid), else_=story.c.guid).label("guid")
    columns = (*(entry.c[name] for name in names), entry.c.raw, guid)
    shown = sa.select(*columns).join(story, story.c.id == entry.c.story_id).where(entry.c.is_shown)
    rows = ((row, unpacked(row.raw)) for row in db.execute(shown.order_by(entry.c.id)))
    return [
        StoredIdentity(
            **{name: row._mapping[name] for name in names}, guid=row.guid, published=raw.published,
            is_dated_by_name=raw.is_dated_by_name,
        )
        for row, raw in rows
    ]  # fmt: skip


def adopt(db: sa.Connection, taken: Sequence[tuple[StoredIdentity, str, str | None]]) -> None:
    """Give entries, and their stories, the guid and the link that they have in another feed."""
    for one, _, _ in taken:
        # Two entries may exchange guids, so each gets a temporary one first.
        name = f"adopting {one.id}"
        db.execute(sa.update(story).where(*_of_placed(one)).values(guid=name, article_id=name))
        db.execute(sa.update(entry).where(entry.c.id == one.id).values(guid=name))
    for one, guid, link in taken:
        values = {"guid": guid, "article_id": article_id(guid)}
        db.execute(sa.update(story).where(*_of_placed(one)).values(**values))
        db.execute(sa.update(entry).where(entry.c.id == one.id).values(guid=guid, adopted_link=link))


def _of_placed(one: StoredIdentity) -> tuple[sa.ColumnElement[bool], ...]:
    return story.c.id == one.story_id, story.c.arrived_at.is_not(None)
