"""`feedsvc sources confirm`: what is held back of a source may go."""

import difflib
from collections.abc import Sequence

import click

from feedsvc.cli.objects import plural
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, seed_files

#: An unknown name is answered with so many of those that there are.
MAX_NAMES = 20


def run_confirm(config: Config, store: Store, name: str) -> None:
    """Let what is held back of a source go, and say how much that is. Raises FeedsvcError where there is nothing."""
    folders = [spec.name for spec in config.sources]
    if name in {spec.name for spec in config.upstreams}:
        raise FeedsvcError(f"source {name!r} is an upstream feed; only of folders of seeds anything is held back")
    with store.write() as db:
        before = seed_files.confirmed(db, name)
        number = seed_files.confirm(db, name)
        if number and name not in folders:
            # Raised in the transaction: what is held back stays so.
            raise FeedsvcError(
                f"source {name!r} is not in the configuration: no update looks at it, and what it published stays; to "
                "withdraw what is missing of it, configure it again first"
            )
    if name not in folders:
        raise FeedsvcError(f"no folder of seeds is named {name!r}; there are: {_near(name, folders)}")
    if not number and not before:
        raise FeedsvcError(f"nothing of source {name!r} is held back; see: feedsvc sources")
    earlier = f"{before} of them confirmed before; " if number and before else "" if number else "confirmed before; "
    total = plural(number + before, "seed")
    click.echo(f"source {name}: {earlier}the next update withdraws {total}, unless they are back by then")


def _near(name: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, names, n=3) or names[:MAX_NAMES]
    more = f" and {len(names) - len(close)} more (feedsvc sources)" if len(names) > len(close) else ""
    return f"{', '.join(close) or 'none'}{more}"
