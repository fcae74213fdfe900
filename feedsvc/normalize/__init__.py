"""Dates to UTC, URLs absolute and safe, text legal in XML, names to slugs. Pure: uses no clock and no disk."""

from feedsvc.normalize.dates import ANY_TIME, parse_date
from feedsvc.normalize.text import (
    BIDI_CONTROLS,
    CONTROLS,
    WIDE_COLON,
    XML_ILLEGAL,
    cut,
    one_line,
    slug,
    slug_key,
    title_key,
    wide_colon,
    xml_safe,
)
from feedsvc.normalize.urls import legible, link_key, web_feed_url, web_url

__all__ = [
    "ANY_TIME",
    "BIDI_CONTROLS",
    "CONTROLS",
    "WIDE_COLON",
    "XML_ILLEGAL",
    "cut",
    "legible",
    "link_key",
    "one_line",
    "parse_date",
    "slug",
    "slug_key",
    "title_key",
    "web_feed_url",
    "web_url",
    "wide_colon",
    "xml_safe",
]
