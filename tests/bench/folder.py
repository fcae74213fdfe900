"""
A folder of very many files: what the first import takes, and a look after it.

    python -m tests.bench.folder [FILES]        100,000 short seeds in one folder
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench.importing import CONFIG, look, run
from tests.conftest import seed


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        (folder / "feedsvc.yaml").write_text(CONFIG, "utf-8")
        for number in range(count):
            (folder / "seeds" / f"{number}.txt").write_text(seed(f"标题 {number}"), "utf-8")
        run(folder, 0, "db", "upgrade")
        first, after = run(folder, 0, "update"), look(folder, 0)
    print(f"{count} files in one folder, {os.cpu_count()} cores")
    print(f"first import: CPU {first.cpu:.1f} s, wall {first.wall:.1f} s, memory {first.peak / 1e6:.0f} MB")
    print(f"a look after it: CPU {after.cpu:.2f} s, wall {after.wall:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
