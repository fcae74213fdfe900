"""
What is a tag, a comment or raw text, before any parser sees it.

The patterns never go back: each alternative takes all that is left where it finds no end. They take linear time.
"""

import re

from feedsvc import elements

#: A tag as HTML reads it (HTML Standard, 13.2.5.32 to 40): an `=` where a name begins is part of the name.
TAG = (
    r"<(?P<end>/?)(?P<tag>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+)*+)(?:>|\Z)"""
)
COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
OTHER = r"<[!?/][^>]*+(?:>|\Z)"


def one_of(names: frozenset[str]) -> str:
    """The pattern of any of these names."""
    return "|".join(sorted(names))


def raw(names: frozenset[str]) -> str:
    """The pattern of elements whose content is text, with that."""
    return rf"<(?P<raw>{one_of(names)})(?=[\s/>]|\Z)[^>]*+(?:>|\Z).*?(?:</(?P=raw)(?=[\s/>]|\Z)[^>]*+(?:>|\Z)|\Z)"


#: All that is no text. To a browser that runs scripts, the content of a `noscript` is raw text.
MARKUP = re.compile(f"{COMMENT}|{raw(elements.RAW | {'noscript'})}|{TAG}|{OTHER}", re.DOTALL | re.IGNORECASE)

#: The same inside a drawing or a formula, where nothing is raw text.
FOREIGN_MARKUP = re.compile(f"{COMMENT}|{TAG}|{OTHER}", re.DOTALL | re.IGNORECASE)

FOREIGN_START = re.compile(f"<(?:{one_of(elements.FOREIGN)})", re.IGNORECASE)
