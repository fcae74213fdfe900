"""`feedsvc sources confirm`: lets the next update withdraw the seeds that feedsvc holds back."""

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.wording import near, plural
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, seed_files


def run(*, name: str) -> None:
    """Confirm what is held back of a source."""
    config = configuration()
    with opened_store(config) as store:
        run_confirm(config, store, name)


def run_confirm(config: Config, store: Store, name: str) -> None:
    """Confirm what is held back of a source, and print how much that is. Raises FeedsvcError where that is nothing."""
    folders = [spec.name for spec in config.sources]
    if name in {spec.name for spec in config.upstreams}:
        raise FeedsvcError(f"source {name!r} is an upstream feed; only seeds are held back")
    with store.write() as db:
        before = seed_files.confirmed(db, name)
        number = seed_files.confirm(db, name)
        if number and name not in folders:
            # Raised in the transaction, which undoes the confirmation.
            raise FeedsvcError(
                f"source {name!r} is not in the configuration: no update looks at it, and what it published stays; to "
                "withdraw what is missing of it, configure it again first"
            )
    if name not in folders:
        raise FeedsvcError(f"no folder of seeds is named {name!r}; there are: {near(name, folders)}")
    if not number and not before:
        raise FeedsvcError(f"nothing of source {name!r} is held back; see: feedsvc sources")
    earlier = f"{before} of them confirmed before; " if number and before else "" if number else "confirmed before; "
    total = plural(number + before, "seed")
    click.echo(f"source {name}: {earlier}the next update withdraws {total}, unless they are back by then")
