"""Figures for the operator: how much is stored, and facts of each source that only the status page shows."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from feedsvc.store.engine import Store
from feedsvc.store.lookups import chunks
from feedsvc.store.poll_counts import RESULTS, durations_of
from feedsvc.store.schema import archive_page, document, entry, host, revision, source, upstream
from feedsvc.store.tallies import removed_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """How much is stored."""

    database_bytes: int
    entries: int
    #: Former forms of entries.
    revisions: int
    documents: int
    documents_bytes: int
    #: Closed pages of archives.
    archive_pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Facts of a source."""

    source_id: int
    newest_day: date | None
    usual_gap: int | None
    held: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """More facts of a source, for those that are shown."""

    #: How long its last answers took, in milliseconds.
    durations: tuple[int, ...] = ()
    #: How many polls had each result.
    polls: dict[str, int] = field(default_factory=dict)
    #: How many elements of each kind the sanitiser removed.
    removed: dict[str, int] = field(default_factory=dict)


def storage(db: sa.Connection, store: Store) -> Storage:
    """How much is stored."""
    # The databases know a length without reading the bytes.
    coded = (document.c.gzip, document.c.br, document.c.zstd)
    sizes = (sa.func.coalesce(sa.func.length(column), 0) for column in coded)
    size = sum(sizes, sa.literal(0))
    documents, documents_bytes = db.execute(sa.select(sa.func.count(), sa.func.sum(size)).select_from(document)).one()
    return Storage(
        database_bytes=_bytes(db, store),
        entries=_count(db, entry),
        revisions=_count(db, revision),
        documents=documents,
        documents_bytes=int(documents_bytes or 0),
        archive_pages=_count(db, archive_page),
    )


def _count(db: sa.Connection, table: sa.Table) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _bytes(db: sa.Connection, store: Store) -> int:
    """The bytes of the database: SQLite's file with its log, or what PostgreSQL says."""
    if store.path is None:
        return int(db.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
    files = (store.path, store.path.with_name(f"{store.path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def facts(db: sa.Connection) -> dict[str, Facts]:
    """The facts of every stored source, by name."""
    columns = (source.c.name, source.c.id, source.c.newest_day, source.c.usual_gap, source.c.held)
    return {
        row.name: Facts(source_id=row.id, newest_day=row.newest_day, usual_gap=row.usual_gap, held=row.held)
        for row in db.execute(sa.select(*columns))
    }


def histories(db: sa.Connection, source_ids: Collection[int]) -> dict[int, History]:
    """More facts of these sources, by their ids."""
    counts = {one: upstream.c[f"polls_{one}"] for one in RESULTS}
    found: dict[int, History] = {}
    for some in chunks(source_ids):
        rows = db.execute(
            sa.select(source.c.id, source.c.removed, upstream.c.durations, *counts.values())
            .outerjoin(upstream, upstream.c.source_id == source.c.id)
            .where(source.c.id.in_(some))
        )
        for row in rows:
            polls = {one: getattr(row, column.name) or 0 for one, column in counts.items()}
            removed = dict(sorted(removed_of(row.removed).items()))
            found[row.id] = History(durations=durations_of(row.durations), polls=polls, removed=removed)
    return found


def polls(db: sa.Connection) -> dict[str, int]:
    """How many polls of all upstreams had each result, ever."""
    sums = db.execute(sa.select(*(sa.func.sum(upstream.c[f"polls_{one}"]) for one in RESULTS))).one()
    return {one: int(number or 0) for one, number in zip(RESULTS, sums, strict=True)}


def lag(db: sa.Connection, now: datetime) -> timedelta:
    """For how long the upstream that waits longest is due. An upstream waits as long as its host is held."""
    rows = db.execute(
        sa.select(upstream.c.next_due, host.c.held_until)
        .join(host, host.c.id == upstream.c.host_id)
        .where(upstream.c.next_due <= now)
    )
    due = (max(row.next_due, row.held_until or row.next_due) for row in rows)
    return max((now - one for one in due if one < now), default=timedelta())
