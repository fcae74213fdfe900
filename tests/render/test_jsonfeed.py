"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from feedsvc.model import Entry
from feedsvc.render import RENDERERS
from tests.data.samples import FULL, MINIMAL, channel

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

#: Key → the form that the specification wants for its value.
SHAPES = {
    "url": r"https?://\S+", "home_page_url": r"https?://\S+", "feed_url": r"https?://\S+", "icon": r"https?://\S+",
    "image": r"https?://\S+", "date_published": RFC3339.pattern, "date_modified": RFC3339.pattern,
    "mime_type": r"[\w.+-]+/[\w.+-]+", "language": r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", "name": r"(?s).+", "id": r"(?s).+",
    "title": r"(?s).+", "version": r"https://jsonfeed\.org/version/1\.1", "content_html": r"(?s).*",
    "summary": r"(?s).*", "description": r"(?s).*",
}  # fmt: skip

NEEDED = {"feed": {"version", "title", "items"}, "item": {"id"}, "attachment": {"url", "mime_type"}}


def faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Where a document breaks the rules of JSON Feed 1.1."""
    yield from _shape(document, "feed")
    items = document.get("items", [])
    for item in items:
        yield from _shape(item, "item")
        if not item.keys() & {"content_html", "content_text"}:
            yield "an item has neither content_html nor content_text"
        for attachment in item.get("attachments", []):
            yield from _shape(attachment, "attachment")
            if not isinstance(attachment.get("size_in_bytes", 0), int):
                yield "size_in_bytes is a number"
        if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
            yield "tags are strings"
    for author in [one for part in (document, *items) for one in part.get("authors", [])]:
        if not author.keys() & {"name", "url", "avatar"}:
            yield "an author says nothing"
    if len({item.get("id") for item in items}) < len(items):
        yield "ids are not unique"


def _shape(part: Mapping[str, Any], kind: str) -> Iterator[str]:
    yield from (f"{kind} without {key}" for key in sorted(NEEDED[kind] - part.keys()))
    for key, value in part.items():
        if key in SHAPES and not (isinstance(value, str) and re.fullmatch(SHAPES[key], value)):
            yield f"{kind}: {key} cannot be {value!r}"
        if value is None:
            yield f"{kind}: {key} is null"
        if key not in SHAPES and not isinstance(value, (list, int)) and not key.startswith("_"):
            yield f"{kind}: {key} is not in the specification"


def render(*entries: Entry) -> Any:
    """The document, read back."""
    return json.loads(RENDERERS["json"].render(channel(), entries))


OLD = replace(FULL, published=datetime(202, 7, 5, tzinfo=UTC), updated=None)


@pytest.mark.parametrize(
    "entries", [(FULL, MINIMAL), (MINIMAL,), (OLD,), ()], ids=["full", "minimal", "year 202", "empty"]
)
def test_conforms(entries: Sequence[Entry]) -> None:
    """Every document keeps the rules of JSON Feed 1.1."""
    assert list(faults(render(*entries))) == []


def test_feed() -> None:
    """The feed states its title, its addresses and its author."""
    document = render(FULL)
    del document["items"]

    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "新媒体 & 科技",
        "home_page_url": "https://feeds.example.org/feeds/%E6%96%B0%E5%AA%92%E4%BD%93",
        "feed_url": "https://feeds.example.org/feeds/%E6%96%B0%E5%AA%92%E4%BD%93.json",
        "description": "科技 <媒体> 的文章",
        "icon": "https://feeds.example.org/logo.png",
        "authors": [{"name": "测试站", "url": "https://feeds.example.org/"}],
        "language": "zh-CN",
        "_feedsvc": {"rights": "© 2026 测试站 & 作者"},
    }


def test_item() -> None:
    """Every field of an entry is written once, unchanged."""
    (item,) = render(FULL)["items"]

    assert item == {
        "id": FULL.guid,
        "url": FULL.link,
        "title": FULL.title,
        "content_html": FULL.content,
        "summary": "摘要 <一> & 二",
        "image": FULL.image,
        "date_published": "2022-07-25T14:48:32Z",
        "date_modified": "2022-07-26T01:02:03Z",
        "authors": [{"name": "ugmbbc"}, {"name": "王小二 & 友", "url": "https://example.com/wang?a=1&b=2"}],
        "tags": ["新媒体", "cnBeta", "最新"],
        "language": "zh-Hant-TW",
        "attachments": [
            {"url": "https://static.example.com/1.mp3?a=1&b=2", "mime_type": "audio/mpeg", "size_in_bytes": 1234},
            {"url": "https://static.example.com/2.mp4", "mime_type": "video/mp4", "size_in_bytes": 5678},
            {"url": "https://static.example.com/3.pdf", "mime_type": "application/pdf"},
        ],
        "_feedsvc": {"rights": "© cnBeta"},
    }


def test_order() -> None:
    """Entries have the given order. Keys have a fixed order."""
    document = render(FULL, MINIMAL)

    assert [item["id"] for item in document["items"]] == [FULL.guid, MINIMAL.guid]
    assert list(document)[-1] == "items"


def test_title_in_place_of_content() -> None:
    """A title that replaces the content, which is HTML, is escaped."""
    (item,) = render(replace(MINIMAL, title="用 <img src=x onerror=alert(1)> 攻击"))["items"]

    assert "<img" not in item.get("content_html", "")


def test_bad_entry(caplog: pytest.LogCaptureFixture) -> None:
    """An entry that UTF-8 cannot encode is left out and logged. The others are written."""
    bad = replace(MINIMAL, title="坏\ud800标题")
    with caplog.at_level(logging.WARNING):
        document = render(FULL, bad)

    assert [item["id"] for item in document["items"]] == [FULL.guid]
    assert bad.guid in caplog.text
