"""Whether entries of different sources are one piece. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from feedsvc.identity.headline import numbers, senses

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
    return is_alike and not are_strangers(one.text, other.text)


def are_strangers(one: str, other: str) -> bool:
    """Whether two texts, both long enough to tell, share next to nothing."""
    return 0 <= shared_pairs(one, other) < MIN_SHARED


def shared_pairs(one: str, other: str) -> float:
    """Which share of its pairs of words the shorter text has in common with the other; -1 where it is too short."""
    pairs, others = _pairs(one), _pairs(other)
    fewer = min(len(pairs), len(others))
    return len(pairs & others) / fewer if fewer >= MIN_PAIRS else -1


def _pairs(text: str) -> set[str]:
    """Each two characters of Chinese, and words of others, that follow each other."""
    words = re.findall(r"[a-z0-9]+|[\u3040-\u9fff\uac00-\ud7a3]", text.casefold())
    return {f"{first} {second}" for first, second in pairwise(words)}


#: A guid of which nobody makes the same twice: an address, a URN, a UUID.
GLOBAL = re.compile(
    r"(?:https?://|tag:|urn:).{6}|\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?\Z", re.IGNORECASE | re.DOTALL
)


def is_same_guid(guid: str, one: Piece, other: Piece) -> bool:
    """
    Whether two entries of different sources, both called `guid`, are one piece.

    The page or the headline must be the same too. Under a guid that nobody else makes, texts that resemble each other
    will do: a headline may have been edited.
    """
    is_known = (bool(one.link_key) and one.link_key == other.link_key) or (
        bool(one.title_key) and one.title_key == other.title_key
    )
    return is_known or (GLOBAL.match(guid) is not None and shared_pairs(one.text, other.text) >= MIN_SHARED)
