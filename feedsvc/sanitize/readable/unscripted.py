"""
HTML as readers without scripts and style sheets should have it, before a parser sees it.

What stands in a `noscript` is shown, and a formula is a line of text, as is what a drawing says. Each is one pass over
the tags, never back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedsvc import elements
from feedsvc.sanitize.readable.drawings import drawn_texts
from feedsvc.sanitize.safe import markup

#: A comment, raw text (what is for readers without scripts is none), or a tag: `<` in an attribute begins nothing.
HTML_TOKENS = re.compile(f"{markup.COMMENT}|{markup.raw(elements.RAW)}|{markup.TAG}", re.DOTALL | re.IGNORECASE)

#: Attributes, each with its value in the last group that is not None.
TYPE = re.compile(r"""(?<![\w-])type\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
CLASS = re.compile(r"""(?<![\w-])class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
ALTTEXT = re.compile(r"""(?<![\w-])alttext\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
TEX_ENCODING = re.compile(r"""(?<![\w-])encoding\s*=\s*["']?(?:application/x-)?(?:la)?tex\b""", re.IGNORECASE)

#: What hides a script's signs from XML parsers.
CDATA_SIGNS = re.compile(r"\A\s*(?:%\s*)?<!\[CDATA\[|(?:%\s*)?\]\]>\s*\Z")

ANNOTATION_END = re.compile("</(?:m:|mml:)?annotation", re.IGNORECASE)

#: Elements of formulas may have one of these before their names.
PREFIX = re.compile("(?:m|mml|math):")

#: A formula's element → what stands after its first part, its second, … in a line of text.
JOINTS: dict[str, tuple[str, ...]] = {
    "mfrac": ("/",), "msup": ("^",), "msub": ("_",), "msubsup": ("_", "^"), "munder": ("_",), "mover": ("^",),
    "munderover": ("_", "^"), "mroot": ("^1/",), "mtr": (" ",), "mtable": ("; ",), "mfenced": (", ",),
}  # fmt: skip
LIMITS = frozenset({"munder", "mover", "munderover"})
TABLES = frozenset({"mtr", "mtable", "mfenced"})

#: Elements that hold several parts as one, where that matters; and everywhere.
GROUPS = frozenset({"mrow", "mfrac", "mstyle", "mpadded"})
FENCED = frozenset({"msqrt", "mfenced"})

#: What stands before an element.
LEADS = {"msqrt": "√"}

#: Elements, and classes of them, that draw a formula with letters that nobody can read without their style sheet.
DRAWINGS = elements.with_trait(elements.Trait.DRAWS_FORMULA) | {"mjx-container"}
DRAWN = frozenset({
    "katex", "MathJax", "MathJax_Preview", "MathJax_CHTML", "MathJax_SVG", "MathJax_Display", "MathJax_SVG_Display",
    "MathJax_CHTML_Display", "mjx-chtml",
})  # fmt: skip

#: What ends a formula, or a drawing of one, that nobody ended.
FORMULA_ENDS = elements.with_trait(elements.Trait.ENDS_FORMULA)

#: Elements that are marked where they stood in a `noscript`.
MARKED = frozenset(row.name for row in elements.ROWS if elements.IN_NOSCRIPT in row.reads)

#: A piece of HTML, from where to where, and what stands there instead.
Replacement = tuple[int, int, str]


def unscripted(html: str) -> str:
    """`html` with formulas as text, and with what is for readers without scripts. Takes linear time."""
    lowered = html.lower()
    found: list[Replacement] = []
    if "noscript" in lowered:
        found += _noscripts(html)
    if "math" in lowered:  # a formula that is only drawn holds none
        found += (*_formulas(html), *_drawings(html))
    if "<svg" in lowered:
        found += drawn_texts(html)
    pieces, end = list[str](), 0
    for start, after, text in sorted(found):
        if start >= end:
            pieces += html[end:start], text
            end = after
    return "".join((*pieces, html[end:]))


def _noscripts(html: str) -> Iterator[Replacement]:
    """The tags of each `noscript` go; what it shows is marked, its first picture otherwise: it may be there already."""
    is_inside = False
    shown: list[int] = []
    for token in HTML_TOKENS.finditer(html):
        name, is_end = _name(token), bool(token["end"])
        if name == "noscript":
            # Not nothing: what stands around it must not become one tag.
            yield token.start(), token.end(), " "
            if is_end and is_inside:
                yield from (
                    (at, at, f" {elements.IN_NOSCRIPT}={'more' if number else 'first'} ")
                    for number, at in enumerate(shown)
                )
            is_inside, shown = not is_end, []
        elif name in MARKED and is_inside and not is_end:
            shown.append(token.start() + 1 + len(name))


def _formulas(html: str) -> Iterator[Replacement]:
    """Formulas in a line of text."""
    math: list[re.Match[str]] = []
    for token in HTML_TOKENS.finditer(html):
        name, is_end = _name(token), bool(token["end"])
        if math and (name in FORMULA_ENDS or (name == "math" and not is_end)):
            yield math[0].start(), token.start(), _formula(html, math, token.start())
            math = []
        if math or (name == "math" and not is_end):
            math.append(token)
        if math and name == "math" and (is_end or (token["attributes"] or "").endswith("/")):
            yield math[0].start(), token.end(), _formula(html, math, token.start())
            math = []
        elif not math and name == "script" and (text := _script(token[0])):
            yield token.start(), token.end(), text


def _drawings(html: str) -> Iterator[Replacement]:
    """What draws a formula is the formula that it holds, or nothing where its TeX stands right behind it."""
    name, start, depth, end = "", 0, 0, 0
    drawn: list[tuple[int, int]] = []  # those with nothing behind them so far
    for token in HTML_TOKENS.finditer(html):
        is_end = bool(token["end"])
        if depth and _name(token) not in FORMULA_ENDS:
            depth += (-1 if is_end else 1) if _name(token) == name else 0
            if not depth:
                drawn.append((start, token.end()))
        else:
            depth = 0
            if drawn and html[end : token.start()].strip():
                yield from _undrawn(html, drawn)
                drawn = []
            if _name(token) in DRAWINGS and not is_end and _is_drawn(token):
                name, start, depth = _name(token), token.start(), 1
            elif _name(token) == "script" and "math/tex" in _kind(token[0]):
                yield from ((one, after, "") for one, after in drawn)
                drawn = []
            elif not (is_end and _name(token) in DRAWINGS):
                yield from _undrawn(html, drawn)
                drawn = []
        end = token.end()
    yield from _undrawn(html, drawn)


def _is_drawn(token: re.Match[str]) -> bool:
    return _name(token) == "mjx-container" or not DRAWN.isdisjoint(_value(CLASS, token["attributes"]).split())


def _undrawn(html: str, drawn: list[tuple[int, int]]) -> Iterator[Replacement]:
    for start, end in drawn:
        if formulas := "".join(text for _, _, text in _formulas(html[start:end])):
            yield start, end, formulas


def _name(token: re.Match[str]) -> str:
    return PREFIX.sub("", (token["tag"] or token["raw"] or "").lower(), count=1)


def _value(attribute: re.Pattern[str], attributes: str | None) -> str:
    found = attribute.search(attributes or "")
    return next((value for value in found.groups() if value is not None), "").strip() if found else ""


def _kind(script: str) -> str:
    """The type that a script says it is of."""
    return _value(TYPE, script.partition(">")[0]).lower()


def _script(script: str) -> str | None:
    """The formula that a script holds; None for any other."""
    rest = script.partition(">")[2]
    written = CDATA_SIGNS.sub("", rest[: max(rest.lower().rfind("</script"), 0)]).replace("&", "&amp;")
    if "math/tex" in _kind(script) or _kind(script) == "text/tex":
        return _tex(written)
    return _text(written.strip()) if "math/asciimath" in _kind(script) else None


def _tex(tex: str) -> str:
    return f"\\({_text(tex.strip())}\\)" if tex.strip() else ""


def _text(written: str) -> str:
    """What was written where no tags are, as HTML; references in it stay."""
    return written.replace("<", "&lt;").replace(">", "&gt;")


def _formula(html: str, math: list[re.Match[str]], end: int) -> str:
    """A formula in a line of text: its TeX, else what its author says it is, else its parts."""
    if annotation := next((token for token in math if _is_tex(token)), None):
        # What looks like a tag in TeX is a sign: it goes up to its own end, whatever a parser takes for tags.
        last = ANNOTATION_END.search(html, annotation.end(), end)
        if last and (tex := _tex(html[annotation.end() : last.start()])):
            return f" {tex} "
    if said := _value(ALTTEXT, math[0]["attributes"].removesuffix("/")):
        return f" {_text(said)} "
    return "".join(_line(html, math, end))


def _is_tex(token: re.Match[str]) -> bool:
    return _name(token) == "annotation" and not token["end"] and bool(TEX_ENCODING.search(token["attributes"]))


@dataclass(slots=True)
class _Part:
    """An element of a formula that is open, with the parts of it that were there before."""

    name: str
    count: int = 0


def _line(html: str, math: list[re.Match[str]], last: int) -> Iterator[str]:
    """The parts of a formula with what joins them; no annotations, no comments."""
    opened = [_Part("math")]
    hidden, end = 0, math[0].end()
    for token in math[1:]:
        if not hidden:
            yield _text(html[end : token.start()])
        end = token.end()
        name, is_end = _name(token), bool(token["end"])
        if name.startswith("annotation"):
            hidden = max(hidden + (-1 if is_end else 1), 0)
        elif hidden or not name:
            continue
        elif not is_end:
            yield _joint(opened[-1])
            opened[-1].count += 1
            yield LEADS.get(name, "") + ("(" if _is_group(name, opened[-1]) else "")
            if token["raw"] is None and not token["attributes"].endswith("/"):
                opened.append(_Part(name))
        elif len(opened) > 1 and opened[-1].name == name:
            opened.pop()
            yield ")" if _is_group(name, opened[-1]) else " " if name in LIMITS else ""
    if not hidden:
        yield _text(html[end:last])  # of a formula that nobody ended


def _joint(parent: _Part) -> str:
    """What stands before its next part."""
    if not parent.count or parent.name not in JOINTS:
        return ""
    return JOINTS[parent.name][min(parent.count, len(JOINTS[parent.name])) - 1]


def _is_group(name: str, parent: _Part) -> bool:
    return name in FENCED or (name in GROUPS and parent.name in JOINTS and parent.name not in TABLES)
