"""All addresses that the service has, and the files of a static site that have them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from feedsvc.config.values import ANY_FEED
from feedsvc.model import FORMATS, Format
from feedsvc.publish import Publisher, cards
from feedsvc.store.feeds import Feed
from feedsvc.web.assets import ASSETS

#: An address that no site has: its page is that of all missing addresses.
MISSING = "/404"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address of the service."""

    #: Below base_url, percent-encoded.
    path: str
    #: The file, relative to the folder of the site. Web servers find `/feeds/x` in `feeds/x.html`.
    file: str


def addresses(publisher: Publisher, aliases: Mapping[str, tuple[str, Format]]) -> Iterator[Address]:
    """All addresses, in the order in which a site can be written: what others link to comes first."""
    for article in publisher.articles():
        yield Address(path=f"/articles/{article}", file=f"articles/{article}.html")
    listed = publisher.feeds()
    # A former slug has no redirect in files. So it has the files of the feed.
    named = [(feed.slug, feed) for feed in listed] + list(publisher.former_slugs())
    for name, feed in named:
        yield from _documents(name, feed)
    for alias, (slug, form) in aliases.items():
        for name, feed in named if slug == ANY_FEED else [one for one in named if one[0] == slug]:
            yield Address(path=_feed_path(feed.slug, f".{form}"), file=alias.replace(ANY_FEED, name).strip("/"))
    for asset in ASSETS:
        yield Address(path=f"/static/{asset}", file=f"static/{asset}")
    for name, feed in named:
        for number in range(1, feed.closed_pages + 1):
            yield Address(path=_feed_path(feed.slug, f"/archive/{number}"), file=f"feeds/{name}/archive/{number}.html")
        yield Address(path=f"/embed/{quote(feed.slug, safe='')}", file=f"embed/{name}.html")
        yield Address(path=_feed_path(feed.slug, "/embed"), file=f"feeds/{name}/embed.html")
        yield Address(path=_feed_path(feed.slug), file=f"feeds/{name}.html")
    yield Address(path="/feeds.opml", file="feeds.opml")
    yield Address(path="/robots.txt", file="robots.txt")
    yield Address(path=MISSING, file="404.html")
    for page in range(2, cards.pages(publisher) + 1):
        yield Address(path=f"/page/{page}", file=f"page/{page}.html")
    yield Address(path="/", file="index.html")


def _documents(name: str, feed: Feed) -> Iterator[Address]:
    """The pages of the archive, also the one that is still open, and the documents, under a slug of the feed."""
    for form in FORMATS:
        for number in range(1, feed.closed_pages + 2):
            end = f"/archive/{number}.{form}"
            yield Address(path=_feed_path(feed.slug, end), file=f"feeds/{name}{end}")
    for form in FORMATS:
        yield Address(path=_feed_path(feed.slug, f".{form}"), file=f"feeds/{name}.{form}")


def _feed_path(slug: str, end: str = "") -> str:
    return f"/feeds/{quote(slug, safe='')}{end}"
