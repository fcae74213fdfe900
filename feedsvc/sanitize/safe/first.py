"""The first of two parsers: nh3 (html5ever) makes HTML well-formed, and drops all that the table does not allow."""

import nh3

from feedsvc.elements import DROPPED, ROWS, Fate
from feedsvc.normalize import xml_safe
from feedsvc.sanitize.safe import policy

#: Element → its attributes: those that are published, and those that the rewrite reads and drops.
LET_THROUGH = {
    row.name: {*row.attributes, *row.reads} for row in ROWS if row.fate in {Fate.PUBLISHED, Fate.RENAMED, Fate.READ}
}

_CLEANER = nh3.Cleaner(
    tags=set(LET_THROUGH),
    attributes=LET_THROUGH,
    clean_content_tags=set(DROPPED),
    url_schemes=set(policy.URL_SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def first_opinion(html: str) -> str:
    """`html`, well-formed, of elements and attributes that are let through."""
    return xml_safe(_CLEANER.clean(html))
