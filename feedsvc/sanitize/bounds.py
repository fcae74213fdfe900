"""
What an article may be, before any parser sees it: parsers take quadratic time, or worse, for shapes that nobody writes.

One pass of a regular expression that never goes back finds them. What is out of bounds is shown as plain text.
"""

import html as html_text
import re
from collections import Counter

from feedsvc.model import SafeHtml
from feedsvc.normalize import CONTROLS, xml_safe
from feedsvc.sanitize import policy

#: Elements whose content is text to a parser, up to their own end tag.
RAW_TEXT = "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript"

#: A tag as HTML reads it (HTML Standard, 13.2.5.32 to 40): an `=` where a name begins is part of the name.
TAG = (
    r"<(?P<end>/?)(?P<tag>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+)*+)(?:>|\Z)"""
)
COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
RAW = rf"<(?P<raw>{RAW_TEXT})(?=[\s/>]|\Z)[^>]*+(?:>|\Z).*?(?:</(?P=raw)(?=[\s/>]|\Z)[^>]*+(?:>|\Z)|\Z)"
OTHER = r"<[!?/][^>]*+(?:>|\Z)"

#: What is no text. Each alternative takes all that is left where it finds no end, so that nothing is read twice.
MARKUP = re.compile(f"{COMMENT}|{RAW}|{TAG}|{OTHER}", re.DOTALL | re.IGNORECASE)

#: The same inside a drawing or a formula, where nothing is raw text.
FOREIGN_MARKUP = re.compile(f"{COMMENT}|{TAG}|{OTHER}", re.DOTALL | re.IGNORECASE)

ATTRIBUTE = re.compile(r"""[^\s=]++(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s"']\S*+)?+)?+""")

#: An address that holds a file itself, in an attribute.
DATA = re.compile(r"""(?<=[="'\s,])data:[^\s"'<>]*+""", re.IGNORECASE)

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip

#: In these, a tag that ends in a slash opens nothing.
FOREIGN = frozenset({"svg", "math"})

#: Element → what it ends by itself, where that was left open.
ENDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(policy.BLOCKS - {"br", "td", "th", "tr", "li", "dt", "dd"}, frozenset({"p"})),
    "li": frozenset({"p", "li"}), "dt": frozenset({"p", "dt", "dd"}), "dd": frozenset({"p", "dt", "dd"}),
    "td": frozenset({"p", "td", "th"}), "th": frozenset({"p", "td", "th"}), "tr": frozenset({"p", "td", "th", "tr"}),
    "option": frozenset({"option"}),
}  # fmt: skip


def shortened(html: str) -> str:
    """`html` without the files that its addresses hold: they would go anyway, and may be most of it."""
    return DATA.sub(lambda match: match[0] if len(match[0]) <= 2 * policy.DATA_IMAGE_MAX else "data:,", html)


def fault(html: str) -> str | None:
    """Why no parser should see `html`; None when it is within all bounds."""
    if len(html) > policy.MAX_HTML:
        return f"larger than {policy.MAX_HTML // 1024} kB of HTML"
    counter = _Counter()
    end = 0
    while match := (FOREIGN_MARKUP if counter.is_foreign else MARKUP).search(html, end):
        if match["tag"] and (reason := counter.take(match)):
            return reason
        end = match.end()
    return None


class _Counter:
    """What a parser would have to keep in mind."""

    def __init__(self) -> None:
        self.tags = self.misnested = 0
        self.opened: list[str] = []
        #: By element: what a parser opens again wherever something else ended it.
        self.formatting: Counter[str] = Counter()

    def take(self, match: re.Match[str]) -> str | None:
        tag, attributes = match["tag"].lower(), match["attributes"]
        self.tags += not match["end"] and tag not in policy.UNCOUNTED
        if self.tags > policy.MAX_TAGS:
            return f"more than {policy.MAX_TAGS} tags"
        if match["end"]:
            self._end(tag)
        elif len(attributes) > policy.MAX_ATTRIBUTES and _count(attributes) > policy.MAX_ATTRIBUTES:
            return f"more than {policy.MAX_ATTRIBUTES} attributes in one tag"
        elif tag not in VOID and not (attributes.endswith("/") and self.is_foreign):
            self._begin(tag)
        if len(self.opened) > policy.MAX_OPEN:
            return f"elements nested deeper than {policy.MAX_OPEN}"
        if self.formatting.total() > policy.MAX_FORMATTING:
            return f"more than {policy.MAX_FORMATTING} formatting elements left open"
        return f"more than {policy.MAX_MISNESTED} end tags that end nothing" if self.is_tangled else None

    @property
    def is_foreign(self) -> bool:
        """Whether a drawing or a formula is open."""
        return not FOREIGN.isdisjoint(self.opened)

    @property
    def is_tangled(self) -> bool:
        return self.misnested > policy.MAX_MISNESTED

    def _begin(self, tag: str) -> None:
        ended = ENDS.get(tag, frozenset())
        while self.opened and self.opened[-1] in ended:
            self.opened.pop()
        if tag == "a" and self.formatting["a"]:
            # A link ends the one before it, and that alone (HTML Standard, 13.2.6.4.7).
            self.formatting["a"] = 0
            if "a" in self.opened:
                del self.opened[len(self.opened) - 1 - self.opened[::-1].index("a")]
        self.opened.append(tag)
        # Not counted down where something else ends it: a parser opens it again.
        if tag in policy.FORMATTING:
            self.formatting[tag] += 1

    def _end(self, tag: str) -> None:
        is_known = self.formatting[tag] > 0
        if is_known:
            self.formatting[tag] -= 1
        if self.opened and self.opened[-1] == tag:
            self.opened.pop()
        elif tag in self.opened:
            self.misnested += self.opened[-1] not in ENDS.get(tag, frozenset({"p", "li", "td", "tr", "dd", "dt"}))
            while self.opened.pop() != tag:
                pass
        elif not is_known and tag != "p" and tag not in VOID:
            self.misnested += 1


def _count(attributes: str) -> int:
    return sum(1 for _ in ATTRIBUTE.finditer(attributes))


def as_text(html: str) -> SafeHtml:
    """`html` as plain text, a paragraph a block, without a parser: in linear time."""
    limit = max(2 * len(html), policy.MIN_GROWN)
    lines = (" ".join(line.split()) for line in _text(html).split("\n"))
    paragraphs: list[str] = []
    for line in filter(None, lines):
        paragraph = f"<p>{html_text.escape(line, quote=False)}</p>"
        limit -= len(paragraph)
        if limit < 0:
            break  # nearly all of it is references: no article that somebody wrote is cut here
        paragraphs.append(paragraph)
    return SafeHtml("".join(paragraphs))


def notice(link: str | None) -> SafeHtml:
    """What stands before an article that is shown as plain text."""
    url = html_text.escape(link, quote=False).replace('"', "&quot;") if link else ""
    original = f' <a href="{url}" rel="noopener noreferrer ugc">{policy.PLAIN_LINK}</a>' if link else ""
    return SafeHtml(f"<p>{policy.PLAIN_NOTICE}{original}</p>")


def _text(html: str) -> str:
    def between(match: re.Match[str]) -> str:
        return "\n" if (match["tag"] or "").lower() in policy.BLOCKS else ""

    text = html_text.unescape(MARKUP.sub(between, html))
    return CONTROLS.sub("", xml_safe(text))
