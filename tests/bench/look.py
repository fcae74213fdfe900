"""The cost of a look that finds nothing changed, in a process that has looked before: prints CPU and wall seconds."""

import json
import os
import time

from feedsvc.cli.objects import opened_store
from feedsvc.cli.updating import take_in
from feedsvc.config import find, load
from tests.bench.measure import median

LOOKS = 7


def main() -> None:
    """Look, and print the medians."""
    config = load(find(os.environ), os.environ)
    cpu, wall = [], []
    with opened_store(config) as store:
        take_in(config, store)
        for _ in range(LOOKS):
            began = time.process_time(), time.monotonic()
            take_in(config, store)
            cpu.append(time.process_time() - began[0])
            wall.append(time.monotonic() - began[1])
    print(json.dumps([median(cpu), median(wall)]))


if __name__ == "__main__":
    main()
