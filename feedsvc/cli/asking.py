"""`feedsvc poll`: polls the sources that are due, or the named ones now, and prints the result of each."""

import time
from collections.abc import Sequence
from datetime import datetime

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.polling import define, poll, release
from feedsvc.cli.presence import Presence
from feedsvc.cli.wording import BLOCKED, near, plural, span
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, poll_states, polls
from feedsvc.store.clock import Clock
from feedsvc.store.poll_states import PollState
from feedsvc.store.states import NEVER
from feedsvc.update.upstreams import Taken

#: Seconds to wait for a worker that has the host of a named source. That worker polls the source, too.
PATIENCE_SECONDS = 90
PAUSE_SECONDS = 1

#: The exit code for a command line that cannot be meant.
USAGE = 2


def run(*, names: Sequence[str], is_forced: bool) -> int:
    """Poll what is due, or the named sources now. Returns the exit code."""
    if is_forced and not names:
        raise click.UsageError("--force needs the names of sources")
    config = configuration()
    with opened_store(config) as store:
        if not names:
            return _poll_due(config, store)
        try:
            return 0 if run_poll(config, store, names, is_forced=is_forced) else 1
        except UnknownSourceError as error:
            click.echo(f"feedsvc: {error}", err=True)
            return USAGE


def _poll_due(config: Config, store: Store) -> int:
    define(config, store)
    rounds = list(iter(lambda: poll(config, store), []))
    release(config, store)
    Presence(store=store, kind="poll", promise=None).record()
    if not rounds:
        none = "the configuration has no upstream feeds; to find some, run: feedsvc discover URL"
        click.echo("nothing is due; feedsvc sources says what is next" if config.upstreams else none)
    return int(any(one.error for taken in rounds for one in taken))


def run_poll(config: Config, store: Store, names: Sequence[str], *, is_forced: bool) -> bool:
    """Poll these sources now, and print the result of each. Returns whether all polls succeeded."""
    names = list(dict.fromkeys(names))
    _check(config, names)
    define(config, store)
    clock = Clock(store)
    began = clock()
    with store.write() as db:
        held = polls.ask(db, names, began, is_forced=is_forced)
    for name, until in held.items():
        click.echo(
            f"{name}: not asked: its host said to come again in {span(until, began)}; "
            f"to ask all the same: feedsvc poll --force {name}"
        )
    asked = _asked(config, store, set(names) - set(held), began)
    good = [_tell(name, taken, state, clock()) for name, taken, state in asked]
    return not held and all(good)


def _check(config: Config, names: Sequence[str]) -> None:
    """Raise UnknownSourceError for a name that no upstream has. The message lists names that there are."""
    known = [spec.name for spec in config.upstreams]
    folders = {spec.name for spec in config.sources}
    for name in names:
        if name in folders:
            raise UnknownSourceError(f"source {name}: a folder of seeds; to read it now: feedsvc update")
        if name not in known:
            raise UnknownSourceError(
                f"no source is named {name!r}; there are: {near(name, known)}"
                if known
                else f"no source is named {name!r}; the configuration has no upstream feeds"
            )


class UnknownSourceError(FeedsvcError):
    """A name on the command line that no upstream has."""


def _asked(
    config: Config, store: Store, names: set[str], began: datetime
) -> list[tuple[str, Taken | None, PollState | None]]:
    """Each source with the result of its poll: of this process, or as the worker that had its host saved the result."""
    waiting, found = set(names), dict[str, Taken]()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while waiting:
        found |= {taken.source: taken for taken in poll(config, store, only=waiting) if not taken.counts["lost"]}
        with store.read() as db:
            states = poll_states.states(db)
        waiting -= {name for name in waiting if name in found or _is_since(states.get(name), began)}
        if waiting and time.monotonic() > deadline:
            break
        time.sleep(PAUSE_SECONDS if waiting else 0)
    with store.read() as db:
        states = poll_states.states(db)
    return [(name, found.get(name), states.get(name) if name not in waiting else None) for name in sorted(names)]


def _is_since(state: PollState | None, began: datetime) -> bool:
    return state is not None and state.polled_at is not None and state.polled_at >= began


#: The outcome of an entry → the words for it; empty where nothing is printed.
OUTCOME_WORDS = {
    "unchanged": "",
    "unseen": "changed where no reader sees it",
    "restless": "changed again, as at every poll",
    "policy": "sanitised again by this release",
    "blocked": BLOCKED,
}


def _tell(name: str, taken: Taken | None, state: PollState | None, now: datetime) -> bool:
    if state is None:
        click.echo(f"{name}: not polled yet: a worker polls its host now, and polls this source after that")
        return False
    following = f"next in {span(state.next_due, now)}" if state.next_due else NEVER
    why = f" ({state.why})" if state.why else ""
    if state.error is not None:
        click.echo(f"{name}: {state.error}; {following}{why}")
        return False
    changes = taken.counts.items() if taken else ()
    told = ((OUTCOME_WORDS.get(what, what), number) for what, number in changes if number)
    done = ", ".join(f"{number} {words}" for words, number in told if words) or "nothing new"
    done = done if taken else "another worker polled it"
    click.echo(f"{name}: {done}; {following}{why}")
    if state.problems:
        click.echo(f"{name}: {plural(state.problems, 'problem')} in its answer: {'; '.join(state.problem_lines)}")
    return True
