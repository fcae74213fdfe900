"""Which places of a body are code. Pure; linear in the size of the body."""

import re
from bisect import bisect
from collections.abc import Sequence

import comrak

#: Noncharacters around a number stand for a place.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
PLACE = re.compile(f"{OPEN}([0-9]{{1,9}}){CLOSE}")

#: Code in HTML that comrak wrote: the info string of fenced code is in the tag.
CODE = re.compile(r"<code[^>]*>[^<]*")

#: In the body of a page.
CODE_TAG = re.compile(r"<(?P<end>/?)(?P<name>pre|code)\b", re.IGNORECASE)

_EXTENSIONS = comrak.ExtensionOptions(table=True, footnotes=True, description_lists=True)


def in_code(body: str, places: Sequence[int], *, is_markdown: bool) -> list[bool]:
    """Of each place, in order: whether it is in fenced code, indented code or code in a line; or in code of HTML."""
    if not is_markdown:
        return _in_html_code(body, places)
    ends = [*places[1:], len(body)]
    marked = [f"{OPEN}{number}{CLOSE}{body[places[number] : end]}" for number, end in enumerate(ends)]
    # HTML of the author's is left out: only Markdown's code is in what comes.
    html = comrak.markdown_to_html(
        body[: places[0]] + "".join(marked), _EXTENSIONS, comrak.ParseOptions(), comrak.RenderOptions()
    )
    code = {int(number) for element in CODE.finditer(html) for number in PLACE.findall(element[0])}
    return [number in code for number in range(len(places))]


def _in_html_code(body: str, places: Sequence[int]) -> list[bool]:
    bounds: list[int] = []  # beginnings and ends by turns
    name, start = "", 0
    for tag in CODE_TAG.finditer(body):
        if not name and not tag["end"]:
            name, start = tag["name"].lower(), tag.start()
        elif tag["end"] and tag["name"].lower() == name:
            bounds += (start, tag.start())
            name = ""
    return [bisect(bounds, place) % 2 == 1 for place in places]
