"""
The differences between two forms of an article, for a person to read. Pure.

Paragraphs are compared first, then the sentences of changed paragraphs, then the words of changed sentences. A
character of a script without spaces counts as a word. The steps and the shown characters of a page are bounded
(`Budget`). Beyond the steps, larger pieces are shown as changed, and at last the texts are too large to compare.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

import regex

from feedsvc.publish.alignment import Budget, Run, pairs_of, runs_of
from feedsvc.sanitize.lines import Form

#: To find the sentences or words of so many characters takes a step.
SPLIT_BY_STEP = 2

#: The part of a changed sentence that has to be the same, for its words to be shown as changed.
LEAST_SAME = 0.25
#: A shorter text between two changes belongs to the changes.
LEAST_BETWEEN = 2

#: Characters of an unchanged text that are shown beside a change, and the most of one change.
BESIDE = 60
LONGEST_CHANGE = 1_000
#: What a piece and a fold count besides their characters.
PIECE_COST = 8

ELLIPSIS = "…"

#: An end of a sentence may be repeated, and followed by brackets. The numbers keep the search linear.
SENTENCE = regex.compile(r""".+?(?:[。！？；…]{1,4}[”’」』）】]{0,3}|[.!?;]{1,4}["'”’)\]]{0,3}(?=\s)|$)\s*""")
#: A word, a number, white space, a flag, or any other character with its marks. `\X` would need quadratic time for many
#: flags in a row.
WORD = regex.compile(
    r"[[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]++(?:[.,:]\p{N}++)*+"
    r"|\s++|\p{Regional_Indicator}{2}|(?s:.)\p{M}*+",
    regex.V1,
)
Cuts = Sequence["regex.Pattern[str]"]


class Kind(StrEnum):
    """The fate of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    """A part of a line."""

    kind: Kind
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The changes from one form to the next."""

    #: Empty where the title did not change.
    title: Line = ()
    #: Changed paragraphs. A number stands for so many unchanged ones.
    lines: tuple[Line | int, ...] = ()
    #: Whether the texts are too large to be compared.
    is_too_large: bool = False
    #: Whether some changes are left out.
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no word changed."""
        return not (self.title or self.lines or self.is_too_large or self.is_cut)


def differences(forms: Sequence[Form | None]) -> list[Difference | None]:
    """The difference between each form and the form that followed it; newest forms first. None where one is unknown."""
    whole = Budget()
    made: list[Difference | None] = []
    for new, old in pairwise(forms):
        if old is None or new is None:
            made.append(None)
            continue
        part = Budget(steps=whole.steps // 2, characters=whole.characters // 2)
        whole.steps -= part.steps
        whole.characters -= part.characters
        made.append(difference(old, new, part))
        whole.steps += part.steps
        whole.characters += part.characters
    return made


def difference(old: Form, new: Form, budget: Budget) -> Difference:
    """The changes from one form to another."""
    title = _changed(old.title, new.title, (WORD,), budget) if old.title != new.title else ()
    runs = None
    if old.text is not None and new.text is not None:
        runs = runs_of(_lines(old.text), _lines(new.text), budget)
    shown_title = tuple(_cut(title, budget))
    lines, is_cut = _within((line for run in runs or () for line in _shown(run, len(runs or ()), budget)), budget)
    return Difference(
        title=shown_title, lines=tuple(lines), is_too_large=runs is None, is_cut=is_cut or shown_title != title
    )


def _shown(run: Run, runs: int, budget: Budget) -> Iterator[Line | int]:
    """The lines that show a run of paragraphs, one of so many runs. Each is made when it is asked for."""
    if not run.is_same:
        yield from (_changed(was, now, (SENTENCE, WORD), budget) for was, now in pairs_of(run, budget))
    elif runs > 1:
        # A single paragraph is shown, because it may be a heading.
        yield tuple(_shortened([Piece(Kind.SAME, run.old[0])])) if len(run.old) == 1 else len(run.old)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _changed(old: str, new: str, cuts: Cuts, budget: Budget) -> Line:
    """A changed line, with its changed sentences or words."""
    return tuple(_shortened(_tidy(_compared(old, new, cuts, budget))))


def _compared(old: str, new: str, cuts: Cuts, budget: Budget) -> list[Piece]:
    whole = [Piece(Kind.GONE, old), Piece(Kind.NEW, new)]
    if not (old and new and cuts and budget.take((len(old) + len(new)) // SPLIT_BY_STEP)):
        return whole
    found = runs_of(cuts[0].findall(old), cuts[0].findall(new), budget)
    if found is None:
        return whole
    pieces: list[Piece] = []
    for run in found:
        if run.is_same:
            pieces.append(Piece(Kind.SAME, "".join(run.old)))
        elif len(cuts) == 1:
            pieces += [Piece(Kind.GONE, "".join(run.old)), Piece(Kind.NEW, "".join(run.new))]
        else:
            for was, now in pairs_of(run, budget):
                pieces += _compared(was, now, cuts[1:], budget)
    is_torn = len(cuts) == 1 and _same(pieces) < LEAST_SAME * max(len(old), len(new))
    return whole if is_torn else pieces


def _same(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces if piece.kind is Kind.SAME)


def _tidy(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one kind are joined. What little is the same between two changes is a part of them."""
    grouped = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind)
    joined = [Piece(kind, "".join(piece.text for piece in group)) for kind, group in grouped]
    tidy: list[Piece] = []
    gone = new = ""
    for at, piece in enumerate(joined):
        is_between = 0 < at < len(joined) - 1 and len(piece.text.strip()) < LEAST_BETWEEN
        if piece.kind is Kind.SAME and not is_between:
            tidy += [Piece(Kind.GONE, gone), Piece(Kind.NEW, new), piece]
            gone = new = ""
            continue
        gone += piece.text if piece.kind is not Kind.NEW else ""
        new += piece.text if piece.kind is not Kind.GONE else ""
    tidy += [Piece(Kind.GONE, gone), Piece(Kind.NEW, new)]
    return _slid([piece for piece in tidy if piece.text])


def _slid(pieces: list[Piece]) -> list[Piece]:
    """
    Let a change begin after a word, where it might as well: `正常[+，很好+]。`, and not `正[+常，很好+]常。`.

    Both say the same of the two texts. A comparison finds the equal end of the texts first.
    """
    for at in range(1, len(pieces) - 1):
        before, change, after = pieces[at - 1 : at + 2]
        if before.kind is after.kind is Kind.SAME:
            shared = sum(
                1 for _ in takewhile(lambda both: both[0] == both[1], zip(change.text, after.text, strict=False))
            )
            moved = next((n for n in range(shared + 1) if not change.text[n : n + 1].isalnum()), 0)
            pieces[at - 1] = Piece(Kind.SAME, before.text + change.text[:moved])
            pieces[at] = Piece(change.kind, change.text[moved:] + change.text[:moved])
            pieces[at + 1] = Piece(Kind.SAME, after.text[moved:])
    return [piece for piece in pieces if piece.text]


def _shortened(line: Sequence[Piece]) -> Iterator[Piece]:
    """A line, in which of a long unchanged piece only the text beside a change is shown."""
    last = len(line) - 1
    for at, piece in enumerate(line):
        start = piece.text[:BESIDE] if at > 0 or last == 0 else ""
        end = piece.text[-BESIDE:] if at < last else ""
        is_long = piece.kind is Kind.SAME and len(piece.text) > len(start) + len(end) + BESIDE
        yield Piece(Kind.SAME, f"{start}{ELLIPSIS}{end}") if is_long else piece


def _within(lines: Iterable[Line | int], budget: Budget) -> tuple[list[Line | int], bool]:
    """As many of the lines as may be shown, and whether something is left out."""
    shown: list[Line | int] = []
    is_cut = False
    for line in lines:
        if budget.characters <= PIECE_COST:
            return shown, True
        if isinstance(line, int):
            budget.characters -= PIECE_COST
            shown.append(line)
            continue
        shown.append(tuple(_cut(line, budget)))
        is_cut = is_cut or shown[-1] != line
    return shown, is_cut


def _cut(line: Line, budget: Budget) -> Iterator[Piece]:
    """As much of a line as may be shown."""
    for piece in line:
        room = min(LONGEST_CHANGE, budget.characters - PIECE_COST)
        if room <= 0:
            return
        text = piece.text if len(piece.text) <= room else f"{piece.text[:room]}{ELLIPSIS}"
        budget.characters -= min(len(text), room) + PIECE_COST
        yield Piece(piece.kind, text)
