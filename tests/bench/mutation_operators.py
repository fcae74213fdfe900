"""
The mutations that `tests.bench.mutation` makes: operators of cosmic-ray, and two of our own.

Cosmic-ray changes signs, numbers and words of a program. Our own two take a rule out: a condition, a statement, a row
of a table.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import parso
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.operators.provider import OperatorProvider

#: Of cosmic-ray. The other replacements of one sign by another find nothing that these do not find.
LIBRARY = (
    "AddNot", "ExceptionReplacer", "NumberReplacer", "ReplaceAndWithOr", "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak", "ReplaceFalseWithTrue", "ReplaceOrWithAnd", "ReplaceTrueWithFalse",
    "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd", "ZeroIterationForLoop",
    *(f"ReplaceBinaryOperator_{pair}" for pair in (
        "Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul", "BitAnd_BitOr",
        "BitOr_BitAnd", "LShift_RShift",
    )),
    *(f"ReplaceComparisonOperator_{pair}" for pair in (
        "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt",
        "Is_IsNot", "IsNot_Is",
    )),
)  # fmt: skip

#: A table with more rows is data: a mutation of each row says nothing about the rules.
MAX_ROWS = 24


def _replaced(node: Any, index: int, code: str) -> None:
    """Put other code in the place of a child, behind the same white space."""
    prefix = node.children[index].get_first_leaf().prefix
    node.children[index] = parso.parse(f"{prefix or ' '}{code}")


class TakeOut(Operator):  # type: ignore[misc]
    """A condition of `if` is never true; an operand of `and` or `or` goes; a call, a `raise` or an `x += y` goes."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Each place in a node."""
        for index in self._places(node):
            child = node.children[index]
            yield child.start_pos, child.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Change one place."""
        place = list(self._places(node))[index]
        if node.type in {"and_test", "or_test"}:
            first = max(place - 1, 0)
            del node.children[first : first + 2]
        else:
            _replaced(node, place, "False" if node.type == "if_stmt" else "pass")
        return node

    @staticmethod
    def _places(node: Any) -> Iterable[int]:
        if node.type in {"and_test", "or_test"}:
            return range(0, len(node.children), 2)
        if node.type == "if_stmt":
            words = [getattr(child, "value", None) for child in node.children]
            return [at + 1 for at, word in enumerate(words) if word in {"if", "elif"}]
        if node.type == "simple_stmt":
            first = node.children[0]
            is_changing = first.type == "expr_stmt" and first.children[1].type == "operator" and (
                first.children[1].value not in {"=", ":="}
            )  # fmt: skip
            return [0] if first.type in {"atom_expr", "raise_stmt"} or is_changing else []
        return []

    @classmethod
    def examples(cls) -> Iterable[Any]:
        """For cosmic-ray."""
        return (Example("x = a and b", "x = a"), Example("x = a and b", "x = b", occurrence=1))


class DropRow(Operator):  # type: ignore[misc]
    """A row of a literal table goes: of a tuple, list, set, dictionary, or of a call whose arguments are literals."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Each row."""
        for start, end in self._rows(node):
            yield node.children[start].start_pos, node.children[end - 1].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Drop one row, and the comma behind it."""
        start, end = self._rows(node)[index]
        is_last = end == len(node.children)
        del node.children[start - 1 if is_last and start else start : end if is_last else end + 1]
        return node

    @staticmethod
    def _rows(node: Any) -> list[tuple[int, int]]:
        is_literal = node.type in {"testlist_comp", "dictorsetmaker"} or (
            node.type == "arglist" and all(one.type in {"string", "operator"} for one in node.children)
        )
        if not is_literal or any(one.type in {"comp_for", "sync_comp_for"} for one in node.children):
            return []
        commas = [at for at, one in enumerate(node.children) if one.type == "operator" and one.value == ","]
        starts = [0, *(at + 1 for at in commas)]
        rows = [(start, end) for start, end in zip(starts, [*commas, len(node.children)], strict=True) if start < end]
        # A tuple of one row needs its comma; `(a, b)` without `a` would be another type.
        is_long = 2 < len(rows) <= MAX_ROWS or (node.type != "testlist_comp" and 1 < len(rows) <= MAX_ROWS)
        return rows if is_long else []

    @classmethod
    def examples(cls) -> Iterable[Any]:
        """For cosmic-ray."""
        return (Example("x = {1, 2}", "x = {2}"),)


def operators() -> list[Any]:
    """All operators, ready for use."""
    library = OperatorProvider()
    return [*(library[name]() for name in LIBRARY), TakeOut(), DropRow()]
