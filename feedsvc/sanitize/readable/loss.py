"""
How much of an article's text its sanitised form has lost without a reason. Pure.

A fast look decides nearly always: text between the tags holds all that a browser shows. Often all of it came out.
Otherwise html5lib reads the article, and says which text a browser would show.

Reasons: an element whose fate is `DROPPED` goes with its content; a frame and a player show a file instead of theirs; a
link to the whole article at the end goes (`policy.TAILS`).
"""

import html as html_text
import re
from collections import Counter
from collections.abc import Iterator

import html5lib

from feedsvc import elements
from feedsvc.normalize import xml_safe
from feedsvc.sanitize.readable import policy
from feedsvc.sanitize.safe.markup import MARKUP

#: Tags and comments, or less: where a browser reads a tag, this ends no later than the browser's tag.
TAGS = re.compile(r"<[a-zA-Z/!?][^>]*+(?:>|\Z)")

#: html5lib writes a sentence for this element, which browsers no longer know.
INDEX = re.compile(r"<(?=isindex[\s/>])", re.IGNORECASE)

#: Elements whose content does not come out, for a reason.
REMOVED = elements.DROPPED | elements.PLAYERS

#: html5lib reads so many characters and tags in less than a second. For more, it takes long.
MAX_PARSED, MAX_PARSED_TAGS = 131_072, 4_000

#: This part of a text may be missing.
MAX_LOST = 0.01

#: Tails without white space, the longest first.
JOINED_TAILS = tuple(sorted(("".join(one.split()) for one in policy.TAILS), key=lambda one: (-len(one), one)))
LONGEST_TAIL = len(JOINED_TAILS[0])

#: Signs around a link to the whole article.
AROUND = "[]【】()（）«<»>….。"


def lost(before: str, after: str) -> float:
    """The part of the visible text of `before` that `after` lacks, from 0 to 1. A small part is 0. Linear time."""
    said, left = _between_tags(before), _between_tags(after)
    if said == left or (said.startswith(left) and said[len(left) :].strip(AROUND).lower() in JOINED_TAILS):
        return 0
    said, left = xml_safe(said), xml_safe(left)
    missing = _missing(said, left)
    # A browser may show less than `said`, but it shows all of `left`.
    if missing <= MAX_LOST * len(left):
        return 0
    shown = _without_tails("".join(xml_safe("".join(_shown(before))).split()))
    missing = _missing(shown, left)
    return missing / len(shown) if missing > MAX_LOST * len(shown) else 0


def _between_tags(html: str) -> str:
    """Text without tags and white space."""
    text = TAGS.sub("", html)
    return "".join((html_text.unescape(text) if "&" in text else text).split())


def _missing(text: str, other: str) -> int:
    """The number of characters of `text` that `other` lacks. Their places do not count: parsers may move text."""
    return (Counter(text) - Counter(other)).total()


def _without_tails(text: str) -> str:
    """`text` without links to the whole article at its end."""
    stripped = text.rstrip(AROUND)
    while tail := next((one for one in JOINED_TAILS if stripped[-LONGEST_TAIL:].lower().endswith(one)), None):
        text = stripped = stripped[: -len(tail)].rstrip(AROUND)
    return text


def _shown(html: str) -> Iterator[str]:
    """The texts that a browser would show, without those that go for a reason."""
    if len(html) > MAX_PARSED or html.count("<") > MAX_PARSED_TAGS:
        yield from _scanned(html)
        return
    root = html5lib.parseFragment(INDEX.sub("<x-", html), treebuilder="etree", namespaceHTMLElements=False)
    waiting = [(root, False)]
    while waiting:
        element, is_left = waiting.pop()
        if is_left:
            yield element.tail or ""
            continue
        waiting.append((element, True))
        name = element.tag
        if isinstance(name, str) and name.rpartition("}")[2] not in REMOVED:
            yield element.text or ""
            waiting += ((child, False) for child in reversed(element))


def _scanned(html: str) -> Iterator[str]:
    """As `_shown`, without a parser. An element that goes and has no end hides all text behind it."""
    hidden, end = list[str](), 0
    for token in MARKUP.finditer(html):
        if not hidden:
            yield html_text.unescape(html[end : token.start()])
        end = token.end()
        name = (token["tag"] or "").lower()
        if name in REMOVED and not token["end"] and not token["attributes"].endswith("/"):
            hidden.append(name)
        elif hidden and token["end"] and hidden[-1] == name:
            hidden.pop()
    if not hidden:
        yield html_text.unescape(html[end:])
