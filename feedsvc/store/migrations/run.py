"""Runs Alembic. Imported only where tables are made or migrated."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configured() -> Config:
    """Alembic, with the migrations of this package."""
    config = Config()
    config.set_main_option("script_location", "feedsvc.store:migrations")
    return config


def to_head(db: Connection) -> None:
    """Bring the tables to the schema of this version."""
    config = configured()
    config.attributes["connection"] = db
    command.upgrade(config, "head")
