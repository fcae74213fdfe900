"""An answer that brings entries, as a batch of the pipeline. The store remembers it under the fence of its host."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import feedsvc.store.sources as source_store
from feedsvc.model import RawEntry, UpstreamSpec
from feedsvc.sandbox.shapes import Item, ReadFeed
from feedsvc.schedule import LITTLE_OVERLAP
from feedsvc.store import Connection, entries, facts, memberships, polls
from feedsvc.store.facts import Facts
from feedsvc.store.polls import Due, Outcome, Poll
from feedsvc.update.blocking import blocked
from feedsvc.update.pipeline import BLOCKED, Look, Remembered, Saved
from feedsvc.update.upstreams.identity import ItemIdentity
from feedsvc.update.upstreams.pages import begin
from feedsvc.update.upstreams.rules import rules_of
from feedsvc.update.upstreams.words import restless

#: An answer with fewer entries does not tell whether others came and went between two polls.
MIN_OVERLAPPING = 3

#: A changed story arrives now in a feed that is new to it, whatever changed.
ARRIVING = frozenset({"edited", "restless", "returned", "policy", "unseen"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBatch:
    """The entries of one answer."""

    poll: Poll
    spec: UpstreamSpec
    read: ReadFeed
    now: datetime
    #: The digest of the current settings.
    settings: str
    #: The address that answered.
    url: str
    #: Gives the outcome of the poll, by the share of the entries that were known before, and whether there is news.
    outcome: Callable[[float | None, bool], Outcome]
    arriving: Collection[str] = ARRIVING
    #: An answer is one batch.
    is_last: bool = True

    @property
    def source_id(self) -> int:
        """The source."""
        return self.poll.due.source_id

    @property
    def items(self) -> Sequence[Item]:
        """The entries that are not known by their marks."""
        return self.read.items

    @property
    def identity(self) -> ItemIdentity:
        """The identity that says which entries these items are."""
        return ItemIdentity(
            now=self.now,
            others=self.read.known,
            title=self._title,
            is_reread=self.poll.due.settings not in {None, self.settings},
            is_whole=self.read.is_whole and not self.read.has_left_out,
        )

    @property
    def look(self) -> Look:
        """When the upstream was polled, and when before."""
        return Look(now=self.now, since=self.poll.due.polled_at)

    @property
    def _title(self) -> str:
        return self.spec.title or self.read.origin.title

    def begin(self, db: Connection, /) -> Facts | None:
        """The facts of the source; None where another worker has claimed the host since."""
        return facts.while_claimed(db, self.source_id, self.poll.claim)

    def _rules(self, source: Facts) -> str:
        """
        The digest of the rules by which all entries of the source were judged.

        Other rules may have judged the stored entries, if another configuration came during this poll, or another
        worker has it. Then the digest is that of no rules, and all entries are judged again (`judge_again`).
        """
        rules = rules_of(self.spec)
        return rules if source.stored["rules"] in {None, rules} else source_store.MIXED

    def _blocked_before(self, db: Connection, source: Facts) -> list[bool]:
        """Whether each entry that is known by its mark was taken down."""
        known = [Item(raw=RawEntry(guid=one.guid, link=one.link), hash="") for one in self.read.known]
        return blocked(db, source, known)

    def remember(self, db: Connection, source: Facts, saved: Sequence[Saved]) -> Remembered:
        """Save when to poll next. The source remembers whose work the entries are, and how they were made."""
        counts = Counter(one.outcome for one in saved)
        origin = source_store.origin_columns(replace(self.read.origin, title=self._title))
        columns = {**origin, "rules": self._rules(source)}
        if self.read.is_whole:
            # Entries that a broken answer lacks are still as other settings made them.
            columns["settings"] = self.settings
        if source.placed_at is not None and any(source.stored[name] != value for name, value in origin.items()):
            memberships.touch_source(db, self.source_id)
        made = {one.entry_id: one.item.rewrite for one in saved if one.outcome == "unchanged" and one.entry_id}
        entries.save_rewrites(db, {entry_id: one for entry_id, one in made.items() if one is not None})
        titles = [one.item.entry.title for one in saved if one.outcome == "restless" and one.item.entry]
        problems = (*self.read.problems, *restless(titles))
        overlap = _overlap(self.poll.due, self.read, saved)
        outcome = replace(
            self.outcome(overlap, bool(counts["new"] or counts["edited"])),
            problems=problems,
            blocked=counts[BLOCKED] + sum(self._blocked_before(db, source)),
        )
        if self.poll.due.wants_older_page:
            begin(db, self.poll.due, self.spec, self.read, self.url, self.now)
        polls.close(db, [(self.poll, outcome)], self.now)
        return Remembered(counts + Counter(unchanged=len(self.read.known)), problems, columns)


def _overlap(due: Due, read: ReadFeed, saved: Sequence[Saved]) -> float | None:
    """
    The share of an answer's entries that were known before; None where that says nothing.

    An entry that is not recognised, but has the date of a known entry to the second, is no news: a site that moves
    gives all of its entries other guids, links and texts at once.
    """
    number = len(read.items) + len(read.known)
    if number < MIN_OVERLAPPING or due.body_hash is None:
        return None
    known = sum(one.is_known for one in saved) + len(read.known)
    if known / number <= LITTLE_OVERLAP:
        known = max(known, len({one.item.entry.published for one in saved if one.is_dated and one.item.entry}))
    return known / number
