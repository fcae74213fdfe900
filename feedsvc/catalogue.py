"""Which feeds the configuration asks for. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedsvc.model import FeedSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The feeds of a configuration."""

    specs: Sequence[FeedSpec]
    #: The configured categories, each with its configured slug.
    categories: Mapping[str, str | None]
