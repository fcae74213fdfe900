"""
A seed's text to its fields and its body.

Front matter is YAML, TOML or JSON. Each value becomes the text that YAML would have. Its meaning is decided later, by
the code that reads the field.
"""

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from feedsvc.errors import EntryError
from feedsvc.parse.yamlfields import YAML_DEPTH, Quoted, Value, fields_of
from feedsvc.parse.yamlslips import explained

__all__ = ["MAX_FRONT_MATTER_BYTES", "FrontMatter", "Quoted", "Value", "block_of", "split"]

#: Large enough for a picture that is embedded in a field.
MAX_FRONT_MATTER_BYTES = 1_000_000

YAML_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
ANY_FENCE = re.compile(r"^(?:-{3,}|\+{3}|;{3,})[ \t]*$", re.MULTILINE)

#: The first line of front matter without the opening fence.
KEY_LINE = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?:\s|$)")

#: The remedy for TOML and JSON.
TEXTS_REMEDY = "each key stands once, and texts stand in double quotes"

#: The first line of JSON front matter without the opening fence.
JSON_LINE = re.compile(r'"[^"]+"[ \t]*:')

#: A TOML key with this many parts takes tomllib quadratic time.
MANY_PARTS = re.compile(r"""(?<![\w.'"-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The front matter of a seed."""

    #: Each scalar as the string that was written; None for an empty value or `~`.
    fields: dict[str, Value]
    #: Line of each field in the file, from 1.
    lines: dict[str, int]
    #: Fields with a quoted value: YAML reads a quoted date as text.
    quoted: frozenset[str] = frozenset()
    #: Notices for the author about effects that may surprise, each with its line.
    notices: tuple[tuple[int, str], ...] = ()
    #: Lines that look like a field with a full-width colon, but continue the text above: line, name and value.
    swallowed: tuple[tuple[int, str, str], ...] = ()
    #: Fields that are written with capitals (`Date`). `fields` has them under both spellings.
    capitals: frozenset[str] = frozenset()

    @property
    def exact(self) -> dict[str, Value]:
        """The fields under the names that they have in the file."""
        return {name: value for name, value in self.fields.items() if name not in self.capitals}


def split(text: str) -> tuple[FrontMatter, str]:
    """
    The front matter and the body of a seed.

    The front matter begins in the first line that is not blank. It is between two fences (see FENCES). The opening
    fence may be missing, as in Hexo. Raises EntryError, with the line in the file, if there is no front matter or it
    cannot be read.
    """
    opening = _opening(text)
    if opening is None:
        raise EntryError("no front matter; begin the file with '---', 'title: …', '---'", line=1)
    fence, line, rest = opening.fence, opening.line, opening.rest
    end = opening.end
    if end is None:
        raise EntryError(f"the front matter has no end; close it with a line '{fence}'", line=line)
    block = rest[: end.start()]
    if len(block.encode()) > MAX_FRONT_MATTER_BYTES:
        raise EntryError(
            f"the front matter is larger than {MAX_FRONT_MATTER_BYTES} bytes; close it with a line '{fence}'", line=line
        )
    return opening.load(block, line), rest[end.end() :].removeprefix("\n")


def block_of(text: str) -> str:
    """The text that may be front matter: the block that `split` reads, else everything before the first fence."""
    opening = _opening(text)
    if opening is None:
        text = text.lstrip()
        end = ANY_FENCE.search(text, text.find("\n") + 1)
        return text[: end.start()] if end else text
    return opening.rest[: opening.end.start()] if opening.end else opening.rest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """The beginning of front matter."""

    fence: str
    load: Callable[[str, int], FrontMatter]
    #: The number of the line before the block, from 1; 0 if there is none.
    line: int
    #: The text after the fence.
    rest: str

    @property
    def end(self) -> re.Match[str] | None:
        return re.search(rf"^{re.escape(self.fence)}[ \t]*$", self.rest, re.MULTILINE)


def _opening(text: str) -> _Opening | None:
    """The beginning of the front matter of a seed; None if it has no front matter."""
    blank = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, blank) + 1
    line = text.count("\n", 0, start) + 1
    first, _, rest = text[start:].partition("\n")
    fence = first.rstrip()
    load = next((load for pattern, load in FENCES if pattern.fullmatch(fence)), None)
    if load:
        return _Opening(fence=fence, load=load, line=line, rest=rest)
    rest = text[start:]
    if KEY_LINE.match(first) and YAML_FENCE.search(rest):
        return _Opening(fence="---", load=_load_yaml, line=line - 1, rest=rest)
    if JSON_LINE.match(first):
        return _Opening(fence=";;;", load=_load_json, line=line - 1, rest=rest)
    return None


def _load_yaml(block: str, first_line: int) -> FrontMatter:
    try:
        found = fields_of(block, first_line)
    except EntryError as error:
        raise explained(error, block, first_line) from error
    return FrontMatter(
        fields=found.values, lines=found.lines, quoted=frozenset(found.quoted), notices=tuple(found.notices),
        swallowed=tuple(found.swallowed),
    )  # fmt: skip


def _load_toml(block: str, first_line: int) -> FrontMatter:
    if match := MANY_PARTS.search(block):
        line = first_line + 1 + block.count("\n", 0, match.start())
        raise EntryError("front matter: a key with too many dots; quote the value", line=line)
    try:
        return _as_yaml_fields(tomllib.loads(block), first_line)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = first_line + (int(at[1]) if at else 0)
        raise EntryError(f"front matter: {str(error).partition(' (at ')[0]}; {TEXTS_REMEDY}", line=line) from error
    except (ValueError, RecursionError) as error:
        raise _too_much(first_line) from error


def _load_json(block: str, first_line: int) -> FrontMatter:
    """Hexo's JSON: the members of an object, without the braces."""
    try:
        return _as_yaml_fields(json.loads("{" + block.strip().removesuffix(",") + "}"), first_line)
    except json.JSONDecodeError as error:
        raise EntryError(f"front matter: {error.msg}; {TEXTS_REMEDY}", line=first_line + error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise _too_much(first_line) from error


def _too_much(first_line: int) -> EntryError:
    """The error for values that are nested too deeply, and for numbers of thousands of digits."""
    return EntryError(
        f"front matter: nested deeper than {YAML_DEPTH}, or too large; leave out what no reader sees", line=first_line
    )


def _as_yaml_fields(fields: dict[str, Any], first_line: int) -> FrontMatter:
    """Typed values as the texts that YAML would have."""
    return FrontMatter(
        fields={key: _yaml_text(value) for key, value in fields.items()},
        lines=dict.fromkeys(fields, max(first_line, 1)),
    )


def _yaml_text(value: Any, depth: int = 1) -> Value:
    if depth > YAML_DEPTH:
        raise RecursionError
    if value is None:
        return None
    if isinstance(value, str):
        return Quoted(value)
    if isinstance(value, list):
        return [_yaml_text(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {str(key): _yaml_text(part, depth + 1) for key, part in value.items()}
    return str(value).lower() if isinstance(value, bool) else str(value)


#: The fences of front matter, each with its parser.
FENCES = (
    (re.compile(r"-{3,}"), _load_yaml),
    (re.compile(r"\+{3}"), _load_toml),
    (re.compile(r";{3,}"), _load_json),
)
