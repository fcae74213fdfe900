"""
The database: the only state there is.

schema.py holds the tables, migrations/ makes them, and each other module is one concern: sources and their files,
entries and their stories, feeds and who is in them, documents. Every function takes an open connection; the caller
decides what one transaction is.
"""

from sqlalchemy import Connection

from feedsvc.store.engine import Store, is_there, open_store
from feedsvc.store.postgresql import tried

__all__ = ["Connection", "Store", "is_there", "open_store", "tried"]
