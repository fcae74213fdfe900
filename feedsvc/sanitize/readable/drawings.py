"""
The words of drawings, for readers that show no SVG. Pure.

A drawing goes with its content. A browser shows its `text`, and HTML in it, as text. This pass puts escaped text where
a drawing was. The later stages judge the result.
"""

import re
from collections.abc import Iterator

import regex

from feedsvc import elements
from feedsvc.sanitize.readable.foreign import ENDS_FOREIGN, HOLD_HTML, SAYING, SILENT
from feedsvc.sanitize.safe import markup

#: A comment, raw text, or a tag of HTML; the same in a drawing, where nothing is raw text.
OUTSIDE = regex.compile(
    f"{markup.COMMENT}|{markup.raw(elements.RAW)}|{markup.TAG}|{markup.OTHER}",
    regex.DOTALL | regex.IGNORECASE | regex.ASCII,
)
INSIDE = regex.compile(f"{markup.COMMENT}|{markup.TAG}|{markup.OTHER}", regex.DOTALL | regex.IGNORECASE | regex.ASCII)

#: A tag of HTML ends a drawing, unless it stands in a part of the drawing that holds HTML.
HOLDING = HOLD_HTML["svg"]

CDATA = "<![CDATA["

#: Open elements of these names are counted.
COUNTED = SAYING | SILENT | HOLDING | {"svg"}

#: Attributes that begin a line of its own in a text.
LINE = re.compile(r"(?<![\w-])(?:x|y|dx|dy)\s*=")


def drawn_texts(html: str) -> Iterator[tuple[int, int, str]]:
    """Drawings with text: where each begins and ends, and its text. Takes linear time."""
    drawing: _Drawing | None = None
    position = 0
    while token := (INSIDE if drawing else OUTSIDE).search(html, position):
        start, position = token.span()
        name, is_end = (token["tag"] or "").lower(), bool(token["end"])
        if drawing is None:
            if name == "svg" and not is_end and not token["attributes"].endswith("/"):
                drawing = _Drawing(start, position)
            continue
        if drawing.is_over(html, token, name, is_end=is_end):
            position = position if name == "svg" else start
            if said := drawing.said():
                yield drawing.start, position, said
            drawing = None


class _Drawing:
    """A drawing that is open."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.opened: dict[str, int] = {"svg": 1}
        self.texts: list[str] = []

    def is_over(self, html: str, token: regex.Match[str], name: str, *, is_end: bool) -> bool:
        """Read up to a token. Whether the drawing ends there."""
        if not self.opened.keys().isdisjoint(SAYING) and self.opened.keys().isdisjoint(SILENT):
            self.texts.append(html[self.end : token.start()])
            if token[0].startswith(CDATA):
                self.texts.append(token[0].removeprefix(CDATA).removesuffix("]]>").replace("&", "&amp;"))
        self.end = token.end()
        if name in COUNTED and (is_end or not token["attributes"].endswith("/")):
            count = self.opened.get(name, 0) + (-1 if is_end else 1)
            self.opened[name] = count
            if count <= 0:
                del self.opened[name]
        if name in COUNTED or name in elements.LINES or (name == "tspan" and LINE.search(token["attributes"])):
            self.texts.append(" ")
        is_broken = name in ENDS_FOREIGN and (not is_end or name in elements.MADE_BY_END)
        return "svg" not in self.opened or (is_broken and self.opened.keys().isdisjoint(HOLDING))

    def said(self) -> str:
        """The texts, escaped."""
        text = " ".join("".join(self.texts).split())
        return f" {text} ".replace("<", "&lt;").replace(">", "&gt;") if text else ""
