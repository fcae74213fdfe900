"""The positions in a body that are in code. Pure; linear in the size of the body."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

import comrak

#: Noncharacters, which no text contains. A number between them is a placeholder: for a position, or for the HTML of a
#: tag.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
CODE_PLACE = re.compile(f"{OPEN}([0-9]{{1,9}}){CLOSE}")

#: Code in comrak's HTML. The info string of fenced code is in the tag.
CODE_START = re.compile(r"<code[^>]*>[^<]*")

#: A tag of code in the body of a page.
CODE_ELEMENT = re.compile(r"<(?P<end>/?)(?P<name>pre|code)\b", re.IGNORECASE)

#: A block of code of Markdown in comrak's HTML with positions. The author's own elements have no position.
CODE_BLOCK = re.compile(r'<pre data-sourcepos="[^"<>]*+"[^<>]*+><code[^<>]*+>[^<]*+')

#: In the same HTML: a tag of code of the author, an element of Markdown, or a placeholder.
OWN_CODE_TOKEN = re.compile(
    rf"<(?P<end>/?)(?P<name>pre|code)\b(?! data-sourcepos)|(?P<element><[a-z0-9]+ data-sourcepos)"
    rf"|{OPEN}(?P<number>[0-9]{{1,9}}){CLOSE}",
    re.IGNORECASE,
)

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


def in_code_blocks(pieces: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """
    The places between the pieces of a Markdown body, by number, that are in code.

    The first set has those in blocks of code of Markdown, the second those in elements `pre` and `code` of the author.
    """
    first, *others = pieces
    marked = (f"{OPEN}{number}{CLOSE}{piece}" for number, piece in enumerate(others))
    options = comrak.RenderOptions(unsafe_=True, sourcepos=True)
    html = comrak.markdown_to_html("".join((first, *marked)), _CODE_EXTENSIONS, comrak.ParseOptions(), options)
    blocks = {int(number) for block in CODE_BLOCK.finditer(html) for number in CODE_PLACE.findall(block[0])}
    return frozenset(blocks), frozenset(_in_own_code(html))


def _in_own_code(html: str) -> Iterator[int]:
    """The placeholders in an element `pre` or `code` of the author that has an end and contains no Markdown."""
    name, inside = "", list[int]()
    for token in OWN_CODE_TOKEN.finditer(html):
        tag = (token["name"] or "").lower()
        if token["number"]:
            inside.append(int(token["number"]))
        elif token["end"]:
            if tag == name:
                yield from inside
                name = ""
        elif token["element"] or not (name == "pre" and tag == "code"):
            name, inside = tag, []


def _in_html_code(body: str, places: Sequence[int]) -> list[bool]:
    bounds: list[int] = []  # starts and ends, alternately
    name, start = "", 0
    for tag in CODE_ELEMENT.finditer(body):
        if not name and not tag["end"]:
            name, start = tag["name"].lower(), tag.start()
        elif tag["end"] and tag["name"].lower() == name:
            bounds += (start, tag.start())
            name = ""
    return [bisect(bounds, place) % 2 == 1 for place in places]
