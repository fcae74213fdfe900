"""
What an arriving entry means for the one that is stored: a table of (stored, new) → decision. Pure.

Also which entries of different sources are one piece.

Two hashes decide. The raw one says whether the source changed anything, the published one whether a reader would see
it. `updated` moves only when both did: a new policy or setting of ours is no news.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedsvc.identity import published_hash
from feedsvc.identity.headline import (
    NOTHING,
    Decorations,
    are_near,
    is_same_headline,
    is_same_text,
    is_told_apart,
    numbers,
    read,
)
from feedsvc.model import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store knows of an entry, as far as a decision needs it."""

    id: int
    story_id: int
    guid: str
    raw_hash: str
    published_hash: str
    published: datetime | None
    updated: datetime | None
    is_withdrawn: bool
    #: What stays the same when its source gives it another guid.
    key: str | None = None
    #: Of its page, and of its headline: as `Piece` has them.
    link_key: str | None = None
    title_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A new entry."""

    entry: Entry
    published_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A stored entry in its new form."""

    stored: Stored
    entry: Entry
    published_hash: str
    #: Why, in a word: `edited`, `returned`, `policy` (ours changed), `unseen` (no reader can tell).
    reason: str
    #: Whether the old form is kept as a revision.
    is_revision: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Nothing to do."""

    reason: str


Decision = Insert | Update | Skip


def decide(stored: Stored | None, new: Entry, raw_hash: str, now: datetime) -> Decision:
    """
    What to do with `new`, whose raw form hashes to `raw_hash`.

    A stored guid stays. A date is never lost: an entry that has none any more keeps what it had. A published entry is
    never moved into the future, where it would vanish until then.
    """
    new = replace(new, updated=_bounded(new, now))
    if stored is None:
        updated = max((date for date in (new.updated, new.published) if date), default=None)
        return Insert(entry=replace(new, updated=updated), published_hash=published_hash(new))
    entry = replace(new, guid=stored.guid, published=_published(stored, new, now))
    # Of what the source says: a date that we gave is no change of its.
    seen = published_hash(new)
    is_edit = raw_hash != stored.raw_hash
    if seen == stored.published_hash and not is_edit and not stored.is_withdrawn:
        return Skip(reason="unchanged")
    reason = _reason(stored, is_edit=is_edit, is_seen=seen != stored.published_hash or _is_restated(stored, new, now))
    return Update(
        stored=stored,
        entry=replace(entry, updated=_updated(stored, new, now) if reason == "edited" else stored.updated),
        published_hash=seen,
        reason=reason,
        is_revision=reason == "edited",
    )


def _reason(stored: Stored, *, is_edit: bool, is_seen: bool) -> str:
    if is_edit and is_seen:
        return "edited"
    if stored.is_withdrawn:
        return "returned"
    return "policy" if is_seen else "unseen"


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
        return new.updated
    stated = new.updated if new.updated and new.updated != new.published and new.updated <= now else now
    return max(moment for moment in (stated, stored.updated, stored.published) if moment is not None)


# --- stories ---------------------------------------------------------------------------------------------------------

#: The same headline that much later is another piece: a column has one every week.
STORY_WINDOW = timedelta(hours=48)

#: Who links to a page that much later writes about it.
PAGE_WINDOW = timedelta(days=14)

#: Of 100: so alike are headlines that `store.stories` looks at beside those with an equal key.
SIMILAR = 97

#: A headline of fewer letters says too little: an ideograph counts two.
MIN_HEADLINE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What an entry is known by beside those of other sources."""

    title: str
    #: `identity.headline.headline_key` of it.
    title_key: str
    #: Of its page; None where it has none of its own.
    link_key: str | None
    published: datetime | None
    #: How its text begins.
    text: str = ""
    #: What `identity.headline.decorations` learnt of its source's headlines.
    decorations: Decorations = NOTHING


def is_same_piece(one: Piece, other: Piece) -> bool:
    """
    Whether two entries of different sources are one piece: the same page, or within two days the same headline.

    Headlines are the same when nothing but spelling differs. Where they cannot say, the beginnings of the texts can:
    the same headline over texts that have nothing in common is a column's (`Weekly open thread`); headlines that differ
    in little, over the same text, are one.
    """
    apart = abs(one.published - other.published) if one.published and other.published else timedelta()
    first, second = read(one.title, one.decorations), read(other.title, other.decorations)
    if one.link_key and one.link_key == other.link_key:
        return apart <= PAGE_WINDOW and numbers(first.core) == numbers(second.core)
    if not (one.published and other.published and one.title_key and other.title_key) or apart > STORY_WINDOW:
        return False
    if one.title_key != other.title_key:
        return (
            are_near(first, second)
            and is_same_text(one.text, other.text)
            and not is_told_apart(first, second, one.text, other.text)
        )
    if _width(one.title_key) < MIN_HEADLINE:
        return is_same_text(one.text, other.text)
    return is_same_headline(first, second, one.text, other.text)


def _width(title_key: str) -> int:
    return sum(1 if one.isascii() else 2 for one in title_key)
