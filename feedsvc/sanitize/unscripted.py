"""
HTML as readers without scripts and style sheets should have it, before a parser sees it.

What stands in a `noscript` is shown, and a formula is a line of text. One pass over the tags, never back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedsvc.sanitize import bounds

#: A comment, raw text (what is for readers without scripts is none), or a tag: `<` in an attribute begins nothing.
MARKUP = re.compile(f"{bounds.COMMENT}|{bounds.raw(bounds.RAW_TEXT)}|{bounds.TAG}", re.DOTALL | re.IGNORECASE)

#: A formula's `script`, with its end; some hide its signs from XML parsers.
TEX_SCRIPT = re.compile(r"<script\b([^<>]*+)>(.*)</script[^>]*+>", re.DOTALL | re.IGNORECASE)
CDATA = re.compile(r"^\s*(?:%\s*)?<!\[CDATA\[|(?:%\s*)?\]\]>\s*$")

ANNOTATION_END = re.compile("</annotation", re.IGNORECASE)
ALTTEXT = re.compile(r"""\balttext\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)

#: A formula's element → what stands after its first part, its second, … in a line of text.
JOINTS: dict[str, tuple[str, ...]] = {
    "mfrac": ("/",), "msup": ("^",), "msub": ("_",), "msubsup": ("_", "^"), "munder": ("_",), "mover": ("^",),
    "munderover": ("_", "^"), "mroot": ("^1/",), "mtr": (" ",), "mtable": ("; ",),
}  # fmt: skip
LIMITS = frozenset({"munder", "mover", "munderover"})
TABLES = frozenset({"mtr", "mtable"})

#: What stands before an element.
LEADS = {"msqrt": "√"}

#: Classes of `span` that draw a formula a second time, with letters that nobody can read without their style sheet.
DRAWN = ("katex-html", "MathJax_Preview", "MathJax_CHTML", "MathJax_SVG", 'MathJax"', "MathJax'")

#: How far before or after it the formula's other form ends or begins.
NEAR = 200

#: A piece of HTML, from where to where, and what stands there instead.
Replacement = tuple[int, int, str]


def unscripted(html: str) -> str:
    """`html` with formulas as text, and with what is for readers without scripts. Takes linear time."""
    lowered = html.lower()
    found: list[Replacement] = []
    for word, replacements in (("noscript", _noscripts), ("math", _formulas), ("katex", _drawn), ("mathjax", _drawn)):
        if word in lowered:
            found += replacements(html)
    pieces, end = list[str](), 0
    for start, after, text in sorted(found):
        if start >= end:
            pieces += html[end:start], text
            end = after
    return "".join((*pieces, html[end:]))


def _noscripts(html: str) -> Iterator[Replacement]:
    """The tags of each `noscript` go; its first picture is marked: it may be there already, before it."""
    is_inside, picture = False, None
    for token in MARKUP.finditer(html):
        name, is_end = _name(token), bool(token["end"])
        if name == "noscript":
            # Not nothing: what stands around it must not become one tag.
            yield token.start(), token.end(), " "
            if is_end and is_inside and picture is not None:
                yield picture, picture, " data-noscript "
            is_inside, picture = not is_end, None
        elif name == "img" and is_inside and picture is None:
            picture = token.start() + len("<img")


def _formulas(html: str) -> Iterator[Replacement]:
    """Formulas in a line of text."""
    math: list[re.Match[str]] = []
    for token in MARKUP.finditer(html):
        name, is_end = _name(token), bool(token["end"])
        if math or (name == "math" and not is_end):
            math.append(token)
        if math and name == "math" and is_end:
            yield math[0].start(), token.end(), _formula(html, math)
            math = []
        elif not math and name == "script" and (tex := _tex_of_script(token[0])):
            yield token.start(), token.end(), tex


def _drawn(html: str) -> Iterator[Replacement]:
    """Formulas that are drawn, where the same formula stands beside it in a form that can be read, are nothing."""
    start = depth = 0
    for token in MARKUP.finditer(html):
        is_end = bool(token["end"])
        if _name(token) != "span":
            continue
        if depth:
            depth += -1 if is_end else 1
            if not depth and _is_twice(html, start, token.end()):
                yield start, token.end(), ""
        elif not is_end and any(one in token["attributes"] for one in DRAWN):
            start, depth = token.start(), 1


def _name(token: re.Match[str]) -> str:
    return (token["tag"] or token["raw"] or "").lower()


def _is_twice(html: str, start: int, end: int) -> bool:
    """Whether the formula that is drawn there stands in a form that can be read just before, or just after."""
    before, after = html[max(start - NEAR, 0) : start].rstrip().lower(), html[end : end + NEAR].lstrip().lower()
    is_tex = after.startswith("<script") and "math/tex" in after.partition(">")[0]
    is_preview = after.startswith("<span") and "mathjax" in after.partition(">")[0]
    return before.endswith(("</math>", "</math></span>")) or is_tex or is_preview


def _tex_of_script(script: str) -> str | None:
    found = TEX_SCRIPT.fullmatch(script)
    return _tex(CDATA.sub("", found[2])) if found and "math/tex" in found[1] else None


def _tex(tex: str) -> str:
    return f"\\({_text(tex.strip())}\\)" if tex.strip() else ""


def _text(written: str) -> str:
    """What was written where no tags are, as HTML; references in it stay."""
    return written.replace("<", "&lt;").replace(">", "&gt;")


def _formula(html: str, math: list[re.Match[str]]) -> str:
    """A formula in a line of text: its TeX, else what its author says it is, else its parts."""
    if annotation := next((token for token in math if _is_tex(token)), None):
        # What looks like a tag in TeX is a sign: it goes up to its own end, whatever a parser takes for tags.
        end = ANNOTATION_END.search(html, annotation.end(), math[-1].end())
        if end and (tex := _tex(html[annotation.end() : end.start()])):
            return f" {tex} "
    said = ALTTEXT.search(math[0]["attributes"])
    if said and (text := (said[1] or said[2] or "").strip()):
        return f" {_text(text)} "
    return "".join(_line(html, math))


def _is_tex(token: re.Match[str]) -> bool:
    return _name(token) == "annotation" and not token["end"] and "x-tex" in token["attributes"].lower()


@dataclass(slots=True)
class _Part:
    """An element of a formula that is open, with the parts of it that were there before."""

    name: str
    count: int = 0


def _line(html: str, math: list[re.Match[str]]) -> Iterator[str]:
    """The parts of a formula with what joins them; no annotations, no comments."""
    opened = [_Part("math")]
    hidden, end = 0, math[0].end()
    for token in math[1:]:
        if not hidden:
            yield html[end : token.start()]
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


def _joint(parent: _Part) -> str:
    """What stands before its next part."""
    if not parent.count or parent.name not in JOINTS:
        return ""
    return JOINTS[parent.name][min(parent.count, len(JOINTS[parent.name])) - 1]


def _is_group(name: str, parent: _Part) -> bool:
    return name == "msqrt" or (name in {"mrow", "mfrac"} and parent.name in JOINTS and parent.name not in TABLES)
