"""Tags of a text that no parser has seen yet, for passes that put something else in their place. Pure."""

import re

import regex

from feedsvc import elements
from feedsvc.sanitize.safe import markup

#: A comment, raw text, or a tag: a `<` in an attribute begins nothing. A `noscript` is not raw text here.
HTML_TOKENS = regex.compile(
    f"{markup.COMMENT}|{markup.raw(elements.RAW)}|{markup.TAG}", regex.DOTALL | regex.IGNORECASE
)

#: Elements of formulas may have one of these before their names.
FORMULA_PREFIX = re.compile("(?:m|mml|math):")

#: A piece of HTML, from where to where, and the text that stands there instead.
Replacement = tuple[int, int, str]


def name_of(token: regex.Match[str]) -> str:
    """The name of a tag in small letters; empty for a comment."""
    return FORMULA_PREFIX.sub("", (token["tag"] or token["raw"] or "").lower(), count=1)


def value_of(attribute: re.Pattern[str], attributes: str | None) -> str:
    """The value of an attribute; empty where it is not there. The last group of `attribute` that matches holds it."""
    found = attribute.search(attributes or "")
    return next((value for value in found.groups() if value is not None), "").strip() if found else ""
