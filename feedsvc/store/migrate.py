"""Bringing a database to the schema of this version."""

from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedsvc.errors import StoreError
from feedsvc.store.engine import Store

#: Any number that only feedsvc uses, so that two starting processes migrate one after the other on PostgreSQL.
ADVISORY_LOCK = 0x66656564


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Which schema a database has, and which this version needs."""

    #: None for an empty database.
    current: str | None
    needed: str


def upgrade(store: Store) -> None:
    """Make or migrate the tables, in one transaction; nothing happens when they are current."""
    if _is_current(store):
        return
    with store.write() as db:
        if db.dialect.name == "postgresql":
            db.execute(sa.select(sa.func.pg_advisory_xact_lock(ADVISORY_LOCK)))
        config = _config()
        config.attributes["connection"] = db
        command.upgrade(config, "head")


def status(store: Store) -> Status:
    """What `feedsvc db status` shows."""
    with store.read() as db:
        current = MigrationContext.configure(db).get_current_revision()
    return Status(current=current, needed=_head())


def require_current(store: Store) -> None:
    """Raise StoreError, with the remedy, unless the database has the schema of this version."""
    if not _is_current(store):
        raise StoreError("the database does not have the schema of this version; run: feedsvc db upgrade")


def _is_current(store: Store) -> bool:
    state = status(store)
    if state.current is not None and not _is_known(state.current):
        raise StoreError(f"the database was made by a newer version (schema {state.current}); install that version")
    return state.current == state.needed


@cache
def _head() -> str:
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _is_known(current: str) -> bool:
    return any(script.revision == current for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "feedsvc.store:migrations")
    return config
