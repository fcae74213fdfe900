"""
Finds the pieces that two texts share, and the pieces that became others. Pure.

A comparison takes as many steps as the product of two numbers of pieces. `Budget` bounds them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

#: For all differences of a page. One difference takes half of the rest at most.
MOST_STEPS = 200_000
MOST_CHARACTERS = 20_000

#: Steps to compare two sentences or paragraphs by their likeness, which looks at so many characters.
LIKENESS_STEPS = 25
LOOKED_AT = 300

#: Out of 1000. Two pieces that are less alike are not one piece that changed.
LEAST_LIKENESS = 300


@dataclass(slots=True, kw_only=True)
class Budget:
    """The steps and the characters that are left."""

    steps: int = MOST_STEPS
    characters: int = MOST_CHARACTERS

    def take(self, steps: int) -> bool:
        """Take so many steps, if they are left."""
        if is_enough := steps <= self.steps:
            self.steps -= steps
        return is_enough


class Run(NamedTuple):
    """Neighbouring pieces that are the same, or that changed."""

    is_same: bool
    old: list[str]
    new: list[str]


def runs_of(old: list[str], new: list[str], budget: Budget) -> list[Run] | None:
    """The same and the changed pieces of two texts, in order. None: there are too many pieces."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if left and right and not budget.take(len(left) * len(right)):
        return None
    same = [(at, at) for at in range(start)]
    same += [
        (start + row, start + column)
        for row, column in aligned(
            len(left), len(right), lambda row, column: len(left[row]) + 1 if left[row] == right[column] else 0
        )
    ]
    same += [(len(old) - at, len(new) - at) for at in range(end, 0, -1)]
    return _joined(old, new, same)


def _joined(old: list[str], new: list[str], same: Iterable[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    row = column = 0
    for at, of in [*same, (len(old), len(new))]:
        if at > row or of > column:
            runs.append(Run(is_same=False, old=old[row:at], new=new[column:of]))
        if at < len(old):
            if not (runs and runs[-1].is_same):
                runs.append(Run(is_same=True, old=[], new=[]))
            runs[-1].old.append(old[at])
        row, column = at + 1, of + 1
    return runs


def aligned(rows: int, columns: int, weight: Callable[[int, int], int]) -> list[tuple[int, int]]:
    """
    The pairs of a row and a column, rising in both, that have the greatest sum of weights. No pair has the weight 0.

    It asks for `rows * columns` weights, and once more for some of them.
    """
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        here, below = best[row], best[row + 1]
        for column in range(columns - 1, -1, -1):
            own = weight(row, column)
            without = max(below[column], here[column + 1])
            here[column] = max(without, own + below[column + 1]) if own else without
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < rows and column < columns and best[row][column]:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def pairs_of(run: Run, budget: Budget) -> Iterator[tuple[str, str]]:
    """The changed pieces of a run, each with what it became. A piece that is gone or new has an empty partner."""
    alike: list[tuple[int, int]] = []
    if run.old and run.new and budget.take(LIKENESS_STEPS * len(run.old) * len(run.new)):
        old, new = [_signs(one) for one in run.old], [_signs(one) for one in run.new]
        alike = aligned(len(old), len(new), lambda row, column: _likeness(old[row], new[column]))
    row = column = 0
    for at, of in [*alike, (len(run.old), len(run.new))]:
        yield from ((one, "") for one in run.old[row:at])
        yield from (("", one) for one in run.new[column:of])
        if at < len(run.old):
            yield run.old[at], run.new[of]
        row, column = at + 1, of + 1


def _signs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(map("".join, pairwise(text[:LOOKED_AT]))) or frozenset(text)


def _likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """The part of their signs that two texts share, out of 1000; 0 where it is too small."""
    part = 2000 * len(one & other) // max(1, len(one) + len(other))
    return part if part >= LEAST_LIKENESS else 0
