"""`{author: {equals: 机器人}}`: a field is one of the texts. Pure."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from feedsvc.errors import FilterError
from feedsvc.filters.folding import folded
from feedsvc.filters.kinds.bases import Match, texts_of
from feedsvc.filters.readable import Readable

MAX_TEXTS = 1000

#: Characters of a text.
MAX_TEXT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Equals(Match):
    """Whole texts, as they were written. Width, case and script do not count."""

    key: ClassVar = "equals"
    texts: tuple[str, ...]

    def fits(self, entry: Readable) -> bool:
        """Whether a text of the field is one of the texts."""
        wanted = self._wanted()
        return any(text in wanted for text in entry.folded(self.field))

    def test(self) -> dict[str, Any]:
        """The folded texts in order, each once."""
        return {"equals": sorted(self._wanted())}

    @classmethod
    def read(cls, field: str, value: dict[str, Any]) -> Self:
        """The texts as they are written."""
        try:
            return cls(field=field, texts=texts_of(value["equals"], MAX_TEXTS, MAX_TEXT))
        except FilterError as error:
            raise error.within("equals") from error

    def _wanted(self) -> frozenset[str]:
        found: frozenset[str] = self.kept.get(lambda: frozenset(map(folded, self.texts)))
        return found
