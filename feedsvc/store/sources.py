"""Sources, and what is known of each seed file."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from feedsvc.model import Origin
from feedsvc.store.entries import inserted
from feedsvc.store.schema import entry, seed_file, source, story

#: What counts for how much comes from a source.
RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFile:
    """A seed file as it was last read."""

    path: str
    size: int
    mtime_ns: int
    raw_hash: str
    #: None for a file that never was published.
    entry_id: int | None = None
    #: Of the entry; None with it.
    guid: str | None = None
    adopted_link: str | None = None
    #: Why its entry is shown as plain text.
    fallback: str | None = None
    #: How many of its categories are not used.
    omitted: int = 0
    problem: str | None = None
    problem_line: int | None = None
    #: Whether it was deleted since.
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as `feedsvc sources` shows it."""

    name: str
    files: int = 0
    entries: int = 0
    problems: int = 0
    #: Entries shown as plain text, because their HTML is out of bounds.
    plain: int = 0
    #: New entries a day, over the last week.
    a_day: float = 0
    #: Seeds that are missing and were not withdrawn, because they went all at once; None when there are none.
    held: int | None = None


def find_or_add(db: sa.Connection, name: str) -> int:
    """The id of the source, which is made at first sight."""
    found = db.scalar(sa.select(source.c.id).where(source.c.name == name))
    return int(found) if found is not None else inserted(db, source, {"name": name})


def ids_of(db: sa.Connection, names: Collection[str]) -> list[int]:
    """The ids of those of some sources that are stored."""
    rows = db.execute(sa.select(source.c.id, source.c.name))
    return [row.id for row in rows if row.name in names]


def settings_of(db: sa.Connection, source_id: int) -> str | None:
    """The digest of the settings that the source's entries were last made under; None before the first import."""
    return db.scalar(sa.select(source.c.settings).where(source.c.id == source_id))


def brake_of(db: sa.Connection, source_id: int) -> tuple[bool, bool]:
    """Whether withdrawals of the source are held back, and whether somebody said that they need not be."""
    row = db.execute(sa.select(source.c.held, source.c.is_confirmed).where(source.c.id == source_id)).one()
    return row.held is not None, row.is_confirmed


def confirm(db: sa.Connection, name: str) -> bool:
    """Say that the next update may withdraw everything that is missing; False when nothing of it is held back."""
    found = db.scalar(sa.select(source.c.id).where(source.c.name == name, source.c.held.is_not(None)))
    if found is not None:
        db.execute(sa.update(source).where(source.c.id == found).values(is_confirmed=True))
    return found is not None


def save_held(db: sa.Connection, source_id: int, held: int | None) -> None:
    """Remember how many seeds are held back; None ends that, and uses up a confirmation."""
    values = {"held": held} if held else {"held": None, "is_confirmed": False}
    db.execute(sa.update(source).where(source.c.id == source_id).values(**values))


def held(db: sa.Connection) -> dict[str, int]:
    """The sources that hold back withdrawals, and how many."""
    rows = db.execute(sa.select(source.c.name, source.c.held).where(source.c.held.is_not(None)).order_by(source.c.name))
    return {row.name: row.held for row in rows}


def save_settings(db: sa.Connection, source_id: int, settings: str) -> None:
    """Say that every entry of the source is made under `settings`."""
    db.execute(sa.update(source).where(source.c.id == source_id).values(settings=settings))


def rules(db: sa.Connection) -> dict[str, tuple[int, str]]:
    """Of each source that has rules: its id, and a digest of those that its entries were last judged by."""
    rows = db.execute(sa.select(source.c.id, source.c.name, source.c.rules).where(source.c.rules.is_not(None)))
    return {row.name: (row.id, row.rules) for row in rows}


def save_rules(db: sa.Connection, source_id: int, rules: str) -> None:
    """Say that every entry of the source is judged by `rules`."""
    db.execute(sa.update(source).where(source.c.id == source_id).values(rules=rules))


def save_origin(db: sa.Connection, source_id: int, origin: Origin) -> bool:
    """Remember whose work a source's entries are. Returns whether that is another than before."""
    said = {"title": origin.title, "link": origin.url, "feed_id": origin.id, "feed_url": origin.feed_url}
    is_other = sa.or_(*(source.c[name].is_distinct_from(value) for name, value in said.items()))
    change = sa.update(source).where(source.c.id == source_id, is_other).values(**said)
    return bool(db.execute(change).rowcount)


def stamps_of(db: sa.Connection, source_id: int) -> dict[str, tuple[int, int]] | None:
    """Size and mtime of every file that a source has, by path; None where there is something to say of one."""
    here = sa.and_(seed_file.c.source_id == source_id, ~seed_file.c.is_gone)
    is_said = entry.c.fallback.is_not(None) | sa.cast(entry.c.details, sa.Text).contains('"omitted"')
    plain = sa.and_(entry.c.source_id == source_id, is_said, entry.c.withdrawn_at.is_(None))
    if db.scalar(sa.select(sa.exists().where(here, seed_file.c.problem.is_not(None)) | sa.exists().where(plain))):
        return None
    rows = db.execute(sa.select(seed_file.c.path, seed_file.c.size, seed_file.c.mtime_ns).where(here))
    return {path: (size, mtime_ns) for path, size, mtime_ns in rows}


def outdate(db: sa.Connection, source_ids: Collection[int]) -> None:
    """Let the next update read every file of these sources again."""
    db.execute(sa.update(source).where(source.c.id.in_(list(source_ids))).values(settings=None))


def files_of(db: sa.Connection, source_id: int) -> dict[str, SeedFile]:
    """Every file that a source has or had, by path."""
    rows = db.execute(
        sa.select(seed_file, entry.c.guid, entry.c.adopted_link, entry.c.fallback, entry.c.details)
        .outerjoin(entry, entry.c.id == seed_file.c.entry_id)
        .where(seed_file.c.source_id == source_id)
    )
    return {
        row.path: SeedFile(
            path=row.path,
            size=row.size,
            mtime_ns=row.mtime_ns,
            raw_hash=row.raw_hash,
            entry_id=row.entry_id,
            guid=row.guid,
            adopted_link=row.adopted_link,
            fallback=row.fallback,
            omitted=(row.details or {}).get("omitted", 0),
            problem=row.problem,
            problem_line=row.problem_line,
            is_gone=row.is_gone,
        )
        for row in rows
    }


def has_files(db: sa.Connection, source_id: int) -> bool:
    """Whether anything of a source was ever saved."""
    return bool(db.scalar(sa.select(sa.exists().where(seed_file.c.source_id == source_id))))


def save_files(db: sa.Connection, source_id: int, files: Iterable[SeedFile]) -> None:
    """Remember files as they are now."""
    rows = [
        {
            "source_id": source_id,
            "path": file.path,
            "size": file.size,
            "mtime_ns": file.mtime_ns,
            "raw_hash": file.raw_hash,
            "entry_id": file.entry_id,
            "problem": file.problem,
            "problem_line": file.problem_line,
            "is_gone": file.is_gone,
        }
        for file in files
    ]
    forget_files(db, source_id, [str(row["path"]) for row in rows])
    if rows:
        db.execute(sa.insert(seed_file), rows)


def forget_files(db: sa.Connection, source_id: int, paths: Collection[str]) -> None:
    """Files that go on under another name."""
    if paths:
        gone = sa.delete(seed_file).where(seed_file.c.source_id == source_id, seed_file.c.path == sa.bindparam("gone"))
        db.execute(gone, [{"gone": path} for path in paths])


def states(db: sa.Connection, now: datetime) -> dict[str, SourceState]:
    """What is stored of every source that was ever imported, by name."""
    is_new = sa.case((entry.c.first_seen > now - RECENT, 1))
    files = (
        sa.select(
            seed_file.c.source_id, sa.func.count().label("files"), sa.func.count(seed_file.c.problem).label("bad")
        )
        .where(~seed_file.c.is_gone)
        .group_by(seed_file.c.source_id)
        .subquery()
    )
    entries = (
        sa.select(
            entry.c.source_id,
            sa.func.count().label("entries"),
            sa.func.count(entry.c.fallback).label("plain"),
            sa.func.count(is_new).label("recent"),
        )
        .join(story, story.c.id == entry.c.story_id)
        .where(entry.c.withdrawn_at.is_(None), entry.c.is_kept, story.c.arrived_at.is_not(None))
        .group_by(entry.c.source_id)
        .subquery()
    )
    rows = db.execute(
        sa.select(
            source.c.name,
            source.c.held,
            files.c.files,
            files.c.bad,
            entries.c.entries,
            entries.c.plain,
            entries.c.recent,
        )
        .outerjoin(files, files.c.source_id == source.c.id)
        .outerjoin(entries, entries.c.source_id == source.c.id)
    )
    return {
        row.name: SourceState(
            name=row.name,
            files=row.files or 0,
            entries=row.entries or 0,
            problems=row.bad or 0,
            plain=row.plain or 0,
            a_day=round((row.recent or 0) / RECENT.days, 1),
            held=row.held,
        )
        for row in rows
    }
