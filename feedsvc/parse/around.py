"""What a feed says of itself, as far as its entries take it over; addresses made whole by it. Pure."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml import etree

from feedsvc.normalize import web_url
from feedsvc.parse.vocabulary import stated_base

#: What stands where a link should, and is none.
NO_ADDRESS = frozenset({"n/a", "na", "none", "null", "nil", "undefined", "nan", "false", "-", "tbd", "about:blank"})

#: An address that lacks its scheme.
BARE = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[/?#]|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a feed says of itself, as far as its entries take it over."""

    #: Where the feed is from, and its page.
    url: str | None
    link: str | None = None
    id: str | None = None
    self_link: str | None = None
    license: str | None = None
    language: str | None = None
    #: The entry that is read, and what `xml:base` of the elements around it comes to.
    entry: etree._Element | None = None
    outer: str = ""

    def of(self, entry: etree._Element, outer: str) -> "Around":
        """The same around one entry, which may have been taken out of its feed."""
        return replace(self, entry=entry, outer=outer)

    def address(self, written: str, element: etree._Element) -> str | None:
        """
        An address as it may be published; None for what is none.

        A relative one is relative to `xml:base`, else to the feed's page, else to where the feed is from.
        """
        return whole(written, self.base(element))

    def base(self, element: etree._Element) -> str | None:
        """What addresses in an element are relative to."""
        stated = stated_base(element, self.entry, self.outer)
        resolved = web_url(stated, self.url) if stated else None
        return resolved or self.link or self.url

    def home(self, link: str | None) -> str | None:
        """What a text is relative to where it does not say so: its page, where that is on the feed's own site."""
        if link is None or (self.link and urlsplit(self.link).hostname != urlsplit(link).hostname):
            return self.link or self.url
        return link


def whole(written: str, base: str | None) -> str | None:
    """An address as it may be published; None for words that stand where an address should."""
    written = written.strip()
    if not written or written.startswith("#") or written.lower() in NO_ADDRESS:
        return None
    return web_url(f"https://{written}" if BARE.match(written) else written, base)
