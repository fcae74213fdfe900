"""
Runs pure functions in worker processes that may be killed: pebble's one home.

What comes from outside can be built to hang a parser or to fill the memory, and a thread inside a parser cannot be
stopped. So whatever reads it runs here, on every core, under limits of CPU time, memory and time; jobs.py holds what
that is. A worker starts from a process that has imported jobs.py alone: no database, no network, no configuration.
"""

import contextlib
import itertools
import multiprocessing
import os
import resource
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from feedsvc.errors import SandboxError

K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")

#: Items of one call: enough to make the way to a worker cheap (a batch costs what an item does).
BATCH = 16

#: What a worker has imported before it starts.
PRELOAD = ["feedsvc.sandbox.jobs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call may use; a worker that takes more is killed."""

    #: CPU seconds.
    cpu: int = 10
    #: Bytes of address space.
    memory: int = 1_500_000_000
    #: Seconds, for what waits rather than works.
    time: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What there is instead of a result."""

    #: For a person; without a full stop.
    reason: str
    #: For the log: a traceback, where it is a fault of ours.
    detail: str = ""


@dataclass(slots=True, kw_only=True)
class Sandbox:
    """A pool of workers, started at first use. A context: leaving it ends the workers."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    limits: Limits = field(default_factory=Limits)
    _pool: ProcessPool | None = None

    def __enter__(self) -> "Sandbox":
        """Nothing starts yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers, whatever they are doing."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble's annotations are not complete
            self._pool.join()
            self._pool = None

    def map(
        self, function: Callable[[T], R], items: Iterable[tuple[K, T | None]]
    ) -> Iterator[tuple[K, R | Failure | None]]:
        """
        `(key, function(argument))` for each `(key, argument)`, in order; an argument None gives None at once.

        Both may be worked on ahead of the reader, by a few batches: `items` may be endless. Keys stay in this process.
        An item that raises, or on which its worker had to be killed, gives a Failure, and costs the others nothing.
        Raises SandboxError when no worker can be started.
        """
        waiting: deque[tuple[list[tuple[K, T | None]], Future[Any] | None]] = deque()
        iterator = iter(items)
        while batch := list(itertools.islice(iterator, BATCH)):
            waiting.append((batch, self._call(function, [argument for _, argument in batch if argument is not None])))
            if len(waiting) > 2 * self.workers:
                yield from self._results(function, *waiting.popleft())
        while waiting:
            yield from self._results(function, *waiting.popleft())

    def _call(self, function: Callable[[T], R], arguments: list[T]) -> Future[Any] | None:
        if not arguments:
            return None
        if self._pool is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(PRELOAD)
            self._pool = ProcessPool(
                max_workers=self.workers, initializer=_restrict, initargs=[self.limits.memory], context=context
            )
        try:
            call = self._pool.schedule(_work, args=[function, arguments, self.limits.cpu], timeout=self.limits.time)
        except RuntimeError as error:
            raise SandboxError(
                "worker processes cannot be started; see whether the system limits memory or processes"
            ) from error
        return cast("Future[Any]", call)

    def _results(
        self, function: Callable[[T], R], batch: list[tuple[K, T | None]], call: Future[Any] | None
    ) -> Iterator[tuple[K, R | Failure | None]]:
        results = iter(self._wait(function, [argument for _, argument in batch if argument is not None], call))
        for key, argument in batch:
            yield key, None if argument is None else next(results)

    def _wait(self, function: Callable[[T], R], arguments: list[T], call: Future[Any] | None) -> list[R | Failure]:
        """The results of a call; where it cost its worker, each item once more, alone."""
        if call is None:
            return []
        try:
            return cast("list[R | Failure]", call.result())
        except Exception as error:
            if len(arguments) == 1:
                return [self._failure(error)]
        return [self._wait(function, [one], self._call(function, [one]))[0] for one in arguments]

    def _failure(self, error: Exception) -> Failure:
        if isinstance(error, MemoryError):
            return Failure(
                reason=f"needs more than {self.limits.memory // 1_000_000} MB of memory to read; make it smaller"
            )
        if isinstance(error, TimeoutError | ProcessExpired):
            return Failure(reason=f"takes more than {self.limits.cpu} s to read; make it smaller and simpler")
        return _unexpected(error)


def _unexpected(error: Exception) -> Failure:
    return Failure(
        reason=f"feedsvc cannot handle it ({type(error).__name__}): please report it; the log has more",
        detail="".join(traceback.format_exception(error)),
    )


# --- in the worker ---------------------------------------------------------------------------------------------------


def _restrict(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # not every system bounds its address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _work(function: Callable[[T], R], arguments: list[T], cpu: int) -> list[R | Failure]:
    # The limit counts from the worker's start: it moves along.
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + cpu + 1, most))
    return [_one(function, argument) for argument in arguments]


def _one(function: Callable[[T], R], argument: T) -> R | Failure:
    try:
        return function(argument)
    except MemoryError:
        raise
    except Exception as error:
        return _unexpected(error)
