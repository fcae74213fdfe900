"""Whether the database can be written now, for `/readyz`. Nothing is written, and nothing waits."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from feedsvc.store.engine import Store

READ_ONLY, FULL, LOCKED = "read-only", "disk full", "locked"

#: Bytes: with less free space, an import soon fails.
FREE_BYTES = 10_000_000


def obstacle(store: Store) -> str | None:
    """Why nothing can be written at this moment; None if it can. A database that nobody is to write has no obstacle."""
    if store.path is None:
        with store.read() as db:
            is_fixed = db.scalar(sa.text("SHOW transaction_read_only")) == "on"
        return READ_ONLY if is_fixed else None
    return None if store.is_fixed else _of_disk(store.path) or _of_file(store.path)


def _of_disk(path: Path) -> str | None:
    """The obstacle that the disk is."""
    disk = os.statvfs(path.parent)
    if disk.f_flag & os.ST_RDONLY or not all(os.access(one, os.W_OK) for one in (path.parent, path)):
        return READ_ONLY
    return FULL if disk.f_bavail * disk.f_frsize < FREE_BYTES else None


def _of_file(path: Path) -> str | None:
    """The obstacle that another process is: it writes at this moment, or holds a lock."""
    address = f"file:{quote(str(path))}?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return LOCKED if error.sqlite_errorname.startswith("SQLITE_BUSY") else READ_ONLY
    return None
