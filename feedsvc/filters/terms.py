"""
The terms by which an index finds the texts that hold a word. Pure.

A run of Latin letters and a run of the digits 0 to 9 are a term each: `iPhone15` has `iphone` and `15`. Of all other
scripts, each character and each pair of neighbours is a term, because they are written without spaces (`芯片`: `芯`,
`片`, `芯片`), or because filters find parts of their words. A run of three characters as the shortest term would not
do: most Chinese words have two.

A term is a number of 32 bits. A character is its unit of UTF-16, a pair is both units, and a run is its CRC-32. So a
text may have a term without the word: whoever searches compares the texts that the index gives.
"""

import re
from collections.abc import Iterable
from zlib import crc32

#: Rises if the same text has other terms. Then all entries are indexed again.
TERMS_VERSION = 1

#: Latin letters that are left in a folded text. All of them are letters of words for filters/folding.py.
LATIN = "a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff"

RUN = re.compile(f"[{LATIN}]+|[0-9]+")

#: What parts the characters of a text: runs, and the usual punctuation of Latin and Chinese texts.
APART = re.compile(f"[{LATIN}\u0000-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u3003\u3008-\u301f]+")

#: A unit of UTF-16 that no text has.
EDGE = "\0"
UNIT = 16


def terms_of(texts: Iterable[str]) -> set[int]:
    """The terms of folded texts."""
    text = "\n".join(texts)
    characters, pairs = _characters(text)
    return _runs(text) | characters | pairs


def terms_needed(words: Iterable[str]) -> set[int]:
    """
    The terms that a text has if it holds all of these folded words; not more than it takes to know.

    A word of punctuation has no terms. Then nothing can be said.
    """
    text = "\n".join(words)
    characters, pairs = _characters(text)
    paired = {one >> UNIT for one in pairs} | {one & 0xFFFF for one in pairs}
    return _runs(text) | (characters - paired) | pairs


def _runs(text: str) -> set[int]:
    return {crc32(run.encode()) for run in set(RUN.findall(text))}


def _characters(text: str) -> tuple[set[int], set[int]]:
    """The characters that are no part of a run, and their pairs."""
    units = (EDGE + APART.sub(EDGE, text) + EDGE).encode("utf-16-le", "surrogatepass")
    characters = set(memoryview(units).cast("H"))
    # The pairs that begin at even places, and those that begin at odd ones. So Python looks at no character by itself.
    whole = len(units) // 4 * 4
    after = (len(units) - 2) // 4 * 4
    pairs = set(memoryview(units[:whole]).cast("I")) | set(memoryview(units[2 : 2 + after]).cast("I"))
    # A pair with an edge is no pair: one unit of it is 0.
    pairs -= characters
    pairs -= {one << UNIT for one in characters}
    characters.discard(0)
    return characters, pairs
