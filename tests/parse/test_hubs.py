"""The hubs that an upstream names: in header fields, and in feeds of each format."""

import json
from datetime import UTC

import pytest

from feedsvc.model import Announced
from feedsvc.parse.feeds import parse_xml_feed
from feedsvc.parse.hubs import announced, links
from feedsvc.parse.jsonfeed import parse_json_feed

URL = "https://news.example/feeds/all"
HUB, OTHER, TOPIC = "https://hub.example/", "https://other.example/h,u;b", "https://news.example/feed"


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (f'<{HUB}>; rel="hub", <{TOPIC}>; rel="self"', [("hub", HUB), ("self", TOPIC)]),
        (f"<{HUB}>;rel=hub,<{OTHER}>;REL=HUB", [("hub", HUB), ("hub", OTHER)]),
        (f'<{HUB}>; title="a, <b>; rel=self"; rel="x Hub"', [("x", HUB), ("hub", HUB)]),
        ("</hub>; rel=hub", [("hub", "https://news.example/hub")]),
        (f"<{HUB}>; rel=hub; rel=self", [("hub", HUB)]),
        (f'<{HUB}>; rel=hub; anchor="https://a.example/"', []),
        ("<javascript:alert(1)>; rel=hub, <>", []),
        (f"{HUB}; rel=hub", []),
        ('<https://a.example/>; rel="hub', [("hub", "https://a.example/")][:0]),
    ],
)
def test_links_of_a_header_field_are_read(field: str, found: list[tuple[str, str]]) -> None:
    """RFC 8288: lists, quotes, several relations, relative targets; what is not a web address is left out."""
    assert list(links(field, URL)) == found


def test_a_hostile_field_takes_linear_time() -> None:
    """A field of the largest head is read at once: this test would hang."""
    for piece in ("<a>;", "<", '<a>;a="\\', "<a>; rel;", ",<a>;a=b;", " ;"):
        list(links(piece * (262_144 // len(piece)), URL))


@pytest.mark.parametrize("is_atom", [True, False])
def test_a_feed_in_xml_names_hubs(*, is_atom: bool) -> None:
    """Atom's links, in Atom and in RSS; the links of entries do not count."""
    found = f'<x:link rel="hub" href="{HUB}"/><x:link rel="hub" href="../hub"/><x:link rel="self" href="{TOPIC}"/>'
    entry = f'<x:link rel="hub" href="{OTHER}"/>'
    if is_atom:
        text = f'<x:feed xmlns:x="http://www.w3.org/2005/Atom">{found}<x:entry><x:id>1</x:id>{entry}</x:entry></x:feed>'
    else:
        item = f"<item><title>1</title>{entry}</item>"
        text = f'<rss xmlns:x="http://www.w3.org/2005/Atom" version="2.0"><channel>{found}{item}</channel></rss>'
    feed = parse_xml_feed(text, UTC, URL, 10)

    assert (feed.hubs, feed.self_link) == ((HUB, "https://news.example/hub"), TOPIC)


def test_a_json_feed_names_hubs() -> None:
    """Hubs of another protocol, and values that are not hubs, are left out."""
    hubs = [{"type": "rssCloud", "url": OTHER}, {"type": "WebSub", "url": HUB}, 5, {"type": 5, "url": HUB}]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [], "feed_url": TOPIC, "hubs": hubs})
    feed = parse_json_feed(text, UTC, URL, 10)

    assert (feed.hubs, feed.self_link) == ((HUB,), TOPIC)


def test_header_fields_count_before_the_document() -> None:
    """Each of the two, as far as a header field states it."""
    field = f'<{HUB}>; rel="hub"'

    assert announced(field, URL, [OTHER], TOPIC, is_open=True) == Announced(topic=TOPIC, hubs=(HUB,))
    assert announced("", URL, [OTHER, OTHER], None, is_open=True) == Announced(topic=URL, hubs=(OTHER,))


def test_a_hub_never_learns_a_secret_address() -> None:
    """Without a `self` link, an address with a key, or one that everybody may not know, is no topic."""
    for url, is_open in ((f"{URL}?key=0123456789abcdef", True), (URL, False)):
        assert announced(f"<{HUB}>; rel=hub", url, (), None, is_open=is_open).topic is None
