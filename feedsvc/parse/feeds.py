"""A feed's bytes to raw entries. feedparser's one home: it parses bytes in memory, and nothing else, ever."""

import calendar
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser
from lxml import etree

from feedsvc.errors import EntryError
from feedsvc.model import RawEntry
from feedsvc.normalize import parse_date, web_url, xml_safe

#: What an item of RSS 1.0 is called by.
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


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
        return [_json_identity(item) for item in items if isinstance(item, dict)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EntryError("neither a feed in XML nor a JSON Feed") from error


def _json_identity(item: Mapping[str, Any]) -> RawEntry:
    link = web_url(str(item.get("url") or item.get("external_url") or ""))
    return RawEntry(
        guid=xml_safe(str(item.get("id") or link or "")),
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
    guids = _written_guids(data)
    if len(guids) != len(feed.entries):  # not XML: feedparser made something of it all the same
        guids = [str(item.get("id") or "") for item in feed.entries]
    return [_xml_identity(item, guid) for item, guid in zip(feed.entries, guids, strict=True)]


def _written_guids(data: bytes) -> list[str]:
    """The guid of each entry to the letter. feedparser resolves it against xml:base, and must not (RFC 4287, 4.2.6)."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EntryError(f"not well-formed XML, or only a part of it ({error}); fetch the whole feed") from error
    return [_written_guid(one) for one in root.iter() if _name(one) in {"item", "entry"}]


def _written_guid(entry: etree._Element) -> str:
    for child in entry:
        if _name(child) in {"guid", "id"}:
            return (child.text or "").strip()
    return entry.get(RDF_ABOUT, "")


def _name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _xml_identity(item: Mapping[str, Any], guid: str) -> RawEntry:
    return RawEntry(
        guid=xml_safe(guid or str(item.get("link") or "")),
        link=web_url(str(item.get("link") or "")),
        title=str(item.get("title") or ""),
        published=_moment(item.get("published_parsed") or item.get("updated_parsed")),
    )


def _moment(parsed: Any) -> datetime | None:
    """A date of feedparser's; None for what is none."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
