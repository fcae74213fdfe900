"""
Patterns of filters on texts that were made to be slow: 1 MB each, processor time, the best of three.

    python -m tests.bench.patterns

The first patterns explode in an engine that tries one way after the other. The last ones count long repetitions that
overlap, on a text without a period. RE2 keeps their states apart, so the time grows with the length of the text and
with the size of the pattern, which `feedsvc.filters.patterns.MAX_PROGRAM` bounds.
"""

import random
import time

from feedsvc.filters.patterns import encoded, searcher

MEGABYTE = 1_000_000

#: Pattern → a text, which is repeated up to the size. The text ends with another character.
EXPLOSIVE = {
    "(a+)+$": "a", "(a|aa)+$": "a", "(a|a?)+b": "a", "(.*)*x": "a", "(x+x+)+y": "x", r"^(\w+\s?)*$": "word ",
    ".*.*.*=.*": "a", "(a?){30}a{30}b": "a", "([a-z]+)*[0-9]": "abc", "(华|华为)+小米": "华",
    "^(([a-z])+.)+[A-Z]([a-z])+$": "a",
}  # fmt: skip
COUNTED = ("[ab]*a[ab]{12}c", "a[ab]{100}c", "a[ab]{1000}c")


def milliseconds(pattern: str, text: bytes) -> float:
    """Processor time of one search."""
    search = searcher(pattern)
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        search(text)
        best = min(best, time.process_time() - start)
    return best * 1e3


def main() -> None:
    """Print milliseconds for each pattern."""
    for pattern, unit in EXPLOSIVE.items():
        text = encoded(unit) * (MEGABYTE // len(encoded(unit))) + b"!"
        print(f"explosive: {milliseconds(pattern, text):8.1f} ms  {pattern}")
    text = bytes(random.Random(1).choices(b"ab", k=MEGABYTE))  # noqa: S311 - a text, no secret
    for pattern in COUNTED:
        print(f"counted:   {milliseconds(pattern, text):8.1f} ms  {pattern}")


if __name__ == "__main__":
    main()
