"""
The process that workers are forked from: Python's fork server.

It has all parsers in its memory, so that a worker starts at once. It lives while any pool of this process has workers,
or while somebody keeps it (`Kept`).
"""

import contextlib
import multiprocessing
import threading
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

#: Modules that a worker has imported before it starts.
PRELOAD = ["feedsvc.sandbox.calls", "feedsvc.sandbox.jobs"]


@dataclass(slots=True)
class _Pools:
    """The pools of this process that have workers."""

    number: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


_pools = _Pools()


def context() -> ForkServerContext:
    """How workers start. The fork server starts with the first of them."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PRELOAD)
    return made


def begin() -> None:
    """Count a new pool, before its first worker starts."""
    with _pools.lock:
        _pools.number += 1


def end() -> None:
    """
    Forget a pool whose workers have ended. With the last one, the fork server ends.

    The standard library ends it only with this process, and has no public function for it.
    """
    with _pools.lock:
        _pools.number -= 1
        if not _pools.number:
            with contextlib.suppress(AttributeError, OSError):
                forkserver._forkserver._stop()  # type: ignore[attr-defined]


class Kept:
    """Keeps the fork server between two pools: to start it takes half a second of CPU."""

    def __init__(self) -> None:
        self._is_kept = False

    def keep(self, *, is_started: bool) -> None:
        """Let the fork server go on after its last pool. With `is_started`, let it run even before the first one."""
        if not self._is_kept:
            self._is_kept = True
            begin()
        if is_started:
            context()
            forkserver.ensure_running()

    def let_go(self) -> None:
        """Let the fork server end with the last pool."""
        if self._is_kept:
            self._is_kept = False
            end()
