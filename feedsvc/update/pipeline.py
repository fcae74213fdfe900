"""
The update pipeline brings the items of sources into the store. All kinds of sources share it.

    source → changed? → parse → sanitize → look up → decide → save → place

A *source* says what is new, and in which bytes. `run.update` reads seed folders (`seeds/`), `upstreams.Poller` polls
upstream feeds (`upstreams/`). Worker processes parse and sanitise these bytes (`sandbox/jobs.py`). The resulting items
come here in batches: `take_in` takes each batch through look up, decide, save and assign, in one transaction. Items
that an operator took down go no further (`blocking.py`). The *identity* of a batch says which stored entry an item is,
and which guid the entry has. At the end of a run, `store.placing.place` lets the saved entries into feeds.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from feedsvc import merge
from feedsvc.catalogue import Catalogue
from feedsvc.identity.headline import NOTHING, Decorations
from feedsvc.merge import Decision, Insert, Skip, Stored, Update
from feedsvc.sandbox.shapes import Item
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import (
    Connection,
    Store,
    entries,
    facts,
    feeds,
    memberships,
    opening,
    revisions,
    stories,
    tried,
)
from feedsvc.store import tallies as tallied
from feedsvc.store.facts import Facts
from feedsvc.store.rows import Raw
from feedsvc.update.blocking import blocked

#: One transaction saves so many files or entries. One fsync for them is cheap, memory stays flat, and other writers
#: wait for less than a second.
BATCH_SIZE = 100


#: The outcome of an item that an operator took down.
BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The time at which a source was read, and the time before that."""

    now: datetime
    #: The time of the last poll.
    since: datetime | None = None


class Match(NamedTuple):
    """An item under the guid that its entry has for good, and that entry as it is stored; None for a new entry."""

    item: Item
    stored: Stored | None
    #: Whether other settings made the stored raw form: then a difference is no edit by the source.
    is_reread: bool = False
    #: Whether a stored entry of the source has its date, to the second.
    is_dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The items of a batch, in order."""

    matches: Sequence[Match]
    #: Additions of the source to its headlines.
    learnt: Decorations = NOTHING


#: An item with its stored entry, and the decision on it.
Decided = tuple[Match, Decision]


class Identity(Protocol):
    """Says which stored entry an item is, and which guid the entry has for good."""

    def match(self, db: Connection, source: Facts, items: Sequence[Item]) -> Matched:
        """Look up the stored entries of some items. No two items match one stored entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """An item, and the result of saving it."""

    item: Item
    #: `new`, BLOCKED, or a reason of `merge`.
    outcome: str
    #: Whether the entry was stored before. An item that was taken down is no news, either.
    is_known: bool
    #: 0 where nothing is stored of the item.
    entry_id: int = 0
    story_id: int = 0
    #: Whether anything that is published of the entry may have changed.
    is_changed: bool = False
    #: Whether the source had an entry of this date before.
    is_dated: bool = False


class Remembered(NamedTuple):
    """How many items of a batch had which outcome, and the problems of single items."""

    counts: Counter[str]
    problems: tuple[str, ...] = ()
    #: Columns of the source that follow the batch.
    columns: Mapping[str, object] = {}


class FeedsMissingError(Exception):
    """A changed story belongs into feeds that are not made yet. Feeds are made by a transaction that is alone."""


class Batch(Protocol):
    """The items that a source gives for one transaction. The source remembers the rest in the same transaction."""

    @property
    def source_id(self) -> int:
        """The source."""

    @property
    def items(self) -> Sequence[Item]:
        """The new items, parsed and sanitised."""

    @property
    def identity(self) -> Identity:
        """The identity that says which entries these items are."""

    @property
    def look(self) -> Look:
        """The times of the source."""

    @property
    def arriving(self) -> Collection[str]:
        """
        Some reasons of `merge`. A changed story may enter new feeds.

        For these reasons it arrives there now, else with its first date of arrival.
        """

    @property
    def is_last(self) -> bool:
        """Whether the source has no further batch. Only then feeds follow the configuration at once."""

    def begin(self, db: Connection, /) -> Facts | None:
        """The facts of the source; None where the batch may not be saved. The pipeline asks this first."""

    def remember(self, db: Connection, source: Facts, /, saved: Sequence[Saved]) -> Remembered:
        """Save what the source remembers of the batch, in the same transaction."""


def take_in_beside(store: Store, batch: Batch, catalogue: Catalogue) -> Remembered | None:
    """As `take_in`, in a transaction beside those of other sources; alone where feeds have to be made first."""

    def beside() -> Remembered | None:
        with store.write(is_shared=True) as db:
            return take_in(db, batch, catalogue, is_alone=False)

    try:
        return tried(beside)
    except FeedsMissingError:
        with store.write() as db:
            return take_in(db, batch, catalogue)


def take_in(db: Connection, batch: Batch, catalogue: Catalogue, *, is_alone: bool = True) -> Remembered | None:
    """
    Look up, decide, save: one batch, in a transaction of its own. Returns None where the batch is not ours any more.

    New entries become visible only when `placing.place` lets them into feeds. Raises FeedsMissingError where feeds have
    to be made or opened, and the transaction is not alone.
    """
    source = batch.begin(db)
    if source is None:
        return None
    if not (is_alone or source.is_opened):
        raise FeedsMissingError
    stopped = blocked(db, source, batch.items)
    passing = [item for item, is_stopped in zip(batch.items, stopped, strict=True) if not is_stopped]
    matched = look_up(db, batch, source, passing)
    decided = decide(matched, batch.look)
    saved = save(db, batch, source, decided, matched.learnt)
    if is_alone:
        define(db, batch, saved, catalogue)
    else:
        require_feeds(db, saved)
    assign(db, batch, saved)
    others = iter(saved)
    remembered = batch.remember(
        db,
        source,
        [
            Saved(item=item, outcome=BLOCKED, is_known=True) if is_stopped else next(others)
            for item, is_stopped in zip(batch.items, stopped, strict=True)
        ],
    )
    facts.save(db, source, {**tallies(db, batch, source, decided), **remembered.columns})
    return remembered


def look_up(db: Connection, batch: Batch, source: Facts, items: Sequence[Item]) -> Matched:
    """Find the stored entry of each of these items."""
    return batch.identity.match(db, source, items) if items else Matched(matches=())


def decide(matched: Matched, look: Look) -> list[Decided]:
    """Compare each item with its stored entry. Pure."""
    return [(one, _decision(one, look)) for one in matched.matches]


def save(db: Connection, batch: Batch, source: Facts, decided: Sequence[Decided], learnt: Decorations) -> list[Saved]:
    """Insert new entries and update changed ones. Returns the result of each item, in order."""
    # Another source may change the same story at the same time.
    stories.lock(db, [decision.stored.story_id for _, decision in decided if isinstance(decision, Update)])
    new = [(decision, _raw(one.item)) for one, decision in decided if isinstance(decision, Insert)]
    inserted = iter(entries.insert(db, source.id, new, batch.look.now, learnt))
    for one, decision in decided:
        if isinstance(decision, Update):
            entries.update(db, decision, _raw(one.item), batch.look.now, learnt)
            if one.item.is_locked:
                revisions.hide(db, [decision.stored.id])
    return [
        _inserted(one, next(inserted)) if isinstance(decision, Insert) else _kept_as(one, decision)
        for one, decision in decided
    ]


def tallies(db: Connection, batch: Batch, source: Facts, decided: Sequence[Decided]) -> dict[str, object]:
    """
    Count the new entries by day, and what the sanitiser removed from them and from edited ones.

    Returns the columns of the source that change with these numbers.
    """
    dates = [decision.entry.published for _, decision in decided if isinstance(decision, Insert)]
    lost = Counter[str]()
    for one, decision in decided:
        if isinstance(decision, Insert) or decision.reason == "edited":
            lost.update(one.item.removed)
    return tallied.count_days(db, source, dates, batch.look.now) | tallied.with_removed(source, lost)


def define(db: Connection, batch: Batch, saved: Sequence[Saved], catalogue: Catalogue) -> None:
    """Let the feeds follow the configuration and the saved categories."""
    if batch.is_last or any(one.is_changed for one in saved):
        feeds.define(db, catalogue, batch.look.now)
    if batch.is_last:
        opening.open_all(db)


def require_feeds(db: Connection, saved: Sequence[Saved]) -> None:
    """
    Raise FeedsMissingError where a changed story has a category without a feed.

    The feeds of waiting stories are made when these are placed.
    """
    changed = [one.story_id for one in saved if one.is_changed]
    if changed and feeds.lack(db, changed):
        raise FeedsMissingError


def assign(db: Connection, batch: Batch, saved: Sequence[Saved]) -> None:
    """Let changed stories follow the feeds."""
    changed = [one for one in saved if one.is_changed]
    memberships.assign(db, [one.story_id for one in changed if one.outcome in batch.arriving], now=batch.look.now)
    memberships.assign(db, [one.story_id for one in changed if one.outcome not in batch.arriving])


def _decision(one: Match, look: Look) -> Decision:
    if one.item.entry is None:
        return Skip(reason="unchanged")
    return merge.decide(one.stored, one.item.entry, one.item.hash, look.now, since=look.since, is_reread=one.is_reread)


def _raw(item: Item) -> Raw:
    return Raw(
        entry=item.raw, hash=item.hash, policy_version=POLICY_VERSION, is_kept=item.is_kept, rewrite=item.rewrite
    )


def _inserted(one: Match, new: entries.Inserted) -> Saved:
    return Saved(
        item=one.item, outcome="new", is_known=False, entry_id=new.entry_id, story_id=new.story_id,
        is_dated=one.is_dated,
    )  # fmt: skip


def _kept_as(one: Match, decision: Update | Skip) -> Saved:
    if one.stored is None:
        return Saved(item=one.item, outcome=decision.reason, is_known=False)
    return Saved(
        item=one.item,
        outcome=decision.reason,
        is_known=True,
        entry_id=one.stored.id,
        story_id=one.stored.story_id,
        is_changed=isinstance(decision, Update) and (not decision.is_same or decision.reason == "returned"),
    )
