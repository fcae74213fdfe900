"""A site of generated articles and upstream feeds, with `feedsvc up` on it. Used by `footprint.py` and `at_once.py`."""

import contextlib
import json
import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import PYTHON

CONFIG = """\
site: {title: 站, base_url: "https://feeds.example.org", tag: "example.org,2026"}
sources:
  articles: {kind: seeds, path: seeds}
"""

#: Seconds that the service has to answer one request.
ASKING_SECONDS = 60


def configure(folder: Path, more: str = "") -> dict[str, str]:
    """Write the configuration, with more sources. Returns the environment of its processes."""
    (folder / "feedsvc.yaml").write_text(CONFIG + more, "utf-8")
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "FEEDSVC_DATA_DIR": str(folder / "data")}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def up(folder: Path, environ: dict[str, str], port: int) -> Iterator[int]:
    """`feedsvc up` on this port, and its process number. Its log is `up.log`."""
    with (folder / "up.log").open("ab") as log:
        process = subprocess.Popen(
            [PYTHON, "-m", "feedsvc", "up", "--port", str(port)], env=environ, cwd=folder, stdout=log, stderr=log
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def ask(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of an answer; 0 where nothing listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=ASKING_SECONDS) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


def count_entries(port: int) -> int:
    """The number of articles that the feed `all` says it has on its page; 0 while it has none."""
    status, body = ask(port, "/feeds/all.json")
    return len(json.loads(body)["items"]) if status == 200 else 0


def tree(pid: int) -> list[int]:
    """The process, and all processes below it."""
    parents: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found
