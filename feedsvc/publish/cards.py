"""What the catalogue shows of each feed."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.normalize import slug_key
from feedsvc.publish.publisher import Publisher
from feedsvc.render import Channel
from feedsvc.store import feeds, overview
from feedsvc.store.overview import Facts

#: Feeds on a page of the catalogue.
PAGE_FEEDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A feed in the catalogue."""

    channel: Channel
    facts: Facts

    @property
    def per_day(self) -> str:
        """The mean of the days, with one decimal; empty below that."""
        mean = round(sum(self.facts.days) / len(self.facts.days), 1)
        return f"{mean:g}" if mean else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """A page of the catalogue."""

    cards: Sequence[Card]
    page: int
    pages: int
    #: The number of all feeds that match.
    found: int


def cards(publisher: Publisher, query: str, page: int) -> Cards:
    """The feeds whose title, description or address has all words of a query; all feeds without one."""
    with publisher.store.read() as db:
        words = slug_key(query).split()
        matching = [
            feed
            for feed in feeds.list_feeds(db)
            if not words or all(word in _searched(publisher.channel(feed)) for word in words)
        ]
        pages = max(1, -(-len(matching) // PAGE_FEEDS))
        page = min(max(1, page), pages)
        shown = matching[(page - 1) * PAGE_FEEDS : page * PAGE_FEEDS]
        facts = overview.facts(db, [feed.id for feed in shown])
    made = [Card(channel=publisher.channel(feed), facts=facts[feed.id]) for feed in shown]
    return Cards(cards=made, page=page, pages=pages, found=len(matching))


def pages(publisher: Publisher) -> int:
    """The number of pages of the catalogue."""
    return max(1, -(-len(publisher.feeds()) // PAGE_FEEDS))


def _searched(channel: Channel) -> str:
    feed = channel.feed
    return slug_key(f"{feed.title} {feed.description} {feed.slug}")
