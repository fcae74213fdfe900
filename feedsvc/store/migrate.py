"""Bringing a database to the schema of this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedsvc.errors import StoreError
from feedsvc.store.engine import NONE_YET, Store

#: Any number that only feedsvc uses, so that two starting processes migrate one after the other on PostgreSQL.
ADVISORY_LOCK = 0x66656564


NOT_THIS = "does not have the schema of this version; run: feedsvc db upgrade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Which schema a database has, and which this version needs."""

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
        return self.current is not None and self.current not in _known()

    @property
    def remedy(self) -> str | None:
        """What to do so that it can; None when it can."""
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
    with making_tables(store) as db:
        config = _config()
        config.attributes["connection"] = db
        command.upgrade(config, "head")


def prepare(store: Store) -> None:
    """
    As `require_current`; but an empty database on a server gets its tables.

    Whoever starts first there need not be `db upgrade`. A file is not made so: its path may be wrong.
    """
    if store.path is None and status(store).current is None:
        upgrade(store)
    require_current(store)


def status(store: Store) -> Status:
    """What `feedsvc db status` shows. A file that is not there is not made by asking."""
    if store.path is not None and not store.path.exists():
        return Status(current=None, needed=_head())
    with store.read() as db:
        current = MigrationContext.configure(db).get_current_revision()
    return Status(current=current, needed=_head())


def require_current(store: Store) -> None:
    """Raise StoreError, with the remedy, unless the database is there and has the schema of this version."""
    if store.path is not None and not store.path.exists():
        raise StoreError(f"{store.path}: {NONE_YET}")
    if remedy := status(store).remedy:
        raise StoreError(f"the database {remedy}")


@cache
def _head() -> str:
    return str(ScriptDirectory.from_config(_config()).get_current_head())


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "feedsvc.store:migrations")
    return config
