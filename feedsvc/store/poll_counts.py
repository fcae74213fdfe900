"""The numbers of polls of an upstream, and the times that its last answers took. They are saved with each poll."""

from typing import Protocol

import sqlalchemy as sa

from feedsvc.store.schema import upstream

#: The times of so many answers are stored.
MOST_DURATIONS = 50

#: The results that a poll may have, each counted in a column of its own.
RESULTS = ("changed", "unchanged", "failed", "missed")

#: What the names of parameters begin with whose values are added to a column.
ADD = "add_"

#: The columns that count polls, each with its new value.
ADDED = {f"polls_{one}": upstream.c[f"polls_{one}"] + sa.bindparam(f"{ADD}{one}") for one in RESULTS}


class Counted(Protocol):
    """The part of the result of a poll that is counted."""

    @property
    def error(self) -> str | None:
        """The error of a poll that failed."""

    @property
    def is_changed(self) -> bool:
        """Whether it brought a new or changed entry."""

    @property
    def is_missing(self) -> bool:
        """Whether entries may have been missed since the poll before."""

    @property
    def seconds(self) -> float | None:
        """How long the answer took; None if there was none."""


def counted(former: str | None, outcome: Counted) -> dict[str, object]:
    """The parameters that count a poll. `former` are the times of the answers before."""
    result = "failed" if outcome.error is not None else "changed" if outcome.is_changed else "unchanged"
    is_so = {result: True, "missed": outcome.is_missing}
    times = (former or "").split()
    if outcome.seconds is not None:
        times.append(str(round(outcome.seconds * 1000)))
    numbers = {f"{ADD}{one}": int(is_so.get(one, False)) for one in RESULTS}
    return {"durations": " ".join(times[-MOST_DURATIONS:]) or None, **numbers}


def durations_of(stored: str | None) -> tuple[int, ...]:
    """The times that the last answers took, in milliseconds, the oldest first."""
    return tuple(map(int, (stored or "").split()))
