"""Content for readers without scripts, which is shown: most readers have none. Pure."""

from collections.abc import Iterator

from feedsvc import elements
from feedsvc.sanitize.readable.tokens import HTML_TOKENS, Replacement, name_of

#: Elements that are marked where they stood in a `noscript`.
MARKED = frozenset(row.name for row in elements.ROWS if elements.IN_NOSCRIPT in row.reads)


def noscripts(html: str) -> Iterator[Replacement]:
    """The tags of each `noscript` go; what it shows is marked, its first picture otherwise: it may be there already."""
    is_inside = False
    shown: list[int] = []
    for token in HTML_TOKENS.finditer(html):
        name, is_end = name_of(token), bool(token["end"])
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
