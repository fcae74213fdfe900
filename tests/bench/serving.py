"""
What a poll of a hot feed costs the server, beside nginx with the same bytes and beside a plain Flask view.

    python -m tests.bench.serving [ROUNDS [SECONDS]]        5 rounds of 2 seconds

One feed of 50 articles of about 6 kB, gzip. Each server runs on core 0, with one worker; wrk asks from core 1, over 16
connections that stay open. In each round all servers answer in turn: the feed (200), and `If-None-Match` with its ETag
(304). feedsvc runs as `feedsvc serve`, on SQLite, with the invalidation of its hot documents; nginx has `gzip_static`;
gunicorn runs the plain view with `gthread`. CPU is user and system of all processes of a server, for each request. A
ratio of 1 is nginx. It needs Debian's packages nginx-light and wrk, and two cores.
"""

import contextlib
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.articles import write
from tests.bench.importing import CONFIG, environ, run
from tests.bench.measure import PYTHON, median
from tests.conftest import free_port

NGINX = """\
daemon off; pid PATH/nginx.pid; error_log stderr; worker_processes 1;
events { worker_connections 256; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path PATH/t; proxy_temp_path PATH/t; fastcgi_temp_path PATH/t; uwsgi_temp_path PATH/t;
  scgi_temp_path PATH/t;
  types { application/rss+xml rss; }
  server { listen 127.0.0.1:PORT; root PATH/www; gzip_static on; }
}
"""

REQUESTS = re.compile(r"(\d+) requests in")
TICK = os.sysconf("SC_CLK_TCK")
ON_CORE = ("taskset", "-c", "0")


def main(rounds: int, seconds: int) -> None:
    """Measure and print."""
    tools = {name: shutil.which(name) or shutil.which(f"/usr/sbin/{name}") for name in ("nginx", "wrk", "taskset")}
    if missing := [name for name, path in tools.items() if not path]:
        raise SystemExit(f"{', '.join(missing)} missing; apt-get install nginx-light wrk util-linux")
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        urls = _started(stack, folder, str(tools["nginx"]))
        found: dict[tuple[str, int], list[float]] = {}
        for _ in range(rounds):
            for status in (200, 304):
                for server, (url, pid) in urls.items():
                    found.setdefault((server, status), []).append(_cost(url, pid, status, seconds))
        _report(found)


def _report(found: Mapping[tuple[str, int], list[float]]) -> None:
    for (server, status), costs in found.items():
        nginx, flask = found["nginx", status], found["flask", status]
        of_nginx = median([theirs / ours for ours, theirs in zip(costs, nginx, strict=True)])
        of_flask = median([theirs / ours for ours, theirs in zip(costs, flask, strict=True)])
        print(
            f"{server:8} {status}: {median(costs) * 1e6:6.1f} µs CPU a request; {of_nginx:.2f} of nginx's speed, "
            f"{of_flask:.1f} x a plain view's"
        )


def _started(stack: contextlib.ExitStack, folder: Path, nginx: str) -> dict[str, tuple[str, int]]:
    """Start the three servers. Returns the address of the feed and the process of each."""
    write(folder / "seeds", 200)
    (folder / "feedsvc.yaml").write_text(CONFIG, "utf-8")
    run(folder, 0, "db", "upgrade")
    run(folder, 0, "update")
    port = free_port()
    ours = _start(stack, [PYTHON, "-m", "feedsvc", "serve", "--port", str(port)], environ(folder, 0), folder)
    address = f"http://127.0.0.1:{port}/feeds/all.rss"
    _wait(address)
    with urllib.request.urlopen(_request(address), timeout=10) as answer:
        packed = answer.read()
    www = folder / "www"
    www.mkdir()
    (www / "all.rss.gz").write_bytes(packed)
    (www / "all.rss").write_bytes(gzip.decompress(packed))
    other, plain = free_port(), free_port()
    user = "" if os.geteuid() else "user root;\n"
    (folder / "nginx.conf").write_text(user + NGINX.replace("PATH", str(folder)).replace("PORT", str(other)), "ascii")
    static = _start(stack, [nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)], dict(os.environ), folder)
    command = [PYTHON, "-m", "gunicorn", "-w", "1", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{plain}"]
    files = {**os.environ, "FEEDSVC_BENCH_FILES": str(www), "PYTHONPATH": str(Path.cwd())}
    flask = _start(stack, [*command, "tests.bench.plain_flask:app"], files, folder)
    found = {
        "nginx": (f"http://127.0.0.1:{other}/all.rss", static),
        "feedsvc": (address, ours),
        "flask": (f"http://127.0.0.1:{plain}/all.rss.gz", flask),
    }
    for url, _ in found.values():
        _wait(url)
    return found


def _start(stack: contextlib.ExitStack, command: list[str], environ: Mapping[str, str], folder: Path) -> int:
    log = stack.enter_context((folder / f"{Path(command[-1]).name}.log").open("wb"))
    process = subprocess.Popen(
        [*ON_CORE, *command], env=environ, cwd=folder, stdout=log, stderr=log, start_new_session=True
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process.pid


def _wait(url: str) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), urllib.request.urlopen(_request(url), timeout=10):
            return
        time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def _request(url: str) -> urllib.request.Request:
    return urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})


def _cost(url: str, pid: int, status: int, seconds: int) -> float:
    """CPU seconds of the server for each request."""
    with urllib.request.urlopen(_request(url), timeout=10) as answer:
        tag = answer.headers["ETag"]
    conditions = ["-H", f"If-None-Match: {tag}"] if status == 304 else []
    command = ["taskset", "-c", "1", "wrk", "-t1", "-c16", f"-d{seconds}s", "-H", "Accept-Encoding: gzip"]
    before = _cpu(pid)
    said = subprocess.run([*command, *conditions, url], capture_output=True, text=True, check=True).stdout
    used = _cpu(pid) - before
    if "Non-2xx" in said and status == 200:
        raise SystemExit(f"{url}: {said}")
    match = REQUESTS.search(said)
    if not match or not int(match[1]):
        raise SystemExit(f"{url}: {said}")
    return used / int(match[1])


def _cpu(leader: int) -> float:
    """CPU seconds of all processes of a session."""
    return sum(_of_process(pid) for pid in _session(leader))


def _session(leader: int) -> Iterator[int]:
    for entry in os.scandir("/proc"):
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and os.getsid(int(entry.name)) == leader:
                yield int(entry.name)


def _of_process(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [5, 2][len(numbers) :]))
