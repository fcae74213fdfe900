"""
Well-formed XML from a feed with mismatched tags, a bare `<` or a missing end. Pure.

One pass from front to back. It examines each `<` once, and reads a tag to its end or to the next `<`, so it takes
linear time. Comments, instructions and declarations are dropped.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

import regex

from feedsvc.errors import EntryError
from feedsvc.parse.characters import mended, without_forbidden
from feedsvc.parse.dtd import CDATA_END, CDATA_START
from feedsvc.parse.elements import CLOSED_BY, ENTRIES, FEED_CONTAINERS, USUAL_NAMESPACES, VOID_IN_FEEDS

#: Largest number of tags in a document. More would take too long.
MOST_TAGS = 600_000
#: Deepest nesting of elements. The XML parser allows 2,048.
DEEPEST = 250
#: Largest number of attributes in a tag.
MOST_ATTRIBUTES = 100

#: A `<` that may start a tag, a comment or a declaration.
MARKUP_START = re.compile(r"<(?=[A-Za-z_/!?])")
XML_NAME = r"[A-Za-z_][\w.-]{0,100}(?::[A-Za-z_][\w.-]{0,100})?"
#: A start tag of XML, but a value may contain `<` or lack quotes. Else anything up to the next `>`.
START_TAG = regex.compile(
    rf"""<({XML_NAME})(?=[\s/>])
        ((?:\s++(?:[\w:.-]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>=]++))?+)?+)*+)\s*+(/?)>""",
    regex.ASCII | regex.VERBOSE,
)
LOOSE = regex.compile(rf"<({XML_NAME})(?=[\s/>])([^<>]*?)(/?)>", regex.ASCII)
#: An end tag. Its `>` may be missing if another tag follows.
END_TAG = regex.compile(rf"</({XML_NAME})\s*+(?:[^<>]*+>|(?=<))", regex.ASCII)
LENIENT_ATTRIBUTE = re.compile(
    rf"""(?<![\w.:-])({XML_NAME})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))""", re.ASCII
)
DTD_DECLARATION = regex.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b[^<>]*+>", regex.IGNORECASE)

#: The characters of a namespace's address (RFC 3986).
NAMESPACE_ADDRESS = re.compile(
    r"https?://[\w.-]+(?::\d{1,5})?(?:/[\w.~/:+-]*)?(?:\?[\w.~/&=+-]*)?(?:#[\w.~/:+-]*)?|[A-Za-z][a-z]*:\w[\w.:/-]*",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A well-formed document."""

    text: str
    #: Whether the end tag of the root was present.
    is_whole: bool
    #: The number of the entry that is cut off and left out; None if no entry is.
    broken: int | None = None


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    key: str
    name: str
    #: The number of pieces of output before its start tag.
    at: int
    prefixes: tuple[str, ...] = ()


@dataclass(slots=True)
class Mender:
    """Mends one document."""

    text: str
    _out: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    #: Name of an element → its positions in `_open`; prefix → number of open elements that declare it; text → its next
    #: position in the document.
    _places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _prefixes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _next: dict[str, int] = field(default_factory=dict)
    #: The position in `_open` of the open entry.
    _entry: int | None = None
    _number: int = 0
    _is_ended: bool = False

    def run(self) -> Mended:
        """
        The document, made well-formed.

        An entry in which the document ends is left out, because it is not whole. Raises EntryError for a document
        without a root, and for one with too many tags.
        """
        at = tags = 0
        while not self._is_ended:
            match = MARKUP_START.search(self.text, at)
            self._say(self.text[at : match.start() if match else None])
            if match is None:
                break
            tags += 1
            if tags > MOST_TAGS:
                raise EntryError(f"not well-formed XML, and more than {MOST_TAGS} tags; it takes too long to mend")
            at = self._markup(match.start())
        if not self._out:
            raise EntryError("neither a feed in XML nor a JSON Feed")
        broken = None
        if self._entry is not None:
            broken = self._number
            del self._out[self._open[self._entry].at :], self._open[self._entry :]
        self._out += (f"</{one.name}>" for one in reversed(self._open))
        return Mended(text="".join(self._out), is_whole=self._is_ended, broken=broken)

    def _say(self, text: str) -> None:
        if text and self._open:
            self._out.append(mended(text).replace("<", "&lt;").replace("]]>", "]]&gt;"))

    def _markup(self, at: int) -> int:
        """Process what starts with the `<` at a position; returns its end."""
        text = self.text
        if text.startswith(CDATA_START, at):
            return self._cdata(at + len(CDATA_START))
        for start, end in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(start, at) and (found := self._find(end, at + len(start))) >= 0:
                return found + len(end)
        if match := DTD_DECLARATION.match(text, at):
            return match.end()
        if match := END_TAG.match(text, at):
            self._end(match[1].lower())
            return match.end()
        if match := START_TAG.match(text, at) or LOOSE.match(text, at):
            self._start(match[1], match[2], is_empty=bool(match[3]))
            return match.end()
        self._say("<")
        return at + 1

    def _cdata(self, start: int) -> int:
        """
        Process a CDATA section; returns its end.

        If another section starts before its end, or its end is missing, it ends with its element.
        """
        end, another = self._find(CDATA_END, start), self._find(CDATA_START, start)
        after = end + len(CDATA_END)
        if self._open and (end < 0 or 0 <= another < end):
            limit = another if 0 <= another < end else len(self.text)
            closing = self.text.find(f"</{self._open[-1].name}", start, limit)
            if closing >= 0:
                end = after = closing
        if end < 0:
            end = after = len(self.text)
        if self._open:
            self._out.append(CDATA_START + without_forbidden(self.text[start:end]) + CDATA_END)
        return after

    def _find(self, needle: str, start: int) -> int:
        """The next position of a string. A position that was found before is not searched again."""
        known = self._next.get(needle, 0)
        if known >= 0 and (known < start or needle not in self._next):
            known = self._next[needle] = self.text.find(needle, start)
        return known

    # --- elements ----------------------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: str, *, is_empty: bool) -> None:
        key = name.lower()
        if self._open and key in CLOSED_BY.get(self._open[-1].key, ()):
            self._close(len(self._open) - 1)
        is_entry = key in ENTRIES
        if is_entry:
            self._number += 1
            if self._entry is not None:
                self._close(self._entry)
        if len(self._open) >= DEEPEST:
            return
        is_empty = is_empty or key in VOID_IN_FEEDS
        tag, prefixes = self._tag(name, attributes)
        self._out.append(f"<{tag}/>" if is_empty else f"<{tag}>")
        if is_empty:
            return
        place = len(self._open)
        self._open.append(_Open(key, tag.partition(" ")[0], len(self._out) - 1, prefixes))
        self._places[key].append(place)
        for prefix in prefixes:
            self._prefixes[prefix] += 1
        if is_entry:
            self._entry = place

    def _end(self, key: str) -> None:
        """Close the innermost element with this name inside the entry. Without such an element, ignore the end tag."""
        places = self._places.get(key)
        if places and (key in FEED_CONTAINERS or self._entry is None or places[-1] >= self._entry):
            self._close(places[-1])

    def _close(self, place: int) -> None:
        """Close an open element and the elements in it."""
        while len(self._open) > place:
            one = self._open.pop()
            self._places[one.key].pop()
            for prefix in one.prefixes:
                self._prefixes[prefix] -= 1
            if self._entry == len(self._open):
                self._entry = None
            self._out.append(f"</{one.name}>")
        self._is_ended = not self._open

    def _tag(self, name: str, attributes: str) -> tuple[str, tuple[str, ...]]:
        """The content of a start tag, and the prefixes that it declares, also for prefixes that no element declared."""
        if not attributes and ":" not in name:
            return name, ()
        name = name.replace(":", "-") if name.startswith("xmlns:") else name
        values: dict[str, str] = {}
        for match in LENIENT_ATTRIBUTE.finditer(attributes):
            if len(values) < MOST_ATTRIBUTES:
                values.setdefault(match[1], match[2] or match[3] or match[4] or "")
        declared = {"xmlns": "", **{key: "" for key in values if key.startswith("xmlns:")}}
        declared = {key: address for key in declared if (address := _namespace_of(key, values.pop(key, "")))}
        used = {one.partition(":")[0] for one in (name, *values) if ":" in one} - {"xml"}
        for prefix in used:
            if not self._prefixes.get(prefix) and f"xmlns:{prefix}" not in declared:
                declared[f"xmlns:{prefix}"] = USUAL_NAMESPACES.get(prefix.lower(), f"urn:undeclared:{prefix}")
        pieces = [name, *(f'{key}="{address}"' for key, address in declared.items())]
        pieces += (f'{key}="{self._value(value)}"' for key, value in values.items())
        return " ".join(pieces), tuple(key[6:] for key in declared if key != "xmlns")

    def _value(self, value: str) -> str:
        return mended(value).replace("<", "&lt;").replace('"', "&quot;")


def _namespace_of(key: str, written: str) -> str:
    """A namespace's address, as it is declared; empty if the prefix has none."""
    prefix = key.removeprefix("xmlns").removeprefix(":")
    address = "".join(written.split())
    if prefix in {"xml", "xmlns"} or not address:
        return USUAL_NAMESPACES.get(prefix.lower(), "") if prefix and prefix not in {"xml", "xmlns"} else ""
    return (
        address.replace("&", "&amp;")
        if NAMESPACE_ADDRESS.fullmatch(address)
        else f"urn:unreadable:{prefix or 'default'}"
    )
