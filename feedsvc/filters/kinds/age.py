"""`{newer: 7d}`, `{older: 2026-01-01}`: an entry was published since a time, or before it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, ClassVar, Self

from feedsvc.errors import FilterError
from feedsvc.filters.kinds.bases import Measure
from feedsvc.filters.readable import Readable
from feedsvc.normalize.moments import moment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: A time, or a duration before the arrival of the entry: so the answer for an entry never changes with the clock.
Limit = datetime | timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer(Measure):
    """The entry was published at this time or later. An entry without a date was published when it arrived."""

    key: ClassVar = "newer"
    newer: Limit

    @property
    def needs(self) -> frozenset[str]:
        """The two times of an entry."""
        return frozenset({"published", "arrived"})

    def fits(self, entry: Readable) -> bool:
        """Whether the entry is as new."""
        return _is_since(entry, self.newer)

    def form(self) -> dict[str, Any]:
        """The time in UTC, or the duration."""
        return {"newer": _written(self.newer)}

    @classmethod
    def read(cls, value: Any, zone: tzinfo) -> Self:
        """A date, a time or a duration."""
        return cls(newer=_limit(value, zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Older(Measure):
    """The entry was published before this time: it is not newer."""

    key: ClassVar = "older"
    older: Limit

    @property
    def needs(self) -> frozenset[str]:
        """The two times of an entry."""
        return frozenset({"published", "arrived"})

    def fits(self, entry: Readable) -> bool:
        """Whether the entry is older."""
        return not _is_since(entry, self.older)

    def form(self) -> dict[str, Any]:
        """The time in UTC, or the duration."""
        return {"older": _written(self.older)}

    @classmethod
    def read(cls, value: Any, zone: tzinfo) -> Self:
        """A date, a time or a duration."""
        return cls(older=_limit(value, zone))


def _is_since(entry: Readable, limit: Limit) -> bool:
    published = entry.published or entry.arrived
    if published is None:
        return True
    if isinstance(limit, datetime):
        return published >= limit
    return entry.arrived is None or entry.arrived - published <= limit


def _limit(value: Any, zone: tzinfo) -> Limit:
    # YAML in the environment makes dates of some texts.
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    found = moment(text, zone)
    if found is None:
        raise FilterError.at(
            (), "write a date (2026-11-24, 2026-11-24T12:00) or a duration up to ten years (48h, 7d, 2w)"
        )
    return found


def _written(limit: Limit) -> str:
    if isinstance(limit, datetime):
        return limit.isoformat()
    return f"{limit // DAY}d" if not limit % DAY else f"{limit // HOUR}h"
