"""
The entries of a feed as its XML states them: their exact guids, and whether they were read before.

feedparser takes about a hundred times as long as an XML parser, and most entries of a poll are known. An entry is
recognised by its mark: a digest of its own bytes and of everything around the entries that may shape it.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from feedsvc.identity import digest
from feedsvc.parse.entry import guid, written_page
from feedsvc.parse.newest import newest
from feedsvc.parse.vocabulary import Holder, hidden, is_foreign, stated_base

ENTRY_NAMES = frozenset({"item", "entry"})

#: Everything below this element belongs to the content (RFC 4287, 4.1.3.3).
CONTENT = "content"

#: Namespaces in which `item` and `entry` are entries, whatever the prefix (feedparser's own list).
OF_FEEDS = tuple(
    f"{{{address}"
    for address in (
        "http://www.w3.org/2005/Atom}", "http://purl.org/rss/1.0/}", "http://my.netscape.com/rdf/simple/0.9/}",
        "http://purl.org/atom/ns#}", "http://backend.userland.com/rss",
    )
)  # fmt: skip

#: Elements with an entry's date, the best one first.
DATES = ("pubdate", "published", "updated", "date", "issued", "modified", "created")

#: Elements in which feedparser searches for an e-mail address. Its search takes quadratic time, so a longer text is cut
#: to MAX_PERSON characters.
PEOPLE = frozenset({
    "author", "creator", "contributor", "publisher", "managingeditor", "webmaster", "owner", "name", "email",
})  # fmt: skip
MAX_PERSON = 500

#: Elements that name the author of a feed, besides a podcast's owner.
AUTHORS = frozenset({"author", "creator", "managingeditor"})

#: Elements of a person that hold the address of a page.
PAGE_ELEMENTS = frozenset({"uri", "url", "homepage"})

#: Replaces `@` where feedparser would search for an e-mail address.
HIDDEN_AT = "\uff20"

#: Elements of the feed that change at every poll and do not shape entries: dates, and RSS 1.0's list of items.
VOLATILE = frozenset({"lastbuilddate", "pubdate", "updated", "modified", "date", "items"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as the XML states it."""

    #: Its position in the feed, from 1.
    number: int
    #: The exact guid, which feedparser changes (RFC 4287, 4.2.6); empty if there is none.
    guid: str
    mark: str
    element: etree._Element
    holder: Holder
    #: The result of `xml:base` of the elements around it. May be relative or empty.
    base: str = ""

    @property
    def link(self) -> str:
        """The entry's link, as the XML states it."""
        return written_page(self.holder)


def written_entries(root: etree._Element, max_entries: int) -> tuple[list[Written], str | None]:
    """
    The entries of a feed in order, and a problem if some are left out.

    If there are too many entries, the newest are kept, and the others are removed from the tree. Texts about people are
    cut, because they may be too long for feedparser.
    """
    entries, owners = [], []
    places: dict[etree._Element | None, _Place] = {}
    for one in root.iter():
        name = _element_name(one)
        if name in ENTRY_NAMES and _is_plain(one):
            parent = one.getparent()
            if parent not in places:
                places[parent] = _parent_of_entries(parent)
            if not places[parent].is_another:
                entries.append(one)
        elif name in PEOPLE:
            _shorten(one)
            owners += [one] if name == "owner" else []
    for one in owners:
        _remove_owner(one)
    number_of = {one: number for number, one in enumerate(entries, 1)}
    kept, problem = entries, None
    if len(entries) > max_entries:
        newer, problem = newest([_written_date(one) for one in entries], max_entries)
        kept = [entries[number] for number in newer]
        _remove(set(entries).difference(kept))
    around = _inherited(root, kept)
    return [
        Written(
            number=number_of[one],
            guid=guid(holder),
            mark=digest(around + etree.tostring(one, encoding="utf-8", with_tail=False)),
            element=one,
            holder=holder,
            base=places[one.getparent()].base,
        )
        for one in kept
        for holder in (Holder(one),)
    ], problem


def _is_plain(entry: etree._Element) -> bool:
    """Whether feedparser reads the element as an entry. It does not if the prefix is of a foreign namespace."""
    return not entry.prefix or str(entry.tag).startswith(OF_FEEDS)


def _written_date(entry: etree._Element) -> str:
    dated = {_element_name(child): child.text or "" for child in reversed(entry) if _element_name(child) in DATES}
    return next((dated[name] for name in DATES if dated.get(name)), "")


def _remove(entries: Iterable[etree._Element]) -> None:
    for one in entries:
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)


def _shorten(person: etree._Element) -> None:
    """
    Cut the texts about a person, and hide each `@` from feedparser.

    feedparser finds half an address in `a@b.museum`. parse/people.py reads the person's name.
    """
    for one in person.iter():
        if one.text:
            text = one.text[:MAX_PERSON]
            one.text = text if _element_name(one) in PAGE_ELEMENTS else text.replace("@", HIDDEN_AT)
        if one is not person and one.tail:
            one.tail = one.tail[:MAX_PERSON].replace("@", HIDDEN_AT)


def _remove_owner(owner: etree._Element) -> None:
    """
    Remove the owner of a podcast, a contact, if the feed names an author.

    feedparser would replace the author's name by the owner's.
    """
    parent = owner.getparent()
    if parent is not None and any(_element_name(one).lower() in AUTHORS for one in parent):
        parent.remove(owner)


def skipped(root: etree._Element, name: str) -> list[str]:
    """The values of `skipHours` or `skipDays`."""
    return [(one.text or "").strip() for holder in root.iter(f"{{*}}{name}") for one in holder]


def without(root: etree._Element, entries: list[Written]) -> bytes:
    """
    The document without some of its entries, and without elements that feedparser would assign to an entry.

    Elements that only feedparser must not see stay in the tree.
    """
    _remove(one.element for one in entries)
    shown = deepcopy(root)
    _remove(_hidden(shown))
    return etree.tostring(shown, encoding="utf-8")


def _hidden(root: etree._Element) -> list[etree._Element]:
    entries = [one for one in root.iter() if _element_name(one) in ENTRY_NAMES]
    contents = [one for entry in entries for one in entry if _element_name(one) == CONTENT]
    inner = (one for content in contents for one in content.iterdescendants() if _element_name(one) in ENTRY_NAMES)
    return [*(one for entry in entries for one in hidden(entry)), *inner]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The parent of entries: their base address, and whether it is an object nested in another entry."""

    base: str
    is_another: bool


def _parent_of_entries(parent: etree._Element | None) -> _Place:
    if parent is None:
        return _Place(base="", is_another=False)
    between = [parent]
    for one in parent.iterancestors():
        if _element_name(one) in ENTRY_NAMES:
            namespace = one.tag.rpartition("}")[0].removeprefix("{")
            is_another = any(_element_name(each) == CONTENT or is_foreign(each, namespace) for each in between)
            return _Place(base="", is_another=is_another)
        between.append(one)
    return _Place(base=stated_base(parent), is_another=False)


def _inherited(root: etree._Element, entries: list[etree._Element]) -> bytes:
    """Everything that entries may inherit: bases, languages, namespaces, authors, rights."""
    holders = [root, *{parent: None for one in entries if (parent := one.getparent()) is not None}]
    return b"\n".join(piece for holder in holders for piece in _own(holder, holders))


def _own(holder: etree._Element, holders: list[etree._Element]) -> Iterator[bytes]:
    yield repr((holder.tag, sorted(holder.attrib.items()), sorted(holder.nsmap.items(), key=repr))).encode()
    for child in holder:
        if child not in holders and _element_name(child) not in ENTRY_NAMES | VOLATILE:
            yield etree.tostring(child, encoding="utf-8", with_tail=False)


def _element_name(element: etree._Element) -> str:
    """An element's local name in lower case, as in feedparser; empty for a comment."""
    tag: Any = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)  # a feed has some dozens of names
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
