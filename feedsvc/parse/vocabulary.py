"""
The XML of an entry by vocabulary: the standard that defines an element, whatever its prefix and spelling. Pure.

feedparser uses names alone if it does not know a namespace, and reads the content of a nested object as the entry's
own. Here, an element is `(vocabulary, name)`, and only the children of the entry itself count.
"""

import contextlib
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree

#: A namespace without its scheme and final slash, in lower case → its short name in this code.
VOCABULARIES = {
    "": "rss",
    **dict.fromkeys(
        ("purl.org/rss/1.0", "my.netscape.com/rdf/simple/0.9", "channel.netscape.com/rdf/simple/0.9",
         "purl.org/net/rss1.1#", "backend.userland.com/rss", "backend.userland.com/rss2",
         "backend.userland.com/rss091", "backend.userland.com/rss092", "blogs.law.harvard.edu/tech/rss",
         "cyber.law.harvard.edu/rss", "my.netscape.com/publish/formats/rss-0.91.dtd"),
        "rss",
    ),
    **dict.fromkeys(("www.w3.org/2005/atom", "purl.org/atom/ns#"), "atom"),
    **dict.fromkeys(("search.yahoo.com/mrss", "video.search.yahoo.com/mrss", "www.rssboard.org/media-rss"), "media"),
    **dict.fromkeys(("www.itunes.com/dtds/podcast-1.0.dtd", "example.com/dtds/podcast-1.0.dtd"), "itunes"),
    **dict.fromkeys(
        ("podcastindex.org/namespace/1.0",
         "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"),
        "podcast",
    ),
    "purl.org/dc/elements/1.1": "dc", "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content", "www.w3.org/1999/xhtml": "xhtml",
    **dict.fromkeys(
        ("backend.userland.com/creativecommonsrssmodule", "cyber.law.harvard.edu/rss/creativecommonsrssmodule.html",
         "creativecommons.org/ns#", "web.resource.org/cc"),
        "cc",
    ),
    "rslstandard.org/rsl": "rsl",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner", "www.pheedo.com/namespace/pheedo": "pheedo",
}  # fmt: skip

#: Vocabularies whose elements describe the entry, also if they contain other elements.
OF_ENTRIES = frozenset({"rss", "atom", "dc", "dcterms", "content", "xhtml", "itunes", "cc"})

#: Elements of Media RSS that feedparser may see. Others would replace the entry's title and text.
SHOWN_MEDIA = frozenset({"category", "keywords"})

#: Largest number of Media RSS elements that are read for one entry.
MAX_MEDIA = 500

#: Longest base, in characters: each address of a feed is joined with it.
MAX_BASE = 2000

#: Elements that only RSS has.
OF_RSS = frozenset({"rss", "rdf", "channel", "item"})

BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Holder:
    """
    An element whose children can be found by vocabulary and name.

    Children in the element's own namespace count as `own`, if that namespace is unknown.
    """

    def __init__(self, element: etree._Element, own: str = "rss") -> None:
        self.element = element
        namespace, of, name = _parsed_tag(element.tag)
        # An `item` belongs to RSS, whatever namespace its document declares.
        self.own = "rss" if name in OF_RSS else of or own
        self.children: dict[tuple[str, str], list[etree._Element]] = {}
        for child in element:
            space, of, name = _parsed_tag(child.tag)
            if name:
                self.children.setdefault((self.own if space == namespace else of, name), []).append(child)

    def all(self, of: str, *names: str) -> list[etree._Element]:
        """The children with these names, in order of the names."""
        if len(names) == 1:
            return self.children.get((of, names[0]), [])
        return [one for name in names for one in self.children.get((of, name), ())]

    def text(self, of: str, *names: str) -> str:
        """The text of the first such child that is not empty."""
        return next((text for one in self.all(of, *names) if (text := inner(one))), "")

    @cached_property
    def media(self) -> dict[str, list[etree._Element]]:
        """The elements of Media RSS by name, also in groups; at most MAX_MEDIA."""
        found: dict[str, list[etree._Element]] = {}
        groups = [group for group in self.all("media", "group")[:MAX_MEDIA] for group in islice(group, MAX_MEDIA)]
        own = (one for (of, name), held in self.children.items() if of == "media" and name != "group" for one in held)
        for one in islice(chain(own, groups), MAX_MEDIA):
            _, of, name = _parsed_tag(one.tag)
            if of == "media":
                found.setdefault(name, []).append(one)
        return found


def inner(element: etree._Element) -> str:
    """An element's text, without white space around it."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(str(piece) for piece in element.itertext()).strip()


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute, by its local name in any case; empty if it is missing."""
    value: Any = element.get(name)
    if value is None:
        value = next((held for key, held in element.attrib.items() if _parsed_tag(str(key))[2] == name), "")
    return str(value).strip()


def stated_base(element: etree._Element, top: etree._Element | None = None, outer: str = "") -> str:
    """
    The result of `xml:base` on an element and its ancestors; relative if none is absolute, empty if none exists.

    Ancestors count up to `top`. `outer` is the base of the elements above `top`.
    """
    bases: list[Any] = [element.get(BASE)]
    if element is not top:
        for one in element.iterancestors():
            bases.append(one.get(BASE))
            if one is top:
                break
    for stated in reversed(bases):
        if stated and stated.strip() and len(stated) <= MAX_BASE:
            with contextlib.suppress(ValueError):
                outer = urljoin(outer, stated.strip())
    return outer


def is_foreign(child: etree._Element, own: str) -> bool:
    """Whether a child of an entry, whose namespace is `own`, is another object with its own title and text."""
    space = _namespace(child)
    if space in {own, "-"}:
        return False
    of = vocabulary(space)
    is_unprefixed = not child.prefix
    return (len(child) > 0 and of not in OF_ENTRIES) or (is_unprefixed and not of)


def hidden(entry: etree._Element) -> Iterator[etree._Element]:
    """The parts of an entry that feedparser must not see: nested objects, and media, which this package reads."""
    own = _namespace(entry)
    for child in entry:
        if vocabulary(_namespace(child)) != "media":
            yield from [child] if is_foreign(child, own) else ()
        elif _local_name(child) == "group":
            yield from (one for one in child if _local_name(one) not in SHOWN_MEDIA)
        elif _local_name(child) not in SHOWN_MEDIA:
            yield child


@lru_cache(maxsize=512)
def vocabulary(namespace: str) -> str:
    """The short name of a namespace; empty if it is unknown."""
    plain = namespace.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    return VOCABULARIES.get(plain, "")


def _namespace(element: etree._Element) -> str:
    """An element's namespace; `-` for a comment."""
    return _parsed_tag(element.tag)[0]


def _local_name(element: etree._Element) -> str:
    return _parsed_tag(element.tag)[2]


@lru_cache(maxsize=2048)
def _parsed_tag(tag: Any) -> tuple[str, str, str]:
    """The namespace, vocabulary and lower-case name of a tag; all empty for a comment."""
    if not isinstance(tag, str):
        return "-", "", ""
    space, _, name = tag.rpartition("}")
    space = space.removeprefix("{")
    return space, vocabulary(space), name.lower()
