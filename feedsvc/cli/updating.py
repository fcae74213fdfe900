"""Runs updates: once with a report, or on and on while files change."""

import contextlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import click

from feedsvc.cli.addressing import say_conflicts
from feedsvc.cli.advising import unsourced
from feedsvc.cli.logs import say
from feedsvc.cli.objects import never, plural, refresh, reloaded, warn
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError, Problem
from feedsvc.sandbox import Sandbox
from feedsvc.store import Store, feeds
from feedsvc.update import Progress, Report, update
from feedsvc.update.resanitize import resanitize

log = logging.getLogger(__name__)

#: Seconds between two looks at the folders while serving.
WATCH_SECONDS = 5

#: How much longer than a look the rest after it is: looking at a large folder takes 5 % of a core at most.
REST = 20
LONGEST_REST_SECONDS = 60

#: Documents of one look are made for so many seconds: a folder that changes meanwhile does not wait for all of them.
PUBLISH_SECONDS = 20

#: How often a long import reports where nobody watches a progress bar.
PROGRESS_SECONDS = 10


def _now() -> datetime:
    return datetime.now(UTC)


def run_update(
    config: Config, store: Store, *, is_resanitizing: bool = True, budget: "Budget | None" = None
) -> list[Report]:
    """One update of everything, reported; by default, what an older policy made is made anew as well."""
    with _progress("importing") as shown:

        def progress(done: int, total: int) -> None:
            shown(done, total)
            if budget:
                budget.go_on(done, total)

        reports = take_in(config, store, progress, budget)
    if is_resanitizing:
        run_resanitize(config, store)
    for report in reports:
        for problem in report.problems:
            say(str(problem), logging.WARNING)
        for notice in report.notices:
            say(str(notice))
        changes = [
            f"{number} {outcome}"
            for outcome, number in sorted(report.counts.items())
            if number and outcome != "problem"
        ]
        # As `check` counts: also what was wrong before, and still is.
        wrong = [plural(len(report.problems), "problem")] if report.problems else []
        say(f"source {report.source}: {', '.join((changes or ['nothing new']) + wrong)}")
    with store.read() as db:
        used = feeds.used_categories(db)
    warn(tuple(unsourced(config, used)))
    return reports


class Budget:
    """How long the documents of one look may take: what is new since then waits for the next one."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.deadline: float | None = None
        #: Whether documents are left to make.
        self.is_spent = False

    def go_on(self, done: int, total: int) -> None:  # noqa: ARG002 - the shape of a progress report
        """Raise where somebody asked to stop."""
        if self.stop.is_set():
            raise _StoppedError

    def is_enough(self) -> bool:
        """Whether the documents are to wait; the clock runs from the first question."""
        self.deadline = self.deadline or time.monotonic() + PUBLISH_SECONDS
        self.is_spent = self.stop.is_set() or time.monotonic() > self.deadline
        return self.is_spent


def take_in(
    config: Config, store: Store, progress: Progress | None = None, budget: Budget | None = None
) -> list[Report]:
    """One update of everything, and of the documents that it changed, within a budget if there is one."""
    say_conflicts(config, store)
    with Sandbox() as sandbox:
        reports = update(store, sandbox, config.sources, config.catalogue, _now(), progress)
    refresh(config, store, _now(), budget.is_enough if budget else never)
    return reports


def run_resanitize(config: Config, store: Store, budget: Budget | None = None) -> int:
    """Bring what an older policy made under the policy of now; says how many entries that changed."""
    frames = {spec.name: spec.frames for spec in config.sources}
    with Sandbox() as sandbox, _progress("sanitising again") as shown:
        changed = resanitize(store, sandbox, frames, budget.go_on if budget else shown)
    if changed:
        refresh(config, store, _now(), budget.is_enough if budget else never)
    return changed


def watch(config: Config, store: Store, parent: int | None = None) -> None:
    """
    Update now and whenever files change, until told to stop, or left alone by the process `parent` that started it.

    A problem is named when it appears, not at every look. SIGHUP has the configuration read again; the one before stays
    in use where it is not valid.
    """
    stop, again = threading.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, lambda *_: again.set())
    logged = _Logged()
    budget = Budget(stop)
    _look(config, store, budget, logged, is_first=True)
    rest: float = 0 if budget.is_spent else WATCH_SECONDS
    while parent in {None, os.getppid()} and not stop.wait(WATCH_SECONDS):
        rest -= WATCH_SECONDS
        if again.is_set():
            again.clear()
            if (new := reloaded()) is not None:
                config = new
                log.info("the new configuration is in use: %s", plural(len(config.sources), "folder of seeds"))
            rest = 0
        if rest <= 0:
            began = time.monotonic()
            budget = Budget(stop)
            _look(config, store, budget, logged)
            rest = 0 if budget.is_spent else min((time.monotonic() - began) * REST, LONGEST_REST_SECONDS)


@dataclass(slots=True, kw_only=True)
class _Logged:
    """What the log already says, so that it is not said at every look."""

    problems: set[Problem] = field(default_factory=set)
    failure: str = ""


def _look(config: Config, store: Store, budget: Budget, logged: _Logged, *, is_first: bool = False) -> None:
    """Update, and log what is new. The first look reports as the command does, and leaves old entries for the next."""
    try:
        if is_first:
            reports = run_update(config, store, is_resanitizing=False, budget=budget)
            logged.problems = {problem for report in reports for problem in report.problems}
            return
        reports = take_in(config, store, budget.go_on, budget)
        if changed := run_resanitize(config, store, budget):
            log.info("%s changed by the sanitiser's new policy", plural(changed, "entry"))
    except _StoppedError:
        return
    except FeedsvcError as error:
        if str(error) != logged.failure:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
        logged.failure = str(error)
    except Exception:
        log.exception("unexpected; the next look tries again")
    else:
        logged.failure = ""
        logged.problems = _log_changes(reports, logged.problems)


class _StoppedError(Exception):
    """Somebody asked the watcher to end between two batches: the next look completes what this one began."""


def _log_changes(reports: list[Report], known: set[Problem]) -> set[Problem]:
    """Log what happened, and the problems that were not `known`. Returns those that there are now."""
    problems = {problem for report in reports for problem in report.problems}
    for problem in sorted(problems - known, key=str):
        log.warning("%s", problem)
    for report in reports:
        for notice in report.notices:
            log.info("%s", notice)
        if changes := {outcome: number for outcome, number in report.counts.items() if outcome != "problem" and number}:
            counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(changes.items()))
            log.info("source %s: %s", report.source, counts)
    return problems


@contextlib.contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """A bar with the remaining time on a terminal, a line now and then elsewhere; neither for what is over at once."""
    with contextlib.ExitStack() as stack:
        bar: Any = None
        done = total = 0
        began = ended = last = time.monotonic()

        def show(step: int, of: int) -> None:
            nonlocal bar, done, total, began, ended, last
            if done >= total:  # the first step of the next source, which began where the one before ended
                stack.close()
                bar, done, total, began = None, 0, of, ended
            done += step
            ended = time.monotonic()
            if sys.stderr.isatty():
                if bar is None and done < total:
                    bar = stack.enter_context(
                        click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True)
                    )
                    step = done
                if bar is not None:
                    bar.update(step)
            elif time.monotonic() - last > PROGRESS_SECONDS:
                last = time.monotonic()
                say(f"{label}: {progress_line(done, total, last - began)}")

        yield show


def progress_line(done: int, total: int, seconds: float) -> str:
    """How far something is, how fast it goes, and when it will end: `4500 of 20000, 450/s, 34 s left`."""
    rate = done / max(seconds, 1e-3)
    return f"{done} of {total}, {rate:.0f}/s, {(total - done) / max(rate, 1e-3):.0f} s left"
