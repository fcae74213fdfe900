"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from feedsvc.errors import RenderError
from feedsvc.model import Attached, Author, Details, Entry
from feedsvc.render.channel import Channel, published, rfc3339, summary_html
from feedsvc.sanitize.fields import summary_text

log = logging.getLogger(__name__)

VERSION = "https://jsonfeed.org/version/1.1"


def render(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as JSON. Keys have a fixed order. A key without a value is left out."""
    try:
        return _json(channel, entries)
    except UnicodeEncodeError:
        return _json(channel, [entry for entry in entries if _is_encodable(channel, entry)])


def _json(channel: Channel, entries: Sequence[Entry]) -> bytes:
    site, links = channel.site, channel.links("json")
    document = {
        "version": VERSION,
        "title": channel.feed.title,
        "home_page_url": channel.page_url,
        "feed_url": channel.self_url("json"),
        "next_url": links.get("prev-archive") or links.get("next"),
        "description": channel.feed.description,
        "icon": site.image,
        "authors": [{"name": site.title, "url": f"{site.base_url}/"}],
        "language": channel.feed.language,
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
        "_feedsvc": _without_empty(
            {"rights": site.rights, "archive": _archive(channel, links), **_changes(channel)},
        ),
        "items": [item(channel, entry) for entry in entries],
    }
    return (
        json.dumps(
            _without_empty(document) | {"items": document["items"]}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        + b"\n"
    )


def _archive(channel: Channel, links: Mapping[str, str]) -> dict[str, Any]:
    """Of a closed page: its number, and the links that JSON Feed has no keys for. `next_url` leads to older entries."""
    if not channel.page:
        return {}
    return {"page": channel.page, "next_archive": links["next-archive"], "current": links["current"]}


def _changes(channel: Channel) -> dict[str, Any]:
    """Of a list of changes: the cursor after them, and the entries that left the feed."""
    if channel.after is None:
        return {}
    deleted = [{"id": one.guid, "when": rfc3339(one.when)} for one in channel.deleted]
    return {"after": str(channel.after), "deleted": deleted}


def _is_encodable(channel: Channel, entry: Entry) -> bool:
    """Whether the entry can be encoded in UTF-8. An entry that cannot is left out, so that the feed is rendered."""
    try:
        json.dumps(item(channel, entry), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        log.warning("%s", RenderError(f"{entry.guid!a}: left out of {channel.feed.slug}.json: {error}"))
        return False
    return True


def item(channel: Channel, entry: Entry) -> dict[str, Any]:
    """An entry as an item of JSON Feed."""
    return _without_empty(
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
            "authors": _authors(entry.authors),
            "tags": list(entry.categories),
            "language": entry.language,
            "attachments": [
                _without_empty(
                    {
                        "url": one.url,
                        "mime_type": one.type,
                        "size_in_bytes": one.length,
                        "duration_in_seconds": one.duration,
                    }
                )
                for one in entry.enclosures
            ],
            "_feedsvc": _without_empty(
                {
                    "contributors": _authors(entry.contributors),
                    "rights": entry.rights,
                    "sources": [
                        _without_empty({"title": one.title, "url": one.url, "feed_url": one.feed_url, "id": one.id})
                        for one in entry.origins
                    ],
                    **_pages_and_rights(entry.details),
                }
            ),
            "_podcast": _episode(entry.details),
        }
    )


def _authors(people: Sequence[Author]) -> list[dict[str, Any]]:
    return [_without_empty({"name": one.name, "url": one.url}) for one in people]


def _pages_and_rights(details: Details) -> dict[str, Any]:
    """An entry's related pages, licence and image text. `external_url` already has the first related page."""
    return {
        "license": details.license,
        "comments": details.comments,
        "via": list(details.via),
        "related": list(details.related[1:]),
        "image_alt": details.alt,
    }


def _episode(details: Details) -> dict[str, Any]:
    """The fields of an episode, as in Apple's and Podcasting 2.0's namespaces. False is a value of `explicit`."""
    stated = {
        "season": details.season,
        "episode": details.episode,
        "type": details.episode_type,
        "explicit": details.explicit,
        "image": details.cover,
        "duration_in_seconds": details.duration,
        "transcripts": [_json_attached(one) for one in details.transcripts] or None,
        "chapters": _json_attached(details.chapters) if details.chapters else None,
    }
    return {key: value for key, value in stated.items() if value is not None}


def _json_attached(one: Attached) -> dict[str, Any]:
    return _without_empty({"url": one.url, "mime_type": one.type, "language": one.language, "rel": one.rel})


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
