r"""
Patterns of filters: the syntax of RE2 (https://github.com/google/re2/wiki/Syntax), searched in linear time. Pure.

RE2 has no look-around and no back-references, so no pattern needs exponential time. `\d`, `\w`, `\s` and `\b` know
ASCII alone; `\p{Han}` and the like know Unicode. This is the only module that imports RE2.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from feedsvc.errors import FilterError

#: Characters of a pattern. A longer list of words belongs into `words`.
MAX_PATTERN = 10_000

#: Instructions of a compiled pattern: the worst time of a search is their number times the length of the text.
MAX_PROGRAM = 10_000

#: The same of a pattern that anybody may send: a search of 100,000 characters takes some 20 ms at worst.
MAX_PUBLIC_PATTERN, MAX_PUBLIC_PROGRAM = 200, 400

#: Bytes that RE2 may use for one pattern. With less, lists of Chinese words need a hundred times the time.
MAX_MEMORY = 8 << 20

#: Patterns that are kept compiled for filters that do not live long: those of views.
MAX_KEPT = 64

#: RE2 refuses more repetitions, and more within nested repetitions.
MAX_REPEATED = 1000

#: Places that are tried, where the pattern has the text that RE2 names several times.
MAX_TRIED = 100

#: Characters of a pattern that a message repeats.
MAX_SHOWN = 20

#: Faults for which RE2 names the whole pattern.
BY_GROUP = ("missing )", "unexpected )")

Search = Callable[[bytes], bool]

#: Flags that look as if they were typed in a wrong order. In its place, an optional letter would change nothing.
MISTYPED_FLAGS = re.compile(r"\((?P<flags>[imsU]{1,4})\?\)")

#: Parts of a pattern in which a bracket is a character; or a bracket of a group.
BRACKETS = re.compile(
    r"\\Q.*?(?:\\E|\Z)|\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*(?:\]|\Z)|(?P<open>\()|(?P<close>\))", re.DOTALL
)

AROUND = (
    "look-around does not exist here; write the other pattern as a filter of its own, in `none` if it must not occur"
)
BACK = "references to a group do not exist here; write the text of the group again"
POSSESSIVE = "atomic groups and possessive repetitions do not exist here; write {}, no pattern takes long"
GROUP_END = "write `)` at the end of the group, or `\\(` for the character"
REPEATED = f"at most {MAX_REPEATED} repetitions, all nested ones multiplied; write `*` or `+`, or a smaller number"

#: RE2's name of a fault, and the pattern from that place on → the fault and its remedy.
REMEDIES = {
    r"invalid perl operator: \(\?<?[=!]": AROUND,
    r"invalid perl operator: \(\?P[=>]|invalid escape sequence: \\[1-9gk]": BACK,
    r"invalid perl operator: \(\?>": POSSESSIVE.format("`(?:…)`"),
    r"bad repetition operator: (?:[*+?]|\{\d*,?\d*\})\+": POSSESSIVE.format("the first sign alone"),
    r"bad repetition operator": "two signs of repetition; write one, or `\\` before a sign for the character",
    r"invalid repetition size": REPEATED,
    r"no argument for repetition": "nothing stands before this sign; write `\\` before it for the character",
    r"missing \)": GROUP_END,
    r"unexpected \)": "no group begins before; write `\\)` for the character",
    r"missing \]": "write `]` at the end of the class, or `\\[` for the character",
    r"invalid escape sequence: \\Z": "write `\\z` for the end of the text",
    r"invalid escape sequence: \\u": "write the character itself, or its code as in `\\x{4E00}`",
    r"invalid escape sequence": "write the character without `\\`, or `\\\\` for a backslash",
    r"trailing \\": "write `\\\\` for a backslash",
    r"invalid character class range: (?:\[:|\\[pP])": "no such class; write e.g. `\\p{Han}` or `[[:alpha:]]`",
    r"invalid character class range": "write the smaller end first",
    r"invalid perl operator: \(\?#": "comments do not exist here; leave it out",
    r"invalid perl operator: \(\?": "flags are i, m, s and U, e.g. `(?i)`; a group without a number is `(?:…)`",
    r"invalid named capture group": "write a group as `(…)`; filters use no names",
}


def searcher(pattern: str, *, is_cased: bool = False) -> Search:
    """
    A function that says whether a text, in UTF-8, has a match.

    Raises FilterError if the pattern cannot be used. The last patterns are kept.
    """
    return _kept(pattern, is_cased)


@lru_cache(maxsize=MAX_KEPT)
def _kept(pattern: str, is_cased: bool) -> Search:  # noqa: FBT001 - the key of the cache
    _check_length(pattern)
    _check_flags(pattern)
    compiled = _compiled(pattern, is_cased=is_cased)
    if isinstance(compiled, str):
        raise _error(pattern, compiled)
    if compiled.programsize > MAX_PROGRAM:
        raise FilterError.at((), f"the pattern is too large; {REPEATED}")
    return lambda text: compiled.search(text) is not None


def require_small(pattern: str, *, is_cased: bool = False) -> None:
    """Raises FilterError if a pattern is larger than anybody may send, or cannot be used."""
    searcher(pattern, is_cased=is_cased)
    if _compiled(pattern, is_cased=is_cased).programsize > MAX_PUBLIC_PROGRAM:
        raise FilterError.at((), "the pattern is too large; write fewer repetitions or alternatives")


def encoded(text: str) -> bytes:
    """A text as patterns are searched in it."""
    return text.encode("utf-8", "replace")


def _compiled(pattern: str, *, is_cased: bool = True) -> Any:
    """A compiled pattern; or RE2's words for its fault."""
    import re2  # noqa: PLC0415 - most runs search no pattern

    options = re2.Options()
    # Without groups, RE2 finds a match with its fastest machine.
    options.never_capture = True
    options.case_sensitive, options.max_mem, options.log_errors = is_cased, MAX_MEMORY, False
    try:
        return re2.compile(encoded(pattern), options=options)
    except re2.error as error:
        words = error.args[0]
        return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    finally:
        re2.purge()  # its own cache would hold twice as many


def _check_length(pattern: str) -> None:
    if not pattern or len(pattern) > MAX_PATTERN:
        raise FilterError.at(
            (), f"write a pattern of 1 to {MAX_PATTERN} characters; a list of words is `words: [甲, 乙]`"
        )


def _check_flags(pattern: str) -> None:
    """`(i?)foo` finds what `foo` finds. Somebody meant `(?i)foo` (miniflux/v2#3881)."""
    if found := MISTYPED_FLAGS.match(pattern):
        remedy = f"a flag is written as `(?{found['flags']})`; `(?i)` is not needed here, because case does not count"
        raise FilterError.at((), f"not a regular expression: at character 1, `{found[0]}`: {remedy}")


def _error(pattern: str, words: str) -> FilterError:
    fault, _, named = words.partition(": ")
    if not named and fault.startswith("pattern too large"):
        return FilterError.at((), f"the pattern is too large; {REPEATED}")
    place = _place(pattern, fault, named)
    here = f"{fault}: {pattern[place:]}" if named else words
    remedy = next((remedy for sign, remedy in REMEDIES.items() if re.match(sign, here)), fault)
    end = place + (len(named) if 0 < len(named) <= len(pattern) - place and not fault.startswith(BY_GROUP) else 1)
    shown = pattern[place:end] if end - place <= MAX_SHOWN else f"{pattern[place : place + MAX_SHOWN]}…"
    return FilterError.at((), f"not a regular expression: at character {place + 1}, `{shown}`: {remedy}")


def _place(pattern: str, fault: str, named: str) -> int:
    """The index of the fault. RE2 names the text there: the first place counts, up to which the fault is the same."""
    if fault.startswith(BY_GROUP):
        return _lonely_bracket(pattern, is_open=fault.startswith("missing"))
    if not named:
        return max(len(pattern) - 1, 0)  # a backslash at the end
    starts = list(_starts(pattern, named))
    # Two characters more: `(?P` alone is a fault where `(?P<n` is none.
    same = (start for start in starts if _compiled(pattern[: start + len(named) + 2]) == f"{fault}: {named}")
    return next(same, starts[0] if starts else 0)


def _starts(pattern: str, named: str) -> Iterator[int]:
    start = -1
    for _ in range(MAX_TRIED):
        start = pattern.find(named, start + 1)
        if start < 0:
            return
        yield start


def _lonely_bracket(pattern: str, *, is_open: bool) -> int:
    """The index of the last bracket that no other one closes, or of the first one that closes nothing."""
    opened: list[int] = []
    for found in BRACKETS.finditer(pattern):
        if found["open"]:
            opened.append(found.start())
        elif found["close"]:
            if not opened and not is_open:
                return found.start()
            if opened:
                opened.pop()
    return opened[-1] if opened else 0
