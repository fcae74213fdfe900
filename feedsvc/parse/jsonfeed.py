"""JSON Feed 1 and 1.1 (jsonfeed.org) to raw entries. Pure."""

import html
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from feedsvc.errors import EntryError
from feedsvc.jumps import destination
from feedsvc.media import length, media_type, seconds
from feedsvc.model import Author, Enclosure, ParsedFeed, RawEntry
from feedsvc.normalize import parse_date, xml_safe
from feedsvc.parse.around import Around, whole
from feedsvc.parse.extensions import details


def parse_json_feed(text: str, zone: tzinfo, url: str | None, max_entries: int) -> ParsedFeed:
    """
    The feed in `text`; `url` is where it is from.

    An item that is none is a problem of its own. Raises EntryError for what is no JSON Feed.
    """
    try:
        feed = json.loads(text)
        items = feed["items"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EntryError("neither a feed in XML nor a JSON Feed") from error
    if not isinstance(items, list):
        raise EntryError("neither a feed in XML nor a JSON Feed")
    around = _around(feed, url)
    entries, problems = list[RawEntry](), list[str]()
    for number, item in enumerate(items[:max_entries], 1):
        try:
            entries.append(_entry(item, feed, zone, around))
            problems += (f"item {number}: {doubt}" for doubt in _doubts(item, zone))
        except (ValueError, TypeError, AttributeError) as error:
            problems.append(f"item {number}: {error if isinstance(error, ValueError) else 'not an item of JSON Feed'}")
    if len(items) > max_entries:
        problems.append(f"{len(items)} entries; the first {max_entries} are read")
    return ParsedFeed(
        entries=tuple(entries),
        title=_text(feed.get("title")),
        link=around.link,
        self_link=around.self_link,
        problems=tuple(problems),
    )


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any], zone: tzinfo, around: Around) -> RawEntry:
    base = around.link or around.url
    link, related = _pages(item, base)
    content = _text(item.get("content_html")) or _paragraphs(_text(item.get("content_text")))
    summary = _text(item.get("summary"))
    return RawEntry(
        guid=_text(item.get("id")) or link or "",
        link=link,
        base=around.home(link),
        title=html.escape(_text(item.get("title")), quote=False),
        content=content or _paragraphs(summary),
        summary=html.escape(summary, quote=False) if summary and content else None,
        authors=tuple(_authors(item)) or tuple(_authors(feed)),
        published=_date(item, "date_published", zone),
        updated=_date(item, "date_modified", zone),
        tags=tuple(_text(tag) for tag in _list(item.get("tags"))),
        image=_url(item.get("image"), base) or _url(item.get("banner_image"), base),
        enclosures=tuple(_enclosures(item, base)),
        language=_text(item.get("language") or feed.get("language")) or None,
        details=details(item, related, lambda value: _url(value, base)),
    )


def _around(feed: Mapping[str, Any], url: str | None) -> Around:
    """What the feed says of itself, as far as addresses need it."""
    return Around(url=url, link=_url(feed.get("home_page_url"), url), self_link=_url(feed.get("feed_url"), url))


def _pages(item: Mapping[str, Any], base: str | None) -> tuple[str | None, str | None]:
    """An item's page, and the page elsewhere that it is about; the latter is its page where it has none."""
    own, elsewhere = _url(item.get("url"), base), _url(item.get("external_url"), base)
    link = own or elsewhere
    return destination(link) if link else None, elsewhere if own and elsewhere != own else None


def _date(item: Mapping[str, Any], name: str, zone: tzinfo) -> datetime | None:
    """A date; one that cannot be read is none."""
    try:
        return parse_date(_text(item.get(name)), zone)
    except ValueError:
        return None


def _doubts(item: Mapping[str, Any], zone: tzinfo) -> Iterator[str]:
    for name in ("date_published", "date_modified"):
        try:
            parse_date(_text(item.get(name)), zone)
        except ValueError as error:
            yield str(error)


def _text(value: object) -> str:
    """A string, or a number as one: identifiers often are."""
    return xml_safe(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _paragraphs(text: str) -> str:
    """Plain text as HTML."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())


def _url(value: object, base: str | None) -> str | None:
    return whole(value, base) if isinstance(value, str) else None


def _authors(holder: Mapping[str, Any]) -> Iterator[Author]:
    """`authors` of 1.1, `author` of 1."""
    found = holder.get("authors") or [holder.get("author")]
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and (name := _text(one.get("name"))):
            yield Author(name=name, url=_url(one.get("url"), None))


def _enclosures(item: Mapping[str, Any], base: str | None) -> Iterator[Enclosure]:
    for one in _list(item.get("attachments")):
        if isinstance(one, dict) and (url := _url(one.get("url"), base)):
            yield Enclosure(
                url=url,
                type=media_type(one.get("mime_type"), url),
                length=length(one.get("size_in_bytes")),
                duration=seconds(one.get("duration_in_seconds")),
            )


def _list(value: object) -> list[Any]:
    """A list; of one, where somebody wrote its only element in its place."""
    return value if isinstance(value, list) else [value] if isinstance(value, str | dict) else []
