"""The dates of an entry from its XML. feedparser keeps only one date if an entry has several elements. Pure."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

#: The meaning of a date element, by its name in lower case.
DATE_ELEMENTS = {
    "pubdate": "published", "published": "published", "issued": "issued", "created": "created",
    "date": "date", "available": "date", "updated": "updated", "modified": "modified", "lastbuilddate": "updated",
    "publicationdate": "prism", "coverdate": "prism",
}  # fmt: skip

#: Kinds of dates that give the date of publication, the best first. PRISM's dates come last, because many of them state
#: only a month.
PUBLICATION_DATES = ("published", "issued", "created", "date", "updated", "modified", "prism")

#: Kinds of dates that give the date of the last change.
CHANGE_DATES = ("updated", "modified", "date")

#: Parts of the namespaces whose elements count. Elements of RSS 2.0 have no namespace.
DATE_NAMESPACES = (
    "purl.org/dc/", "purl.org/rss/", "purl.org/atom/", "w3.org/2005/atom", "prismstandard.org/",
    "netscape.com/", "userland.com/",
)  # fmt: skip

#: feedparser's names, for a document that is not well-formed.
FEEDPARSER_DATES = {
    "published": "published", "created": "created", "updated": "updated", "dc_issued": "issued",
    "dc_created": "created", "dcterms_date": "date", "publicationdate": "prism", "prism_publicationdate": "prism",
}  # fmt: skip

Dates = Mapping[str, Sequence[str]]


def dates_of(item: Mapping[str, Any], element: "etree._Element | None") -> Dates:
    """The dates of an entry by kind, in the order of the document. `item` is feedparser's result."""
    found: dict[str, list[str]] = {}
    if element is None:
        for name, kind in FEEDPARSER_DATES.items():
            # Not item.get, which returns another date if this one is missing.
            if text := str(dict.get(item, name) or ""):  # type: ignore[call-overload]
                found.setdefault(kind, []).append(text)
        return found
    for child in element:
        tag: Any = child.tag
        namespace, _, name = tag.rpartition("}") if isinstance(tag, str) else ("", "", "")
        if (meaning := DATE_ELEMENTS.get(name.lower())) and _counts(namespace.lower()):
            # Some programs escape a text twice.
            found.setdefault(meaning, []).append(html.unescape(str(child.xpath("string()"))))
    return found


def _counts(namespace: str) -> bool:
    return not namespace or any(part in namespace for part in DATE_NAMESPACES)


def undated(error: ValueError) -> str:
    """The message about a date that cannot be read. It has no remedy, because the operator cannot change the feed."""
    return f"{str(error).partition(';')[0]}; it counts as none"
