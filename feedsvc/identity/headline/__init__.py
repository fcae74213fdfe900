"""
What two headlines of one piece share: as sites republish them, with marks, names and punctuation of their own. Pure.

`headline_key` is equal for two spellings of one headline, so that an index finds them. It leaves out every part that
may be a site's name; `is_same_headline` then looks at these parts, and `numbers` and `senses` at headlines that are
nearly equal.

    spelling.py  characters, width, spaces, marks: plain text, and its key
    words.py     tables: names of media, labels, words that tell a piece
    frame.py     a headline as core and parts around it
    learnt.py    what most headlines of one source begin or end with
    likeness.py  two headlines, two texts
"""

from feedsvc.identity import digest
from feedsvc.identity.headline.frame import Headline, read
from feedsvc.identity.headline.learnt import NOTHING, Decorations, decorations
from feedsvc.identity.headline.likeness import (
    are_near,
    are_strangers,
    is_same_headline,
    is_same_text,
    is_told_apart,
    numbers,
    senses,
)
from feedsvc.identity.headline.spelling import key

__all__ = [
    "NOTHING", "Decorations", "Headline", "are_near", "are_strangers", "decorations", "headline_key",
    "is_same_headline", "is_same_text", "is_told_apart", "numbers", "read", "senses",
]  # fmt: skip


#: Characters of a key: an index of PostgreSQL holds 2,704 bytes a row.
MAX_KEY = 200


def headline_key(title: str, learnt: Decorations = NOTHING) -> str:
    """
    Letters, digits and telling signs of a headline without what a site adds; equal for two spellings. May be empty.

    `learnt` is what `decorations` found in other headlines of the same source. The end of a long key is a digest.
    """
    whole = key(read(title, learnt).core)
    return whole if len(whole) <= MAX_KEY else f"{whole[:MAX_KEY]}/{digest(whole.encode())}"
