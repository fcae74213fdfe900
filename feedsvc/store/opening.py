"""
The time before the first update has come to its end: the feeds of the configuration are there, and empty.

A reader that subscribes in this time gets a feed without entries. Feeds that only articles ask for come at the end.
"""

from datetime import datetime

import sqlalchemy as sa

from feedsvc.catalogue import Catalogue
from feedsvc.store import feeds
from feedsvc.store.engine import Store
from feedsvc.store.feeds import Feed
from feedsvc.store.schema import UNOPENED, feed


def announce(store: Store, catalogue: Catalogue, now: datetime) -> None:
    """Make the feeds of the configuration, before any update has come to its end. Later, nothing happens."""
    with store.read() as db:
        if not feeds.is_empty(db):
            return
    with store.write() as db:
        if feeds.is_empty(db):
            feeds.define(db, catalogue, now)
            db.execute(sa.update(feed).values(revision=UNOPENED))


def open_all(db: sa.Connection) -> None:
    """Let all feeds count as published, also those that nothing came into: an update has come to its end."""
    db.execute(sa.update(feed).where(feed.c.revision == UNOPENED).values(revision=UNOPENED + 1))


def is_unopened(one: Feed) -> bool:
    """Whether a feed is announced, and nothing has come into it because the first update is still at work."""
    return one.revision == UNOPENED
