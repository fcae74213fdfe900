"""`{all: […]}`, `{any: […]}`, `{none: […]}`: filters that are made of filters. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from feedsvc.filters.kinds.bases import Combination, Decision, first


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf(Combination):
    """Each of the filters fits. Without filters, every entry does."""

    key: ClassVar = "all"

    @staticmethod
    def decided(parts: Iterator[Decision]) -> Decision:
        """The first filter that does not fit decides."""
        return first(parts, fits=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Combination):
    """One of the filters fits. Without filters, no entry does."""

    key: ClassVar = "any"

    @staticmethod
    def decided(parts: Iterator[Decision]) -> Decision:
        """The first filter that fits decides."""
        return first(parts, fits=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf(Combination):
    """None of the filters fits. Without filters, every entry does."""

    key: ClassVar = "none"

    @staticmethod
    def decided(parts: Iterator[Decision]) -> Decision:
        """The first filter that fits decides."""
        found = first(parts, fits=True)
        return replace(found, fits=not found.fits)
