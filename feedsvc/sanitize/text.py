"""Plain text out of markup: titles, names, summaries."""

import html as html_text
import re
from collections.abc import Iterator

import lxml.html
import nh3
from lxml import etree

from feedsvc.model import SafeHtml
from feedsvc.normalize import one_line, xml_safe
from feedsvc.sanitize import policy

#: A name in angle brackets, with nothing that could be an attribute.
ANGLED = re.compile(r"<([A-Za-z][\w.-]*)(?:[ ]?[,:*&][ \w.,:*&-]*)?>")

#: What an HTML parser takes for the beginning of a tag or a comment.
TAG_LIKE = re.compile(r"<[A-Za-z/!?]")

#: How often what was escaped turns out to be markup again, before every bracket goes.
MAX_ROUNDS = 8

#: No title or name is longer; what parsers would make of more is not waited for.
MAX_TEXT = 10_000


def strip_markup(text: str) -> str:
    """A title or a name, which may hold markup, as one line of plain text: entities decoded once, no tag left."""
    plain = html_text.unescape(nh3.clean(_keep_words(xml_safe(text[:MAX_TEXT])), tags=set()))
    for _ in range(MAX_ROUNDS):
        if not TAG_LIKE.search(plain := _keep_words(plain)):
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


def _keep_words(text: str) -> str:
    """`Vec<String>` is a word, not a tag: in other brackets nobody takes it for one, and nothing is lost."""
    return ANGLED.sub(
        lambda match: match[0] if match[1].lower() in policy.HTML_ELEMENTS else f"‹{match[0][1:-1]}›", text
    )


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in policy.BLOCKS:
            yield " "
        if event == "start":
            if node.tag not in {"rt", "rp"}:
                yield node.text or ""
        elif node is not element:
            yield node.tail or ""
