"""
What a feed's own DTD declares: its entities. Pure.

No DTD reaches a parser: an entity may stand for others, for files, and for more text than there is memory. Entities of
plain text are put in where they are used, one level deep.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from feedsvc.errors import EntryError
from feedsvc.parse.characters import OF_XML, REFERENCE, escaped, numbered, without_forbidden

#: Characters of an internal DTD: HTML's names for characters, all declared, take less than half of it.
MAX_DTD = 32_768

#: What may stand before the root.
PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)

DOCTYPE = re.compile(r"<!DOCTYPE\s", re.IGNORECASE)
#: A DTD. What is quoted or commented ends neither the subset nor the DTD.
DTD = re.compile(
    r"""<!DOCTYPE\s(?:[^\[<>"']|"[^"]*"|'[^']*')*+
        (?:\[(?P<subset>(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<(?!!--))*+)\]\s*+)?>""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
#: A comment, the declaration of a general entity (XML 1.0, 4.2; `value` is None for a file), or what else is quoted.
ENTITY = re.compile(
    r"""<!--.*?-->|<!ENTITY\s++(?P<name>[A-Za-z_:][\w:.-]*+)\s++
        (?:(?:SYSTEM|PUBLIC)\b|(?P<quote>["'])(?P<value>.*?)(?P=quote))|"[^"]*+"|'[^']*+'""",
    re.DOTALL | re.VERBOSE,
)


#: Characters that entities may add to a document.
MAX_GROWTH = 1_000_000

CDATA_START, CDATA_END = "<![CDATA[", "]]>"


@dataclass(slots=True, kw_only=True)
class Entities:
    """The entities that one document declares."""

    #: Name → text; None for one that stands for other entities or for a file.
    declared: Mapping[str, str | None] = field(default_factory=dict)
    #: Names that the document uses, and that are left out.
    missed: set[str] = field(default_factory=set)
    #: Characters that may still be added.
    room: int = MAX_GROWTH

    def put_into(self, text: str) -> str:
        """The document with the texts of its entities in their places."""
        return (
            "".join(piece if is_cdata else REFERENCE.sub(self._text, piece) for is_cdata, piece in pieces(text))
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
    """What is no section of CDATA, and such sections, in turn; each with whether it is one."""
    start = 0
    while (at := text.find(CDATA_START, start)) >= 0:
        yield False, text[start:at]
        end = text.find(CDATA_END, at)
        start = len(text) if end < 0 else end + len(CDATA_END)
        yield True, text[at:start]
    yield False, text[start:]


def without_dtd(text: str) -> tuple[str, Entities]:
    """
    `text` without its DTD, and the entities that the DTD declares; the rest keeps its lines.

    Raises EntryError for a DTD that is longer than any feed needs.
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
            declared.setdefault(entity["name"], None if entity["value"] is None else _plain(entity["value"]))
    return Entities(declared=declared)


def _plain(value: str) -> str | None:
    """The text that an entity stands for; None where other entities are in it."""
    # Numbered references are read where the entity is declared, and again where it is used (XML 1.0, 4.4).
    once = REFERENCE.sub(_once, value)
    if any(match["name"] and match["name"] not in OF_XML for match in REFERENCE.finditer(once)):
        return None
    return without_forbidden(REFERENCE.sub(_again, once))


def _once(match: re.Match[str]) -> str:
    return numbered(match) if match["hex"] or match["decimal"] else match[0]


def _again(match: re.Match[str]) -> str:
    return OF_XML[match["name"]] if match["name"] else _once(match)
