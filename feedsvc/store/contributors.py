"""An entry's contributors as JSON, for a column of the entry, and back."""

from collections.abc import Iterable
from typing import Any

from feedsvc.identity import shallow
from feedsvc.model import Author


def contributors_out(people: Iterable[Author]) -> list[dict[str, Any]]:
    """What is stored of an entry's contributors."""
    return [shallow(one) for one in people]


def contributors_in(stored: Iterable[dict[str, Any]] | None) -> tuple[Author, ...]:
    """The contributors that are stored; none where an older version stored the entry."""
    return tuple(Author(**one) for one in stored or ())
