"""
A seed's text to its fields and its body.

The YAML here comes from scrapers and strangers, so its loader is narrow: every scalar is a string (YAML would read the
title `12:30` as 750 and `no` as false), and what can blow up or hide something (anchors, merge keys, tags, duplicate
keys, depth) is refused with a line.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Any, cast

import yaml

from feedsvc.errors import EntryError

#: libyaml's parser is seven times faster; PyYAML falls back to Python where it was built without.
_CLoader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_FRONT_MATTER_BYTES = 16_384
MAX_DEPTH = 8

SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)

#: How front matter begins that has only the closing fence.
KEY_LINE = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?:\s|$)")

KEY_REMEDY = "a key must be a plain word; quote a value that begins with { or ["

#: Of TOML and JSON.
TEXTS_REMEDY = "each key stands once, and texts stand in double quotes"

#: The same in JSON.
JSON_LINE = re.compile(r'"[^"]+"[ \t]*:')

OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")

#: Standard tags that a seed may spell out; everything else builds something.
PLAIN_TAGS = frozenset({None, "!", *(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))})

Value = str | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stands before a seed's body."""

    #: Every scalar as the string that was written; an empty or `~` one as None.
    fields: dict[str, Value]
    #: 1-based line of each field, in the file.
    lines: dict[str, int]
    #: Fields whose value stands in quotes: to YAML, a date in quotes is a text.
    quoted: frozenset[str] = frozenset()


class _Loader(_CLoader):  # type: ignore[misc]  # whichever class PyYAML was built with
    """Scalars as strings, or None. Duplicate and merge keys are refused."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - a class attribute of PyYAML's protocol
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Value]:  # noqa: ARG002, FBT001, FBT002
        found: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or key == "<<":
                raise yaml.constructor.ConstructorError(None, None, KEY_REMEDY, key_node.start_mark)
            if key in found:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice; remove one", key_node.start_mark
                )
            found[key] = self.construct_object(value_node, deep=True)
        return found


def split(text: str) -> tuple[FrontMatter, str]:
    """
    The front matter and the body of a seed.

    It begins in the first line that is not blank: between two fences (FENCES says which, and what they hold), or, as
    Hexo writes it too, without the first one. Raises EntryError, with its line in the file, when there is none or it
    cannot be read.
    """
    blank = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, blank) + 1
    line = text.count("\n", 0, start) + 1
    first, _, rest = text[start:].partition("\n")
    fence = first.rstrip()
    load = next((load for pattern, load in FENCES if pattern.fullmatch(fence)), None)
    if load is None and KEY_LINE.match(first):
        fence, load, rest, line = "---", _load_yaml, text[start:], line - 1
        if not SEPARATOR.search(rest):
            load = None
    if load is None and JSON_LINE.match(first):
        fence, load, rest, line = ";;;", _load_json, text[start:], line - 1
    if load is None:
        raise EntryError("no front matter; begin the file with '---', 'title: …', '---'", line=1)
    end = re.search(rf"^{re.escape(fence)}[ \t]*$", rest, re.MULTILINE)
    if end is None:
        raise EntryError(f"the front matter has no end; close it with a line '{fence}'", line=line)
    block = rest[: end.start()]
    if len(block.encode()) > MAX_FRONT_MATTER_BYTES:
        raise EntryError(
            f"the front matter is larger than {MAX_FRONT_MATTER_BYTES} bytes; close it with a line '{fence}'", line=line
        )
    return load(block, line), rest[end.end() :].removeprefix("\n")


def _load_toml(block: str, first_line: int) -> FrontMatter:
    try:
        fields = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = first_line + (int(at[1]) if at else 0)
        raise EntryError(f"front matter: {str(error).partition(' (at ')[0]}; {TEXTS_REMEDY}", line=line) from error
    return _written(fields, first_line)


def _load_json(block: str, first_line: int) -> FrontMatter:
    """Hexo's JSON: the members of an object, without its braces."""
    try:
        fields = json.loads("{" + block.strip().removesuffix(",") + "}")
    except json.JSONDecodeError as error:
        raise EntryError(f"front matter: {error.msg}; {TEXTS_REMEDY}", line=first_line + error.lineno) from error
    except RecursionError as error:
        raise EntryError(
            f"front matter: nested deeper than {MAX_DEPTH}; leave out what no reader sees", line=first_line
        ) from error
    return _written(fields, first_line)


def _written(fields: dict[str, Any], first_line: int) -> FrontMatter:
    """Typed values as the words that YAML would have had: what a value means is decided in one place."""
    return FrontMatter(
        fields={key: _as_text(value) for key, value in fields.items()},
        lines=dict.fromkeys(fields, first_line),
    )


def _as_text(value: Any) -> Value:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return [_as_text(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _as_text(part) for key, part in value.items()}
    return str(value).lower() if isinstance(value, bool) else str(value)


def _load_yaml(block: str, first_line: int) -> FrontMatter:
    # Hexo lets a tab stand where YAML wants spaces; so do we. And no editor shows YAML's other line ends as such.
    block = OTHER_LINE_ENDS.sub(" ", block.replace("\t", "  "))
    try:
        _refuse_bombs(block)
        loader = _Loader(block)
        try:
            node = loader.get_single_node()
            fields = loader.construct_document(node) if node is not None else {}
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        # Where something was left open, the remedy is at its beginning; elsewhere at the end of what was understood.
        marks = (error.problem_mark, error.context_mark)
        mark = next((one for one in (reversed(marks) if error.context in LEFT_OPEN else marks) if one), None)
        line = first_line + 1 + (mark.line if mark else 0)
        raise EntryError(f"front matter: {_remedy(error.problem or 'cannot be read')}", line=line) from error
    except yaml.reader.ReaderError as error:
        line = first_line + 1 + block.count("\n", 0, error.position)
        raise EntryError(
            "front matter: control characters are not allowed; remove the one on this line", line=line
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise EntryError(f"front matter: {' '.join(str(error).split())}", line=first_line) from error
    if not isinstance(fields, dict):
        raise EntryError("front matter: write 'key: value' lines", line=first_line + 1)
    pairs: list[tuple[Any, Any]] = cast("Any", node).value if node else []
    lines = {key.value: first_line + 1 + key.start_mark.line for key, _ in pairs}
    quoted = frozenset(key.value for key, value in pairs if isinstance(value, yaml.ScalarNode) and value.style)
    return FrontMatter(fields=fields, lines=lines, quoted=quoted)


def _refuse_bombs(block: str) -> None:
    """Raise for anchors, aliases, tags and depth before anything is built: libyaml's loader cannot be asked later."""
    depth = 0
    event: Any
    for event in yaml.parse(block, Loader=_CLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(
                None, None, "anchors and aliases (& and *) are not allowed; quote the value", event.start_mark
            )
        if getattr(event, "tag", None) not in PLAIN_TAGS:
            raise yaml.MarkedYAMLError(None, None, "tags (!) are not allowed; quote the value", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(
                None, None, f"nested deeper than {MAX_DEPTH}; leave out what no reader sees", event.start_mark
            )


LEFT_OPEN = frozenset({"while scanning a quoted scalar", "while scanning a simple key"})

#: PyYAML's words → what a person can do.
REMEDIES = {
    "mapping values are not allowed": "a value that holds ': ' must be quoted, title: 'a: b'",
    "found character": "a value that begins with @, ` or % must be quoted",
    "found unexpected end of stream": "a quote is not closed",
    "expected <block end>": "check quotes and indentation; inside '…' write a quote twice",
    "did not find expected key": "check quotes and indentation; inside '…' write a quote twice, and quote a value that "
    "begins with [ or {",
    "did not find expected ',' or": "a [ or { is not closed: close it, or quote the value",
    "found unknown escape": "write \\ twice, or use single quotes",
    "could not find expected ':'": "a line has no 'key: value'",
    # libyaml's own limit, where its build has one: it looks ahead, past ours.
    "exceeded maximum nesting depth": f"nested deeper than {MAX_DEPTH}; leave out what no reader sees",
}


def _remedy(problem: str) -> str:
    return next((f"{problem}: {remedy}" for words, remedy in REMEDIES.items() if words in problem), problem)


#: What front matter stands between, and how it is read.
FENCES = (
    (re.compile(r"-{3,}"), _load_yaml),
    (re.compile(r"\+{3}"), _load_toml),
    (re.compile(r";{3,}"), _load_json),
)
