"""Items whose guids, links, titles, texts, dates and enclosures collide, as the bytes of an answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)

LONG = (
    "国家级云计算平台今天在北京正式上线运营，首批接入的单位超过一百家，"
    "各地的数据中心将在年内陆续完成改造并接入统一调度。"
)

GUIDS = ("", "1", "2", "https://s.example/show", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8")
LINKS = ("", "https://s.example/", "https://s.example/show", "https://s.example/a?id=1", "https://m.example/a?id=1")
TITLES = ("", "gm", "每日早报", "国家云计算平台正式上线运营", "國家雲計算平台正式上線運營", "国家云计算平台2期上线")
TEXTS = ("", "gm", LONG, LONG.replace("一百", "二百"), f"{LONG}{LONG[::-1]}")
DATES = (None, FIRST, FIRST + timedelta(hours=1), FIRST + timedelta(days=20))
FILES = ("", "https://s.example/1.mp3", "https://s.example/2.mp3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as an upstream has it; an empty field is none."""

    guid: str = ""
    link: str = ""
    title: str = ""
    text: str = ""
    date: datetime | None = None
    file: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to publish."""
        return not (self.link or self.title or self.text or self.file)


def as_json(items: Sequence[Item]) -> str:
    """An answer as JSON Feed."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "s", "items": [_json(i) for i in items]})


def _json(item: Item) -> dict[str, object]:
    files = [{"url": item.file, "mime_type": "audio/mpeg"}] if item.file else None
    fields = {
        "id": item.guid, "url": item.link, "title": item.title, "content_html": item.text, "attachments": files,
        "date_published": item.date.isoformat() if item.date else None,
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value}


def as_rss(items: Sequence[Item]) -> str:
    """The same as RSS."""
    return f'<rss version="2.0"><channel><title>s</title>{"".join(map(_rss, items))}</channel></rss>'


def _rss(item: Item) -> str:
    fields = {"title": item.title, "link": item.link, "description": item.text}
    if item.date:
        fields["pubDate"] = f"{item.date:%d %b %Y %H:%M:%S} +0000"
    named = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items() if value)
    guid = f'<guid isPermaLink="false">{escape(item.guid)}</guid>' if item.guid else ""
    file = f'<enclosure url="{item.file}" type="audio/mpeg" length="1"/>' if item.file else ""
    return f"<item>{guid}{named}{file}</item>"


def distinct(items: Sequence[Item]) -> list[Item]:
    """
    The articles among items, each in its fullest form.

    Two items are one article where a reader cannot tell them apart, or where they have one guid, title, date and
    enclosure.
    """
    articles: list[list[Item]] = []
    for item in items:
        if not item.is_nothing:
            same = next((article for article in articles if any(_is_one(item, other) for other in article)), None)
            articles.append([item]) if same is None else same.append(item)
    return [max(article, key=lambda item: (len(item.text), item.text)) for article in articles]


def _is_one(one: Item, other: Item) -> bool:
    is_alike = (one.title, one.date, one.file) == (other.title, other.date, other.file)
    if is_alike and one.guid and one.guid == other.guid and (one.title or one.text == other.text):
        return True
    is_look = is_alike and (one.text, one.link) == (other.text, other.link)
    return is_look and (bool(one.link) or one.guid == other.guid)
