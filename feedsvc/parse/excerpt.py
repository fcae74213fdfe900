"""The part of a body before `<!-- more -->`, which blogs show as a summary. Pure."""

import re

from feedsvc.parse.markdown.page import HTML_TAG
from feedsvc.parse.markdown.words import shows

MORE = re.compile(r"<!-{2,3}\s{0,9}more\s{0,9}-{2,3}>", re.IGNORECASE)


def before_more(html: str) -> str | None:
    """
    The HTML of a body before the mark; None if there is no mark, or nothing visible before it.

    In HTML, the mark is a comment. An escaped mark in a text about it does not count.
    """
    if not MORE.search(html):
        return None
    mark = next((tag.start() for tag in HTML_TAG.finditer(html) if MORE.fullmatch(tag[0])), 0)
    before = html[:mark]
    return before if shows(before) else None
