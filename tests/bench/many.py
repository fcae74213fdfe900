"""
The cost of very many categories: a first import with all its documents, beside an import of a part of them.

    python -m tests.bench.many [FEW [MANY [MOST]]]        200, 2,000, 1,500

Articles in as many categories, one each: FEW and MANY. One article in FEW and in MOST categories, of which the bound
leaves 100. The cost of Python's start, an import of nothing, is taken off each. A ratio of CPU near that of the numbers
is linear; the wall time beside it shows the load of the machine. Memory is the proportional share (PSS) of all
processes at the highest moment. The last line is how long `feedsvc up` takes until it answers over the largest folder.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.bench.importing import CONFIG, environ, run
from tests.bench.measure import PYTHON, Cost
from tests.conftest import free_port, seed

PATIENCE_SECONDS = 60


def main(few: int, many: int, most: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        nothing = _first(Path(name) / "nothing", [])
        print(f"nothing: CPU {nothing.cpu:.2f} s, wall {nothing.wall:.2f} s, {nothing.peak / 1e6:.0f} MB")
        _compare(Path(name), "articles in as many categories", nothing, few, many, _each)
        _compare(Path(name), "categories of one article", nothing, few, most, _one)
        print(f"up over {many} new articles answers after {_listens(Path(name) / f'_each{many}'):.1f} s")


def _each(number: int) -> list[str]:
    return [seed(f"标题 {one}", categories=f"[类{one}]") for one in range(number)]


def _one(number: int) -> list[str]:
    return [seed(categories=f"[{', '.join(f'k{one}' for one in range(number))}]")]


def _compare(folder: Path, what: str, nothing: Cost, few: int, many: int, texts: Callable[[int], list[str]]) -> None:
    costs = [_first(folder / f"{texts.__name__}{number}", texts(number)) for number in (few, many)]
    for number, used in zip((few, many), costs, strict=True):
        cpu, wall = used.cpu - nothing.cpu, used.wall - nothing.wall
        print(f"{number} {what}: CPU {cpu:.2f} s, wall {wall:.2f} s, {used.peak / 1e6:.0f} MB")
    cpu, wall = ((getattr(costs[1], unit) - getattr(nothing, unit)) / (getattr(costs[0], unit) - getattr(nothing, unit))
                 for unit in ("cpu", "wall"))  # fmt: skip
    memory = costs[1].peak / costs[0].peak
    print(f"  {many / few:.1f} x as many: CPU {cpu:.1f} x, wall {wall:.1f} x, memory {memory:.2f} x", flush=True)


def _first(folder: Path, texts: list[str]) -> Cost:
    (folder / "seeds").mkdir(parents=True)
    (folder / "feedsvc.yaml").write_text(CONFIG, "utf-8")
    for number, text in enumerate(texts):
        (folder / "seeds" / f"{number}.txt").write_text(text, "utf-8")
    run(folder, 0, "db", "upgrade")
    return run(folder, 0, "update")


def _listens(folder: Path) -> float:
    """Seconds until a first start answers anything, on an empty database."""
    port = free_port()
    command = [PYTHON, "-m", "feedsvc", "up", "--port", str(port)]
    began = time.monotonic()
    with subprocess.Popen(
        command, env=environ(folder, 1), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while time.monotonic() - began < PATIENCE_SECONDS and not _answers(port):
                time.sleep(0.05)
            return time.monotonic() - began
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}")
    main(*(numbers + [200, 2_000, 1_500][len(numbers) :]))
