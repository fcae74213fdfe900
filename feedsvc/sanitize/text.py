"""Plain text out of markup: titles, names, summaries."""

import html as html_text
import re
from collections import defaultdict
from collections.abc import Iterator

import lxml.html
import nh3
from lxml import etree

from feedsvc.model import SafeHtml
from feedsvc.normalize import one_line, xml_safe
from feedsvc.sanitize import policy

#: A name in angle brackets, and what stands behind it.
ANGLED = re.compile(r"<(/?)([A-Za-z][\w.-]*)([^<>]*)>")

#: What may stand behind a name that is no element's: nothing in it could be an attribute.
PARAMETERS = re.compile(r"(?:[ ]?[,:*&][ \w.,:*&-]*)?")

#: What an HTML parser takes for the beginning of a tag or a comment.
TAG_LIKE = re.compile(r"<[A-Za-z/!?]")

#: How often what was escaped turns out to be markup again, before every bracket goes.
MAX_ROUNDS = 8

#: No title or name is longer; what parsers would make of more is not waited for.
MAX_TEXT = 10_000


def strip_markup(text: str) -> str:
    """A title or a name, which may hold markup, as one line of plain text: entities decoded once, no tag left."""
    text = xml_safe(text[:MAX_TEXT]).replace("\ufeff", "")
    if "<" not in text and "&" not in text:
        return one_line(text)
    words = _keep_words(text, policy.LEFT_OPEN)
    plain = html_text.unescape(nh3.clean(words, tags=set()))
    for _ in range(MAX_ROUNDS):
        if not TAG_LIKE.search(plain := _keep_words(plain, policy.NEVER_CLOSED)):
            return one_line(plain)
        # An escaped tag has become one, and readers that take titles for HTML would run it. Only tags go this time.
        stripped = html_text.unescape(nh3.clean(plain.replace("&", "&amp;"), tags=set()))
        # What is no tag to one parser may be one to another.
        plain = stripped if stripped != plain else plain.replace("<", "")
    return one_line(plain.replace("<", ""))


def plain_text(html: str) -> str:
    """The text of HTML that has passed the first stage at least, on one line; words part where blocks do."""
    return one_line("".join(_texts(fragment(html)))) if html.strip() else ""


def text_as_html(text: str) -> SafeHtml:
    """Plain text, escaped."""
    return SafeHtml(html_text.escape(text, quote=False))


def fragment(html: str) -> lxml.html.HtmlElement:
    """HTML as a tree, in a `div`."""
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _keep_words(text: str, loose: frozenset[str]) -> str:
    """
    The words in angle brackets that are no markup, in other brackets: nobody takes them for tags, and nothing is lost.

    Such are `Vec<String>`, and `The <video> element`: a bare tag that is never closed. `loose` are elements that people
    do leave open.
    """
    tags = list(ANGLED.finditer(text))
    paired = _paired(tags)
    pieces, end = list[str](), 0
    for index, tag in enumerate(tags):
        if _is_word(tag, loose, is_paired=index in paired):
            pieces += text[end : tag.start()], f"‹{tag[0][1:-1]}›"
            end = tag.end()
    return "".join((*pieces, text[end:]))


def _is_word(tag: re.Match[str], loose: frozenset[str], *, is_paired: bool) -> bool:
    name = tag[2].lower()
    if name in policy.HTML_ELEMENTS:
        return not (tag[3] or is_paired or name in loose)
    return PARAMETERS.fullmatch(tag[3]) is not None


def _paired(tags: list[re.Match[str]]) -> set[int]:
    """Which of the tags are the two ends of one element."""
    opened = defaultdict[str, list[int]](list)
    paired: set[int] = set()
    for index, tag in enumerate(tags):
        if not tag[1]:
            opened[tag[2].lower()].append(index)
        elif before := opened[tag[2].lower()]:
            paired |= {index, before.pop()}
    return paired


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in policy.BLOCKS:
            yield " "
        if event == "start":
            if node.tag not in {"rt", "rp"}:
                yield node.text or ""
        elif node is not element:
            yield node.tail or ""
