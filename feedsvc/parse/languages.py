"""The language of an entry, as feedparser gives it. Pure."""

from collections.abc import Mapping
from typing import Any

from feedsvc.language import first


def language_of(item: Mapping[str, Any], *stated: str | None) -> str | None:
    """
    An entry's own registered language, else the first registered one of `stated`, which its XML or its feed states.

    `dc:language` is said of the entry; `xml:lang` of its text, or of what the text stands in (RFC 4287, 2).
    """
    details = (*(item.get("content") or ()), item.get("summary_detail"), item.get("title_detail"))
    own = [item.get("language"), *(one.get("language") for one in details if isinstance(one, Mapping))]
    return first(*(str(one) for one in (*own, *stated) if one))
