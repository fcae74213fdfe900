"""The positions in a body that are in code. Pure; linear in the size of the body."""

import re
from bisect import bisect
from collections.abc import Sequence

import comrak

#: Noncharacters, which no text contains. A number between them is a placeholder: for a position, or for the HTML of a
#: tag.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
CODE_PLACE = re.compile(f"{OPEN}([0-9]{{1,9}}){CLOSE}")

#: Code in comrak's HTML. The info string of fenced code is in the tag.
CODE_START = re.compile(r"<code[^>]*>[^<]*")

#: A tag of code in the body of a page.
CODE_TAG = re.compile(r"<(?P<end>/?)(?P<name>pre|code)\b", re.IGNORECASE)

_CODE_EXTENSIONS = comrak.ExtensionOptions(table=True, footnotes=True, description_lists=True)


def in_code(body: str, places: Sequence[int], *, is_markdown: bool) -> list[bool]:
    """For each position, in order: whether it is in fenced, indented or inline code, or in HTML code."""
    if not is_markdown:
        return _in_html_code(body, places)
    ends = [*places[1:], len(body)]
    marked = [f"{OPEN}{number}{CLOSE}{body[places[number] : end]}" for number, end in enumerate(ends)]
    # The author's HTML is left out, so that the result has only Markdown's code.
    html = comrak.markdown_to_html(
        body[: places[0]] + "".join(marked), _CODE_EXTENSIONS, comrak.ParseOptions(), comrak.RenderOptions()
    )
    code = {int(number) for element in CODE_START.finditer(html) for number in CODE_PLACE.findall(element[0])}
    return [number in code for number in range(len(places))]


def _in_html_code(body: str, places: Sequence[int]) -> list[bool]:
    bounds: list[int] = []  # starts and ends, alternately
    name, start = "", 0
    for tag in CODE_TAG.finditer(body):
        if not name and not tag["end"]:
            name, start = tag["name"].lower(), tag.start()
        elif tag["end"] and tag["name"].lower() == name:
            bounds += (start, tag.start())
            name = ""
    return [bisect(bounds, place) % 2 == 1 for place in places]
