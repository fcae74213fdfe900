"""Formulas as lines of text: MathML, and scripts of MathJax and KaTeX. Pure. No pass over the tags goes back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedsvc import elements
from feedsvc.sanitize.readable.foreign import OTHER_PART, PARTS, Part
from feedsvc.sanitize.readable.tokens import HTML_TOKENS, Replacement, name_of, value_of

#: Attributes, each with its value in the last group that is not None.
TYPE = re.compile(r"""(?<![\w-])type\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
CLASS = re.compile(r"""(?<![\w-])class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
ALTTEXT = re.compile(r"""(?<![\w-])alttext\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
TEX_ENCODING = re.compile(r"""(?<![\w-])encoding\s*=\s*["']?(?:application/x-)?(?:la)?tex\b""", re.IGNORECASE)

#: Signs that hide the content of a script from XML parsers.
CDATA_SIGNS = re.compile(r"\A\s*(?:%\s*)?<!\[CDATA\[|(?:%\s*)?\]\]>\s*\Z")

ANNOTATION_END = re.compile("</(?:m:|mml:)?annotation", re.IGNORECASE)

#: Elements, and classes of them, that draw a formula with letters that nobody can read without their style sheet.
DRAWINGS = elements.with_trait(elements.Trait.DRAWS_FORMULA) | {"mjx-container"}
DRAWN = frozenset({
    "katex", "MathJax", "MathJax_Preview", "MathJax_CHTML", "MathJax_SVG", "MathJax_Display", "MathJax_SVG_Display",
    "MathJax_CHTML_Display", "mjx-chtml",
})  # fmt: skip

#: Elements that end a formula, or a drawing of one, that nobody ended.
FORMULA_ENDS = elements.with_trait(elements.Trait.ENDS_FORMULA)


def formulas(html: str) -> Iterator[Replacement]:
    """Formulas in a line of text."""
    math: list[re.Match[str]] = []
    for token in HTML_TOKENS.finditer(html):
        name, is_end = name_of(token), bool(token["end"])
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


def drawn_formulas(html: str) -> Iterator[Replacement]:
    """What draws a formula is the formula that it holds, or nothing where its TeX stands right behind it."""
    name, start, depth, end = "", 0, 0, 0
    drawn: list[tuple[int, int]] = []  # those with nothing behind them so far
    for token in HTML_TOKENS.finditer(html):
        is_end = bool(token["end"])
        if depth and name_of(token) not in FORMULA_ENDS:
            depth += (-1 if is_end else 1) if name_of(token) == name else 0
            if not depth:
                drawn.append((start, token.end()))
        else:
            depth = 0
            if drawn and html[end : token.start()].strip():
                yield from _undrawn(html, drawn)
                drawn = []
            if name_of(token) in DRAWINGS and not is_end and _is_drawn(token):
                name, start, depth = name_of(token), token.start(), 1
            elif name_of(token) == "script" and "math/tex" in _kind(token[0]):
                yield from ((one, after, "") for one, after in drawn)
                drawn = []
            elif not (is_end and name_of(token) in DRAWINGS):
                yield from _undrawn(html, drawn)
                drawn = []
        end = token.end()
    yield from _undrawn(html, drawn)


def _is_drawn(token: re.Match[str]) -> bool:
    return name_of(token) == "mjx-container" or not DRAWN.isdisjoint(value_of(CLASS, token["attributes"]).split())


def _undrawn(html: str, drawn: list[tuple[int, int]]) -> Iterator[Replacement]:
    for start, end in drawn:
        if said := "".join(text for _, _, text in formulas(html[start:end])):
            yield start, end, said


def _kind(script: str) -> str:
    """The type that a script says it is of."""
    return value_of(TYPE, script.partition(">")[0]).lower()


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
    if said := value_of(ALTTEXT, math[0]["attributes"].removesuffix("/")):
        return f" {_text(said)} "
    return "".join(_line(html, math, end))


def _is_tex(token: re.Match[str]) -> bool:
    return name_of(token) == "annotation" and not token["end"] and bool(TEX_ENCODING.search(token["attributes"]))


@dataclass(slots=True)
class _Open:
    """An element of a formula that is open, and how many of its parts there were before."""

    name: str
    count: int = 0

    @property
    def part(self) -> Part:
        return PARTS.get(self.name, OTHER_PART)


def _line(html: str, math: list[re.Match[str]], last: int) -> Iterator[str]:
    """The parts of a formula with their joints; no annotations, no comments."""
    opened = [_Open("math")]
    hidden, end = 0, math[0].end()
    for token in math[1:]:
        if not hidden:
            yield _text(html[end : token.start()])
        end = token.end()
        name, is_end = name_of(token), bool(token["end"])
        part = PARTS.get(name, OTHER_PART)
        if name.startswith("annotation"):
            hidden = max(hidden + (-1 if is_end else 1), 0)
        elif hidden or not name:
            continue
        elif not is_end:
            yield _joint(opened[-1])
            opened[-1].count += 1
            yield part.lead + ("(" if _has_brackets(part, opened[-1].part) else "")
            if token["raw"] is None and not token["attributes"].endswith("/"):
                opened.append(_Open(name))
        elif len(opened) > 1 and opened[-1].name == name:
            opened.pop()
            yield ")" if _has_brackets(part, opened[-1].part) else " " if part.is_limit else ""
    if not hidden:
        yield _text(html[end:last])  # of a formula that nobody ended


def _joint(parent: _Open) -> str:
    """The text before the next part of `parent`."""
    joints = parent.part.joints
    return joints[min(parent.count, len(joints)) - 1] if parent.count and joints else ""


def _has_brackets(part: Part, parent: Part) -> bool:
    return part.is_fenced or (part.is_group and bool(parent.joints) and not parent.is_table)
