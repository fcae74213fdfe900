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

import ast
import os
import resource
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import parso
import pytest
from _pytest.runner import runtestprotocol
from cosmic_ray.ast import ast_nodes

from tests.bench.mutation_known import KNOWN
from tests.bench.mutation_operators import operators
from tests.bench.mutation_rules import RULES
from tests.bench.mutation_targets import TARGETS, Target

#: The modules that are mutated, by name.
MUTATED = frozenset(target.name for target in TARGETS if target.is_whole)

NOTICED, SURVIVED, INVALID = 1, 0, 2

#: Where a star is no multiplication.
SIGNATURES = frozenset({"parameters", "param", "argument", "lambdef", "star_expr", "testlist_star_expr"})

#: A part of a source. Decorators, annotations and `__all__` hold no rule.
Span = tuple[tuple[int, int], tuple[int, int]]


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


# --- mutations -------------------------------------------------------------------------------------------------------


def mutations(source: str, only: Sequence[str] = ()) -> Iterator[Callable[[], str]]:
    """Functions that each give the source with one change. A function spoils the tree: call it in a fork."""
    tree = parso.parse(source)
    spans = list(_without_rules(source))
    wanted = [_span(node) for node in ast.walk(ast.parse(source)) if getattr(node, "name", "") in only]
    chosen = operators()
    # In order of lines: a test that notices one change of a line notices the next one, too.
    for node in list(ast_nodes(tree)):
        for operator in chosen:
            for index, (start, end) in enumerate(operator.mutation_positions(node)):
                is_star = getattr(node, "value", "") in {"*", "**", "/"} and node.parent.type in SIGNATURES
                is_inside = not only or _is_in(wanted, start, end)
                if is_inside and not is_star and not _is_in(spans, start, end):
                    yield _mutation(tree, operator, node, index)


def _is_in(spans: Sequence[Span], start: tuple[int, int], end: tuple[int, int]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _span(node: Any) -> Span:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _mutation(tree: Any, operator: Any, node: Any, index: int) -> Callable[[], str]:
    def changed() -> str:
        parent = node.parent
        new = operator.mutate(node, index)
        if new is not node:
            at = next(at for at, child in enumerate(parent.children) if child is node)
            parent.children[at : at + 1] = [] if new is None else [new]
        return str(tree.get_code())

    return changed


def _without_rules(source: str) -> Iterator[Span]:
    for node in ast.walk(ast.parse(source)):
        found: list[Any] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = [*node.args.args, *node.args.kwonlyargs, *node.args.posonlyargs]
            found = [*node.decorator_list, node.returns, *(one.annotation for one in arguments)]
        elif isinstance(node, ast.ClassDef):
            found = list(node.decorator_list)
        elif isinstance(node, ast.AnnAssign):
            found = [node.annotation]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            found = [node]
        for one in found:
            if one is not None:
                yield _span(one)


def change(before: str, after: str) -> str:
    """`line: before → after` of the first line that differs, and all lines that only one of two sources has."""
    old, new = before.splitlines(), after.splitlines()
    first = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    last = next(
        (at for at, (one, other) in enumerate(zip(old[::-1], new[::-1], strict=False)) if one != other), 0
    )  # fmt: skip
    shown = [" ".join(" ".join(text[first : max(first + 1, len(text) - last)]).split()) for text in (old, new)]
    return f"{first + 1}: {shown[0]} → {shown[1]}"


# --- a module, changed in place --------------------------------------------------------------------------------------


def install(module: types.ModuleType, source: str) -> None:
    """Let a module that others have imported be as `source` says."""
    fresh = types.ModuleType(module.__name__)
    fresh.__dict__.update({name: getattr(module, name) for name in ("__file__", "__package__", "__spec__")})
    exec(compile(source, str(module.__file__), "exec"), fresh.__dict__)  # noqa: S102 - a change of our own source
    for name, new in list(vars(fresh).items()):
        old = vars(module).get(name)
        if name.startswith("__") or new is old:
            continue
        if isinstance(old, type) and isinstance(new, type):
            _adopt_class(old, new)
        elif not _adopt_code(old, new):
            _rebind(module, name, old, new)
    for one in vars(module).values():
        if hasattr(one, "cache_clear") and getattr(one, "__module__", "") == module.__name__:
            one.cache_clear()


def _adopt_code(old: Any, new: Any) -> bool:
    """Give a function that others may hold the code of its new form."""
    old, new = getattr(old, "__wrapped__", old), getattr(new, "__wrapped__", new)
    if not (isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType)):
        return False
    if old.__code__.co_freevars or new.__code__.co_freevars:
        return False
    old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    return True


def _adopt_class(old: type, new: type) -> None:
    for name, value in list(vars(new).items()):
        mine = vars(old).get(name)
        if isinstance(value, property) and isinstance(mine, property):
            _adopt_code(mine.fget, value.fget)
        elif isinstance(value, staticmethod | classmethod) and isinstance(mine, staticmethod | classmethod):
            _adopt_code(mine.__func__, value.__func__)
        elif isinstance(value, types.FunctionType) and not _adopt_code(mine, value):
            setattr(old, name, value)


def _rebind(module: types.ModuleType, name: str, old: Any, new: Any) -> None:
    """Give a constant its new value, also in modules that have imported it."""
    for other in list(sys.modules.values()):
        is_ours = getattr(other, "__name__", "").startswith(("feedsvc", "tests"))
        if is_ours and other is not module and name in vars(other) and vars(other)[name] is old:
            setattr(other, name, new)
    setattr(module, name, new)


# --- the run ---------------------------------------------------------------------------------------------------------


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


def main(arguments: Sequence[str]) -> None:
    """Print what survives, and a line for each module."""
    is_rules = "--rules" in arguments
    chosen = [one for one in arguments if not one.startswith("--")]
    for target in TARGETS:
        if (chosen and target.name not in chosen) or target.name not in (RULES if is_rules else MUTATED):
            continue
        if not os.fork():
            outcome = measure(target, is_rules=is_rules)
            unknown = [one for one in outcome.survivors if one.partition(": ")[2] not in KNOWN.get(target.name, {})]
            print(
                f"{outcome.name}: {outcome.noticed} of {outcome.total} noticed ({outcome.share:.1f} %), "
                f"{len(unknown)} survive without a reason, {outcome.seconds:.0f} s",
                flush=True,
            )
            os._exit(0)
        os.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
