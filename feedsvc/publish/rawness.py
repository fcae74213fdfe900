"""The differences between the raw form of an entry and its published content, for the operator. Pure, and bounded."""

import re

from feedsvc import elements
from feedsvc.publish.alignment import Budget
from feedsvc.publish.differences import Difference, difference
from feedsvc.sanitize.lines import Form

#: Characters of each form. A longer form is not compared.
MAX_HTML = 300_000

#: For the one comparison.
STEPS, CHARACTERS = 1_000_000, 8_000

#: A tag, or what looks like a tag. It takes linear time: a tag ends before the next `<`.
TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)?[^<>]*>")

#: Elements that stand within a line.
WITHIN = elements.of_kind(elements.Kind.WORDS)


def sanitised(raw_title: str, raw: str, title: str, content: str) -> Difference:
    """The changes from the raw title and content to those that are published."""
    old, new = (
        Form(title=name, text="\n".join(pretty(html)) if len(html) <= MAX_HTML else None)
        for name, html in ((raw_title, raw), (title, content))
    )
    return difference(old, new, Budget(steps=STEPS, characters=CHARACTERS))


def pretty(html: str) -> list[str]:
    """HTML by lines: a tag that stands not within a line of text begins or ends a line."""
    broken = TAG.sub(_broken, html)
    return [line for one in broken.split("\n") if (line := " ".join(one.split()))]


def _broken(tag: re.Match[str]) -> str:
    name = (tag[2] or "").lower()
    if name in WITHIN:
        return tag[0]
    return f"{tag[0]}\n" if tag[1] or name in elements.VOID else f"\n{tag[0]}"
