"""The fields of a feed that its entries inherit, and relative addresses resolved with them. Pure."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml import etree

from feedsvc.normalize import web_url
from feedsvc.parse.vocabulary import stated_base

#: Placeholders that are written in place of a link.
NO_ADDRESS = frozenset({"n/a", "na", "none", "null", "nil", "undefined", "nan", "false", "-", "tbd", "about:blank"})

#: An address without its scheme.
WITHOUT_SCHEME = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[/?#]|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The fields of a feed that its entries inherit."""

    #: The address of the feed, and of its page.
    url: str | None
    link: str | None = None
    id: str | None = None
    self_link: str | None = None
    hubs: tuple[str, ...] = ()
    license: str | None = None
    language: str | None = None
    #: The entry that is read, and the result of `xml:base` of the elements around it.
    entry: etree._Element | None = None
    outer: str = ""

    def of(self, entry: etree._Element, outer: str) -> "Around":
        """The same for one entry, which may have been removed from its feed."""
        return replace(self, entry=entry, outer=outer)

    def address(self, written: str, element: etree._Element) -> str | None:
        """
        An address as it may be published; None for a text that is not an address.

        A relative address is resolved with `xml:base`, else with the feed's page, else with the feed's address.
        """
        return whole(written, self.base(element))

    def base(self, element: etree._Element) -> str | None:
        """The base of addresses in an element."""
        stated = stated_base(element, self.entry, self.outer)
        resolved = web_url(stated, self.url) if stated else None
        return resolved or self.link or self.url

    def home(self, link: str | None) -> str | None:
        """The base of a text that states none: the entry's page, if that is on the feed's own site."""
        if link is None or (self.link and urlsplit(self.link).hostname != urlsplit(link).hostname):
            return self.link or self.url
        return link


def whole(written: str, base: str | None) -> str | None:
    """An address as it may be published; None for a placeholder in place of an address."""
    written = written.strip()
    if not written or written.startswith("#") or written.lower() in NO_ADDRESS:
        return None
    return web_url(f"https://{written}" if WITHOUT_SCHEME.match(written) else written, base)
