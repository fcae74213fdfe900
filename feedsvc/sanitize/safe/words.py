"""Plain text that no reader takes for markup: the last step of every title, name and summary. Pure."""

import html as html_text
import re

from feedsvc.model import SafeHtml
from feedsvc.normalize import one_line

#: Innermost angle brackets with a name and more in them.
ANGLED = re.compile(r"<(/?)([A-Za-z][\w.-]*(?::[\w.-]+)?)([^<>]*)>|<[/!?][^<>]*>")

#: A place where an HTML parser would begin a tag or a comment.
TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")

#: Angle brackets in each other, as in `Map<K, List<Set<V>>>`: nobody writes more.
MAX_NESTED = 10


def in_words(text: str) -> str:
    """Plain text for a title or a name. Text that looks like a tag stays, in other brackets."""
    line = in_line(text)
    for _ in range(MAX_NESTED):
        words = ANGLED.sub(lambda tag: f"‹{tag[0][1:-1]}›", line)
        if words == line:
            break
        line = words
    return TAG_LIKE.sub("‹", line)


def in_line(text: str) -> str:
    """`text` on one line, without the characters that no line may have."""
    # This comes before any search for tags: a removed character could stand in the middle of a tag.
    return one_line(text.replace("\ufeff", ""))


def text_as_html(text: str) -> SafeHtml:
    """Plain text, escaped."""
    return SafeHtml(html_text.escape(text, quote=False))
