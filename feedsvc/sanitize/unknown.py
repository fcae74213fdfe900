"""
Tags that no HTML parser knows, and elements that nobody ends, as readers should have them. Pure.

nh3 drops an element with its content where only SVG or MathML has the element's name: `view`, `text`, `list`, `set`. A
browser shows the content of such an element. In code, a tag of an unknown name is code, and stays as text.

This pass works on the text before any parser, and only adds characters: a prefix to a name, references for angle
brackets, an end tag. The stages behind it judge the result, so the pass cannot make anything unsafe.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from feedsvc.sanitize import bounds, policy

#: In these, a tag of an unknown name stays as text.
CODE = frozenset({"pre", "code", "tt", "samp", "kbd", "listing"})

#: Elements that go with their content. Without an end tag, such an element would take the rest of the article along.
#: A script and a style sheet do so: the rest is no text.
NEEDS_END = frozenset({
    "svg", "math", "template", "applet", "select", "option", "title", "textarea", "xmp", "noembed", "noframes",
})  # fmt: skip

#: Elements that show something else than their content. Without an end tag, they get one.
GETS_END = frozenset({"iframe", "video", "audio"})

#: What HTML knows. A `plaintext` would make text of all that follows, its own end tag included.
KNOWN = policy.HTML_ELEMENTS - {"plaintext"}

RAW = frozenset(bounds.RAW_TEXT.split("|"))
FOREIGN = frozenset({"svg", "math"})

#: A tag of these names ends a drawing that it stands in (HTML Standard, 13.2.6.5).
ENDS_FOREIGN = frozenset({
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s",
    "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
})  # fmt: skip

#: In these parts of a drawing, HTML is content.
INTEGRATION = frozenset({"foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"})

#: Tags for which this pass has nothing to do.
ORDINARY = frozenset(
    f"{slash}{name}" for name in KNOWN for slash in ("", "/") if slash or name not in NEEDS_END | GETS_END
)
NAME = re.compile(r"<(/?[a-z][^\s/>]*+)", re.ASCII)

#: The beginning of a tag, up to the next angle bracket; or what is neither text nor a tag.
START = re.compile(
    rf"{bounds.COMMENT}|<(?P<end>/?)(?P<tag>[a-z][^\s/<>]*+)(?P<rest>[^<>]*+)|{bounds.OTHER}",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
WHOLE = re.compile(bounds.TAG, re.DOTALL | re.IGNORECASE | re.ASCII)
FOREIGN_TOKEN = re.compile(f"{bounds.COMMENT}|{bounds.TAG}", re.DOTALL | re.IGNORECASE | re.ASCII)

#: End tags of elements that need one.
END = {
    name: re.compile(rf"</{name}(?=[\s/>]|\Z)[^>]*+(?:>|\Z)", re.IGNORECASE | re.ASCII)
    for name in NEEDS_END | GETS_END | RAW
}
ANY_END = re.compile(rf"</({'|'.join(sorted(END))})(?=[\s/>]|\Z)", re.IGNORECASE | re.ASCII)

#: Files of a player, behind its start tag.
FILES = re.compile(r"(?:\s*+<(?:source|track)(?=[\s/>])[^<>]*+>)*+", re.IGNORECASE | re.ASCII)

#: An attribute with its value in quotes: who wrote it meant a tag.
QUOTED = re.compile(r"""\s[^\s"'<>=]++\s*+=\s*+["']""", re.ASCII)

#: A value that the next angle bracket is part of.
OPEN_QUOTE = re.compile(r"""=\s*+(?:"[^"]*+|'[^']*+)\Z""", re.ASCII)

#: Names of office programs and of social networks, which are no words.
PREFIXED = re.compile(r"[a-z]\w*+:[a-z][\w-]*+", re.IGNORECASE | re.ASCII)

TAG_FOLLOWS = re.compile(r"\s*+<[a-z!]", re.IGNORECASE | re.ASCII)

#: An ampersand that begins no reference.
AMPERSAND = re.compile(r"&(?!#?\w{1,32};)", re.ASCII)


class _Kind(Enum):
    #: A tag that HTML knows and that may begin or end code.
    CODE = auto()
    #: A tag of a name that HTML does not know.
    UNKNOWN = auto()
    #: A start tag of an element that goes with its content, and that nobody ends.
    UNENDED = auto()
    #: A start tag of an element that is to end behind it.
    TO_END = auto()
    #: A sign that is less than something.
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    name: str
    is_end: bool
    start: int
    after: int


def readable(html: str) -> str:
    """
    `html` with the content of all elements that HTML does not know, and with their tags in code. Takes linear time.

    More tags than an article may have stay as they are.
    """
    if html.count("<") > policy.MAX_TAGS or ORDINARY.issuperset(NAME.findall(html.lower())):
        return html
    tokens = list(_tokens(html))
    paired = _paired(tokens)
    pieces, end, depth = list[str](), 0, 0
    for index, token in enumerate(tokens):
        if token.kind is _Kind.CODE:
            depth += (-1 if token.is_end else 1) if index in paired else 0
            continue
        written = html[token.start : token.after]
        pieces += html[end : token.start], _written(token, written, is_paired=index in paired, is_code=depth > 0)
        end = token.after
    return "".join((*pieces, html[end:]))


def _written(token: _Token, written: str, *, is_paired: bool, is_code: bool) -> str:
    """What stands instead of a token."""
    if is_code or token.kind is _Kind.SIGN or (not is_paired and not token.is_end and _is_word(token.name, written)):
        return AMPERSAND.sub("&amp;", written).replace("<", "&lt;").replace(">", "&gt;")
    if token.kind is _Kind.TO_END:
        return f"{written}</{token.name}>"
    at = 2 if token.is_end else 1
    return f"{written[:at]}x-{written[at:]}"


def _is_word(name: str, written: str) -> bool:
    """Whether a start tag without an end tag is a word in angle brackets, as in `List<int>`."""
    if name in GETS_END and "=" in written:
        return False
    is_tag = written.endswith("/>") or not written.endswith(">") or QUOTED.search(written) or PREFIXED.fullmatch(name)
    return not is_tag


def _paired(tokens: list[_Token]) -> frozenset[int]:
    """The tokens that are two ends of one element."""
    opened = defaultdict[str, list[int]](list)
    pairs = set[int]()
    for index, token in enumerate(tokens):
        if token.kind not in {_Kind.CODE, _Kind.UNKNOWN}:
            continue
        if not token.is_end:
            opened[token.name].append(index)
        elif before := opened[token.name]:
            pairs |= {before.pop(), index}
    return frozenset(pairs)


def _tokens(html: str) -> Iterator[_Token]:
    """What this pass has to do with, in order. Nothing is read more than twice."""
    last = {match[1].lower(): match.start() for match in ANY_END.finditer(html)}
    position = 0
    while match := START.search(html, position):
        position = match.end()
        if match["tag"] is None:
            continue
        name, is_end = match["tag"].lower(), bool(match["end"])
        is_cut = html[position : position + 1] != ">"
        if is_cut and not is_end and _is_sign(name, match):
            yield _Token(_Kind.SIGN, name, is_end, match.start(), match.start() + 1)
            continue
        position = _end(html, match.start())
        kind = _kind(html, name, match, position, last)
        if kind is _Kind.TO_END:
            position = _with_files(html, name, position)
        if kind is not None:
            yield _Token(kind, name, is_end, match.start(), position)
        elif name in END and not is_end:
            position = _after(html, name, match.start(), position, last)


def _kind(html: str, name: str, match: re.Match[str], position: int, last: dict[str, int]) -> _Kind | None:
    """What a tag that ends before `position` is for this pass; None where it stays, with the content of its element."""
    if name not in KNOWN:
        return _Kind.UNKNOWN
    if name in CODE:
        return _Kind.CODE
    if match["end"] or name not in NEEDS_END | GETS_END or last.get(name, -1) >= position:
        return None
    if (name in FOREIGN and _begins(html, match.start(), position)) or (name == "option" and "select" in last):
        return None
    return _Kind.UNENDED if name in NEEDS_END else _Kind.TO_END


def _with_files(html: str, name: str, position: int) -> int:
    files = FILES.match(html, position) if name != "iframe" else None
    return files.end() if files else position


def _begins(html: str, start: int, position: int) -> bool:
    """Whether a tag begins a drawing or a formula, though it has no end: it is no word."""
    return not _is_word("", html[start:position]) or bool(TAG_FOLLOWS.match(html, position))


def _is_sign(name: str, match: re.Match[str]) -> bool:
    """Whether an angle bracket with another one, or nothing, behind it is a sign: `a<b` in front of a tag."""
    if name in KNOWN and (len(name) > 1 or match["rest"]):
        return False
    return not QUOTED.search(match["rest"]) and not OPEN_QUOTE.search(match["rest"])


def _end(html: str, start: int) -> int:
    """Where a parser sees the end of a tag."""
    whole = WHOLE.match(html, start)
    return whole.end() if whole else start + 1


def _after(html: str, name: str, start: int, position: int, last: dict[str, int]) -> int:
    """Where an element that has an end tag is over, if its content is none of this pass's business."""
    if name in FOREIGN:
        return position if html[start:position].endswith("/>") else _foreign_end(html, position)
    if name not in RAW:
        return position
    if last.get(name, -1) >= position and (ended := END[name].search(html, position)):
        return ended.end()
    last[name] = -1
    return len(html)  # of a script or a style sheet, all that follows is part


def _foreign_end(html: str, position: int) -> int:
    """Where a drawing or a formula is over that begins before `position`."""
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
        elif name in ENDS_FOREIGN and not integration and (not is_end or name in {"p", "br"}):
            return token.start()
    return len(html)
