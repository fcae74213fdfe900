"""One form for texts that differ in width, case and script alone (ＧＰＵ, gpu; 華為, 华为). Pure."""

import unicodedata
from functools import lru_cache

from feedsvc.normalize.simplified import SIMPLIFIED

#: Invisible characters: soft hyphen, spaces of no width, joiners, marks of direction, variation selectors.
INVISIBLE = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF]
)


def folded(text: str) -> str:
    """A text in narrow, lower-case, simplified characters, with single spaces and nothing invisible."""
    if not text.isascii():
        text = _compatible(_compatible(text.translate(INVISIBLE)).casefold()).translate(SIMPLIFIED)
    return " ".join(text.casefold().split())


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=10_000)  # about as many characters as a language uses
def word_kind(character: str) -> str:
    """`digit`, `letter` for a Latin letter, else empty. Neighbours of one kind make a word or a number."""
    if character.isdecimal():
        return "digit"
    return "letter" if character.isalpha() and unicodedata.name(character, "").startswith("LATIN ") else ""
