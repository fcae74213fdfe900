"""The characters of a feed's text: character references, and forbidden characters. Pure."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.entities import html5

from feedsvc.model import Author, Known, ParsedFeed, RawEntry

#: Code points that must not be published: controls, surrogates, noncharacters (Unicode, 23.7), U+FFFD.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)

#: Letters of Windows-1252 whose codes are controls in Unicode. The letters are meant (HTML, 13.2.5.80).
WINDOWS_LETTERS = {
    code: letter for code in range(0x80, 0xA0) if (letter := bytes([code]).decode("cp1252", "ignore"))
}  # fmt: skip

#: `&`, and the reference that follows, if there is one.
XML_REFERENCE = re.compile(
    r"&(?:#(?:[xX](?P<hex>[0-9A-Fa-f]++)|(?P<decimal>[0-9]++));|(?P<name>[A-Za-z_][\w.-]{0,60});)?"
)

#: A numeric reference in HTML, which may lack its semicolon (HTML, 13.2.5.75).
IN_HTML = re.compile(r"&#(?:[xX](?P<hex>[0-9A-Fa-f]++)|(?P<decimal>[0-9]++));?")

#: The two surrogates of one character (UTF-16).
SURROGATE_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")

#: Longest number of a reference, without leading zeros.
REFERENCE_DIGITS = 7

#: The last code point; the first and the last surrogate.
LAST, FIRST_HALF, LAST_HALF = 0x10FFFF, 0xD800, 0xDFFF

#: Entities that XML itself defines (XML 1.0, 4.6).
OF_XML = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def mended(text: str) -> str:
    """
    `text`, which holds no tags, with characters and references that are valid in XML.

    A pair of surrogates becomes one character. References to forbidden characters are removed. A `&` that starts no
    reference is escaped (HTML, 13.2.5.72). HTML's entity names become characters.
    """
    return without_forbidden(XML_REFERENCE.sub(_character, text) if "&" in text else text)


def _character(match: re.Match[str]) -> str:
    if name := match["name"]:
        found = None if name in OF_XML else html5.get(f"{name};")
        return match[0] if name in OF_XML else f"&amp;{name};" if found is None else escaped(found)
    if match[0] == "&":
        return "&amp;"
    character = numbered(match)
    # A surrogate's other half may follow. White space stays a reference, because XML would change it in attributes.
    return character if "\ud800" <= character <= "\udfff" else f"&#{ord(character)};" if character else ""


def escaped(text: str) -> str:
    """Text, escaped for an element or an attribute."""
    for character, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, reference)
    return text


def numbered(reference: re.Match[str]) -> str:
    """The character of a numeric match of XML_REFERENCE; empty if it is forbidden."""
    digits = (reference["hex"] or reference["decimal"]).lstrip("0")
    if not digits or len(digits) > REFERENCE_DIGITS:
        return ""
    code = int(digits, 16 if reference["hex"] else 10)
    if code > LAST:
        return ""
    return chr(code) if FIRST_HALF <= code <= LAST_HALF else FORBIDDEN.sub(_replacement, chr(code))


def without_forbidden(text: str) -> str:
    """`text` without forbidden characters. Two surrogates become the character that they encode."""
    return FORBIDDEN.sub(_replacement, SURROGATE_PAIR.sub(_surrogates_joined, text)) if FORBIDDEN.search(text) else text


def html_without_forbidden(text: str) -> str:
    """HTML without forbidden characters and without references to them."""
    return without_forbidden(IN_HTML.sub(_reference_or_character, text) if "&#" in text else text)


def _reference_or_character(reference: re.Match[str]) -> str:
    character = numbered(reference)
    return character if not character or "\ud800" <= character <= "\udfff" else reference[0]


def _replacement(forbidden: re.Match[str]) -> str:
    return WINDOWS_LETTERS.get(ord(forbidden[0]), "")


def _surrogates_joined(pair: re.Match[str]) -> str:
    return chr(0x10000 + ((ord(pair[1]) & 0x3FF) << 10) + (ord(pair[2]) & 0x3FF))


# --- a parsed feed ---------------------------------------------------------------------------------------------------


def cleaned(feed: ParsedFeed) -> ParsedFeed:
    """A feed without forbidden characters in any of its texts."""
    return replace(
        feed,
        entries=tuple(_clean_value(entry) for entry in feed.entries),
        known=tuple(_of_known(one) for one in feed.known),
        title=html_without_forbidden(feed.title),
    )


def _of_known(one: Known) -> Known:
    return replace(one, guid=without_forbidden(one.guid)) if FORBIDDEN.search(one.guid) else one


def _clean_value(entry: RawEntry) -> RawEntry:
    clean: Callable[[str], str] = without_forbidden
    return replace(
        entry,
        guid=clean(entry.guid),
        title=html_without_forbidden(entry.title),
        content=html_without_forbidden(entry.content),
        summary=None if entry.summary is None else html_without_forbidden(entry.summary),
        authors=tuple(_author(one) for one in entry.authors if clean(one.name).strip()),
        tags=tuple(map(clean, entry.tags)),
        rights=None if entry.rights is None else clean(entry.rights) or None,
        language=None if entry.language is None else clean(entry.language) or None,
        origin=None if entry.origin is None else replace(entry.origin, title=clean(entry.origin.title)),
    )


def _author(author: Author) -> Author:
    return replace(author, name=without_forbidden(author.name))
