"""
The cost of all steps of the sanitiser, sandbox included, beside a bleach Cleaner alone that is made once.

    python -m tests.bench.sanitizing [ROUNDS]        5 rounds

On generated articles (articles.py, about 6 kB) and on descriptions (their first paragraph with a link to read on). The
two run in turn; figures are medians of CPU seconds, user and system, of this process and of the one worker.
"""

import re
import sys
import time

import bleach

from feedsvc.model import RawEntry
from feedsvc.sandbox import Sandbox
from feedsvc.sandbox.jobs import sanitize_again
from tests.bench.afternoon import ATTRIBUTES, TAGS
from tests.bench.articles import article
from tests.bench.measure import median

COUNT = 600
LINK = "https://www.example.com/articles/1.htm"
TAIL = f'<a href="{LINK}" target="_blank"><strong>阅读全文</strong></a>'


def used(_: int) -> float:
    """CPU seconds of the process that runs this."""
    return time.process_time()


def main(rounds: int) -> None:
    """Measure and print."""
    bodies = [article(number).split("---\n", 2)[2] for number in range(COUNT)]
    descriptions = [f"<p>{re.sub('<[^>]*>', '', body)[:250]}</p> {TAIL}" for body in bodies]
    for label, texts in (("articles", bodies), ("descriptions", descriptions)):
        theirs, ours = [], []
        with Sandbox(workers=1) as sandbox:
            _ours(sandbox, texts)
            for _ in range(rounds):
                theirs.append(_bleach(texts))
                ours.append(_ours(sandbox, texts))
        ratio = median([mine / other for mine, other in zip(ours, theirs, strict=True)])
        size = sum(map(len, texts)) / COUNT
        print(
            f"{label} of {size:.0f} characters: bleach alone {median(theirs) / COUNT * 1000:.3f} ms each, "
            f"the chain in the sandbox {median(ours) / COUNT * 1000:.3f} ms: {ratio:.2f} x"
        )


def _bleach(texts: list[str]) -> float:
    cleaner = bleach.Cleaner(tags=TAGS, attributes=ATTRIBUTES, strip=True)
    began = time.process_time()
    for text in texts:
        cleaner.clean(text)
    return time.process_time() - began


def _ours(sandbox: Sandbox, texts: list[str]) -> float:
    jobs = ((None, (RawEntry(guid="a", title="标题", link=LINK, content=text), ())) for text in texts)
    began = time.process_time() + _worker(sandbox)
    for _ in sandbox.map(sanitize_again, jobs):
        pass
    return time.process_time() + _worker(sandbox) - began


def _worker(sandbox: Sandbox) -> float:
    ((_, seconds),) = sandbox.map(used, [(None, 0)])
    assert isinstance(seconds, float)
    return seconds


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
