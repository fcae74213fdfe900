"""Rules that are each taken out by hand: module → what the rule says, the code, and the code without the rule."""

from collections.abc import Mapping

#: Said, before, after. `before` stands once in the module.
Rule = tuple[str, str, str]

RULES: Mapping[str, tuple[Rule, ...]] = {}
