"""
What an arriving entry means for the stored entry: (stored, new) → decision. Pure.

Hashes decide. The raw hash tells whether the source changed anything. The published hash tells whether the published
form changes. The `seen` hash tells whether a reader can see the change. The `steady` hash tells whether more than
counters changed. `updated` moves only when the source changed something that a reader can see. It does not move when
our policy or settings change, or for a counter that differs at every poll.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feedsvc.identity import Hashes, hashes
from feedsvc.merge.matching import Signs
from feedsvc.model import Entry

#: Edits at this many polls in a row move `updated`. After that, the entry counts as one that differs at every poll.
MAX_STREAK = 2

#: A counter that changes again within this time does not move `updated`, even if some polls saw no change.
COUNTING = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The fields of a stored entry that a decision needs."""

    id: int
    story_id: int
    guid: str
    raw_hash: str
    hashes: Hashes
    published: datetime | None
    updated: datetime | None
    is_withdrawn: bool
    #: The signs by which `matching` recognises it.
    signs: Signs = field(default_factory=Signs)
    #: When its source last changed anything that a reader can see.
    edited_at: datetime | None = None
    #: Number of polls in a row at which its source changed more than counters.
    streak: int = 0
    #: Whether its last change was in counters alone.
    is_counting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry's history of edits, after one more change."""

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
    #: `edited`, `restless` (edited at every poll), `returned`, `policy` (our policy changed) or `unseen` (no reader can
    #: see the change).
    reason: str
    #: Whether the old form is kept as a revision.
    is_revision: bool
    #: Whether the published form stays as it is.
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

    `since` is the time of the source's last poll: an edit that follows an edit at that poll is "in a row". `is_reread`
    says that the settings of the source changed since the stored entry was read. Its raw form may differ for that
    reason, so no difference counts as an edit.

    The stored guid stays. An entry that no longer has a date keeps its former date. An entry that is already shown
    never gets a date in the future, because it would disappear until then.
    """
    new = replace(new, updated=_stated_change(new, now))
    # Hash the form that the source gave. A date that we assigned is not an edit by the source.
    made = hashes(new)
    if stored is None:
        updated = max((date for date in (new.updated, new.published) if date), default=None)
        return Insert(entry=replace(new, updated=updated), hashes=made)
    is_same = made.published == stored.hashes.published
    if is_same and raw_hash == stored.raw_hash and not stored.is_withdrawn:
        return Skip(reason="unchanged")
    is_seen = not is_same and (stored.hashes.seen is None or made.seen != stored.hashes.seen)
    is_edit = raw_hash != stored.raw_hash and not is_reread
    is_visible = is_seen or _is_restated(stored, new, now)
    reason = _reason_of_update(stored, is_edit=is_edit, is_seen=is_visible, is_same=is_same)
    change = Change(edited_at=stored.edited_at, streak=stored.streak, is_counting=stored.is_counting)
    if reason == "edited":
        is_counter = is_seen and made.steady == stored.hashes.steady
        is_titled = new.title == stored.signs.title
        reason, change = _edit(stored, now, since, is_counter=is_counter, is_titled=is_titled)
    entry = replace(new, guid=stored.guid, published=_published(stored, new, now))
    # Before readers can see an entry, its dates are those that its source states.
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


def _reason_of_update(stored: Stored, *, is_edit: bool, is_seen: bool, is_same: bool) -> str:
    if is_edit and is_seen:
        return "edited"
    if stored.is_withdrawn:
        return "returned"
    return "unseen" if is_edit or is_same else "policy"


def _edit(
    stored: Stored, now: datetime, since: datetime | None, *, is_counter: bool, is_titled: bool
) -> tuple[str, Change]:
    """
    The reason (`edited`, or `restless` for an entry that differs at every poll), and the entry's new history.

    `is_titled` says that the headline did not change. A changed number in a headline counts as an edit, unless the
    last poll saw an edit too.
    """
    is_in_a_row = since is not None and stored.edited_at is not None and stored.edited_at >= since
    if is_counter:
        change = Change(edited_at=now, streak=stored.streak, is_counting=True)
        is_recent = is_in_a_row or (is_titled and stored.edited_at is not None and now - stored.edited_at < COUNTING)
        return "restless" if is_recent and stored.is_counting else "edited", change
    streak = stored.streak + 1 if is_in_a_row else 1
    change = Change(edited_at=now, streak=streak, is_counting=False)
    return "restless" if streak > MAX_STREAK else "edited", change


def _stated_change(new: Entry, now: datetime) -> datetime | None:
    """The date of change that an entry states. A future one is ignored, because it would become the feed's date."""
    latest = max(now, new.published) if new.published else now
    return new.updated if new.updated and new.updated <= latest else new.published


def _is_restated(stored: Stored, new: Entry, now: datetime) -> bool:
    """Whether the source states a date of change that is later than the stored one."""
    if new.updated is None or stored.updated is None or new.updated == new.published:
        return False
    return stored.updated < new.updated <= now


def _published(stored: Stored, new: Entry, now: datetime) -> datetime | None:
    is_due = new.published is not None and new.published <= now
    return stored.published if new.published is None or (_is_out(stored, now) and not is_due) else new.published


def _is_out(stored: Stored, now: datetime) -> bool:
    """Whether readers can have seen the entry."""
    return stored.published is not None and stored.published <= now


def _updated(stored: Stored, new: Entry, now: datetime) -> datetime | None:
    """The date that the source states, else now. It is never before publication or before the stored date."""
    if not _is_out(stored, now):
        published = new.published or stored.published
        return max((moment for moment in (new.updated, published) if moment is not None), default=None)
    stated = new.updated if new.updated and new.updated != new.published and new.updated <= now else now
    return max(moment for moment in (stated, stored.updated, stored.published) if moment is not None)
