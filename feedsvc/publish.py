"""
The read half: it makes documents of stored entries.

    document ← render ← select (window)

A document is made when what it shows has changed, stored, and sent as it is until the next change. It is a function of
stored content and settings alone: any process, today or tomorrow, gives the same bytes.
"""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedsvc.catalogue import Catalogue
from feedsvc.identity import digest
from feedsvc.model import FORMATS, Document, Entry, Format, Site
from feedsvc.render import RENDER_VERSION, RENDERERS, Channel, opml
from feedsvc.store import Store, documents, entries, feeds, memberships
from feedsvc.store.documents import Made
from feedsvc.store.feeds import Feed

#: Level 9 costs 4 ms once; the result is sent thousands of times.
GZIP_LEVEL = 9

#: Documents of one transaction: so many, or so many bytes of them. Both keep memory flat, and other writers waiting for
#: less than a second.
BATCH_DOCUMENTS = 150
BATCH_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A feed in the catalogue."""

    channel: Channel
    #: The number of all its entries.
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Publishes a store under a configuration."""

    store: Store
    configured: Catalogue

    @property
    def site(self) -> Site:
        """The settings that all feeds share."""
        return self.configured.site

    def find(self, slug: str) -> Feed | None:
        """The feed that has this slug, or had it before."""
        with self.store.read() as db:
            return feeds.find(db, slug)

    def is_empty(self) -> bool:
        """Whether nothing was ever published: the first import is still at work, or yet to come."""
        with self.store.read() as db:
            return feeds.is_empty(db)

    def channel(self, feed: Feed) -> Channel:
        """The settings that the feed's documents show: its title, its addresses and others."""
        key = f"category/{feed.category}" if feed.category else f"feed/{feed.slug}"
        return Channel(site=self.site, feed=self.configured.spec(feed.slug, feed.category), key=key)

    def catalogue(self) -> list[Listed]:
        """All feeds, `all` first."""
        with self.store.read() as db:
            counts = feeds.count_entries(db)
            return [Listed(channel=self.channel(feed), entries=counts.get(feed.id, 0)) for feed in feeds.list_feeds(db)]

    def document(self, feed: Feed, form: Format, now: datetime) -> Document:
        """The feed's document in one format: the stored one where it is current."""
        channel = self.channel(feed)
        with self.store.read() as db:
            made = documents.load(db, feed.id, form)
        if made and (made.feed_revision, made.made_with) == (feed.revision, made_with(channel, form)):
            return made.document
        (document,) = self._make(feed, channel, (form,), now)
        return document

    def refresh(self, now: datetime, is_enough: Callable[[], bool] = lambda: False) -> int:
        """
        Make every document that is not current, so that no reader waits for it. Returns how many those were.

        It ends early where `is_enough` says so. A document that is not made here is made when somebody asks for it.
        """
        with self.store.read() as db:
            made, listed = documents.versions(db), feeds.list_feeds(db)
        number, size = 0, 0
        batch: list[tuple[int, Made]] = []
        for feed in listed:
            channel = self.channel(feed)
            current = {form: (feed.revision, made_with(channel, form)) for form in FORMATS}
            old = tuple(form for form in FORMATS if made.get((feed.id, form)) != current[form])
            if not old:
                continue
            if is_enough():
                break
            new = self._made(feed, channel, old, now)
            batch += [(feed.id, one) for one in new]
            number += len(new)
            size += sum(len(one.document.body) for one in new)
            if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
                self._save(batch)
                batch, size = [], 0
        self._save(batch)
        return number

    def entries(self, feed: Feed) -> list[Entry]:
        """The entries in the feed's documents, newest first."""
        with self.store.read() as db:
            return memberships.select_window(db, feed.id, self.channel(feed).feed.window)

    def article(self, article_id: str) -> tuple[Entry | None, bool]:
        """The entry on an article page, and whether there ever was one."""
        with self.store.read() as db:
            return entries.by_article(db, article_id)

    def opml(self) -> bytes:
        """The catalogue for a reader's import."""
        with self.store.read() as db:
            return opml.render(self.site.title, [self.channel(feed) for feed in feeds.list_feeds(db)])

    def _make(self, feed: Feed, channel: Channel, formats: Sequence[Format], now: datetime) -> list[Document]:
        return self._save([(feed.id, one) for one in self._made(feed, channel, formats, now)])

    def _made(self, feed: Feed, channel: Channel, formats: Sequence[Format], now: datetime) -> list[Made]:
        with self.store.read() as db:
            # The revision and the entries of one moment: a change in between makes the document out of date, not wrong.
            revision = feeds.revision_of(db, feed.id)
            shown = memberships.select_window(db, feed.id, channel.feed.window)
        return [
            Made(
                document=_rendered(form, channel, shown, now),
                feed_revision=revision,
                made_with=made_with(channel, form),
            )
            for form in formats
        ]

    def _save(self, made: Sequence[tuple[int, Made]]) -> list[Document]:
        if not made:
            return []
        with self.store.write() as db:
            return documents.save_all(db, made)


def _rendered(form: Format, channel: Channel, shown: Sequence[Entry], now: datetime) -> Document:
    body = RENDERERS[form].render(channel, shown)
    return Document(
        format=form,
        body=body,
        gzip=gzip.compress(body, GZIP_LEVEL, mtime=0),
        digest=digest(body),
        changed_at=now.replace(microsecond=0),
    )


def made_with(channel: Channel, form: Format) -> str:
    """A digest of everything that shapes a document besides the feed's entries: a field that is new counts as well."""
    return digest(repr((RENDER_VERSION, form, channel)).encode())
