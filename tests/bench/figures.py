"""
The size of the code, in figures that anyone can repeat.

    python -m tests.bench.figures [ROOT]

Counts the package `feedsvc` below ROOT (this clone, unless given): modules, lines, functions of more than 40 lines,
lines of `__init__.py`, modules of more than 300 lines, marks `noqa`, and names that mean two things: constants of one
name with other values in two modules, private functions of one name in three modules or more, public classes of one
name in two modules.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

LONG_FUNCTION, LONG_MODULE = 40, 300

#: So many modules may have a private function of one name: a method of a protocol, an adapter of each format.
MANY = 3


def main(root: Path) -> None:
    """Print the figures."""
    package = root / "feedsvc"
    texts = {file.relative_to(root): file.read_text("utf-8") for file in sorted(package.rglob("*.py"))}
    trees = {file: ast.parse(text) for file, text in texts.items()}
    lines = {file: text.count("\n") for file, text in texts.items()}
    print(f"modules: {len(texts)}; lines: {sum(lines.values())}; median {sorted(lines.values())[len(lines) // 2]}")
    long = [(file, function) for file, tree in trees.items() for function in _functions(tree)]
    sizes = sorted(_lines(function) for _, function in long)
    print(f"functions: {len(sizes)}; lines: median {sizes[len(sizes) // 2]}, 90 % up to {sizes[len(sizes) * 9 // 10]}")
    _list("functions of more than 40 lines", (
        f"{file}:{function.lineno} {function.name} {_lines(function)}"
        for file, function in long if _lines(function) > LONG_FUNCTION
    ))  # fmt: skip
    _list("modules of more than 300 lines", (f"{file} {size}" for file, size in lines.items() if size > LONG_MODULE))
    initial = {file: tree for file, tree in trees.items() if file.name == "__init__.py"}
    print(f"lines of __init__.py: {sum(lines[file] for file in initial)}")
    _list("__init__.py with code", (str(file) for file, tree in initial.items() if any(map(_is_code, tree.body))))
    for part in ("feedsvc", "tests"):
        print(f"noqa in {part}: {sum(_noqa(file) for file in sorted((root / part).rglob('*.py')))}")
    _list("constants of one name with other values", _twice(trees, _constants, 2, is_other=True))
    _list("private functions of one name in three modules", _twice(trees, _private, MANY, is_other=False))
    _list("public classes of one name in two modules", _twice(trees, _classes, 2, is_other=False))


def _list(label: str, found: Iterator[str]) -> None:
    lines = list(found)
    print(f"{label}: {len(lines)}")
    for line in lines:
        print(f"  {line}")


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_code(node: ast.stmt) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_list = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"__all__", "__version__"}
    return not (is_text or is_list or isinstance(node, ast.Import | ast.ImportFrom))


def _noqa(file: Path) -> int:
    return sum("# noqa" in line for line in file.read_text("utf-8").splitlines())


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and target.id.isupper():
                    yield target.id, ast.dump(node.value)


def _private(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("_"):
            yield node.name, ast.dump(node)


def _classes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, ast.dump(node)


def _twice(trees: dict[Path, ast.Module], find: object, number: int, *, is_other: bool) -> Iterator[str]:
    found = defaultdict[str, list[tuple[Path, str]]](list)
    for file, tree in trees.items():
        if "migrations" not in file.parts:
            for name, value in find(tree):  # type: ignore[operator]
                found[name].append((file, value))
    for name, places in sorted(found.items()):
        if len(places) >= number and (not is_other or len({value for _, value in places}) > 1):
            yield f"{name}: {', '.join(str(file) for file, _ in places)}"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]))
