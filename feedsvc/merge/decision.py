"""
What an arriving entry means for the one that is stored: a table of (stored, new) → decision. Pure.

Hashes decide. The raw hash says whether the source changed anything, the published hash whether we publish anything
else than before. Of these changes, `seen` says whether a reader can see one, `steady` whether more than counters
changed. `updated` moves only when the source changed something that a reader can see: a new policy or setting of ours
is no news, and neither is a counter that differs at every poll.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feedsvc.identity import Hashes, hashes
from feedsvc.merge.matching import Signs
from feedsvc.model import Entry

#: So many polls in a row an edit moves `updated`. An entry that differs at every poll is no news at every poll.
MAX_STREAK = 2

#: A counter that changes again within such a time is no news, even where it stood still at some polls.
COUNTING = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store knows of an entry, as far as a decision needs it."""

    id: int
    story_id: int
    guid: str
    raw_hash: str
    hashes: Hashes
    published: datetime | None
    updated: datetime | None
    is_withdrawn: bool
    #: What its source knows it by.
    signs: Signs = field(default_factory=Signs)
    #: When its source last changed anything that a reader can see.
    edited_at: datetime | None = None
    #: In how many polls in a row its source changed more than counters.
    streak: int = 0
    #: Whether its last change was one of counters alone.
    is_counting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an entry's history says after one more change."""

    edited_at: datetime | None = None
    streak: int = 0
    is_counting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A new entry."""

    entry: Entry
    hashes: Hashes


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A stored entry in its new form."""

    stored: Stored
    entry: Entry
    hashes: Hashes
    #: Why, in a word: `edited`, `restless` (edited at every poll), `returned`, `policy` (ours changed), `unseen` (no
    #: reader can tell).
    reason: str
    #: Whether the old form is kept as a revision.
    is_revision: bool
    #: Whether everything that is published stays as it is.
    is_same: bool = False
    change: Change = Change()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Nothing to do."""

    reason: str


Decision = Insert | Update | Skip


def decide(
    stored: Stored | None,
    new: Entry,
    raw_hash: str,
    now: datetime,
    *,
    since: datetime | None = None,
    is_reread: bool = False,
) -> Decision:
    """
    What to do with `new`, whose raw form hashes to `raw_hash`.

    `since` is the time of the source's last poll: an edit after an edit at that poll is one in a row. `is_reread` says
    that the source is read under other settings than the stored entry was: the raw form differs by that, and no
    difference is an edit. A stored guid stays. A date is never lost: an entry that has none any more keeps its former
    date. A published entry is never moved into the future, where the entry would vanish until then.
    """
    new = replace(new, updated=_bounded(new, now))
    # Of the source's own form: a date that we gave is no change of the source.
    made = hashes(new)
    if stored is None:
        updated = max((date for date in (new.updated, new.published) if date), default=None)
        return Insert(entry=replace(new, updated=updated), hashes=made)
    is_same = made.published == stored.hashes.published
    if is_same and raw_hash == stored.raw_hash and not stored.is_withdrawn:
        return Skip(reason="unchanged")
    is_seen = not is_same and (stored.hashes.seen is None or made.seen != stored.hashes.seen)
    is_edit = raw_hash != stored.raw_hash and not is_reread
    reason = _reason(stored, is_edit=is_edit, is_seen=is_seen or _is_restated(stored, new, now), is_same=is_same)
    change = Change(edited_at=stored.edited_at, streak=stored.streak, is_counting=stored.is_counting)
    if reason == "edited":
        is_counter = is_seen and made.steady == stored.hashes.steady
        is_titled = new.title == stored.signs.title
        reason, change = _edit(stored, now, since, is_counter=is_counter, is_titled=is_titled)
    entry = replace(new, guid=stored.guid, published=_published(stored, new, now))
    # Until readers can see an entry, its dates are those of its source.
    is_dated = reason == "edited" or not _is_out(stored, now)
    return Update(
        stored=stored,
        entry=replace(entry, updated=_updated(stored, new, now) if is_dated else stored.updated),
        hashes=made,
        reason=reason,
        is_revision=reason == "edited",
        is_same=is_same,
        change=change,
    )


def _reason(stored: Stored, *, is_edit: bool, is_seen: bool, is_same: bool) -> str:
    if is_edit and is_seen:
        return "edited"
    if stored.is_withdrawn:
        return "returned"
    return "unseen" if is_edit or is_same else "policy"


def _edit(
    stored: Stored, now: datetime, since: datetime | None, *, is_counter: bool, is_titled: bool
) -> tuple[str, Change]:
    """
    Whether an edit is news, or one more of an entry that differs at every poll; and the entry's history then.

    `is_titled`: the headline is as it was. A number in a headline that stood still at a poll is news.
    """
    is_in_a_row = since is not None and stored.edited_at is not None and stored.edited_at >= since
    if is_counter:
        change = Change(edited_at=now, streak=stored.streak, is_counting=True)
        is_recent = is_in_a_row or (is_titled and stored.edited_at is not None and now - stored.edited_at < COUNTING)
        return "restless" if is_recent and stored.is_counting else "edited", change
    streak = stored.streak + 1 if is_in_a_row else 1
    change = Change(edited_at=now, streak=streak, is_counting=False)
    return "restless" if streak > MAX_STREAK else "edited", change


def _bounded(new: Entry, now: datetime) -> datetime | None:
    """The date of change that an entry states. One that is yet to come would date the whole feed: it counts as none."""
    latest = max(now, new.published) if new.published else now
    return new.updated if new.updated and new.updated <= latest else new.published


def _is_restated(stored: Stored, new: Entry, now: datetime) -> bool:
    """Whether the source itself says that it changed since."""
    if new.updated is None or stored.updated is None or new.updated == new.published:
        return False
    return stored.updated < new.updated <= now


def _published(stored: Stored, new: Entry, now: datetime) -> datetime | None:
    is_due = new.published is not None and new.published <= now
    return stored.published if new.published is None or (_is_out(stored, now) and not is_due) else new.published


def _is_out(stored: Stored, now: datetime) -> bool:
    """Whether readers can have seen it."""
    return stored.published is not None and stored.published <= now


def _updated(stored: Stored, new: Entry, now: datetime) -> datetime | None:
    """The source's own word where it gives one, else now; never before publication, and never back."""
    if not _is_out(stored, now):
        published = new.published or stored.published
        return max((moment for moment in (new.updated, published) if moment is not None), default=None)
    stated = new.updated if new.updated and new.updated != new.published and new.updated <= now else now
    return max(moment for moment in (stated, stored.updated, stored.published) if moment is not None)
