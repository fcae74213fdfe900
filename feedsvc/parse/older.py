"""
The page with the next older entries, as a feed names it. Pure.

    <link rel="prev-archive" href="…"/>     in Atom, and as atom:link in RSS (RFC 5005, 4)
    <link rel="next" href="…"/>             likewise (RFC 5005, 3)
    "next_url": "…"                         JSON Feed 1.1
    Link: <…>; rel="next"                   a header of the answer (RFC 8288), for every format

`prev-archive` comes before `next`: the pages of an archive do not change, so no entry moves between two requests.
"""

import re
from collections.abc import Iterable
from urllib.parse import urldefrag

from lxml import etree

from feedsvc.parse.around import Around, whole
from feedsvc.parse.media import linked, target
from feedsvc.parse.vocabulary import Holder, attribute

RELATIONS = ("prev-archive", "next")

#: Before a relation in the form of an IRI.
IANA = "http://www.iana.org/assignments/relation/"

#: Media types of pages that hold no feed.
PAGES = ("text/html", "application/xhtml+xml")

#: A link of a header: its target, and its parameters. Longer parameters are not read.
LINK = re.compile(
    r"<([^<>]{1,4000})>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:\"[^\"]{0,4000}\"|[^\s\";,]{0,4000}))?)*)"
)
PARAMETER = re.compile(r";\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\";,]*))")


def of_xml(root: etree._Element, url: str | None) -> str | None:
    """The older page that a feed in XML names; the feed came from `url`."""
    channel = next(iter(Holder(root).all("rss", "channel")), root)
    holder = Holder(channel, "atom" if Holder(root).own == "atom" else "rss")
    links = (one for name in RELATIONS for one in linked(holder, name))
    around = Around(url=url)
    return _first(around.address(target(one), one) for one in links if attribute(one, "type").lower() not in PAGES)


def of_json(written: object, url: str | None) -> str | None:
    """The older page that a JSON Feed names."""
    return _first([whole(written, url)]) if isinstance(written, str) else None


def of_header(value: str, url: str) -> str | None:
    """The older page that a `Link` header names; the answer came from `url`."""
    found: dict[str, str] = {}
    for match in LINK.finditer(value):
        said = {name.lower(): quoted or plain for name, quoted, plain in PARAMETER.findall(match[2])}
        # A link with an anchor starts from another document.
        if "anchor" in said or said.get("type", "").lower() in PAGES:
            continue
        for relation in said.get("rel", "").lower().split():
            found.setdefault(relation.removeprefix(IANA), match[1])
    return _first(whole(found[name], url) for name in RELATIONS if name in found)


def _first(addresses: Iterable[str | None]) -> str | None:
    """The first address, as it is asked for: without its fragment."""
    return next((urldefrag(one).url for one in addresses if one), None)
