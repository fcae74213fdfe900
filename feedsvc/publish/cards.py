"""What the catalogue shows of each feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from feedsvc.catalogue import Branch, in_order
from feedsvc.normalize import slug_key
from feedsvc.publish import digests
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
    #: The feed of the category above.
    parent: Channel | None

    @property
    def per_day(self) -> str:
        """The mean of the days, with one decimal; empty below that."""
        mean = round(sum(self.facts.days) / len(self.facts.days), 1)
        return f"{mean:g}" if mean else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """A page of the catalogue."""

    cards: Sequence[Card]
    #: The same as a tree.
    tree: "Sequence[Branch[Card]]"
    page: int
    pages: int
    #: The number of all feeds that match.
    found: int


def cards(publisher: Publisher, query: str, page: int) -> Cards:
    """The feeds whose title, description or address has all words of a query; all feeds without one."""
    with publisher.store.read() as db:
        catalogue, words = publisher.configured, slug_key(query).split()
        listed = list(in_order(catalogue.branches(feeds.list_feeds(db), attrgetter("category"))))
        matching = [
            feed for feed in listed if not words or all(word in _searched(publisher.channel(feed)) for word in words)
        ]
        pages = max(1, -(-len(matching) // PAGE_FEEDS))
        page = min(max(1, page), pages)
        shown = matching[(page - 1) * PAGE_FEEDS : page * PAGE_FEEDS]
        facts = overview.facts(db, [feed.id for feed in shown])
        of_digests = {feed.id: publisher.channel(feed) for feed in shown if feed.digest}
        facts |= digests.facts(db, of_digests, facts)
    by_name = {feed.category: feed for feed in listed if feed.category}
    made = []
    for feed in shown:
        parent = by_name.get(catalogue.parents.get(feed.category or "", ""))
        made.append(
            Card(
                channel=publisher.channel(feed),
                facts=facts[feed.id],
                parent=publisher.channel(parent) if parent else None,
            )
        )
    tree = catalogue.branches(made, attrgetter("channel.category"))
    return Cards(cards=made, tree=tree, page=page, pages=pages, found=len(matching))


def pages(publisher: Publisher) -> int:
    """The number of pages of the catalogue."""
    return max(1, -(-len(publisher.feeds()) // PAGE_FEEDS))


def _searched(channel: Channel) -> str:
    feed = channel.feed
    return slug_key(f"{feed.title} {feed.description} {feed.slug}")
