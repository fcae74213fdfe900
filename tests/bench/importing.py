"""
The speed of an import, beside the afternoon script (afternoon.py), on articles of about 6 kB (articles.py).

    python -m tests.bench.importing [ARTICLES [ROUNDS]]        20,000 articles, 3 rounds

The two run in turn, each as a process of its own on an empty SQLite database on the same disk; then ours once more with
nothing changed, as a command (most of which is Python's start) and as the look that a running service takes every few
seconds. Figures are medians; CPU is user and system, with all processes; memory is the proportional share of all
processes, read four times a second. The documents of all feeds are part of our time.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.articles import write
from tests.bench.measure import PYTHON, Cost, cost, median

CONFIG = """\
site: {title: 站, base_url: "https://feeds.example.org", tag: "example.org,2026"}
sources: {articles: {kind: seeds, path: seeds}}
"""

#: A tenth, to see whether memory grows.
FEW = 10


def main(count: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write(folder / "seeds", count)
        write(folder / "few" / "seeds", count // FEW)
        for place in (folder, folder / "few"):
            (place / "feedsvc.yaml").write_text(CONFIG, "utf-8")
        ours, theirs, again, looks = [], [], [], []
        for number in range(rounds):
            theirs.append(_afternoon(folder, number))
            ours.append(_first(folder, number))
            again.append(run(folder, number, "update"))
            looks.append(look(folder, number))
        few = _first(folder / "few", 0)
        database = (folder / f"data{rounds - 1}" / "feedsvc.sqlite3").stat().st_size
    _report(count, size, database, {"theirs": theirs, "ours": ours, "again": again, "looks": looks}, few)


def _afternoon(folder: Path, number: int) -> Cost:
    command = [PYTHON, "-m", "tests.bench.afternoon", str(folder / "seeds"), str(folder / f"afternoon{number}.sqlite3")]
    return cost(command, dict(os.environ), Path.cwd())


def _first(folder: Path, number: int) -> Cost:
    run(folder, number, "db", "upgrade")
    return run(folder, number, "update")


def run(folder: Path, number: int, *command: str) -> Cost:
    """The cost of a command of feedsvc, on the database of a round."""
    return cost([PYTHON, "-m", "feedsvc", *command], environ(folder, number), folder)


def environ(folder: Path, number: int) -> dict[str, str]:
    """The environment of a round."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {
        **kept, "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "FEEDSVC_DATA_DIR": str(folder / f"data{number}")
    }  # fmt: skip


def look(folder: Path, number: int) -> Cost:
    """The cost of a look in a service that has looked before."""
    command = [PYTHON, "-m", "tests.bench.look"]
    done = subprocess.run(command, env=environ(folder, number), check=True, capture_output=True, text=True)
    cpu, wall = json.loads(done.stdout)
    return Cost(cpu=cpu, wall=wall, peak=0)


def _report(count: int, size: int, database: int, costs: dict[str, list[Cost]], few: Cost) -> None:
    theirs, ours = costs["theirs"], costs["ours"]
    print(f"{count} articles, {size / 1e6:.0f} MB, {len(ours)} rounds, {os.cpu_count()} cores")
    for what, label in LABELS.items():
        cpu, wall = (median([getattr(one, unit) for one in costs[what]]) for unit in ("cpu", "wall"))
        pairs = list(zip(theirs, costs[what], strict=True))
        less = [median([getattr(a, unit) / getattr(b, unit) for a, b in pairs]) for unit in ("cpu", "wall")]
        each = f"{cpu / count * 1000:.3f} ms each"
        print(f"{label:36} CPU {cpu:7.2f} s ({each}), wall {wall:7.2f} s; {less[0]:.1f} x, {less[1]:.1f} x less")
    peak = median([one.peak for one in ours])
    print(f"memory of a first import: {peak / 1e6:.0f} MB; of {count // FEW} articles: {few.peak / 1e6:.0f} MB")
    print(f"database: {database / 1e6:.0f} MB, {database / size:.2f} bytes for each byte of a seed")


LABELS = {
    "theirs": "afternoon script",
    "ours": "first import",
    "again": "unchanged, as a command",
    "looks": "unchanged, a look of a running service",
}


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [20_000, 3][len(numbers) :]))
