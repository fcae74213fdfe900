"""
How soon `feedsvc up` answers, and how it answers while it imports.

    python -m tests.bench.at_once [ARTICLES]        20,000 articles of 6 kB

`up` starts twice: on no database, and on one whose entries an older policy sanitised. From the start until the work has
ended, `/livez` and `/feeds/all.rss` are asked every 0.2 seconds. A line gives, for each path, the seconds until its
first answer and until its first 200, the number of answers by status, and the longest time of one answer.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.articles import write
from tests.bench.running_up import ask, configure, free_port, up

PAUSE = 0.2
PATHS = ("/livez", "/feeds/all.rss")

#: Seconds of one run.
PATIENCE = 1800


@dataclass(slots=True)
class Answers:
    """The answers to one path."""

    statuses: Counter[int] = field(default_factory=Counter)
    first: float | None = None
    good: float | None = None
    longest: float = 0

    def add(self, status: int, at: float, took: float) -> None:
        """Count an answer. Nothing that listens is no answer."""
        if not status:
            return
        self.statuses[status] += 1
        self.first = at if self.first is None else self.first
        self.good = at if self.good is None and status == 200 else self.good
        self.longest = max(self.longest, took)


def main(articles: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "seeds", articles)
        environ = configure(folder)
        print(f"{articles} articles, no database:")
        _run(folder, environ)
        with closing(sqlite3.connect(folder / "data" / "feedsvc.sqlite3")) as db, db:
            # Each entry comes out otherwise than the stored one, so each batch changes feeds.
            db.execute("UPDATE entry SET policy_version = 1, published_hash = 'of an older policy'")
        print(f"{articles} articles, sanitised by an older policy:")
        _run(folder, environ)


def _run(folder: Path, environ: dict[str, str]) -> None:
    began, port = time.monotonic(), free_port()
    found = {path: Answers() for path in PATHS}
    with up(folder, environ, port):
        while not _is_over(folder, port):
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError("the work has not ended")
            for path in PATHS:
                asked = time.monotonic()
                status, _ = ask(port, path)
                answered = time.monotonic()
                found[path].add(status, answered - began, answered - asked)
            time.sleep(PAUSE)
    for path, answers in found.items():
        statuses = ", ".join(f"{number} x {status}" for status, number in sorted(answers.statuses.items()))
        print(
            f"  {path}: first answer after {answers.first or 0:.2f} s, first 200 after {answers.good or 0:.2f} s; "
            f"{statuses}; longest answer {answers.longest:.2f} s"
        )
    print(f"  over after {time.monotonic() - began:.0f} s", flush=True)


def _is_over(folder: Path, port: int) -> bool:
    """Whether all is imported, and no entry is left that an older policy sanitised."""
    status, body = ask(port, "/readyz")
    if status != 200 or "import" in json.loads(body):
        return False
    with closing(sqlite3.connect(folder / "data" / "feedsvc.sqlite3")) as db:
        return not db.execute("SELECT count(*) FROM entry WHERE policy_version = 1").fetchone()[0]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
