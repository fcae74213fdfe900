"""Stops items that an operator took down. The one place where a take-down stops an item, of whatever source."""

from collections.abc import Sequence

from feedsvc.merge.blocks import Named
from feedsvc.normalize import title_key, web_url
from feedsvc.sandbox.shapes import Item
from feedsvc.sanitize.text import strip_markup
from feedsvc.store import Connection, takedowns
from feedsvc.store.facts import Facts


def blocked(db: Connection, source: Facts, items: Sequence[Item]) -> list[bool]:
    """Whether each item was taken down."""
    if not items or not source.has_takedowns:
        return [False] * len(items)
    asked = [named(item, source.name) for item in items]
    blocks = takedowns.blocks(db, {sign for one in asked for sign in one.signs})
    return [blocks.has(one) for one in asked]


def named(item: Item, source: str) -> Named:
    """An item of a source with all that names it."""
    raw, entry = item.raw, item.entry
    links = (entry.link if entry else None, web_url(raw.link) if raw.link else None)
    return Named(
        source=source,
        guids=(raw.guid, raw.own_guid),
        links=tuple(link for link in links if link),
        key=raw.key or "",
        hash=item.hash,
        title_key=title_key(entry.title if entry else strip_markup(raw.title)),
        published=raw.published,
    )
