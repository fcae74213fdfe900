"""
What an older policy made, made anew: from the raw form that is stored, whether or not its source still has it.

A batch is one transaction, and an entry says which policy made it: cut off, the next run goes on where this one was.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace

from feedsvc.identity import published_hash
from feedsvc.model import Entry, RawEntry
from feedsvc.sandbox import Failure, Sandbox
from feedsvc.sandbox.jobs import sanitize_again, text_again
from feedsvc.sanitize import POLICY_VERSION
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
        while total and (batch := _oldest(store)):  # each batch is marked: there is an end
            jobs = ((one, (one.raw, frames.get(one.source, ()))) for one in batch)
            made = [(one, _entry(one, result, sandbox)) for one, result in sandbox.map(sanitize_again, jobs, _size)]
            changed += _save(store, made)
            if progress:
                progress(len(batch), total)
        return changed


def _oldest(store: Store) -> list[Outdated]:
    with store.read() as db:
        return outdated.oldest(db, POLICY_VERSION, BATCH)


def _size(job: tuple[RawEntry, tuple[str, ...]]) -> int:
    return len(job[0].content)


def _entry(one: Outdated, result: Entry | Failure | None, sandbox: Sandbox) -> Entry | None:
    """What the policy makes of an entry; its text, where that costs too much; the notice, where even that does."""
    if not isinstance(result, Failure):
        return result
    log.warning("%s, %s: shown as plain text: %s %s", one.source, one.raw.guid, result.reason, result.detail)
    ((_, text),) = sandbox.map(text_again, [(None, (one.raw, result.reason))])
    return text if not isinstance(text, Failure) else text_again((replace(one.raw, content=""), result.reason))


def _save(store: Store, made: list[tuple[Outdated, Entry | None]]) -> int:
    """Save a batch; what is the same, or cannot be made, stays as it is."""
    hashes = [(one, new, published_hash(new) if new else one.stored.published_hash) for one, new in made]
    different = [(one.stored, new, seen) for one, new, seen in hashes if new and seen != one.stored.published_hash]
    with store.write() as db:
        for stored, new, seen in different:
            outdated.save(db, stored, new, seen, POLICY_VERSION)
        outdated.mark(db, [one.stored.id for one, _ in made], POLICY_VERSION)
        memberships.assign(db, [stored.story_id for stored, _, _ in different])
    return len(different)
