"""The work on the database, for `/readyz`: when each kind was last done, by when it is promised, and how far it is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from feedsvc.store.adding import insert_missing
from feedsvc.store.schema import activity

#: Kinds of work: a look at the seed folders; a round of polls.
Kind = Literal["update", "poll"]

#: What the names of imports begin with; the name of the source follows.
IMPORT = "import "


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """When some work was last done."""

    at: datetime
    #: By when a process promised to do it again; None where no process is at work.
    next_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the import of a source is, in files."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """All work on the database."""

    done: dict[str, Done] = field(default_factory=dict)
    #: The imports at work, or interrupted, by source.
    imports: dict[str, Progress] = field(default_factory=dict)


def record(db: sa.Connection, kind: Kind, at: datetime, next_by: datetime | None = None) -> None:
    """Record that some work was done. Without `next_by`, an earlier promise of another process stays."""
    _save(db, kind, {"at": at, **({} if next_by is None else {"next_by": next_by})})


def leave(db: sa.Connection, kind: Kind) -> None:
    """Take the promise back, because the process ends in order."""
    db.execute(sa.update(activity).where(activity.c.name == kind).values(next_by=None))


def advance(db: sa.Connection, source: str, at: datetime, done: int, total: int) -> None:
    """Record how many files of an import are done."""
    _save(db, IMPORT + source, {"at": at, "done": done, "total": total})


def end_imports(db: sa.Connection) -> None:
    """Record that no import is at work any more."""
    db.execute(sa.delete(activity).where(activity.c.name.startswith(IMPORT, autoescape=True)))


def read(db: sa.Connection) -> Activity:
    """All that is recorded."""
    rows = db.execute(sa.select(activity).order_by(activity.c.name)).all()
    return Activity(
        done={row.name: Done(at=row.at, next_by=row.next_by) for row in rows if not row.name.startswith(IMPORT)},
        imports={
            row.name.removeprefix(IMPORT): Progress(done=row.done, total=row.total)
            for row in rows
            if row.name.startswith(IMPORT)
        },
    )


def _save(db: sa.Connection, name: str, values: dict[str, Any]) -> None:
    change = sa.update(activity).where(activity.c.name == name).values(**values)
    if not db.execute(change).rowcount:
        insert_missing(db, activity, [{"name": name, **values}])
        db.execute(change)
