"""RSS, Atom and RDF to raw entries. Only this module uses feedparser, and only to parse bytes in memory. Pure."""

import html
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

import feedparser
from lxml import etree

from feedsvc.errors import EntryError
from feedsvc.media import is_text
from feedsvc.model import Hints, Known, ParsedFeed, RawEntry
from feedsvc.normalize import parse_date, web_url, xml_safe
from feedsvc.parse import older
from feedsvc.parse.dated import CHANGE_DATES, PUBLICATION_DATES, Dates, dates_of, undated
from feedsvc.parse.entry import Found, around, element_of, found, has_anything, page
from feedsvc.parse.languages import language_of
from feedsvc.parse.people import authors_of, contributors_of
from feedsvc.parse.plain import paragraphs
from feedsvc.parse.vocabulary import Holder
from feedsvc.parse.written import Written, skipped, without, written_entries
from feedsvc.parse.xmlbounds import readable

#: feedparser's options: we sanitise HTML and resolve addresses ourselves.
AS_IT_IS = {
    "response_headers": {"content-type": "application/xml; charset=utf-8"},
    "sanitize_html": False,
    "resolve_relative_uris": False,
}


PLAIN = "text/plain"


def parse_xml_feed(
    text: str, zone: tzinfo, url: str | None, max_entries: int, known: Collection[str] = frozenset()
) -> ParsedFeed:
    """
    The feed in `text`, which came from `url`. Entries whose marks are `known` are only listed.

    If the feed is cut off, its whole entries are read. If it has too many entries, the newest are read. An item that
    cannot be read is a problem of its own. Raises EntryError for a text that is not a feed, and for one that would cost
    too much to parse.
    """
    found = readable(text)
    problems = list(found.problems)
    entries, left_out = written_entries(found.root, max_entries)
    problems += [left_out] if left_out else []
    if not entries and not found.is_whole:
        raise EntryError("only a part of a feed: its end is missing, and no entry is whole")
    # An entry without a guid is read again: without a name, its stored entry might count as gone from the feed.
    passed = [one for one in entries if one.mark in known and one.guid]
    left = {one.number for one in passed}
    feed = _parse(without(found.root, passed))
    if not feed.get("version") and not feed.entries and not passed:
        raise EntryError("neither a feed in XML nor a JSON Feed")
    unread: list[Written | None] = [one for one in entries if one.number not in left]
    fresh = [(one.number, one.guid) for one in unread if one]
    is_told = len(fresh) == len(feed.entries)
    if not is_told and passed:
        return parse_xml_feed(text, zone, url, max_entries)
    if not is_told:
        problems.append("its entries are not at the usual place in a feed; all of them are read at every poll")
        fresh = [(number, str(item.get("id") or "")) for number, item in enumerate(feed.entries, 1)]
        unread = [None] * len(fresh)
    reader = _Reader(feed, zone, found.root if is_told else None, url)
    read, faulty = list[RawEntry](), set[int]()
    for (number, guid), item, one in zip(fresh, feed.entries, unread, strict=True):
        try:
            reader.doubts.clear()
            reader.dates = dates_of(item, one.element if one else None)
            entry = reader.entry(item, guid, one)
            read.append(entry)
            faulty |= {number} if reader.doubts or not has_anything(entry) else set()
            problems += (f"item {number}: {doubt}" for doubt in reader.doubts)
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
            faulty.add(number)
            problems.append(f"item {number}: {error if isinstance(error, ValueError) else type(error).__name__}")
    return ParsedFeed(
        entries=tuple(read),
        known=tuple(Known(guid=one.guid, link=reader.page(one)) for one in passed),
        # A faulty entry is read again at the next poll, so that its problem is reported again.
        marks=tuple(one.mark for one in entries if one.number not in faulty) if is_told else (),
        title=str(feed.feed.get("title") or ""),
        link=reader.around.link,
        id=reader.around.id,
        self_link=reader.around.self_link,
        older_page=older.of_xml(found.root, url),
        hubs=reader.around.hubs,
        hints=_hints_of(feed.feed, found.root),
        problems=tuple(problems),
        is_well_formed=found.is_well_formed,
        is_whole=found.is_whole,
        has_left_out=bool(left_out) or len(read) < len(fresh),
    )


def _parse(document: bytes) -> Any:
    """The result of feedparser. It gets a BytesIO, because it would open a str as a file name or a URL."""
    try:
        return feedparser.parse(io.BytesIO(document), **AS_IT_IS)
    except Exception as error:  # whatever feedparser raises, only this feed is affected
        raise EntryError(f"feedparser cannot read it ({type(error).__name__})") from error


# --- one entry -------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads entries of one feed."""

    def __init__(self, feed: Any, zone: tzinfo, root: "etree._Element | None", url: str | None) -> None:
        self.feed, self.zone, self.url = feed.feed, zone, url
        self.around = around(root, feed.feed, url)
        #: Problems with the dates of the current entry.
        self.doubts: list[str] = []
        #: The dates of the current entry, by kind.
        self.dates: Dates = {}
        self.is_atom = str(feed.get("version") or "").startswith("atom")

    def page(self, written: Written) -> str | None:
        """The page of an entry that is not read again."""
        return page(written.holder, self.around.of(written.element, written.base))

    def entry(self, item: dict[str, Any], guid: str, written: Written | None) -> RawEntry:
        """An entry, from feedparser's result and from the XML, which is used only if it is well-formed."""
        holder = Holder(element_of(item)) if written is None else written.holder
        around = self.around.of(holder.element, written.base if written else "")
        said = found(holder, around)
        content, base = self._content(item)
        if content.strip() == said.summary and "\n" in said.summary and "<" not in content:
            content = paragraphs(html.unescape(content))
        text, alt = self._described(said, content)
        rights = str(item.get("rights") or self.feed.get("rights") or "")
        published, updated = self._date(*PUBLICATION_DATES), self._date(*CHANGE_DATES)
        return RawEntry(
            guid=xml_safe(guid) or said.link or "",
            own_guid=xml_safe(guid),
            link=said.link,
            base=base or around.home(said.link),
            title=self._line(item.get("title_detail"), str(item.get("title") or "") or html.escape(said.title)),
            content=content or text,
            summary=self._summary(item, content),
            authors=authors_of(item, self.feed),
            contributors=contributors_of(item),
            published=published or updated,
            updated=updated,
            tags=tuple(str(tag.get("term") or tag.get("label") or "") for tag in item.get("tags") or ()),
            image=said.image,
            enclosures=said.enclosures,
            language=language_of(item, said.language, self.around.language),
            rights=self._line(item.get("rights_detail"), rights) or None,
            origin=said.origin,
            details=replace(said.details, alt=alt),
        )

    def _described(self, said: Found, content: str) -> tuple[str, str | None]:
        """The text for an entry that has none, and the description of its picture."""
        alt = said.details.alt
        if content.strip():
            shown, plain = alt or said.text, " ".join(said.text.split())
            return "", shown if shown and not (plain and plain in " ".join(content.split())) else None
        if said.text and said.is_html:
            return said.text, alt
        return paragraphs(said.text or alt or said.subtitle), alt

    def _line(self, detail: Any, text: str) -> str:
        """A text that may hold markup. If its feed states that it is plain text, `<` and `&` are escaped."""
        is_text = self.is_atom and isinstance(detail, Mapping) and detail.get("type") == PLAIN
        return html.escape(text, quote=False) if is_text else text

    def _content(self, item: Mapping[str, Any]) -> tuple[str, str | None]:
        """The longest HTML of an entry, and the base of its addresses."""
        found = [part for part in (*self._texts(item), item.get("summary_detail")) if part]
        if not found:
            return "", None
        fullest = max(found, key=lambda part: len(str(part.get("value") or "")))
        return self._html(fullest), self._base(fullest)

    def _texts(self, item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The contents of type text. Others are Base64 (RFC 4287, 4.1.3.3), a picture or a recording."""
        return [part for part in item.get("content") or () if is_text(str(part.get("type") or ""))]

    def _html(self, part: Mapping[str, Any]) -> str:
        value = str(part.get("value") or "")
        return paragraphs(value) if self.is_atom and part.get("type") == PLAIN else value

    def _summary(self, item: Mapping[str, Any], content: str) -> str | None:
        detail = item.get("summary_detail")
        summary = self._html(detail) if detail else ""
        return summary if summary and summary != content and self._texts(item) else None

    def _base(self, part: Any) -> str | None:
        base = str(part.get("base") or "") if isinstance(part, Mapping) else ""
        return web_url(base, self.url) if base else None

    def _date(self, *kinds: str) -> datetime | None:
        """The first date that can be read. feedparser's own results are not used, because they are often wrong."""
        for text in (text for kind in kinds for text in self.dates.get(kind, ())):
            try:
                if found := parse_date(text, self.zone):
                    return found
            except ValueError as error:
                if (doubt := undated(error)) not in self.doubts:
                    self.doubts.append(doubt)
        return None


# --- the feed --------------------------------------------------------------------------------------------------------


def _hints_of(feed: Mapping[str, Any], root: "etree._Element | None") -> Hints:
    ttl, frequency = str(feed.get("ttl") or ""), str(feed.get("sy_updatefrequency") or "")
    hours, days = ([], []) if root is None else (skipped(root, "skipHours"), skipped(root, "skipDays"))
    return Hints(
        ttl=int(ttl) if re.fullmatch(r"[0-9]{1,6}", ttl) else None,
        period=str(feed.get("sy_updateperiod") or "") or None,
        frequency=int(frequency) if re.fullmatch(r"[0-9]{1,4}", frequency) else 1,
        skip_hours=frozenset(int(one) % 24 for one in hours if re.fullmatch("[0-9]{1,2}", one)),
        skip_days=frozenset(one.lower() for one in days),
    )
