"""Plain text that no reader takes for markup: the last step of every title, name and summary. Pure."""

import html as html_text
import re

from feedsvc.model import SafeHtml
from feedsvc.normalize import one_line

#: What stands in angle brackets, the innermost: a name, and what follows it.
ANGLED = re.compile(r"<(/?)([A-Za-z][\w.-]*(?::[\w.-]+)?)([^<>]*)>|<[/!?][^<>]*>")

#: What an HTML parser takes for the beginning of a tag or a comment.
TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")

#: How deep angle brackets stand in each other where somebody means it: `Map<K, List<Set<V>>>`.
MAX_NESTED = 10


def in_words(text: str) -> str:
    """Plain text for a place where readers expect a title: what looks like a tag there stays, in other brackets."""
    line = in_line(text)
    for _ in range(MAX_NESTED):
        words = ANGLED.sub(lambda tag: f"‹{tag[0][1:-1]}›", line)
        if words == line:
            break
        line = words
    return TAG_LIKE.sub("‹", line)


def in_line(text: str) -> str:
    """`text` on one line, without the characters that no line may have."""
    # Before anybody looks for tags: what goes here could stand in the middle of one.
    return one_line(text.replace("\ufeff", ""))


def text_as_html(text: str) -> SafeHtml:
    """Plain text, escaped."""
    return SafeHtml(html_text.escape(text, quote=False))
