"""What most headlines of one source begin or end with: its name, a section, a slogan. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.identity.headline.spelling import plain

#: So many different headlines are enough to learn from, and this share of them must have a part in common.
MIN_HEADLINES = 5
MIN_SHARE = 0.6

#: Headlines that are looked at, and parts of each from its ends inwards.
MAX_HEADLINES = 200
MAX_DEPTH = 4

#: What stands between a headline and the name of its site: whatever is no letter, digit or quotation mark.
SEPARATOR = re.compile(r"\s*[|_/:·»—-]+\s*|\s*[\[\]()]\s*|\s*[,;~]\s*")


@dataclass(frozen=True, slots=True)
class Decorations:
    """What most headlines of a source begin and end with, separator included, in plain spelling, the longest first."""

    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()

    def without(self, text: str) -> str:
        """A plain headline without them; a headline that is nothing else stays."""
        folded = text.casefold()
        for head in self.heads:
            if folded.startswith(head) and len(folded) > len(head) and len(folded) == len(text):
                text, folded = text[len(head) :], folded[len(head) :]
                break
        for tail in self.tails:
            if folded.endswith(tail) and len(folded) > len(tail) and len(folded) == len(text):
                return text[: -len(tail)]
        return text


#: Of a source of which one headline is known.
NOTHING = Decorations()


def decorations(titles: Sequence[str]) -> Decorations:
    """What a source adds to its headlines, as seen in some of them: nothing, unless five differ."""
    texts = sorted({plain(title).casefold() for title in titles[:MAX_HEADLINES]} - {""})
    if len(texts) < MIN_HEADLINES:
        return NOTHING
    heads, tails = Counter[str](), Counter[str]()
    for text in texts:
        marks = [found for found in SEPARATOR.finditer(text) if found.start()]
        heads.update({text[: found.end()] for found in marks[:MAX_DEPTH]})
        tails.update({text[found.start() :] for found in marks[-MAX_DEPTH:]})
    return Decorations(heads=_most(heads, len(texts)), tails=_most(tails, len(texts)))


def _most(counts: Counter[str], of: int) -> tuple[str, ...]:
    common = [part for part, count in counts.items() if count >= MIN_SHARE * of and any(one.isalnum() for one in part)]
    return tuple(sorted(common, key=lambda part: (-len(part), part)))
