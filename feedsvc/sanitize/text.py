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

#: In a title, these need no end; a picture says nothing there.
NEVER_CLOSED = elements.PUBLISHED_VOID - {"hr"}

#: Elements that stand beside a text: how it is read.
READINGS = elements.parts_of("ruby")


def strip_markup(text: str) -> str:
    """A title or a name, which may hold markup, as one line of plain text: entities decoded once, no tag left."""
    line = in_line(text[:MAX_TEXT])
    if "<" not in line and "&" not in line:
        return line
    # An escaped tag was meant as words; it becomes a tag, and readers that take titles for HTML would run it.
    return in_words(html_text.unescape(_without_tags(line)))


def _without_tags(text: str) -> str:
    """
    `text` without markup. Words in angle brackets stay, in other ones: nobody takes them for tags.

    Words are `Vec<String>`, and `The <video> element`: what is never closed. What is left of one tag may be another:
    they go from the inside out.
    """
    text = CLOSED_COMMENT.sub("", text) if "-->" in text else text
    for _ in range(MAX_NESTED):
        tags = list(ANGLED.finditer(text))
        if not tags:
            break
        text = _replaced(text, tags)
    return TAG_LIKE.sub("‹", text)


def _replaced(text: str, tags: list[re.Match[str]]) -> str:
    pairs = _pairs(tags)
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
    """Whether somebody meant a tag: an element that is closed, or needs no end, or begins a title that is cut off."""
    name, rest = (tag[2] or "").lower(), tag[3] or ""
    if is_paired:
        return name in elements.KNOWN or ":" in name  # the colon is an office program's
    is_whole = name in NEVER_CLOSED and (not rest.strip(" /") or name == "img")
    return is_whole or (name in elements.LEFT_OPEN and tag.start() == 0 and (not rest or rest[0] in " /"))


def _pairs(tags: list[re.Match[str]]) -> dict[int, int]:
    """The tags that are two ends of one element, each with the other."""
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
