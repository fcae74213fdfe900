"""
Whether the body of a Markdown file is a page that a scraper saved. Pure.

CommonMark ends a block of HTML at a blank line, so Markdown may begin with HTML. A scraped page is HTML to its end, and
Markdown would make code of its indented lines.
"""

import re

#: A tag or a comment. Each alternative takes all that is left where it finds no end, so that nothing is read twice.
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"""|<(?P<end>/?)(?P<name>[a-z][^\s/><]*+)(?P<rest>(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^"'>])*+)(?:>|\Z)""",
    re.DOTALL | re.IGNORECASE,
)

#: How a page begins.
FIRST = re.compile(
    r"\s*<(?P<name>div|p|section|article|main|table|figure|ul|ol|h[1-6]|blockquote|img|br|center|span|a|strong)\b",
    re.IGNORECASE,
)

#: Elements without an end tag.
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip

#: A line that only Markdown has; a list's may be a page's text as well.
MARKDOWN_LINE = r"[ ]{0,3}(?:\#{1,6}[ \t]|```|~~~|!\[|\[[^\]\n]{1,200}\]\(|>[ \t]?[^\s<]|\*\*\S|\|[^\n]{0,200}\||\{%)"
LIST_LINE = r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S"

#: An author who leaves a line blank inside the first element, or inside the first of each other, writes Markdown there.
OPENED_FOR_MARKDOWN = re.compile(rf"\s*+(?:<[^<>]*+>[ \t]*+(?:\n[ \t]*+)?+)++\n(?:[ \t]*\n)*{MARKDOWN_LINE}")

#: Markdown after a blank line.
MARKDOWN_AFTER_BLANK = re.compile(rf"\n[ \t]*\n(?:{MARKDOWN_LINE}|{LIST_LINE})")

#: Text of a page that stands in no element: white space, and references to white space.
BLANK = re.compile(r"(?:\s|&nbsp;)*+")


def is_page(body: str) -> bool:
    """
    Whether `body` is HTML to its end: elements alone, with no text between them.

    A page that ends with the end tag of the element that it begins with needs no other sign. Of another sequence of
    elements, no line after a blank one may be Markdown.
    """
    first = FIRST.match(body)
    if first is None or not body.rstrip().endswith(">") or OPENED_FOR_MARKDOWN.match(body):
        return False
    last = _last_name(body)
    if last is None:
        return False
    is_one = last == f"/{first['name'].lower()}"
    return (is_one or not MARKDOWN_AFTER_BLANK.search(body)) and not _has_text_outside(body)


def _last_name(body: str) -> str | None:
    """The name of the last tag, with its slash; None where the last angle bracket is no tag's."""
    match = TAG.match(body, body.rfind("<"))
    return f"{match['end']}{match['name'].lower()}" if match and match["name"] else None


def _has_text_outside(body: str) -> bool:
    """Whether text stands in no element."""
    depth, end = 0, 0
    for tag in TAG.finditer(body):
        if depth == 0 and not BLANK.fullmatch(body, end, tag.start()):
            return True
        end = tag.end()
        name = (tag["name"] or "").lower()
        if name and name not in VOID and not tag["rest"].endswith("/"):
            depth = max(0, depth - 1) if tag["end"] else depth + 1
    return not BLANK.fullmatch(body, end) if depth == 0 else False
