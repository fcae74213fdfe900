"""The changes of a source that `tests.bench.mutation` tries, one at a time."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes

from tests.bench.mutation_operators import operators

#: Where a star is no multiplication.
SIGNATURES = frozenset({"parameters", "param", "argument", "lambdef", "star_expr", "testlist_star_expr"})

#: A part of a source. Decorators, annotations and `__all__` hold no rule.
Span = tuple[tuple[int, int], tuple[int, int]]


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
