"""
RSS 2.0 and Atom 1.0, through feedgen with extensions of our own (its one home).

What feedgen 1.0 gets wrong is mended in one place each: Atom entry links lose their rel (its issue 135); of a channel's
links RSS writes one; an author without an e-mail vanishes from RSS; dates that nobody set become now; its media
extension groups what stands alone; a date's text costs a change of the process's locale, which is not thread-safe.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from threading import Lock
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree  # feedgen needs it imported first

from feedsvc.errors import RenderError
from feedsvc.identity.atom import atom_id
from feedsvc.model import Entry, Format, Origin
from feedsvc.normalize import xml_safe
from feedsvc.render import details
from feedsvc.render.channel import GENERATOR, TTL_MINUTES, Channel, published, rfc3339, updated
from feedsvc.sanitize.attachments import attachment_links

log = logging.getLogger(__name__)

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
ATOM = "http://www.w3.org/2005/Atom"
MEDIA_CONTENT = f"{{{NAMESPACES['media']}}}content"
MEDIA_DESCRIPTION = f"{{{NAMESPACES['media']}}}description"
MEDIA_THUMBNAIL = f"{{{NAMESPACES['media']}}}thumbnail"
XML = "http://www.w3.org/XML/1998/namespace"

#: Without parameters, as links carry them.
MEDIA_TYPES: dict[Format, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}

#: By a URL's suffix; the system's own table differs from machine to machine.
PICTURE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}

#: What feedgen and lxml raise for a value that XML cannot hold.
UNWRITABLE = (ValueError, TypeError, etree.LxmlError)

#: feedgen changes the process's locale while it writes a date.
_feedgen_lock = Lock()


def render_rss(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as RSS 2.0 (rssboard.org/rss-specification)."""
    return _render("rss", channel, entries)


def render_atom(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as Atom 1.0 (RFC 4287)."""
    return _render("atom", channel, entries)


def _render(format: Format, channel: Channel, entries: Sequence[Entry]) -> bytes:  # noqa: A002 - the field's own word
    """The feed; an entry that cannot be written is left out and logged, and never takes the feed with it."""
    with _feedgen_lock:
        try:
            return _document(format, channel, entries)
        except UNWRITABLE:
            return _document(format, channel, [entry for entry in entries if _is_writable(format, channel, entry)])


def _is_writable(format: Format, channel: Channel, entry: Entry) -> bool:  # noqa: A002 - the field's own word
    try:
        fed = FeedEntry()
        fed.register_extension("feedsvc", _EntryExtension)
        _fill(fed, format, channel, entry)
        fed.atom_entry() if format == "atom" else fed.rss_entry()
    except UNWRITABLE as error:
        log.warning("%s", RenderError(f"{entry.guid}: left out of {channel.feed.slug}.{format}: {error}"))
        return False
    return True


def _document(format: Format, channel: Channel, entries: Sequence[Entry]) -> bytes:  # noqa: A002 - the field's own word
    feed = FeedGenerator()
    feed.register_extension("feedsvc", _FeedExtension, _EntryExtension)
    feed.feedsvc.setup(format, channel, updated(entries), details.namespaces(entries, is_rss=format == "rss"))
    site = channel.site
    feed.id(channel.id)
    feed.title(xml_safe(channel.feed.title))
    feed.subtitle(xml_safe(channel.feed.description))
    feed.language(channel.feed.language)
    feed.author(name=xml_safe(site.title))
    feed.updated(updated(entries))
    feed.generator(GENERATOR)
    feed.ttl(TTL_MINUTES)
    if site.rights:
        feed.rights(xml_safe(site.rights))
    if site.image:
        feed.image(url=site.image, title=xml_safe(channel.feed.title), link=channel.page_url)
    feed.link(href=channel.url(format), rel="self", type=MEDIA_TYPES[format])
    # Last: whichever link comes last becomes RSS's <link>.
    feed.link(href=channel.page_url, rel="alternate", type="text/html")
    for entry in entries:
        _fill(feed.add_entry(order="append"), format, channel, entry)
    return bytes(feed.atom_str() if format == "atom" else feed.rss_str()) + b"\n"


def _fill(fed: Any, format: Format, channel: Channel, entry: Entry) -> None:  # noqa: A002 - feedgen has no types
    """What feedgen writes well; _EntryExtension writes the rest."""
    fed.feedsvc.setup(channel, entry)
    fed.guid(atom_id(entry.guid) if format == "atom" else entry.guid, permalink=False)
    fed.title(entry.title)
    fed.link(href=channel.link(entry))
    if entry.categories:
        # All at once: feedgen makes a list of all that it has at each call.
        fed.category([{"term": category} for category in entry.categories])
    fed.published(published(entry))
    fed.updated(entry.updated or published(entry))
    # RSS has no other way to give both; a summary must stand before the content. Either may be blank: then it is none.
    if entry.summary:
        fed.summary(entry.summary, type="html") if format == "atom" else fed.description(entry.summary)
    content = entry.content if format == "atom" else _with_attachments(entry)
    if content:
        fed.content(content, type="html" if format == "atom" else "CDATA")
    if format == "rss" and entry.enclosures:
        first = entry.enclosures[0]
        fed.enclosure(first.url, str(first.length), first.type)
    if format == "atom":
        for author in entry.authors:
            fed.author(name=author.name, uri=author.url)
        for contributor in entry.contributors:
            fed.contributor(name=contributor.name, uri=contributor.url)
        if entry.rights:
            fed.rights(entry.rights)


def _with_attachments(entry: Entry) -> str:
    """The content for RSS, whose item has room for one enclosure: readers show the others only where the text does."""
    links = attachment_links(entry.enclosures[1:], entry.content)
    if not links or entry.content:
        return entry.content + links
    return f"<p>{entry.summary}</p>{links}" if entry.summary else links


class _FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Links between the formats."""

    def setup(
        self,
        format: Format,  # noqa: A002 - the field's own word
        channel: Channel,
        moment: datetime,
        namespaces: dict[str, str],
    ) -> None:
        self.format, self.channel, self.updated, self.namespaces = format, channel, moment, namespaces

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES | self.namespaces

    def extend_rss(self, rss: etree._Element) -> None:
        channel = rss[0]
        self._alternates(channel, f"{{{ATOM}}}link")
        _set_date(channel, "lastBuildDate", self.updated)

    def extend_atom(self, feed: etree._Element) -> None:
        self._alternates(feed, "link")

    def _alternates(self, element: etree._Element, tag: str) -> None:
        for format, media_type in MEDIA_TYPES.items():  # noqa: A001 - the field's own word
            if format != self.format:
                _link(element, tag, self.channel.url(format), "alternate", media_type)


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Links with their rel, authors without e-mail, pictures, rights, language."""

    def setup(self, channel: Channel, entry: Entry) -> None:
        self.channel, self.entry = channel, entry

    def extend_rss(self, item: etree._Element) -> None:
        _set_date(item, "pubDate", published(self.entry))
        for author in self.entry.authors:
            etree.SubElement(item, f"{{{NAMESPACES['dc']}}}creator").text = author.name
        for contributor in self.entry.contributors:
            etree.SubElement(item, f"{{{NAMESPACES['dc']}}}contributor").text = contributor.name
        if self.entry.language:
            etree.SubElement(item, f"{{{NAMESPACES['dc']}}}language").text = self.entry.language
        if self.entry.rights:
            etree.SubElement(item, f"{{{NAMESPACES['dc']}}}rights").text = self.entry.rights
        for origin in self.entry.origins[:1]:
            # RSS has room for one, and wants the address of its feed.
            if origin.feed_url:
                etree.SubElement(item, "source", url=origin.feed_url).text = origin.title
        etree.SubElement(item, f"{{{ATOM}}}updated").text = rfc3339(self.entry.updated or published(self.entry))
        for enclosure in self.entry.enclosures[1:]:
            content = etree.SubElement(item, MEDIA_CONTENT, url=enclosure.url, type=enclosure.type)
            if enclosure.length:
                content.set("fileSize", str(enclosure.length))
            if enclosure.duration:
                content.set("duration", str(enclosure.duration))
        self._picture(item)
        details.extend_rss(item, self.entry)

    def extend_atom(self, entry: etree._Element) -> None:
        for link in entry.findall("link"):
            entry.remove(link)
        _link(entry, "link", self.channel.link(self.entry), "alternate", "text/html")
        for enclosure in self.entry.enclosures:
            link = _link(entry, "link", enclosure.url, "enclosure", enclosure.type)
            if enclosure.length:
                link.set("length", str(enclosure.length))
        if self.entry.language:
            entry.set(f"{{{XML}}}lang", self.entry.language)
        for origin in self.entry.origins[1:]:
            if origin.url:
                _link(entry, "link", origin.url, "via", "text/html").set("title", origin.title)
        for origin in self.entry.origins[:1]:
            self._source(entry, origin)
        self._picture(entry)
        details.extend_atom(entry, self.entry)

    def _source(self, entry: etree._Element, origin: Origin) -> None:
        """Whose work it is (RFC 4287, 4.2.11); where its feed states no id, its address stands for it."""
        if not (identifier := origin.id or origin.feed_url or origin.url):
            return
        source = etree.SubElement(entry, "source")
        etree.SubElement(source, "id").text = identifier
        etree.SubElement(source, "title").text = origin.title
        updated = origin.feed_updated or rfc3339(self.entry.updated or published(self.entry))
        etree.SubElement(source, "updated").text = updated
        if origin.url:
            _link(source, "link", origin.url, "alternate", "text/html")
        if origin.feed_url:
            etree.SubElement(source, "link", href=origin.feed_url, rel="self")

    def _picture(self, element: etree._Element) -> None:
        if not self.entry.image:
            return
        content = etree.SubElement(element, MEDIA_CONTENT, url=self.entry.image, medium="image")
        suffix = self.entry.image.partition("?")[0].rpartition(".")[2].lower()
        if media_type := PICTURE_TYPES.get(suffix):
            content.set("type", media_type)
        if self.entry.details.alt:
            etree.SubElement(content, MEDIA_DESCRIPTION, type="plain").text = self.entry.details.alt
        etree.SubElement(element, MEDIA_THUMBNAIL, url=self.entry.image)


def _link(parent: etree._Element, tag: str, href: str, rel: str, media_type: str) -> etree._Element:
    return etree.SubElement(parent, tag, href=href, rel=rel, type=media_type)


def _set_date(parent: etree._Element, tag: str, moment: datetime) -> None:
    """Our text for a date that feedgen wrote: GMT, in no locale."""
    for element in parent.findall(tag):
        element.text = format_datetime(moment, usegmt=True)
