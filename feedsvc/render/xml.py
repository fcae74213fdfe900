"""
RSS 2.0 and Atom 1.0, written by feedgen with extensions of our own. No other module uses feedgen.

feedgen 1.0 has these faults. Each is corrected in one place:

- The links of an Atom entry lose their `rel` (its issue 135).
- RSS gets only one of a channel's links.
- RSS leaves out an author without an e-mail address.
- A date that is not set becomes the current time.
- Its media extension writes a group for a single picture.
- It changes the process's locale to write a date, which is not thread-safe.
"""

import html
import logging
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from threading import Lock
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree  # feedgen must be imported before lxml

from feedsvc.errors import RenderError
from feedsvc.identity.atom import atom_id
from feedsvc.media import FORMAT_TYPES, SUFFIX_TYPES
from feedsvc.model import Entry, Format, Origin
from feedsvc.normalize import xml_safe
from feedsvc.render import details
from feedsvc.render.channel import GENERATOR, TTL_MINUTES, Channel, published, rfc3339, updated
from feedsvc.sanitize.attachments import attachment_links

log = logging.getLogger(__name__)

OUR_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
#: Feed history (RFC 5005, 4): the namespace is declared in pages of an archive alone.
HISTORY = "http://purl.org/syndication/history/1.0"
#: Deleted entries (RFC 6721): the namespace is declared in lists of changes alone.
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
MEDIA_CONTENT = f"{{{OUR_NAMESPACES['media']}}}content"
MEDIA_DESCRIPTION = f"{{{OUR_NAMESPACES['media']}}}description"
MEDIA_THUMBNAIL = f"{{{OUR_NAMESPACES['media']}}}thumbnail"
XML = "http://www.w3.org/XML/1998/namespace"

#: Media types of pictures that all browsers show, by the URL's suffix.
PICTURE_TYPES = {suffix: SUFFIX_TYPES[suffix] for suffix in ("avif", "gif", "jpeg", "jpg", "png", "webp")}

#: Exceptions of feedgen and lxml for a value that XML cannot hold.
UNWRITABLE = (ValueError, TypeError, etree.LxmlError)

#: feedgen changes the process's locale while it writes a date.
_feedgen_lock = Lock()


def render_rss(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as RSS 2.0 (rssboard.org/rss-specification)."""
    return _render("rss", channel, entries)


def render_atom(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as Atom 1.0 (RFC 4287)."""
    return _render("atom", channel, entries)


def _render(form: Format, channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as XML. An entry that cannot be written is left out and logged, so that the feed is rendered."""
    with _feedgen_lock:
        try:
            return _xml(form, channel, entries)
        except UNWRITABLE:
            return _xml(form, channel, [entry for entry in entries if _is_writable(form, channel, entry)])


def _is_writable(form: Format, channel: Channel, entry: Entry) -> bool:
    try:
        fed = FeedEntry()
        fed.register_extension("feedsvc", _EntryExtension)
        _fill(fed, form, channel, entry)
        fed.atom_entry() if form == "atom" else fed.rss_entry()
    except UNWRITABLE as error:
        log.warning("%s", RenderError(f"{entry.guid}: left out of {channel.feed.slug}.{form}: {error}"))
        return False
    return True


def _xml(form: Format, channel: Channel, entries: Sequence[Entry]) -> bytes:
    feed = FeedGenerator()
    feed.register_extension("feedsvc", _FeedExtension, _EntryExtension)
    moment = updated(entries, channel.deleted)
    feed.feedsvc.setup(form, channel, moment, details.namespaces(entries, is_rss=form == "rss"))
    site = channel.site
    feed.id(channel.id)
    feed.title(xml_safe(channel.feed.title))
    feed.subtitle(xml_safe(channel.feed.description))
    feed.language(channel.feed.language)
    feed.author(name=xml_safe(site.title))
    feed.updated(moment)
    feed.generator(GENERATOR)
    feed.ttl(TTL_MINUTES)
    if site.rights:
        feed.rights(xml_safe(site.rights))
    if site.image:
        feed.image(url=site.image, title=xml_safe(channel.feed.title), link=channel.page_url)
    feed.link(href=channel.self_url(form), rel="self", type=FORMAT_TYPES[form])
    # This link must be the last one: feedgen uses the last link as RSS's <link>.
    feed.link(href=channel.page_url, rel="alternate", type="text/html")
    for entry in entries:
        _fill(feed.add_entry(order="append"), form, channel, entry)
    return bytes(feed.atom_str() if form == "atom" else feed.rss_str()) + b"\n"


def _fill(fed: Any, form: Format, channel: Channel, entry: Entry) -> None:
    """Set the fields that feedgen writes correctly. _EntryExtension writes the others."""
    fed.feedsvc.setup(channel, entry)
    fed.guid(atom_id(entry.guid) if form == "atom" else entry.guid, permalink=False)
    fed.title(entry.title)
    fed.link(href=channel.link(entry))
    if entry.categories:
        # In one call: each call copies the list of all categories.
        fed.category([{"term": category} for category in entry.categories])
    fed.published(published(entry))
    fed.updated(entry.updated or published(entry))
    # In RSS, the summary must be set before the content, or one of them is lost. Blank ones are not set.
    if entry.summary:
        fed.summary(entry.summary, type="html") if form == "atom" else fed.description(entry.summary)
    content = entry.content if form == "atom" else _with_attachments(entry)
    if content:
        fed.content(content, type="html" if form == "atom" else "CDATA")
    if form == "rss" and entry.enclosures:
        first = entry.enclosures[0]
        fed.enclosure(first.url, str(first.length), first.type)
    if form == "atom":
        for author in entry.authors:
            fed.author(name=author.name, uri=author.url)
        for contributor in entry.contributors:
            fed.contributor(name=contributor.name, uri=contributor.url)
        if entry.rights:
            fed.rights(entry.rights)


def _with_attachments(entry: Entry) -> str:
    """
    The content for RSS, with links to the second and further enclosures.

    An RSS item has one enclosure. Readers show the others only if the text links to them.
    """
    links = attachment_links(entry.enclosures[1:], entry.content)
    if not links or entry.content:
        return entry.content + links
    return f"<p>{entry.summary}</p>{links}" if entry.summary else links


class _FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Links between the formats."""

    def setup(
        self,
        form: Format,
        channel: Channel,
        moment: datetime,
        namespaces: dict[str, str],
    ) -> None:
        self.form, self.channel, self.updated, self.namespaces = form, channel, moment, namespaces

    def extend_ns(self) -> dict[str, str]:
        more = ({"fh": HISTORY} if self.channel.page else {}) | ({"at": TOMBSTONES} if self.channel.after else {})
        return OUR_NAMESPACES | self.namespaces | more

    def extend_rss(self, rss: etree._Element) -> None:
        channel = rss[0]
        self._stylesheet(rss)
        self._alternates(channel, f"{{{details.ATOM}}}link")
        self._links(channel, f"{{{details.ATOM}}}link")
        self._deleted(channel)
        _set_date(channel, "lastBuildDate", self.updated)

    def extend_atom(self, feed: etree._Element) -> None:
        self._stylesheet(feed)
        self._alternates(feed, "link")
        self._links(feed, "link")
        self._deleted(feed)

    def _stylesheet(self, root: etree._Element) -> None:
        """Name the stylesheet with which a browser shows the document (W3C, Associating Style Sheets with XML)."""
        href = html.escape(self.channel.stylesheet)
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{href}"'))

    def _alternates(self, element: etree._Element, tag: str) -> None:
        for form, media_type in FORMAT_TYPES.items():
            if form != self.form:
                _add_link(element, tag, self.channel.self_url(form), "alternate", media_type)

    def _links(self, element: etree._Element, tag: str) -> None:
        """Write the links to other documents of the feed and to the hub, and the mark of a closed page."""
        for rel, href in self.channel.links(self.form).items():
            _add_link(element, tag, href, rel, FORMAT_TYPES[self.form])
        if self.channel.hub:
            etree.SubElement(element, tag, href=self.channel.hub, rel="hub")
        if self.channel.page:
            etree.SubElement(element, f"{{{HISTORY}}}archive")

    def _deleted(self, element: etree._Element) -> None:
        """Name the entries that left the feed, by the same id as their entries had in this format."""
        for one in self.channel.deleted:
            ref = atom_id(one.guid) if self.form == "atom" else one.guid
            etree.SubElement(element, f"{{{TOMBSTONES}}}deleted-entry", ref=ref, when=rfc3339(one.when))


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Links with their rel, authors without e-mail, pictures, rights, language."""

    def setup(self, channel: Channel, entry: Entry) -> None:
        self.channel, self.entry = channel, entry

    def extend_rss(self, item: etree._Element) -> None:
        _set_date(item, "pubDate", published(self.entry))
        for author in self.entry.authors:
            etree.SubElement(item, f"{{{OUR_NAMESPACES['dc']}}}creator").text = author.name
        for contributor in self.entry.contributors:
            etree.SubElement(item, f"{{{OUR_NAMESPACES['dc']}}}contributor").text = contributor.name
        if self.entry.language:
            etree.SubElement(item, f"{{{OUR_NAMESPACES['dc']}}}language").text = self.entry.language
        if self.entry.rights:
            etree.SubElement(item, f"{{{OUR_NAMESPACES['dc']}}}rights").text = self.entry.rights
        for origin in self.entry.origins[:1]:
            # RSS allows one source, and requires the address of its feed.
            if origin.feed_url:
                etree.SubElement(item, "source", url=origin.feed_url).text = origin.title
        etree.SubElement(item, f"{{{details.ATOM}}}updated").text = rfc3339(self.entry.updated or published(self.entry))
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
        _add_link(entry, "link", self.channel.link(self.entry), "alternate", "text/html")
        for enclosure in self.entry.enclosures:
            link = _add_link(entry, "link", enclosure.url, "enclosure", enclosure.type)
            if enclosure.length:
                link.set("length", str(enclosure.length))
        if self.entry.language:
            entry.set(f"{{{XML}}}lang", self.entry.language)
        for origin in self.entry.origins[1:]:
            if origin.url:
                _add_link(entry, "link", origin.url, "via", "text/html").set("title", origin.title)
        for origin in self.entry.origins[:1]:
            self._source(entry, origin)
        self._picture(entry)
        details.extend_atom(entry, self.entry)

    def _source(self, entry: etree._Element, origin: Origin) -> None:
        """Write `atom:source`, the feed that the entry is from (RFC 4287, 4.2.11). Its id may be its address."""
        if not (identifier := origin.id or origin.feed_url or origin.url):
            return
        source = etree.SubElement(entry, "source")
        etree.SubElement(source, "id").text = identifier
        etree.SubElement(source, "title").text = origin.title
        updated = origin.feed_updated or rfc3339(self.entry.updated or published(self.entry))
        etree.SubElement(source, "updated").text = updated
        if origin.url:
            _add_link(source, "link", origin.url, "alternate", "text/html")
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


def _add_link(parent: etree._Element, tag: str, href: str, rel: str, media_type: str) -> etree._Element:
    return etree.SubElement(parent, tag, href=href, rel=rel, type=media_type)


def _set_date(parent: etree._Element, tag: str, moment: datetime) -> None:
    """Replace the text of a date that feedgen wrote: in GMT, independent of the locale."""
    for element in parent.findall(tag):
        element.text = format_datetime(moment, usegmt=True)
