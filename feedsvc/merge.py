"""
What an arriving entry means for the one that is stored: a table of (stored, new) → decision. Pure.

Also which entries of different sources are one piece.

Two hashes decide. The raw one says whether the source changed anything, the published one whether a reader would see
it. `updated` moves only when both did: a new policy or setting of ours is no news.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from feedsvc.identity import published_hash
from feedsvc.identity.headline import numbers, senses
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

#: Of 100: so alike are two spellings of one headline.
SIMILAR = 97

#: Texts of fewer pairs of characters say nothing; of so few in common, that they are strangers.
MIN_PAIRS = 25
MIN_SHARED = 0.1

#: A headline of fewer letters says too little.
MIN_HEADLINE = 8


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


def is_same_piece(one: Piece, other: Piece) -> bool:
    """
    Whether two entries of different sources are one piece: the same page, or within two days the same headline.

    Headlines are the same when nothing but spelling differs, no number, and nothing that turns their sense round; and
    where texts that have nothing in common do not say otherwise: `Weekly open thread` is a headline of many.
    """
    is_dated = one.published is not None and other.published is not None
    apart = abs(one.published - other.published) if one.published and other.published else timedelta()
    if numbers(one.title) != numbers(other.title):
        return False
    if one.link_key and one.link_key == other.link_key:
        return apart <= PAGE_WINDOW
    if not is_dated or apart > STORY_WINDOW:
        return False
    if min(len(one.title_key), len(other.title_key)) < MIN_HEADLINE or senses(one.title) != senses(other.title):
        return False
    is_alike = one.title_key == other.title_key or ratio(one.title_key, other.title_key) >= SIMILAR
    return is_alike and not _are_strangers(one.text, other.text)


def _are_strangers(one: str, other: str) -> bool:
    """Whether two texts, both long enough to tell, share next to nothing."""
    pairs, others = _pairs(one), _pairs(other)
    fewer = min(len(pairs), len(others))
    return fewer >= MIN_PAIRS and len(pairs & others) < MIN_SHARED * fewer


def _pairs(text: str) -> set[str]:
    """Each two characters of Chinese, and words of others, that follow each other."""
    words = re.findall(r"[a-z0-9]+|[\u3040-\u9fff\uac00-\ud7a3]", text.casefold())
    return {f"{first} {second}" for first, second in pairwise(words)}
