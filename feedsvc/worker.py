"""
Runs the jobs of a worker, each in a thread of its own, until a signal comes.

A job claims rows that are due in the database, for the time of a lease, and works on them. No queue stands between a
row and its work: the rows are the state, and they say when they are due. So a worker that is killed loses nothing, and
any number of workers share the work.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping

from feedsvc.signals import Signals

log = logging.getLogger(__name__)

#: Seconds between the end of a job and its next beginning. So work begins within two seconds after it is due.
PAUSE_SECONDS = 0.5

#: Seconds that running jobs have to end after a signal.
FINISH_SECONDS = 8.0

#: Seconds that the last record of a worker may take.
LEAVE_SECONDS = 2.0

#: A job is called with a function that says whether to end. The job calls this function between two steps.
Job = Callable[[Callable[[], bool]], None]


def run(jobs: Mapping[str, Job], reload: Callable[[], None], leave: Callable[[], None]) -> None:
    """
    Run `jobs`, by name, until SIGTERM or SIGINT, and call `reload` on SIGHUP. A job never runs twice at a time.

    In the end, `leave` is called. If a job or `leave` does not end in time, because the database does not answer, the
    process ends here: nothing that a job has not saved counts, and its rows are free when their leases end.
    """
    signals, stop = Signals(), threading.Event()
    threads = [threading.Thread(target=_repeat, args=(job, stop), name=name, daemon=True) for name, job in jobs.items()]
    for one in threads:
        one.start()
    while not signals.wait(PAUSE_SECONDS):
        if signals.is_again():
            reload()
    stop.set()
    deadline = time.monotonic() + FINISH_SECONDS
    for one in threads:
        one.join(max(0, deadline - time.monotonic()))
    leaving = threading.Thread(target=leave, name="leave", daemon=True)
    leaving.start()
    leaving.join(LEAVE_SECONDS)
    if late := [one.name for one in (*threads, leaving) if one.is_alive()]:
        log.warning("ended while this work went on: %s; other workers take it over", ", ".join(late))
        logging.shutdown()
        # The threads of executors would be waited for, without end.
        os._exit(0)


def _repeat(job: Job, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            job(stop.is_set)
        except Exception:  # a job that ends would never be done again
            log.exception("unexpected; please report it")
        stop.wait(PAUSE_SECONDS)
