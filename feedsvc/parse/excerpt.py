"""The part of a body before `<!-- more -->`, which blogs show as a summary. Pure."""

import re

from feedsvc.parse.markdown.page import HTML_TAG
from feedsvc.parse.markdown.words import shows

MORE = re.compile(r"<!-{2,3}\s{0,9}more\s{0,9}-{2,3}>", re.IGNORECASE)


def before_more(html: str) -> str | None:
    """
    What stands before the mark in a body's HTML; None where there is no mark, or nothing to see before it.

    In HTML, the mark is a comment. In a text about the mark it is none.
    """
    if not MORE.search(html):
        return None
    mark = next((tag.start() for tag in HTML_TAG.finditer(html) if MORE.fullmatch(tag[0])), 0)
    before = html[:mark]
    return before if shows(before) else None
