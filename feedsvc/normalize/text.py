"""Text legal in XML, on one line, within a width; names to slugs. Pure."""

import re
import unicodedata
from functools import lru_cache

#: Characters that XML 1.0 (section 2.2) does not allow, including lone surrogates; and characters that it allows but
#: that are not text: control characters other than U+0085 (a line end), noncharacters (Unicode, 23.7), and U+FFFD,
#: which replaces lost characters.
XML_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffc"
    # One character class without alternatives: it takes a tenth of the time.
    f"{''.join(f'{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}' for plane in range(1, 17))}]"
)

#: Control characters that XML allows, but that text does not need.
CONTROLS = re.compile("[\x7f-\x84\x86-\x9f]")

#: Direction overrides and isolates. They are invisible, and can reorder the text around a title.
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Characters that have a meaning in a URL's path.
SLUG_BREAKS = re.compile(r"[/\\?#%.\s]+")

#: The message about a YAML key with a full-width colon.
WIDE_COLON = "a full-width colon '：' stands behind this key; write ':' and a space"

#: A line of YAML that begins with a key and a full-width colon, and is neither a comment nor a list item.
WIDE_KEY = re.compile(r"[ \t]*(?![-#])[^\s:：][^:：\n]{0,40}(?P<colon>：)")

#: YAML's parser reports the error within this many lines.
WIDE_WITHIN = 3


def xml_safe(text: str) -> str:
    """`text` without characters that XML cannot hold. They are removed; U+FFFD in their place would be a fault too."""
    return XML_ILLEGAL.sub("", text).replace("\x85", "\n")


def one_line(text: str) -> str:
    """`text` as one line of plain text: NFC, no control or direction characters, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", CONTROLS.sub("", BIDI_CONTROLS.sub("", xml_safe(text)))).split())


def slug(name: str) -> str:
    """A name as one segment of a URL's path, in its own script: `C/C++ 语言` → `C-C++-语言`."""
    return SLUG_BREAKS.sub("-", one_line(name)).strip("-")


def slug_key(text: str) -> str:
    """The common key of two slugs that differ only in case, width or composition."""
    return unicodedata.normalize("NFKC", text).casefold()


def title_key(title: str) -> str:
    """The common key of two spellings of a headline: letters and digits, without case and width; may be empty."""
    return "".join(one for one in unicodedata.normalize("NFKC", title).casefold() if one.isalnum())


@lru_cache(maxsize=10_000)  # about as many characters as a language uses
def _character_width(character: str) -> int:
    """Width in columns: a wide character (Unicode UAX #11) counts two, a combining character none."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """`text` within `width` columns. If it is cut, it ends with an ellipsis, without blanks or punctuation before."""
    if 2 * len(text) <= width:
        return text
    used = end = 0
    for index, character in enumerate(text):
        used += _character_width(character)
        if used < width:
            end = index + 1
        elif used > width:
            break
    else:
        return text
    return text[:end].rstrip(" \u200d，、；：（“《") + "…"


def wide_colon(text: str, line: int, within: int | None = WIDE_WITHIN) -> tuple[int, int] | None:
    """
    The line and column (from 1) of a full-width colon after a YAML key; None if there is none.

    `line` (from 0) is where the parser stopped. That line and those before it are searched, `within` lines in all.
    """
    lines = text.splitlines()[: line + 1]
    first = 0 if within is None else max(len(lines) - within, 0)
    for number in reversed(range(first, len(lines))):
        if found := WIDE_KEY.match(lines[number]):
            return number + 1, found.start("colon") + 1
    return None
