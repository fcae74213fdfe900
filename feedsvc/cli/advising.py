"""What works, but not as its author may think, seen only together with the articles."""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import replace

from feedsvc.config import Config
from feedsvc.errors import FeedsvcError, Problem
from feedsvc.store import Store, feeds, migrate, open_store

#: An unknown name is answered with so many of those that there are.
MAX_NAMES = 20


def unsourced(config: Config, used: Collection[str]) -> Iterator[Problem]:
    """Categories that a defined feed asks for, and that no article and no source has; with the nearest of others."""
    known = sorted(config.given.union(used))
    folded = {name.casefold(): name for name in known}
    for name, place in config.asked:
        if name in known:
            continue
        close = difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)
        near = [folded[one] for one in close]
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {_listed(known)}"
        yield replace(place, reason=f"{place.reason}no article has the category {name!r} yet; {hint}")


def imported_categories(store: Store) -> set[str]:
    """The categories of what is imported."""
    with store.read() as db:
        return feeds.used_categories(db)


def categories_so_far(config: Config) -> set[str]:
    """The same for who only looks at the sources: nothing where there is no database that can be read."""
    try:
        store = open_store(config.database_url)
    except FeedsvcError:
        return set()
    try:
        migrate.require_current(store)
        return imported_categories(store)
    except FeedsvcError:
        return set()
    finally:
        store.close()


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    return f"{', '.join(names[:MAX_NAMES]) or 'none'}{more}"
