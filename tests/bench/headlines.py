"""
The key of a headline, which each entry costs at import.

    python -m tests.bench.headlines

The headlines of `tests.data.headline_pairs` and `tests.data.headlines`, each read anew; the first headline of a
process; and headlines of 1,000 characters, made to be slow. Processor time, the best of
five.
"""

import time

from feedsvc.identity.headline import headline_key
from feedsvc.identity.headline.frame import read
from tests.data.headline_pairs import PAIRS
from tests.data.headlines import TRIPLES

#: Each is repeated up to a headline's bound.
HOSTILE = ("国际_", "传", "|", "【", "- ", "1,", "据a", "[a]", "a-", "社：", "_a", "新闻|")


def seconds(titles: list[str]) -> float:
    """Processor time of the key of each headline, none remembered."""
    read.cache_clear()
    start = time.process_time()
    for title in titles:
        headline_key(title)
    return time.process_time() - start


def main() -> None:
    """Print microseconds for a headline."""
    first = seconds(["中文"])
    titles = [title for pair in PAIRS for title in (pair.first, pair.second)]
    titles += [title for triple in TRIPLES for title in triple]
    usual = min(seconds(titles) for _ in range(5)) / len(titles)
    worst = max(min(seconds([(unit * 1000)[:1000]]) for _ in range(5)) for unit in HOSTILE)
    print(f"the first headline of a process: {first * 1e3:.0f} ms")
    print(f"each of {len(titles)} headlines: {usual * 1e6:.0f} µs")
    print(f"the slowest of {len(HOSTILE)} hostile ones: {worst * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
