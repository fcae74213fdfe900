"""
The rules of a source, `keep` and `drop`: patterns that are searched in the visible text of an entry. Pure.

A title is plain text, so `R&D` matches `R&D` whatever format the source has. Content is the text of an article, without
tags and addresses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from feedsvc.model import Rule

#: Time limit for searching a pattern of the configuration in one text, in seconds.
RULE_SECONDS = 0.2

#: Number of characters of a text that rules search.
MAX_SEARCHED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """The visible fields of an entry, as plain text."""

    title: str
    #: Empty if the entry has no page.
    link: str
    authors: tuple[str, ...]
    #: The tags that the upstream gives the entry.
    tags: tuple[str, ...]
    #: Returns the article's text. It is called only if a rule searches the content.
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
    Whether an entry is shown: at least one rule of `keep` matches (if there are any), and no rule of `drop` matches.

    A rule that takes too long matches nothing. It is added to `slow`, and rules in `slow` are not tried again.
    """
    return (not keep or _matches_any(entry, keep, slow)) and not _matches_any(entry, drop, slow)


def _matches_any(entry: Readable, rules: tuple[Rule, ...], slow: set[Rule]) -> bool:
    return any(_matches(rule, text, slow) for rule in rules for text in entry.fields(rule.field))


def _matches(rule: Rule, text: str, slow: set[Rule]) -> bool:
    if rule in slow:
        return False
    try:
        return regex.search(rule.pattern, text, regex.IGNORECASE, timeout=RULE_SECONDS) is not None
    except TimeoutError:
        slow.add(rule)
        return False


def slow_rule(rule: Rule) -> str:
    """The message for the operator about a rule that takes too long."""
    return f"the rule {rule.field}: {rule.pattern} takes too long and is skipped; write it without nested repetitions"
