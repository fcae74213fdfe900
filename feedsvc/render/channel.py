"""The fields of a feed that all formats share."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from feedsvc.identity import archive_url, article_url, feed_page_url, feed_url, view_query
from feedsvc.identity.atom import atom_id
from feedsvc.model import Cursor, Deleted, Entry, FeedSpec, Format, Site, View

#: Minutes for which a reader may use a document without polling again.
TTL_MINUTES = 15

GENERATOR = "feedsvc"

#: The date of an empty feed. A date is required, and the time of rendering would make the bytes differ each time.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed, with its addresses."""

    site: Site
    feed: FeedSpec
    #: The feed's identity: `category/<name>` or `feed/<slug>`. A category is named, because its slug may change.
    key: str
    #: The number of the closed page that is rendered; 0 for the document that readers subscribe to.
    page: int = 0
    #: The number of the closed page before this document; 0 for none.
    before: int = 0
    #: The view that is rendered; None for a document of the feed itself, or of its archive.
    view: View | None = None
    #: Of a list of changes: the cursor after them, and the entries that left the feed.
    after: Cursor | None = None
    deleted: tuple[Deleted, ...] = ()

    @property
    def category(self) -> str | None:
        """The category whose feed it is."""
        return self.key.removeprefix("category/") if self.key.startswith("category/") else None

    @property
    def page_url(self) -> str:
        """The web page of the feed."""
        return feed_page_url(self.site.base_url, self.feed.slug)

    @property
    def hub(self) -> str | None:
        """
        The hub that tells programs of changes of the document; None for none.

        A closed page of an archive hardly changes. Of a view, nobody knows when it changes before somebody asks for it.
        """
        return self.site.hub if self.view is None and not self.page else None

    @property
    def stylesheet(self) -> str:
        """The path of the stylesheet with which a browser shows RSS and Atom: below the prefix, on the same host."""
        return f"{urlsplit(self.site.base_url).path}/static/feed.css"

    @property
    def id(self) -> str:
        """The feed's Atom id. It does not change if the service moves to another host."""
        return atom_id(f"tag:{self.site.tag}:{quote(self.key)}")

    def url(self, form: Format) -> str:
        """The self link in one format."""
        return feed_url(self.site.base_url, self.feed.slug, form)

    def self_url(self, form: Format) -> str:
        """The address of the document that is rendered: of the feed, of a page of its archive, or of a view."""
        if self.view is not None:
            return self._view_url(self.view, form)
        return self._archive_url(self.page, form) if self.page else self.url(form)

    def links(self, form: Format) -> dict[str, str]:
        """The links to other documents of the same feed, by their relation."""
        if self.view is None:
            return self.archive_links(form)
        if self.after in {None, self.view.after}:
            # A list without changes has no next list. Its own address has the next changes.
            return {}
        return {"next": self._view_url(replace(self.view, after=self.after), form)}

    def _view_url(self, view: View, form: Format) -> str:
        return f"{self.url(form)}?{view_query(view)}"

    def archive_links(self, form: Format) -> dict[str, str]:
        """
        The links between the pages of an archive, by their relation (RFC 5005, 4).

        A closed page always links to the next page, so its bytes do not change when that page is closed. Until then,
        the address of the next page has the document that readers subscribe to.
        """
        links = {"prev-archive": self._archive_url(self.before, form)} if self.before else {}
        if self.page:
            links |= {"next-archive": self._archive_url(self.page + 1, form), "current": self.url(form)}
        return links

    def _archive_url(self, number: int, form: Format) -> str:
        return archive_url(self.site.base_url, self.feed.slug, number, form)

    def link(self, entry: Entry) -> str:
        """An entry's page: the original page, else the page that feedsvc serves."""
        return entry.link or article_url(self.site.base_url, entry.guid)


def updated(entries: Sequence[Entry], deleted: Sequence[Deleted] = ()) -> datetime:
    """The latest `updated` of the entries, or `when` of those that left."""
    dates = [entry.updated for entry in entries if entry.updated]
    return max([*dates, *(one.when for one in deleted)], default=NO_DATE)


def published(entry: Entry) -> datetime:
    """An entry's date. Every placed entry has one."""
    return entry.published or NO_DATE


def rfc3339(moment: datetime) -> str:
    """A date as RFC 3339 writes it: `2022-07-25T14:48:32Z`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def summary_html(entry: Entry) -> str:
    """An entry's summary, else its title, as HTML. JSON Feed requires a content."""
    return entry.summary or html.escape(entry.title, quote=False)
