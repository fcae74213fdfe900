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
    keys.py      one key for all spellings of a headline
"""

from feedsvc.identity.headline.frame import Headline, read
from feedsvc.identity.headline.keys import headline_key
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

__all__ = [
    "NOTHING", "Decorations", "Headline", "are_near", "are_strangers", "decorations", "headline_key",
    "is_same_headline", "is_same_text", "is_told_apart", "numbers", "read", "senses",
]  # fmt: skip
