"""
Why a stored entry is shown, or is not. Pure.

A reason is data: the command line words it. All reasons of an entry are told, the first one first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from feedsvc.filters import forms
from feedsvc.filters.kinds.bases import Condition
from feedsvc.filters.rules import objection
from feedsvc.model import Rules
from feedsvc.store.seed_files import HELD
from feedsvc.store.traces import File, Member, Story

#: Reasons why an entry, or a file without an entry, is not shown; and notes about one that may be shown.
ReasonKind = Literal[
    "private", "gone", "problem", "hidden", "blocked", "withdrawn", "dropped", "future", "waiting", "other", "unknown",
    "held", "plain", "judged_again",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A condition of a filter in the form of the configuration, and its answer."""

    condition: Mapping[str, Any]
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason, with what its words need."""

    kind: ReasonKind
    #: When the entry was withdrawn, or is due.
    at: datetime | None = None
    #: A path, the name of the source that is shown, or `keep` and `drop`.
    name: str = ""
    #: A problem of a file, or why an entry is plain text.
    message: str = ""
    line: int | None = None
    #: The filters of the rule in the form of the configuration, and the conditions that decided.
    rule: str = ""
    conditions: tuple[Told, ...] = ()
    #: Characters of the content that is shown, and of this one.
    shown_size: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the configuration says of the sources, by their names."""

    #: Of upstreams.
    rules: Mapping[str, Rules]
    #: The sources whose entries are published before their dates.
    has_future: frozenset[str]


def told(conditions: Iterable[tuple[Condition, bool]]) -> tuple[Told, ...]:
    """The conditions of a decision, as data."""
    return tuple(Told(condition=one.form(), fits=fits) for one, fits in conditions)


def reasons(one: Member, story: Story, settings: Settings, now: datetime) -> tuple[Reason, ...]:
    """Why readers do not see an entry, the first reason first; none for an entry that they see."""
    if one.is_public:
        return ()
    found = []
    if one.is_private:
        found.append(Reason(kind="private"))
    if one.withdrawn_at is not None:
        found.append(_withdrawn(one))
    if not one.is_kept:
        found.append(_dropped(one, settings.rules.get(one.source)))
    is_early = one.published is not None and one.published > now and one.source not in settings.has_future
    if one.is_waiting and is_early:
        found.append(Reason(kind="future", at=one.published))
    if found:
        return tuple(found)
    if one.is_waiting:
        return (Reason(kind="waiting"),)
    return (_instead(one, story),)


def _withdrawn(one: Member) -> Reason:
    """Why an entry was withdrawn, as far as its file tells."""
    there = [file for file in one.files if not file.is_gone]
    if there:
        return _of_file(there[0], one.withdrawn_at)
    if one.files:
        return Reason(kind="gone", name=one.files[0].path, at=one.withdrawn_at)
    return Reason(kind="withdrawn", at=one.withdrawn_at)


def of_file(file: File) -> Reason:
    """Why a file that never was published has no entry."""
    return Reason(kind="gone", name=file.path) if file.is_gone else _of_file(file, None)


def _of_file(file: File, at: datetime | None) -> Reason:
    if file.is_blocked:
        return Reason(kind="blocked", name=file.path, at=at)
    if file.problem:
        return Reason(kind="problem", name=file.path, message=file.problem, line=file.line, at=at)
    return Reason(kind="hidden", name=file.path, at=at)


def _dropped(one: Member, rules: Rules | None) -> Reason:
    """The rule that drops an entry. The present rules may not: then it is judged again."""
    against = objection(one.readable, rules.keep, rules.drop) if rules else None
    if against is None:
        return Reason(kind="judged_again")
    return Reason(
        kind="dropped", name=against.rule, rule=forms.canonical(against.filters), conditions=told(against.conditions)
    )


def _instead(one: Member, story: Story) -> Reason:
    """The member that its story shows instead."""
    shown = next((other for other in story.members if other.is_public), None)
    if shown is None:
        return Reason(kind="unknown")
    return Reason(kind="other", name=shown.source, shown_size=len(shown.content), size=len(one.content))


def notes(one: Member) -> tuple[Reason, ...]:
    """Facts about an entry that is not withdrawn, and that may not be as its author expects."""
    found = []
    for file in one.files if one.withdrawn_at is None else ():
        if file.problem or file.is_blocked:
            found.append(_of_file(file, None))
        if file.hold == HELD:
            found.append(Reason(kind="held", name=file.path))
    if one.fallback:
        found.append(Reason(kind="plain", message=one.fallback))
    return tuple(found)
