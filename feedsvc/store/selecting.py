"""
Which defined feeds select a story: by its categories, its sources, other feeds, and filters.

The row of a defined feed holds all that its selection needs, also the selections of the feeds that it names. So a
change of one of these changes its definition, too.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from feedsvc.filters import forms
from feedsvc.filters.deciding import decide
from feedsvc.filters.kinds.bases import Condition
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


#: The key of a feed itself, beside those of the feeds that it names.
OWN = ""


#: Definitions that are kept, with the compiled patterns of their filters. Each new story needs those of all feeds, so
#: these are more than any database has feeds.
MAX_KEPT = 20_000


class Judged(NamedTuple):
    """The answer of a selection about a story."""

    #: None: that cannot be told now, because the story shows no entry.
    fits: bool | None
    #: The part of the selection that does not hold, or cannot be told: `categories`, `sources`, `feeds` or `filters`.
    by: str = ""
    #: The conditions of filters that decided, each with its own answer.
    conditions: tuple[tuple[Condition, bool], ...] = ()


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
        return self.judged(piece)[OWN].fits

    def judged(self, piece: Piece) -> dict[str, Judged]:
        """The answer of the feed about a story (`OWN`), and those of the named feeds that it asked, by their keys."""
        answers: dict[str, Judged] = {}

        def named(key: str) -> bool | None:
            if key not in answers:
                answers[key] = judge(self.named[key])
            return answers[key].fits

        def judge(selection: Selection) -> Judged:
            if selection.categories and not set(selection.categories) & set(piece.categories):
                return Judged(fits=False, by="categories")
            if selection.sources and not set(selection.sources) & set(piece.sources):
                return Judged(fits=False, by="sources")
            of_feeds = _any(named(key) for key in selection.feeds) if selection.feeds else True
            if of_feeds is False or not selection.filters:
                return Judged(fits=of_feeds, by="feeds" if not of_feeds else "")
            readable = piece.readable()
            if readable is None:
                return Judged(fits=None, by="filters")
            decision = decide(AllOf(filters=selection.filters), readable)
            if not decision.fits:
                return Judged(fits=False, by="filters", conditions=decision.by)
            return Judged(fits=of_feeds, by="feeds" if not of_feeds else "", conditions=decision.by)

        return {OWN: judge(self.selection), **answers}


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


@lru_cache(maxsize=MAX_KEPT)
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
