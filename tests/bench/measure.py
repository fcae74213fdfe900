"""Measures CPU, wall time and memory of a command and of all that it starts."""

import contextlib
import ctypes
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable

#: From linux/prctl.h.
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of a command, with everything that it started."""

    #: Seconds, user and system.
    cpu: float
    wall: float
    #: Bytes, proportional share (PSS), at the highest moment.
    peak: int


def cost(command: Sequence[str], environ: Mapping[str, str], folder: Path) -> Cost:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    # The parent of a command's workers ends a moment after the command. This process waits for it, and counts its time.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    before, began = _children(), time.monotonic()
    peak = 0
    with subprocess.Popen(
        command, env=environ, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        ended = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not ended.wait(0.25):
                peak = max(peak, sum(pss(pid) for pid in _session(process.pid)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        wall = time.monotonic() - began
        ended.set()
        watcher.join()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    if code:
        raise subprocess.CalledProcessError(code, command)
    return Cost(cpu=_children() - before, wall=wall, peak=peak)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _session(leader: int) -> list[int]:
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == leader:
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def pss(pid: int) -> int:
    """The proportional share of memory of a process in bytes; 0 where it has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)
