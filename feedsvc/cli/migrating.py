"""`feedsvc db`: makes, migrates and checks the tables."""

import json
from dataclasses import asdict

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.store import migrate


def upgrade() -> None:
    """Make or migrate the tables."""
    with opened_store(configuration(), is_migrated=False) as store:
        migrate.upgrade(store)
        click.echo(f"schema {migrate.status(store).current}")


def status(*, as_json: bool) -> int:
    """Print the schema of the database. Returns 1 where it is not the schema of this version."""
    with opened_store(configuration(), is_migrated=False) as store:
        found = migrate.status(store)
    if as_json:
        click.echo(json.dumps({**asdict(found), "is_current": found.is_current}))
    else:
        click.echo(f"schema {found.current or 'none'}, {found.remedy or 'current'}")
    return 0 if found.is_current else 1
