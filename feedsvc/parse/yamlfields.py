"""
YAML of front matter to fields, in one pass over its events.

Scrapers and strangers write this YAML, so the reading is narrow: each scalar is a string (YAML would read the title
`12:30` as 750 and `no` as false), and nothing but strings, lists and mappings is built. Anchors, aliases and merge keys
are read as the generators of blogs read them. An alias costs as much as the value that it repeats, so no text can grow
beyond a bound.

What an article can do without never costs the article: a tag that means nothing here is left out, with a notice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from feedsvc.errors import EntryError
from feedsvc.normalize import WIDE_COLON, wide_colon

#: libyaml's parser is seven times faster; PyYAML falls back to Python where it was built without.
_CLoader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 100

#: The sum of all copies that aliases make: a character is 1, a value or key is NODE_SIZE more. Without an alias, the
#: text itself is the bound.
MAX_SIZE = 4_000_000
NODE_SIZE = 64

KEY_REMEDY = "a key must be a plain word; quote a value that begins with { or ["

OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")

#: Standard tags that a seed may spell out in a field that is read; everything else builds something.
PLAIN_TAGS = frozenset({
    None, "!",
    *(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map", "set", "timestamp", "int", "float", "bool")),
})  # fmt: skip

#: Fields in which a tag is more likely a mistake: `title: !important`. In all others, a tag says nothing.
READ = frozenset({
    "title", "guid", "link", "permalink", "date", "updated", "author", "authors", "categories", "category", "tags",
    "summary", "description", "excerpt", "abstract", "headimg", "thumbnail", "cover", "enclosures", "language",
    "rights",
})  # fmt: skip

#: A mapping of this type has its members for keys.
SET = "tag:yaml.org,2002:set"

#: The field that no article can do without.
ESSENTIAL = "title"

#: A plain scalar that stands for nothing.
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

#: The key of a value that no text names, as JavaScript writes it.
NAMELESS = "[object Object]"

Value = str | None | list["Value"] | dict[str, "Value"]


@dataclass(slots=True, kw_only=True)
class Fields:
    """The fields of a mapping."""

    values: dict[str, Value] = field(default_factory=dict)
    #: 1-based line of each field, in the file.
    lines: dict[str, int] = field(default_factory=dict)
    #: Fields whose value stands in quotes: to YAML, a date in quotes is a text.
    quoted: set[str] = field(default_factory=set)
    #: What the author may not expect, each with its line.
    notices: list[tuple[int, str]] = field(default_factory=list)


def fields_of(block: str, first_line: int) -> Fields:
    """The fields of a block of YAML that begins behind the line `first_line`. Raises EntryError, with a line."""
    # Hexo lets a tab stand where YAML wants spaces; so do we. And no editor shows YAML's other line ends as such.
    block = OTHER_LINE_ENDS.sub(" ", block.replace("\t", "  "))
    builder = _Builder(yaml.parse(block, Loader=_CLoader), first_line + 1)
    try:
        return builder.document()
    except NoMappingError as error:
        raise _wide(block, block.count("\n"), first_line) or error from None
    except yaml.MarkedYAMLError as error:
        # Where something was left open, the remedy is at its beginning; elsewhere at the end of what was understood.
        marks = (error.problem_mark, error.context_mark)
        mark = next((one for one in (reversed(marks) if error.context in LEFT_OPEN else marks) if one), None)
        line = first_line + 1 + (mark.line if mark else 0)
        if mark and (wide := _wide(block, mark.line, first_line)):
            raise wide from error
        raise EntryError(f"front matter: {_remedy(error.problem or 'cannot be read')}", line=line) from error
    except yaml.reader.ReaderError as error:
        line = first_line + 1 + block.count("\n", 0, error.position)
        raise EntryError(
            "front matter: control characters are not allowed; remove the one on this line", line=line
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise EntryError(f"front matter: {' '.join(str(error).split())}", line=first_line) from error


class NoMappingError(EntryError):
    """What stands there is no mapping."""


def _wide(block: str, line: int, first_line: int) -> EntryError | None:
    """What to say where a line of a block of YAML, or one right before it, has the colon of Chinese behind its key."""
    found = wide_colon(block, line)
    return EntryError(f"front matter: {WIDE_COLON}", line=first_line + found[0]) if found else None


class _Builder:
    """Values of the events of one document."""

    def __init__(self, events: Iterator[Any], first_line: int) -> None:
        self.events = events
        self.first_line = first_line
        #: Each anchor's value, and what the value adds to the size.
        self.anchors: dict[str, tuple[Value, int]] = {}
        #: Of all values, each alias counted as a copy; and of the copies alone.
        self.size = self.copied = 0
        #: Fields that a tag was left out of: each is named once.
        self.tagged: set[str] = set()
        #: The field at hand.
        self.name = ""
        self.fields = Fields()

    def document(self) -> Fields:
        """The fields of the only document, whose root is a mapping. Raises YAMLError or EntryError."""
        next(self.events)  # the stream's beginning
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return self.fields
        root = next(self.events)
        if isinstance(root, yaml.MappingStartEvent):
            self._mapping(root, 1)
        elif not (isinstance(root, yaml.ScalarEvent) and not root.value):
            self._value(root, 1)  # a mistake inside is named first
            raise NoMappingError("front matter: write 'key: value' lines", line=self.first_line)
        next(self.events)  # the document's end
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            raise _refused("one document is wanted; leave out the line '---' or '...'", after)
        return self.fields

    def _value(self, event: Any, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event)
        if event.tag not in PLAIN_TAGS:
            self._tagged(event)
        if depth > MAX_DEPTH:
            raise _refused(f"nested deeper than {MAX_DEPTH}; leave out what no reader sees", event)
        before = self.size
        self.size += NODE_SIZE
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            self.size += len(event.value)
            value = None if not event.style and not event.tag and event.value in NULLS else event.value
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

    def _tagged(self, event: Any) -> None:
        """Leave a tag out that nothing here builds anything of; a title with one is not known."""
        if self.name.lower() == ESSENTIAL:
            raise _refused("tags (!) are not allowed here; quote the value", event)
        if self.name.lower() in READ and self.name not in self.tagged:
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
        return _named(self._value(event, depth + 1))

    def _merge(self, merged: dict[str, Value], value: Value, event: Any) -> None:
        """Add what a merge key names; the first mapping that has a key gives its value."""
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, dict):
                raise _refused(f"a merge key wants a mapping; {KEY_REMEDY}", event)
            for key, one in part.items():
                merged.setdefault(key, one)


def _named(key: Value) -> str:
    """A key that is no text, as JavaScript names it: `[password]` is `password`."""
    if isinstance(key, list):
        return ",".join(map(_named, key))
    return NAMELESS if isinstance(key, dict) else key or "null"


def _refused(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(None, None, problem, event.start_mark)


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
    "did not find expected alphabetic": "quote a value that begins with & or *",
    # libyaml's own limit, where its build has one: it looks ahead, past ours.
    "exceeded maximum nesting depth": f"nested deeper than {MAX_DEPTH}; leave out what no reader sees",
}


def _remedy(problem: str) -> str:
    return next((f"{problem}: {remedy}" for words, remedy in REMEDIES.items() if words in problem), problem)
