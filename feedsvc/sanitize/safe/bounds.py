"""
What an article may be, before any parser sees it: parsers take quadratic time, or worse, for shapes that nobody writes.

One pass of a regular expression that never goes back finds them. What is out of bounds is shown as plain text.
"""

import html as html_text
import re
from collections.abc import Iterator

from feedsvc.model import SafeHtml
from feedsvc.normalize import CONTROLS, xml_safe
from feedsvc.sanitize import policy

#: Elements whose content is text to a parser, up to their own end tag.
RAW_TEXT = "script|style|textarea|title|xmp|iframe|noembed|noframes"

#: A tag as HTML reads it (HTML Standard, 13.2.5.32 to 40): an `=` where a name begins is part of the name.
TAG = (
    r"<(?P<end>/?)(?P<tag>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+)*+)(?:>|\Z)"""
)
COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
OTHER = r"<[!?/][^>]*+(?:>|\Z)"


def raw(names: str) -> str:
    """The pattern of elements whose content is text, with that."""
    return rf"<(?P<raw>{names})(?=[\s/>]|\Z)[^>]*+(?:>|\Z).*?(?:</(?P=raw)(?=[\s/>]|\Z)[^>]*+(?:>|\Z)|\Z)"


#: What is no text. Each alternative takes all that is left where it finds no end, so that nothing is read twice.
MARKUP = re.compile(f"{COMMENT}|{raw(f'{RAW_TEXT}|noscript')}|{TAG}|{OTHER}", re.DOTALL | re.IGNORECASE)

#: The same inside a drawing or a formula, where nothing is raw text.
FOREIGN_MARKUP = re.compile(f"{COMMENT}|{TAG}|{OTHER}", re.DOTALL | re.IGNORECASE)

FOREIGN_START = re.compile("<(?:svg|math)", re.IGNORECASE)

ATTRIBUTE = re.compile(r"""[^\s=]++(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s"']\S*+)?+)?+""")

#: An address that holds a file itself, in an attribute.
DATA = re.compile(r"""(?<=[="'\s,])data:[^\s"'<>]*+""", re.IGNORECASE)

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip

#: So many equal formatting elements a parser keeps in mind (HTML Standard, 13.2.4.3, "Noah's Ark").
MAX_EQUAL = 3

#: As how many tags an element counts that may be opened again.
REOPENED_WEIGHT = 2

#: In these, a tag that ends in a slash opens nothing, unless it is HTML's, which ends the drawing.
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
    if "data:" not in html.lower():
        return html
    return DATA.sub(lambda match: match[0] if len(match[0]) <= 2 * policy.DATA_IMAGE_MAX else "data:,", html)


def fault(html: str) -> str | None:
    """Why no parser should see `html`; None when it is within all bounds."""
    if len(html) > policy.MAX_HTML:
        return f"larger than {policy.MAX_HTML // 1024} kB of HTML"
    counter = _Counter()
    for match in _markup(html, counter):
        if match["tag"] and (reason := counter.take(match)):
            return reason
    return None


def _markup(html: str, counter: "_Counter") -> Iterator[re.Match[str]]:
    """What is no text, in order: what is raw text hangs on what is open."""
    if not FOREIGN_START.search(html):
        yield from MARKUP.finditer(html)
        return
    end = 0
    while match := (FOREIGN_MARKUP if counter.is_foreign else MARKUP).search(html, end):
        yield match
        end = match.end()


class _Counter:
    """What a parser would have to keep in mind."""

    def __init__(self) -> None:
        self.tags = self.misnested = 0
        self.opened: list[str] = []
        #: What a parser opens again wherever something else ended it: elements, each with its attributes.
        self.formatting: list[tuple[str, str]] = []

    def take(self, match: re.Match[str]) -> str | None:
        tag, attributes = match["tag"].lower(), match["attributes"]
        if match["end"]:
            # Parsers make elements of these two where they end nothing.
            self.tags += tag == "br" or (tag == "p" and "p" not in self.opened[-1:])
        else:
            self.tags += tag not in policy.UNCOUNTED
        if tag in policy.BLOCKS:
            # A block may end what was left open, and then a parser opens it again, which costs more than a tag.
            self.tags += REOPENED_WEIGHT * len(self.formatting)
        if self.tags > policy.MAX_TAGS:
            return f"more than {policy.MAX_TAGS} tags"
        if match["end"]:
            self._end(tag)
        elif len(attributes) > policy.MAX_ATTRIBUTES and _count(attributes) > policy.MAX_ATTRIBUTES:
            return f"more than {policy.MAX_ATTRIBUTES} attributes in one tag"
        elif tag not in VOID and not (attributes.endswith("/") and self.is_foreign and tag not in policy.HTML_ELEMENTS):
            self._begin(tag, attributes)
        if len(self.opened) > policy.MAX_OPEN:
            return f"elements nested deeper than {policy.MAX_OPEN}"
        if len(self.formatting) > policy.MAX_FORMATTING:
            return f"more than {policy.MAX_FORMATTING} formatting elements left open"
        return f"more than {policy.MAX_MISNESTED} end tags that end nothing" if self.is_tangled else None

    @property
    def is_foreign(self) -> bool:
        """Whether a drawing or a formula is open."""
        return not FOREIGN.isdisjoint(self.opened)

    @property
    def is_tangled(self) -> bool:
        return self.misnested > policy.MAX_MISNESTED

    def _begin(self, tag: str, attributes: str) -> None:
        self._end_by_itself(tag)
        if tag == "a" and self._forget("a") and "a" in self.opened:
            # A link ends the one before it, and that alone (HTML Standard, 13.2.6.4.7).
            del self.opened[len(self.opened) - 1 - self.opened[::-1].index("a")]
        self.opened.append(tag)
        if tag in policy.FORMATTING:
            # Not counted down where something else ends it: a parser opens it again, equal ones three times at most.
            same = (tag, attributes)
            if self.formatting.count(same) >= MAX_EQUAL:
                self.formatting.remove(same)
            self.formatting.append(same)

    def _end_by_itself(self, tag: str) -> None:
        """Elements that may be left open end here, with the formatting in them."""
        ended = ENDS.get(tag, frozenset())
        while ended:
            at = next((n for n in range(len(self.opened) - 1, -1, -1) if self.opened[n] not in policy.FORMATTING), -1)
            if at < 0 or self.opened[at] not in ended:
                return
            del self.opened[at:]

    def _end(self, tag: str) -> None:
        is_known = self._forget(tag)
        if self.opened and self.opened[-1] == tag:
            self.opened.pop()
        elif tag in self.opened:
            self.misnested += self.opened[-1] not in ENDS.get(tag, frozenset({"p", "li", "td", "tr", "dd", "dt"}))
            while self.opened.pop() != tag:
                pass
        elif not is_known and tag != "p" and tag not in VOID:
            self.misnested += 1

    def _forget(self, tag: str) -> bool:
        """Take the last formatting element of a name off the list; whether there was one."""
        for index in range(len(self.formatting) - 1, -1, -1):
            if self.formatting[index][0] == tag:
                del self.formatting[index]
                return True
        return False


def _count(attributes: str) -> int:
    return sum(1 for _ in ATTRIBUTE.finditer(attributes))


#: Where the text of an article that shrinks to nothing but references had to end.
CUT = f"<p>{policy.PLAIN_CUT}</p>"

#: Control characters, which no text has, not even escaped: where preformatted text begins and ends.
PRE_START, PRE_END = "\x01", "\x02"


def as_text(html: str, size: int | None = None) -> SafeHtml:
    """
    `html` as plain text, a paragraph a block, code as it stands, without a parser: in linear time.

    `size` is the length of the HTML as somebody wrote it, where this is longer.
    """
    limit = max(2 * (len(html) if size is None else size), policy.MIN_GROWN) - len(CUT)
    paragraphs: list[str] = []
    for paragraph in _paragraphs(_text(html)):
        limit -= len(paragraph)
        if limit < 0:
            paragraphs.append(CUT)  # nearly all of it is references: no article that somebody wrote is cut here
            break
        paragraphs.append(paragraph)
    return SafeHtml("".join(paragraphs))


def _paragraphs(text: str) -> Iterator[str]:
    """Lines as paragraphs; what was preformatted stays so."""
    for number, marked in enumerate(re.split(f"[{PRE_START}{PRE_END}]", text)):
        part = CONTROLS.sub("", xml_safe(marked))
        if number % 2:
            code = html_text.escape(part.strip("\n").rstrip(), quote=False)
            if code.strip():
                yield f"<pre>{code}</pre>"
        else:
            for line in part.split("\n"):
                if words := " ".join(line.split()):
                    yield f"<p>{html_text.escape(words, quote=False)}</p>"


def notice(link: str | None) -> SafeHtml:
    """What stands before an article that is shown as plain text."""
    url = html_text.escape(link, quote=False).replace('"', "&quot;") if link else ""
    original = f' <a href="{url}" rel="noopener noreferrer ugc">{policy.PLAIN_LINK}</a>' if link else ""
    return SafeHtml(f"<p>{policy.PLAIN_NOTICE}{original}</p>")


def _text(html: str) -> str:
    is_open = False

    def between(match: re.Match[str]) -> str:
        nonlocal is_open
        name = (match["tag"] or "").lower()
        if name == "pre" and is_open == bool(match["end"]):
            is_open = not is_open
            return PRE_START if is_open else PRE_END
        return "\n" if name in policy.BLOCKS and not (is_open and name != "br") else ""

    return re.sub(r"\r\n?", "\n", html_text.unescape(MARKUP.sub(between, xml_safe(html))))
