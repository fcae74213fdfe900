"""Finds the entries of a feed that pages show together with a filter."""

from itertools import islice

from feedsvc.filters.parameters import chosen, needed
from feedsvc.model import View
from feedsvc.publish import Publisher
from feedsvc.store import choosing, teasers
from feedsvc.store.feeds import Feed
from feedsvc.store.teasers import Teaser


def hits(publisher: Publisher, feed: Feed, view: View, most: int) -> tuple[list[Teaser], bool]:
    """The last entries to arrive of those that a view's filters fit, newest first; and whether there are more."""
    fits = chosen(view.filters, publisher.site.timezone)
    if fits is None:
        return [], False
    with publisher.store.read() as db:
        found = choosing.positions(db, feed.id, fits, words=needed(view.filters), since=view.since)
        positions = list(islice(found, most + 1))
        return teasers.at(db, feed.id, positions[:most]), len(positions) > most
