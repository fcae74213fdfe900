"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
import logging
from collections.abc import Sequence
from typing import Any

from feedsvc.errors import RenderError
from feedsvc.model import Attached, Author, Details, Entry
from feedsvc.render.channel import Channel, published, rfc3339, summary_html
from feedsvc.sanitize import summary_text

log = logging.getLogger(__name__)

VERSION = "https://jsonfeed.org/version/1.1"


def render(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as JSON. Keys in a fixed order; those without a value are left out."""
    try:
        return _document(channel, entries)
    except UnicodeEncodeError:
        return _document(channel, [entry for entry in entries if _is_writable(channel, entry)])


def _document(channel: Channel, entries: Sequence[Entry]) -> bytes:
    site = channel.site
    document = {
        "version": VERSION,
        "title": channel.feed.title,
        "home_page_url": channel.page_url,
        "feed_url": channel.url("json"),
        "description": channel.feed.description,
        "icon": site.image,
        "authors": [{"name": site.title, "url": f"{site.base_url}/"}],
        "language": channel.feed.language,
        "_feedsvc": _present({"rights": site.rights}),
        "items": [_item(channel, entry) for entry in entries],
    }
    return (
        json.dumps(
            _present(document) | {"items": document["items"]}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        + b"\n"
    )


def _is_writable(channel: Channel, entry: Entry) -> bool:
    """Whether UTF-8 can hold the entry; one that it cannot never takes the feed with it."""
    try:
        json.dumps(_item(channel, entry), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        log.warning("%s", RenderError(f"{entry.guid!a}: left out of {channel.feed.slug}.json: {error}"))
        return False
    return True


def _item(channel: Channel, entry: Entry) -> dict[str, Any]:
    return _present(
        {
            "id": entry.guid,
            "url": channel.link(entry),
            "external_url": next(iter(entry.details.related), None),
            "title": entry.title,
            "content_html": entry.content or summary_html(entry),
            "summary": summary_text(entry.summary),
            "image": entry.image,
            "date_published": rfc3339(published(entry)),
            "date_modified": rfc3339(entry.updated or published(entry)),
            "authors": _people(entry.authors),
            "tags": list(entry.categories),
            "language": entry.language,
            "attachments": [
                _present(
                    {
                        "url": one.url,
                        "mime_type": one.type,
                        "size_in_bytes": one.length,
                        "duration_in_seconds": one.duration,
                    }
                )
                for one in entry.enclosures
            ],
            "_feedsvc": _present(
                {
                    "contributors": _people(entry.contributors),
                    "rights": entry.rights,
                    "sources": [
                        _present({"title": one.title, "url": one.url, "feed_url": one.feed_url, "id": one.id})
                        for one in entry.origins
                    ],
                    **_around(entry.details),
                }
            ),
            "_podcast": _episode(entry.details),
        }
    )


def _people(people: Sequence[Author]) -> list[dict[str, Any]]:
    return [_present({"name": one.name, "url": one.url}) for one in people]


def _around(details: Details) -> dict[str, Any]:
    """Pages around an entry, its licence, what its picture shows; `external_url` has the first of what it is about."""
    return {
        "license": details.license,
        "comments": details.comments,
        "via": list(details.via),
        "related": list(details.related[1:]),
        "image_alt": details.alt,
    }


def _episode(details: Details) -> dict[str, Any]:
    """What an episode says, as Apple's and Podcasting 2.0's namespaces have it. `explicit` may be false."""
    stated = {
        "season": details.season,
        "episode": details.episode,
        "type": details.episode_type,
        "explicit": details.explicit,
        "image": details.cover,
        "duration_in_seconds": details.duration,
        "transcripts": [_attached(one) for one in details.transcripts] or None,
        "chapters": _attached(details.chapters) if details.chapters else None,
    }
    return {key: value for key, value in stated.items() if value is not None}


def _attached(one: Attached) -> dict[str, Any]:
    return _present({"url": one.url, "mime_type": one.type, "language": one.language, "rel": one.rel})


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
