"""Words and lists in messages."""

import difflib
from collections.abc import Sequence

from feedsvc.normalize.wording import BLOCKED, plural, span

__all__ = ["BLOCKED", "MAX_NAMES", "near", "plural", "span"]

#: At most so many names are listed where a name is unknown.
MAX_NAMES = 20


def near(name: str, names: Sequence[str]) -> str:
    """The sources that are most like an unknown name; else the first of all sources."""
    close = difflib.get_close_matches(name, names, n=3) or names[:MAX_NAMES]
    more = f" and {len(names) - len(close)} more (feedsvc sources)" if len(names) > len(close) else ""
    return f"{', '.join(close) or 'none'}{more}"
