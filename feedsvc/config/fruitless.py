"""Warnings about filters that are valid, and do nothing that somebody can want."""

from collections.abc import Iterator

from feedsvc.config.problems import Places
from feedsvc.config.schema import Root, UpstreamSection
from feedsvc.errors import Problem
from feedsvc.filters import forms
from feedsvc.filters.kinds.bases import Combination, Match
from feedsvc.filters.kinds.words import Words
from feedsvc.filters.readable import Readable
from feedsvc.model import Filter


def fruitless(root: Root, place: Places) -> Iterator[Problem]:
    """Filters by a source that there is not, and rules that take away what another rule keeps."""
    yield from _of_no_source(root, place)
    for name, source in root.sources.items():
        if isinstance(source, UpstreamSection):
            kept = {forms.canonical([one]) for one in source.keep}
            for index, one in enumerate(source.drop):
                if forms.canonical([one]) in kept:
                    reason = "keep has the same filter, and drop wins: no entry that it fits is shown"
                    yield place.problem(("sources", name, "drop", index), reason)


def _of_no_source(root: Root, place: Places) -> Iterator[Problem]:
    titles = (one.title for one in root.sources.values() if isinstance(one, UpstreamSection) and one.title)
    known = Readable(title="", link="", authors=(), tags=(), text=str, sources=(*root.sources, *titles))
    for slug, feed in root.feeds.items():
        for index, one in enumerate(forms.read(feed.filters)):
            if not all(match.fits(known) for match in _of_source(one)):
                reason = (
                    f"no source of this file has such a name; there are: {', '.join(root.sources) or 'none'}. "
                    "The name that readers see counts, too"
                )
                yield place.problem(("feeds", slug, "filters", index), reason)


def _of_source(chosen: Filter) -> Iterator[Match]:
    """
    The conditions in a filter on the names of sources.

    Words are left out: they stand for parts of the names that readers see, which this file need not have.
    """
    if isinstance(chosen, Combination):
        for one in chosen.filters:
            yield from _of_source(one)
    elif isinstance(chosen, Match) and chosen.field == "source" and not isinstance(chosen, Words):
        yield chosen
