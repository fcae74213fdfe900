"""
YAML of front matter to fields, in one pass over its events.

Scrapers and strangers write this YAML, so little is allowed. Each scalar is a string: YAML would read the title `12:30`
as 750 and `no` as false. Only strings, lists and mappings are built. Anchors, aliases and merge keys are read as the
generators of blogs read them. An alias counts as much as the value that it repeats, so no text can grow beyond a bound.

A problem in an optional field never rejects the article: a tag without a meaning here is left out, with a notice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from feedsvc.errors import EntryError
from feedsvc.normalize import WIDE_COLON, wide_colon

#: libyaml's parser is seven times faster. PyYAML may have been built without it, and then uses Python.
_CLoader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

YAML_DEPTH = 100

#: Largest total of all copies that aliases make: a character counts 1, a value or key NODE_SIZE more. Without aliases,
#: the text itself is the bound.
MAX_SIZE = 4_000_000
NODE_SIZE = 64

KEY_REMEDY = "a key must be a plain word; quote a value that begins with { or ["

#: A line with a name and a full-width colon. YAML reads it as a part of the text above if it is indented.
WIDE_FIELD = re.compile(r"[ -]*(?P<name>[\w-]{1,60}) ?：[ ]*(?P<value>.*)")

OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")

#: Standard tags that are allowed in a field that is read. Others would build objects.
PLAIN_TAGS = frozenset({
    None, "!",
    *(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map", "set", "timestamp", "int", "float", "bool")),
})  # fmt: skip

#: Fields in which a tag is most likely a mistake: `title: !important`. In other fields, a tag has no effect.
READ_FIELDS = frozenset({
    "title", "guid", "link", "permalink", "date", "updated", "author", "authors", "categories", "category", "tags",
    "summary", "description", "excerpt", "abstract", "headimg", "thumbnail", "cover", "enclosures", "language",
    "rights",
})  # fmt: skip

#: A mapping with this tag has the members of the set as keys.
SET = "tag:yaml.org,2002:set"

#: The field that every article needs.
ESSENTIAL = "title"

#: Plain scalars that mean null.
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

#: The key of a mapping or list, as JavaScript writes it.
NAMELESS = "[object Object]"


class Quoted(str):
    """A text that its author wrote as a text: in quotes, or as a string of TOML or JSON. `'false'` is no boolean."""

    __slots__ = ()


Value = str | None | list["Value"] | dict[str, "Value"]


@dataclass(slots=True, kw_only=True)
class Fields:
    """The fields of a mapping."""

    values: dict[str, Value] = field(default_factory=dict)
    #: Line of each field in the file, from 1.
    lines: dict[str, int] = field(default_factory=dict)
    #: Fields with a quoted value: YAML reads a quoted date as text.
    quoted: set[str] = field(default_factory=set)
    #: Notices for the author about effects that may surprise, each with its line.
    notices: list[tuple[int, str]] = field(default_factory=list)
    #: The lines that continue a plain text, as ranges in the block.
    continued: list[range] = field(default_factory=list)
    #: Lines that look like a field with a full-width colon, but continue the text above: line, name and value.
    swallowed: list[tuple[int, str, str]] = field(default_factory=list)


def fields_of(block: str, first_line: int) -> Fields:
    """The fields of a block of YAML that begins after the line `first_line`. Raises EntryError, with a line."""
    # A tab is read as spaces, as in Hexo. YAML's other line ends are read as blanks, because no editor shows them.
    block = OTHER_LINE_ENDS.sub(" ", block.replace("\t", "  "))
    builder = _Builder(yaml.parse(block, Loader=_CLoader), first_line + 1)
    try:
        found = builder.document()
    except NoMappingError as error:
        raise _wide_colon_error(block, block.count("\n"), first_line) or error from None
    except yaml.MarkedYAMLError as error:
        # If something was not closed, report its beginning; else the place where parsing ended.
        marks = (error.problem_mark, error.context_mark)
        mark = next((one for one in (reversed(marks) if error.context in NOT_CLOSED else marks) if one), None)
        line = first_line + 1 + (mark.line if mark else 0)
        if mark and (wide := _wide_colon_error(block, mark.line, first_line)):
            raise wide from error
        raise EntryError(f"front matter: {_yaml_remedy(error.problem or 'cannot be read')}", line=line) from error
    except yaml.reader.ReaderError as error:
        line = first_line + 1 + block.count("\n", 0, error.position)
        raise EntryError(
            "front matter: control characters are not allowed; remove the one on this line", line=line
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise EntryError(f"front matter: {' '.join(str(error).split())}", line=first_line) from error
    lines = block.split("\n") if found.continued else []
    for number in (number for numbers in found.continued for number in numbers):
        if match := WIDE_FIELD.fullmatch(lines[number]):
            found.swallowed.append((first_line + 1 + number, match["name"], match["value"]))
    return found


class NoMappingError(EntryError):
    """The YAML is not a mapping."""


def _wide_colon_error(block: str, line: int, first_line: int) -> EntryError | None:
    """The error for a line with a full-width colon behind its key: this line, or the line before it."""
    found = wide_colon(block, line)
    return EntryError(f"front matter: {WIDE_COLON}", line=first_line + found[0]) if found else None


class _Builder:
    """Builds values from the events of one document."""

    def __init__(self, events: Iterator[Any], first_line: int) -> None:
        self.events = events
        self.first_line = first_line
        #: Each anchor's value and its size.
        self.anchors: dict[str, tuple[Value, int]] = {}
        #: The size of all values, with each alias counted as a copy; and the size of the copies alone.
        self.size = self.copied = 0
        #: Fields in which a tag was left out. Each is reported once.
        self.tagged: set[str] = set()
        #: The current field.
        self.name = ""
        self.fields = Fields()

    def document(self) -> Fields:
        """The fields of the only document, whose root is a mapping. Raises YAMLError or EntryError."""
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return self.fields
        root = next(self.events)
        if isinstance(root, yaml.MappingStartEvent):
            self._mapping(root, 1)
        elif not (isinstance(root, yaml.ScalarEvent) and not root.value):
            self._value(root, 1)  # report a mistake inside it first
            raise NoMappingError("front matter: write 'key: value' lines", line=self.first_line)
        next(self.events)  # the end of the document
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            raise _refused("one document is wanted; leave out the line '---' or '...'", after)
        return self.fields

    def _value(self, event: Any, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event)
        if event.tag not in PLAIN_TAGS:
            self._tagged(event)
        if depth > YAML_DEPTH:
            raise _refused(f"nested deeper than {YAML_DEPTH}; leave out what no reader sees", event)
        before = self.size
        self.size += NODE_SIZE
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            self.size += len(event.value)
            if event.style:
                value = Quoted(event.value)
            else:
                self._continue(event)
                value = None if not event.tag and event.value in NULLS else event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            value = []
            while not isinstance(part := next(self.events), yaml.SequenceEndEvent):
                value.append(self._value(part, depth + 1))
        else:
            found = self._mapping(event, depth)
            value = list(found) if event.tag == SET else found
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, self.size - before)
        return value

    def _continue(self, scalar: Any) -> None:
        """Note the lines that continue a plain text."""
        first, last = scalar.start_mark.line, scalar.end_mark.line
        if last > first:
            self.fields.continued.append(range(first + 1, last + 1))

    def _tagged(self, event: Any) -> None:
        """Ignore a tag that has no meaning here, with a notice. Raises for a tag on the title."""
        if self.name.lower() == ESSENTIAL:
            raise _refused("tags (!) are not allowed here; quote the value", event)
        if self.name.lower() in READ_FIELDS and self.name not in self.tagged:
            self.tagged.add(self.name)
            reason = f"{self.name}: tags (!) are not allowed here, and it is read without; quote the value"
            self.fields.notices.append((self.first_line + event.start_mark.line, reason))

    def _repeated(self, event: Any) -> Value:
        if event.anchor not in self.anchors:
            raise _refused(f"the alias *{event.anchor} has no anchor; quote the value", event)
        value, size = self.anchors[event.anchor]
        self.size += size
        self.copied += size
        if self.copied > MAX_SIZE:
            raise _refused("aliases (*) make it too large; leave out what no reader sees", event)
        return value

    def _mapping(self, start: Any, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        merged: dict[str, Value] = {}
        is_root = depth == 1
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if is_root:
                self.name = ""
            key = self._key(event, depth)
            if is_root:
                self.name = key
            value_event = next(self.events)
            value = self._value(value_event, depth + 1)
            if key == "<<" and not event.style:
                self._merge(merged, value, event)
                continue
            if key in found:
                raise _refused(f"the key {key!r} stands twice; remove one", event)
            found[key] = value
            if is_root:
                self.fields.lines[key] = self.first_line + event.start_mark.line
                if isinstance(value_event, yaml.ScalarEvent) and value_event.style:
                    self.fields.quoted.add(key)
        whole = {**found, **{key: value for key, value in merged.items() if key not in found}}
        if is_root:
            self.fields.values = whole
            self.fields.lines = {**dict.fromkeys(whole, self.first_line + start.start_mark.line), **self.fields.lines}
        return whole

    def _key(self, event: Any, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self.size += NODE_SIZE + len(event.value)
            if event.anchor is not None:
                self.anchors[event.anchor] = (event.value, NODE_SIZE + len(event.value))
            return str(event.value)
        if self.name.lower() == ESSENTIAL:
            raise _refused(KEY_REMEDY, event)
        return _key_name(self._value(event, depth + 1))

    def _merge(self, merged: dict[str, Value], value: Value, event: Any) -> None:
        """Add the mappings that a merge key names. The first mapping that has a key gives its value."""
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, dict):
                raise _refused(f"a merge key wants a mapping; {KEY_REMEDY}", event)
            for key, one in part.items():
                merged.setdefault(key, one)


def _key_name(key: Value) -> str:
    """A key that is not a string, as JavaScript writes it: `[password]` is `password`."""
    if isinstance(key, list):
        return ",".join(map(_key_name, key))
    return NAMELESS if isinstance(key, dict) else key or "null"


def _refused(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(None, None, problem, event.start_mark)


NOT_CLOSED = frozenset({"while scanning a quoted scalar", "while scanning a simple key"})

#: PyYAML's messages → remedies for the author.
YAML_REMEDIES = {
    "mapping values are not allowed": "a value that holds ': ' must be quoted, title: 'a: b'",
    "found character": "a value that begins with @, ` or % must be quoted",
    "found unexpected end of stream": "a quote is not closed",
    "expected <block end>": "check quotes and indentation; inside '…' write a quote twice",
    "did not find expected key": "check quotes and indentation; inside '…' write a quote twice, and quote a value that "
    "begins with [ or {",
    "did not find expected ',' or": "a [ or { is not closed: close it, or quote the value",
    "found unknown escape": "write \\ twice, or use single quotes",
    "could not find expected ':'": "a line has no 'key: value'",
    "did not find expected alphabetic": "quote a value that begins with & or *",
    # libyaml's own limit, if its build has one. It may be reached before YAML_DEPTH.
    "exceeded maximum nesting depth": f"nested deeper than {YAML_DEPTH}; leave out what no reader sees",
}


def _yaml_remedy(problem: str) -> str:
    return next((f"{problem}: {remedy}" for words, remedy in YAML_REMEDIES.items() if words in problem), problem)
