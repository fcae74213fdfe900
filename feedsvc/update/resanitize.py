"""
Sanitise outdated entries again, from their stored raw forms. Resumable.

A batch is one transaction, and each entry says which policy made it. So a run that was cut off is completed by the next
run. It does not matter whether the source still has the entry.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from feedsvc.identity import hashes
from feedsvc.model import Entry, RawEntry
from feedsvc.sandbox import Failure, Sandbox, calls
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Store, memberships, outdated
from feedsvc.store.outdated import Outdated
from feedsvc.update.pipeline import BATCH_SIZE
from feedsvc.update.plain import or_text

log = logging.getLogger(__name__)


def resanitize(
    store: Store,
    sandbox: Sandbox,
    frames: Mapping[str, tuple[str, ...]],
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """
    Sanitise every outdated entry under the current policy. Returns how many entries changed.

    `frames` are the hosts of players that each source may show besides those of the policy. An entry that comes out
    equal changes no document. An entry that comes out otherwise keeps its dates: a new policy is no edit. `progress` is
    called after each batch, with its entries and with how many there are in all.
    """
    with store.alone():
        with store.read() as db:
            total = outdated.count(db, POLICY_VERSION)
        changed = 0
        jobs = ((one, (one.raw, frames.get(one.source, ()))) for one in _all(store))
        results = sandbox.map(calls.sanitize_again, jobs, _size)
        while batch := list(islice(results, BATCH_SIZE)):
            changed += _save(store, [(one, _entry(one, result, sandbox)) for one, result in batch])
            if progress:
                progress(len(batch), total)
        return changed


def _all(store: Store) -> Iterator[Outdated]:
    """Every outdated entry, read batch by batch."""
    last = 0
    while True:
        with store.read() as db:
            batch = outdated.after(db, last, BATCH_SIZE, POLICY_VERSION)
        if not batch:
            return
        yield from batch
        last = batch[-1].stored.id


def _size(job: tuple[RawEntry, tuple[str, ...]]) -> int:
    return len(job[0].content)


def _entry(one: Outdated, result: Entry | Failure | None, sandbox: Sandbox) -> Entry | None:
    """The entry under the current policy, perhaps as plain text; None if neither can be made."""
    place = f"{one.source}, {one.raw.guid}"
    entry = or_text(sandbox, place, result, calls.text_again, one.raw)
    if isinstance(entry, Failure):
        log.error("%s: stays as it was: %s", place, entry.reason)
        return None
    if isinstance(result, Failure):
        log.warning("%s: shown as plain text: %s", place, result.reason)
    return entry


def _save(store: Store, made: list[tuple[Outdated, Entry | None]]) -> int:
    """Save a batch. An entry that is equal, or that could not be sanitised, stays as it is."""
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
