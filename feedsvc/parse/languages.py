"""The language of an entry, as feedparser gives it. Pure."""

from collections.abc import Mapping
from typing import Any

from feedsvc.language import first


def language_of(item: Mapping[str, Any], *stated: str | None) -> str | None:
    """
    The language that an entry itself states, else the first of `stated`, which its XML or its feed states.

    Only registered languages count. `dc:language` describes the entry. `xml:lang` describes its text, or the element
    around the text (RFC 4287, 2).
    """
    details = (*(item.get("content") or ()), item.get("summary_detail"), item.get("title_detail"))
    own = [item.get("language"), *(one.get("language") for one in details if isinstance(one, Mapping))]
    return first(*(str(one) for one in (*own, *stated) if one))
