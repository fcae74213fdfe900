"""The time when a permanent redirect of an upstream is adopted. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: A new URL is adopted if two answers this far apart both name it, and no answer between them names another.
MOVES_APART = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The URL to which an upstream redirects permanently, and since when it does."""

    url: str
    since: datetime


def moving(move: Move | None, moved_to: str | None, now: datetime) -> tuple[Move | None, str | None]:
    """The move to remember after one more answer, and the new URL if it is adopted now."""
    if moved_to is None:
        return None, None
    if move is None or move.url != moved_to:
        return Move(url=moved_to, since=now), None
    return (None, moved_to) if now - move.since >= MOVES_APART else (move, None)
