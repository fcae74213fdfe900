"""
What an older policy made, made anew: from the raw form that is stored, whether or not its source still has it.

A batch is one transaction, and an entry says which policy made it: cut off, the next run goes on where this one was.
"""

import logging
from collections.abc import Iterator, Mapping
from itertools import islice

from feedsvc.identity import hashes
from feedsvc.model import Entry, RawEntry
from feedsvc.sandbox import Failure, Sandbox
from feedsvc.sandbox.jobs import sanitize_again, text_again
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Store, memberships, outdated
from feedsvc.store.outdated import Outdated
from feedsvc.update import BATCH, Progress

log = logging.getLogger(__name__)


def resanitize(
    store: Store, sandbox: Sandbox, frames: Mapping[str, tuple[str, ...]], progress: Progress | None = None
) -> int:
    """
    Bring every stored entry under the policy of now. Returns how many it changed.

    `frames` are the hosts of players that each source may show besides the policy's. What comes out the same changes no
    document; what does not changes no date: a policy of ours is no news.
    """
    with store.alone():
        with store.read() as db:
            total = outdated.count(db, POLICY_VERSION)
        changed = 0
        jobs = ((one, (one.raw, frames.get(one.source, ()))) for one in _all(store))
        results = sandbox.map(sanitize_again, jobs, _size)
        while batch := list(islice(results, BATCH)):
            changed += _save(store, [(one, _entry(one, result, sandbox)) for one, result in batch])
            if progress:
                progress(len(batch), total)
        return changed


def _all(store: Store) -> Iterator[Outdated]:
    """Every entry that an older policy made, read as it is wanted."""
    last = 0
    while True:
        with store.read() as db:
            batch = outdated.after(db, last, BATCH, POLICY_VERSION)
        if not batch:
            return
        yield from batch
        last = batch[-1].stored.id


def _size(job: tuple[RawEntry, tuple[str, ...]]) -> int:
    return len(job[0].content)


def _entry(one: Outdated, result: Entry | Failure | None, sandbox: Sandbox) -> Entry | None:
    """What the policy makes of an entry; its text, where that costs too much; None, where even that does."""
    if not isinstance(result, Failure):
        return result
    log.warning("%s, %s: shown as plain text: %s %s", one.source, one.raw.guid, result.reason, result.detail)
    ((_, text),) = sandbox.map(text_again, [(None, (one.raw, result.reason))])
    if isinstance(text, Failure):
        log.error("%s, %s: stays as it was: %s %s", one.source, one.raw.guid, text.reason, text.detail)
        return None
    return text


def _save(store: Store, made: list[tuple[Outdated, Entry | None]]) -> int:
    """Save a batch; what is the same, or cannot be made, stays as it is."""
    different = [
        (one.stored, new, seen)
        for one, new in made
        if new and (seen := hashes(new)).published != one.stored.hashes.published
    ]
    with store.write() as db:
        for stored, new, seen in different:
            outdated.save(db, stored, new, seen, POLICY_VERSION)
        outdated.mark(db, [one.stored for one, _ in made], POLICY_VERSION)
        memberships.assign(db, [stored.story_id for stored, _, _ in different])
    return len(different)
