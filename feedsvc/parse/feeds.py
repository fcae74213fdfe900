"""RSS, Atom and RDF to raw entries. feedparser's one home: it parses bytes in memory, and nothing else, ever. Pure."""

import html
import io
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

import feedparser
from lxml import etree

from feedsvc.errors import EntryError
from feedsvc.model import Enclosure, Hints, Known, Origin, ParsedFeed, RawEntry
from feedsvc.normalize import parse_date, web_url, xml_safe
from feedsvc.parse.dated import PUBLISHED, UPDATED, Dates, dates_of
from feedsvc.parse.languages import language_of
from feedsvc.parse.people import authors_of, contributors_of
from feedsvc.parse.written import skipped, without, written_entries
from feedsvc.parse.xmlbounds import readable

#: How feedparser is asked: HTML is sanitised, and addresses resolved, by us.
AS_IT_IS = {
    "response_headers": {"content-type": "application/xml; charset=utf-8"},
    "sanitize_html": False,
    "resolve_relative_uris": False,
}


PLAIN = "text/plain"

#: Media that belong to an entry, beside its picture.
MEDIA = ("audio/", "video/")


def parse_xml_feed(
    text: str, zone: tzinfo, url: str | None, max_entries: int, known: Collection[str] = frozenset()
) -> ParsedFeed:
    """
    The feed in `text`; `url` is where it is from. Entries whose marks are `known` are only named.

    Of a feed that breaks off, the entries that are whole are read; of one with too many, the newest. An item that
    cannot be read is a problem of its own. Raises EntryError for what is no feed, and for what would cost too much.
    """
    found = readable(text)
    problems = list(found.problems)
    entries, left_out = written_entries(found.root, max_entries)
    problems += [left_out] if left_out else []
    if not entries and not found.is_whole:
        raise EntryError("only a part of a feed: its end is missing, and no entry is whole")
    # An entry without guid and page has no name by which the stored entry could be found to be still there.
    passed = [one for one in entries if one.mark in known and (one.guid or one.link)]
    left = {one.number for one in passed}
    feed = _parse(without(found.root, passed))
    if not feed.get("version") and not feed.entries and not passed:
        raise EntryError("neither a feed in XML nor a JSON Feed")
    fresh = [(one.number, one.guid, one.link) for one in entries if one.number not in left]
    is_told = len(fresh) == len(feed.entries)
    if not is_told and passed:
        return parse_xml_feed(text, zone, url, max_entries)
    if not is_told:
        problems.append("its entries are not where a feed has them; all are read at every poll")
        fresh = [(number, str(item.get("id") or ""), "?") for number, item in enumerate(feed.entries, 1)]
    elements = {one.number: one.element for one in entries} if is_told else {}
    reader = _Reader(feed, zone, url)
    read = []
    for (number, guid, link), item in zip(fresh, feed.entries, strict=True):
        try:
            reader.doubts.clear()
            reader.dates = dates_of(item, elements.get(number))
            read.append(reader.entry(item, guid, has_link=bool(link)))
            problems += (f"item {number}: {doubt}" for doubt in reader.doubts)
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
            problems.append(f"item {number}: {error if isinstance(error, ValueError) else type(error).__name__}")
    return ParsedFeed(
        entries=tuple(read),
        known=tuple(Known(guid=one.guid, link=web_url(one.link, url)) for one in passed),
        marks=tuple(one.mark for one in entries) if is_told else (),
        title=str(feed.feed.get("title") or ""),
        link=web_url(str(feed.feed.get("link") or ""), url),
        hints=_hints(feed.feed, found.root),
        problems=tuple(problems),
        is_well_formed=found.is_well_formed,
        is_whole=found.is_whole,
    )


def _parse(document: bytes) -> Any:
    """What feedparser makes of it. Given a str it would open files and URLs: a BytesIO it can only read."""
    try:
        return feedparser.parse(io.BytesIO(document), **AS_IT_IS)
    except Exception as error:  # whatever a parser raises, one feed has it
        raise EntryError(f"feedparser cannot read it ({type(error).__name__})") from error


# --- one entry -------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads entries of one feed."""

    def __init__(self, feed: Any, zone: tzinfo, url: str | None) -> None:
        self.feed, self.zone, self.url = feed.feed, zone, url
        #: Of the entry that is read: dates that nobody can read.
        self.doubts: list[str] = []
        #: What it says of its dates.
        self.dates: Dates = {}
        self.is_atom = str(feed.get("version") or "").startswith("atom")

    def entry(self, item: dict[str, Any], guid: str, *, has_link: bool) -> RawEntry:
        written = str(item.get("link") or "")
        # feedparser takes a guid for one; what is no whole address leads nowhere.
        is_real = has_link or re.match("https?://", written, re.IGNORECASE)
        link = web_url(written, self._base(item.get("title_detail")) or self.url) if is_real else None
        content, base = self._content(item)
        summary = self._summary(item, content)
        published, updated = self._date(*PUBLISHED), self._date(*UPDATED)
        rights = str(item.get("rights") or self.feed.get("rights") or "")
        return RawEntry(
            guid=xml_safe(guid) or link or "",
            own_guid=xml_safe(guid),
            link=link,
            base=base or link or self.url,
            title=self._line(item.get("title_detail"), str(item.get("title") or "")),
            content=content,
            summary=summary,
            authors=authors_of(item, self.feed),
            contributors=contributors_of(item),
            published=published or updated,
            updated=updated,
            tags=tuple(str(tag.get("term") or tag.get("label") or "") for tag in item.get("tags") or ()),
            image=self._image(item),
            enclosures=tuple(self._enclosures(item)),
            language=language_of(item, self.feed),
            rights=self._line(item.get("rights_detail"), rights) or None,
            origin=_origin(item.get("source")),
        )

    def _line(self, detail: Any, text: str) -> str:
        """A text that may hold markup: where its feed says that it holds none, what looks like some is words."""
        is_text = self.is_atom and isinstance(detail, Mapping) and detail.get("type") == PLAIN
        return html.escape(text, quote=False) if is_text else text

    def _content(self, item: Mapping[str, Any]) -> tuple[str, str | None]:
        """The fullest HTML of an entry, and what it is relative to."""
        found = [part for part in (*(item.get("content") or ()), item.get("summary_detail")) if part]
        if not found:
            return "", None
        fullest = max(found, key=lambda part: len(str(part.get("value") or "")))
        return self._html(fullest), self._base(fullest)

    def _html(self, part: Mapping[str, Any]) -> str:
        value = str(part.get("value") or "")
        if not (self.is_atom and part.get("type") == PLAIN):
            return value
        return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in value.split("\n") if line.strip())

    def _summary(self, item: Mapping[str, Any], content: str) -> str | None:
        detail = item.get("summary_detail")
        summary = self._html(detail) if detail else ""
        return summary if summary and summary != content and item.get("content") else None

    def _base(self, part: Any) -> str | None:
        base = str(part.get("base") or "") if isinstance(part, Mapping) else ""
        return web_url(base, self.url) if base else None

    def _date(self, *kinds: str) -> datetime | None:
        """The first date that can be read. feedparser's own readings do not count: they are often wrong."""
        for text in (text for kind in kinds for text in self.dates.get(kind, ())):
            try:
                if found := parse_date(text, self.zone):
                    return found
            except ValueError as error:
                if str(error) not in self.doubts:
                    self.doubts.append(str(error))
        return None

    def _image(self, item: Mapping[str, Any]) -> str | None:
        holders = (*(item.get("media_thumbnail") or ()), *(item.get("media_content") or ()))
        candidates = [
            *(one.get("url") for one in holders if _is_image(one)),
            (item.get("image") or {}).get("href"),
            *(one.get("href") for one in item.get("enclosures") or () if str(one.get("type")).startswith("image/")),
        ]
        return next((url for one in candidates if one and (url := web_url(str(one), self.url))), None)

    def _enclosures(self, item: Mapping[str, Any]) -> Iterator[Enclosure]:
        seen: set[str] = set()
        media = [
            {"href": one.get("url"), "type": one.get("type"), "length": one.get("filesize")}
            for one in item.get("media_content") or ()
            if str(one.get("type") or "").startswith(MEDIA)
        ]
        for one in (*(item.get("enclosures") or ()), *media):
            url = web_url(str(one.get("href") or ""), self.url)
            if url and url not in seen:
                seen.add(url)
                yield Enclosure(url=url, type=_media_type(one.get("type")), length=_length(one.get("length")))


def _is_image(media: Mapping[str, Any]) -> bool:
    kind = str(media.get("medium") or media.get("type") or "image")
    return kind.startswith("image")


def _media_type(value: object) -> str:
    written = str(value or "").strip().lower()
    return written if re.fullmatch(r"[\w.+-]+/[\w.+-]+", written, re.ASCII) else "application/octet-stream"


def _length(value: object) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0


def _origin(source: Any) -> Origin | None:
    """`source`: where the entry is from (RSS 2.0 and RFC 4287, 4.2.11)."""
    if not isinstance(source, Mapping):
        return None
    title = str(source.get("title") or source.get("value") or "")
    url = web_url(str(source.get("link") or ""))
    feed_url = web_url(str(source.get("href") or source.get("url") or ""))
    return Origin(title=title, url=url, feed_url=feed_url) if title or url or feed_url else None


# --- the feed --------------------------------------------------------------------------------------------------------


def _hints(feed: Mapping[str, Any], root: "etree._Element | None") -> Hints:
    ttl, frequency = str(feed.get("ttl") or ""), str(feed.get("sy_updatefrequency") or "")
    hours, days = ([], []) if root is None else (skipped(root, "skipHours"), skipped(root, "skipDays"))
    return Hints(
        ttl=int(ttl) if re.fullmatch(r"[0-9]{1,6}", ttl) else None,
        period=str(feed.get("sy_updateperiod") or "") or None,
        frequency=int(frequency) if re.fullmatch(r"[0-9]{1,4}", frequency) else 1,
        skip_hours=frozenset(int(one) % 24 for one in hours if re.fullmatch("[0-9]{1,2}", one)),
        skip_days=frozenset(one.lower() for one in days),
    )
