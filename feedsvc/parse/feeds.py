"""A feed's bytes to raw entries. feedparser's one home: it parses bytes in memory, and nothing else, ever."""

import calendar
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser

from feedsvc.errors import EntryError
from feedsvc.model import RawEntry
from feedsvc.normalize import parse_date, web_url


def parse_identities(data: bytes) -> tuple[RawEntry, ...]:
    """
    Who the entries of a feed are: guid, link, title and date, in the feed's order. RSS, Atom, RDF or JSON Feed.

    An entry without an identity of its own has its link for one, as readers do. Raises EntryError when there is no
    feed in `data`.
    """
    items = _of_json(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _of_xml(data)
    return tuple(entry for entry in items if entry.guid)


def _of_json(data: bytes) -> list[RawEntry]:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    try:
        items = json.loads(data.decode("utf-8-sig"))["items"]
        return [_json_identity(item) for item in items]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EntryError("neither a feed in XML nor a JSON Feed") from error


def _json_identity(item: Mapping[str, Any]) -> RawEntry:
    link = web_url(str(item.get("url") or item.get("external_url") or ""))
    return RawEntry(
        guid=str(item.get("id") or link or ""),
        is_guid_stated=bool(item.get("id")),
        link=link,
        title=str(item.get("title") or ""),
        published=_date(str(item.get("date_published") or item.get("date_modified") or "")),
    )


def _date(text: str) -> datetime | None:
    try:
        return parse_date(text, UTC)
    except ValueError:
        return None


def _of_xml(data: bytes) -> list[RawEntry]:
    # Given a str, or bytes that are no feed, feedparser would open files and URLs: a BytesIO it can only read.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise EntryError("neither a feed in XML nor a JSON Feed")
    return [_xml_identity(item) for item in feed.entries]


def _xml_identity(item: Mapping[str, Any]) -> RawEntry:
    link = web_url(str(item.get("link") or ""))
    moment = item.get("published_parsed") or item.get("updated_parsed")
    return RawEntry(
        guid=str(item.get("id") or item.get("link") or ""),
        is_guid_stated=bool(item.get("id")),
        link=link,
        title=str(item.get("title") or ""),
        published=datetime.fromtimestamp(calendar.timegm(moment), UTC) if moment else None,
    )
