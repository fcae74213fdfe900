"""The table of filters. Pure."""

from feedsvc.filters.kinds.age import Newer, Older
from feedsvc.filters.kinds.bases import Combination, Match, Measure
from feedsvc.filters.kinds.combined import AllOf, AnyOf, NoneOf
from feedsvc.filters.kinds.equals import Equals
from feedsvc.filters.kinds.has import Has
from feedsvc.filters.kinds.length import Longer, Shorter
from feedsvc.filters.kinds.regex import Regex
from feedsvc.filters.kinds.words import Words

#: The kinds of filters. The shape of a kind (Match, Measure, Combination) says where its key stands in a form.
FILTERS: tuple[type[Match | Measure | Combination], ...] = (
    Regex, Words, Equals, Newer, Older, Has, Longer, Shorter, AllOf, AnyOf, NoneOf,
)  # fmt: skip

#: By key: tests of a field, conditions with a value, and combinations.
MATCHES: dict[str, type[Match]] = {one.key: one for one in FILTERS if issubclass(one, Match)}
MEASURES: dict[str, type[Measure]] = {one.key: one for one in FILTERS if issubclass(one, Measure)}
COMBINATIONS: dict[str, type[Combination]] = {one.key: one for one in FILTERS if issubclass(one, Combination)}
