"""Publishes a store under a configuration: documents, pages of archives, and facts for web pages."""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import TypeGuard

from feedsvc.catalogue import ALL, Catalogue
from feedsvc.errors import StoreError
from feedsvc.model import FORMATS, Document, Entry, Format, Revisions, Site, View
from feedsvc.publish import digests, views
from feedsvc.publish.credits import credited
from feedsvc.publish.making import made_with, page_made_with, rendered
from feedsvc.publish.published import Listed, Published, Viewed, published_as
from feedsvc.render import RENDERERS, Channel, opml
from feedsvc.store import (
    Connection,
    Store,
    archives,
    articles,
    digested,
    documents,
    entries,
    feeds,
    memberships,
    revisions,
    teasers,
    windows,
)
from feedsvc.store.articles import Article
from feedsvc.store.documents import Made
from feedsvc.store.feeds import Feed
from feedsvc.store.revisions import Replaced
from feedsvc.store.teasers import Teaser

log = logging.getLogger(__name__)

#: Documents of one transaction: so many, or so many compressed bytes of them. Both keep memory flat, and other writers
#: waiting for less than a second.
BATCH_DOCUMENTS = 150
BATCH_BYTES = 2_000_000


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

    def channel(self, feed: Feed, page: int = 0) -> Channel:
        """
        The settings that the feed's documents show: its title, its addresses and others.

        `page` is a closed page of its archive; 0 is the document that readers subscribe to.
        """
        key = f"category/{feed.category}" if feed.category else f"feed/{feed.slug}"
        spec = self.configured.spec(feed.slug, feed.category)
        return Channel(site=self.site, feed=spec, key=key, page=page, before=page - 1 if page else feed.closed_pages)

    def catalogue(self) -> list[Listed]:
        """All feeds, `all` first."""
        with self.store.read() as db:
            counts, listed, ends = memberships.count_entries(db), feeds.list_feeds(db), digested.ends(db)
        counts |= {feed.id: len(ends.get(feed.id, ())) for feed in listed if feed.digest}
        return [Listed(channel=self.channel(feed), entries=counts.get(feed.id, 0)) for feed in listed]

    def document(self, feed: Feed, form: Format, now: datetime) -> Document:
        """The feed's document in one format, as `published` has it."""
        return self.published(feed, form, now).document

    def published(self, feed: Feed, form: Format, now: datetime) -> Published:
        """
        The feed's document in one format: the stored one where it is current.

        If a new document cannot be saved (a full disk, a locked database), readers get the stored one.
        """
        with self.store.read() as db:
            stored = documents.load(db, feed.id, form)
        inputs = (feed.revision, made_with(self.channel(feed), form, self.configured.listed(feed.slug)))
        if stored and stored.is_complete and _inputs(stored) == inputs:
            return published_as(feed, stored)
        try:
            (made,) = self._made(feed, (form,), now, is_hasty=True)
            return self._saved(feed, made, stored)
        except StoreError as error:
            return _instead(error, feed, stored)

    def _saved(self, feed: Feed, made: Made, stored: Made | None) -> Published:
        """
        A document that was made for a reader, who does not wait for other writers.

        If it cannot be saved, the reader gets the stored one, or where there is none, this one.
        """
        try:
            (document,) = self._save([(feed.id, made)], is_hasty=True)
        except StoreError as error:
            if stored is not None and stored.is_complete:
                return _instead(error, feed, stored)
            log.warning("a document is served that could not be saved: %s", error)
            return published_as(feed, made, is_stale=True)
        with self.store.read() as db:
            present = feeds.present(db, feed.id)
        # If the feed was retired or lost its address meanwhile, its state differs, and nobody keeps the document.
        same = replace(present, slug=feed.slug, is_retired=feed.is_retired, revision=made.feed_revision)
        return published_as(same, replace(made, document=document))

    def is_current(self, one: Published) -> bool:
        """Whether a published document still is the one that its address has. Raises StoreError."""
        if one.is_stale:
            return False
        with self.store.read() as db:
            return documents.state(db, one.feed_id, one.document.format, one.page) == one.state

    def page(self, feed: Feed, number: int, form: Format, now: datetime) -> Published | None:
        """A closed page of the feed's archive in one format. None: no such page is closed. Raises StoreError."""
        channel = self.channel(feed, number)
        with self.store.read() as db:
            if (positions := archives.bounds(db, feed.id, number)) is None:
                return None
            stored = documents.load(db, feed.id, form, number)
            # With the slug of the channel: if the feed has another one meanwhile, nobody keeps the page.
            feed = replace(feeds.present(db, feed.id), slug=feed.slug, is_retired=feed.is_retired)
            if (
                _has_settings(stored, made_with(channel, form))
                and feed.digest is None
                and not archives.is_touched(db, feed.id, *positions, stored.feed_revision)
            ):
                return published_as(feed, stored)
            shown = self._between(db, feed, *positions)
        with_entries = page_made_with(channel, form, shown)
        if stored and stored.is_complete and stored.made_with == with_entries:
            return published_as(feed, stored)
        document = rendered(form, channel, shown, now, stored)
        made = Made(document=document, page=number, feed_revision=feed.revision, made_with=with_entries)
        return self._saved(feed, made, stored)

    def teasers(self, feed: Feed, number: int = 0, most: int | None = None) -> list[Teaser]:
        """The entries for a list, newest first: those of the feed's window, or of the closed page with that number."""
        with self.store.read() as db:
            channel = self.channel(feed)
            positions = archives.bounds(db, feed.id, number) if number else None
            if number and positions is None:
                return []
            if feed.digest:
                return digests.teasers(db, feed, channel, positions, most)
            if positions:
                return teasers.in_page(db, feed.id, *positions, channel.feed.window.order)
            return teasers.in_window(db, feed.id, channel.feed.window, most)

    def view(self, feed: Feed, form: Format, view: View, now: datetime) -> Viewed:
        """A view of the feed in one format. It is not stored, and has the dates of the feed's document."""
        of = self.published(feed, form, now)
        with self.store.read() as db:
            present = feeds.present(db, feed.id)
            channel, shown = views.select(db, present, self.channel(present), view)
        return Viewed(of=of, channel=channel, body=RENDERERS[form].render(channel, shown))

    def latest(self, feed: Feed, now: datetime) -> Published:
        """A feed's RSS document, which tells when the feed last changed, perhaps without bytes. Raises StoreError."""
        with self.store.read() as db:
            stored = documents.load_facts(db, feed.id, "rss")
        made = made_with(self.channel(feed), "rss", self.configured.listed(feed.slug))
        if stored and _inputs(stored) == (feed.revision, made):
            return published_as(feed, stored)
        return self.published(feed, "rss", now)

    def refresh(self, now: datetime, is_enough: Callable[[], bool] = lambda: False) -> int:
        """
        Make every document that is not current, so that no reader waits for it. Returns how many those were.

        It ends early where `is_enough` says so. A document that is not made here is made when somebody asks for it.
        Pages of archives are made only when somebody asks for them.
        """
        with self.store.read() as db:
            made, listed = documents.versions(db), feeds.list_feeds(db)
        number, size = 0, 0
        batch: list[tuple[int, Made]] = []
        for feed in listed:
            channel, texts = self.channel(feed), self.configured.listed(feed.slug)
            current = {form: (feed.revision, made_with(channel, form, texts)) for form in FORMATS}
            old = tuple(form for form in FORMATS if made.get((feed.id, form)) != current[form])
            if not old:
                continue
            if is_enough():
                break
            new = self._made(feed, old, now)
            batch += [(feed.id, one) for one in new]
            number += len(new)
            size += sum(len(coded) for one in new for coded in one.document.coded.values())
            if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
                self._save(batch)
                batch, size = [], 0
        self._save(batch)
        return number

    def entries(self, feed: Feed) -> list[Entry]:
        """The entries in the feed's window, newest first."""
        with self.store.read() as db:
            return self._window(db, feed)

    def article(self, article_id: str, revised: Revisions, most: int) -> tuple[Article | None, list[Replaced], bool]:
        """
        An article page with the last former forms of its entry, at most so many; and whether there ever was one.

        `revised` says which articles have such forms. All is of one moment.
        """
        with self.store.read() as db:
            found, was_there = articles.find(db, article_id)
            if not was_there and (of := digested.by_article(db, article_id)):
                return digests.article(of, self.configured.spec(of.slug, None), self.site), [], True
            has_forms = found is not None and (revised == "all" or (revised == "own" and found.entry.is_ours))
            return found, revisions.of_article(db, article_id, most) if has_forms else [], was_there

    def dating(self, article_id: str) -> str:
        """The slug of the feed whose document dates an article page: that of a digest's own feed, else `all`."""
        with self.store.read() as db:
            return digested.feed_of(db, article_id) or ALL

    def articles(self) -> list[str]:
        """The ids of the pages of all articles and digests."""
        with self.store.read() as db:
            return entries.article_ids(db) + digested.article_ids(db)

    def feeds(self) -> list[Feed]:
        """All feeds that are published, `all` first."""
        with self.store.read() as db:
            return feeds.list_feeds(db)

    def former_slugs(self) -> list[tuple[str, Feed]]:
        """The former slugs of published feeds (as `slug_key` has them), each with its feed."""
        with self.store.read() as db:
            return feeds.former_slugs(db)

    def opml(self, chosen: Collection[str] = ()) -> bytes | None:
        """The catalogue for a reader's import: the feeds with these slugs, or all feeds. None if no slug has a feed."""
        with self.store.read() as db:
            listed = [self.channel(feed) for feed in feeds.list_feeds(db) if not chosen or feed.slug in chosen]
        if chosen and not listed:
            return None
        return opml.render(self.site.title, self.configured.branches(listed, attrgetter("category")))

    def _window(self, db: Connection, feed: Feed, closed: int = windows.LAST) -> list[Entry]:
        """The entries of the feed's document, newest first."""
        channel = self.channel(feed)
        if feed.digest:
            return digests.window(db, feed, channel, closed)
        return credited(windows.select_window(db, feed.id, channel.feed.window, closed), self.site)

    def _between(self, db: Connection, feed: Feed, above: int, last: int) -> list[Entry]:
        """The entries of a page of the feed's archive, newest first."""
        channel = self.channel(feed)
        if feed.digest:
            return digests.between(db, feed, channel, above, last)
        return credited(windows.select_between(db, feed.id, above, last, channel.feed.window.order), self.site)

    def _made(self, feed: Feed, formats: Sequence[Format], now: datetime, *, is_hasty: bool = False) -> list[Made]:
        """Close the pages of the archive that are full, and make the documents that readers subscribe to."""
        window = self.channel(feed).feed.window
        with self.store.read() as db:
            is_full = bool(archives.pages_to_close(db, feed.id, window))
        if is_full:
            # For a reader who cannot wait, the document has the entries of the pages that are not closed yet.
            with suppress(StoreError) if is_hasty else nullcontext(), self.store.write(is_hasty=is_hasty) as db:
                archives.close(db, feed.id, window)
        with self.store.read() as db:
            # The feed and its entries of one moment: a change in between makes the document out of date, not wrong.
            present = feeds.present(db, feed.id)
            shown = self._window(db, present, present.closed_position)
            stored = documents.load_all(db, feed.id)
        channel, texts = self.channel(present), self.configured.listed(present.slug)
        return [
            Made(
                document=rendered(form, channel, shown, now, stored.get(form)),
                feed_revision=present.revision,
                made_with=made_with(channel, form, texts),
            )
            for form in formats
        ]

    def _save(self, made: Sequence[tuple[int, Made]], *, is_hasty: bool = False) -> list[Document]:
        if not made:
            return []
        with self.store.write(is_hasty=is_hasty, is_shared=True) as db:
            return documents.save_all(db, made)


def _inputs(made: Made) -> tuple[int, str]:
    return made.feed_revision, made.made_with


def _has_settings(stored: Made | None, settings: str) -> TypeGuard[Made]:
    """Whether a closed page is stored whole, and was made with these settings."""
    return stored is not None and stored.is_complete and stored.made_with.startswith(f"{settings} ")


def _instead(error: StoreError, feed: Feed, stored: Made | None) -> Published:
    """The stored document, where a newer one could not be made."""
    if stored is None or not stored.is_complete:
        raise error
    log.warning("an older document is served: %s", error)
    return published_as(feed, stored, is_stale=True)
