"""
The JSON that an external program gets, and the JSON that it gives. Pure.

The output is not trusted: it may hold what the entry's source wrote. It names no entry, no page and no date, and it
goes through the sanitiser like any other raw entry.
"""

import html
import json
from typing import Any

from feedsvc.errors import EntryError
from feedsvc.model import RawEntry, Rewrite
from feedsvc.normalize import xml_safe
from feedsvc.sanitize.text import strip_markup

#: Longest title, language and address, and most tags, in an output. The sanitiser cuts each further.
MOST_LETTERS = 10_000
MOST_TAGS = 100


def written(raw: RawEntry, source: str) -> bytes:
    """An entry for a program. Title, tags and names are plain text; content and summary are HTML."""
    said = {
        "source": source,
        "guid": raw.guid,
        "link": raw.link,
        "title": strip_markup(raw.title),
        "content": raw.content,
        "summary": raw.summary,
        "authors": [one.name for one in raw.authors],
        "categories": list(raw.categories),
        "tags": list(raw.tags),
        "published": raw.published.isoformat() if raw.published else None,
        "updated": raw.updated.isoformat() if raw.updated else None,
        "language": raw.language,
        "image": raw.image,
    }
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def read(data: bytes) -> Rewrite:
    """The parts that a program replaces. Other keys are ignored. Raises EntryError for what is no such JSON."""
    try:
        said = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise EntryError("its output is not JSON in UTF-8") from error
    if not isinstance(said, dict):
        raise EntryError("its output is not a JSON object")
    title, language, image = (_text(said, name, MOST_LETTERS) for name in ("title", "language", "image"))
    return Rewrite(
        title=None if title is None else html.escape(title, quote=False),
        content=_text(said, "content"),
        summary=_text(said, "summary"),
        language=language,
        image=image,
        tags=_tags(said),
    )


def _text(said: dict[str, Any], name: str, most: int | None = None) -> str | None:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise EntryError(f"its {name} is not a text")
    return None if value is None else xml_safe(value)[:most]


def _tags(said: dict[str, Any]) -> tuple[str, ...] | None:
    value = said.get("tags")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise EntryError("its tags are not a list of texts")
    return tuple(html.escape(xml_safe(one)[:MOST_LETTERS], quote=False) for one in value[:MOST_TAGS])
