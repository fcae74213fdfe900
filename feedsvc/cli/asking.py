"""`feedsvc poll <name> …`: some sources are asked now, and what came of each is told."""

import difflib
import time
from collections.abc import Sequence
from datetime import datetime

import click

from feedsvc.cli.listing import NEVER, span
from feedsvc.cli.objects import plural
from feedsvc.cli.working import Working, now_in_seconds, poll
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, poll_states, polls
from feedsvc.store.poll_states import PollState
from feedsvc.update.upstreams import Taken

#: A host may be a worker's for so long, who then asks for its feeds that are due: these too.
PATIENCE_SECONDS = 90
PAUSE_SECONDS = 1

#: An unknown name is answered with so many of those that there are.
MAX_NAMES = 20

USAGE = 2


def run_poll(config: Config, store: Store, names: Sequence[str], *, is_forced: bool) -> bool:
    """Ask these sources now, and say what came of each. Returns whether all of them answered well."""
    names = list(dict.fromkeys(names))
    _check(config, names)
    Working(config, store)
    began = now_in_seconds()
    with store.write() as db:
        held = polls.ask(db, names, began, is_forced=is_forced)
    for name, until in held.items():
        click.echo(
            f"{name}: not asked: its host said to come again in {span(until, began)}; "
            f"to ask all the same: feedsvc poll --force {name}"
        )
    good = [_tell(name, taken, state) for name, taken, state in _asked(config, store, set(names) - set(held), began)]
    return not held and all(good)


def _check(config: Config, names: Sequence[str]) -> None:
    """Raise FeedsvcError, with the names that there are, for one that is no upstream's."""
    known = [spec.name for spec in config.upstreams]
    folders = {spec.name for spec in config.sources}
    for name in names:
        if name in folders:
            raise UnknownSourceError(f"source {name}: a folder of seeds; to read it now: feedsvc update")
        if name not in known:
            close = difflib.get_close_matches(name, known, n=3) or known[:MAX_NAMES]
            more = f" and {len(known) - len(close)} more (feedsvc sources)" if len(known) > len(close) else ""
            raise UnknownSourceError(
                f"no source is named {name!r}; there are: {', '.join(close)}{more}"
                if known
                else f"no source is named {name!r}; the configuration has no upstream feeds"
            )


class UnknownSourceError(FeedsvcError):
    """A name that the command line got wrong."""


def _asked(
    config: Config, store: Store, names: set[str], began: datetime
) -> list[tuple[str, Taken | None, PollState | None]]:
    """Each source with what came of it: here, or, where another worker was at its host, as that one saved it."""
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


#: What became of entries → what a person is told; empty for nothing.
WORDS = {
    "unchanged": "",
    "unseen": "changed in nothing that a reader sees",
    "restless": "changed again, as at every poll",
    "policy": "made anew by the rules of this release",
}


def _tell(name: str, taken: Taken | None, state: PollState | None) -> bool:
    if state is None:
        click.echo(f"{name}: not asked yet: a worker is at its host; it is asked when that one is done")
        return False
    following = f"next in {span(state.next_due, now_in_seconds())}" if state.next_due else NEVER
    why = f" ({state.why})" if state.why else ""
    if state.error is not None:
        click.echo(f"{name}: {state.error}; {following}{why}")
        return False
    changes = taken.counts.items() if taken else ()
    told = ((WORDS.get(what, what), number) for what, number in changes if number)
    done = ", ".join(f"{number} {words}" for words, number in told if words) or "nothing new"
    done = done if taken else "asked by another worker meanwhile"
    click.echo(f"{name}: {done}; {following}{why}")
    if state.problems:
        click.echo(f"{name}: {plural(state.problems, 'problem')} in its answer: {'; '.join(state.problem_lines)}")
    return True
