"""
Older pages of a feed: their entries as a batch of the pipeline, and what follows a page.

    feed → older page → older page → … → end

The newest page is read first. An entry that is stored stays as it is: the feed or a newer page gave it, and an older
form must not replace that one. So the live poll, its validators and its marks know nothing of these pages.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedsvc.errors import FetchError
from feedsvc.fetch.guard import checked_url
from feedsvc.identity import digest
from feedsvc.model import UpstreamSpec
from feedsvc.sandbox.shapes import Item, ReadFeed
from feedsvc.store import Connection, backfills, facts
from feedsvc.store.backfills import Page, Step
from feedsvc.store.facts import Facts
from feedsvc.store.polls import Due, HostClaim
from feedsvc.update.pipeline import Look, Matched, Remembered, Saved
from feedsvc.update.upstreams.identity import ItemIdentity

#: So many pages and new entries of one source are read.
MAX_PAGES, MAX_ENTRIES = 1_000, 50_000

#: So many pages in a row without an entry end the reading: a calendar may go back for ever.
MAX_EMPTY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PastIdentity:
    """The identity (`pipeline.Identity`) of an older page's items. Those that are stored stay as they are."""

    of: ItemIdentity

    def match(self, db: Connection, source: Facts, items: Sequence[Item]) -> Matched:
        """The stored entries of some items, which are then left alone."""
        found = self.of.match(db, source, items)
        matches = [
            one if one.stored is None else one._replace(item=replace(one.item, entry=None)) for one in found.matches
        ]
        return replace(found, matches=matches)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBatch:
    """The entries of one older page."""

    claim: HostClaim
    page: Page
    spec: UpstreamSpec
    read: ReadFeed
    #: The address that answered.
    url: str
    now: datetime
    #: The digest of the current settings.
    settings: str
    #: No stored entry changes, so none arrives again.
    arriving: Collection[str] = ()
    is_last: bool = True

    @property
    def source_id(self) -> int:
        """The source."""
        return self.page.source_id

    @property
    def items(self) -> Sequence[Item]:
        """All entries of the page."""
        return self.read.items

    @property
    def identity(self) -> PastIdentity:
        """The identity that says which entries these items are. No stored entry is gone because a page lacks it."""
        title = self.spec.title or self.read.origin.title
        is_reread = self.page.settings not in {None, self.settings}
        return PastIdentity(of=ItemIdentity(now=self.now, title=title, is_reread=is_reread, is_whole=False))

    @property
    def look(self) -> Look:
        """The present."""
        return Look(now=self.now)

    def begin(self, db: Connection, /) -> Facts | None:
        """The facts of the source; None where another worker has claimed the host, or the page is not wanted now."""
        source = facts.while_claimed(db, self.source_id, self.claim)
        return source if source is not None and backfills.is_next(db, self.page) else None

    def remember(self, db: Connection, _source: Facts, saved: Sequence[Saved]) -> Remembered:
        """Save which entries came from the page, and what follows it."""
        new = [one.entry_id for one in saved if one.outcome == "new"]
        backfills.mark(db, new)
        signs = {*_of_urls(self.page.url, self.url), *_of_entries(self.read)}
        # The page was named before it was asked for, so its own address is no repetition.
        is_repeated = bool(backfills.known_of(db, self.source_id, signs - _of_urls(self.page.url)))
        is_new = self._is_new(db, signs)
        counts = {
            "pages": self.page.pages + 1, "entries": self.page.entries + len(new),
            "empty": 0 if self.read.items else self.page.empty + 1,
        }  # fmt: skip
        step = step_after(self.read, self.spec, counts, self.now, is_repeated=is_repeated, is_new=is_new)
        backfills.remember(db, self.source_id, signs)
        backfills.save(db, self.page, step, self.now)
        return Remembered(Counter(older=len(new), page=1), self.read.problems)

    def _is_new(self, db: Connection, signs: Collection[str]) -> bool:
        """Whether the page that this one names was not read before."""
        named = digest((self.read.older_page or "").encode())
        return named not in signs and not backfills.known_of(db, self.source_id, [named])


def begin(db: Connection, due: Due, spec: UpstreamSpec, read: ReadFeed, url: str, now: datetime) -> None:
    """Save which older page the feed itself names, in the transaction that saves its answer."""
    if read.older_page is None and not read.is_whole:
        return  # the next answer may name it
    # Not its entries: the newest page of an archive may have the same.
    signs = _of_urls(spec.url, due.url, url)
    is_new = digest((read.older_page or "").encode()) not in signs
    step = step_after(read, spec, {}, now, is_repeated=False, is_new=is_new)
    backfills.begin(db, due.source_id, due.configured, step, signs, now)


def _of_urls(*urls: str) -> set[str]:
    return {digest(url.encode()) for url in urls}


def _of_entries(read: ReadFeed) -> set[str]:
    """A digest of a page's entries. Pages without entries are not compared."""
    return {digest(" ".join(["entries", *(item.hash for item in read.items)]).encode())} if read.items else set()


def step_after(
    read: ReadFeed, spec: UpstreamSpec, counts: dict[str, int], now: datetime, *, is_repeated: bool, is_new: bool
) -> Step:
    """
    What follows a page that was read. Pure.

    `counts` are those with this page; empty for the feed itself. `is_repeated` says that the page was read before,
    `is_new` that the page that it names was not.
    """
    if is_repeated:
        return Step(ended="repeated", counts=counts)
    if read.older_page is None:
        return Step(ended="finished" if counts else "none", counts=counts)
    if not is_new:
        return Step(ended="repeated", counts=counts)
    if counts and (counts["pages"] >= MAX_PAGES or counts["entries"] >= MAX_ENTRIES):
        return Step(ended="full", counts=counts)
    if counts and counts["empty"] >= MAX_EMPTY:
        return Step(ended="empty", counts=counts)
    try:
        checked_url(read.older_page, spec.policy)
    except FetchError as error:
        return Step(ended="refused", error=str(error), counts=counts)
    return Step(url=read.older_page, due=now, counts=counts)
