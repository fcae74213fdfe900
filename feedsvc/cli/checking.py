"""`feedsvc check`: problems of the configuration, the database and the seeds, before an update finds them."""

from dataclasses import replace
from datetime import UTC, datetime

import click

from feedsvc.cli.addressing import announcements, conflicts, crowded
from feedsvc.cli.advising import absent, unfed, unsourced, untimely
from feedsvc.cli.logs import say, warn
from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.wording import BLOCKED, plural
from feedsvc.config import Config
from feedsvc.errors import StoreError
from feedsvc.sandbox import Sandbox
from feedsvc.store import is_there, migrate
from feedsvc.store.feeds import Changes, compare
from feedsvc.update.check import Before, before_of, check


def run() -> int:
    """Name every problem. Returns 1 where there is one."""
    config = configuration()
    if not run_check(config):
        return 1
    click.echo(f"{config.path}: valid")
    return 0


def run_check(config: Config) -> bool:
    """Print every problem and every notice. Returns whether there is no problem."""
    now = datetime.now(UTC)
    warn((*config.warnings, *untimely(config, now), *absent(config)))
    before, changes, bad = Before(files={}), Changes(), 0
    try:
        before, changes = _stored(config)
    except StoreError as error:
        # No other command can work with it.
        click.echo(str(error))
        bad = 1
    wrong = tuple(conflicts(config, changes))
    for problem in wrong:
        click.echo(str(problem))
    bad += len(wrong)
    warn(tuple(announcements(config, changes)))
    with Sandbox() as sandbox:
        checked = check(sandbox, config.sources, before, now)
    used = before.categories.union(*(one.categories for one in checked))
    warn((*unsourced(config, used), *unfed(config, used, before.slugs), *crowded(config, changes, used)))
    for one in checked:
        place = config.places.get(one.source) if one.is_missing else None
        for problem in (*one.problems, *one.notices):
            click.echo(str(replace(place, reason=place.reason + problem.reason) if place else problem))
        stopped = f", {one.blocked} {BLOCKED}" if one.blocked else ""
        click.echo(f"source {one.source}: {plural(one.files, 'seed')}, {plural(len(one.problems), 'problem')}{stopped}")
        bad += len(one.problems)
    return not bad


def _stored(config: Config) -> tuple[Before, Changes]:
    """
    What the last update stored, and what the configuration changes of the addresses of feeds.

    Nothing where there are no tables of this version. Makes no file and no folder.
    """
    nothing = Before(files={}), Changes()
    if not is_there(config.database_url):
        return nothing
    with opened_store(config, is_migrated=False) as store:
        status = migrate.status(store)
        if status.is_newer:
            raise StoreError(f"the database {status.remedy}")
        if not status.is_current:
            if status.current:
                say(f"warning: seeds are checked without what is stored of them: the database {status.remedy}")
            return nothing
        with store.read() as db:
            return before_of(db, config.sources), compare(db, config.catalogue)
