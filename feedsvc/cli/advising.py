"""Warnings about a valid configuration that need the articles, the date, or the machine."""

import difflib
import shutil
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from feedsvc.catalogue import ALL
from feedsvc.cli.wording import MAX_NAMES
from feedsvc.config import Config
from feedsvc.config.values import ANY_FEED
from feedsvc.errors import Problem
from feedsvc.normalize import slug, slug_key


def unsourced(config: Config, used: Collection[str]) -> Iterator[Problem]:
    """
    Categories that a feed or a section names, and that no article and no source has; each with the nearest ones.

    `used` are the categories of articles.
    """
    known = config.given.union(used)
    folded = {name.casefold(): name for name in sorted(known)}
    for name, place in config.asked:
        if name in known:
            continue
        close = difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)
        near = [folded[one] for one in close]
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {_listed(sorted(known))}"
        yield replace(place, reason=f"{place.reason}no article has the category {name!r} yet; {hint}")


def unfed(config: Config, used: Collection[str], stored: Collection[str]) -> Iterator[Problem]:
    """
    Aliases of feeds that do not exist: they answer 404.

    `used` are the categories of articles, `stored` the slugs of feeds, as `slug_key` has them.
    """
    named = {name: slug(name) for name in sorted(config.given.union(used))}
    named |= {name: spec.slug for name, spec in config.catalogue.categories.items()}
    defined = (spec.slug for spec in config.catalogue.feeds.values())
    slugs = {slug_key(one): one for one in (ALL, *defined, *named.values())}
    for alias, place in config.aliased:
        wanted, _ = config.aliases[alias]
        if wanted == ANY_FEED or slug_key(wanted) in slugs or slug_key(wanted) in stored:
            continue
        near = [slugs[one] for one in difflib.get_close_matches(slug_key(wanted), slugs, n=3, cutoff=0.5)]
        hint = (
            f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {_listed(sorted(slugs.values()))}"
        )
        yield replace(place, reason=f"{place.reason}no feed has the name {wanted!r} yet; {hint}")


def untimely(config: Config, now: datetime) -> Iterator[Problem]:
    """A tag with a future year: nobody had the domain then."""
    year = config.site.tag.rpartition(",")[2][:4]
    if int(year) > now.year:
        reason = f"site.tag: {year} is yet to come; write a year in which you had the domain"
        yield Problem(place=str(config.path), reason=reason)


def absent(config: Config) -> Iterator[Problem]:
    """Programs of sources that this machine does not have. A worker on another machine may have them."""
    for spec in config.upstreams:
        if spec.program and shutil.which(spec.program.command[0]) is None:
            reason = (
                f"sources.{spec.name}.program.command: {spec.program.command[0]}: there is no such program here, or it "
                "may not be executed; each machine with a worker needs it"
            )
            yield Problem(place=str(config.path), reason=reason)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    return f"{', '.join(names[:MAX_NAMES]) or 'none'}{more}"
