"""JSON Feed's links, attachments and extensions are checked like those of XML."""

import json
from zoneinfo import ZoneInfo

import pytest

from feedsvc.model import Attached, Details, Enclosure, FetchPolicy, ParsedFeed, RawEntry, UpstreamSpec
from feedsvc.parse.upstream import parse_upstream

URL = "https://feeds.example/feed.json"
SPEC = UpstreamSpec(
    name="s", url=URL, policy=FetchPolicy(user_agent="t"), timezone=ZoneInfo("UTC"), tag="example.org,2026"
)


def feed(**item: object) -> ParsedFeed:
    """A feed of one item, whose page is `https://site.example/blog/`."""
    document = {
        "version": "https://jsonfeed.org/version/1.1", "title": "站", "home_page_url": "https://site.example/blog/",
        "feed_url": URL, "items": [{"id": "1", "title": "题", **item}],
    }  # fmt: skip
    return parse_upstream(json.dumps(document).encode(), "", URL, SPEC)


def entry(**item: object) -> RawEntry:
    """The only entry of it."""
    (found,) = feed(**item).entries
    return found


@pytest.mark.parametrize(
    ("attachment", "expected"),
    [
        ({"mime_type": 'text/html"><script>alert(1)</script>'}, {"type": "audio/mpeg"}),
        ({"mime_type": "audio/mpeg;codecs=x", "size_in_bytes": "9", "duration_in_seconds": 3723.5},
         {"type": "audio/mpeg", "length": 9, "duration": 3723}),
        ({"mime_type": ["a"], "size_in_bytes": -1, "duration_in_seconds": "x"}, {"type": "audio/mpeg"}),
        ({"mime_type": "audio/ogg", "size_in_bytes": True, "duration_in_seconds": 1e300}, {"type": "audio/ogg"}),
        ({"size_in_bytes": 1.5}, {"type": "audio/mpeg"}),
    ],
)  # fmt: skip
def test_attachments_are_checked(attachment: dict[str, object], expected: dict[str, object]) -> None:
    """Invalid types, sizes and durations are left out."""
    found = entry(attachments=[{"url": "/a.mp3", **attachment}]).enclosures

    assert found == (Enclosure(url="https://site.example/a.mp3", **expected),)  # type: ignore[arg-type]  # by the table


@pytest.mark.parametrize(
    ("tags", "expected"), [("a, b", ("a, b",)), (["a", "b"], ("a", "b")), (5, ()), (None, ()), ({"a": 1}, ("",))]
)
def test_tags_are_words(tags: object, expected: tuple[str, ...]) -> None:
    """A single string is one tag."""
    assert entry(tags=tags).tags == expected


@pytest.mark.parametrize(
    ("item", "link", "related"),
    [
        ({"url": "/1", "external_url": "https://o.example/a"}, "https://site.example/1", ("https://o.example/a",)),
        ({"external_url": "https://o.example/a"}, "https://o.example/a", ()),
        ({"url": "N/A"}, None, ()),
        ({"url": "#"}, None, ()),
        ({"url": "https://www.google.com/url?url=https://o.example/a%3Fb%3D1&ct=ga"}, "https://o.example/a?b=1", ()),
    ],
)  # fmt: skip
def test_links(item: dict[str, object], link: str | None, related: tuple[str, ...]) -> None:
    """A link is relative to the feed's page; a jump is replaced; an external page is the link only without another."""
    found = entry(**item)

    assert (found.link, found.details.related) == (link, related)


def test_extensions_that_are_not_as_they_should_be() -> None:
    """Extensions with our names but another shape are ignored."""
    assert entry(_feedsvc=[], _podcast="x").details == Details()
    bad = {"episode": "two", "season": True, "explicit": "perhaps", "transcripts": {"url": "/t"}, "chapters": ["/c"]}
    assert entry(_podcast=bad, _feedsvc={"via": "x", "license": 5, "comments": "#"}).details == Details()
    good = {"explicit": False, "transcripts": [{"url": "/t.vtt"}, 5]}
    assert entry(_podcast=good).details == Details(
        explicit=False, transcripts=(Attached(url="https://site.example/t.vtt", type="text/vtt"),)
    )


def test_what_a_feed_says_of_itself() -> None:
    """The feed's page and its own address are read."""
    assert (feed().link, feed().self_link) == ("https://site.example/blog/", URL)
