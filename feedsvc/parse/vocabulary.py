"""
The XML of an entry by vocabulary: which standard an element belongs to, under whatever prefix and spelling. Pure.

feedparser goes by names where it does not know a namespace, and takes what stands within another object for the entry's
own. Here an element is `(vocabulary, name)`, and only the entry's own children count.
"""

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from lxml import etree

#: A namespace without its scheme and final slash, in lower case → what it is called here.
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
    "rssnamespace.org/feedburner/ext/1.0": "feedburner", "www.pheedo.com/namespace/pheedo": "pheedo",
}  # fmt: skip

#: Vocabularies whose elements may hold others and still speak of the entry itself.
OF_ENTRIES = frozenset({"rss", "atom", "dc", "dcterms", "content", "xhtml", "itunes", "cc"})

#: Of Media RSS, what feedparser may see: the rest is read here, and would replace the entry's title and text.
SHOWN_MEDIA = frozenset({"category", "keywords"})

#: Elements of RSS alone.
OF_RSS = frozenset({"rss", "rdf", "channel", "item"})

BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Holder:
    """An element whose children are asked for by vocabulary and name; an unknown namespace of its own is its own."""

    def __init__(self, element: etree._Element, own: str = "rss") -> None:
        self.element = element
        namespace = _namespace(element)
        # An `item` is RSS's whatever namespace its document declares.
        self.own = "rss" if _name(element) in OF_RSS else vocabulary(namespace) or own
        self.children: list[tuple[str, str, etree._Element]] = []
        for child in element:
            space, name = _namespace(child), _name(child)
            if name:
                of = self.own if space == namespace else vocabulary(space)
                self.children.append((of, name, child))

    def all(self, of: str, *names: str) -> Iterator[etree._Element]:
        """Its children of these names, in order."""
        return (child for vocabulary_, name, child in self.children if vocabulary_ == of and name in names)

    def text(self, of: str, *names: str) -> str:
        """The text of the first such child that has one."""
        return next((text for one in self.all(of, *names) if (text := inner(one))), "")


def inner(element: etree._Element) -> str:
    """An element's text, without white space around it."""
    return "".join(str(piece) for piece in element.itertext()).strip()


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value, by its name without namespace, in whatever case; else empty."""
    value: Any = element.get(name)
    if value is None:
        value = next((held for key, held in element.attrib.items() if _parts(str(key))[1] == name.lower()), "")
    return str(value).strip()


def stated_base(element: etree._Element, top: etree._Element | None = None, outer: str = "") -> str:
    """
    What `xml:base` of an element and its ancestors come to; relative where none is whole, empty where none is.

    Ancestors count up to `top`; what is around that comes to `outer`.
    """
    bases: list[Any] = [element.get(BASE)]
    if element is not top:
        for one in element.iterancestors():
            bases.append(one.get(BASE))
            if one is top:
                break
    for stated in reversed(bases):
        if stated and stated.strip():
            with contextlib.suppress(ValueError):
                outer = urljoin(outer, stated.strip())
    return outer


def is_foreign(child: etree._Element, own: str) -> bool:
    """Whether a child of an entry, whose namespace is `own`, is another object, with a title and text of its own."""
    space = _namespace(child)
    if space in {own, "-"}:
        return False
    of = vocabulary(space)
    is_unprefixed = not child.prefix
    return (len(child) > 0 and of not in OF_ENTRIES) or (is_unprefixed and not of)


def hidden(entry: etree._Element) -> Iterator[etree._Element]:
    """What of an entry feedparser must not see: other objects, and media, which are read here."""
    own = _namespace(entry)
    for child in entry:
        if vocabulary(_namespace(child)) != "media":
            yield from [child] if is_foreign(child, own) else ()
        elif _name(child) == "group":
            yield from (one for one in child if _name(one) not in SHOWN_MEDIA)
        elif _name(child) not in SHOWN_MEDIA:
            yield child


@lru_cache(maxsize=512)
def vocabulary(namespace: str) -> str:
    """What a namespace is called here; empty for an unknown one."""
    plain = namespace.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    return VOCABULARIES.get(plain, "")


def _namespace(element: etree._Element) -> str:
    """An element's namespace; `-` for a comment."""
    tag: Any = element.tag
    return _parts(tag)[0] if isinstance(tag, str) else "-"


def _name(element: etree._Element) -> str:
    tag: Any = element.tag
    return _parts(tag)[1] if isinstance(tag, str) else ""


@lru_cache(maxsize=2048)
def _parts(tag: str) -> tuple[str, str]:
    """Namespace, and name in lower case."""
    space, _, name = tag.rpartition("}")
    return space.removeprefix("{"), name.lower()
