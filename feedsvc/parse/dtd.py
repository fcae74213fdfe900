"""
The entities that a feed's own DTD declares. Pure.

No DTD reaches a parser: an entity may contain other entities, files, or more text than fits in memory. Only entities of
plain text are replaced, without nesting.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import regex

from feedsvc.errors import EntryError
from feedsvc.parse.characters import OF_XML, XML_REFERENCE, escaped, numbered, without_forbidden

#: Longest internal DTD in characters. All of HTML's entity names, declared, take less than half of it.
MAX_DTD = 32_768

#: Text that may precede the root element.
PROLOG = regex.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", regex.DOTALL)

DOCTYPE = re.compile(r"<!DOCTYPE\s", re.IGNORECASE)
#: A DTD. Quoted and commented text ends neither the internal subset nor the DTD.
DTD = regex.compile(
    r"""<!DOCTYPE\s(?:[^\[<>"']|"[^"]*"|'[^']*')*+
        (?:\[(?P<subset>(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<(?!!--))*+)\]\s*+)?>""",
    regex.IGNORECASE | regex.DOTALL | regex.VERBOSE,
)
#: A comment, the declaration of a general entity (XML 1.0, 4.2; `value` is None for a file), or other quoted text.
ENTITY = re.compile(
    r"""<!--.*?-->|<!ENTITY\s++(?P<name>[A-Za-z_:][\w:.-]*+)\s++
        (?:(?:SYSTEM|PUBLIC)\b|(?P<quote>["'])(?P<value>.*?)(?P=quote))|"[^"]*+"|'[^']*+'""",
    re.DOTALL | re.VERBOSE,
)


#: Number of characters that entities may add to a document.
MAX_GROWTH = 1_000_000

CDATA_START, CDATA_END = "<![CDATA[", "]]>"


@dataclass(slots=True, kw_only=True)
class Entities:
    """The entities that a document declares."""

    #: Name → text; None for an entity that contains other entities or a file.
    declared: Mapping[str, str | None] = field(default_factory=dict)
    #: Names that the document uses, but that are left out.
    missed: set[str] = field(default_factory=set)
    #: Number of characters that may still be added.
    room: int = MAX_GROWTH

    def put_into(self, text: str) -> str:
        """The document with its entities replaced by their texts."""
        return (
            "".join(piece if is_cdata else XML_REFERENCE.sub(self._text, piece) for is_cdata, piece in pieces(text))
            if self.declared
            else text
        )

    def _text(self, match: re.Match[str]) -> str:
        name = match["name"]
        if name in OF_XML or name not in self.declared:
            return match[0]
        value = self.declared[name]
        self.room -= len(value or "")
        if value is None or self.room < 0:
            self.missed.add(name)
            return ""
        return escaped(value)


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a text, alternately outside and inside CDATA sections, each with whether it is inside."""
    start = 0
    while (at := text.find(CDATA_START, start)) >= 0:
        yield False, text[start:at]
        end = text.find(CDATA_END, at)
        start = len(text) if end < 0 else end + len(CDATA_END)
        yield True, text[at:start]
    yield False, text[start:]


def without_dtd(text: str) -> tuple[str, Entities]:
    """
    `text` without its DTD, and the entities that the DTD declares. Line numbers stay the same.

    Raises EntryError for a DTD that is too long.
    """
    prolog = PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if not DOCTYPE.match(text, start):
        return text, Entities()
    match = DTD.match(text, start, start + MAX_DTD)
    if match is None:
        raise EntryError(f"a DTD that does not end within {MAX_DTD // 1024} kB; no feed needs one")
    return text[:start] + "\n" * match[0].count("\n") + text[match.end() :], _entities(match["subset"] or "")


def _entities(subset: str) -> Entities:
    declared: dict[str, str | None] = {}
    for entity in ENTITY.finditer(subset):
        if entity["name"]:
            # The first declaration counts (XML 1.0, 4.2).
            declared.setdefault(entity["name"], None if entity["value"] is None else _entity_text(entity["value"]))
    return Entities(declared=declared)


def _entity_text(value: str) -> str | None:
    """The text of an entity; None if it contains other entities."""
    # Numeric references are replaced in the declaration, and again where the entity is used (XML 1.0, 4.4).
    once = XML_REFERENCE.sub(_once, value)
    if any(match["name"] and match["name"] not in OF_XML for match in XML_REFERENCE.finditer(once)):
        return None
    return without_forbidden(XML_REFERENCE.sub(_again, once))


def _once(match: re.Match[str]) -> str:
    return numbered(match) if match["hex"] or match["decimal"] else match[0]


def _again(match: re.Match[str]) -> str:
    return OF_XML[match["name"]] if match["name"] else _once(match)
