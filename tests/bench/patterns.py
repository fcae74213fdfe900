"""
Patterns of filters on texts that were made to be slow: 1 MB each, processor time, the best of three unless said.

    python -m tests.bench.patterns

The repeated patterns are nearly the largest that anybody may send (`feedsvc.filters.patterns.MAX_REPEATED_PROGRAM`), on
lines that are nearly long enough. The others are patterns of a configuration. The explosive ones explode in an engine
that tries one way after the other. The counted ones count long repetitions that overlap, on a text without a period.
RE2 keeps their states apart, so the time grows with the length of the text and with the size of the pattern, which
`feedsvc.filters.patterns.MAX_PROGRAM` bounds.
"""

import random
import time

from feedsvc.filters.patterns import encoded, require_small, searcher

MEGABYTE = 1_000_000

#: The share of lines that nearly fit.
MOST = 0.7

#: Pattern → a text, which is repeated up to the size. The text ends with another character.
EXPLOSIVE = {
    "(a+)+$": "a", "(a|aa)+$": "a", "(a|a?)+b": "a", "(.*)*x": "a", "(x+x+)+y": "x", r"^(\w+\s?)*$": "word ",
    ".*.*.*=.*": "a", "(a?){30}a{30}b": "a", "([a-z]+)*[0-9]": "abc", "(华|华为)+小米": "华",
    "^(([a-z])+.)+[A-Z]([a-z])+$": "a",
}  # fmt: skip
REPEATED = {".{500,}": 500, ".{510}": 510, r"\w{1000}": 1000, r"\p{Han}{50}": 50, "[^a]{500,}": 500}
COUNTED = ("[ab]*a[ab]{12}c", "a[ab]{100}c", "a[ab]{1000}c")


def milliseconds(pattern: str, text: bytes, *, times: int = 3, is_cased: bool = False) -> float:
    """Processor time of one search, the best of some. The first search takes longer: it makes the states."""
    search = searcher(pattern, is_cased=is_cased)
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        search(text)
        best = min(best, time.process_time() - start)
    return best * 1e3


def lines(length: int) -> bytes:
    """Lines of mixed characters, most of which are one character shorter than this."""
    chosen = random.Random(1)  # noqa: S311 - a text, no secret
    sizes = (length - 1 if chosen.random() < MOST else chosen.randrange(length) for _ in range(MEGABYTE // length))
    return b"\n".join(encoded("".join(chosen.choices("ab华为国ü\U0001f600", k=size))) for size in sizes)[:MEGABYTE]


def main() -> None:
    """Print milliseconds for each pattern."""
    for pattern, unit in EXPLOSIVE.items():
        text = encoded(unit) * (MEGABYTE // len(encoded(unit))) + b"!"
        print(f"explosive: {milliseconds(pattern, text):8.1f} ms  {pattern}")
    for pattern, length in REPEATED.items():
        require_small(pattern, is_cased=True)
        print(f"repeated:  {milliseconds(pattern, lines(length), times=1, is_cased=True):8.1f} ms  {pattern}")
    text = bytes(random.Random(1).choices(b"ab", k=MEGABYTE))  # noqa: S311 - a text, no secret
    for pattern in COUNTED:
        print(f"counted:   {milliseconds(pattern, text):8.1f} ms  {pattern}")


if __name__ == "__main__":
    main()
