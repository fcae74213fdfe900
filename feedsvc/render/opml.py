"""The list of all feeds as OPML 2.0 (opml.org/spec2.opml), for a reader's import."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from feedsvc.catalogue import Branch
from feedsvc.normalize import xml_safe
from feedsvc.render.channel import Channel

CONTENT_TYPE = "text/x-opml; charset=utf-8"


def render(site_title: str, tree: Sequence[Branch[Channel]]) -> bytes:
    """One outline for each feed, with its RSS address: every reader's OPML import accepts RSS."""
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = xml_safe(site_title)
    _add(etree.SubElement(opml, "body"), tree, f" - {site_title}")
    return bytes(etree.tostring(opml, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _add(to: Any, tree: Sequence[Branch[Channel]], suffix: str) -> None:
    """
    A category with others below it is a folder that begins with its own feed: readers skip what a feed contains.

    Readers make tags of the names of folders, so a folder has the name without the name of the site.
    """
    for one in tree:
        channel, folder = one.node, to
        title = xml_safe(channel.feed.title)
        if one.children:
            name = xml_safe(channel.feed.title.removesuffix(suffix))
            folder = etree.SubElement(to, "outline", text=name, title=name)
        etree.SubElement(
            folder,
            "outline",
            type="rss",
            text=title,
            title=title,
            description=xml_safe(channel.feed.description),
            xmlUrl=channel.url("rss"),
            htmlUrl=channel.page_url,
            language=channel.feed.language,
        )
        _add(folder, one.children, suffix)
