"""The sandbox: results in order, and no item that costs more than itself. What it runs here is Python's own eval."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from feedsvc.sandbox import BATCH, Failure, Limits, Sandbox
from feedsvc.sanitize.safe import policy
from feedsvc.store import Store
from feedsvc.update import update
from tests.conftest import NOW, Folder, catalogue, seed

#: An expression that runs for ever in C, where no thread could interrupt it.
HANG = "any(iter(int, 1))"


#: As much as the bounds of the sanitiser let through. The `wbr` behind the table needs the gate, which takes seconds.
TABLE = "|a|b|\n|-|-|\n" + "|甲乙丙|丁戊己|\n" * 13_000


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of one worker with a short limit of CPU time."""
    with Sandbox(workers=1, limits=Limits(cpu=1, memory=1_000_000_000, time=20)) as made:
        yield made


def test_results_come_in_order_under_their_keys(sandbox: Sandbox) -> None:
    """Whichever worker is faster: what comes out is what went in."""
    items = [(str(number), f"{number} * 2") for number in range(5 * BATCH + 1)]

    assert list(sandbox.map(eval, items)) == [(str(number), number * 2) for number in range(5 * BATCH + 1)]


def test_what_needs_no_work_keeps_its_place(sandbox: Sandbox) -> None:
    """An item without an argument goes past the workers, in its turn."""
    assert list(sandbox.map(eval, [(1, "1"), (2, None), (3, "3")])) == [(1, 1), (2, None), (3, 3)]


def test_nothing_is_started_for_nothing() -> None:
    """A look that finds nothing new costs no process."""
    with Sandbox() as unused:
        assert list(unused.map(eval, [(1, None)])) == [(1, None)]
        assert unused._pool is None


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        pytest.param(HANG, "takes more than 1 s to read", id="hangs"),
        pytest.param("bytes(3 * 10**9)", "more than 1000 MB of memory", id="fills the memory"),
        pytest.param("__import__('os')._exit(3)", "ended the process that read it (exit code 3)", id="ends its worker"),
        pytest.param("1 / 0", "cannot handle it (ZeroDivisionError)", id="raises"),
        pytest.param("lambda: 1", "cannot handle it", id="gives what cannot be sent"),
    ],
)
def test_a_bad_item_costs_the_others_nothing(sandbox: Sandbox, bad: str, words: str) -> None:
    """Whatever one item does to its worker, the other items of its batch give what they always give."""
    before, found, after = sandbox.map(eval, [(1, "1"), (2, bad), (3, "3")])

    assert (before, after) == ((1, 1), (3, 3))
    assert isinstance(found[1], Failure)
    assert words in found[1].reason


def test_memory_that_one_item_filled_is_not_the_next_ones(sandbox: Sandbox) -> None:
    """The worker goes with the item that filled it."""
    found = list(
        sandbox.map(eval, [(1, "__import__('os').getpid()"), (2, "bytes(3 * 10**9)"), (3, "'x' * 10**8 and 1")])
    )

    assert isinstance(found[1][1], Failure)
    assert found[2] == (3, 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_that_dies_with_nothing_to_do_is_replaced(workers: int) -> None:
    """Whatever ends it (the system, when memory is short): the next items find another."""
    with Sandbox(workers=workers) as made:
        before = {pid for _, pid in made.map(eval, [(n, "__import__('os').getpid()") for n in range(200)])}
        for pid in before:
            os.kill(int(str(pid)), signal.SIGKILL)
        time.sleep(0.5)

        assert list(made.map(eval, [(n, "1 + 1") for n in range(40)])) == [(n, 2) for n in range(40)]


def test_a_worker_that_dies_while_it_answers_costs_nothing() -> None:
    """If a worker is killed in a long answer, its lost items are done again and no other result is lost."""
    with Sandbox(workers=2, limits=Limits(time=3)) as made:
        results = made.map(eval, [(n, "bytes(5_000_000)") for n in range(60)])
        first = next(results)
        os.kill(_workers(made)[0], signal.SIGKILL)
        found = [first, *results]

    assert [(n, len(value)) for n, value in found if isinstance(value, bytes)] == [(n, 5_000_000) for n in range(60)]


def _workers(sandbox: Sandbox) -> list[int]:
    manager = sandbox._pool._pool_manager.worker_manager  # type: ignore[union-attr]  # to kill what is its own
    return [int(pid) for pid in manager.workers]


def test_large_items_go_one_by_one(sandbox: Sandbox) -> None:
    """However many there are: what waits is bounded in bytes, not only in number."""
    taken: list[int] = []

    def items() -> Iterator[tuple[int, str]]:
        for number in range(40):
            taken.append(number)
            yield number, f"{number}"

    next(sandbox.map(eval, items(), lambda _: 1_000_000))

    assert len(taken) <= 2 * sandbox.workers + 1


def test_a_limit_of_the_system_is_kept(tmp_path: Path) -> None:
    """Under a limit of CPU time that is lower than ours, items are read all the same."""
    script = (
        "from feedsvc.sandbox import Sandbox\nwith Sandbox(workers=1) as s: print(list(s.map(eval, [(1, '1 + 1')])))"
    )
    (tmp_path / "script.py").write_text(
        f"if __name__ == '__main__':\n    {script.replace(chr(10), chr(10) + '    ')}\n"
    )
    command = f"ulimit -t 8; {sys.executable} {tmp_path / 'script.py'}"
    ended = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)

    assert ended.stdout == "[(1, 2)]\n"


@pytest.mark.parametrize("beside", [0, 3])
def test_a_worker_that_is_lost_by_chance_costs_nothing(sandbox: Sandbox, tmp_path: Path, beside: int) -> None:
    """An item whose worker somebody killed is tried once more, alone or among others: the item has no fault."""
    flag = tmp_path / "flag"
    die = "__import__('os').kill(__import__('os').getpid(), 9)"
    item = f"__import__('os').path.exists({str(flag)!r}) or (open({str(flag)!r}, 'w'), {die})"
    found = dict(sandbox.map(eval, [(0, item), *((number, "5") for number in range(1, beside + 1))]))

    assert found == {0: True} | dict.fromkeys(range(1, beside + 1), 5)


def test_a_fault_of_ours_is_told_with_its_place(sandbox: Sandbox) -> None:
    """The log has the traceback of the worker process."""
    ((_, found),) = sandbox.map(eval, [(1, "1 / 0")])

    assert isinstance(found, Failure)
    assert "ZeroDivisionError: division by zero" in found.detail


def test_workers_know_nothing_but_the_pure_half(sandbox: Sandbox) -> None:
    """Code that breaks out of a parser finds no database, no web server and no network client in its process."""
    ((_, modules),) = sandbox.map(eval, [(1, "sorted(__import__('sys').modules)")])

    assert isinstance(modules, list)
    assert "feedsvc.sandbox.jobs" in modules
    assert not {"sqlalchemy", "flask", "click", "aiohttp", "feedsvc.store", "feedsvc.config"} & set(modules)


def test_workers_end_with_the_sandbox() -> None:
    """No process is left behind."""
    with Sandbox(workers=1) as made:
        ((_, worker),) = made.map(eval, [(1, "__import__('os').getpid()")])

    assert isinstance(worker, int)
    for _ in range(100):
        if not Path("/proc", str(worker)).exists():
            return
        time.sleep(0.05)
    pytest.fail(f"worker {worker} of {os.getpid()} lives on")


POOLS = """\
import os
from feedsvc.sandbox import Sandbox

def servers():
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            words, parent = (open(f"/proc/{pid}/{name}").read() for name in ("cmdline", "stat"))
        except OSError:
            continue
        if "forkserver" in words and int(parent.rpartition(")")[2].split()[1]) == os.getpid():
            found.append(pid)
    return len(found)

if __name__ == "__main__":
    seen = []
    for _ in range(2):
        with Sandbox(workers=1) as one:
            with Sandbox(workers=1) as other:
                seen.append([list(made.map(eval, [(1, "1 + 1")])) for made in (one, other)] == [[(1, 2)]] * 2)
            seen.append(servers())
        seen.append(servers())
    print(seen)
"""


def test_the_process_that_workers_start_from_ends_with_the_last_pool(tmp_path: Path) -> None:
    """It has all parsers in its memory. A later pool starts another."""
    (tmp_path / "pools.py").write_text(POOLS)
    ended = subprocess.run([sys.executable, str(tmp_path / "pools.py")], capture_output=True, text=True, check=True)

    assert (ended.stdout, ended.stderr) == ("[True, 1, 0, True, 1, 0]\n", "")


def test_a_seed_that_costs_too_much_is_shown_as_text(folder: Folder, store: Store) -> None:
    """A seed with a very long table costs its own format, and a line says so; all words of all seeds are published."""
    folder.write("bad.md", f"---\ntitle: 坏\ndate: 2022-07-25\n---\n{TABLE}\n\n<wbr>字")
    folder.write("good.html", seed("好"))
    config = folder.config()

    with Sandbox(workers=1, limits=Limits(cpu=1, memory=1_000_000_000, time=60)) as sandbox:
        (report,) = update(store, sandbox, config.sources, catalogue(config), NOW)
    with store.read() as db:
        contents = {row.title: row.content for row in db.execute(sa.text("SELECT title, content FROM entry"))}

    assert (report.counts["new"], report.placed) == (2, 2)
    assert [problem.place.rpartition("/")[2] for problem in report.problems] == ["bad.md"]
    assert "shown as plain text: takes more than 1 s" in report.problems[0].reason
    assert policy.PLAIN_NOTICE in contents["坏"]
    assert contents["坏"].endswith("字</p>")
    assert contents["好"] == "<p>正文</p>"
