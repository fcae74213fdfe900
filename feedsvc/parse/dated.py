"""The dates of an entry as its XML has them: of several elements, feedparser keeps but one. Pure."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

#: What an element of a date says, by its name in lower case.
KINDS = {
    "pubdate": "published", "published": "published", "issued": "issued", "created": "created",
    "date": "date", "available": "date", "updated": "updated", "modified": "modified", "lastbuilddate": "updated",
    "publicationdate": "prism", "coverdate": "prism",
}  # fmt: skip

#: Where an entry says when it was published, the surest first: publication, creation, a date of any kind, change.
#: PRISM's dates come last: they are often but a month.
PUBLISHED = ("published", "issued", "created", "date", "updated", "modified", "prism")

#: Where it says when it was changed.
UPDATED = ("updated", "modified", "date")

#: Parts of the namespaces whose elements count; those of RSS 2.0 have none.
NAMESPACES = (
    "purl.org/dc/", "purl.org/rss/", "purl.org/atom/", "w3.org/2005/atom", "prismstandard.org/",
    "netscape.com/", "userland.com/",
)  # fmt: skip

#: feedparser's names, for a document that is not well-formed.
KEPT = {
    "published": "published", "created": "created", "updated": "updated", "dc_issued": "issued",
    "dc_created": "created", "dcterms_date": "date", "publicationdate": "prism", "prism_publicationdate": "prism",
}  # fmt: skip

Dates = Mapping[str, Sequence[str]]


def dates_of(item: Mapping[str, Any], element: "etree._Element | None") -> Dates:
    """What an entry says of its dates, by kind, in the order of the document; `item` is feedparser's reading of it."""
    found: dict[str, list[str]] = {}
    if element is None:
        for name, kind in KEPT.items():
            # Not item.get: it would give another date where this one is missing.
            if text := str(dict.get(item, name) or ""):  # type: ignore[call-overload]
                found.setdefault(kind, []).append(text)
        return found
    for child in element:
        tag: Any = child.tag
        namespace, _, name = tag.rpartition("}") if isinstance(tag, str) else ("", "", "")
        if (meaning := KINDS.get(name.lower())) and _counts(namespace.lower()):
            # Programs escape a text twice.
            found.setdefault(meaning, []).append(html.unescape(str(child.xpath("string()"))))
    return found


def _counts(namespace: str) -> bool:
    return not namespace or any(part in namespace for part in NAMESPACES)


def undated(error: ValueError) -> str:
    """What an operator is told of a date that cannot be read: who reads a feed cannot mend it."""
    return f"{str(error).partition(';')[0]}; it counts as none"
