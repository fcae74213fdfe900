"""
HTML as readers without scripts and style sheets should have it, before a parser sees it. Pure.

The content of a `noscript` is shown. A formula is a line of text, and so are the words of a drawing.
"""

from feedsvc.sanitize.readable.drawings import drawn_texts
from feedsvc.sanitize.readable.formulas import drawn_formulas, formulas
from feedsvc.sanitize.readable.noscript import noscripts
from feedsvc.sanitize.readable.tokens import Replacement


def unscripted(html: str) -> str:
    """`html` with formulas as text, and with what is for readers without scripts. Takes linear time."""
    lowered = html.lower()
    found: list[Replacement] = []
    if "noscript" in lowered:
        found += noscripts(html)
    if "math" in lowered:  # a formula that is only drawn holds none
        found += (*formulas(html), *drawn_formulas(html))
    if "<svg" in lowered:
        found += drawn_texts(html)
    pieces, end = list[str](), 0
    for start, after, text in sorted(found):
        if start >= end:
            pieces += html[end:start], text
            end = after
    return "".join((*pieces, html[end:]))
