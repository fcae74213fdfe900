"""
Sets of names of elements outside the table of elements: there should be none.

    python -m tests.bench.element_sets

It looks at each set, tuple, list, dictionary and pattern of the package that holds two names of elements or more.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from feedsvc.elements import KNOWN

PACKAGE = Path(__file__).parents[2] / "feedsvc"

#: Here, a name of an element is nothing else.
SANITIZE = PACKAGE / "sanitize"

#: The one module that may list elements.
TABLE = PACKAGE / "elements" / "table.py"

#: Collections that hold such names and are no sets of elements: module and name → what they hold.
OTHER_WORDS = {
    "addresses.PLAIN_PARAMETERS": "parameters of addresses",
    "dates.HALVES": "halves of a day",
    "days.FILLERS": "words in dates",
    "days.DAY_SIGNS": "words in dates",
    "foreign.PARTS": "parts of SVG",
    "guessed.OF_LANGUAGE": "languages",
    "judges.OF_A_FORM": "names of front matter",
    "judges.HIDEABLE_PARTS": "parts of a page, in names of front matter",
    "language.COMMON": "languages",
    "removed.KINDS": "kinds in the operator's report; what is removed is decided elsewhere",
    "seedfields.NO_NAMES": "names of front matter",
    "showing.SCROLLING": "blocks that scroll on our pages, as the stylesheet says",
    "spelling.BITS": "units",
    "standalone.SINGLE_TAGS": "tags of Hexo's themes",
    "searching.NAMES": "parameters of addresses",
    "values.OWN_PATHS": "first parts of addresses",
    # Patterns of HTML in Markdown: each names the few tags that Hexo or comrak treats in its own way.
    "code.CODE_ELEMENT": "tags in which Hexo leaves text alone",
    "code.OWN_CODE_TOKEN": "tags of code that an author writes",
    "hidden.SCRIPT_TAG": "tags of code, quoted or not",
    "hidden.EDGE": "tags that comrak writes",
    "marks.HTML_TOKEN": "tags in which Hexo leaves text alone",
    "words.WORDS_TOKEN": "tags that show something without a text",
}

#: Names that are words of other vocabularies as well: of feeds, media types and front matter.
WORDS = frozenset({
    "audio", "command", "content", "data", "image", "link", "map", "meta", "object", "source", "summary", "time",
    "title", "video",
})  # fmt: skip


def _texts(node: ast.AST) -> list[str]:
    """The texts that a literal collection holds: its elements, or its keys."""
    match node:
        case ast.Set(elts=found) | ast.Tuple(elts=found) | ast.List(elts=found):
            pass
        case ast.Dict(keys=keys):
            found = [key for key in keys if key is not None]
        case _:
            return []
    return [one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _alternatives(node: ast.AST) -> list[str]:
    """The names that stand in a pattern as alternatives: `pre|code`."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return []
    return re.findall(r"(?<![\w\\-])(?:[a-z][a-z0-9]*(?=\|)|(?<=\|)[a-z][a-z0-9]*)(?![\w-])", node.value)


def collections_of(path: Path, known: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Each collection of names of elements in a module: the name that it is assigned to, or its line; and the names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        label = next((one.id for one in targets if isinstance(one, ast.Name)), "")
        for node in ast.walk(statement):
            found = [*_texts(node), *_alternatives(node)]
            elements = sorted(known.intersection(found))
            if len(elements) > 1:
                yield label or f"line {getattr(node, 'lineno', 0)}", elements


def outside() -> dict[str, list[str]]:
    """Collections of names of elements outside the table: module and name of the collection → the names."""
    return {
        f"{path.stem}.{label}": found
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != TABLE
        for label, found in collections_of(path, KNOWN if SANITIZE in path.parents else KNOWN - WORDS)
    }


if __name__ == "__main__":
    for where, found in outside().items():
        print(f"{where}: {' '.join(found)}: {OTHER_WORDS.get(where, 'A SET OUTSIDE THE TABLE')}")
    print("sets of elements outside the table:", len(outside().keys() - OTHER_WORDS.keys()))
