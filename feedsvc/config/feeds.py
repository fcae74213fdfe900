"""Makes a Catalogue of the sections `feeds` and `categories`, and finds what is wrong in them together."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from feedsvc.catalogue import ALL, Catalogue, Stated, described
from feedsvc.config.document import Key, dotted
from feedsvc.config.problems import Places, shown
from feedsvc.config.schema import CategorySection, DescribedSection, FeedSection, Root, UpstreamSection
from feedsvc.errors import Problem
from feedsvc.filters import forms
from feedsvc.model import FeedSpec, Selection, Site, Window
from feedsvc.normalize import slug, slug_key


def catalogue_of(root: Root, site: Site) -> Catalogue:
    """The feeds that a valid configuration asks for."""
    categories = {name: one or CategorySection() for name, one in root.categories.items()}
    return Catalogue(
        site=site,
        feeds={slug_key(name): _feed(name, one, site) for name, one in root.feeds.items()},
        categories={name: _category_feed(name, one, site) for name, one in categories.items()},
        slugs={name: one.slug for name, one in categories.items() if one.slug},
        parents=_parents(root),
        pages=repr((root.web.revisions, sorted(root.web.frame_ancestors))),
    )


def _parents(root: Root) -> dict[str, str]:
    return {name: one.parent for name, one in root.categories.items() if one and one.parent}


def _feed(name: str, section: FeedSection, site: Site) -> FeedSpec:
    selection = Selection(
        categories=tuple(sorted(section.categories)),
        sources=tuple(sorted(section.sources)),
        feeds=tuple(sorted({slug_key(one) for one in section.feeds})),
        filters=forms.read(section.filters, site.timezone),
    )
    spec = described(site, "" if name == ALL else name, name, selection, _stated(section))
    window = replace(spec.window, quota=section.quota)
    return replace(spec, digest=section.digest, delay=timedelta(minutes=section.delay), window=window)


def _category_feed(name: str, section: CategorySection, site: Site) -> FeedSpec:
    return described(site, name, section.slug or slug(name), Selection(categories=(name,)), _stated(section))


def _stated(section: DescribedSection) -> Stated:
    window = Window(items=section.window.items, hours=section.window.hours, order=section.order)
    return Stated(title=section.title, description=section.description, language=section.language, window=window)


def feed_contradictions(root: Root, place: Places) -> Iterator[Problem]:
    """Settings of feeds that are valid alone, and wrong together."""
    yield from _twice(root, place)
    yield from _circles(root, place)
    yield from _cycles(root, place)
    for name, feed in root.feeds.items():
        yield from _unknown_sources(name, feed, root.sources, place)
        yield from _unknown_feeds(name, feed, root, place)
        has_selection = bool(feed.categories or feed.sources or feed.feeds or feed.filters)
        if name == ALL and has_selection:
            reason = "all is every entry; it takes a title, description, language, window and order, and no selection"
            yield place.problem(("feeds", name), reason)
        if name == ALL and feed.quota:
            reason = "all has every entry; write quota in a feed that selects these sources or categories"
            yield place.problem(("feeds", name, "quota"), reason)
        if feed.digest and feed.quota:
            reason = "a digest has all stories of its period; leave out quota, or digest"
            yield place.problem(("feeds", name, "quota"), reason)
        if name == ALL and feed.delay:
            reason = "all has each entry at once; write delay in a feed that selects these sources or categories"
            yield place.problem(("feeds", name, "delay"), reason)
        if name == ALL and feed.digest:
            reason = "all has each entry by itself; write digest in a feed that selects these sources or categories"
            yield place.problem(("feeds", name, "digest"), reason)
        if name != ALL and not has_selection:
            yield place.problem(
                ("feeds", name),
                "this feed selects nothing; write categories, sources, feeds or filters. Every entry is in the feed "
                f"all. The title and window of a category's feed stand under categories.{name}",
            )


def _twice(root: Root, place: Places) -> Iterator[Problem]:
    """Addresses that the configuration gives to two feeds."""
    wanted: list[tuple[Key, str]] = [(("feeds", name), name) for name in root.feeds]
    wanted += [(("categories", name, "slug"), one.slug) for name, one in root.categories.items() if one and one.slug]
    first: dict[str, Key] = {}
    for key, address in wanted:
        if slug_key(address) == ALL and key != ("feeds", ALL):
            reason = f"the slug {address!r} is taken by the feed of every entry; choose another"
            yield place.problem(key, reason)
            continue
        former = first.setdefault(slug_key(address), key)
        if former != key:
            by = f"{dotted(former)} ({_at(place.problem(former, ''))})"
            reason = f"the slug {address!r} is taken by {by}; choose another (case and width do not tell slugs apart)"
            yield place.problem(key, reason)


def _circles(root: Root, place: Places) -> Iterator[Problem]:
    """Categories that stand below themselves: the first of each circle."""
    parents = _parents(root)
    circles: set[str] = set()
    for name in parents:
        above, passed = parents[name], [name]
        while above in parents and above not in passed:
            passed.append(above)
            above = parents[above]
        if above == name and name not in circles:
            circles.update(passed)
            yield place.problem(("categories", name, "parent"), f"{shown(name)} is below itself; remove one parent")


def _at(problem: Problem) -> str:
    return f"line {problem.line}" if problem.line else problem.place


def _unknown_sources(name: str, feed: FeedSection, known: Mapping[str, object], place: Places) -> Iterator[Problem]:
    for index, source in enumerate(feed.sources):
        if source not in known:
            yield place.problem(("feeds", name, "sources", index), f"no source {shown(source)}; {_hint(source, known)}")


def _unknown_feeds(name: str, feed: FeedSection, root: Root, place: Places) -> Iterator[Problem]:
    """Names in `feeds.<slug>.feeds` that are no defined feed: slugs that differ in case and width are one."""
    known = {slug_key(one): one for one in root.feeds if slug_key(one) != ALL}
    categories = {slug_key(slug(title)): title for title in _categories(root)}
    categories |= {slug_key((one and one.slug) or slug(title)): title for title, one in root.categories.items()}
    for index, other in enumerate(feed.feeds):
        key = slug_key(other)
        if key in known:
            continue
        if key == ALL:
            hint = "all is every entry, and no condition; leave it out"
        elif key in categories:
            hint = f"for the feed of a category write categories: [{categories[key]}]"
        else:
            hint = f"no feed {shown(other)}; {_hint(other, known.values())}"
            hint += "" if hint.endswith("?") else f"; for the feed of a category write categories: [{other}]"
        yield place.problem(("feeds", name, "feeds", index), hint)


def _categories(root: Root) -> Iterator[str]:
    """The categories that the configuration names, besides the section of their own."""
    for feed in root.feeds.values():
        yield from feed.categories
    for source in root.sources.values():
        yield from source.categories
        yield from source.map.values() if isinstance(source, UpstreamSection) else ()


def _hint(name: str, known: Iterable[str]) -> str:
    known = list(known)
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(known) or 'none'}"


def _cycles(root: Root, place: Places) -> Iterator[Problem]:
    """Feeds that select themselves, directly or through other feeds: each cycle once, at its first feed of the file."""
    names = {slug_key(name): name for name in root.feeds}
    following = {key: [slug_key(one) for one in root.feeds[name].feeds] for key, name in names.items()}
    in_cycle = set[str]()
    for key, name in names.items():
        if key not in in_cycle and (cycle := _way(key, following)):
            in_cycle |= {one for one, _ in cycle}
            way = " → ".join([*(names[one] for one, _ in cycle), name])
            reason = f"a feed cannot select itself: {way}; take one of these out"
            yield place.problem(("feeds", name, "feeds", cycle[0][1]), reason)


def _way(start: str, following: Mapping[str, list[str]]) -> list[tuple[str, int]]:
    """A way from a feed back to itself: each feed, and the index of its step. Empty if there is none."""
    ways: list[list[tuple[str, int]]] = [[(start, index)] for index in range(len(following[start]))]
    seen = set[str]()
    for way in ways:
        key, index = way[-1]
        reached = following[key][index]
        if reached == start:
            return way
        if reached in following and reached not in seen:
            seen.add(reached)
            ways += [[*way, (reached, number)] for number in range(len(following[reached]))]
    return []
