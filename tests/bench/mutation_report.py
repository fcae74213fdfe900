"""The findings of `tests.bench.mutation`, as lines and as a table, and the faults that let it end with exit code 1."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.mutation_known import KNOWN
from tests.bench.mutation_rules import RULES
from tests.bench.mutation_targets import TARGETS, Target

ROOT = Path(__file__).parents[2]

#: Percent of the mutations of a module that the tests have to notice.
LEAST = 90

#: The targets by name.
NAMED: Mapping[str, Target] = {target.name: target for target in TARGETS}


@dataclass(slots=True, kw_only=True)
class Outcome:
    """The outcome of the mutations of a module, and of its rules."""

    name: str
    noticed: int = 0
    #: Each as `line: before → after`.
    survivors: list[str] = field(default_factory=list)
    #: Number of rules that tests noticed when they were taken out.
    rules: int = 0
    #: The rules that no test noticed when they were taken out.
    unproved: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """The number of mutations that could be imported."""
        return self.noticed + len(self.survivors)

    @property
    def share(self) -> float:
        """Percent that a test noticed."""
        return 100 * self.noticed / max(1, self.total)

    @property
    def unexplained(self) -> list[str]:
        """The survivors for which nobody gave a reason."""
        return [one for one in self.survivors if not why(self.name, one)]


def why(name: str, survivor: str) -> str:
    """The reason why a mutation survives; empty where nobody gave one."""
    return next((reason for fragment, reason in KNOWN.get(name, {}).items() if fragment in survivor), "")


def lost() -> Iterator[str]:
    """The rows of the tables that name no target, or code that does not stand once in its module."""
    for key in (*RULES, *KNOWN):
        if key not in NAMED:
            yield f"{key}: no target has this name"
    for name in NAMED.keys() & RULES.keys():
        source = ROOT.joinpath(*NAMED[name].module.split(".")).with_suffix(".py").read_text("utf-8")
        for said, before, _ in RULES[name]:
            if source.count(before) != 1:
                yield f"{name}: the code of a rule stands {source.count(before)} times in the module: {said}"


def faults(outcome: Outcome, *, is_rules: bool) -> Iterator[str]:
    """The faults of a module, its tests or its reasons that somebody has to correct."""
    target = NAMED[outcome.name]
    if not outcome.total and not outcome.rules:
        yield "no mutation and no rule"
    if target.is_whole and not is_rules:
        if not outcome.total:
            yield "no mutation"
        elif outcome.share < LEAST:
            yield f"tests notice {outcome.share:.1f} % of the mutations, not {LEAST} %"
        yield from (f"survives without a reason: {one}" for one in outcome.unexplained)
    yield from (f"no test notices that a rule is taken out: {one}" for one in outcome.unproved)


def unused(outcome: Outcome) -> list[str]:
    """The reasons that no survivor needs. Another version of Python may need them: they are no fault."""
    return [one for one in KNOWN.get(outcome.name, {}) if not any(one in survivor for survivor in outcome.survivors)]


def told(outcome: Outcome) -> str:
    """A line for a module."""
    parts = []
    if outcome.total:
        parts.append(f"{outcome.noticed} of {outcome.total} mutations noticed ({outcome.share:.1f} %)")
        parts.append(f"{len(outcome.unexplained)} survive without a reason")
    if rules := outcome.rules + len(outcome.unproved):
        parts.append(f"{outcome.rules} of {rules} rules noticed")
    return f"{outcome.name}: {', '.join(parts)}, {outcome.seconds:.0f} s"


HEAD = """# Mutations

Made by `python -m tests.bench.mutation --write`; the module's docstring says how.

| module | mutations | noticed | % | survive with a reason | without | rules taken out | noticed |
|---|---|---|---|---|---|---|---|
"""

#: The name of a module, at the head of its row.
ROW = re.compile(r"\| (\w+) \|")


def table(outcomes: Sequence[Outcome], before: str) -> str:
    """The outcomes as Markdown. A module that was not run keeps its row and its section of `before`."""
    rows = {match[1]: line for line in before.splitlines() if (match := ROW.match(line))}
    _, *texts = before.split("\n## ")
    sections = {text.partition("\n")[0]: f"\n## {text.rstrip()}\n" for text in texts}
    for one in outcomes:
        rows[one.name], sections[one.name] = _row(one), _section(one)
    names = [name for name in NAMED if name in rows]
    return "".join([HEAD, *(f"{rows[name]}\n" for name in names), *(sections.get(name, "") for name in names)])


def _row(outcome: Outcome) -> str:
    share = f"{outcome.share:.1f}" if outcome.total else ""
    given = len(outcome.survivors) - len(outcome.unexplained)
    return (
        f"| {outcome.name} | {outcome.total} | {outcome.noticed} | {share} | {given} | {len(outcome.unexplained)} "
        f"| {outcome.rules + len(outcome.unproved)} | {outcome.rules} |"
    )


def _section(outcome: Outcome) -> str:
    """Why mutations survive. Empty where none survives."""
    numbers = Counter(why(outcome.name, survivor) for survivor in outcome.survivors)
    lines = [
        *(f"- {number}: {reason}" for reason, number in numbers.items() if reason),
        *(f"- no reason: `{survivor}`" for survivor in outcome.unexplained),
        *(f"- no test notices without it: {said}" for said in outcome.unproved),
    ]
    return "\n".join([f"\n## {outcome.name}\n", *lines, ""]) if lines else ""
