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
from feedsvc.filters.faults import faulty

#: Characters of a pattern. A longer list of words belongs into `words`.
MAX_PATTERN = 10_000

#: Instructions of a compiled pattern: the worst time of a search is their number times the length of the text.
MAX_PROGRAM = 10_000

#: The same of a pattern that anybody may send: a search of 100,000 characters takes some 20 ms at worst.
MAX_PUBLIC_PATTERN, MAX_PUBLIC_PROGRAM = 200, 400

#: The same of one repeated character or class: RE2 has a state for each number of repetitions at most, so its fastest
#: machine holds them all. A search of 1 MB takes less than 50 ms (tests/bench/patterns.py). With 8,000
#: instructions, the states would not fit into MAX_MEMORY, and the search would take five seconds.
MAX_REPEATED_PROGRAM = 4_100

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

#: A class of characters. A mistaken one may end with the pattern.
CLASS = r"\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*(?:\]|\Z)"

#: Parts of a pattern in which a bracket is a character; or a bracket of a group.
BRACKETS = re.compile(rf"\\Q.*?(?:\\E|\Z)|\\.|{CLASS}|(?P<open>\()|(?P<close>\))", re.DOTALL)

#: Parts of a pattern in which a brace is a character; or a counted repetition.
COUNTED = re.compile(rf"\\Q.*?(?:\\E|\Z)|\\[pP]\{{|\\.|{CLASS}|\{{(?P<least>\d+)(?:,(?P<most>\d*))?\}}", re.DOTALL)

#: A pattern that is one repeated character or class.
ONE_REPEATED = re.compile(
    r"\^?(?:\.|\\[pP](?:\{\^?\w+\}|\w)|\\[dDsSwW]|[^\W_]|"
    r"\[\^?(?:\[:\^?\w+:\]|\\[pP]\{\^?\w+\}|\\.|[^\[\]\\])+\])\{\d+(?:,\d*)?\}\$?"
)

#: RE2's name of a fault, and the pattern from that place on → the name of the fault.
FAULTS = {
    r"invalid perl operator: \(\?<?[=!]": "around",
    r"invalid perl operator: \(\?P[=>]|invalid escape sequence: \\[1-9gk]": "back",
    r"invalid perl operator: \(\?>": "atomic",
    r"bad repetition operator: (?:[*+?]|\{\d*,?\d*\})\+": "possessive",
    r"bad repetition operator": "two_signs",
    r"invalid repetition size": "repeated",
    r"no argument for repetition": "nothing_before",
    r"missing \)": "group_end",
    r"unexpected \)": "no_group",
    r"missing \]": "class_end",
    r"invalid escape sequence: \\Z": "end_of_text",
    r"invalid escape sequence: \\u": "code_of_character",
    r"invalid escape sequence": "escape",
    r"trailing \\": "backslash",
    r"invalid character class range: (?:\[:|\\[pP])": "class_name",
    r"invalid character class range": "class_ends",
    r"invalid perl operator: \(\?#": "comment",
    r"invalid perl operator: \(\?": "flags",
    r"invalid named capture group": "group_name",
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
        raise _too_large(pattern, MAX_PROGRAM)
    return lambda text: compiled.search(text) is not None


def require_small(pattern: str, *, is_cased: bool = False) -> None:
    """Raises FilterError if a pattern is larger than anybody may send, or cannot be used."""
    searcher(pattern, is_cased=is_cased)
    most = MAX_REPEATED_PROGRAM if ONE_REPEATED.fullmatch(pattern) else MAX_PUBLIC_PROGRAM
    if _compiled(pattern, is_cased=is_cased).programsize > most:
        raise _too_large(pattern, most)


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
        raise faulty("length", most=MAX_PATTERN)


def _check_flags(pattern: str) -> None:
    """`(i?)foo` finds what `foo` finds. Somebody meant `(?i)foo` (miniflux/v2#3881)."""
    if found := MISTYPED_FLAGS.match(pattern):
        raise faulty("mistyped_flags", number=1, there=found[0], flags=found["flags"])


def _error(pattern: str, words: str) -> FilterError:
    name, _, named = words.partition(": ")
    if not named and name.startswith("pattern too large"):
        return _too_large(pattern, MAX_PROGRAM)
    place = _place(pattern, name, named)
    here = f"{name}: {pattern[place:]}" if named else words
    code = next((code for sign, code in FAULTS.items() if re.match(sign, here)), "other")
    end = place + (len(named) if 0 < len(named) <= len(pattern) - place and not name.startswith(BY_GROUP) else 1)
    # The text of each fault takes of these values what it says.
    return faulty(code, number=place + 1, there=_shown(pattern[place:end]), most=MAX_REPEATED, words=name)


def _too_large(pattern: str, most: int) -> FilterError:
    """The error of a pattern whose program is too large. It names the largest repetition."""
    counted = [one for one in COUNTED.finditer(pattern) if one["least"]]
    if not counted:
        return faulty("too_large", limit=most)
    largest = max(counted, key=lambda one: max(int(one["least"]), int(one["most"] or 0)))
    return faulty("too_large", limit=most, number=largest.start() + 1, there=largest[0])


def _shown(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


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
