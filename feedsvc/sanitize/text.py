"""Plain text out of markup: titles, names, summaries."""

import html as html_text
import re
from collections import defaultdict
from collections.abc import Iterator

import lxml.html
from lxml import etree

from feedsvc import elements
from feedsvc.normalize import one_line
from feedsvc.sanitize.safe.words import ANGLED, MAX_NESTED, TAG_LIKE, in_line, in_words

CLOSED_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

#: No title or name is longer.
MAX_TEXT = 10_000

#: In a title, these elements need no end tag. A picture says nothing there.
NEVER_CLOSED = elements.PUBLISHED_VOID - {"hr"}

#: Parts of a `ruby` that say how its text is read.
READINGS = elements.parts_of("ruby")


def strip_markup(text: str) -> str:
    """A title or a name that may hold markup, as a line of plain text. References are decoded once, no tag stays."""
    line = in_line(text[:MAX_TEXT])
    if "<" not in line and "&" not in line:
        return line
    # Escaped tags are words, and become tags here. A reader that takes titles for HTML would run them.
    return in_words(html_text.unescape(_without_tags(line)))


def _without_tags(text: str) -> str:
    """
    `text` without markup. Words in angle brackets stay, in other brackets, so that no reader takes them for tags.

    A tag that is never closed is a word: `Vec<String>`, `The <video> element`. The innermost tags go first, because the
    rest of a tag may be another tag.
    """
    text = CLOSED_COMMENT.sub("", text) if "-->" in text else text
    for _ in range(MAX_NESTED):
        tags = list(ANGLED.finditer(text))
        if not tags:
            break
        text = _replaced(text, tags)
    return TAG_LIKE.sub("‹", text)


def _replaced(text: str, tags: list[re.Match[str]]) -> str:
    pairs = _tag_pairs(tags)
    pieces, end = list[str](), 0
    for index, tag in enumerate(tags):
        if tag.start() < end:
            continue  # in a script
        pieces.append(text[end : tag.start()])
        end = tag.end()
        name = (tag[2] or "").lower()
        if not _is_markup(tag, is_paired=index in pairs):
            pieces.append(f"‹{tag[0][1:-1]}›")
        elif name in elements.SCRIPTS and index in pairs:
            end = max(end, tags[pairs[index]].end())
        elif name in elements.LINES:
            pieces.append(" ")
    return "".join((*pieces, text[end:]))


def _is_markup(tag: re.Match[str], *, is_paired: bool) -> bool:
    """Whether the author meant a tag: of an element that is closed, or needs no end tag, or begins a cut-off title."""
    name, rest = (tag[2] or "").lower(), tag[3] or ""
    if is_paired:
        return name in elements.KNOWN or ":" in name  # office programs write names with a colon
    is_whole = name in NEVER_CLOSED and (not rest.strip(" /") or name == "img")
    return is_whole or (name in elements.LEFT_OPEN and tag.start() == 0 and (not rest or rest[0] in " /"))


def _tag_pairs(tags: list[re.Match[str]]) -> dict[int, int]:
    """The two tags of each element, each with the number of the other."""
    opened = defaultdict[str, list[int]](list)
    pairs: dict[int, int] = {}
    for index, tag in enumerate(tags):
        name = (tag[2] or "").lower()
        if name and not tag[1]:
            opened[name].append(index)
        elif before := opened[name]:
            start = before.pop()
            pairs |= {start: index, index: start}
    return pairs


def plain_text(html: str) -> str:
    """The text of HTML that nh3 has made well-formed, on one line. Words part at the edges of blocks."""
    return one_line("".join(_texts(fragment(html)))) if html.strip() else ""


def fragment(html: str) -> lxml.html.HtmlElement:
    """HTML as a tree, in a `div`."""
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in elements.LINES:
            yield " "
        if event == "start":
            if node.tag not in READINGS:
                yield node.text or ""
        elif node is not element:
            yield node.tail or ""
