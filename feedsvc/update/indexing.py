"""Fill the index of terms with what was saved since. Resumable: each batch is one transaction."""

import logging
from collections.abc import Callable
from functools import cache

from feedsvc.store import Store, indexing, term_index

log = logging.getLogger(__name__)

#: Entries in a transaction: others that write wait for about a twentieth of a second.
BATCH = 50


@cache
def _say_why_not() -> None:
    """Say so once in the life of a process."""
    log.warning("this build of Python has SQLite without FTS5: a search reads all entries, and takes long")


def fill(store: Store, is_enough: Callable[[], bool]) -> int:
    """
    Index the entries that are not indexed, the newest first, until `is_enough`. Returns how many were indexed.

    Nothing happens where the database cannot have the index. Then a search compares all entries.
    """
    with store.read() as db:
        if not indexing.is_needed(db):
            return 0
        if not term_index.is_supported(db):
            _say_why_not()
            return 0
    with store.write() as db:
        if not term_index.prepare(db):
            return 0
    done = 0
    while not is_enough():
        with store.read() as db:
            found = indexing.newest(db, BATCH)
        if not found:
            break
        with store.write() as db:
            done += indexing.add(db, found)
    return done
