"""
The memory and the disk of `feedsvc up` at rest.

    python -m tests.bench.footprint [ARTICLES [SOURCES]]        20,000 articles of 6 kB, 100 upstream feeds

`up` imports the articles and polls the feeds, from a server on loopback. When no process of `up` uses the processor any
more, each has one line: its proportional share of memory (PSS). Then follow their sum, and the bytes of the database
beside the bytes of the articles.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.bench.articles import write
from tests.bench.measure import pss
from tests.bench.memory import Server
from tests.bench.running_up import configure, count_entries, free_port, tree, up

#: Seconds that all processes have to be idle, and CPU seconds below which they are.
IDLE_SECONDS = 75
IDLE_CPU = 2.0

#: Seconds until all is imported and idle.
PATIENCE = 1800


def main(articles: int, sources: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder, upstreams = Path(name), Server()
        size = write(folder / "seeds", articles)
        more = "".join(
            f"  f{number}: {{kind: upstream, allow_private: true, "
            f"url: 'http://127.3.{number // 250}.{number % 250 + 1}:{upstreams.port}/{number}'}}\n"
            for number in range(sources)
        )
        environ, port = configure(folder, more), free_port()
        with up(folder, environ, port) as pid:
            _rest(pid, port)
            shares = {one: pss(one) for one in tree(pid)}
            for one, share in shares.items():
                print(f"{share / 1e6:7.1f} MB  {_command(one)}")
            print(f"{sum(shares.values()) / 1e6:7.1f} MB  PSS of all, {articles} articles, {sources} upstream feeds")
            disk = sum(file.stat().st_size for file in (folder / "data").iterdir() if file.is_file())
            print(f"disk: {disk / 1e6:.1f} MB, the articles {size / 1e6:.1f} MB: {disk / size:.2f} times")


def _rest(pid: int, port: int) -> None:
    """Wait until there are articles, and until all processes have been idle for a while."""
    end = time.monotonic() + PATIENCE
    while not count_entries(port):
        if time.monotonic() > end:
            raise TimeoutError("the import has not ended")
        time.sleep(1)
    while time.monotonic() < end:
        before = _cpu(pid)
        time.sleep(IDLE_SECONDS)
        after = _cpu(pid)
        if after.keys() == before.keys() and sum(after.values()) - sum(before.values()) < IDLE_CPU:
            return
    raise TimeoutError("the service does not come to rest")


def _cpu(pid: int) -> dict[int, float]:
    """CPU seconds of each process of the tree."""
    used = {}
    for one in tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        used[one] = (int(fields[11]) + int(fields[12])) / 100
    return used


def _command(pid: int) -> str:
    """The end of its command line."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return "ended"
    return " ".join(words[1:])[:100]


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    main(*(numbers + [20_000, 100][len(numbers) :]))
