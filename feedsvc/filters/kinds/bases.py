"""The shapes of filters: a condition on an entry, a condition on a field of it, a combination of filters. Pure."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, ClassVar, Self

from feedsvc.errors import Fault, FilterError
from feedsvc.filters.readable import FIELDS, Readable
from feedsvc.model import Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Filter, ABC):
    """A filter without filters in it."""

    #: The key of the filter's form.
    key: ClassVar[str]

    @property
    @abstractmethod
    def needs(self) -> frozenset[str]:
        """The parts of an entry that the condition looks at (`readable.PARTS` and `readable.MORE_PARTS`)."""

    @abstractmethod
    def fits(self, entry: Readable) -> bool:
        """Whether the condition holds for an entry."""

    @abstractmethod
    def form(self) -> dict[str, Any]:
        """The condition as JSON has it. Conditions of one meaning have one form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Condition, ABC):
    """A condition with a value: `{newer: 7d}`."""

    @classmethod
    @abstractmethod
    def read(cls, value: Any, zone: tzinfo) -> Self:
        """The condition of a value of its form. `zone` is that of local times. Raises FilterError."""


class Kept:
    """
    The form in which a filter compares texts, made at its first use. The filter keeps it as long as it lives itself.

    The filters of a configuration are as many as the configuration has, and all of them look at each entry. A common
    memory of the last forms would lose each before its next use. Another process makes its own form.
    """

    __slots__ = ("form",)

    def get(self, make: Callable[[], Any]) -> Any:
        """The form, which `make` makes."""
        if not hasattr(self, "form"):
            self.form = make()
        return self.form

    def __reduce__(self) -> tuple[type[Self], tuple[()]]:
        """A compiled pattern cannot be sent to another process."""
        return type(self), ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Condition, ABC):
    """A condition on the texts of a field: `{title: {words: [华为]}}`."""

    #: One of `readable.FIELDS`.
    field: str
    kept: Kept = dataclasses.field(default_factory=Kept, init=False, repr=False, compare=False)

    @property
    def needs(self) -> frozenset[str]:
        """The parts of the field."""
        return frozenset(FIELDS[self.field])

    @classmethod
    @abstractmethod
    def read(cls, field: str, value: dict[str, Any]) -> Self:
        """The condition of the mapping that stands behind its field. Raises FilterError."""

    def form(self) -> dict[str, Any]:
        """The field, and the test behind it."""
        return {self.field: self.test()}

    @abstractmethod
    def test(self) -> dict[str, Any]:
        """The mapping behind the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether a filter fits an entry, and the conditions that are enough to know it, each with its own answer."""

    fits: bool
    by: tuple[tuple[Condition, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination(Filter, ABC):
    """A filter that is made of filters."""

    key: ClassVar[str]
    filters: tuple[Filter, ...]

    @staticmethod
    @abstractmethod
    def decided(parts: Iterator[Decision]) -> Decision:
        """The decision that follows from those of the filters, which are made one by one."""


def first(parts: Iterator[Decision], *, fits: bool) -> Decision:
    """The first decision with this answer; else the other answer, by all conditions."""
    by: tuple[tuple[Condition, bool], ...] = ()
    for part in parts:
        if part.fits is fits:
            return part
        by += part.by
    return Decision(fits=not fits, by=by)


def texts_of(value: Any, most: int, longest: int) -> tuple[str, ...]:
    """The texts of a list, or one text, each once. Raises FilterError."""
    given = value if isinstance(value, list) else [value]
    if not 1 <= len(given) <= most:
        raise FilterError.at((), f"write 1 to {most} texts, e.g. [甲, 乙]")
    faults = [
        (index,) if isinstance(value, list) else () for index, one in enumerate(given) if not _is_text(one, longest)
    ]
    if faults:
        reason = f"write a text of 1 to {longest} characters"
        raise FilterError([Fault(fault, reason) for fault in faults])
    return tuple(dict.fromkeys(str(one) for one in given))


def _is_text(value: Any, longest: int) -> bool:
    """Whether a value is a text; YAML in the environment makes numbers of some."""
    is_plain = isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))
    return is_plain and len(str(value).strip()) > 0 and len(str(value)) <= longest
