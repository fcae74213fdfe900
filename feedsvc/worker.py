"""
Starts the work that is due, every minute. The only module that uses huey.

huey wakes its consumers every minute. Which work is due stands in the database (`store/polls.py`). So a task that is
lost, repeated or delayed costs a minute at most, and any number of workers share the work.
"""

import logging
import signal
import threading
from collections.abc import Callable

from huey import Huey, PostgresHuey, SqliteHuey, crontab

from feedsvc.store import Store, migrate

log = logging.getLogger(__name__)

#: A task that waited longer is dropped: the task of the next minute does its work.
EXPIRES_SECONDS = 60

#: Seconds that running work has to end after a signal.
FINISH_SECONDS = 8


def queue_of(store: Store) -> Huey:
    """The queue that follows the database: a file beside SQLite's, tables of huey's own in PostgreSQL."""
    # huey makes its tables without a lock.
    with migrate.making_tables(store):
        if store.path is not None:
            return SqliteHuey("feedsvc", filename=str(store.path.with_name("tasks.sqlite3")), results=False)
        url = store.writer.url.set(drivername="postgresql")
        return PostgresHuey("feedsvc", dsn=url.render_as_string(hide_password=False), results=False)


def run(store: Store, work: Callable[[Callable[[], bool]], None], reload: Callable[[], None]) -> None:
    """
    Call `work` every minute, and `reload` on SIGHUP, until SIGTERM or SIGINT.

    `work` gets a function that says whether to end. It calls this function between two steps.
    """
    stop, again = threading.Event(), threading.Event()
    queue = queue_of(store)

    @queue.periodic_task(crontab(minute="*"), expires=EXPIRES_SECONDS, name="work")  # type: ignore[untyped-decorator]
    def task() -> None:
        work(stop.is_set)

    consumer = queue.create_consumer(workers=1, periodic=True, shutdown_timeout=FINISH_SECONDS)
    consumer.start()
    # These replace huey's own handlers: on SIGHUP, huey would restart without the arguments of the command line.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, lambda *_: again.set())
    while not stop.wait(1):
        if again.is_set():
            again.clear()
            reload()
            # A changed configuration may make upstreams due: they are polled now, not in the next minute.
            task()
    consumer.stop(graceful=True)
    queue.storage.close()
