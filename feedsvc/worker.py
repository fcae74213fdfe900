"""
Runs the jobs of a worker, each in a thread of its own, until a signal comes.

A job claims rows that are due in the database, for the time of a lease, and works on them. No queue stands between a
row and its work: the rows are the state, and they say when they are due. So a worker that is killed loses nothing, and
any number of workers share the work.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from types import FrameType

log = logging.getLogger(__name__)

#: Seconds between the end of a job and its next beginning. So work begins within two seconds after it is due.
PAUSE_SECONDS = 0.5

#: Seconds that running jobs have to end after a signal.
FINISH_SECONDS = 8.0

#: A job is called with a function that says whether to end. The job calls this function between two steps.
Job = Callable[[Callable[[], bool]], None]


def run(jobs: Mapping[str, Job], reload: Callable[[], None]) -> None:
    """Run `jobs`, by name, until SIGTERM or SIGINT, and call `reload` on SIGHUP. A job never runs twice at a time."""
    stop, again = threading.Event(), threading.Event()
    #: Set by every signal: the main thread sleeps until then.
    told = threading.Event()

    def on_signal(number: int, _: FrameType | None) -> None:
        (again if number == signal.SIGHUP else stop).set()
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, on_signal)
    threads = [threading.Thread(target=_repeat, args=(job, stop), name=name, daemon=True) for name, job in jobs.items()]
    for one in threads:
        one.start()
    while not stop.is_set():
        told.wait()
        told.clear()
        if again.is_set() and not stop.is_set():
            again.clear()
            reload()
    deadline = time.monotonic() + FINISH_SECONDS
    for one in threads:
        one.join(max(0, deadline - time.monotonic()))


def _repeat(job: Job, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            job(stop.is_set)
        except Exception:  # a job that ends would never be done again
            log.exception("unexpected; please report it")
        stop.wait(PAUSE_SECONDS)
