"""
Judges sanitised items by the rules of their source. Pure.

The process that asks the workers uses it as well, so this module imports no parser.
"""

from dataclasses import replace
from functools import partial

from feedsvc.filters.rules import Readable, is_kept
from feedsvc.model import Rule, UpstreamSpec
from feedsvc.sandbox.shapes import Item
from feedsvc.sanitize.fields import names
from feedsvc.sanitize.text import plain_text


def judged(item: Item, spec: UpstreamSpec, slow: set[Rule]) -> Item:
    """An item, judged by the rules of its source. A rule that takes too long is added to `slow`."""
    rules = spec.rules
    if item.entry is None or not (rules.keep or rules.drop):
        return item
    seen = Readable(
        title=item.entry.title,
        link=item.entry.link or "",
        authors=tuple(author.name for author in item.entry.authors),
        tags=names(item.raw.tags),
        text=partial(plain_text, item.entry.content),
    )
    return replace(item, is_kept=is_kept(seen, rules.keep, rules.drop, slow))
