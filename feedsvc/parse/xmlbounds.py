"""
What a feed in XML may be, before feedparser sees it: it takes quadratic time, or worse, for shapes that nobody writes.

Each check is one pass that never goes back. CDATA holds text: what looks like a tag there is none.
"""

import re
from collections.abc import Iterator

from feedsvc.errors import EntryError

#: Characters of one start tag: attributes are compared with each other.
MAX_TAG = 65_536

#: Characters of an internal DTD.
MAX_DTD = 4_096

#: Characters of a person's name: feedparser looks for an address of e-mail in it, in quadratic time.
MAX_PERSON = 500

LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{MAX_TAG}}}")
#: What may stand before the root.
PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
ROOT = re.compile(r"<([A-Za-z][\w:.-]*)")

DTD = re.compile(r"<!DOCTYPE\s[^\[<>]*(?:\[(?P<subset>.*?)\]\s*)?>", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(r"<!ENTITY\s+(?!%)\S+\s+(?:SYSTEM|PUBLIC|(?P<quote>[\"'])(?P<value>.*?)(?P=quote))", re.DOTALL)
PERSON = re.compile(
    r"(<(?:[\w.-]{1,40}:)?(?:author|creator|contributor|publisher|managingEditor|webMaster|owner|name|email)\b[^<>]*>"
    rf"(?:\s*<!\[CDATA\[)?[^<]{{{MAX_PERSON}}})[^<]+",
    re.IGNORECASE,
)
ITEM = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)

CDATA_START, CDATA_END = "<![CDATA[", "]]>"


def bounded(text: str, max_entries: int) -> tuple[str, list[str]]:
    """`text` as feedparser may see it, and what was left out. Raises EntryError for what it must not see at all."""
    text = _whole(_without_dtd(text))
    if any(LONG_TAG.search(markup) for _, markup in _markup(text)):
        raise EntryError(f"a tag of more than {MAX_TAG // 1024} kB: no feed has one")
    text = PERSON.sub(r"\1", text)
    ends = [
        (start + match.start(), bool(match[1])) for start, markup in _markup(text) for match in ITEM.finditer(markup)
    ]
    starts = [at for at, is_end in ends if not is_end]
    if len(starts) <= max_entries:
        return text, []
    last = max((at for at, is_end in ends if is_end), default=0)
    after = text.find(">", last) + 1
    problem = f"{len(starts)} entries; the first {max_entries} are read"
    return text[: starts[max_entries]] + (text[after:] if after > starts[max_entries] else ""), [problem]


def _without_dtd(text: str) -> str:
    """Without its DTD, which no feed needs: what it declares would have to be put in, however long that gets."""
    prolog = PROLOG.match(text)
    start = prolog.end() if prolog else 0
    match = DTD.match(text, start, start + 2 * MAX_DTD)
    if match is None:
        if re.match(r"<!DOCTYPE\s", text[start : start + 20], re.IGNORECASE):
            raise EntryError("a DTD that is too long; no feed needs one")
        return text
    for entity in ENTITY.finditer(match["subset"] or ""):
        if entity["value"] is None or "&" in entity["value"]:
            raise EntryError("its DTD declares entities that refer to others or to files; no feed needs them")
    return text[: match.start()] + text[match.end() :]


def _whole(text: str) -> str:
    """Up to the end of the root, which has to be there; what servers write behind it is no feed."""
    prolog = PROLOG.match(text)
    root = ROOT.match(text, prolog.end() if prolog else 0)
    if root is None:
        return text
    end = text.rfind(f"</{root[1]}")
    if end < 0:
        raise EntryError("only a part of a feed: its end is missing")
    return text[: text.find(">", end) + 1 or None]


def _markup(text: str) -> Iterator[tuple[int, str]]:
    """What is not CDATA, piece by piece, each with where it starts."""
    start = 0
    while (at := text.find(CDATA_START, start)) >= 0:
        yield start, text[start:at]
        end = text.find(CDATA_END, at)
        if end < 0:
            return
        start = end + len(CDATA_END)
    yield start, text[start:]
