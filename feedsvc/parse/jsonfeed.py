"""JSON Feed 1 and 1.1 (jsonfeed.org) to raw entries. Pure."""

import html
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from feedsvc import language
from feedsvc.errors import EntryError
from feedsvc.jumps import destination
from feedsvc.media import length, media_type, seconds
from feedsvc.model import Enclosure, ParsedFeed, RawEntry
from feedsvc.normalize import parse_date, xml_safe
from feedsvc.parse import older
from feedsvc.parse.around import Around, whole
from feedsvc.parse.dated import undated
from feedsvc.parse.extensions import details
from feedsvc.parse.jsontext import read_json
from feedsvc.parse.newest import newest
from feedsvc.parse.people import json_authors
from feedsvc.parse.plain import paragraphs

#: Types of a hub that mean WebSub. PubSubHubbub is its former name.
WEBSUB = frozenset({"websub", "pubsubhubbub"})


def parse_json_feed(text: str, zone: tzinfo, url: str | None, max_entries: int) -> ParsedFeed:
    """
    The feed in `text`, which came from `url`.

    If the feed is cut off, its whole items are read. If it has too many items, the newest are read. A value that is not
    an item is a problem of its own. Raises EntryError for a text that is not a JSON Feed.
    """
    found = read_json(text)
    if not found.items and not found.is_whole:
        raise EntryError("only a part of a feed: its end is missing, and no item is whole")
    feed, entries, problems = found.feed, list[RawEntry](), list(found.problems)
    around = _feed_fields(feed, url)
    places, left_out = newest([_newest_date(item) for item in found.items], max_entries)
    problems += [left_out] if left_out else []
    for place in places:
        item, number = found.items[place], place + 1
        try:
            entries.append(_raw_entry(item, feed, zone, around))
            problems += (f"item {number}: {doubt}" for doubt in _doubts(item, zone))
        except (ValueError, TypeError, AttributeError) as error:
            problems.append(f"item {number}: {error if isinstance(error, ValueError) else 'not an item of JSON Feed'}")
    return ParsedFeed(
        entries=tuple(entries),
        title=_string_of(feed.get("title")),
        link=around.link,
        self_link=around.self_link,
        older_page=older.of_json(feed.get("next_url"), url),
        hubs=around.hubs,
        problems=tuple(problems),
        is_well_formed=found.is_well_formed,
        is_whole=found.is_whole,
        has_left_out=len(entries) < len(found.items),
    )


def _newest_date(item: Any) -> str:
    """The date by which the newest items are found."""
    return _string_of(item.get("date_published") or item.get("date_modified")) if isinstance(item, Mapping) else ""


def _raw_entry(item: Mapping[str, Any], feed: Mapping[str, Any], zone: tzinfo, around: Around) -> RawEntry:
    base = around.link or around.url
    link, related = _item_pages(item, base)
    content = _string_of(item.get("content_html")) or paragraphs(_string_of(item.get("content_text")))
    summary = _string_of(item.get("summary"))
    return RawEntry(
        guid=_string_of(item.get("id")) or link or "",
        own_guid=_string_of(item.get("id")),
        link=link,
        base=around.home(link),
        title=html.escape(_string_of(item.get("title")), quote=False),
        content=content or paragraphs(summary),
        summary=html.escape(summary, quote=False) if summary and content else None,
        authors=json_authors(item, feed),
        published=_parsed_date(item, "date_published", zone),
        updated=_parsed_date(item, "date_modified", zone),
        tags=tuple(_string_of(tag) for tag in _as_list(item.get("tags"))),
        image=_web_address(item.get("image"), base) or _web_address(item.get("banner_image"), base),
        enclosures=tuple(_enclosures(item, base)),
        language=language.first(_string_of(item.get("language")), _string_of(feed.get("language"))),
        details=details(item, related, lambda value: _web_address(value, base)),
    )


def _feed_fields(feed: Mapping[str, Any], url: str | None) -> Around:
    """The feed's own fields, as far as addresses need them."""
    return Around(
        url=url,
        link=_web_address(feed.get("home_page_url"), url),
        self_link=_web_address(feed.get("feed_url"), url),
        hubs=tuple(_hubs(feed, url)),
    )


def _hubs(feed: Mapping[str, Any], url: str | None) -> Iterator[str]:
    """The hubs of WebSub: JSON Feed also has hubs of other protocols, such as rssCloud."""
    for one in _as_list(feed.get("hubs")):
        if isinstance(one, Mapping) and _string_of(one.get("type")).lower() in WEBSUB:
            found = _web_address(one.get("url"), url)
            yield from (found,) if found else ()


def _item_pages(item: Mapping[str, Any], base: str | None) -> tuple[str | None, str | None]:
    """An item's page, and the external page that it is about. The external page is its page if it has no other."""
    own, elsewhere = _web_address(item.get("url"), base), _web_address(item.get("external_url"), base)
    link = own or elsewhere
    return destination(link) if link else None, elsewhere if own and elsewhere != own else None


def _parsed_date(item: Mapping[str, Any], name: str, zone: tzinfo) -> datetime | None:
    """A date; None if it cannot be read. Without a date of publication, the date of change counts."""
    try:
        found = parse_date(_string_of(item.get(name)), zone)
    except ValueError:
        found = None
    return _parsed_date(item, "date_modified", zone) if found is None and name == "date_published" else found


def _doubts(item: Mapping[str, Any], zone: tzinfo) -> Iterator[str]:
    for name in ("date_published", "date_modified"):
        try:
            parse_date(_string_of(item.get(name)), zone)
        except ValueError as error:
            yield undated(error)


def _string_of(value: object) -> str:
    """A string, or a number as a string: identifiers are often numbers."""
    return xml_safe(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _web_address(value: object, base: str | None) -> str | None:
    return whole(value, base) if isinstance(value, str) else None


def _enclosures(item: Mapping[str, Any], base: str | None) -> Iterator[Enclosure]:
    for one in _as_list(item.get("attachments")):
        if isinstance(one, dict) and (url := _web_address(one.get("url"), base)):
            yield Enclosure(
                url=url,
                type=media_type(one.get("mime_type"), url),
                length=length(one.get("size_in_bytes")),
                duration=seconds(one.get("duration_in_seconds")),
            )


def _as_list(value: object) -> list[Any]:
    """A list. A single value counts as a list with one element."""
    return value if isinstance(value, list) else [value] if isinstance(value, str | dict) else []
