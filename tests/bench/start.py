"""
The CPU time that each command takes to start, beside that of Python alone.

    python -m tests.bench.start [ROUNDS]

Commands run on the sample configuration and its seeds, which are imported first. A figure is the median over the rounds
(5 unless given) of user and system time: of the process and of the processes that it waited for. The workers that parse
seeds belong to a process that nobody waits for.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]

PYTHON: tuple[str, ...] = ("-c", "pass")

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("version",), ("-h",), ("up", "-h"), ("db", "status", "-h"), ("db", "status"), ("check",), ("feeds",), ("sources",),
)  # fmt: skip


def main() -> None:
    """Print a line for each command: milliseconds of CPU, and how many times Python's own."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "FEEDSVC_CONFIG": str(ROOT / "config/feedsvc.yaml"), "FEEDSVC_DATA_DIR": folder}
        for preparing in (("db", "upgrade"), ("update",)):
            _cpu(("-m", "feedsvc", *preparing), environ)
        runs: tuple[tuple[str, ...], ...] = (PYTHON, *(("-m", "feedsvc", *command) for command in COMMANDS))
        # Each round runs all of them, so that a busy moment of the machine affects each one equally.
        figures = [[_cpu(run, environ) for run in runs] for _ in range(rounds)]
    python, *others = (median(column) for column in zip(*figures, strict=True))
    print(f"{'python':<24}{python * 1000:6.0f} ms")
    for command, cpu in zip(COMMANDS, others, strict=True):
        print(f"{' '.join(('feedsvc', *command)):<24}{cpu * 1000:6.0f} ms  {cpu / python:5.1f} times")


def _cpu(arguments: tuple[str, ...], environ: dict[str, str]) -> float:
    """CPU seconds of one run."""
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
