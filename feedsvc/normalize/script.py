"""Chinese text in another script: simplified, traditional, of Taiwan or of Hong Kong, by OpenCC. Pure."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc

#: Conversion, as RSSHub names it → the language of the result (BCP 47). With `p`, words of the other place change, too.
CONVERSIONS = {
    "s2t": "zh-Hant", "s2tw": "zh-Hant-TW", "s2twp": "zh-Hant-TW", "s2hk": "zh-Hant-HK", "t2tw": "zh-Hant-TW",
    "t2hk": "zh-Hant-HK", "tw2t": "zh-Hant", "hk2t": "zh-Hant", "t2s": "zh-Hans", "tw2s": "zh-Hans", "tw2sp": "zh-Hans",
    "hk2s": "zh-Hans",
}  # fmt: skip

#: A tag of sanitised HTML: no attribute has a plain `>`.
TAG = re.compile(r"(<[^>]*>)")

#: The name of a tag, and whether it ends an element.
NAME = re.compile(r"<(/?)([a-z0-9]+)")


@lru_cache(maxsize=len(CONVERSIONS))
def _converter(conversion: str) -> "opencc.OpenCC":
    # Commands start without the library, and most sites never need it.
    import opencc  # noqa: PLC0415

    return opencc.OpenCC(conversion)


def converted(text: str, conversion: str) -> str:
    """A text after one of CONVERSIONS."""
    return str(_converter(conversion).convert(text)) if text and not text.isascii() else text


def converted_html(html: str, conversion: str, code: Collection[str]) -> str:
    """Sanitised HTML after one of CONVERSIONS. Tags, and texts in the elements of `code`, stay."""
    parts, depth = TAG.split(html), 0
    for place, part in enumerate(parts):
        if place % 2 == 0:
            parts[place] = part if depth > 0 else converted(part, conversion)
        elif (found := NAME.match(part)) and found[2] in code:
            depth += -1 if found[1] else 1
    return "".join(parts)


def language_after(language: str | None, conversion: str) -> str | None:
    """The language of a text after a conversion; of other languages than Chinese, and of None, the same."""
    return CONVERSIONS[conversion] if is_chinese(language) else language


def is_chinese(language: str | None) -> bool:
    """Whether a tag names Chinese (BCP 47)."""
    return language is not None and language.lower().partition("-")[0] == "zh"
