"""
The update pipeline: what sources have, into the store. All kinds of sources share it.

    source → changed? → parse → sanitize → look up → decide → save → place

A *source* says what is new, and in which bytes. Seed folders (`seeds/`) are read by `run.update`, upstream feeds
(`upstreams/`) are polled by `upstreams.Poller`. Worker processes parse and sanitise these bytes and give items
(`sandbox/jobs.py`). The items come here in batches, one transaction each. The *identity* of a batch says which stored
entry an item is, and under which guid it is stored. All that follows is the same for each kind.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from feedsvc.catalogue import Catalogue
from feedsvc.errors import Problem
from feedsvc.identity.headline import NOTHING, Decorations
from feedsvc.merge import Decision, Insert, Skip, Stored, Update, decide
from feedsvc.sandbox.shapes import Item
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Connection, Store, entries, feeds, memberships, placing
from feedsvc.store.rows import Raw

#: Files, or entries, of one transaction. One fsync for so many is cheap, memory stays flat, and other writers wait for
#: less than a second.
BATCH_SIZE = 100


#: Called with how many files are done since the last call, and how many there are to do.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """When, and how, a source was read."""

    now: datetime
    #: The time of the last poll.
    since: datetime | None = None
    #: Reasons of `merge` for which a changed story arrives now in a feed that is new to it. For other reasons, the
    #: story arrives there on the date on which it first arrived.
    arriving: Collection[str] = frozenset({"edited"})
    #: Whether the source has no further batches. Only then feeds follow the configuration at once.
    is_last: bool = False


class Match(NamedTuple):
    """An item under the guid that its entry has for good, and that entry as it is stored; None for a new entry."""

    item: Item
    stored: Stored | None
    #: Whether other settings made the stored raw form: then a difference is no edit by the source.
    is_reread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The items of a batch, in order."""

    matches: Sequence[Match]
    #: What the source adds to its headlines.
    learnt: Decorations = NOTHING


class Identity(Protocol):
    """Says which stored entry an item is, and which guid the entry has for good."""

    def match(self, db: Connection, source_id: int, items: Sequence[Item]) -> Matched:
        """Look up the stored entries of some items. Each stored entry is one item at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of an item."""

    item: Item
    #: `new`, or a reason of `merge`.
    outcome: str
    #: Whether the entry was stored before.
    is_known: bool
    #: 0 where nothing is stored of the item.
    entry_id: int = 0
    story_id: int = 0
    #: Whether anything that is published of the entry may have changed.
    is_changed: bool = False


class Batch(Protocol):
    """What a source gives for one transaction, and what it remembers of that."""

    @property
    def source_id(self) -> int:
        """The source."""

    @property
    def items(self) -> Sequence[Item]:
        """What is new, parsed and sanitised."""

    @property
    def identity(self) -> Identity:
        """Which entries these items are."""

    @property
    def look(self) -> Look:
        """When the source was read."""

    def __len__(self) -> int:
        """How many files or items of the source were read for it."""

    def is_ours(self, db: Connection, /) -> bool:
        """Whether it may be saved. Asked first in its transaction."""

    def remember(self, db: Connection, /, saved: Sequence[Saved]) -> Counter[str]:
        """Save, in the same transaction, what the source remembers. Returns how many had which outcome."""


class Source(Protocol):
    """A source that `run.update` reads. It is used once: begin, then each batch, then finish."""

    def begin(self) -> bool:
        """Look what is new. Returns whether anything is. Raises SourceError when the source cannot be read."""

    def __len__(self) -> int:
        """How many files are to be read. Known once it has begun."""

    def batches(self) -> Iterator[Batch]:
        """What is new, in order. The next batch may be prepared while one is saved."""

    def finish(self) -> Counter[str]:
        """Withdraw what is gone, once all batches are saved. Returns how many had which outcome."""

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the source now."""

    def notices(self) -> tuple[Problem, ...]:
        """What the authors of files that were read may not expect."""

    def is_failed(self) -> bool:
        """Whether nothing of the source can be read."""


def take_in(store: Store, batch: Batch, catalogue: Catalogue) -> Counter[str] | None:
    """
    Save a batch in one transaction. Returns how many had which outcome; None where the batch is not ours any more.

    What is new becomes visible only when it is placed.
    """
    with store.write() as db:
        if not batch.is_ours(db):
            return None
        saved = save(db, batch.source_id, batch.items, batch.identity, batch.look, catalogue)
        return batch.remember(db, saved)


def save(
    db: Connection, source_id: int, items: Sequence[Item], identity: Identity, look: Look, catalogue: Catalogue
) -> list[Saved]:
    """Save what is new or changed of a source. Returns what became of each item, in order."""
    matched = identity.match(db, source_id, items)
    decided = [(one, _decide(one, look)) for one in matched.matches]
    new = [(decision, _raw(one.item)) for one, decision in decided if isinstance(decision, Insert)]
    inserted = iter(entries.insert(db, source_id, new, look.now, matched.learnt))
    for one, decision in decided:
        if isinstance(decision, Update):
            entries.update(db, decision, _raw(one.item), look.now, matched.learnt)
    saved = [
        _inserted(one, next(inserted)) if isinstance(decision, Insert) else _kept_as(one, decision)
        for one, decision in decided
    ]
    changed = [one for one in saved if one.is_changed]
    if changed or look.is_last:
        define(db, catalogue, look.now)
    memberships.assign(db, [one.story_id for one in changed if one.outcome in look.arriving], now=look.now)
    memberships.assign(db, [one.story_id for one in changed if one.outcome not in look.arriving])
    return saved


def define(db: Connection, catalogue: Catalogue, now: datetime) -> None:
    """Let the feeds follow the configuration, and the categories that entries have."""
    feeds.define(db, catalogue, now)


def show(db: Connection, story_ids: Collection[int], catalogue: Catalogue, now: datetime) -> None:
    """Let changed stories be in the feeds that want them now. They arrive in feeds that are new to them."""
    define(db, catalogue, now)
    memberships.assign(db, story_ids, now=now)


def place(
    db: Connection,
    source_ids: Collection[int],
    now: datetime,
    *,
    has_future: Collection[int] = frozenset(),
    before: datetime | None = None,
) -> Counter[int]:
    """
    Let what was saved of some sources, and is due, come into feeds: all at once, at the end of a run.

    Returns how many entries of each source came into one. `placing.place` says in which order.
    """
    return placing.place(db, source_ids, now, has_future=has_future, before=before)


def _decide(one: Match, look: Look) -> Decision:
    if one.item.entry is None:
        return Skip(reason="unchanged")
    return decide(one.stored, one.item.entry, one.item.hash, look.now, since=look.since, is_reread=one.is_reread)


def _raw(item: Item) -> Raw:
    return Raw(entry=item.raw, hash=item.hash, policy_version=POLICY_VERSION, is_kept=item.is_kept)


def _inserted(one: Match, new: entries.Inserted) -> Saved:
    return Saved(item=one.item, outcome="new", is_known=False, entry_id=new.entry_id, story_id=new.story_id)


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
