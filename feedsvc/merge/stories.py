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

#: Entries with the same headline are one piece only within this time: a weekly column repeats its headline.
STORY_WINDOW = timedelta(hours=48)

#: Entries with the same page are one piece only within this time. A later entry comments on the page.
PAGE_WINDOW = timedelta(days=14)

#: A shorter headline does not identify a piece. Counted in letters; a non-ASCII letter counts as two.
MIN_HEADLINE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The signs by which entries of different sources are compared."""

    title: str
    #: `identity.headline.headline_key` of the title.
    title_key: str
    #: `normalize.link_key` of its page; None if it has no page of its own.
    link_key: str | None
    published: datetime | None
    #: The beginning of its text.
    text: str = ""
    #: The decorations that `identity.headline.decorations` learnt from the headlines of its source.
    decorations: Decorations = NOTHING


def is_same_piece(one: Piece, other: Piece) -> bool:
    """
    Whether two entries of different sources are one piece: they have the same page or the same headline.

    The pages count if the dates are within PAGE_WINDOW, the headlines if the dates are within STORY_WINDOW.
    Headlines are the same if they differ in spelling only. If the headlines do not decide, the beginnings of the texts
    do. The same headline above texts with nothing in common is the name of a column (`Weekly open thread`). Headlines
    that differ a little, above the same text, belong to one piece.
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
    if _letters(one.title_key) < MIN_HEADLINE:
        return is_same_text(one.text, other.text)
    return is_same_headline(first, second, one.text, other.text)


def _letters(title_key: str) -> int:
    return sum(1 if one.isascii() else 2 for one in title_key)


#: A globally unique guid: an address, a URN or a UUID.
GLOBAL = re.compile(
    r"(?:https?://|tag:|urn:).{6}|\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?\Z", re.IGNORECASE | re.DOTALL
)


def is_same_guid(guid: str, one: Piece, other: Piece) -> bool:
    """
    Whether two entries of different sources, both with the guid `guid`, are one piece.

    The page or the headline must be the same too. If the guid is globally unique, the same text suffices: one of the
    headlines may have been edited.
    """
    is_known = (bool(one.link_key) and one.link_key == other.link_key) or (
        bool(one.title_key) and one.title_key == other.title_key
    )
    return is_known or (GLOBAL.match(guid) is not None and is_same_text(one.text, other.text))
