"""Makes a Catalogue of the sections `feeds` and `categories`, and finds what is wrong in them together."""

import difflib
from collections.abc import Iterator, Mapping

from feedsvc.catalogue import ALL, Catalogue, Stated, described
from feedsvc.config.document import Key, dotted
from feedsvc.config.problems import Places, shown
from feedsvc.config.schema import CategorySection, DescribedSection, FeedSection, Root
from feedsvc.errors import Problem
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
    )


def _parents(root: Root) -> dict[str, str]:
    return {name: one.parent for name, one in root.categories.items() if one and one.parent}


def _feed(name: str, section: FeedSection, site: Site) -> FeedSpec:
    selection = Selection(categories=tuple(sorted(section.categories)), sources=tuple(sorted(section.sources)))
    return described(site, "" if name == ALL else name, name, selection, _stated(section))


def _category_feed(name: str, section: CategorySection, site: Site) -> FeedSpec:
    return described(site, name, section.slug or slug(name), Selection(categories=(name,)), _stated(section))


def _stated(section: DescribedSection) -> Stated:
    window = Window(items=section.window.items, hours=section.window.hours)
    return Stated(title=section.title, description=section.description, language=section.language, window=window)


def feed_contradictions(root: Root, place: Places) -> Iterator[Problem]:
    """Settings of feeds that are valid alone, and wrong together."""
    yield from _twice(root, place)
    yield from _circles(root, place)
    for name, feed in root.feeds.items():
        yield from _unknown_sources(name, feed, root.sources, place)
        has_selection = bool(feed.categories or feed.sources)
        if name == ALL and has_selection:
            reason = "all is every entry; it takes a title, description, language and window, and no selection"
            yield place.problem(("feeds", name), reason)
        if name != ALL and not has_selection:
            yield place.problem(
                ("feeds", name),
                "this feed selects nothing; write categories or sources. Every entry is in the feed all. The title "
                f"and window of a category's feed stand under categories.{name}",
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
            close = difflib.get_close_matches(source, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(known) or 'none'}"
            yield place.problem(("feeds", name, "sources", index), f"no source {shown(source)}; {hint}")
