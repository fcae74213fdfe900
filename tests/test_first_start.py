"""Several real processes that start at once, on a database that is empty."""

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests.conftest import Folder, free_port, seed

#: Seconds until all of them have started; a machine may be busy.
PATIENCE = 120

#: Seconds for which each of them has to run after that.
PROBATION = 3


def _lives(process: "subprocess.Popen[bytes]") -> bool:
    return process.poll() is None


def _comes(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "commands",
    [["worker"] * 4, ["up", "worker", "db upgrade", "serve", "worker", "db upgrade"]],
    ids=["workers", "everything"],
)
def test_whoever_starts_first_all_live(folder: Folder, commands: list[str]) -> None:
    """Each makes the tables if nobody has; none ends, but what only migrates, and none has a traceback."""
    folder.write("a.txt", seed())
    running: list[subprocess.Popen[bytes]] = []
    logs = [folder.path / f"{number}.log" for number in range(len(commands))]
    for command, log in zip(commands, logs, strict=True):
        port = ["--port", str(free_port())] if command in {"up", "serve"} else []
        with log.open("wb") as file:
            running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "feedsvc", *command.split(), *port],
                    env=folder.environ(DATABASE_URL=folder.database_url), cwd=folder.path, stdout=file, stderr=file,
                )
            )  # fmt: skip
    engine = sa.create_engine(sa.make_url(folder.database_url).set(drivername="postgresql+psycopg"))
    stay = [one for one, command in zip(running, commands, strict=True) if command != "db upgrade"]
    migrating = [one for one in running if one not in stay]
    try:
        made = _comes(lambda: "entry" in set(sa.inspect(engine).get_table_names()))
        migrated = _comes(lambda: not any(map(_lives, migrating)))
        time.sleep(PROBATION)
        alive = [_lives(one) for one in stay]
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(30)
        engine.dispose()
    said = "".join(log.read_text() for log in logs)

    assert (made, migrated, alive) == (True, True, [True] * len(stay)), said
    assert [one.returncode for one in migrating] == [0] * len(migrating)
    assert not re.search("Traceback|[Uu]nique|ended \\(exit", said), said


def test_a_file_is_not_made_by_a_worker(folder: Folder) -> None:
    """Where the path of SQLite's database is wrong, an empty one in its place would hide that."""
    ended = subprocess.run(
        [sys.executable, "-m", "feedsvc", "worker"], env=folder.environ(), cwd=folder.path, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (ended.returncode, "run: feedsvc db upgrade" in ended.stderr) == (1, True)
