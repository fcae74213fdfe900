"""
The words of a Markdown body, and whether its HTML shows them. Pure, linear time.

Some parts of Markdown are not shown by its own rules: link definitions, names of references, numbers of lists, kinds of
notes. Every other letter and digit of a body must be in its HTML: as text, in an address, or in a comment.
"""

import re
from collections import Counter
from html import escape, unescape
from urllib.parse import unquote

import regex

from feedsvc.parse.markdown import comments
from feedsvc.parse.markdown.code import OPEN

#: A visible text, a comment, a tag, or a reference to white space.
WORDS_TOKEN = re.compile(
    rf"{comments.HTML}"
    r"|(?P<media><(?:img|iframe|video|audio|hr|input|embed)\b)"
    r"|<[a-z/!?][^>]*+(?:>|\Z)"
    r"|&(?:nbsp|ensp|emsp|thinsp|\#160|\#xa0|\#12288);"
    r"|(?P<text>\S)",
    re.DOTALL | re.IGNORECASE,
)

BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

_LEAD, _LABEL = comments.LINE_LEAD, rf"{comments.DEFINITION_NAME}[ \t]*+"

#: Parts that Markdown does not show: definitions; numbers of items, and marks in checkboxes; kinds of notes; names of
#: references and footnotes.
UNSHOWN = regex.compile(
    rf"{_LEAD}{_LABEL}\n?[ \t]*+(?:<[^<>\n]*+>|(?:[a-z][a-z0-9+.-]{{0,20}}:|[/.#])\S*+|[!-;=-~][!-~]*+)"
    r"(?:\n?[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*+$"
    rf"|{_LEAD}{_LABEL}"
    r"|^[ \t>]*+(?:[-*+]|\d{1,9}[.)])[ \t]+\[[xX]\](?=\s)"
    r"|(?<![^\s>])\d{1,9}[.)](?!\S)"
    r"|^[ \t>]*+\[!(?i:note|tip|important|warning|caution)\]"
    r"|(?<=\])\[[^\[\]\n]{0,999}\]|\[\^[^\[\]\s]{1,300}\]",
    regex.MULTILINE,
)

#: Words that HTML adds: names of elements and of first attributes.
ADDED_WORDS = re.compile(
    r"</?[a-z][a-z0-9]*+(?:\s(?:href|src|class|id|type|start|align|data-meta|data-footnotes)=\"(?:language-|footnote)?)?",
    re.IGNORECASE,
)


def shows(html: str) -> bool:
    """Whether readers see any part of `html`."""
    return any(token["text"] or token["media"] for token in WORDS_TOKEN.finditer(html))


def missing(text: str, html: str) -> str:
    """The letters and digits of Markdown that are missing in its HTML."""
    shown = Counter(ADDED_WORDS.sub("", _decoded_text(html)))
    if not _left(Counter(_decoded_text(text)), shown):
        return ""
    if "&" in html:  # in code, references stay as they are written
        shown |= Counter(ADDED_WORDS.sub("", _decoded_text(unescape(html))))
    return _left(Counter(ADDED_WORDS.sub("", _decoded_text(UNSHOWN.sub("", comments.without(text))))), shown)


def _left(written: Counter[str], shown: Counter[str]) -> str:
    return "".join(char * count for char, count in (written - shown).items() if char.isalnum() or char == OPEN)


def size(text: str) -> int:
    """The number of letters and digits in a text."""
    return len(_alphanumeric(text))


def as_written(text: str, html: str) -> str:
    """Markdown as its author wrote it, as HTML, without its comments. `html` tells which comments are in code."""
    if "<!--" in text:
        shown = frozenset(_alphanumeric(unescape(comment)) for comment in comments.ESCAPED_COMMENT.findall(html))
        text = comments.HTML_COMMENT.sub(
            lambda found: (
                found[0] if not found[0].endswith(comments.COMMENT_ENDS) or _alphanumeric(found[0]) in shown else ""
            ),
            text,
        )
    text = comments.without(text).strip()
    if not unescape(text).strip():
        return ""
    paragraphs = (escape(part, quote=False).replace("\n", "<br>\n") for part in BLANK_LINES.split(text))
    return "".join(f"<p>{part}</p>\n" for part in paragraphs)


def _alphanumeric(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _decoded_text(text: str) -> str:
    """`text` without references and percent-encoding."""
    text = unescape(text) if "&" in text else text
    return unquote(text) if "%" in text else text
