"""
The rules of a source, `keep` and `drop`: patterns that are looked for in an entry as readers see it. Pure.

A title is what stands on the page, so `R&D` is `R&D` in every format, and markup within it is nothing; content is the
text of an article, without its tags and addresses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from feedsvc.model import Rule

#: Seconds that a pattern of the configuration may take for one text.
RULE_SECONDS = 0.2

#: Characters of a text that rules look through.
MAX_SEARCHED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What a reader sees of an entry: plain text."""

    title: str
    #: Empty where the entry has no page.
    link: str
    authors: tuple[str, ...]
    #: What the feed itself files it under.
    tags: tuple[str, ...]
    #: Gives the article's text; only asked where a rule looks into it.
    text: Callable[[], str]

    def fields(self, name: str) -> Iterator[str]:
        """The texts of the field that a rule names."""
        if name in {"title", "any"}:
            yield self.title
        if name in {"link", "any"}:
            yield self.link
        if name in {"author", "any"}:
            yield from self.authors
        if name in {"category", "any"}:
            yield from self.tags
        if name in {"content", "any"}:
            yield self.text()[:MAX_SEARCHED]


def is_kept(entry: Readable, keep: tuple[Rule, ...], drop: tuple[Rule, ...], slow: set[Rule]) -> bool:
    """
    Whether the rules let an entry be shown: one of `keep`, where there are any, fits it, and none of `drop`.

    A rule that takes too long fits nothing, and joins `slow`; those in it are not tried again.
    """
    return (not keep or _fits(entry, keep, slow)) and not _fits(entry, drop, slow)


def _fits(entry: Readable, rules: tuple[Rule, ...], slow: set[Rule]) -> bool:
    return any(_is_in(rule, text, slow) for rule in rules for text in entry.fields(rule.field))


def _is_in(rule: Rule, text: str, slow: set[Rule]) -> bool:
    if rule in slow:
        return False
    try:
        return regex.search(rule.pattern, text, regex.IGNORECASE, timeout=RULE_SECONDS) is not None
    except TimeoutError:
        slow.add(rule)
        return False


def slow_rule(rule: Rule) -> str:
    """What an operator is told of a rule that takes too long."""
    return f"the rule {rule.field}: {rule.pattern} takes too long, and is left out; write it without repeats in repeats"
