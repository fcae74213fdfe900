"""The fields of an entry's XML other than texts, people and dates: page, files, details, language, source. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from typing import Any

from lxml import etree

from feedsvc.jumps import destination
from feedsvc.media import seconds
from feedsvc.model import Details, Enclosure, Origin, RawEntry
from feedsvc.normalize import parse_date, web_url, xml_safe
from feedsvc.parse import media
from feedsvc.parse.addresses import is_shareable
from feedsvc.parse.around import NO_ADDRESS, Around
from feedsvc.parse.vocabulary import LANG, Holder, attribute, inner, vocabulary

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

#: A globally valid identifier (RFC 3987).
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

MAX_IRI = 2000

#: The identifier of an item in RSS 1.0.
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

#: The elements and the attribute that hold an identifier, the best first.
GUIDS = (("rss", "guid"), ("atom", "id"), ("", RDF_ABOUT), ("rss", "id"))

ATOM_TAG = "{http://www.w3.org/2005/Atom}"
MRSS = "{http://search.yahoo.com/mrss/}"

#: Attributes that are copied from an element that feedparser read.
COPIED = frozenset({"href", "url", "rel", "type", "length", "filesize", "medium", "duration"})

#: Largest number of pages of one kind for an entry.
MAX_PAGES = 20

#: Elements of RSL whose text is the address of terms, and the largest number of elements that are looked at.
RSL_TERMS = ("standard", "custom", "terms", "license")
MAX_RSL = 200

#: Rank of a link to something other than a web page.
OTHER_TYPE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The fields that an entry's XML states."""

    link: str | None
    image: str | None
    enclosures: tuple[Enclosure, ...]
    details: Details
    language: str | None
    origin: Origin | None
    #: The title of Media RSS or iTunes, for an entry without a title of its own.
    title: str = ""
    #: The text of Media RSS, and whether it is HTML.
    text: str = ""
    is_html: bool = False
    #: Plain texts of an episode.
    summary: str = ""
    subtitle: str = ""


def around(root: etree._Element | None, feed: Any, url: str | None) -> Around:
    """The feed's own fields. They come from feedparser if the XML is broken."""
    if root is None:
        return Around(
            url=url, link=web_url(str(feed.get("link") or ""), url), id=iri(str(feed.get("id") or "")),
            language=str(feed.get("language") or "") or None,
        )  # fmt: skip
    holder = Holder(root)
    channel = next(iter(holder.all("rss", "channel")), root)
    holder = Holder(channel, "atom" if holder.own == "atom" else "rss")
    bare = Around(url=url)
    own = next(iter(media.linked(holder, "self")), None)
    return Around(
        url=url,
        link=next(
            (found for one in _page_elements(holder) if (found := bare.address(_stated_address(one), one))), None
        ),
        id=iri(holder.text("atom", "id")) if holder.own == "atom" else None,
        self_link=bare.address(attribute(own, "href"), own) if own is not None else None,
        hubs=tuple(
            found for one in media.linked(holder, "hub") if (found := bare.address(attribute(one, "href"), one))
        ),
        license=_license(holder, bare),
        language=str(feed.get("language") or "") or None,
    )


def found(entry: Holder, feed: Around) -> Found:
    """The fields of an entry, with relative addresses resolved."""
    files = media.files(entry, feed.address)
    image = next((one.url for one in media.pictures(entry, files, feed.address)), None)
    text, is_html = media.description(entry)
    duration = seconds(entry.text("itunes", "duration"))
    enclosures = media.enclosures(files, duration)
    is_told = any(one.duration for one in enclosures)
    return Found(
        link=page(entry, feed),
        image=image,
        enclosures=enclosures,
        details=Details(
            alt=next((one.alt for one in files if one.url == image), None),
            comments=_comments_page(entry, feed),
            license=_license(entry, feed) or feed.license,
            via=_page_addresses(media.linked(entry, "via"), feed),
            related=_page_addresses(media.linked(entry, "related"), feed),
            duration=None if is_told else duration or None,
            episode=media.number(entry.text("itunes", "episode") or entry.text("podcast", "episode")),
            season=media.number(entry.text("itunes", "season") or entry.text("podcast", "season")),
            episode_type=media.episode_type(entry.text("itunes", "episodetype")),
            explicit=media.explicit(entry.text("itunes", "explicit")),
            cover=media.cover(entry, feed.address),
            transcripts=media.transcripts(entry, feed.address),
            chapters=media.chapters(entry, feed.address),
        ),
        language=_own_language(entry) or feed.language,
        origin=_source_origin(entry, feed),
        title=entry.text("itunes", "title") or media.title(entry),
        text=text,
        is_html=is_html,
        summary=entry.text("itunes", "summary"),
        subtitle=entry.text("itunes", "subtitle"),
    )


def page(entry: Holder, feed: Around) -> str | None:
    """The entry's page, or the target of a jump link; None if the entry has no page."""
    addresses = (feed.address(_stated_address(one), one) for one in _page_links(entry))
    return next((destination(one) for one in addresses if one), None)


def written_page(entry: Holder) -> str:
    """The entry's link, as it is written; empty if there is none."""
    return next((text for one in _page_links(entry) if (text := _stated_address(one))), "")


def guid(entry: Holder) -> str:
    """
    The exact identifier of an entry, which feedparser changes (RFC 4287, 4.2.6); empty if there is none.

    It is RSS's `guid`, Atom's `id` or `rdf:about`. An `id` without a namespace counts if there is nothing else. An `id`
    of a foreign namespace never counts.
    """
    for of, name in GUIDS:
        text = entry.text(of, name) if of else entry.element.get(name, "")
        if text and text.lower() not in NO_ADDRESS:
            return text
    return ""


def iri(text: str) -> str | None:
    """A feed's own id, if it is an IRI that may be published; else None."""
    if len(text) > MAX_IRI or not IRI.fullmatch(text):
        return None
    scheme = text.partition(":")[0].lower()
    if scheme in {"http", "https"}:
        return text if is_shareable(text) else None
    return text if scheme in {"tag", "urn"} and "@" not in text.partition(",")[2] else None


def _page_links(entry: Holder) -> Iterator[etree._Element]:
    """Elements that may hold an entry's page, the best first."""
    yield from (*entry.all("feedburner", "origlink"), *entry.all("pheedo", "origlink"))
    yield from _page_elements(entry)
    yield from (one for one in entry.all("rss", "guid") if _is_permalink(one))
    yield from (one for one in entry.all("atom", "content") if attribute(one, "src"))
    yield from media.media(entry, "player")


def _page_elements(holder: Holder) -> list[etree._Element]:
    """RSS's links, then Atom's alternates, web pages first."""
    own = [one for one in holder.all("rss", "link") if media.relation(one) == "alternate"]
    alternates = [one for one in holder.all("atom", "link") if media.relation(one) == "alternate"]
    return own + (sorted(alternates, key=_page_rank) if len(alternates) > 1 else alternates)


def _page_rank(link: etree._Element) -> int:
    type_ = attribute(link, "type").lower().partition(";")[0]
    return 0 if type_ in HTML_TYPES else 1 if not type_ else OTHER_TYPE


def _stated_address(element: etree._Element) -> str:
    return attribute(element, "href") or attribute(element, "src") or attribute(element, "url") or inner(element)


def _is_permalink(element: etree._Element) -> bool:
    """Whether a guid is an address. Not every guid that is called a permalink is one."""
    said, text = attribute(element, "ispermalink").lower(), inner(element)
    return said == "true" or (said != "false" and re.match("/|https?://", text, re.IGNORECASE) is not None)


def _page_addresses(links: list[etree._Element], feed: Around) -> tuple[str, ...]:
    found = (feed.address(media.target(one), one) for one in links)
    return tuple(dict.fromkeys(one for one in found if one))[:MAX_PAGES]


def _comments_page(entry: Holder, feed: Around) -> str | None:
    """The page of comments, not their feed and not their number."""
    replies = (one for one in media.linked(entry, "replies") if _page_rank(one) != OTHER_TYPE)
    return _first(((one, _stated_address(one)) for one in (*entry.all("rss", "comments"), *replies)), feed)


def _license(holder: Holder, feed: Around) -> str | None:
    """The address of a licence, in any vocabulary; not its name."""
    named = (*holder.all("cc", "license"), *media.linked(holder, "license"), *holder.all("dcterms", "license"))
    holders = (*named, *media.media(holder, "license"), *_rsl_terms(holder))
    return _first(((one, attribute(one, "resource") or _stated_address(one)) for one in holders), feed)


def _rsl_terms(holder: Holder) -> Iterator[etree._Element]:
    """
    The elements of an RSL licence that hold the address of its terms, the most definite first (rslstandard.org).

    The other elements, which state permissions and prices, are not kept.
    """
    blocks = islice((one for block in holder.all("rsl", "content", "license") for one in block.iter()), MAX_RSL)
    named = [(_rsl_name(one), one) for one in blocks if len(one) == 0]
    for name in RSL_TERMS:
        yield from (one for said, one in named if said == name)


def _rsl_name(element: etree._Element) -> str:
    namespace, _, name = str(element.tag).removeprefix("{").rpartition("}")
    return name if vocabulary(namespace) == "rsl" else ""


def _first(written: Iterator[tuple[etree._Element, str]], feed: Around) -> str | None:
    """The first address among texts, some of which may not be addresses."""
    addresses = (feed.address(text, one) for one, text in written if "/" in text and len(text.split()) == 1)
    return next((one for one in addresses if one), None)


def _own_language(entry: Holder) -> str | None:
    """The language that the entry itself states."""
    texts = (*entry.all("atom", "content"), *entry.all("atom", "title"))
    said = (entry.element.get(LANG), entry.text("dc", "language"), *(one.get(LANG) for one in texts))
    return next((one.strip() for one in said if one and one.strip()), None)


def _source_origin(entry: Holder, feed: Around) -> Origin | None:
    """`source`: the feed that the entry is from (RSS 2.0; RFC 4287, 4.2.11)."""
    for one in entry.all("rss", "source"):
        return origin(title=inner(one), feed_url=feed.address(attribute(one, "url") or attribute(one, "href"), one))
    for one in entry.all("atom", "source"):
        source = Holder(one)
        pages = (feed.address(_stated_address(link), link) for link in _page_elements(source))
        own = (feed.address(attribute(link, "href"), link) for link in media.linked(source, "self"))
        return origin(
            title=source.text("atom", "title"),
            url=next((link for link in pages if link), None),
            feed_url=next((link for link in own if link), None),
            id=iri(source.text("atom", "id")),
            feed_updated=_iso_moment(source.text("atom", "updated")),
        )
    return None


def origin(*, title: str, url: str | None = None, feed_url: str | None = None, **more: str | None) -> Origin | None:
    """A source; None if it is empty. The address of its feed is left out if it may be private."""
    shown = feed_url if feed_url and is_shareable(feed_url) else None
    return Origin(title=title, url=url, feed_url=shown, **more) if title or url or shown else None


def _iso_moment(text: str) -> str | None:
    try:
        moment = parse_date(text, UTC)
    except ValueError:
        return None
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def has_anything(entry: RawEntry) -> bool:
    """Whether an entry has anything that a reader could see or follow."""
    texts = (entry.title, entry.content, entry.summary or "")
    return any(text.strip() for text in texts) or bool(entry.link or entry.enclosures or entry.image)


def element_of(item: Any) -> etree._Element:
    """An entry that feedparser read from broken XML, as XML with all its links and media."""
    element = etree.Element("item")
    for one in item.get("links") or ():
        _xml_element(element, f"{ATOM_TAG}link", one)
    for one in item.get("enclosures") or ():
        _xml_element(element, "enclosure", {**one, "url": one.get("href") or one.get("url")})
    for name in ("content", "thumbnail"):
        for one in item.get(f"media_{name}") or ():
            _xml_element(element, f"{MRSS}{name}", one)
    _xml_element(element, "image", item.get("image") or {})
    etree.SubElement(element, "comments").text = xml_safe(str(item.get("comments") or ""))
    link = str(item.get("link") or "")
    if link != item.get("id") or link.startswith(("/", "http:", "https:")):  # feedparser uses a guid as link
        etree.SubElement(element, "link").text = xml_safe(link)
    if isinstance(source := item.get("source"), dict):
        _xml_element(element, "source", {"url": source.get("href") or source.get("url")}).text = xml_safe(
            str(source.get("title") or source.get("value") or "")
        )
    return element


def _xml_element(parent: etree._Element, tag: str, values: Any) -> etree._Element:
    texts = {name: xml_safe(value) for name, value in values.items() if isinstance(value, str) and name in COPIED}
    return etree.SubElement(parent, tag, texts)
