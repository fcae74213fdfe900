"""Prepares the HTML of nh3 for lxml: published names, and no forms that libxml2 reads in another way. Pure."""

import re

from feedsvc import elements
from feedsvc.elements import Kind, Trait
from feedsvc.sanitize.safe.markup import one_of

#: libxml2 reads 255 levels, and drops what lies below them without a word.
MAX_LEVELS = 200

#: A tag that nh3 wrote. A `>` in quotes is part of an attribute's value.
NH3_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>""")

#: Elements that are published under another name.
OTHER_NAMES = re.compile(rf"<(?:{one_of(frozenset(elements.RENAMED))})[ >]")

#: Void elements that libxml2 takes for open ones: it would put all that follows into them.
OPEN_TAG = re.compile(rf"""<({one_of(elements.with_trait(Trait.OPEN_TO_LIBXML))})((?:[^>"]|"[^"]*")*)>""")

#: Elements that hold white space only: it keeps words apart, and lxml would drop it.
WORD_ELEMENTS = (elements.PUBLISHED & elements.of_kind(Kind.WORDS) & elements.with_trait(Trait.POINTLESS)) - {"a"}
BLANK_WORDS = re.compile(rf"<({one_of(WORD_ELEMENTS)})>(\s+)</\1>")


def prepared(html: str) -> str | None:
    """`html` for lxml. None where elements are nested too deep for libxml2."""
    html = OPEN_TAG.sub(r"<\1\2></\1>", BLANK_WORDS.sub(r"\2", html))
    if OTHER_NAMES.search(html):
        html = NH3_TAG.sub(_renamed, html)
    return None if _is_too_deep(html) else html


def _renamed(tag: re.Match[str]) -> str:
    """A tag under its published name."""
    name = elements.RENAMED.get(tag[2])
    return f"<{tag[1]}{name}>" if name else tag[0]


def _is_too_deep(html: str) -> bool:
    if html.count("<") <= MAX_LEVELS:
        return False
    depth = deepest = 0
    for match in NH3_TAG.finditer(html):
        if match[2] not in elements.VOID:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest > MAX_LEVELS
