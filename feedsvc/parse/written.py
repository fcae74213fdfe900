"""
The entries of a feed as its XML has them: their guids to the letter, and which of them were read before.

feedparser needs some hundred times as long as an XML parser, and most of what a poll brings is known. An entry is known
by its mark: a digest of its own bytes, and of all around the entries that may shape it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from feedsvc.identity import digest

ENTRIES = frozenset({"item", "entry"})

#: What an item of RSS 1.0 is called by.
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

#: Elements in which feedparser looks for an address of e-mail, and up to how many characters, in quadratic time.
PEOPLE = frozenset({
    "author", "creator", "contributor", "publisher", "managingeditor", "webmaster", "owner", "name", "email",
})  # fmt: skip
MAX_PERSON = 500

#: Elements beside a podcast's owner that say who it is by.
AUTHORS = frozenset({"author", "creator", "managingeditor"})

#: Elements of a person that hold an address of a page.
PAGES = frozenset({"uri", "url", "homepage"})

#: What stands for `@` where feedparser looks for an address.
HIDDEN_AT = "\uff20"

#: Elements beside the entries that change all the time, and shape none: dates, and RSS 1.0's list of its items.
VOLATILE = frozenset({"lastBuildDate", "pubDate", "updated", "modified", "date", "items"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as it is written."""

    #: To the letter, which feedparser changes (RFC 4287, 4.2.6); empty for none.
    guid: str
    link: str
    mark: str
    element: etree._Element


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
    entries, owners = [], []
    for one in root.iter():
        name = _name(one)
        if name in ENTRIES:
            entries.append(one)
        elif name.lower() in PEOPLE:
            _shorten(one)
            owners += [one] if name == "owner" else []
    for one in owners:
        _remove_owner(one)
    around = _around(root, entries)
    return root, [
        Written(
            guid=_guid(one),
            link=_link(one),
            mark=digest(around + etree.tostring(one, encoding="utf-8", with_tail=False)),
            element=one,
        )
        for one in entries
    ]


def _shorten(person: etree._Element) -> None:
    """
    Cut off what is said of a person, and hide its `@` from feedparser, which finds half an address in `a@b.museum`.

    Its name is read in parse/people.py.
    """
    for one in person.iter():
        if one.text:
            text = one.text[:MAX_PERSON]
            one.text = text if _name(one) in PAGES else text.replace("@", HIDDEN_AT)
        if one is not person and one.tail:
            one.tail = one.tail[:MAX_PERSON].replace("@", HIDDEN_AT)


def _remove_owner(owner: etree._Element) -> None:
    """
    Leave the owner of a podcast out, whom to write to, where the feed names an author.

    feedparser would write the owner's name over the author's.
    """
    parent = owner.getparent()
    if parent is not None and any(_name(one).lower() in AUTHORS for one in parent):
        parent.remove(owner)


def skipped(root: etree._Element, name: str) -> list[str]:
    """What `skipHours` or `skipDays` says."""
    return [(one.text or "").strip() for holder in root.iter(f"{{*}}{name}") for one in holder]


def without(root: etree._Element, entries: list[Written]) -> bytes:
    """The document without some of its entries."""
    for one in entries:
        parent = one.element.getparent()
        if parent is not None:
            parent.remove(one.element)
    return etree.tostring(root, encoding="utf-8")


def _around(root: etree._Element, entries: list[etree._Element]) -> bytes:
    """What an entry may take over from what it stands in: bases, languages, namespaces, authors, rights."""
    holders = [root, *{parent: None for one in entries if (parent := one.getparent()) is not None}]
    return b"\n".join(piece for holder in holders for piece in _own(holder, holders))


def _own(holder: etree._Element, holders: list[etree._Element]) -> Iterator[bytes]:
    yield repr((holder.tag, sorted(holder.attrib.items()), sorted(holder.nsmap.items(), key=repr))).encode()
    for child in holder:
        if child not in holders and _name(child) not in ENTRIES | VOLATILE:
            yield etree.tostring(child, encoding="utf-8", with_tail=False)


def _guid(entry: etree._Element) -> str:
    found = next((child for child in entry if _name(child) in {"guid", "id"}), None)
    return entry.get(RDF_ABOUT, "") if found is None else (found.text or "").strip()


def _link(entry: etree._Element) -> str:
    """Its page: the text of `link`, or the `href` of Atom's."""
    links = [child for child in entry if _name(child) == "link" and child.get("rel") in {None, "alternate"}]
    return next((text for one in links if (text := (one.get("href") or one.text or "").strip())), "")


def _name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
