"""The seed files of sources: how each was last read, and which missing files are held back."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.store.lookups import chunks
from feedsvc.store.schema import entry, seed_file, source, story
from feedsvc.store.sources import ids_of, outdate

#: States of a missing file: held back by the brake; confirmed as deleted.
HELD, CONFIRMED = "held", "confirmed"

#: The mtime of a file that could not be looked at when the settings changed: it has to be read again.
OUTDATED = -1


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
    problem: str | None = None
    problem_line: int | None = None
    #: Whether it was deleted since.
    is_gone: bool = False
    #: HELD, CONFIRMED, or None.
    hold: str | None = None
    #: Whether its content is not taken in, because a take-down names it.
    is_blocked: bool = False
    #: Of the entry.
    first_seen: datetime | None = None
    #: Of the entry; None while it is published.
    withdrawn_at: datetime | None = None

    @property
    def is_published(self) -> bool:
        """Whether the file is not gone, and has an entry that is published or waits."""
        return not self.is_gone and self.entry_id is not None and self.withdrawn_at is None


#: The columns of the entry that a seed file has.
OF_ENTRY = ("guid", "adopted_link", "fallback", "first_seen", "withdrawn_at")


def confirm(db: sa.Connection, name: str) -> int:
    """
    Confirm all files of a source that are held back at this moment. The next update withdraws those still missing.

    Returns how many files were confirmed.
    """
    source_id = db.scalar(sa.select(source.c.id).where(source.c.name == name))
    held_back = sa.and_(seed_file.c.source_id == source_id, seed_file.c.hold == HELD)
    number = db.execute(sa.update(seed_file).where(held_back).values(hold=CONFIRMED)).rowcount
    if number:
        db.execute(sa.update(source).where(source.c.id == source_id).values(held=None))
    return number


def confirmed(db: sa.Connection, name: str) -> int:
    """The number of files of a source that are confirmed, and not yet withdrawn."""
    chosen = sa.and_(source.c.name == name, seed_file.c.hold == CONFIRMED, ~seed_file.c.is_gone)
    joined = seed_file.join(source, source.c.id == seed_file.c.source_id)
    return db.scalar(sa.select(sa.func.count()).select_from(joined).where(chosen)) or 0


def hold(db: sa.Connection, source_id: int, held: Collection[str], released: Collection[str]) -> None:
    """Hold back some files of a source, by path, and release others."""
    _change(db, source_id, held, hold=HELD)
    _change(db, source_id, released, hold=None)
    of_source = sa.and_(seed_file.c.source_id == source_id, seed_file.c.hold == HELD)
    number = db.scalar(sa.select(sa.func.count()).where(of_source))
    db.execute(sa.update(source).where(source.c.id == source_id).values(held=number or None))


def outdate_files(db: sa.Connection, source_id: int, paths: Collection[str]) -> None:
    """Let the next update that can look at these files read them again."""
    _change(db, source_id, paths, mtime_ns=OUTDATED)


def _change(db: sa.Connection, source_id: int, paths: Collection[str], **values: Any) -> None:
    for some in chunks(paths):
        chosen = sa.and_(seed_file.c.source_id == source_id, seed_file.c.path.in_(some))
        db.execute(sa.update(seed_file).where(chosen).values(**values))


def held(db: sa.Connection) -> dict[str, int]:
    """The number of files that each source holds back, if any."""
    rows = db.execute(sa.select(source.c.name, source.c.held).where(source.c.held.is_not(None)).order_by(source.c.name))
    return {row.name: row.held for row in rows}


def stamps_of(db: sa.Connection, source_id: int) -> dict[str, tuple[int, int]] | None:
    """Size and mtime of every file of a source, by path; None if one has a problem, is held back or is plain text."""
    here = sa.and_(seed_file.c.source_id == source_id, ~seed_file.c.is_gone)
    plain = sa.and_(entry.c.source_id == source_id, entry.c.fallback.is_not(None), entry.c.withdrawn_at.is_(None))
    said = seed_file.c.problem.is_not(None) | seed_file.c.hold.is_not(None)
    if db.scalar(sa.select(sa.exists().where(here, said) | sa.exists().where(plain))):
        return None
    rows = db.execute(sa.select(seed_file.c.path, seed_file.c.size, seed_file.c.mtime_ns).where(here))
    return {path: (size, mtime_ns) for path, size, mtime_ns in rows}


def files_of(db: sa.Connection, source_id: int) -> dict[str, SeedFile]:
    """Every file that a source has or had, by path."""
    rows = db.execute(
        sa.select(seed_file, *(entry.c[name] for name in OF_ENTRY))
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
            problem=row.problem,
            problem_line=row.problem_line,
            is_gone=row.is_gone,
            hold=row.hold,
            is_blocked=row.is_blocked,
            first_seen=row.first_seen,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class FileClaim:
    """A seed file and the guid of its entry."""

    source: str
    path: str
    guid: str
    published: datetime | None
    #: None for an entry that is not stored.
    first_seen: datetime | None = None
    #: Whether its story has this guid.
    has_it: bool = False


def claims(db: sa.Connection, names: Collection[str]) -> list[FileClaim]:
    """The seed files whose guid an entry of another of these sources has, too."""
    source_ids = ids_of(db, names)
    if not source_ids[1:]:
        return []
    twice = sa.select(entry.c.guid).where(entry.c.source_id.in_(source_ids)).group_by(entry.c.guid)
    guids = db.scalars(twice.having(sa.func.count() > 1)).all()
    found = (
        sa.select(
            source.c.name, seed_file.c.path, entry.c.guid, entry.c.published, entry.c.first_seen,
            (story.c.guid == entry.c.guid).label("has_it"),
        )
        .join(source, source.c.id == entry.c.source_id)
        .join(story, story.c.id == entry.c.story_id)
        .join(seed_file, sa.and_(seed_file.c.source_id == entry.c.source_id, seed_file.c.entry_id == entry.c.id))
        .where(entry.c.source_id.in_(source_ids), ~seed_file.c.is_gone, entry.c.withdrawn_at.is_(None))
    )  # fmt: skip
    return [
        FileClaim(
            source=row.name, path=row.path, guid=row.guid, published=row.published, first_seen=row.first_seen,
            has_it=bool(row.has_it),
        )
        for some in chunks(guids)
        for row in db.execute(found.where(entry.c.guid.in_(some)))
    ]  # fmt: skip


def succeed(db: sa.Connection, source_ids: Collection[int]) -> list[int]:
    """
    The entries of former seed sources whose piece one of these sources publishes now.

    A former source is any other with seed files. If it is configured again, the next update reads all of its files.
    """
    former = sa.select(seed_file.c.source_id).where(seed_file.c.source_id.not_in(source_ids)).distinct()
    ours = entry.alias()
    is_ours = sa.and_(
        ours.c.story_id == entry.c.story_id, ours.c.source_id.in_(source_ids), ours.c.withdrawn_at.is_(None)
    )
    rows = db.execute(
        sa.select(entry.c.id, entry.c.source_id)
        .where(entry.c.source_id.in_(former), entry.c.withdrawn_at.is_(None), sa.exists().where(is_ours))
        .order_by(entry.c.id)
    ).all()
    outdate(db, {row.source_id for row in rows})
    return [row.id for row in rows]


def private_now(db: sa.Connection, source_ids: Collection[int]) -> list[int]:
    """
    The published entries of former seed sources whose file is private in one of these sources, or the whole source is.

    A file is the same file by its path, if these sources have more than half of the former source's published files:
    then the source has another name. A file with a problem says nothing.
    """
    file, own, of = seed_file.alias(), entry.alias(), source.alias()
    is_hidden = sa.and_(file.c.problem.is_(None), sa.or_(own.c.id.is_(None), own.c.withdrawn_at.is_not(None)))
    is_private = sa.or_(is_hidden, of.c.is_private)
    rows = db.execute(
        sa.select(seed_file.c.source_id, entry.c.id, file.c.path, sa.case((is_private, 1), else_=0).label("is_private"))
        .join(entry, sa.and_(entry.c.id == seed_file.c.entry_id, entry.c.withdrawn_at.is_(None)))
        .outerjoin(
            file, sa.and_(file.c.path == seed_file.c.path, file.c.source_id.in_(source_ids), file.c.is_gone.is_(False))
        )
        .outerjoin(own, own.c.id == file.c.entry_id)
        .outerjoin(of, of.c.id == file.c.source_id)
        .where(seed_file.c.source_id.not_in(source_ids), seed_file.c.is_gone.is_(False))
    ).all()
    published = Counter(source_id for source_id, _ in {(row.source_id, row.id) for row in rows})
    found = Counter(source_id for source_id, _ in {(row.source_id, row.id) for row in rows if row.path is not None})
    renamed = {source_id for source_id in found if 2 * found[source_id] > published[source_id]}
    return sorted({row.id for row in rows if row.path is not None and row.is_private and row.source_id in renamed})


def has_files(db: sa.Connection, source_id: int) -> bool:
    """Whether anything of a source was ever saved."""
    return bool(db.scalar(sa.select(sa.exists().where(seed_file.c.source_id == source_id))))


def save_files(db: sa.Connection, source_id: int, files: Iterable[SeedFile]) -> None:
    """Save files as they are now."""
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
            "hold": file.hold,
            "is_blocked": file.is_blocked,
        }
        for file in files
    ]
    forget_files(db, source_id, [str(row["path"]) for row in rows])
    if rows:
        db.execute(sa.insert(seed_file), rows)


def forget_files(db: sa.Connection, source_id: int, paths: Collection[str]) -> None:
    """Delete files that have another name now."""
    if paths:
        gone = sa.delete(seed_file).where(seed_file.c.source_id == source_id, seed_file.c.path == sa.bindparam("gone"))
        db.execute(gone, [{"gone": path} for path in paths])
