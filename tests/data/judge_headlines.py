"""Judge the rule for stories on labelled pairs: `python -m tests.data.judge_headlines tests.data.headline_pairs`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from feedsvc.identity.headline import headline_key
from feedsvc.merge import Piece, is_same_piece

DATE = datetime(2026, 3, 3, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The number of pairs that are one piece, the number that are two, and the pairs that the rule gets wrong."""

    same: int
    others: int
    missed: tuple[Any, ...]
    merged: tuple[Any, ...]

    @property
    def found(self) -> float:
        """The share of the same pieces that the rule finds."""
        return 1 - len(self.missed) / self.same

    @property
    def wrong(self) -> float:
        """The share of the other pieces that the rule merges."""
        return len(self.merged) / self.others


def piece(title: str, text: str = "", *, link: str | None = None, hours: float = 0) -> Piece:
    """An entry with this headline, so many hours later, of a source of which nothing else is known."""
    published = DATE + timedelta(hours=hours)
    return Piece(title=title, title_key=headline_key(title), link_key=link, published=published, text=text)


def is_same(one: str, other: str, text: str = "", other_text: str = "") -> bool:
    """Whether two headlines over two texts are one piece, whichever is first."""
    first, second = piece(one, text), piece(other, other_text)
    if is_same_piece(first, second) is not is_same_piece(second, first):
        raise AssertionError(f"the order of {one!r} and {other!r} counts")
    return is_same_piece(first, second)


def judge(pairs: Sequence[Any]) -> Verdict:
    """Each pair has `first`, `second`, `first_text`, `second_text` and `is_same`."""
    wrong = [pair for pair in pairs if pair.is_same is not _is_merged(pair)]
    return Verdict(
        same=sum(pair.is_same for pair in pairs),
        others=sum(not pair.is_same for pair in pairs),
        missed=tuple(pair for pair in wrong if pair.is_same),
        merged=tuple(pair for pair in wrong if not pair.is_same),
    )


def _is_merged(pair: Any) -> bool:
    return is_same(pair.first, pair.second, pair.first_text, pair.second_text)


def main(module: str) -> None:
    """Print the shares, and each pair that the rule gets wrong with its keys."""
    verdict = judge(import_module(module).PAIRS)
    for name, wrong in (("missed", verdict.missed), ("merged", verdict.merged)):
        for pair in wrong:
            print(name, repr(pair.first), repr(pair.second), headline_key(pair.first), headline_key(pair.second))
    print(f"found {verdict.found:.1%} of {verdict.same}, wrongly merged {verdict.wrong:.1%} of {verdict.others}")


if __name__ == "__main__":
    main(sys.argv[1])
