"""`feedsvc adopt`: takes over guids and links from another feed."""

from pathlib import Path

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.updating import run_update
from feedsvc.cli.wording import plural
from feedsvc.config import Config
from feedsvc.config.sources import user_agent
from feedsvc.errors import FeedsvcError, FetchError
from feedsvc.fetch.client import fetch
from feedsvc.model import FetchPolicy, RawEntry
from feedsvc.sandbox import Sandbox
from feedsvc.store import Store, migrate
from feedsvc.update.adopt import adopt


def run(*, feed: str, allow_private: bool, is_dry: bool) -> int:
    """Read the feed, and take over what matches. Returns 1 where no entry of the feed is here."""
    config = configuration()
    data = read_feed(config, feed, allow_private=allow_private)
    with opened_store(config, is_migrated=is_dry) as store:
        if not is_dry:
            migrate.upgrade(store)
        return 0 if run_adopt(config, store, feed, data, is_dry=is_dry) else 1


def run_adopt(config: Config, store: Store, feed: str, data: bytes, *, is_dry: bool) -> bool:
    """Import, take over, and import again what that changed. Returns whether an entry of the feed is here."""
    if not is_dry:
        run_update(config, store)
    with Sandbox(workers=1) as sandbox:
        done = adopt(store, sandbox, feed, data, is_dry=is_dry)
    for one in done.missing:
        click.echo(f"not here: {_shown(one)}; nothing has its link, nor its title and date")
    for one in done.taken:
        click.echo(f"not taken over: {_shown(one)}; another entry, here or in the feed, has its guid")
    if done.adopted and not is_dry:
        run_update(config, store)
    click.echo(
        f"{feed}: {plural(done.adopted, 'identity')} {'to take' if is_dry else 'taken'} over, {done.same} the same, "
        f"{len(done.missing) + len(done.taken)} not; {plural(done.unknown, 'entry')} here are not in it"
    )
    return bool(done.adopted or done.same)


def read_feed(config: Config, feed: str, *, allow_private: bool) -> bytes:
    """The bytes of a feed, by file or URL. Raises FeedsvcError where it cannot be read."""
    if feed.lower().startswith(("http://", "https://")):
        try:
            return fetch(feed, FetchPolicy(user_agent=user_agent(config.site), allow_private=allow_private))
        except FetchError as error:
            hint = "" if allow_private else " (--allow-private asks private addresses and unusual ports too)"
            raise FeedsvcError(f"{error}{hint}") from error
    try:
        return Path(feed).read_bytes()
    except OSError as error:
        raise FeedsvcError(f"{feed}: cannot be read: {error.strerror}; give a feed's file or URL") from error


def _shown(one: RawEntry) -> str:
    return f"{one.title or one.guid} ({one.link or one.guid})"
