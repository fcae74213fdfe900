"""
The CPU time of the grammar in `sanitize/safe/accept.py`, beside that of the gate, which it replaces.

    python -m tests.bench.accepting [ROUNDS]        5 rounds

On generated articles (articles.py, about 6 kB), and on articles of many shapes (tests/data/benign.py). Each article is
sanitised once; then the grammar and the gate read the result in turn, and the whole of `clean` the source.
Figures are medians of CPU seconds of this process.
"""

import sys
import time
from collections.abc import Callable, Iterable

from feedsvc.sanitize.html import clean
from feedsvc.sanitize.safe.accept import is_settled
from feedsvc.sanitize.safe.gate import gate_of
from feedsvc.sanitize.safe.policy import FRAME_HOSTS
from tests.bench.articles import article
from tests.bench.measure import median
from tests.data.benign import articles

COUNT = 200
GATE = gate_of(FRAME_HOSTS)


def accepts(html: str) -> bool:
    """Whether the grammar lets the gate be."""
    return is_settled(html, GATE.is_allowed)


def main(rounds: int) -> None:
    """Measure and print."""
    generated = [article(number).split("---\n", 2)[2] for number in range(COUNT)]
    shapes = [one.html for one in articles()]
    for label, texts in (("generated articles", generated), ("articles of many shapes", shapes)):
        made = [clean(text).whole for text in texts]
        share = sum(map(accepts, made)) / len(made)
        found = [(_seconds(accepts, made), _seconds(GATE.clean, made), _seconds(clean, texts)) for _ in range(rounds)]
        grammar, gate, whole = (median(list(one)) / len(texts) * 1000 for one in zip(*found, strict=True))
        asked = whole + share * gate
        print(
            f"{label}: {share:.1%} accepted; grammar {grammar:.3f} ms, gate {gate:.3f} ms, all of it {whole:.3f} ms; "
            f"with the gate for each it would be {asked:.3f} ms: {asked / whole:.1f} x"
        )


def _seconds(read: Callable[[str], object], texts: Iterable[str]) -> float:
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
