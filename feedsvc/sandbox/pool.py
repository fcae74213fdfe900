"""
Runs pure functions in worker processes that may be killed. The only module that uses pebble.

A file or an answer from outside can hang a parser or fill the memory, and Python cannot stop a thread inside a parser.
So each function that reads such bytes runs here, on every core, under limits of CPU time, memory and time. `jobs.py`
holds these functions. A worker starts from a process that has imported no database, network or configuration.
"""

import contextlib
import os
import resource
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from feedsvc.errors import SandboxError
from feedsvc.sandbox import forking

K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")

#: One call takes so many items, or bytes, at most: enough to make the way to a worker cheap, and little to wait for.
BATCH = 64
CALL_BYTES = 500_000

#: A worker is replaced after so many calls: that frees all memory that it still holds.
CALLS = 200

#: How often a broken pool is made anew. If it breaks again, the system does not let workers start.
RESTARTS = 5

#: How often an item is tried alone after its worker ended.
TRIES = 2

#: The exit code of a worker that ran out of memory. The worker ends, because its next item would have less memory.
OUT_OF_MEMORY = 77


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one call may use. A worker that uses more is killed."""

    #: CPU seconds.
    cpu: int = 10
    #: Bytes of address space.
    memory: int = 1_500_000_000
    #: Seconds of wall-clock time: a call that waits uses no CPU.
    time: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an item has no result."""

    #: For a person; without a full stop.
    reason: str
    #: For the log: a traceback, where the fault is in feedsvc.
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
        self._stop()

    def map(
        self, function: Callable[[T], R], items: Iterable[tuple[K, T | None]], size: Callable[[T], int] = lambda _: 0
    ) -> Iterator[tuple[K, R | Failure | None]]:
        """
        `(key, function(argument))` for each `(key, argument)`, in order; an argument None gives None at once.

        Both may be worked on ahead of the reader, by a few batches: `items` may be endless. `size` says how many bytes
        an argument has, where they may be many. Keys stay in this process. An item that raises, or that costs its
        worker, gives a Failure, and costs the others nothing. Raises SandboxError when no worker can be started.
        """
        waiting: deque[tuple[list[tuple[K, T | None]], Future[Any] | None]] = deque()
        for batch in _batches(items, size):
            waiting.append((batch, self._call(function, _arguments(batch))))
            if len(waiting) > 2 * self.workers:
                yield from self._results(function, *waiting.popleft())
        while waiting:
            yield from self._results(function, *waiting.popleft())

    def run(self, function: Callable[[T], R], argument: T) -> R | Failure:
        """`function(argument)`, alone. Raises SandboxError when no worker can be started."""
        (result,) = self._wait(function, [argument], self._call(function, [argument]))
        return result

    def _call(self, function: Callable[[T], R], arguments: list[T]) -> Future[Any] | None:
        """Give arguments to the workers. A pool whose workers died while idle is replaced."""
        if not arguments:
            return None
        for _ in range(RESTARTS):
            try:
                if self._pool is None:
                    self._pool = self._new_pool()
                call = self._pool.schedule(_work, args=[function, arguments, self.limits.cpu], timeout=self.limits.time)
                return cast("Future[Any]", call)
            except (RuntimeError, OSError):
                self._stop()
        raise SandboxError(f"worker processes cannot be started; {_obstacle()}")

    def _new_pool(self) -> ProcessPool:
        pool = ProcessPool(
            max_workers=self.workers,
            max_tasks=CALLS,
            initializer=_restrict,
            initargs=[self.limits.memory],
            context=forking.context(),
        )
        forking.begin()
        return pool

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            with contextlib.suppress(RuntimeError, OSError):
                pool.stop()  # type: ignore[no-untyped-call]  # pebble's annotations are not complete
                pool.join()
            forking.end()

    def _results(
        self, function: Callable[[T], R], batch: list[tuple[K, T | None]], call: Future[Any] | None
    ) -> Iterator[tuple[K, R | Failure | None]]:
        results = iter(self._wait(function, _arguments(batch), call))
        for key, argument in batch:
            yield key, None if argument is None else next(results)

    def _wait(self, function: Callable[[T], R], arguments: list[T], call: Future[Any] | None) -> list[R | Failure]:
        """The results of a call. If its worker was lost, each item is tried once more, alone."""
        if call is None:
            return []
        try:
            return cast("list[R | Failure]", call.result(self._patience))
        except (CancelledError, BrokenProcessPool):
            pass  # another call may have broken the pool: these items are tried again
        except Exception as error:
            if not call.done():
                # A worker that was killed while it wrote to the pipe leaves the pipe locked: no result comes any more.
                self._stop()
            elif len(arguments) == 1 and not _is_chance(error):
                return [self._failure(error)]
        return [self._alone(function, one) for one in arguments]

    def _alone(self, function: Callable[[T], R], argument: T) -> R | Failure:
        error: Exception = SandboxError("its worker ended again and again")
        for _ in range(TRIES):
            call = self._call(function, [argument])
            try:
                return cast("list[R | Failure]", call.result(self._patience) if call else [])[0]
            except (CancelledError, BrokenProcessPool) as cause:
                error = cause
                self._stop()
            except Exception as cause:
                error = cause
                if not (call and call.done()):
                    self._stop()
                elif not _is_chance(cause):
                    break
        return self._failure(error)

    @property
    def _patience(self) -> float:
        """Seconds: a call waits for those before it, then works."""
        return 2 * self.limits.time

    def _failure(self, error: Exception) -> Failure:
        if isinstance(error, TimeoutError):
            return Failure(reason=f"takes more than {self.limits.time} s to read; make it smaller and simpler")
        if not isinstance(error, ProcessExpired):
            return _unexpected(error)
        match error.exitcode:
            case code if code == OUT_OF_MEMORY:
                megabytes = self.limits.memory // 1_000_000
                return Failure(reason=f"needs more than {megabytes} MB of memory to read; make it smaller")
            case code if code == -signal.SIGXCPU:
                return Failure(reason=f"takes more than {self.limits.cpu} s to read; make it smaller and simpler")
            case code:
                return Failure(reason=f"ended the process that read it (exit code {code}); make it simpler")


def _obstacle() -> str:
    """Why processes cannot share a lock (sem_open(3): a lock is a file in /dev/shm)."""
    try:
        forking.context().Lock()
    except OSError as error:
        return (
            f"they share memory in /dev/shm, which cannot be used ({error.strerror or error}): "
            "let everybody write there (chmod 1777 /dev/shm), or mount a tmpfs on it"
        )
    return "see whether the system limits memory or processes"


def _is_chance(error: Exception) -> bool:
    """Whether something else than the item may have ended the worker: the system's OOM killer, or a person."""
    return isinstance(error, ProcessExpired) and error.exitcode not in {OUT_OF_MEMORY, -signal.SIGXCPU}


def _batches(items: Iterable[tuple[K, T | None]], size: Callable[[T], int]) -> Iterator[list[tuple[K, T | None]]]:
    batch: list[tuple[K, T | None]] = []
    weight = 0
    for key, argument in items:
        batch.append((key, argument))
        weight += size(argument) if argument is not None else 0
        if len(batch) >= BATCH or weight >= CALL_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _arguments(batch: list[tuple[K, T | None]]) -> list[T]:
    return [argument for _, argument in batch if argument is not None]


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
    # The limit counts from the worker's start, so each call raises it.
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime) + cpu + 1
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    return [_one(function, argument) for argument in arguments]


def _one(function: Callable[[T], R], argument: T) -> R | Failure:
    try:
        return function(argument)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        return _unexpected(error)
