"""What commands that only look may read of the database, where there is one."""

import click

from feedsvc.config import Config
from feedsvc.errors import StoreError
from feedsvc.store import is_there, migrate, open_store
from feedsvc.update.check import Stored, stored


def stored_of(config: Config) -> Stored:
    """What the last update knew; nothing where there is no database. Makes no file and no folder."""
    if not is_there(config.database_url):
        return Stored(files={})
    try:
        store = open_store(config.database_url)
        try:
            migrate.require_current(store)
            with store.read() as db:
                return stored(db, config.sources)
        finally:
            store.close()
    except StoreError as error:
        click.echo(f"warning: seeds are checked without what is stored of them: {error}", err=True)
        return Stored(files={})
