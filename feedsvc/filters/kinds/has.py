"""`{has: picture}`: an entry has a part that others lack. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, ClassVar, Self

from feedsvc.errors import FilterError
from feedsvc.filters.kinds.bases import Measure
from feedsvc.filters.readable import Readable

#: The name of a part → whether an entry has it.
PARTS: dict[str, Callable[[Readable], bool]] = {
    "enclosure": lambda entry: entry.has_enclosure,
    "picture": lambda entry: entry.has_picture(),
    # A teaser ends where its summary ends. The summary of a long text is its beginning.
    "text": lambda entry: len(entry.article()) > len(entry.teaser()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Has(Measure):
    """The entry has an attached file, a picture, or more text than its summary."""

    key: ClassVar = "has"
    has: str

    @property
    def needs(self) -> frozenset[str]:
        """Content has pictures, and ends where the summary ends, or later."""
        return frozenset({"enclosure"} if self.has == "enclosure" else {"content"})

    def fits(self, entry: Readable) -> bool:
        """Whether the entry has the part."""
        return PARTS[self.has](entry)

    def form(self) -> dict[str, Any]:
        """The name of the part."""
        return {"has": self.has}

    @classmethod
    def read(cls, value: Any, zone: tzinfo) -> Self:  # noqa: ARG003 - the same for all measures
        """The name of a part."""
        if not isinstance(value, str) or value not in PARTS:
            raise FilterError.at((), f"write one of: {', '.join(PARTS)}")
        return cls(has=value)
