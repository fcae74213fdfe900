"""Sources, with their settings, rules and origin."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from feedsvc.model import Origin, Terms
from feedsvc.store import revisions, stories
from feedsvc.store.adding import inserted
from feedsvc.store.rows import terms_of
from feedsvc.store.schema import entry, seed_file, source, source_day, story, upstream

#: The number of days, of which today is the last, over which entries of a source are counted.
RECENT_DAYS = 7


#: The digest of rules of a source whose entries were judged by different rules.
MIXED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as `feedsvc sources` shows it."""

    name: str
    files: int = 0
    entries: int = 0
    problems: int = 0
    #: Entries shown as plain text, because their HTML could not be sanitised.
    plain: int = 0
    #: Entries a day by their dates, over the last week: those of a first import are not new.
    a_day: float = 0
    #: Missing seeds that the brake holds back; None for none.
    held: int | None = None
    #: Files, or items of the last answer, that were taken down.
    blocked: int = 0


def find_or_add(db: sa.Connection, name: str) -> int:
    """The id of the source, which is made at first sight."""
    found = db.scalar(sa.select(source.c.id).where(source.c.name == name))
    return int(found) if found is not None else inserted(db, source, {"name": name})


def ids_of(db: sa.Connection, names: Collection[str]) -> list[int]:
    """The ids of the named sources, as far as they are stored."""
    rows = db.execute(sa.select(source.c.id, source.c.name))
    return [row.id for row in rows if row.name in names]


def settings_of(db: sa.Connection, source_id: int) -> str | None:
    """The digest of the settings that the source's entries were last made under; None before the first import."""
    return db.scalar(sa.select(source.c.settings).where(source.c.id == source_id))


def save_settings(db: sa.Connection, source_id: int, settings: str) -> None:
    """Record that every entry of the source was made under these settings."""
    db.execute(sa.update(source).where(source.c.id == source_id).values(settings=settings))


def rules(db: sa.Connection) -> dict[str, tuple[int, str]]:
    """The id of each source with rules, and the digest of the rules that its entries were last judged by."""
    rows = db.execute(sa.select(source.c.id, source.c.name, source.c.rules).where(source.c.rules.is_not(None)))
    return {row.name: (row.id, row.rules) for row in rows}


def mixed(db: sa.Connection) -> set[int]:
    """The sources whose entries were judged by different rules, and wait for one judgement."""
    return set(db.scalars(sa.select(source.c.id).where(source.c.rules == MIXED)))


def save_rules(db: sa.Connection, source_id: int, rules: str) -> None:
    """Record that every entry of the source was judged by these rules."""
    db.execute(sa.update(source).where(source.c.id == source_id).values(rules=rules))


def origin_columns(origin: Origin) -> dict[str, object]:
    """The columns that say whose work the entries of a source are."""
    return {"title": origin.title, "link": origin.url, "feed_id": origin.id, "feed_url": origin.feed_url}


def terms(db: sa.Connection) -> dict[str, Terms | None]:
    """The recorded terms of each source, by its name; None for none."""
    return {row.name: terms_of(row.terms) for row in db.execute(sa.select(source.c.name, source.c.terms))}


def save_terms(db: sa.Connection, source_id: int, new: Terms | None) -> list[int]:
    """
    Record the terms of a source. Its entries are hidden, or shown again, if the terms say otherwise than before.

    All rows stay. Returns the stories that are hidden, or shown again, in the order of their first sight.
    """
    is_private = new is not None and new.kind == "private"
    was_private = bool(db.scalar(sa.select(source.c.is_private).where(source.c.id == source_id)))
    values = {"terms": asdict(new) if new else None, "is_private": is_private}
    db.execute(sa.update(source).where(source.c.id == source_id).values(**values))
    if is_private == was_private:
        return []
    if is_private:
        revisions.hide_source(db, source_id)
    # A story of this source alone needs no comparison of its members.
    shared = sa.select(entry.c.story_id).where(entry.c.source_id != source_id)
    may_show = sa.and_(entry.c.is_kept, entry.c.withdrawn_at.is_(None), sa.false() if is_private else sa.true())
    alone = sa.and_(entry.c.source_id == source_id, entry.c.story_id.not_in(shared))
    db.execute(sa.update(entry).where(alone).values(is_shown=may_show))
    of_source = sa.select(entry.c.story_id).where(entry.c.source_id == source_id)
    stories.show_fullest(db, db.scalars(of_source.where(entry.c.story_id.in_(shared))).all())
    return list(db.scalars(of_source.order_by(entry.c.story_id)))


def outdate(db: sa.Connection, source_ids: Collection[int]) -> None:
    """Let the next update read every file of these sources again."""
    db.execute(sa.update(source).where(source.c.id.in_(list(source_ids))).values(settings=None))


def states(db: sa.Connection, now: datetime, source_ids: Collection[int] | None = None) -> dict[str, SourceState]:
    """The stored state of these sources, or of every source that was ever imported, by name."""
    files, entries = _counted_files(source_ids), _counted_entries(source_ids)
    recent = _counted_days(now, source_ids)
    counts = (files.c.files, files.c.bad, files.c.blocked, entries.c.entries, entries.c.plain, recent.c.recent)
    rows = db.execute(
        sa.select(source.c.name, source.c.held, upstream.c.blocked.label("items"), *counts)
        .outerjoin(files, files.c.source_id == source.c.id)
        .outerjoin(entries, entries.c.source_id == source.c.id)
        .outerjoin(recent, recent.c.source_id == source.c.id)
        .outerjoin(upstream, upstream.c.source_id == source.c.id)
        .where(_is_of(source.c.id, source_ids))
    )
    return {
        row.name: SourceState(
            name=row.name,
            files=row.files or 0,
            entries=row.entries or 0,
            problems=row.bad or 0,
            plain=row.plain or 0,
            a_day=round((row.recent or 0) / RECENT_DAYS, 1),
            held=row.held,
            blocked=(row.blocked or 0) + (row.items or 0),
        )
        for row in rows
    }


def _is_of(column: sa.Column[int], source_ids: Collection[int] | None) -> sa.ColumnElement[bool]:
    return sa.true() if source_ids is None else column.in_(list(source_ids))


def _counted_files(source_ids: Collection[int] | None) -> sa.Subquery:
    columns = (
        seed_file.c.source_id,
        sa.func.count().label("files"),
        sa.func.count(seed_file.c.problem).label("bad"),
        sa.func.count(sa.case((seed_file.c.is_blocked, 1))).label("blocked"),
    )
    is_there = sa.and_(~seed_file.c.is_gone, _is_of(seed_file.c.source_id, source_ids))
    return sa.select(*columns).where(is_there).group_by(seed_file.c.source_id).subquery()


def _counted_days(now: datetime, source_ids: Collection[int] | None) -> sa.Subquery:
    first = now.astimezone(UTC).date() - timedelta(days=RECENT_DAYS - 1)
    recent = sa.func.sum(source_day.c.entries).label("recent")
    is_recent = sa.and_(source_day.c.day >= first, _is_of(source_day.c.source_id, source_ids))
    return sa.select(source_day.c.source_id, recent).where(is_recent).group_by(source_day.c.source_id).subquery()


def _counted_entries(source_ids: Collection[int] | None) -> sa.Subquery:
    return (
        sa.select(
            entry.c.source_id,
            sa.func.count().label("entries"),
            sa.func.count(entry.c.fallback).label("plain"),
        )
        .join(story, story.c.id == entry.c.story_id)
        .where(
            entry.c.withdrawn_at.is_(None),
            entry.c.is_kept,
            story.c.arrived_at.is_not(None),
            _is_of(entry.c.source_id, source_ids),
        )
        .group_by(entry.c.source_id)
        .subquery()
    )
