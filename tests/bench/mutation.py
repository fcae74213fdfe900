"""
The rules of the code that the tests prove: each mutation of a module is one change that a test should notice.

    pip install -e '.[dev]'
    python -m tests.bench.mutation                  all modules, one after the other
    python -m tests.bench.mutation guard zones      some modules
    python -m tests.bench.mutation --rules guard    the rules of `mutation_rules` alone, each taken out
    python -m tests.bench.mutation --write          all modules, and the table in `mutation.md`
    python -m tests.bench.mutation --write guard    one module, and its part of the table

It ends with exit code 1 if the tests of a module notice less than 90 % of its mutations, if a mutation survives without
a reason in `mutation_known`, if no test notices a rule that is taken out, and if a table names code or a module that
is not there.

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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.bench.mutation_changes import change, mutations
from tests.bench.mutation_place import install
from tests.bench.mutation_report import NAMED, Outcome, faults, lost, table, told, unused
from tests.bench.mutation_rules import RULES
from tests.bench.mutation_targets import TARGETS, Target

NOTICED, SURVIVED, INVALID = 1, 0, 2


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
        if self.target.is_whole and not self.is_rules:
            for mutation in mutations(source, self.target.only):
                found, text = _forked(module, source, mutation, items, cost)
                self.outcome.noticed += found == NOTICED
                if found == SURVIVED and text:
                    self.outcome.survivors.append(text)
                    print(f"  survives: {text}", flush=True)
        self._take_rules_out(module, source, items, cost)
        self.outcome.seconds = time.monotonic() - began
        return True

    def _take_rules_out(self, module: types.ModuleType, source: str, items: list[pytest.Item], cost: float) -> None:
        for said, before, after in RULES.get(self.target.name, ()):
            found, _ = _forked(module, source, lambda b=before, a=after: source.replace(b, a), items, cost)  # type: ignore[misc]
            if found == NOTICED:
                self.outcome.rules += 1
            else:
                self.outcome.unproved.append(f"{said}{' (cannot be imported)' if found == INVALID else ''}")


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
    """The outcome of one change, and the change as text. For the unchanged source the text is empty."""
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


def main(arguments: Sequence[str]) -> None:
    """Print what survives, a line for each module, and what has to be put right: then the exit code is 1."""
    options = {one for one in arguments if one.startswith("--")}
    chosen = [one for one in arguments if one not in options]
    is_rules = "--rules" in options
    wrong = [*lost(), *(f"{one}: no target has this name" for one in chosen if one not in NAMED)]
    if wrong:
        sys.exit("\n".join(wrong))
    outcomes = []
    for target in TARGETS:
        is_there = target.name in RULES or not is_rules
        if (chosen and target.name not in chosen) or not is_there:
            continue
        outcomes.append(in_a_process(target, is_rules=is_rules))
        print(told(outcomes[-1]), flush=True)
        for one in unused(outcomes[-1]) if target.is_whole and not is_rules else ():
            print(f"  no survivor needs the reason of: {one}", flush=True)
        wrong += [f"{target.name}: {fault}" for fault in faults(outcomes[-1], is_rules=is_rules)]
    if "--write" in options:
        page = Path(__file__).with_suffix(".md")
        page.write_text(table(outcomes, page.read_text("utf-8")), "utf-8")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
