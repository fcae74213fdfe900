"""Text legal in XML, on one line, within a width; names to slugs. Pure."""

import re
import unicodedata
from functools import lru_cache

#: What XML 1.0 (section 2.2) does not allow, lone surrogates included; and what it does, but is no text: other control
#: characters but U+0085, which ends a line, noncharacters (Unicode, 23.7), and U+FFFD, which stands for what is lost.
XML_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffc"
    # One class, no alternative: that takes a tenth of the time.
    f"{''.join(f'{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}' for plane in range(1, 17))}]"
)

#: Control characters that XML allows; no line of text has a use for them.
CONTROLS = re.compile("[\x7f-\x84\x86-\x9f]")

#: Direction overrides and isolates: invisible in a title, and able to turn the text around it.
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Characters of a name that mean something in a URL's path.
SLUG_BREAKS = re.compile(r"[/\\?#%.\s]+")

#: What to say of a key of YAML that the colon of Chinese follows.
WIDE_COLON = "a full-width colon '：' stands behind this key; write ':' and a space"

#: A line of YAML that begins with a key and such a colon: no comment, and no item of a list.
WIDE_KEY = re.compile(r"[ \t]*(?![-#])[^\s:：][^:：\n]{0,40}(?P<colon>：)")

#: YAML's parser finds out so many lines later.
WIDE_WITHIN = 3


def xml_safe(text: str) -> str:
    """`text` without what XML cannot hold. Such characters are removed, not replaced: U+FFFD is a fault in a feed."""
    return XML_ILLEGAL.sub("", text).replace("\x85", "\n")


def one_line(text: str) -> str:
    """`text` as one line of plain text: NFC, no control or direction characters, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", CONTROLS.sub("", BIDI_CONTROLS.sub("", xml_safe(text)))).split())


def slug(name: str) -> str:
    """A name as one segment of a URL's path, in the script it is written in: `C/C++ 语言` → `C-C++-语言`."""
    return SLUG_BREAKS.sub("-", one_line(name)).strip("-")


def slug_key(text: str) -> str:
    """What two slugs share when they differ only in case, width or composition."""
    return unicodedata.normalize("NFKC", text).casefold()


def title_key(title: str) -> str:
    """What two spellings of one headline share: letters and digits, whatever their case and width; may be empty."""
    return "".join(one for one in unicodedata.normalize("NFKC", title).casefold() if one.isalnum())


def display_width(text: str) -> int:
    """Columns in a terminal or a list: a wide character (Unicode UAX #11) counts two, a combining one none."""
    return sum(_width(character) for character in text)


@lru_cache(maxsize=10_000)  # as many as a language is written with
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """`text` within `width` columns; what is cut off leaves an ellipsis, and nothing hangs before it."""
    if 2 * len(text) <= width:
        return text
    used = end = 0
    for index, character in enumerate(text):
        used += _width(character)
        if used < width:
            end = index + 1
        elif used > width:
            break
    else:
        return text
    return text[:end].rstrip(" \u200d，、；：（“《") + "…"


def wide_colon(text: str, line: int, within: int | None = WIDE_WITHIN) -> tuple[int, int] | None:
    """
    Where a full-width colon stands behind a key of YAML: its line and column, from 1 on; None where there is none.

    It is looked for at a 0-based `line`, where a parser stopped, and in those before it, of `within` lines in all.
    """
    lines = text.splitlines()[: line + 1]
    first = 0 if within is None else max(len(lines) - within, 0)
    for number in reversed(range(first, len(lines))):
        if found := WIDE_KEY.match(lines[number]):
            return number + 1, found.start("colon") + 1
    return None
