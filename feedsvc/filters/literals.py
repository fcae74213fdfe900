"""
The Chinese texts that every match of a pattern has: `华为.*手机|小米` has `华为` and `手机`, or `小米`. Pure.

The index of terms finds entries by them. Only Chinese characters count: of a run of Latin letters or digits, a pattern
may find a part. A pattern with a group, a class, a flag or an optional part has no literals here.
"""

import re

#: Signs after which a pattern says more than a list of plain texts.
CLOSED = re.compile(r"[\\()\[\]{}?*]")

#: The block of unified Chinese characters. Folding makes one character of each, whatever stands next to it.
HAN = re.compile("[\u4e00-\u9fff]+")


def alternatives(pattern: str) -> list[tuple[str, ...]] | None:
    """For each alternative of a pattern, the texts that its matches have. None: nothing can be said."""
    if CLOSED.search(pattern.replace(".*", "\n")):
        return None
    found = [tuple(HAN.findall(_apart(one))) for one in pattern.replace(".*", "\n").split("|")]
    return found if all(found) else None


def _apart(alternative: str) -> str:
    """An alternative with an end of line in place of each sign. `甲+` has one `甲` at least, then more may come."""
    return re.sub(r"[.^$+]", "\n", alternative)
