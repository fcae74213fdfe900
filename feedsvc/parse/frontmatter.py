"""
A seed's text to its fields and its body.

The YAML here comes from scrapers and strangers, so its loader is narrow: every scalar is a string (YAML would read the
title `12:30` as 750 and `no` as false), and what can blow up or hide something (anchors, merge keys, tags, duplicate
keys, depth) is refused with a line.
"""

import re
from dataclasses import dataclass
from typing import Any, cast

import yaml

from feedsvc.errors import EntryError

#: libyaml's parser is seven times faster; PyYAML falls back to Python where it was built without.
_CLoader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_FRONT_MATTER_BYTES = 16_384
MAX_DEPTH = 8

SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)

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
                raise yaml.constructor.ConstructorError(None, None, "a key must be a plain word", key_node.start_mark)
            if key in found:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            found[key] = self.construct_object(value_node, deep=True)
        return found


def split(text: str) -> tuple[FrontMatter, str]:
    """
    The front matter and the body of a seed.

    Front matter stands between two lines `---`, the first of them the first line that is not blank. Raises EntryError,
    with its line in the file, when there is none or it cannot be read.
    """
    start = SEPARATOR.search(text)
    if start is None or text[: start.start()].strip():
        raise EntryError("no front matter; begin the file with '---', 'title: …', '---'", line=1)
    first_line = text.count("\n", 0, start.start()) + 1
    end = SEPARATOR.search(text, start.end())
    if end is None:
        raise EntryError("the front matter has no end; close it with a line '---'", line=first_line)
    block = text[start.end() + 1 : end.start()]
    if len(block.encode()) > MAX_FRONT_MATTER_BYTES:
        raise EntryError(
            f"the front matter is larger than {MAX_FRONT_MATTER_BYTES} bytes; close it with a line '---'",
            line=first_line,
        )
    return _load(block, first_line), text[end.end() :].removeprefix("\n")


def _load(block: str, first_line: int) -> FrontMatter:
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
    lines = {key.value: first_line + 1 + key.start_mark.line for key, _ in cast("Any", node).value} if node else {}
    return FrontMatter(fields=fields, lines=lines)


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
            raise yaml.MarkedYAMLError(None, None, f"nested deeper than {MAX_DEPTH}", event.start_mark)


LEFT_OPEN = frozenset({"while scanning a quoted scalar", "while scanning a simple key"})

#: PyYAML's words → what a person can do.
REMEDIES = {
    "mapping values are not allowed": "a value that holds ': ' must be quoted, title: 'a: b'",
    "found character": "a value that begins with @, ` or % must be quoted",
    "found unexpected end of stream": "a quote is not closed",
    "expected <block end>": "check quotes and indentation; inside '…' write a quote twice",
    "did not find expected key": "check quotes and indentation; inside '…' write a quote twice",
    "could not find expected ':'": "a line has no 'key: value'",
}


def _remedy(problem: str) -> str:
    return next((f"{problem}: {remedy}" for words, remedy in REMEDIES.items() if words in problem), problem)
