"""`{title: {regex: 芯片|GPU}}`: a pattern is found in a field. Pure."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from feedsvc.errors import FilterError
from feedsvc.filters.kinds.bases import Match
from feedsvc.filters.patterns import Search, searcher
from feedsvc.filters.readable import Readable


@dataclass(frozen=True, slots=True, kw_only=True)
class Regex(Match):
    """A pattern, found anywhere in a text of the field."""

    key: ClassVar = "regex"
    pattern: str
    #: Whether case counts.
    is_cased: bool = False

    def fits(self, entry: Readable) -> bool:
        """Whether the pattern is in a text of the field."""
        search: Search = self.kept.get(lambda: searcher(self.pattern, is_cased=self.is_cased))
        return any(search(text) for text in entry.encoded(self.field))

    def test(self) -> dict[str, Any]:
        """The pattern, and `case` where it counts."""
        return {"regex": self.pattern, **({"case": True} if self.is_cased else {})}

    @classmethod
    def read(cls, field: str, value: dict[str, Any]) -> Self:
        """The pattern is compiled to find its faults."""
        pattern, case = value["regex"], value.get("case", False)
        if not isinstance(pattern, str):
            raise FilterError.at(("regex",), "write a pattern in quotes, e.g. '芯片|GPU'")
        if not isinstance(case, bool):
            raise FilterError.at(("case",), "write true or false")
        try:
            searcher(pattern, is_cased=case)
        except FilterError as error:
            raise error.within("regex") from error
        return cls(field=field, pattern=pattern, is_cased=case)
