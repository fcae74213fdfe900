"""
Does again and again what is due: huey's one home.

huey wakes its consumers every minute; what there is to do stands in the database (store/polls.py). So a task that is
lost, or comes twice, or waits behind another, costs a minute at most, and any number of workers share the work.
"""

import logging
import signal
import threading
from collections.abc import Callable

from huey import Huey, PostgresHuey, SqliteHuey, crontab

from feedsvc.store import Store, migrate

log = logging.getLogger(__name__)

#: A task that waited longer has a younger one behind it.
EXPIRES_SECONDS = 60

#: How long work under way has to end after a signal.
STOP_SECONDS = 8


def queue_of(store: Store) -> Huey:
    """The queue that follows the database: a file beside SQLite's, tables of huey's own in PostgreSQL."""
    # huey makes its tables when it begins, without a lock.
    with migrate.making_tables(store):
        if store.path is not None:
            return SqliteHuey("feedsvc", filename=str(store.path.with_name("tasks.sqlite3")), results=False)
        url = store.writer.url.set(drivername="postgresql")
        return PostgresHuey("feedsvc", dsn=url.render_as_string(hide_password=False), results=False)


def run(store: Store, work: Callable[[Callable[[], bool]], None], reload: Callable[[], None]) -> None:
    """
    Call `work` every minute, and `reload` on SIGHUP, until SIGTERM or SIGINT.

    `work` gets a function that says whether to end, and asks it between two steps.
    """
    stop, again = threading.Event(), threading.Event()
    queue = queue_of(store)

    @queue.periodic_task(crontab(minute="*"), expires=EXPIRES_SECONDS, name="work")  # type: ignore[untyped-decorator]
    def task() -> None:
        work(stop.is_set)

    consumer = queue.create_consumer(workers=1, periodic=True, shutdown_timeout=STOP_SECONDS)
    consumer.start()
    # After huey's own: a restart by it would lose what the command line said.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, lambda *_: again.set())
    while not stop.wait(1):
        if again.is_set():
            again.clear()
            reload()
            # What a changed configuration makes due is asked now, not when the next minute begins.
            task()
    consumer.stop(graceful=True)
    queue.storage.close()
