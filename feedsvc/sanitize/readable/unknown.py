"""
Keeps words that look like tags, tags that no HTML parser knows, and the text behind elements that nobody ends. Pure.

nh3 drops an element with its content where only SVG or MathML has the element's name: `view`, `text`, `list`, `set`. A
browser shows the content of such an element. In code, a tag of an unknown name is code, and stays as text. So does a
name of HTML that is no tag there: `List<Object>`, `<Button>`, `a<b && c>d`.

This pass works on the text before any parser. It only adds characters: a prefix to a name, references for angle
brackets, an end tag. The later stages judge the result, so the pass cannot make anything unsafe.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from feedsvc.elements import BREAKS, CODE, EVER_VOID, LEFT_OPEN, NEEDS_END, PLAYERS, PUBLISHED_VOID
from feedsvc.sanitize.readable.tagwords import (
    CODE_TAG,
    LETTERS,
    MIXED,
    ONLY_CONTENT,
    TAG_NAMES,
    TEMPLATE_NAMES,
    TagKind,
    Token,
    are_attributes,
    is_word,
    tokens_of,
)
from feedsvc.sanitize.safe.policy import MAX_TAGS

#: So many angle brackets take two seconds. An article with too many tags becomes plain text, and keeps its words too.
MAX_READ = 4 * MAX_TAGS

#: Tags for which this pass has nothing to do.
ORDINARY = frozenset(
    f"{slash}{name}" for name in TAG_NAMES for slash in ("", "/") if slash or name not in NEEDS_END | PLAYERS
)
NAME = re.compile(r"<(/?[a-z][^\s/>]*+)", re.ASCII)

#: The tag of a picture without an address.
NO_PICTURE = re.compile(r"<img[\s/]*+>", re.IGNORECASE)


#: A sign before a word in angle brackets: `List<Object>`, `a<b`.
WORD_BEFORE = re.compile(r"[\w)\]:.]", re.ASCII)

#: An ampersand that begins no reference.
AMPERSAND = re.compile(r"&(?!#?\w{1,32};)", re.ASCII)


def readable(html: str) -> str:
    """
    `html` with the content of all elements that HTML does not know, and with all code. Takes linear time.

    More than MAX_READ angle brackets stay as they are: such an article is beyond all bounds.
    """
    if html.count("<") > MAX_READ or _is_ordinary(html):
        return html
    tokens = list(tokens_of(html))
    partners, in_code, strays = _paired(tokens)
    pieces, end, texts = list[str](), 0, set[int]()
    for index, token in enumerate(tokens):
        if token.kind is TagKind.CODE:
            continue
        partner = partners.get(index)
        is_paired, is_code = partner is not None, index in in_code
        if index in strays or partner in texts or _is_text(html, token, is_paired=is_paired, is_code=is_code):
            texts.add(index)
            written = _as_text(html[token.start : token.after])
        else:
            written = _as_tag(token, html[token.start : token.after])
        pieces += html[end : token.start], written
        end = token.after
    return "".join((*pieces, html[end:]))


def _is_ordinary(html: str) -> bool:
    """Whether all names are names of HTML in its spelling, and each tag has its end. A fast look."""
    names = Counter(NAME.findall(html.lower()))
    if not ORDINARY.issuperset(names) or MIXED.search(html):
        return False
    if not _is_balanced(names):
        return False
    if CODE.isdisjoint(names):
        return True
    if NO_PICTURE.search(html) or not (EVER_VOID - PUBLISHED_VOID).isdisjoint(names):
        return False
    return all(_is_balanced(Counter(NAME.findall(part))) for part in CODE_TAG.split(html.lower()))


def _is_balanced(names: Mapping[str, int]) -> bool:
    """Whether each element has as many end tags as start tags."""
    bare = {name.removeprefix("/") for name in names} - PUBLISHED_VOID
    return all(names.get(name) == names.get(f"/{name}") for name in bare)


def _as_text(written: str) -> str:
    return AMPERSAND.sub("&amp;", written).replace("<", "&lt;").replace(">", "&gt;")


def _as_tag(token: Token, written: str) -> str:
    """The text that replaces a tag."""
    if token.kind is TagKind.KNOWN:
        return written
    if token.kind is TagKind.TO_END:
        return f"{written}</{token.name}>"
    at = 2 if token.is_end else 1
    return f"{written[:at]}x-{written[at:]}"


def _is_text(html: str, token: Token, *, is_paired: bool, is_code: bool) -> bool:
    """Whether a token is text and no tag. An end tag also is text where its start tag is."""
    written = html[token.start : token.after]
    if token.kind is TagKind.KNOWN:
        if is_code:
            return _is_code(html, token, written, is_paired=is_paired)
        return not (token.is_end or is_paired) and _is_word_of_html(token.name, written)
    return is_code or token.kind is TagKind.SIGN or not (is_paired or token.is_end or not is_word(token.name, written))


def _is_word_of_html(name: str, written: str) -> bool:
    """Whether a start tag of HTML without an end tag is a word or a sign in a text: `List<Object>`, `a<b && c>d`."""
    said = _attributes(name, written)
    if said.strip():
        return name in LETTERS and not are_attributes(said)
    return name in TEMPLATE_NAMES or (name in ONLY_CONTENT and MIXED.match(written) is not None)


def _is_code(html: str, token: Token, written: str, *, is_paired: bool) -> bool:
    """Whether a tag of HTML in code is code, and no markup of a highlighter or an author."""
    name = token.name
    if MIXED.match(written):
        return True
    if token.is_end or name in BREAKS or (is_paired and name not in EVER_VOID):
        return False
    said = _attributes(name, written)
    if said.strip("/ \t\r\n\f"):
        return not are_attributes(said)
    is_capital = len(name) == 1 and written[1].isupper()
    if name not in LEFT_OPEN or is_capital or html.startswith("</", token.after):
        return True
    return WORD_BEFORE.match(html, token.start - 1) is not None if token.start else False


def _attributes(name: str, written: str) -> str:
    """The text of a start tag behind its name."""
    return written[len(name) + 1 :].removesuffix(">")


def _paired(tokens: Sequence[Token]) -> tuple[Mapping[int, int], frozenset[int], frozenset[int]]:
    """
    Three results: the two tags of each element; the tokens in code; the end tags in code without a start tag.

    No element is half in code. An end tag in code without a start tag is code.
    """
    code, _ = _pairs((index, token, 0) for index, token in enumerate(tokens) if token.kind is TagKind.CODE)
    places = list[int]()
    place = depth = 0
    for index, token in enumerate(tokens):
        if index in code:
            depth += -1 if token.is_end else 1
            # Each piece of code is a place of its own. All text outside code is one place.
            place = 0 if not depth else place or index + 1
        places.append(place)
    pairs, strays = _pairs((index, token, places[index]) for index, token in enumerate(tokens) if token.kind in PAIRED)
    return pairs, frozenset(index for index, place in enumerate(places) if place), strays


#: Kinds of tokens that may be one of the two tags of an element.
PAIRED = frozenset({TagKind.UNKNOWN, TagKind.KNOWN})


def _pairs(tokens: Iterator[tuple[int, Token, int]]) -> tuple[dict[int, int], frozenset[int]]:
    """As `_paired`, of tokens with their number and their place."""
    opened = defaultdict[tuple[str, int], list[int]](list)
    pairs, strays = dict[int, int](), set[int]()
    for index, token, place in tokens:
        if not token.is_end:
            opened[token.name, place].append(index)
        elif before := opened.get((token.name, place)):
            start = before.pop()
            pairs |= {start: index, index: start}
        elif place and not opened.get((token.name, 0)) and token.name not in LEFT_OPEN | BREAKS:
            strays.add(index)
    return pairs, frozenset(strays)
