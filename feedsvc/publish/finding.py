"""Finds the entries of a feed that pages show together with a filter."""

from itertools import islice
from typing import NamedTuple

from feedsvc.filters.kinds.bases import Decision
from feedsvc.filters.kinds.combined import AllOf
from feedsvc.filters.parameters import chosen, needed
from feedsvc.model import Order, View
from feedsvc.publish import Publisher
from feedsvc.store import choosing, teasers
from feedsvc.store.feeds import Feed
from feedsvc.store.teasers import Teaser


class Seen(NamedTuple):
    """An entry, and what a view's filters decide about it."""

    teaser: Teaser
    #: None: the entry came before the time from which the view has entries.
    decision: Decision | None

    @property
    def stays(self) -> bool:
        """Whether the view has the entry."""
        return self.decision is not None and self.decision.fits


def seen(publisher: Publisher, feed: Feed, view: View, most: int) -> list[Seen]:
    """The last entries to arrive, newest first, with the decision of a view's filters about each."""
    fits = chosen(view.filters, publisher.site.timezone) or AllOf(filters=())
    with publisher.store.read() as db:
        decisions = dict(choosing.judged(db, feed.id, fits, since=view.since, most=most))
        found = teasers.at(db, feed.id, decisions, _order(publisher, feed))
    return [Seen(teaser, decisions[position]) for position, teaser in found.items()]


def hits(publisher: Publisher, feed: Feed, view: View, most: int) -> tuple[list[Teaser], bool]:
    """The last entries to arrive of those that a view's filters fit, newest first; and whether there are more."""
    fits = chosen(view.filters, publisher.site.timezone)
    if fits is None:
        return [], False
    with publisher.store.read() as db:
        fitting = choosing.positions(db, feed.id, fits, words=needed(view.filters), since=view.since)
        positions = list(islice(fitting, most + 1))
        found = teasers.at(db, feed.id, positions[:most], _order(publisher, feed))
        return list(found.values()), len(positions) > most


def _order(publisher: Publisher, feed: Feed) -> Order:
    return publisher.channel(feed).feed.window.order
