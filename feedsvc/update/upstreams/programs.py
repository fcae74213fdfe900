"""
Gives the new entries of an answer to the external program of their source.

A program that fails changes nothing: the entry stays as its source gives it. The program gets it again when the feed
has changed.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from feedsvc.errors import EntryError
from feedsvc.model import FAILED, Program, Rewrite, UpstreamSpec
from feedsvc.normalize import cut
from feedsvc.normalize.rewrites import rewritten
from feedsvc.normalize.tags import categories
from feedsvc.normalize.wording import plural
from feedsvc.sandbox import Failure, program
from feedsvc.sandbox.exchange import read, written
from feedsvc.sandbox.shapes import Item
from feedsvc.sanitize.text import strip_markup

#: For so many seconds, a program works on the entries of one answer. Then the others wait for the next answer.
MOST_SECONDS = 120

#: After so many failures in a row, a program gets no more entries of an answer.
MOST_FAILURES = 3

#: Letters of a title in a message.
TITLE_WIDTH = 60


@dataclass(slots=True)
class _Round:
    """What a program did with the entries of an answer."""

    ends: float
    failed: int = 0
    in_a_row: int = 0
    #: Entries that it did not get.
    waiting: int = 0
    #: The title of the first entry that it failed for, and the reason.
    first: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The items of an answer after the program."""

    items: tuple[Item, ...]
    #: One line for the operator.
    problems: tuple[str, ...] = field(default=())


def passed(
    spec: UpstreamSpec,
    items: Sequence[Item],
    known: Collection[str],
    failed: Collection[str],
    is_stopping: Callable[[], bool],
) -> Passed:
    """
    The items with what the program of their source replaces: new ones, then those for which it failed before.

    `known` are hashes of stored entries, and `failed` those of them for which it failed. An item that stays as it is
    stored has no `rewrite`.
    """
    of = spec.program
    found = list(items)
    if of is None:
        return Passed(items=tuple(found))
    now = _Round(ends=time.monotonic() + MOST_SECONDS)
    new = [place for place, item in enumerate(found) if item.hash not in known]
    again = [place for place, item in enumerate(found) if item.hash in failed]
    for place in (*new, *again):
        is_over = now.in_a_row >= MOST_FAILURES or time.monotonic() > now.ends or is_stopping()
        result = None if is_over else _result(of, found[place], spec, now, is_stopping)
        now.waiting += is_over
        if result is not None:
            raw = found[place].raw
            # The stored form has the categories of the tags that count.
            tagged = replace(raw, categories=categories(rewritten(raw, result), spec))
            found[place] = replace(found[place], raw=tagged, rewrite=result)
        elif place in new:
            found[place] = replace(found[place], rewrite=FAILED)
    return Passed(items=tuple(found), problems=tuple(_told(now)))


def _result(
    of: Program, item: Item, spec: UpstreamSpec, now: _Round, is_stopping: Callable[[], bool]
) -> Rewrite | None:
    output = program.run(of, written(item.raw, spec.name), is_stopping)
    try:
        result = output if isinstance(output, Failure) else read(output)
    except EntryError as error:
        result = Failure(reason=str(error))
    if not isinstance(result, Failure):
        now.in_a_row = 0
        return result
    now.failed += 1
    now.in_a_row += 1
    now.first = now.first or (cut(strip_markup(item.raw.title), TITLE_WIDTH), result.reason)
    return None


def _told(now: _Round) -> list[str]:
    said = []
    if now.first:
        title, reason = now.first
        said.append(f"the program failed for {plural(now.failed, 'entry')}, first {title!r}: {reason}")
    if now.waiting:
        said.append(f"{plural(now.waiting, 'entry')} not given to it; it gets them when the feed has changed")
    return ["; ".join(said)] if said else []
