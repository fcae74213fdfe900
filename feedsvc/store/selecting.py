"""
Which defined feeds select a story: by its categories, its sources, other feeds, and filters.

The row of a defined feed holds all that its selection needs, also the selections of the feeds that it names. So a
change of one of these changes its definition, too.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from feedsvc.filters import forms
from feedsvc.filters.deciding import decide
from feedsvc.filters.kinds.combined import AllOf
from feedsvc.filters.readable import Readable
from feedsvc.model import FeedSpec, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A story as selections see it."""

    #: Names.
    categories: Collection[str]
    sources: Collection[str]
    #: Returns the story as filters see it. None: it shows no entry now.
    readable: Callable[[], Readable | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """The selection of a defined feed, together with those of the feeds that it names, by the key of their slug."""

    selection: Selection
    named: Mapping[str, Selection] = field(default_factory=dict)

    @property
    def has_filters(self) -> bool:
        """Whether the text of a story counts."""
        return any(one.filters for one in (self.selection, *self.named.values()))

    def selects(self, piece: Piece) -> bool | None:
        """Whether the feed has a story. None: that cannot be told now, because the story shows no entry."""
        answers: dict[str, bool | None] = {}

        def named(key: str) -> bool | None:
            if key not in answers:
                answers[key] = fits(self.named[key])
            return answers[key]

        def fits(selection: Selection) -> bool | None:
            if selection.categories and not set(selection.categories) & set(piece.categories):
                return False
            if selection.sources and not set(selection.sources) & set(piece.sources):
                return False
            of_feeds = _any(named(key) for key in selection.feeds) if selection.feeds else True
            if of_feeds is False or not selection.filters:
                return of_feeds
            readable = piece.readable()
            if readable is None:
                return None
            return decide(AllOf(filters=selection.filters), readable).fits and of_feeds

        return fits(self.selection)


def _any(answers: Iterator[bool | None]) -> bool | None:
    found = set(answers)
    return True if True in found else None if None in found else False


def written(spec: FeedSpec, defined: Mapping[str, FeedSpec]) -> str:
    """The definition of a feed as its row holds it. `defined` has the configured feeds by the key of their slug."""
    named: dict[str, Selection] = {}
    waiting = list(spec.selection.feeds)
    while waiting:
        key = waiting.pop()
        if key not in named:
            named[key] = defined[key].selection
            waiting += named[key].feeds
    own: Any = _parts(spec.selection)
    if named:
        own = {"own": own, "named": {key: _parts(named[key]) for key in sorted(named)}}
    return json.dumps(own, ensure_ascii=False)


def _parts(selection: Selection) -> list[Any]:
    """Categories and sources; where there are some, feeds and filters. A former release has the first two alone."""
    parts: list[Any] = [list(selection.categories), list(selection.sources)]
    if selection.feeds or selection.filters:
        parts += [list(selection.feeds), json.loads(forms.canonical(selection.filters))]
    return parts


@lru_cache
def read(text: str) -> Definition:
    """The definition that `written` wrote."""
    found = json.loads(text)
    own, named = (found, {}) if isinstance(found, list) else (found["own"], found["named"])
    return Definition(selection=_selection(own), named={key: _selection(one) for key, one in named.items()})


def _selection(parts: list[Any]) -> Selection:
    categories, sources, feeds, filters = (*parts, [], [])[:4]
    return Selection(
        categories=tuple(categories), sources=tuple(sources), feeds=tuple(feeds), filters=forms.read(filters)
    )
