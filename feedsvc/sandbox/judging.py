"""
Judges sanitised items by the rules of their source. Pure.

The process that asks the workers uses it as well, so this module imports no parser.
"""

from dataclasses import replace
from functools import partial

from feedsvc.filters.readable import Readable
from feedsvc.filters.rules import is_kept
from feedsvc.model import UpstreamSpec
from feedsvc.sandbox.shapes import Item
from feedsvc.sanitize.fields import has_picture, names, summary_text
from feedsvc.sanitize.text import plain_text


def judged(item: Item, spec: UpstreamSpec) -> Item:
    """An item, judged by the rules of its source."""
    rules, entry = spec.rules, item.entry
    if entry is None or not (rules.keep or rules.drop):
        return item
    seen = Readable(
        title=entry.title,
        link=entry.link or "",
        authors=tuple(author.name for author in entry.authors),
        tags=names(item.raw.tags),
        text=partial(plain_text, entry.content),
        summary=partial(summary_text, entry.summary),
        language=entry.language or "",
        published=entry.published,
        has_enclosure=bool(entry.enclosures),
        has_picture=partial(has_picture, entry.image, entry.content),
    )
    return replace(item, is_kept=is_kept(seen, rules.keep, rules.drop))
