"""Words that most headlines of one source begin or end with: its name, a section, a slogan. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.identity.headline.spelling import key, plain

#: So many different headlines are enough to learn from, and this share of them must have a part in common.
MIN_HEADLINES = 5
MIN_SHARE = 0.6

#: Headlines that are looked at, and separators of each, from its ends inwards.
MAX_HEADLINES = 200
MAX_DEPTH = 4

#: Letters of a source's name, or of a part of the name, that is known without learning.
MIN_NAME = 2

#: Separators between a headline and the name of its site.
SEPARATOR = re.compile(r"\s*[|_/:·~—-]+\s*|\s*[\[\]()]\s*")


@dataclass(frozen=True, slots=True)
class Decorations:
    """The common beginnings and ends of a source's headlines, with separator, in plain spelling, the longest first."""

    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    #: Keys of the source's name and of its parts, which one headline is enough to recognise by.
    names: frozenset[str] = frozenset()

    def without(self, text: str) -> str:
        """A plain headline without its source's decorations; a headline that is nothing else stays."""
        folded = text.casefold()
        if self == NOTHING or len(folded) != len(text):
            return text
        head = next((head for head in self.heads if folded.startswith(head) and len(head) < len(text)), "")
        rest = text[len(head) :]
        tail = next((tail for tail in self.tails if folded.endswith(tail) and len(tail) < len(rest)), "")
        return self._without_name(rest[: len(rest) - len(tail)])

    def _without_name(self, text: str) -> str:
        marks = [found for found in SEPARATOR.finditer(text) if found.start()] if self.names else []
        if marks and key(text[marks[-1].end() :]) in self.names:
            return text[: marks[-1].start()]
        if marks and marks[0].end() < len(text) and key(text[: marks[0].start()]) in self.names:
            return text[marks[0].end() :]
        return text


#: Of a source of which one headline is known.
NOTHING = Decorations()


def decorations(titles: Sequence[str], name: str = "") -> Decorations:
    """
    What a source adds to its headlines, as seen in some of them: nothing, unless at least five differ.

    `name` is what the source calls itself: `IT之家 - 数码科技` stands behind a headline as a whole or in part.
    """
    whole = plain(name)
    parts = {key(part) for part in (whole, *SEPARATOR.split(whole))}
    names = frozenset(part for part in parts if len(part) >= MIN_NAME)
    texts = sorted({plain(title).casefold() for title in titles[:MAX_HEADLINES]} - {""})
    if len(texts) < MIN_HEADLINES:
        return Decorations(names=names)
    heads, tails = Counter[str](), Counter[str]()
    for text in texts:
        marks = [found for found in SEPARATOR.finditer(text) if found.start()]
        heads.update({text[: found.end()] for found in marks[:MAX_DEPTH]})
        tails.update({text[found.start() :] for found in marks[-MAX_DEPTH:]})
    return Decorations(heads=_most(heads, len(texts)), tails=_most(tails, len(texts)), names=names)


def _most(counts: Counter[str], of: int) -> tuple[str, ...]:
    common = [part for part, count in counts.items() if count >= MIN_SHARE * of and key(part)]
    return tuple(sorted(common, key=lambda part: (-len(part), part)))
