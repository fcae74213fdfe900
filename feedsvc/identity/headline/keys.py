"""One key for all spellings of a headline. Pure."""

from feedsvc.identity import digest
from feedsvc.identity.headline.frame import read
from feedsvc.identity.headline.learnt import NOTHING, Decorations
from feedsvc.identity.headline.spelling import key

#: Characters of a key: an index of PostgreSQL holds 2,704 bytes a row.
MAX_KEY = 200


def headline_key(title: str, learnt: Decorations = NOTHING) -> str:
    """
    Letters, digits and telling signs of a headline without what a site adds; equal for two spellings. May be empty.

    `learnt` is what `decorations` found in other headlines of the same source. The end of a long key is a digest.
    """
    whole = key(read(title, learnt).core)
    return whole if len(whole) <= MAX_KEY else f"{whole[:MAX_KEY]}/{digest(whole.encode())}"
