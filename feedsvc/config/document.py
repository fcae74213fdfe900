"""The values of a YAML file, and the place of each value in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from feedsvc.errors import ConfigError, Problem
from feedsvc.normalize import WIDE_COLON, wide_colon

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlDocument:
    """A configuration file, read."""

    path: Path
    values: dict[str, Any]
    root: yaml.Node | None

    def problem(self, key: Key, reason: str, *, at_parent: bool = False) -> Problem:
        """A problem at `key`. Its line is that of the nearest part of the key that the file has."""
        place = self.root
        mark = place.start_mark if place else None
        for part in key[:-1] if at_parent else key:
            found = _child(place, part)
            if found is None:
                break
            mark, place = found
        where = f"{dotted(key)}: " if key else ""
        return Problem(
            place=str(self.path),
            line=mark.line + 1 if mark else 1,
            column=mark.column + 1 if mark else 1,
            reason=where + reason,
        )

    def has(self, key: Key) -> bool:
        """Whether the file holds this key."""
        node = self.root
        for part in key:
            found = _child(node, part)
            if found is None:
                return False
            node = found[1]
        return True


def dotted(key: Key) -> str:
    """`feeds.新媒体.categories[1]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).removeprefix(".")


def read(path: Path, remedy: str = "set FEEDSVC_CONFIG or give --config") -> YamlDocument:
    """Read a configuration file. Raises ConfigError when it cannot be read as a YAML mapping without duplicate keys."""
    try:
        text = path.read_text("utf-8-sig")
    except IsADirectoryError:
        reason = "a folder; name the file in it, e.g. feedsvc.yaml"
        raise ConfigError((Problem(place=str(path), reason=reason),)) from None
    except UnicodeDecodeError as error:
        reason = f"no UTF-8 text (byte {error.start + 1}); save it as UTF-8 in your editor"
        raise ConfigError((Problem(place=str(path), reason=reason),)) from error
    except FileNotFoundError:
        raise ConfigError((Problem(place=str(path), reason=f"no such file; {remedy}"),)) from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise ConfigError((Problem(place=str(path), reason=reason),)) from error
    try:
        root, values, faults = _composed(path, _FastLoader, text)
    except (yaml.YAMLError, ValueError, RecursionError):
        # The messages and places are those of the slow parser, wherever the fast one stopped.
        root, values, faults = _slowly(path, text)
    if faults:
        raise ConfigError(faults)
    if values is not None and not isinstance(values, dict):
        place = wide_colon(text, text.count("\n"), within=None)
        line, column = place or (1, 1)
        reason = WIDE_COLON if place else "write 'key: value' lines"
        raise ConfigError((Problem(place=str(path), line=line, column=column, reason=reason),))
    return YamlDocument(path=path, values=values or {}, root=root)


def _composed(path: Path, kind: Any, text: str) -> tuple[yaml.Node | None, Any, tuple[Problem, ...]]:
    """The nodes of a text, its values, and its faults, as a loader of PyYAML reads them. Raises its errors."""
    loader = kind(text)
    try:
        root = loader.get_single_node()
        faults = tuple(_faults(path, root, ()))
        return root, loader.construct_document(root) if root is not None and not faults else {}, faults
    finally:
        loader.dispose()


def _slowly(path: Path, text: str) -> tuple[yaml.Node | None, Any, tuple[Problem, ...]]:
    """The same, by PyYAML's own parser. Its errors are ConfigErrors with the place and the remedy."""
    try:
        return _composed(path, _Loader, text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = Problem(place=str(path), line=line, column=1, reason="a control character stands here; remove it")
        raise ConfigError((problem,)) from error
    except yaml.MarkedYAMLError as error:
        raise ConfigError((_unread(path, text, error),)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError((Problem(place=str(path), reason=f"not YAML: {error}"),)) from error


def _unread(path: Path, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """The problem at the place where YAML's parser stopped."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    reason = f"not YAML: {error.problem}{_remedy(str(error.problem))}"
    if place := wide_colon(text, line - 1):
        (line, column), reason = place, WIDE_COLON
    return Problem(place=str(path), line=line, column=column, reason=reason)


#: A message of YAML's parser (a pattern) → the remedy of the usual slip.
SLIP_REMEDIES = {
    r"'\\t'": "indent with spaces, not with a tab",
    "mapping values are not allowed here": "indent this line as its neighbours, or put a text with a colon in quotes",
    "expected <block end>": "indent this line as its neighbours",
    "could not find expected ':'": "write 'key: value', with a space after the colon",
    "while scanning an alias|cannot start any token": "put a text that begins with this sign in quotes",
    "expected alphabetic or numeric character": "put a text that begins with * or & in quotes",
    "expected ',' or": "close the bracket or brace, or put a text with such a sign in quotes",
    "found unexpected end of stream": "close the quotation mark",
}


def _remedy(problem: str) -> str:
    return next((f"; {remedy}" for pattern, remedy in SLIP_REMEDIES.items() if re.search(pattern, problem)), "")


#: YAML takes some plain words for values of another type. Wanted are only true, false, null and merge keys.
WANTED = (":bool", ":null", ":merge")


class _AsWritten:
    """Reads keys and texts as they are written: a category named 2024, or on, or a title 12:30, is a text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - a class attribute of PyYAML's protocol
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(WANTED)]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self: Any, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: ARG002, FBT001, FBT002
        self.flatten_mapping(node)
        return {
            key.value if isinstance(key, yaml.ScalarNode) else str(key.value): self.construct_object(value, deep=True)
            for key, value in node.value
        }


class _Loader(_AsWritten, yaml.SafeLoader):
    """The parser of PyYAML."""


class _FastLoader(_AsWritten, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # may be missing
    """The parser of libyaml, where PyYAML has it: seven times as fast, with other messages."""


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Mark, yaml.Node] | None:
    """The place of `part` in a mapping or sequence, and its value."""
    if isinstance(node, yaml.MappingNode):
        # The last one counts: keys of a merge key stand before the mapping's own keys.
        return next(((key.start_mark, value) for key, value in reversed(node.value) if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark, node.value[part]
    return None


def _faults(path: Path, node: yaml.Node | None, key: Key) -> Iterator[Problem]:
    """Keys that stand twice, and keys that are lists or mappings."""
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _faults(path, child, (*key, index))
    if isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        for name, child in node.value:
            place, mark = (*key, str(name.value)), name.start_mark
            if not isinstance(name, yaml.ScalarNode):
                reason = "a key must be a plain word"
                yield Problem(place=str(path), line=mark.line + 1, column=mark.column + 1, reason=reason)
                continue
            if name.value in lines and name.value != "<<":
                reason = f"{dotted(place)}: this key stands twice (first at line {lines[name.value]}); remove one"
                yield Problem(place=str(path), line=mark.line + 1, column=mark.column + 1, reason=reason)
            lines.setdefault(name.value, mark.line + 1)
            yield from _faults(path, child, place)
