"""
The bounds of an article, before any parser sees it.

Parsers take quadratic time, or worse, for shapes that nobody writes. One pass over the tags finds such shapes. An
article out of bounds is shown as plain text.
"""

import re
from collections.abc import Iterator

import regex

from feedsvc import elements
from feedsvc.sanitize.safe import policy
from feedsvc.sanitize.safe.markup import FOREIGN_MARKUP, FOREIGN_START, MARKUP

ATTRIBUTE = regex.compile(r"""[^\s=]++(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s"']\S*+)?+)?+""")

#: An address in an attribute that holds the file itself.
DATA = re.compile(r"""(?<=[="'\s,])data:[^\s"'<>]*+""", re.IGNORECASE)

#: A parser remembers so many equal formatting elements (HTML Standard, 13.2.4.3, "Noah's Ark").
MAX_EQUAL = 3

#: An element that may be opened again counts as so many tags.
REOPENED_WEIGHT = 2

#: Elements whose end tag authors leave out: no other end tag is wrong for it.
UNENDED = elements.with_trait(elements.Trait.UNENDED)


def shortened(html: str) -> str:
    """`html` without large files in its addresses. No later stage keeps them, and they may be most of the HTML."""
    if "data:" not in html.lower():
        return html
    return DATA.sub(lambda match: match[0] if len(match[0]) <= 2 * policy.DATA_IMAGE_MAX else "data:,", html)


def fault(html: str) -> str | None:
    """Why no parser should see `html`. None where it is within all bounds."""
    if len(html) > policy.MAX_HTML:
        return f"larger than {policy.MAX_HTML // 1024} kB of HTML"
    counter = _Counter()
    for match in _markup(html, counter):
        if match["tag"] and (reason := counter.take(match)):
            return reason
    return None


def _markup(html: str, counter: "_Counter") -> Iterator[regex.Match[str]]:
    """All that is no text, in order. Which content is raw text depends on the open elements."""
    if not FOREIGN_START.search(html):
        yield from MARKUP.finditer(html)
        return
    end = 0
    while match := (FOREIGN_MARKUP if counter.is_foreign else MARKUP).search(html, end):
        yield match
        end = match.end()


class _Counter:
    """The elements that a parser would have to keep in mind."""

    def __init__(self) -> None:
        self.tags = self.misnested = 0
        self.opened: list[str] = []
        #: Elements that a parser opens again wherever something else ended them, each with its attributes.
        self.formatting: list[tuple[str, str]] = []

    def take(self, match: regex.Match[str]) -> str | None:
        tag, attributes = match["tag"].lower(), match["attributes"]
        if match["end"]:
            # Where the tag ends nothing, parsers make an element of it.
            self.tags += tag in elements.MADE_BY_END and tag not in self.opened[-1:]
        else:
            self.tags += tag not in policy.UNCOUNTED
        if tag in elements.LINES:
            # A block may end open formatting. A parser opens the formatting again, which costs more than a tag.
            self.tags += REOPENED_WEIGHT * len(self.formatting)
        if self.tags > policy.MAX_TAGS:
            return f"more than {policy.MAX_TAGS} tags"
        if match["end"]:
            self._end(tag)
        elif len(attributes) > policy.MAX_ATTRIBUTES and _count(attributes) > policy.MAX_ATTRIBUTES:
            return f"more than {policy.MAX_ATTRIBUTES} attributes in one tag"
        elif tag not in elements.VOID and not (
            attributes.endswith("/") and self.is_foreign and tag not in elements.KNOWN
        ):
            self._begin(tag, attributes)
        if len(self.opened) > policy.MAX_OPEN:
            return f"elements nested deeper than {policy.MAX_OPEN}"
        if len(self.formatting) > policy.MAX_FORMATTING:
            return f"more than {policy.MAX_FORMATTING} formatting elements left open"
        return f"more than {policy.MAX_MISNESTED} end tags that end nothing" if self.is_tangled else None

    @property
    def is_foreign(self) -> bool:
        """Whether a drawing or a formula is open."""
        return not elements.FOREIGN.isdisjoint(self.opened)

    @property
    def is_tangled(self) -> bool:
        return self.misnested > policy.MAX_MISNESTED

    def _begin(self, tag: str, attributes: str) -> None:
        self._end_by_itself(tag)
        if tag == "a" and self._forget("a") and "a" in self.opened:
            # A link ends the open link before it, and nothing else (HTML Standard, 13.2.6.4.7).
            del self.opened[len(self.opened) - 1 - self.opened[::-1].index("a")]
        self.opened.append(tag)
        if tag in elements.REOPENED:
            # Another element's end does not shorten this list: a parser opens formatting again, an equal element three
            # times at most.
            same = (tag, attributes)
            if self.formatting.count(same) >= MAX_EQUAL:
                self.formatting.remove(same)
            self.formatting.append(same)

    def _end_by_itself(self, tag: str) -> None:
        """End the elements that may be left open before `tag`, with the formatting in them."""
        ended = elements.ENDS.get(tag, frozenset())
        while ended:
            at = next((n for n in range(len(self.opened) - 1, -1, -1) if self.opened[n] not in elements.REOPENED), -1)
            if at < 0 or self.opened[at] not in ended:
                return
            del self.opened[at:]

    def _end(self, tag: str) -> None:
        is_known = self._forget(tag)
        if self.opened and self.opened[-1] == tag:
            self.opened.pop()
        elif tag in self.opened:
            self.misnested += self.opened[-1] not in elements.ENDS.get(tag, UNENDED)
            while self.opened.pop() != tag:
                pass
        elif not is_known and tag not in elements.MADE_BY_END and tag not in elements.VOID:
            self.misnested += 1

    def _forget(self, tag: str) -> bool:
        """Take the last formatting element of a name off the list. Whether the list had such an element."""
        for index in range(len(self.formatting) - 1, -1, -1):
            if self.formatting[index][0] == tag:
                del self.formatting[index]
                return True
        return False


def _count(attributes: str) -> int:
    return sum(1 for _ in ATTRIBUTE.finditer(attributes))
