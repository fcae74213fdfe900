"""`feedsvc update`: updates once, or now and whenever files change."""

import logging
import os
import time
from dataclasses import dataclass, field

from feedsvc.cli.logs import begin_service
from feedsvc.cli.objects import configuration, opened_store, reloaded
from feedsvc.cli.presence import Presence, give_memory_back
from feedsvc.cli.progress import progress
from feedsvc.cli.updating import changes, declare_upstreams, run_resanitize, run_update, take_in, tell
from feedsvc.cli.upkeep import index_some, keep_up_some
from feedsvc.cli.wording import plural
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError, Problem
from feedsvc.signals import Signals
from feedsvc.store import Store
from feedsvc.update import Report

log = logging.getLogger(__name__)

#: Seconds between two looks at the folders.
WATCH_SECONDS = 5

#: The pause after a look is so many times as long as the look: looks at a large folder take 5 % of a core at most.
REST = 20
LONGEST_REST_SECONDS = 60

#: Seconds that one look makes documents: a folder that changes meanwhile does not wait for all of them.
PUBLISH_SECONDS = 20


def run(*, is_watching: bool, parent: int | None) -> int:
    """Update once, or whenever files change. Returns 1 where a source could not be read."""
    if is_watching:
        begin_service()
    config = configuration()
    with opened_store(config) as store:
        if is_watching:
            presence = Presence(store=store, kind="update")
            watch(config, store, presence, parent)
            presence.leave()
            return 0
        reports = run_update(config, store)
        Presence(store=store, kind="update", promise=None).record()
        return int(any(report.is_failed for report in reports))


#: A long import leaves the database to others for so long, so often (seconds). SQLite has no queue of writers: it looks
#: again every 0.1 seconds at most, and a server that saves a document would find the database locked each time.
PAUSE_SECONDS = 0.12
PAUSE_EVERY_SECONDS = 1.0


class Budget:
    """The time in which one look may make documents. Documents that are left wait for the next look."""

    def __init__(self, signals: Signals, presence: Presence) -> None:
        self.signals, self.presence = signals, presence
        self.deadline: float | None = None
        self.paused = time.monotonic()
        #: Whether documents are left to make.
        self.is_spent = False

    def is_stopping(self) -> bool:
        """Whether a signal asked to end."""
        return self.signals.is_stopping

    def go_on(self, done: int, total: int) -> None:  # noqa: ARG002 - the shape of a progress report
        """Record that the watcher is at work, and let others write. Raise where a signal asked to stop."""
        if self.is_stopping():
            raise _StoppedError
        self.presence.record()
        if time.monotonic() - self.paused >= PAUSE_EVERY_SECONDS:
            time.sleep(PAUSE_SECONDS)
            self.paused = time.monotonic()

    def is_enough(self) -> bool:
        """Whether the documents that are left have to wait. The time begins with the first call."""
        self.deadline = self.deadline or time.monotonic() + PUBLISH_SECONDS
        self.is_spent = self.is_stopping() or time.monotonic() > self.deadline
        return self.is_spent


def watch(config: Config, store: Store, presence: Presence, parent: int | None = None) -> None:
    """
    Update now and whenever files change, until a signal comes, or until the process `parent` has ended.

    A problem is logged when it appears, not at every look. At SIGHUP the configuration is read again; where it is not
    valid, the former one stays in use.
    """
    signals = Signals()
    logged = _Logged()
    budget = Budget(signals, presence)
    _look(config, store, budget, logged, is_first=True, is_new=True)
    rest: float = 0 if budget.is_spent else WATCH_SECONDS
    is_new = False
    while parent in {None, os.getppid()} and not signals.wait(WATCH_SECONDS):
        rest -= WATCH_SECONDS
        if signals.is_again():
            if (new := reloaded()) is not None:
                config = new
                log.info("the new configuration is in use: %s", plural(len(config.sources), "folder of seeds"))
            rest, is_new = 0, True
        if rest <= 0:
            began = time.monotonic()
            budget = Budget(signals, presence)
            _look(config, store, budget, logged, is_new=is_new)
            is_new = False
            rest = 0 if budget.is_spent else min((time.monotonic() - began) * REST, LONGEST_REST_SECONDS)


@dataclass(slots=True, kw_only=True)
class _Logged:
    """Messages that the log has already: later looks do not repeat them."""

    problems: set[Problem] = field(default_factory=set)
    failure: str = ""


def _look(
    config: Config, store: Store, budget: Budget, logged: _Logged, *, is_first: bool = False, is_new: bool = False
) -> None:
    """
    Update, and log changes. The first look reports as `feedsvc update` does; outdated entries wait for the next.

    `is_new` says that this is the first look with this configuration.
    """
    try:
        if is_new:
            declare_upstreams(config, store)
        if is_first:
            reports = _first_look(config, store, budget)
            logged.problems = {problem for report in reports for problem in report.problems}
            budget.presence.record()
            give_memory_back()
            return
        reports = take_in(config, store, budget.go_on, budget.is_enough)
        if changed := run_resanitize(config, store, budget.go_on, budget.is_enough):
            log.info("%s changed by the sanitiser's new policy", plural(changed, "entry"))
        index_some(store, budget.is_stopping)
        keep_up_some(store, budget.is_stopping)
        budget.presence.record()
        if changed or any(report.counts for report in reports):
            give_memory_back()
    except _StoppedError:
        return
    except FeedsvcError as error:
        if str(error) != logged.failure:
            log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
        logged.failure = str(error)
    except Exception:
        log.exception("unexpected error; the next look tries again")
    else:
        logged.failure = ""
        logged.problems = _log_changes(reports, logged.problems)


class _StoppedError(Exception):
    """A signal asked the watcher to end between two batches. The next look completes this one."""


def _first_look(config: Config, store: Store, budget: Budget) -> list[Report]:
    with progress("importing") as shown:

        def progressed(done: int, total: int) -> None:
            shown(done, total)
            budget.go_on(done, total)

        reports = take_in(config, store, progressed, budget.is_enough)
    tell(config, store, reports)
    return reports


def _log_changes(reports: list[Report], known: set[Problem]) -> set[Problem]:
    """Log changes, and problems that are not `known`. Returns all problems that there are now."""
    problems = {problem for report in reports for problem in report.problems}
    for problem in sorted(problems - known, key=str):
        log.warning("%s", problem)
    for report in reports:
        for notice in report.notices:
            log.info("%s", notice)
        if counts := changes(report):
            log.info("source %s: %s", report.source, ", ".join(counts))
    return problems
