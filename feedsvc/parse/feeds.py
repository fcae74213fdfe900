"""RSS, Atom and RDF to raw entries. feedparser's one home: it parses bytes in memory, and nothing else, ever. Pure."""

import html
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

import feedparser
from lxml import etree

from feedsvc.errors import EntryError
from feedsvc.media import is_text
from feedsvc.model import Author, Hints, Known, ParsedFeed, RawEntry
from feedsvc.normalize import parse_date, web_url, xml_safe
from feedsvc.parse.entry import Found, around, element_of, found, page
from feedsvc.parse.vocabulary import Holder
from feedsvc.parse.written import Written, skipped, without, written_entries
from feedsvc.parse.xmlbounds import bounded

DECLARATION = re.compile(r"\A\s*<\?xml.*?\?>", re.DOTALL)

#: How feedparser is asked: HTML is sanitised, and addresses resolved, by us.
AS_IT_IS = {
    "response_headers": {"content-type": "application/xml; charset=utf-8"},
    "sanitize_html": False,
    "resolve_relative_uris": False,
}

WEB_PAGE = re.compile(
    r"\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)

#: `a@b.example (Name)`, `Name <a@b.example>`, as RSS 2.0 has authors: the name is what is published.
MAILED = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}\s*\((.{1,200})\)|(.{1,200}?)\s*<[^<>\s@]{1,64}@[^<>\s@]{1,255}>")
ADDRESS = re.compile(r"([\w.+-]{1,64})@[\w.-]{1,255}")

PLAIN = "text/plain"


def parse_xml_feed(
    text: str, zone: tzinfo, url: str | None, max_entries: int, known: Collection[str] = frozenset()
) -> ParsedFeed:
    """
    The feed in `text`; `url` is where it is from. Entries whose marks are `known` are only named.

    An item that cannot be read is a problem of its own. Raises EntryError for what is no feed, or only a part of one,
    and for what would cost too much.
    """
    if WEB_PAGE.match(text):
        raise EntryError("a web page, not a feed; give the address of its feed")
    text, problems = bounded(text, max_entries)
    document = _undeclared(text)
    written = written_entries(document)
    root, entries = written or (None, [])
    passed = [one for one in entries if one.mark in known]
    feed = _parse(document if root is None else without(root, passed))
    if not feed.get("version") and not feed.entries and not passed:
        raise EntryError("neither a feed in XML nor a JSON Feed")
    fresh = [(number, one.guid) for number, one in enumerate(entries, 1) if one.mark not in known]
    is_well_formed = written is not None and len(fresh) == len(feed.entries)
    if not is_well_formed and passed:
        return parse_xml_feed(text, zone, url, max_entries)
    if not is_well_formed:
        problems.append("not well-formed XML; read as far as it goes")
        fresh = [(number, str(item.get("id") or "")) for number, item in enumerate(feed.entries, 1)]
    reader = _Reader(feed, zone, root if is_well_formed else None, url)
    unread: list[Written | None] = [one for one in entries if one.mark not in known]
    unread = unread if is_well_formed else [None] * len(fresh)
    read = []
    for (number, guid), item, one in zip(fresh, feed.entries, unread, strict=True):
        try:
            reader.doubts.clear()
            read.append(reader.entry(item, guid, one))
            problems += (f"item {number}: {doubt}" for doubt in reader.doubts)
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
            problems.append(f"item {number}: {error if isinstance(error, ValueError) else type(error).__name__}")
    return ParsedFeed(
        entries=tuple(read),
        known=tuple(Known(guid=one.guid, link=reader.page(one)) for one in passed),
        marks=tuple(one.mark for one in entries) if is_well_formed else (),
        title=str(feed.feed.get("title") or ""),
        link=reader.around.link,
        id=reader.around.id,
        self_link=reader.around.self_link,
        hints=_hints(feed.feed, root),
        problems=tuple(problems),
        is_well_formed=is_well_formed,
    )


def _parse(document: bytes) -> Any:
    """What feedparser makes of it. Given a str it would open files and URLs: a BytesIO it can only read."""
    try:
        return feedparser.parse(io.BytesIO(document), **AS_IT_IS)
    except Exception as error:  # whatever a parser raises, one feed has it
        raise EntryError(f"feedparser cannot read it ({type(error).__name__})") from error


def _undeclared(text: str) -> bytes:
    """A document in UTF-8, without a declaration that may name another encoding."""
    return DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace")


# --- one entry -------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads entries of one feed."""

    def __init__(self, feed: Any, zone: tzinfo, root: "etree._Element | None", url: str | None) -> None:
        self.feed, self.zone, self.url = feed.feed, zone, url
        self.around = around(root, feed.feed, url)
        #: Of the entry that is read: dates that nobody can read.
        self.doubts: list[str] = []
        self.is_atom = str(feed.get("version") or "").startswith("atom")

    def page(self, written: Written) -> str | None:
        """Where an entry leads that is not read again."""
        return page(written.holder, self.around.of(written.element, written.base))

    def entry(self, item: dict[str, Any], guid: str, written: Written | None) -> RawEntry:
        """An entry as feedparser has it, and as it is written; the latter only of well-formed XML."""
        holder = Holder(element_of(item)) if written is None else written.holder
        around = self.around.of(holder.element, written.base if written else "")
        said = found(holder, around)
        content, base = self._content(item)
        if content.strip() == said.summary and "\n" in said.summary and "<" not in content:
            content = _paragraphs(html.unescape(content))
        text, alt = self._described(said, content)
        rights = str(item.get("rights") or self.feed.get("rights") or "")
        source: Any = item.get("source") if isinstance(item.get("source"), Mapping) else {}
        published, updated = self._date(item, "published", "created"), self._date(item, "updated")
        return RawEntry(
            guid=xml_safe(guid) or said.link or "",
            link=said.link,
            base=base or around.home(said.link),
            title=self._line(item.get("title_detail"), str(item.get("title") or "") or html.escape(said.title)),
            content=content or text,
            summary=self._summary(item, content),
            authors=tuple(_authors(item)) or tuple(_authors(source)) or tuple(_authors(self.feed)),
            published=published or updated,
            updated=updated,
            tags=tuple(str(tag.get("term") or tag.get("label") or "") for tag in item.get("tags") or ()),
            image=said.image,
            enclosures=said.enclosures,
            language=said.language,
            rights=self._line(item.get("rights_detail"), rights) or None,
            origin=said.origin,
            details=replace(said.details, alt=alt),
        )

    def _described(self, said: Found, content: str) -> tuple[str, str | None]:
        """The text for an entry that has none, and what its picture shows."""
        alt = said.details.alt
        if content.strip():
            shown, plain = alt or said.text, " ".join(said.text.split())
            return "", shown if shown and not (plain and plain in " ".join(content.split())) else None
        if said.text and said.is_html:
            return said.text, alt
        return _paragraphs(said.text or alt or said.subtitle), alt

    def _line(self, detail: Any, text: str) -> str:
        """A text that may hold markup: where its feed says that it holds none, what looks like some is words."""
        is_text = self.is_atom and isinstance(detail, Mapping) and detail.get("type") == PLAIN
        return html.escape(text, quote=False) if is_text else text

    def _content(self, item: Mapping[str, Any]) -> tuple[str, str | None]:
        """The fullest HTML of an entry, and what it is relative to."""
        found = [part for part in (*self._texts(item), item.get("summary_detail")) if part]
        if not found:
            return "", None
        fullest = max(found, key=lambda part: len(str(part.get("value") or "")))
        return self._html(fullest), self._base(fullest)

    def _texts(self, item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Its contents that are text: others are Base64 (RFC 4287, 4.1.3.3), a picture or a recording."""
        return [part for part in item.get("content") or () if is_text(str(part.get("type") or ""))]

    def _html(self, part: Mapping[str, Any]) -> str:
        value = str(part.get("value") or "")
        return _paragraphs(value) if self.is_atom and part.get("type") == PLAIN else value

    def _summary(self, item: Mapping[str, Any], content: str) -> str | None:
        detail = item.get("summary_detail")
        summary = self._html(detail) if detail else ""
        return summary if summary and summary != content and self._texts(item) else None

    def _base(self, part: Any) -> str | None:
        base = str(part.get("base") or "") if isinstance(part, Mapping) else ""
        return web_url(base, self.url) if base else None

    def _date(self, item: dict[str, Any], *names: str) -> datetime | None:
        """The first date that can be read: feedparser takes one without a zone for UTC, and Chinese ones for others."""
        for name in names:
            try:
                # Not item.get: it would give another date where this one is missing.
                if found := parse_date(str(dict.get(item, name) or ""), self.zone):
                    return found
            except ValueError as error:
                self.doubts.append(str(error))
        return None


def _paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph a line."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())


def _authors(holder: Mapping[str, Any]) -> Iterator[Author]:
    """People by name; an address of e-mail is for nobody to collect."""
    details = [one for one in holder.get("authors") or [holder.get("author_detail")] if one]
    names = [(one.get("name") or one.get("email"), one.get("href")) for one in details]
    if len(names) <= 1 and "@" in str(holder.get("author")):
        names = [
            (holder.get("author"), None)
        ]  # feedparser takes it apart as if no domain were longer than four letters
    for name, href in names or [(holder.get("author"), None)]:
        if shown := _person(str(name or "")):
            yield Author(name=shown, url=web_url(str(href)) if href else None)


def _person(written: str) -> str:
    written = written.strip()
    if match := MAILED.fullmatch(written):
        return (match[1] or match[2]).strip(" \"'")
    match = ADDRESS.fullmatch(written)
    return match[1] if match else written


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
