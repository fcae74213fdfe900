"""
The index of terms: which entries have a term (filters/terms.py). It may name too many entries, and never too few.

On SQLite, a table of FTS5 without content holds the terms as words of 8 hexadecimal digits. To delete an entry there,
the same terms must be given again. On PostgreSQL, a row holds the terms of an entry, with a GIN index. FTS5's own
trigrams and pg_trgm need three characters, and most Chinese words have two (`python -m tests.bench.search`).

An entry of the table `unindexed` is not in the index, or not in its present form.
"""

import logging
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable
from operator import itemgetter

import sqlalchemy as sa

from feedsvc.filters.terms import TERMS_VERSION
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import entry, term_index, unindexed

log = logging.getLogger(__name__)

#: The table with the terms. It is not in schema.py, because the two databases have different ones.
NAME = "entry_terms"

#: The module of SQLite that the table needs.
MODULE = "fts5"

HAS_MODULE = sa.text("SELECT count(*) FROM pragma_module_list WHERE name = :name")
HAS_TABLE = sa.text("SELECT count(*) FROM sqlite_master WHERE name = :name")

MAKE = "CREATE VIRTUAL TABLE entry_terms USING fts5(terms, content='', tokenize='ascii', detail=none, columnsize=0)"
CLEAR = "DROP TABLE IF EXISTS entry_terms"
ADD = sa.text("INSERT INTO entry_terms (rowid, terms) VALUES (:id, :terms)")
REMOVE = sa.text("INSERT INTO entry_terms (entry_terms, rowid, terms) VALUES ('delete', :id, :terms)")
REMOVE_ALL = "INSERT INTO entry_terms (entry_terms) VALUES ('delete-all')"
MERGE = "INSERT INTO entry_terms (entry_terms, rank) VALUES ('merge', ?)"
MATCHING = sa.text("SELECT rowid FROM entry_terms WHERE entry_terms MATCH :terms LIMIT :most")
AMONG = sa.text("SELECT rowid FROM entry_terms WHERE entry_terms MATCH :terms AND rowid BETWEEN :first AND :last")

CLEAR_ROWS = "TRUNCATE entry_terms"
ADD_ROW = sa.text("INSERT INTO entry_terms VALUES (:id, CAST(:terms AS int[]))")
REMOVE_ROW = sa.text("DELETE FROM entry_terms WHERE entry_id = ANY(:ids)")
MATCHING_ROWS = sa.text("SELECT entry_id FROM entry_terms WHERE terms @> CAST(:terms AS int[]) LIMIT :most")
AMONG_ROWS = sa.text("SELECT entry_id FROM entry_terms WHERE entry_id = ANY(:ids) AND terms @> CAST(:terms AS int[])")

#: A query looks for so many terms at most. More say little, and FTS5 bounds the depth of a query.
MOST_TERMS = 32

#: The pages that one step of a merge writes.
MERGED_PAGES = 500

#: The version of an index whose terms are not known.
UNKNOWN = 0


def is_supported(db: sa.Connection) -> bool:
    """Whether this database can have the index."""
    return db.dialect.name != "sqlite" or bool(db.scalar(HAS_MODULE, {"name": MODULE}))


def version(db: sa.Connection) -> int | None:
    """The version of the terms in the index; None if there is no index yet."""
    return db.scalar(sa.select(term_index.c.version))


def is_usable(db: sa.Connection) -> bool:
    """Whether the index has the terms of this release."""
    return version(db) == TERMS_VERSION and is_supported(db)


def prepare(db: sa.Connection) -> bool:
    """
    Make the index, if it has other terms than those of this release. Then all entries are unindexed.

    Returns whether entries may be added. They may not if the database cannot have the index, or if the index is that of
    a newer release.
    """
    found = version(db)
    if not is_supported(db):
        return False
    if found != TERMS_VERSION and (found or UNKNOWN) < TERMS_VERSION:
        _clear(db)
        _set_version(db, TERMS_VERSION)
        others = sa.select(entry.c.id).where(~sa.exists().where(unindexed.c.entry_id == entry.c.id))
        db.execute(sa.insert(unindexed).from_select(["entry_id"], others))
    return (found or UNKNOWN) <= TERMS_VERSION


def _clear(db: sa.Connection) -> None:
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(CLEAR_ROWS)
        return
    db.exec_driver_sql(CLEAR)
    db.exec_driver_sql(MAKE)


def _set_version(db: sa.Connection, new: int) -> None:
    db.execute(sa.delete(term_index))
    db.execute(sa.insert(term_index).values(version=new))


def add(db: sa.Connection, terms: Iterable[tuple[int, Collection[int]]]) -> None:
    """Add entries that are not in the index: their ids and terms."""
    # FTS5 writes to the disk each time that a rowid is smaller than the one before.
    ordered = sorted(terms, key=itemgetter(0))
    rows = [{"id": entry_id, "terms": _written(db, of_one)} for entry_id, of_one in ordered]
    if rows:
        db.execute(ADD if db.dialect.name == "sqlite" else ADD_ROW, rows)


def remove(
    db: sa.Connection,
    entry_ids: Collection[int],
    terms: Callable[[list[int]], Iterable[tuple[int, Collection[int]]]],
) -> None:
    """
    Remove entries from the index, those that are in it. `terms` gives the terms that they were added with.

    An index of other terms, or one that this process cannot write, is made anew later.
    """
    for some in chunks(entry_ids):
        missing = set(db.scalars(sa.select(unindexed.c.entry_id).where(unindexed.c.entry_id.in_(some))))
        stored = [one for one in some if one not in missing]
        if not stored:
            continue
        if db.dialect.name == "postgresql":
            db.execute(REMOVE_ROW, {"ids": stored})
        elif is_usable(db):
            rows = [{"id": entry_id, "terms": _written(db, of_one)} for entry_id, of_one in terms(stored)]
            db.execute(REMOVE, rows)
        else:
            _set_version(db, UNKNOWN)


def matching(db: sa.Connection, terms: Collection[int], most: int) -> list[int]:
    """The first `most` entries that have all these terms, in any order. Some may have the terms by chance."""
    given = {"terms": _query(db, terms), "most": most}
    if db.dialect.name == "sqlite":
        return list(db.scalars(MATCHING, given))
    # The planner does not know how long a row of terms takes to read, and would read them all.
    db.exec_driver_sql("SET LOCAL enable_seqscan = off")
    found = list(db.scalars(MATCHING_ROWS, given))
    db.exec_driver_sql("SET LOCAL enable_seqscan = on")
    return found


def among(db: sa.Connection, terms: Collection[int], entry_ids: Collection[int]) -> set[int]:
    """Those of these entries that have all these terms. Some may have them by chance."""
    wanted, given = _query(db, terms), set(entry_ids)
    if db.dialect.name == "postgresql":
        return set(db.scalars(AMONG_ROWS, {"terms": wanted, "ids": list(given)}))
    if not given:
        return set()
    return given.intersection(db.scalars(AMONG, {"terms": wanted, "first": min(given), "last": max(given)}))


def _query(db: sa.Connection, terms: Collection[int]) -> str:
    return _written(db, sorted(terms)[:: -(-len(terms) // MOST_TERMS)])


def _written(db: sa.Connection, terms: Iterable[int]) -> str:
    numbers = array("I", terms)
    if db.dialect.name == "sqlite":
        return numbers.tobytes().hex(" ", -numbers.itemsize)
    return f"{{{','.join(map(str, array('i', numbers.tobytes())))}}}"


def forget_removed(file: sqlite3.Connection) -> None:
    """
    Remove what SQLite's index still has of entries that were removed: FTS5 only marks them, until it merges.

    Each step is a transaction of its own. The database has to be in autocommit mode.
    """
    if not file.execute(str(HAS_TABLE), {"name": NAME}).fetchone()[0]:
        return
    if (UNKNOWN,) in file.execute("SELECT version FROM term_index").fetchall():
        file.execute(REMOVE_ALL)
    pages = -MERGED_PAGES  # the first step gathers all parts of the index
    while True:
        before = file.total_changes
        file.execute(MERGE, (pages,))
        if file.total_changes - before < 2:  # noqa: PLR2004 - FTS5's sign that nothing is left
            return
        pages = MERGED_PAGES
