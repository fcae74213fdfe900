"""
Bringing a database to the schema of this version.

Each command asks which schema a database has. That takes a query and the names of the migrations. Alembic is imported
only where tables are made or migrated: it takes as long to import as all of a command's other work.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import sqlalchemy as sa

from feedsvc.errors import StoreError
from feedsvc.store.engine import NONE_YET, Store

#: Any number that only feedsvc uses, so that two starting processes migrate one after the other on PostgreSQL.
ADVISORY_LOCK = 0x66656564

#: The name of a migration: its number, which is its revision, and its subject.
MIGRATION = re.compile(r"(\d{4})_\w+\.py")

#: The table where Alembic keeps the revision of a database.
SCHEMA_REVISION = sa.table("alembic_version", sa.column("version_num", sa.Text))

NOT_THIS = "does not have the schema of this version; run: feedsvc db upgrade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The schema that a database has, and the schema that this version needs."""

    #: None for an empty database.
    current: str | None
    needed: str

    @property
    def is_current(self) -> bool:
        """Whether this version can use the database."""
        return self.current == self.needed

    @property
    def is_newer(self) -> bool:
        """Whether a newer version made it."""
        return self.current is not None and self.current not in revisions()

    @property
    def remedy(self) -> str | None:
        """The remedy so that it can; None when it can."""
        if self.is_current:
            return None
        if self.is_newer:
            return f"was made by a newer version (schema {self.current}); install that version"
        return NOT_THIS


@contextmanager
def making_tables(store: Store) -> Iterator[sa.Connection]:
    """One transaction, during which no other process makes tables: PostgreSQL lets two that begin at once both fail."""
    store.make_folder()
    with store.write() as db:
        if db.dialect.name == "postgresql":
            db.execute(sa.select(sa.func.pg_advisory_xact_lock(ADVISORY_LOCK)))
        yield db


def upgrade(store: Store) -> None:
    """Make or migrate the tables, in one transaction; nothing happens when they are current."""
    state = status(store)
    if state.is_current:
        return
    if state.is_newer:
        raise StoreError(f"the database {state.remedy}")
    from feedsvc.store.migrations.run import to_head  # noqa: PLC0415 - imports Alembic

    with making_tables(store) as db:
        to_head(db)


def prepare(store: Store) -> None:
    """
    As `require_current`; but an empty database on a server gets its tables.

    Whoever starts first there need not be `db upgrade`. A file is not made so: its path may be wrong.
    """
    if store.path is None and status(store).current is None:
        upgrade(store)
    require_current(store)


def status(store: Store) -> Status:
    """The state that `feedsvc db status` shows. Asking does not make a file that is not there."""
    if store.path is not None and not store.path.exists():
        return Status(current=None, needed=revisions()[-1])
    with store.read() as db:
        return Status(current=_current(db), needed=revisions()[-1])


def require_current(store: Store) -> None:
    """Raise StoreError, with the remedy, unless the database is there and has the schema of this version."""
    if store.path is not None and not store.path.exists():
        raise StoreError(f"{store.path}: {NONE_YET}")
    if remedy := status(store).remedy:
        raise StoreError(f"the database {remedy}")


def _current(db: sa.Connection) -> str | None:
    """The revision that Alembic wrote into the database; None where there is none."""
    if not sa.inspect(db).has_table(SCHEMA_REVISION.name):
        return None
    return db.execute(sa.select(SCHEMA_REVISION.c.version_num)).scalar_one_or_none()


@cache
def revisions() -> tuple[str, ...]:
    """The revisions of this version, in order: the numbers that the names of the migrations begin with."""
    names = (file.name for file in files("feedsvc.store.migrations").joinpath("versions").iterdir())
    return tuple(sorted(found[1] for name in names if (found := MIGRATION.fullmatch(name))))
