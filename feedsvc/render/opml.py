"""The list of all feeds as OPML 2.0 (opml.org/spec2.opml), for a reader's import."""

from collections.abc import Sequence

from lxml import etree

from feedsvc.normalize import xml_safe
from feedsvc.render.channel import Channel

CONTENT_TYPE = "text/x-opml; charset=utf-8"


def render(site_title: str, channels: Sequence[Channel]) -> bytes:
    """One outline for each feed, with its RSS address: every reader's OPML import accepts RSS."""
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = xml_safe(site_title)
    body = etree.SubElement(opml, "body")
    for channel in channels:
        title = xml_safe(channel.feed.title)
        etree.SubElement(
            body,
            "outline",
            type="rss",
            text=title,
            title=title,
            description=xml_safe(channel.feed.description),
            xmlUrl=channel.url("rss"),
            htmlUrl=channel.page_url,
            language=channel.feed.language,
        )
    return bytes(etree.tostring(opml, encoding="UTF-8", xml_declaration=True)) + b"\n"
