"""Pictures, enclosures and the fields of episodes: RSS, Atom, Media RSS, iTunes and Podcasting 2.0. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml import etree

from feedsvc.media import EPISODE_TYPES, PAGES, UNKNOWN_TYPE, kind_of, length, media_type, seconds
from feedsvc.model import Attached, Enclosure
from feedsvc.parse.vocabulary import Holder, attribute, inner

#: Largest number of files that are read for one entry.
MAX_FILES = 100

#: Hosts of FeedBurner, which replaces the address of a file by its own.
FEEDBURNER = frozenset({"feedproxy.google.com", "feeds.feedburner.com"})

#: Types of media that have a duration.
TIMED_MEDIA = frozenset({"audio", "video"})

#: Values that iTunes and other stores use for `explicit`.
EXPLICIT = {"true": True, "yes": True, "explicit": True, "false": False, "no": False, "clean": False}

#: Returns the absolute address in an element; None if it has none.
ElementAddress = Callable[[str, etree._Element], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of an entry, from any vocabulary."""

    url: str
    type: str
    length: int = 0
    duration: int = 0
    #: Whether its feed marks it as the entry's picture, or states nothing else about it.
    is_picture: bool = False
    alt: str | None = None


def pictures(entry: Holder, files: list[File], address: ElementAddress) -> Iterator[File]:
    """Candidates for an entry's picture, the best first: previews, pictures with a size, covers, attachments."""
    for one in media(entry, "thumbnail"):
        if picture := _picture_file(attribute(one, "url"), one, address):
            yield picture
    yield from (one for one in files if one.is_picture)
    for one in (*entry.all("itunes", "image"), *entry.all("podcast", "image"), *entry.all("rss", "image", "thumbnail")):
        written = attribute(one, "href") or attribute(one, "url") or Holder(one, entry.own).text("rss", "url")
        if picture := _picture_file(written or inner(one), one, address):
            yield picture
    yield from (one for one in files if not one.is_picture and kind_of(one.type) == "image")


def _picture_file(written: str, element: etree._Element, address: ElementAddress) -> File | None:
    url = address(written, element)
    type_ = media_type("", url, "image") if url else ""
    return File(url=url, type=type_, is_picture=True) if url and kind_of(type_) == "image" else None


def cover(entry: Holder, address: ElementAddress) -> str | None:
    """The picture that podcast stores show for an episode."""
    found = (_picture_file(attribute(one, "href"), one, address) for one in entry.all("itunes", "image"))
    return next((one.url for one in found if one), None)


def files(entry: Holder, address: ElementAddress) -> list[File]:
    """All files of an entry in the feed's order, enclosures first, without duplicates."""
    found: dict[str, File] = {}
    for one in (*_enclosed(entry, address), *_media_files(entry, address)):
        known = found.setdefault(one.url, one)
        if one.duration and not known.duration:
            found[one.url] = replace(known, duration=one.duration)
    return list(found.values())[:MAX_FILES]


def _enclosed(entry: Holder, address: ElementAddress) -> Iterator[File]:
    original = entry.text("feedburner", "origenclosurelink")
    for one in entry.all("rss", "enclosure")[:MAX_FILES]:
        url = address(attribute(one, "url") or attribute(one, "href"), one)
        if url and original and urlsplit(url).hostname in FEEDBURNER:
            url, original = address(original, one) or url, ""
        if url:
            yield _file_of(url, one, length(attribute(one, "length")))
    for one in linked(entry, "enclosure")[:MAX_FILES]:
        if url := address(target(one), one):
            yield _file_of(url, one, length(attribute(one, "length")))
    for one in entry.all("atom", "content"):
        url = address(attribute(one, "src"), one)
        if url and (file := _file_of(url, one, 0)).type not in {UNKNOWN_TYPE, *PAGES}:
            yield file


def _media_files(entry: Holder, address: ElementAddress) -> Iterator[File]:
    for one in media(entry, "content"):
        url = address(attribute(one, "url"), one)
        if not url:
            continue
        file = _file_of(url, one, length(attribute(one, "filesize")))
        if file.type in PAGES:
            continue  # a page with a player, not a file
        has_type = bool(attribute(one, "type") or attribute(one, "medium"))
        is_picture = kind_of(file.type) == "image" or (not has_type and file.type == UNKNOWN_TYPE)
        type_ = media_type("", url, "image") if is_picture and kind_of(file.type) != "image" else file.type
        alt = next((text for part in Holder(one).all("media", "description") if (text := inner(part))), None)
        yield File(
            url=url, type=type_, length=file.length, duration=file.duration, is_picture=is_picture,
            alt=alt if is_picture else None,
        )  # fmt: skip


def _file_of(url: str, element: etree._Element, size: int) -> File:
    return File(
        url=url,
        type=media_type(attribute(element, "type"), url, attribute(element, "medium")),
        length=size,
        duration=seconds(attribute(element, "duration")),
    )


def media(entry: Holder, name: str) -> list[etree._Element]:
    """The elements of Media RSS in the entry and its groups, and the thumbnails of its files."""
    within = [one for file in entry.media.get("content", ()) for one in Holder(file).all("media", name)]
    return entry.media.get(name, []) + (within if name == "thumbnail" else [])


def description(entry: Holder) -> tuple[str, bool]:
    """The description in Media RSS, and whether it is HTML; empty if there is none."""
    for one in media(entry, "description"):
        if text := inner(one):
            return text, attribute(one, "type").lower() in {"html", "text/html"}
    return "", False


def title(entry: Holder) -> str:
    """The title in Media RSS."""
    return next((text for one in media(entry, "title") if (text := inner(one))), "")


def enclosures(found: list[File], duration: int) -> tuple[Enclosure, ...]:
    """The files that a reader can open or play. The first audio or video has the episode's duration."""
    kept: list[Enclosure] = []
    for one in found:
        kind = kind_of(one.type)
        if kind == "flash" or one.is_picture:
            continue
        lasting = one.duration
        if kind in TIMED_MEDIA and duration:
            lasting, duration = lasting or duration, 0
        kept.append(Enclosure(url=one.url, type=one.type, length=one.length, duration=lasting))
    return tuple(kept)


def number(text: str) -> int | None:
    """The number of an episode or a season."""
    return int(text) if re.fullmatch("[0-9]{1,6}", text) and int(text) > 0 else None


def explicit(text: str) -> bool | None:
    """Whether an episode is marked as explicit."""
    return EXPLICIT.get(text.lower())


def episode_type(text: str) -> str | None:
    """`full`, `trailer` or `bonus`."""
    return text.lower() if text.lower() in EPISODE_TYPES else None


def transcripts(entry: Holder, address: ElementAddress) -> tuple[Attached, ...]:
    """The transcripts of an episode, in all their formats."""
    found = (attached(one, address) for one in entry.all("podcast", "transcript"))
    return tuple(one for one in found if one)[:MAX_FILES]


def chapters(entry: Holder, address: ElementAddress) -> Attached | None:
    """The file with an episode's chapters."""
    return next((found for one in entry.all("podcast", "chapters") if (found := attached(one, address))), None)


def attached(element: etree._Element, address: ElementAddress) -> Attached | None:
    """A file of an episode."""
    if not (url := address(attribute(element, "url"), element)):
        return None
    return Attached(
        url=url,
        type=media_type(attribute(element, "type"), url),
        language=attribute(element, "language") or None,
        rel=attribute(element, "rel") or None,
    )


#: A prefix of link relations. With or without it, a relation is the same (RFC 4287, 4.2.7.2).
IANA = re.compile(r"https?://www\.iana\.org/assignments/(?:link-)?relations?/?#?", re.IGNORECASE)


def relation(link: etree._Element) -> str:
    """A link's relation by its short name, in lower case; `alternate` if it states none."""
    return IANA.sub("", attribute(link, "rel")).lower() or "alternate"


def linked(holder: Holder, rel: str) -> list[etree._Element]:
    """Atom's links with this relation, in an entry of any format."""
    links = holder.all("atom", "link") + (holder.all("rss", "link") if holder.own == "rss" else [])
    return [one for one in links if relation(one) == rel and target(one)]


def target(link: etree._Element) -> str:
    """The target of a link, as it is written. Some feeds write it as the text of the link."""
    return attribute(link, "href") or inner(link)
