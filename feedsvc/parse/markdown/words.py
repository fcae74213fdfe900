"""
The words of a Markdown body, and which of them its HTML shows. Pure, linear time.

What Markdown does not show by its own rules is no loss: addresses that links may name, the names of references, the
numbers of lists, the kinds of notes. Every other letter and digit of a body stands in its HTML: as text, in an
address, or in a comment.
"""

import re
from collections import Counter
from html import escape, unescape
from urllib.parse import unquote

from feedsvc.parse.markdown import comments

#: Noncharacters, which no text has: a number between these two stands for the HTML of a tag.
OPEN, CLOSE = "\ufdd0", "\ufdd1"

#: What a reader sees, or a comment, a tag, or a reference to white space.
TOKEN = re.compile(
    rf"{comments.HTML}"
    r"|(?P<media><(?:img|iframe|video|audio|hr|input|embed)\b)"
    r"|<[a-z/!?][^>]*+(?:>|\Z)"
    r"|&(?:nbsp|ensp|emsp|thinsp|\#160|\#xa0|\#12288);"
    r"|(?P<text>\S)",
    re.DOTALL | re.IGNORECASE,
)

BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

_LEAD, _LABEL = comments.LEAD, rf"{comments.LABEL}[ \t]*+"

#: What is written and not shown: definitions; numbers of items, and marks in boxes; kinds of notes; names of
#: references and of notes.
UNSHOWN = re.compile(
    rf"{_LEAD}{_LABEL}\n?[ \t]*+(?:<[^<>\n]*+>|(?:[a-z][a-z0-9+.-]{{0,20}}:|[/.#])\S*+|[!-;=-~][!-~]*+)"
    r"(?:\n?[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*+$"
    rf"|{_LEAD}{_LABEL}"
    r"|^[ \t>]*+(?:[-*+]|\d{1,9}[.)])[ \t]+\[[xX]\](?=\s)"
    r"|(?<![^\s>])\d{1,9}[.)](?!\S)"
    r"|^[ \t>]*+\[!(?i:note|tip|important|warning|caution)\]"
    r"|(?<=\])\[[^\[\]\n]{0,999}\]|\[\^[^\[\]\s]{1,300}\]",
    re.MULTILINE,
)

#: What HTML adds: names of elements and of first attributes.
MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*+(?:\s(?:href|src|class|id|type|start|align|data-meta|data-footnotes)=\"(?:language-|footnote)?)?",
    re.IGNORECASE,
)


def shows(html: str) -> bool:
    """Whether readers see anything of `html`."""
    return any(token["text"] or token["media"] for token in TOKEN.finditer(html))


def missing(text: str, html: str) -> str:
    """The letters and digits of Markdown that stand nowhere in its HTML."""
    shown = Counter(MARKUP.sub("", _plain(html)))
    if not _left(Counter(_plain(text)), shown):
        return ""
    if "&" in html:  # code keeps references as they are written
        shown |= Counter(MARKUP.sub("", _plain(unescape(html))))
    return _left(Counter(MARKUP.sub("", _plain(UNSHOWN.sub("", comments.without(text))))), shown)


def _left(written: Counter[str], shown: Counter[str]) -> str:
    return "".join(char * count for char, count in (written - shown).items() if char.isalnum() or char == OPEN)


def size(text: str) -> int:
    """How many letters and digits a text has."""
    return len(_letters(text))


def as_written(text: str, html: str) -> str:
    """Markdown as its author wrote it, as HTML, without its comments; `html`, which it became, shows those in code."""
    if "<!--" in text:
        shown = frozenset(_letters(unescape(comment)) for comment in comments.SHOWN.findall(html))
        text = comments.HTML_COMMENT.sub(
            lambda found: found[0] if not found[0].endswith(comments.ENDS) or _letters(found[0]) in shown else "", text
        )
    text = comments.without(text).strip()
    if not unescape(text).strip():
        return ""
    paragraphs = (escape(part, quote=False).replace("\n", "<br>\n") for part in BLANK_LINES.split(text))
    return "".join(f"<p>{part}</p>\n" for part in paragraphs)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _plain(text: str) -> str:
    """`text` without references and percent-encoding."""
    text = unescape(text) if "&" in text else text
    return unquote(text) if "%" in text else text
