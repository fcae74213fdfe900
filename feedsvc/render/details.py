"""
An entry's details in RSS and Atom: related pages, licence, and the fields of an episode.

A namespace is declared only in a document that uses it, so that it adds no bytes to other feeds.
"""

from collections.abc import Iterable

from lxml import etree

from feedsvc.media import clock
from feedsvc.model import Attached, Details, Entry

ATOM = "http://www.w3.org/2005/Atom"
CC = "http://backend.userland.com/creativeCommonsRssModule"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA_RSS = "http://search.yahoo.com/mrss/"
PODCAST = "https://podcastindex.org/namespace/1.0"


def namespaces(entries: Iterable[Entry], *, is_rss: bool) -> dict[str, str]:
    """The namespaces that these entries need, by prefix."""
    needed: dict[str, str] = {}
    for entry in entries:
        details = entry.details
        if is_rss and details.license:
            needed["creativeCommons"] = CC
        if _episode_values(entry):
            needed["itunes"] = ITUNES
        if details.transcripts or details.chapters:
            needed["podcast"] = PODCAST
    return dict(sorted(needed.items()))


def extend_rss(item: etree._Element, entry: Entry) -> None:
    """Write an entry's details into its RSS item."""
    details = entry.details
    if details.comments:
        etree.SubElement(item, "comments").text = details.comments
    if details.license:
        etree.SubElement(item, f"{{{CC}}}license").text = details.license
    _add_links(item, f"{{{ATOM}}}link", details)
    _add_episode(item, entry)


def extend_atom(element: etree._Element, entry: Entry) -> None:
    """Write an entry's details into its Atom entry."""
    details = entry.details
    if details.comments:
        etree.SubElement(element, "link", href=details.comments, rel="replies", type="text/html")
    if details.license:
        etree.SubElement(element, "link", href=details.license, rel="license")
    _add_links(element, "link", details)
    _add_episode(element, entry)
    # The first duration is that of the episode. An Atom link cannot state the durations of other enclosures.
    for one in [one for one in entry.enclosures if one.duration][1:]:
        etree.SubElement(element, f"{{{MEDIA_RSS}}}content", url=one.url, type=one.type, duration=str(one.duration))


def _add_links(parent: etree._Element, tag: str, details: Details) -> None:
    for rel, pages in (("via", details.via), ("related", details.related)):
        for page in pages:
            etree.SubElement(parent, tag, href=page, rel=rel)


def _episode_values(entry: Entry) -> list[tuple[str, str]]:
    """Apple's elements of an episode, and their texts."""
    details = entry.details
    duration = details.duration or next((one.duration for one in entry.enclosures if one.duration), 0)
    values = (
        ("duration", clock(duration) if duration else None),
        ("season", details.season),
        ("episode", details.episode),
        ("episodeType", details.episode_type),
        ("explicit", None if details.explicit is None else str(details.explicit).lower()),
    )
    cover = [("image", details.cover)] if details.cover else []
    return [(name, str(value)) for name, value in values if value is not None] + cover


def _add_episode(parent: etree._Element, entry: Entry) -> None:
    for name, value in _episode_values(entry):
        element = etree.SubElement(parent, f"{{{ITUNES}}}{name}")
        if name == "image":
            element.set("href", value)
        else:
            element.text = value
    for one in entry.details.transcripts:
        _add_attached(parent, "transcript", one)
    if entry.details.chapters:
        _add_attached(parent, "chapters", entry.details.chapters)


def _add_attached(parent: etree._Element, name: str, one: Attached) -> None:
    element = etree.SubElement(parent, f"{{{PODCAST}}}{name}", url=one.url, type=one.type)
    for attribute, value in (("language", one.language), ("rel", one.rel)):
        if value:
            element.set(attribute, value)
