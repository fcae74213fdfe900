"""
Whether the body of a Markdown file is a page that a scraper saved. Pure.

CommonMark ends a block of HTML at a blank line, so Markdown may begin with HTML and contain it. A scraped page is HTML
to its end: elements, with no text between them. It is not read as Markdown, because its indented lines would become
code.
"""

import re

from feedsvc import elements
from feedsvc.parse.markdown import comments

#: A tag, a comment or a doctype. Each alternative extends to the end of the text if it finds no end, so nothing is read
#: twice.
HTML_TAG = re.compile(
    rf"{comments.HTML}|<[!?][^>]*+(?:>|\Z)"
    r"""|<(?P<end>/?)(?P<name>[a-z][^\s/><]*+)(?P<rest>(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^"'>])*+)(?:>|\Z)""",
    re.DOTALL | re.IGNORECASE,
)

#: The start of a page: an element, after comments and the doctype.
BEFORE_PAGE = r"(?:\s|<!--(?:[^-]|-(?!->))*+-->|<[!?](?!--)[^<>]*+>)*+"
FIRST_ELEMENT = re.compile(rf"{BEFORE_PAGE}<(?P<name>[a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)

#: A line that only Markdown has. The text of a page may have a list number too, but with tags.
MARKDOWN_LINE = r"[ ]{0,3}(?:\#{1,6}[ \t]|```|~~~|!\[|\[[^\]\n]{1,200}\]\(|>[ \t]?[^\s<]|\*\*\S|\|[^\n]{0,200}\||\{%)"
LIST_LINE = r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+[^\s<]"

#: A blank line inside the first element, or inside the first element of each following block. Authors leave it to write
#: Markdown there.
OPENED_FOR_MARKDOWN = re.compile(
    rf"{BEFORE_PAGE}(?:<[^<>]*+>[ \t]*+(?:\n[ \t]*+)?+)++\n(?:[ \t]*\n)*(?:{MARKDOWN_LINE}|{LIST_LINE}[^<\n]*+\n)"
)

#: The line after a blank line: Markdown; a list or text; an indented tag; indented text.
AFTER_BLANK = re.compile(
    rf"\n[ \t]*\n(?:(?P<markdown>{MARKDOWN_LINE})|(?P<list>{LIST_LINE}[^<\n]*$)|(?P<item>{LIST_LINE})"
    r"|(?P<tags>(?:[ ]{4}|[ ]{0,3}\t)[ \t]*<)|(?P<code>(?:[ ]{4}|[ ]{0,3}\t)[ \t]*\S)|(?P<text>[ ]{0,3}[^\s<]))",
    re.MULTILINE,
)

#: Preformatted text. Its lines are code, whatever they look like.
PRE = re.compile(r"<pre\b.*?(?:</pre\s*>|\Z)", re.DOTALL | re.IGNORECASE)
EMPTY_LINE = re.compile(r"\n[ \t]*\n")

#: White space, and references to white space, outside of elements.
BLANK_TEXT = re.compile(r"(?:\s|&nbsp;)*+")


def is_page(body: str) -> bool:
    """Whether `body` is HTML to its end and should not be read as Markdown."""
    first = FIRST_ELEMENT.match(body)
    if first is None or not body.rstrip().endswith(">") or OPENED_FOR_MARKDOWN.match(body):
        return False
    last = _last_name(body)
    if last is None or _has_text_outside(body):
        return False
    found = _after_blank_lines(body)
    if "tags" in found:
        # A body that ends with its first element is a page. No other sign is needed.
        return last == f"/{first['name'].lower()}" or not found & {"markdown", "list", "item"}
    if "code" in found:
        return not found & {"markdown", "list"}
    return not found


def _after_blank_lines(body: str) -> set[str]:
    """The kinds of lines that follow blank lines, outside of preformatted text."""
    is_split = False

    def emptied(pre: re.Match[str]) -> str:
        nonlocal is_split
        is_split |= EMPTY_LINE.search(pre[0]) is not None
        return "<pre>"

    found = {match.lastgroup or "" for match in AFTER_BLANK.finditer(PRE.sub(emptied, body))}
    return found | {"tags"} if is_split else found


def _last_name(body: str) -> str | None:
    """The name of the last tag, with its slash; None if the last `>` does not end a tag."""
    end = len(body)
    while body.endswith("-->", 0, (end := _stripped(body, end))):
        end = max(body.rfind("<!--", 0, end), 0)
    match = HTML_TAG.match(body, body.rfind("<", 0, end), end)
    return f"{match['end']}{match['name'].lower()}" if match and match["name"] else None


def _stripped(body: str, end: int) -> int:
    """The end of the text before `end`, without trailing white space."""
    while end and body[end - 1].isspace():
        end -= 1
    return end


def _has_text_outside(body: str) -> bool:
    """Whether there is text outside of all elements."""
    depth, end = 0, 0
    for tag in HTML_TAG.finditer(body):
        if depth == 0 and not BLANK_TEXT.fullmatch(body, end, tag.start()):
            return True
        end = tag.end()
        name = (tag["name"] or "").lower()
        if name and name not in elements.VOID and not tag["rest"].endswith("/"):
            depth = max(0, depth - 1) if tag["end"] else depth + 1
    return not BLANK_TEXT.fullmatch(body, end) if depth == 0 else False
