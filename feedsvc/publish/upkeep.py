"""Work on stored documents that can wait until nothing else is to do."""

from collections.abc import Callable
from datetime import datetime, timedelta

from feedsvc.render.coding import compressed
from feedsvc.store import Store, archives, documents

#: A document that did not change for so long is compressed as hard as possible: fewer bytes for each reader to come.
QUIET = timedelta(hours=1)

#: Bytes of the pages of archives that stay on the disk. Pages beyond are made again when somebody asks for them.
ARCHIVE_BYTES = 100_000_000

#: Documents that are read at a time.
BATCH = 10


def keep_up(store: Store, now: datetime, is_enough: Callable[[], bool]) -> int:
    """
    Compress documents harder, and remove bytes of archives that are too large. Returns the number of documents.

    It ends early where `is_enough` says so. Each document is saved by itself: nobody waits long for the database.
    """
    with store.read() as db:
        is_large = archives.size(db) > ARCHIVE_BYTES
    if is_large:
        with store.write() as db:
            archives.remove_bytes(db, ARCHIVE_BYTES)
    done = 0
    while True:
        with store.read() as db:
            found = documents.soft(db, now - QUIET, BATCH)
        if not found:
            return done
        for feed_id, made in found:
            if is_enough():
                return done
            coded = compressed(made.document.body, is_hard=True)
            with store.write(is_shared=True) as db:
                documents.harden(db, feed_id, made, coded)
            done += 1
