"""An OPML file (opml.org/spec2.opml) to subscriptions; the feeds that a web page links to. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

from feedsvc.errors import EntryError
from feedsvc.normalize import one_line, web_feed_url, web_url

#: Media types that a link to a feed states, the format with the most details first. If a feed comes in several formats,
#: the first one is used. Atom distinguishes text from HTML, names every author, and dates each change.
RICHEST = (
    "application/atom+xml", "application/feed+json", "application/json", "application/rss+xml", "application/rdf+xml",
)  # fmt: skip

#: Words of a title or an address that name a format, not the feed.
FORMAT_WORDS = re.compile(
    r"(?i)(?<![^\W_])(?:rss ?[0-9.]*|atom ?(?:1\.0|03)?|json|rdf|xml|feeds?|1\.1|index|alt)(?![^\W_])"
)

#: JSON links of WordPress lead to its API, not to a feed.
API_LINK = re.compile(r"/wp-json/|[?&]rest_route=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed in somebody's list of subscriptions."""

    title: str
    url: str
    #: The innermost folder that contains it.
    folder: str | None = None
    #: The addresses of the same feed in other formats.
    others: tuple[str, ...] = ()


def parse_opml(data: bytes) -> tuple[list[Subscription], list[str]]:
    """
    The subscriptions in an OPML file, each address once, and the problems of others.

    Raises EntryError if `data` is not an OPML file.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EntryError(f"not XML ({error})") from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise EntryError("not an OPML file")
    if b"</opml" not in data[data.rfind(b"<") :].lower():
        raise EntryError("not a whole OPML file: its end is missing")
    found: dict[str, Subscription] = {}
    problems = []
    for outline in root.iter("outline"):
        url = _attribute(outline, "xmlUrl") or _attribute(outline, "xmlurl")
        if not url:
            continue  # a folder, or a link
        checked = web_url(web_feed_url(url))
        title = one_line(_attribute(outline, "title") or _attribute(outline, "text"))
        if checked is None:
            why = "names a user: write that into headers" if "@" in url.partition("?")[0] else "is no plain http(s) URL"
            problems.append(f"{title or 'a subscription'}: its address {why}")
        else:
            found.setdefault(
                checked, Subscription(title=title or checked, url=checked, folder=_innermost_folder(outline))
            )
    return list(found.values()), problems


def _attribute(outline: Any, name: str) -> str:
    return str(outline.get(name) or "").strip()


def _innermost_folder(outline: Any) -> str | None:
    parent = outline.getparent()
    if parent is None or parent.tag != "outline":
        return None
    return one_line(_attribute(parent, "title") or _attribute(parent, "text")) or None


def linked_feeds(html: str, base: str) -> list[Subscription]:
    """
    The feeds that a page links to as its own (HTML Standard, 4.6.7.1), in its order.

    If one feed comes in several formats, it is listed once, with the address of the richest format.
    """
    found: dict[str, tuple[str, str]] = {}
    for link in _links(html):
        if link.tag == "base":
            base = web_url(link.get("href", ""), base) or base
            continue
        rels, kind = link.get("rel", "").lower().split(), link.get("type", "").partition(";")[0].strip().lower()
        url = web_url(link.get("href", ""), base)
        if url and "alternate" in rels and kind in RICHEST and not API_LINK.search(url):
            found.setdefault(url, (kind, one_line(link.get("title", ""))))
    return [_of_formats(forms) for forms in _grouped(found)]


def _grouped(found: Mapping[str, tuple[str, str]]) -> list[list[tuple[str, str, str]]]:
    """`url → kind, title` grouped into feeds, each with its formats. Two addresses of one format are two feeds."""
    groups: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
    for url, (kind, title) in found.items():
        name = _title_words(title) or _title_words(url.partition("://")[2])
        number = sum(kind == other for key, forms in groups.items() if key[0] == name for other, _, _ in forms)
        groups.setdefault((name, number), []).append((kind, url, title))
    return list(groups.values())


def _of_formats(forms: list[tuple[str, str, str]]) -> Subscription:
    _, url, title = min(forms, key=lambda one: RICHEST.index(one[0]))
    name = title if len(forms) == 1 else " ".join(FORMAT_WORDS.sub("", title).split()).strip(" -–—|:·»()[]")
    return Subscription(title=name or url, url=url, others=tuple(one[1] for one in forms if one[1] != url))


def _title_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", FORMAT_WORDS.sub(" ", text))).casefold()


def _links(html: str) -> Iterator[Any]:
    try:
        yield from lxml.html.document_fromstring(html).iter("base", "link")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
