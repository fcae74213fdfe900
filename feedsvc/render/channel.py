"""What a document says of its feed, whatever the format."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from feedsvc.identity import article_url, feed_page_url, feed_url
from feedsvc.identity.atom import atom_id
from feedsvc.model import Entry, FeedSpec, Format, Site

#: Minutes for which a reader may keep a document without asking.
TTL_MINUTES = 15

GENERATOR = "feedsvc"

#: What an empty feed says of its age: it must say something, and the time of rendering would change its bytes.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed, with its addresses."""

    site: Site
    feed: FeedSpec
    #: What the feed's identity is made of: `category/<name>` or `feed/<slug>`. A category's slug may change.
    key: str

    @property
    def page_url(self) -> str:
        """The feed's page for a person."""
        return feed_page_url(self.site.base_url, self.feed.slug)

    @property
    def id(self) -> str:
        """The feed's own identity, which survives a move to another host."""
        return atom_id(f"tag:{self.site.tag}:{quote(self.key)}")

    def url(self, format: Format) -> str:  # noqa: A002 - the field's own word
        """The self link in one format."""
        return feed_url(self.site.base_url, self.feed.slug, format)

    def link(self, entry: Entry) -> str:
        """An entry's page: the original, else ours."""
        return entry.link or article_url(self.site.base_url, entry.guid)


def updated(entries: Sequence[Entry]) -> datetime:
    """When a feed last changed, by what is in it."""
    return max((entry.updated for entry in entries if entry.updated), default=EPOCH)


def published(entry: Entry) -> datetime:
    """An entry's date. Every placed entry has one."""
    return entry.published or EPOCH


def rfc3339(moment: datetime) -> str:
    """`2022-07-25T14:48:32Z`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def summary_html(entry: Entry) -> str:
    """An entry's summary; its title, as HTML, where it has none: JSON Feed wants a content."""
    return entry.summary or html.escape(entry.title, quote=False)
