"""Whether entries of different sources are one piece. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedsvc.identity.headline import (
    NOTHING,
    Decorations,
    are_near,
    are_strangers,
    is_same_headline,
    is_same_text,
    is_told_apart,
    numbers,
    read,
)

#: The same headline that much later is another piece: a column has one every week.
STORY_WINDOW = timedelta(hours=48)

#: Who links to a page that much later writes about it.
PAGE_WINDOW = timedelta(days=14)

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
        is_told = one.title_key == other.title_key or not are_strangers(one.text, other.text)
        return apart <= PAGE_WINDOW and is_told and numbers(first.core) == numbers(second.core)
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


#: A guid of which nobody makes the same twice: an address, a URN, a UUID.
GLOBAL = re.compile(
    r"(?:https?://|tag:|urn:).{6}|\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?\Z", re.IGNORECASE | re.DOTALL
)


def is_same_guid(guid: str, one: Piece, other: Piece) -> bool:
    """
    Whether two entries of different sources, both called `guid`, are one piece.

    The page or the headline must be the same too. Under a guid that nobody else makes, the same text will do: a
    headline may have been edited.
    """
    is_known = (bool(one.link_key) and one.link_key == other.link_key) or (
        bool(one.title_key) and one.title_key == other.title_key
    )
    return is_known or (GLOBAL.match(guid) is not None and is_same_text(one.text, other.text))
