"""`{longer: 500}`, `{shorter: 100}`: the text of an article has more characters, or fewer. Pure."""

import re
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, ClassVar, Self

from feedsvc.errors import FilterError
from feedsvc.filters.kinds.bases import Measure
from feedsvc.filters.readable import Readable

NUMBER = re.compile(r"[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer(Measure):
    """The text has more characters than this."""

    key: ClassVar = "longer"
    longer: int

    @property
    def needs(self) -> frozenset[str]:
        """The text."""
        return frozenset({"content"})

    def fits(self, entry: Readable) -> bool:
        """Whether the text is longer."""
        return len(entry.article()) > self.longer

    def form(self) -> dict[str, Any]:
        """The number."""
        return {"longer": self.longer}

    @classmethod
    def read(cls, value: Any, zone: tzinfo) -> Self:  # noqa: ARG003 - the same for all measures
        """A number of characters."""
        return cls(longer=_number(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorter(Measure):
    """The text has fewer characters than this."""

    key: ClassVar = "shorter"
    shorter: int

    @property
    def needs(self) -> frozenset[str]:
        """The text."""
        return frozenset({"content"})

    def fits(self, entry: Readable) -> bool:
        """Whether the text is shorter."""
        return len(entry.article()) < self.shorter

    def form(self) -> dict[str, Any]:
        """The number."""
        return {"shorter": self.shorter}

    @classmethod
    def read(cls, value: Any, zone: tzinfo) -> Self:  # noqa: ARG003 - the same for all measures
        """A number of characters."""
        return cls(shorter=_number(value))


def _number(value: Any) -> int:
    if isinstance(value, bool) or not NUMBER.fullmatch(str(value)):
        raise FilterError.at((), "write a whole number of characters, e.g. 500")
    return int(value)
