"""All three formats have the details of an entry, and a reader reads the same values again."""

import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from feedsvc.identity import hashes, upstream_hash
from feedsvc.model import (
    FORMATS,
    Attached,
    Details,
    Enclosure,
    Entry,
    FetchPolicy,
    Format,
    Origin,
    RawEntry,
    SafeHtml,
    UpstreamSpec,
)  # fmt: skip
from feedsvc.parse.upstream import parse_upstream
from feedsvc.render import RENDERERS
from feedsvc.sanitize.entry import sanitize
from tests.data.samples import FULL, MINIMAL, channel

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "data" / "atom.rng"))
SPEC = UpstreamSpec(
    name="s",
    url="https://f.example/",
    policy=FetchPolicy(user_agent="t"),
    timezone=ZoneInfo("UTC"),
    tag="example.org,2026",
)
NS = {
    "a": "http://www.w3.org/2005/Atom", "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0", "media": "http://search.yahoo.com/mrss/",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
}  # fmt: skip

DETAILS = Details(
    alt="雾 & 港", comments="https://o.example/1#c?a=1&b=2", license="https://l.example/by",
    via=("https://v.example/1",), related=("https://r.example/1", "https://r.example/2"), episode=1, season=2,
    episode_type="bonus", explicit=False, cover="https://o.example/cover.jpg",
    transcripts=(Attached(url="https://o.example/1.srt", type="application/srt", language="de", rel="captions"),
                 Attached(url="https://o.example/1.vtt", type="text/vtt")),
    chapters=Attached(url="https://o.example/1.json", type="application/json+chapters"),
)  # fmt: skip
EPISODE = replace(
    FULL, image="https://o.example/i.jpg", details=DETAILS,
    enclosures=(Enclosure(url="https://o.example/1.mp3", type="audio/mpeg", length=9, duration=3723),
                Enclosure(url="https://o.example/2.mp4", type="video/mp4", duration=5),
                Enclosure(url="https://o.example/3.pdf", type="application/pdf")),
)  # fmt: skip

#: Of two samples, as the release before made them.
RAW_HASH, FULL_HASH = "e29ae449adeab8e333a9fa6850b23e9c", "736e00d6e52c2ea14b4cf4108e82bea1"


def document(form: Format, *entries: Entry) -> bytes:
    """The feed of these entries."""
    return RENDERERS[form].render(channel(), entries)


def read(body: bytes) -> RawEntry:
    """The only entry of a document of ours, as another feedsvc polls it."""
    (entry,) = parse_upstream(body, "", "https://f.example/", SPEC).entries
    return entry


@pytest.mark.parametrize("form", FORMATS)
def test_details_survive_publishing_and_polling(form: Format) -> None:
    """Another feedsvc that polls our document publishes the same details, files and picture."""
    again = sanitize(read(document(form, EPISODE)))

    assert again.details == DETAILS
    assert (again.enclosures, again.image) == (EPISODE.enclosures, EPISODE.image)
    assert (again.guid, again.link, again.title) == (EPISODE.guid, EPISODE.link, EPISODE.title)


@pytest.mark.parametrize(
    "details",
    [Details(explicit=True), Details(duration=59), Details(license="https://l.example/by"), Details(episode=7),
     Details(chapters=DETAILS.chapters)],
    ids=["explicit", "duration", "license", "episode", "chapters"],
)  # fmt: skip
@pytest.mark.parametrize("form", FORMATS)
def test_each_detail_stands_alone(form: Format, details: Details) -> None:
    """Each field is written without the others, without an enclosure and without a picture."""
    assert sanitize(read(document(form, replace(MINIMAL, details=details)))).details == details


RSS = {
    "itunes:duration/text()": ["01:02:03"], "itunes:season/text()": ["2"], "itunes:episode/text()": ["1"],
    "itunes:episodeType/text()": ["bonus"], "itunes:explicit/text()": ["false"],
    "itunes:image/@href": ["https://o.example/cover.jpg"], "podcast:chapters/@type": ["application/json+chapters"],
    "podcast:transcript/@url": ["https://o.example/1.srt", "https://o.example/1.vtt"],
    "podcast:transcript/@language": ["de"], "comments/text()": ["https://o.example/1#c?a=1&b=2"],
    "cc:license/text()": ["https://l.example/by"], "a:link[@rel='via']/@href": ["https://v.example/1"],
    "media:content[@medium='image']/media:description/text()": ["雾 & 港"], "media:content/@duration": ["5"],
}  # fmt: skip


@pytest.mark.parametrize("path", RSS)
def test_rss(path: str) -> None:
    """Each field is in the element in which readers expect it."""
    assert etree.fromstring(document("rss", EPISODE)).xpath(f"channel/item/{path}", namespaces=NS) == RSS[path]


ATOM = {
    "a:link[@rel='license']/@href": ["https://l.example/by"], "a:link[@rel='via']/@href": ["https://v.example/1"],
    "a:link[@rel='replies']/@href": ["https://o.example/1#c?a=1&b=2"],
    "a:link[@rel='related']/@href": ["https://r.example/1", "https://r.example/2"],
    "itunes:duration/text()": ["01:02:03"], "podcast:transcript/@type": ["application/srt", "text/vtt"],
}  # fmt: skip


@pytest.mark.parametrize("path", ATOM)
def test_atom(path: str) -> None:
    """Links have registered relations. Episodes have the same elements as in RSS."""
    assert etree.fromstring(document("atom", EPISODE)).xpath(f"a:entry/{path}", namespaces=NS) == ATOM[path]


def test_atom_is_valid() -> None:
    """The document conforms to the schema of RFC 4287."""
    origin = Origin(title="原站", url="https://o.example/", feed_url="https://o.example/feed", id="urn:src")
    tree = etree.fromstring(document("atom", replace(EPISODE, origins=(origin,)), MINIMAL))

    assert SCHEMA.validate(tree), SCHEMA.error_log
    assert tree.xpath("a:entry/a:source/a:id/text()", namespaces=NS) == ["urn:src"]


def test_json() -> None:
    """Fields that JSON Feed defines are there, others are in extensions. False is a value."""
    (item,) = json.loads(document("json", EPISODE))["items"]

    assert item["external_url"] == "https://r.example/1"
    assert [one.get("duration_in_seconds") for one in item["attachments"]] == [3723, 5, None]
    assert item["_podcast"] == {
        "season": 2, "episode": 1, "type": "bonus", "explicit": False, "image": "https://o.example/cover.jpg",
        "transcripts": [
            {"url": "https://o.example/1.srt", "mime_type": "application/srt", "language": "de", "rel": "captions"},
            {"url": "https://o.example/1.vtt", "mime_type": "text/vtt"},
        ],
        "chapters": {"url": "https://o.example/1.json", "mime_type": "application/json+chapters"},
    }  # fmt: skip
    assert (item["_feedsvc"]["license"], item["_feedsvc"]["image_alt"]) == ("https://l.example/by", "雾 & 港")


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_without_details_declares_no_namespace_for_them(form: Format) -> None:
    """A document declares namespaces and has keys only if it uses them."""
    body = document(form, FULL, MINIMAL)

    assert not any(word in body for word in (b"itunes", b"podcast", b"creativeCommons", b"duration", b"image_alt"))


@pytest.mark.parametrize(
    ("origin", "expected"),
    [(Origin(title="站", url="https://o.example/"), []),
     (Origin(title="站", url="https://o.example/", feed_url="https://o.example/f"), ["https://o.example/f"])],
    ids=["page alone", "page and feed"],
)  # fmt: skip
def test_the_source_of_an_rss_item_is_a_feed(origin: Origin, expected: list[str]) -> None:
    """`source` is never a web page, because a reader would subscribe to it."""
    tree = etree.fromstring(document("rss", replace(MINIMAL, origins=(origin,))))

    assert tree.xpath("channel/item/source/@url") == expected


def test_details_change_the_hash_only_if_there_are_any() -> None:
    """Details are part of the hash. An entry without details has the hash of earlier releases."""
    raw = RawEntry(
        guid="1", origin=Origin(title="站"), enclosures=(Enclosure(url="https://o.example/1.mp3", type="audio/mpeg"),)
    )
    bare = replace(FULL, content=SafeHtml(""), details=Details(explicit=False))

    assert len({hashes(one).published for one in (FULL, bare, replace(FULL, details=Details(explicit=True)))}) == 3
    assert (upstream_hash(raw), hashes(FULL).published) == (RAW_HASH, FULL_HASH)
    assert upstream_hash(raw) != upstream_hash(replace(raw, details=Details(episode=1)))
