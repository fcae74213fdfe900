"""
The entries of a feed as its XML has them: their guids to the letter, and which of them were read before.

feedparser needs some hundred times as long as an XML parser, and most of what a poll brings is known. An entry is known
by its mark: a digest of its own bytes, and of all around the entries that may shape it.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from feedsvc.identity import digest
from feedsvc.parse.entry import guid, written_page
from feedsvc.parse.vocabulary import Holder, hidden, is_foreign, stated_base

ENTRIES = frozenset({"item", "entry"})

#: Elements in which feedparser looks for an address of e-mail, and up to how many characters, in quadratic time.
PEOPLE = frozenset({
    "author", "creator", "contributor", "publisher", "managingeditor", "webmaster", "owner", "name", "email",
})  # fmt: skip
MAX_PERSON = 500

#: Elements beside the entries that change all the time, and shape none: dates, and RSS 1.0's list of its items.
VOLATILE = frozenset({"lastBuildDate", "pubDate", "updated", "modified", "date", "items"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as it is written."""

    #: To the letter; empty for none.
    guid: str
    mark: str
    element: etree._Element
    holder: Holder
    #: What `xml:base` of the elements around it comes to; may be relative, or empty.
    base: str = ""

    @property
    def link(self) -> str:
        """Where it leads, as it is written."""
        return written_page(self.holder)


def written_entries(document: bytes) -> "tuple[etree._Element, list[Written]] | None":
    """
    The root of a feed, and its entries in order; None where it is not XML.

    What is said of people is cut off where it is too long for feedparser.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, strip_cdata=False)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    entries = []
    places: dict[etree._Element | None, _Place] = {}
    for one in root.iter():
        name = _name(one)
        if name in ENTRIES:
            parent = one.getparent()
            if parent not in places:
                places[parent] = _place(parent)
            if not places[parent].is_another:
                entries.append(one)
        elif name.lower() in PEOPLE:
            _shorten(one)
    around = _around(root, entries)
    return root, [
        Written(
            guid=guid(holder),
            mark=digest(around + etree.tostring(one, encoding="utf-8", with_tail=False)),
            element=one,
            holder=holder,
            base=places[one.getparent()].base,
        )
        for one in entries
        for holder in (Holder(one),)
    ]


def _shorten(person: etree._Element) -> None:
    for one in person.iter():
        if one.text and len(one.text) > MAX_PERSON:
            one.text = one.text[:MAX_PERSON]
        if one is not person and one.tail and len(one.tail) > MAX_PERSON:
            one.tail = one.tail[:MAX_PERSON]


def skipped(root: etree._Element, name: str) -> list[str]:
    """What `skipHours` or `skipDays` says."""
    return [(one.text or "").strip() for holder in root.iter(f"{{*}}{name}") for one in holder]


def without(root: etree._Element, entries: list[Written]) -> bytes:
    """
    The document without some of its entries, and without what feedparser would take for an entry's own.

    The tree keeps what only feedparser must not see.
    """
    for one in entries:
        parent = one.element.getparent()
        if parent is not None:
            parent.remove(one.element)
    shown = deepcopy(root)
    for other in _hidden(shown):
        parent = other.getparent()
        if parent is not None:
            parent.remove(other)
    return etree.tostring(shown, encoding="utf-8")


def _hidden(root: etree._Element) -> list[etree._Element]:
    return [one for entry in root.iter() if _name(entry) in ENTRIES for one in hidden(entry)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where entries stand: what they are relative to, and whether that is another object of an entry."""

    base: str
    is_another: bool


def _place(parent: etree._Element | None) -> _Place:
    if parent is None:
        return _Place(base="", is_another=False)
    child = parent
    for one in parent.iterancestors():
        if _name(one) in ENTRIES:
            return _Place(base="", is_another=is_foreign(child, one.tag.rpartition("}")[0].removeprefix("{")))
        child = one
    return _Place(base=stated_base(parent), is_another=False)


def _around(root: etree._Element, entries: list[etree._Element]) -> bytes:
    """What an entry may take over from what it stands in: bases, languages, namespaces, authors, rights."""
    holders = [root, *{parent: None for one in entries if (parent := one.getparent()) is not None}]
    return b"\n".join(piece for holder in holders for piece in _own(holder, holders))


def _own(holder: etree._Element, holders: list[etree._Element]) -> Iterator[bytes]:
    yield repr((holder.tag, sorted(holder.attrib.items()), sorted(holder.nsmap.items(), key=repr))).encode()
    for child in holder:
        if child not in holders and _name(child) not in ENTRIES | VOLATILE:
            yield etree.tostring(child, encoding="utf-8", with_tail=False)


def _name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
