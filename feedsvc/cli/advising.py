"""What works, but not as its author may think, seen only together with what the articles say."""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import replace

from feedsvc.config import Config
from feedsvc.errors import Problem

#: An unknown name is answered with so many of those that there are.
MAX_NAMES = 20


def unsourced(config: Config, used: Collection[str]) -> Iterator[Problem]:
    """
    Categories that a defined feed asks for, and that no article and no source has; with the nearest of others.

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


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    return f"{', '.join(names[:MAX_NAMES]) or 'none'}{more}"
