"""
Which rules of the code the tests prove: each mutation of a module is one change that a test should notice.

    pip install -e '.[dev]'
    python -m tests.bench.mutation                  all modules, one after the other
    python -m tests.bench.mutation guard zones      some modules
    python -m tests.bench.mutation --rules guard    the rules of `mutation_rules` alone, each taken out
    python -m tests.bench.mutation --write          all modules, and the table in `mutation.md`

The mutations come from cosmic-ray (`mutation_operators`). The run itself is our own, for two reasons. Mutmut 3 changes
only bodies of functions without decorators, so that it finds no table, no threshold and no cached function. Cosmic-ray
starts pytest for each mutation, which costs two seconds of processor time before the first test runs. Here pytest
collects the tests once, and runs them once. Then each mutation has a fork of this process: the fork changes the module
in place and runs the tests until one fails. A mutation costs 20 to 200 milliseconds.

A mutation that cannot be imported is not counted. A mutation that takes four times as long as the tests do, and three
seconds, counts as noticed.
"""

import json
import os
import resource
import signal
import sys
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.bench.mutation_changes import change, mutations
from tests.bench.mutation_known import KNOWN
from tests.bench.mutation_place import install
from tests.bench.mutation_rules import RULES
from tests.bench.mutation_targets import TARGETS, Target

#: The modules that are mutated, by name.
MUTATED = frozenset(target.name for target in TARGETS if target.is_whole)

NOTICED, SURVIVED, INVALID = 1, 0, 2


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of the mutations of a module."""

    name: str
    noticed: int = 0
    #: Each as `line: before → after`.
    survivors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """How many mutations could be imported."""
        return self.noticed + len(self.survivors)

    @property
    def share(self) -> float:
        """Percent that a test noticed."""
        return 100 * self.noticed / max(1, self.total)


class Run:
    """A plugin of pytest that runs the collected tests once, and then once for each mutation."""

    def __init__(self, target: Target, *, is_rules: bool) -> None:
        self.target, self.is_rules = target, is_rules
        self.outcome = Outcome(name=target.name)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of pytest's own."""
        module = import_module(self.target.module)
        source = Path(str(module.__file__)).read_text("utf-8")
        items, cost = _in_order_of_cost(session)
        if (control := _forked(module, source, lambda: source, items, cost)) != (SURVIVED, ""):
            pytest.exit(f"{self.target.name}: tests fail on the module as it is, put in place again: {control}", 1)
        began = time.monotonic()
        if self.is_rules:
            self._take_rules_out(module, source, items, cost)
        else:
            for mutation in mutations(source, self.target.only):
                found, text = _forked(module, source, mutation, items, cost)
                self.outcome.noticed += found == NOTICED
                if found == SURVIVED and text:
                    self.outcome.survivors.append(text)
                    print(f"  survives: {text}", flush=True)
        self.outcome.seconds = time.monotonic() - began
        return True

    def _take_rules_out(self, module: types.ModuleType, source: str, items: list[pytest.Item], cost: float) -> None:
        for said, before, after in RULES[self.target.name]:
            if source.count(before) != 1:
                print(f"  not found, or twice: {said}")
                self.outcome.survivors.append(f"0: {said}")
                continue
            found, _ = _forked(module, source, lambda b=before, a=after: source.replace(b, a), items, cost)  # type: ignore[misc]
            self.outcome.noticed += found == NOTICED
            if found != NOTICED:
                print(f"  {'cannot be imported' if found == INVALID else 'SURVIVES'}: {said}", flush=True)
                self.outcome.survivors.append(f"0: {said}")


def _in_order_of_cost(session: pytest.Session) -> tuple[list[pytest.Item], float]:
    """The tests, the quickest first, and seconds of processor time that all of them take."""
    cost: dict[pytest.Item, float] = {}
    began = time.process_time()
    for item, passes in _passing(session.items):
        if not passes:
            pytest.exit(f"{item.nodeid} fails before any mutation", 1)
        cost[item], began = time.process_time() - began, time.process_time()
    ordered = sorted(session.items, key=cost.__getitem__)
    # A fork may begin with any test: nothing but what belongs to the session stays set up.
    session._setupstate.teardown_exact(session)  # type: ignore[arg-type]
    return ordered, sum(cost.values())


def _passing(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, bool]]:
    """Run tests, and say of each whether it passes."""
    for at, item in enumerate(items):
        # With a next item, pytest keeps what the modules and the session set up.
        following = items[(at + 1) % len(items)]
        yield item, not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _forked(
    module: types.ModuleType, source: str, changed: Callable[[], str], items: list[pytest.Item], cost: float
) -> tuple[int, str]:
    """What came of one change, and the change as text. For the unchanged source the text is empty."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (int(4 * cost) + 4, int(4 * cost) + 5))
        signal.alarm(300)
        _silent()
        found = INVALID
        try:
            after = changed()
            os.write(writer, change(source, after).encode()[:4000] if after != source else b"")
            install(module, after)
            found = NOTICED
            failed = next((at for at, (_, passes) in enumerate(_passing(items)) if not passes), None)
            os.write(writer, f"\0{failed}".encode())
            found = SURVIVED if failed is None else NOTICED
        finally:
            os._exit(found)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        text, _, number = pipe.read().decode("utf-8", "replace").partition("\0")
    _, status = os.waitpid(child, 0)
    if number.isdigit():
        # The test that noticed this change is tried first at the next one.
        items.insert(0, items.pop(int(number)))
    return (os.WEXITSTATUS(status) if os.WIFEXITED(status) else NOTICED), text


def _silent() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (1, 2):
        os.dup2(nowhere, number)


def measure(target: Target, *, is_rules: bool) -> Outcome:
    """Mutate a module. The process has to be a new one: pytest and the module are left as they are."""
    run = Run(target, is_rules=is_rules)
    chosen = ["-k", target.chosen] if target.chosen else []
    code = pytest.main(
        ["-n", "0", "-q", "-s", "--no-header", "--no-summary", "-p", "no:cacheprovider", *chosen, *target.tests], [run]
    )
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        sys.exit(f"{target.name}: pytest ends with {code}")
    return run.outcome


def why(name: str, survivor: str) -> str:
    """The reason why a mutation survives; empty where nobody gave one."""
    return next((reason for fragment, reason in KNOWN.get(name, {}).items() if fragment in survivor), "")


def in_a_process(target: Target, *, is_rules: bool) -> Outcome:
    """The outcome of `measure`, in a process of its own."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with os.fdopen(writer, "w", encoding="utf-8") as pipe:
            json.dump(asdict(measure(target, is_rules=is_rules)), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    if not said:
        sys.exit(f"{target.name}: its run ended without an outcome")
    return Outcome(**json.loads(said))


def told(outcome: Outcome) -> str:
    """A line for a module."""
    open_ones = [one for one in outcome.survivors if not why(outcome.name, one)]
    return (
        f"{outcome.name}: {outcome.noticed} of {outcome.total} noticed ({outcome.share:.1f} %), "
        f"{len(open_ones)} survive without a reason, {outcome.seconds:.0f} s"
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """All of it as Markdown."""
    lines = [
        "# Mutations", "", "Made by `python -m tests.bench.mutation --write`; the module's docstring says how.", "",
        "| module | mutations | noticed | % | survive with a reason | without |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for one in outcomes:
        reasons = [why(one.name, survivor) for survivor in one.survivors]
        given = sum(map(bool, reasons))
        lines.append(
            f"| {one.name} | {one.total} | {one.noticed} | {one.share:.1f} | {given} | {len(reasons) - given} |"
        )
    for one in outcomes:
        lines += ["", f"## {one.name}", ""] if one.survivors else []
        for reason, number in Counter(why(one.name, survivor) for survivor in one.survivors).items():
            lines += [f"- {number}: {reason}"] if reason else []
        lines += [f"- no reason: `{survivor}`" for survivor in one.survivors if not why(one.name, survivor)]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Print what survives, and a line for each module."""
    is_rules = "--rules" in arguments
    chosen = [one for one in arguments if not one.startswith("--")]
    outcomes = []
    for target in TARGETS:
        if (chosen and target.name not in chosen) or target.name not in (RULES if is_rules else MUTATED):
            continue
        outcomes.append(in_a_process(target, is_rules=is_rules))
        print(told(outcomes[-1]), flush=True)
    if "--write" in arguments:
        Path(__file__).with_suffix(".md").write_text(table(outcomes), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
