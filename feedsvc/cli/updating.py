"""One update of all sources, with a report; and `feedsvc resanitize`."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import click

from feedsvc.cli.addressing import say_conflicts
from feedsvc.cli.advising import unsourced
from feedsvc.cli.logs import say, warn
from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.progress import progress
from feedsvc.cli.publishing import never, refresh
from feedsvc.cli.upkeep import index_some
from feedsvc.cli.wording import BLOCKED, plural
from feedsvc.config import Config
from feedsvc.sandbox import Sandbox
from feedsvc.store import Store, entries, takedowns
from feedsvc.update import Progress, Report, update
from feedsvc.update.resanitize import resanitize
from feedsvc.update.terms import declare


def resanitize_all() -> None:
    """Sanitise entries again that an older policy sanitised."""
    config = configuration()
    with opened_store(config) as store:
        click.echo(f"{plural(run_resanitize(config, store), 'entry')} changed")


def run_update(config: Config, store: Store) -> list[Report]:
    """Update all sources, sanitise outdated entries again, and report."""
    declare_upstreams(config, store)
    with progress("importing") as shown:
        reports = take_in(config, store, shown)
    run_resanitize(config, store)
    index_some(store)
    tell(config, store, reports)
    return reports


def declare_upstreams(config: Config, store: Store) -> None:
    """Let what readers see of upstreams follow the rights in the configuration, without a poll."""
    declare(store, config.upstreams, config.catalogue, _now())


def take_in(
    config: Config, store: Store, progressed: Progress | None = None, is_enough: Callable[[], bool] = never
) -> list[Report]:
    """Update all sources, and make the documents that this changed, until `is_enough` says that they have to wait."""
    say_conflicts(config, store)
    with Sandbox() as sandbox:
        reports = update(store, sandbox, config.sources, config.catalogue, _now(), progressed)
    refresh(config, store, _now(), is_enough)
    return reports


def run_resanitize(
    config: Config, store: Store, progressed: Progress | None = None, is_enough: Callable[[], bool] = never
) -> int:
    """Sanitise outdated entries again. Returns how many entries that changed."""
    frames = {spec.name: spec.frames for spec in config.sources}
    with Sandbox() as sandbox, progress("sanitising again") as shown:
        changed = resanitize(store, sandbox, frames, progressed or shown)
    if changed:
        refresh(config, store, _now(), is_enough)
    return changed


def tell(config: Config, store: Store, reports: list[Report]) -> None:
    """Print the problems and notices of each source, and what became of its entries."""
    with store.read() as db:
        blocked = takedowns.counted(db)
    for report in reports:
        for problem in report.problems:
            say(str(problem), logging.WARNING)
        for notice in report.notices:
            say(str(notice))
        # As `check` counts: also problems that earlier updates found.
        wrong = [plural(len(report.problems), "problem")] if report.problems else []
        stopped = [f"{number} {BLOCKED}"] if (number := blocked.get(report.source)) else []
        say(f"source {report.source}: {', '.join((changes(report) or ['nothing new']) + stopped + wrong)}")
    with store.read() as db:
        used = entries.used_categories(db)
    warn(tuple(unsourced(config, used)))


def changes(report: Report) -> list[str]:
    """The outcome of a source's entries: `2 new`, `1 withdrawn`."""
    told = sorted((what, number) for what, number in report.counts.items() if what not in {"problem", "blocked"})
    return [f"{number} {what}" for what, number in told if number]


def _now() -> datetime:
    return datetime.now(UTC)
