"""
The tags of a text that may be words, or that need an end, in order. Pure.

This module works on the text before any parser. `unknown.py` decides about the tokens.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

import regex

from feedsvc import elements
from feedsvc.elements import CODE, FOREIGN, NEEDS_END, PLAYERS, RAW, Fate, Trait
from feedsvc.sanitize.readable.foreign import ENDS_FOREIGN, HOLD_HTML
from feedsvc.sanitize.safe import markup

#: Every name of HTML that may be a tag. A `plaintext` would make text of all that follows, its own end tag included.
TAG_NAMES = elements.KNOWN - {"plaintext"}

#: Elements of which only the content is published: a word that looks like such a tag would be lost without a trace.
ONLY_CONTENT = frozenset(
    row.name for row in elements.ROWS
    if (row.fate in {Fate.UNWRAPPED, Fate.READ} if row.is_word is None else row.is_word)
) - elements.REOPENED - CODE  # fmt: skip

#: Names of HTML that mean nothing in an article. Authors often write about them.
TEMPLATE_NAMES = frozenset({"slot"})

#: An attribute of a Vue template. No page has it: `:is="…"`, `@click="…"`, `v-if="…"`.
TEMPLATED = re.compile(r"\s(?:[:@]|v-)[a-z][\w.:-]*+\s*+=", re.IGNORECASE | re.ASCII)

#: Names of HTML that a variable may have.
LETTERS = frozenset(name for name in TAG_NAMES if len(name) == 1)

#: In these parts of a drawing or a formula, HTML is content.
INTEGRATION = HOLD_HTML["svg"] | HOLD_HTML["math"]

#: A name with capital and small letters: of a component or a type.
MIXED = re.compile(r"</?(?:[A-Z][A-Z0-9]*+[a-z]|[a-z][a-z0-9]*+[A-Z])", re.ASCII)
CODE_TAG = re.compile(rf"</?(?:{markup.one_of(CODE)})(?=[\s/>])", re.ASCII)

#: The beginning of a tag, up to the next angle bracket; or a comment, or a declaration.
START = re.compile(
    rf"{markup.COMMENT}|<(?P<end>/?)(?P<tag>[a-z][^\s/<>]*+)(?P<rest>[^<>]*+)|{markup.OTHER}",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
WHOLE = regex.compile(markup.TAG, regex.DOTALL | regex.IGNORECASE | regex.ASCII)
FOREIGN_TOKEN = regex.compile(f"{markup.COMMENT}|{markup.TAG}", regex.DOTALL | regex.IGNORECASE | regex.ASCII)

#: End tags of elements that need one.
END = {
    name: re.compile(rf"</{name}(?=[\s/>]|\Z)[^>]*+(?:>|\Z)", re.IGNORECASE | re.ASCII)
    for name in NEEDS_END | PLAYERS | RAW
}
ANY_END = re.compile(rf"</({markup.one_of(CODE.union(END))})(?=[\s/>]|\Z)", re.IGNORECASE | re.ASCII)

#: Files of a player, behind its start tag.
FILES = regex.compile(
    rf"(?:\s*+<(?:{markup.one_of(elements.with_trait(Trait.IN_PLAYER))})(?=[\s/>])[^<>]*+>)*+",
    regex.IGNORECASE | regex.ASCII,
)

#: An attribute with its value in quotes: its author meant a tag.
QUOTED = re.compile(r"""\s[^\s"'<>=]++\s*+=\s*+["']""", re.ASCII)

#: One attribute of HTML or more. Behind a word, there is another text: `a<b && c>d`.
PLAIN_ATTRIBUTES = regex.compile(
    r"""(?:[\s/]*+(?:[a-z_:@][\w:.@-]*+\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>={][^\s"'<>]*+)"""
    r"|(?:hidden|checked|disabled|selected|readonly|controls|autoplay|loop|muted|download|nowrap|noshade|compact"
    r"|itemscope|allowfullscreen|class|style|id|align|[a-z]++-[\w-]*+|_\w++)(?=[\s/]|\Z)))++[\s/]*+",
    regex.IGNORECASE | regex.ASCII,
)

#: A value in quotes that goes on behind the next angle bracket.
OPEN_QUOTE = re.compile(r"""=\s*+(?:"[^"]*+|'[^']*+)\Z""", re.ASCII)

#: Names of elements of office programs and of social networks. They are no words.
PREFIXED = re.compile(r"[a-z]\w*+:[a-z][\w-]*+", re.IGNORECASE | re.ASCII)

TAG_FOLLOWS = re.compile(r"\s*+<[a-z!]", re.IGNORECASE | re.ASCII)


class TagKind(Enum):
    """The meaning of a tag for `unknown.py`."""

    #: A tag that HTML knows and that may begin or end code.
    CODE = auto()
    #: A tag of a name that HTML does not know.
    UNKNOWN = auto()
    #: A tag of a name that HTML knows, which may be a word.
    KNOWN = auto()
    #: A start tag of an element that goes with its content, and has no end tag.
    UNENDED = auto()
    #: A start tag of an element that gets its end tag right behind it.
    TO_END = auto()
    #: A less-than sign.
    SIGN = auto()


class Token(NamedTuple):
    """A tag, or a sign: its name in small letters, and from where to where it stands."""

    kind: TagKind
    name: str
    is_end: bool
    start: int
    after: int


class _Ends:
    """The places of end tags: of elements that need an end tag, and of code."""

    def __init__(self, html: str) -> None:
        self.places = defaultdict[str, list[int]](list)
        for match in ANY_END.finditer(html):
            self.places[match[1].lower()].append(match.start())
        #: Whether there is code that has an end.
        self.has_code = not CODE.isdisjoint(self.places)

    def __contains__(self, name: str) -> bool:
        return name in self.places

    def next(self, name: str, position: int) -> int | None:
        """The first of an element at or behind `position`."""
        places = self.places.get(name, [])
        at = bisect_left(places, position)
        return places[at] if at < len(places) else None


def tokens_of(html: str) -> Iterator[Token]:
    """The tokens that need a decision, in order. No text is read more than twice."""
    ends = _Ends(html)
    opened = Counter[str]()
    position = 0
    while match := START.search(html, position):
        position = match.end()
        if match["tag"] is None:
            continue
        name, is_end = match["tag"].lower(), bool(match["end"])
        is_cut = html[position : position + 1] != ">"
        if is_cut and not is_end and _is_sign(name, match):
            yield Token(TagKind.SIGN, name, is_end, match.start(), match.start() + 1)
            continue
        position = _end(html, match.start())
        if name in CODE:
            _open(opened, name, position, ends, is_end=is_end)
        limit = min((end for one in opened if (end := ends.next(one, position)) is not None), default=None)
        kind = _kind(html, match, position, ends, limit)
        if kind is TagKind.TO_END:
            position = _with_files(html, name, position)
        if kind is not None:
            yield Token(kind, name, is_end, match.start(), position)
        elif name in END and not is_end:
            position = _after(html, name, match.start(), position, ends)


def _open(opened: Counter[str], name: str, position: int, ends: _Ends, *, is_end: bool) -> None:
    """Keep account of code that has an end."""
    if ends.next(name, position) is None:
        opened.pop(name, None)
    elif not is_end:
        opened[name] += 1
    elif opened[name] > 1:
        opened[name] -= 1
    else:
        del opened[name]


def _kind(html: str, match: re.Match[str], position: int, ends: _Ends, limit: int | None) -> TagKind | None:
    """
    The kind of a tag that ends before `position`. None where the tag stays, with the content of its element.

    `limit` is the end of the code that the tag stands in.
    """
    name = match["tag"].lower()
    if name not in TAG_NAMES or name in CODE:
        return TagKind.CODE if name in CODE else TagKind.UNKNOWN
    is_code = limit is not None
    if name not in NEEDS_END | PLAYERS:
        is_looked_at = name not in RAW and (ends.has_code or name in LETTERS or name in ONLY_CONTENT)
        return TagKind.KNOWN if is_looked_at else None
    if is_code and MIXED.match(html, match.start()):
        return TagKind.KNOWN
    end = ends.next(name, position)
    is_ended = end is not None and (limit is None or end < limit)
    if match["end"] or is_ended:
        return TagKind.KNOWN if is_code and (match["end"] or name not in RAW | FOREIGN) else None
    is_option = name == "option" and "select" in ends and not is_code
    if is_option or (name in FOREIGN and _begins(html, match.start(), position)):
        return None
    return TagKind.UNENDED if name in NEEDS_END else TagKind.TO_END


def _with_files(html: str, name: str, position: int) -> int:
    files = FILES.match(html, position) if name != "iframe" else None
    return files.end() if files else position


def _begins(html: str, start: int, position: int) -> bool:
    """Whether a tag begins a drawing or a formula, though it has no end tag."""
    return not is_word("", html[start:position]) or bool(TAG_FOLLOWS.match(html, position))


def _is_sign(name: str, match: re.Match[str]) -> bool:
    """Whether a `<` without its `>` is a less-than sign: `a<b` in front of a tag."""
    said = match["rest"]
    if name in TAG_NAMES and (PLAIN_ATTRIBUTES.fullmatch(said) or (len(name) > 1 and not said.strip())):
        return False
    return not QUOTED.search(said) and not OPEN_QUOTE.search(said)


def is_word(name: str, written: str) -> bool:
    """Whether a start tag without an end tag is a word in angle brackets, as in `List<int>`."""
    if name in PLAYERS and "=" in written:
        return False
    if TEMPLATED.search(written):
        return True
    is_tag = written.endswith("/>") or not written.endswith(">") or QUOTED.search(written) or PREFIXED.fullmatch(name)
    return not is_tag


def are_attributes(said: str) -> bool:
    """Whether a start tag has attributes of HTML behind its name."""
    return QUOTED.search(said) is not None or PLAIN_ATTRIBUTES.fullmatch(said) is not None


def _end(html: str, start: int) -> int:
    """The position where a parser sees the end of a tag."""
    whole = WHOLE.match(html, start)
    return whole.end() if whole else start + 1


def _after(html: str, name: str, start: int, position: int, ends: _Ends) -> int:
    """The position where an element with an end tag ends, if `unknown.py` leaves its content alone."""
    if name in FOREIGN:
        return position if html[start:position].endswith("/>") else _foreign_end(html, position)
    if name not in RAW:
        return position
    end = ends.next(name, position)
    ended = END[name].match(html, end) if end is not None else None
    return ended.end() if ended else len(html)  # all text that follows is part of a script or a style sheet


def _foreign_end(html: str, position: int) -> int:
    """The position where a drawing or a formula ends that begins before `position`."""
    depth, integration = 1, 0
    for token in FOREIGN_TOKEN.finditer(html, position):
        name, is_end = (token["tag"] or "").lower(), bool(token["end"])
        is_empty = not is_end and (token["attributes"] or "").endswith("/")
        if name in FOREIGN and not is_empty:
            depth += -1 if is_end else 1
            if not depth:
                return token.end()
        elif name in INTEGRATION and not is_empty:
            integration = max(integration + (-1 if is_end else 1), 0)
        elif name in ENDS_FOREIGN and not integration and (not is_end or name in elements.MADE_BY_END):
            return token.start()
    return len(html)
