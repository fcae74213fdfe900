"""Our own extensions of a JSON Feed item (written by render/jsonfeed.py) to details of an entry. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from feedsvc.media import media_type, seconds
from feedsvc.model import Attached, Details
from feedsvc.normalize import xml_safe
from feedsvc.parse.media import MAX_FILES, episode_type, explicit, number

#: Returns the absolute address that a value states; None if it states none.
ValueAddress = Callable[[object], str | None]


def details(item: Mapping[str, Any], related: str | None, address: ValueAddress) -> Details:
    """The details of an item."""
    said, podcast = _object(item.get("_feedsvc")), _object(item.get("_podcast"))
    chapters = _json_file(podcast.get("chapters"), address)
    return Details(
        alt=_string(said.get("image_alt")) or None,
        comments=address(said.get("comments")),
        license=address(said.get("license")),
        via=_page_list(said.get("via"), address),
        related=(*((related,) if related else ()), *_page_list(said.get("related"), address)),
        duration=seconds(podcast.get("duration_in_seconds")) or None,
        episode=number(_string(podcast.get("episode"))),
        season=number(_string(podcast.get("season"))),
        episode_type=episode_type(_string(podcast.get("type"))),
        explicit=explicit(str(podcast.get("explicit"))),
        cover=address(podcast.get("image")),
        transcripts=tuple(found for one in _values(podcast.get("transcripts")) if (found := _json_file(one, address)))[
            :MAX_FILES
        ],
        chapters=chapters,
    )


def _json_file(value: object, address: ValueAddress) -> Attached | None:
    said = _object(value)
    url = address(said.get("url"))
    if url is None:
        return None
    return Attached(
        url=url,
        type=media_type(said.get("mime_type"), url),
        language=_string(said.get("language")) or None,
        rel=_string(said.get("rel")) or None,
    )


def _page_list(value: object, address: ValueAddress) -> tuple[str, ...]:
    return tuple(found for one in _values(value) if (found := address(one)))[:MAX_FILES]


def _values(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str:
    return xml_safe(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
