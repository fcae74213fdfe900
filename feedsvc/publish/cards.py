"""What the catalogue shows of each feed."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.model import Entry
from feedsvc.normalize import slug_key
from feedsvc.publish.publisher import Publisher
from feedsvc.render import Channel
from feedsvc.store import feeds, overview

#: Feeds on a page of the catalogue.
PAGE_FEEDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A feed in the catalogue."""

    channel: Channel
    is_category: bool
    entries: int
    #: The entry that came last.
    newest: Entry | None
    #: How many entries came on each of the last days.
    days: tuple[int, ...]

    @property
    def per_day(self) -> str:
        """The mean of the days, with one decimal; empty below that."""
        mean = round(sum(self.days) / len(self.days), 1) if self.days else 0
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
        listed = [(feed, publisher.channel(feed)) for feed in feeds.list_feeds(db)]
        words = slug_key(query).split()
        matching = [one for one in listed if all(word in _searched(one[1]) for word in words)]
        pages = max(1, -(-len(matching) // PAGE_FEEDS))
        page = min(max(1, page), pages)
        shown = matching[(page - 1) * PAGE_FEEDS : page * PAGE_FEEDS]
        last = overview.last_arrival(db, [feed.id for feed, _ in listed[:1] or []])
        made = []
        for feed, channel in shown:
            days = overview.arrivals_by_day(db, feed.id, last) if last else ()
            made.append(
                Card(
                    channel=channel,
                    is_category=feed.category is not None,
                    entries=overview.count_entries(db, feed),
                    newest=overview.newest_entry(db, feed.id),
                    days=days,
                )
            )
    return Cards(cards=made, page=page, pages=pages, found=len(matching))


def pages(publisher: Publisher) -> int:
    """The number of pages of the catalogue."""
    return max(1, -(-len(publisher.feeds()) // PAGE_FEEDS))


def _searched(channel: Channel) -> str:
    feed = channel.feed
    return slug_key(f"{feed.title} {feed.description} {feed.slug}")


def neighbours(publisher: Publisher, article: str) -> tuple[Entry | None, Entry | None]:
    """The articles before and after an article, among all."""
    with publisher.store.read() as db:
        found = feeds.find(db, "all")
        return overview.neighbours(db, found.id, article) if found else (None, None)
