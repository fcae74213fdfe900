"""
The table of drawings and formulas: the parts of SVG and MathML that matter for a line of text.

`title`, `script` and `style` are parts of SVG here. What HTML knows by these names is in the table of elements.
"""

from dataclasses import dataclass

from feedsvc.elements import Trait, with_trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a drawing or of a formula."""

    language: str = "svg"
    #: A browser shows its content as text.
    says: bool = False
    #: The element shows nothing in its place, or only to those who point at it; or it is code.
    is_silent: bool = False
    #: HTML is content in it.
    holds_html: bool = False
    #: In a line of text, these stand after its first part, its second, …
    joints: tuple[str, ...] = ()
    #: In a line of text, this stands before it.
    lead: str = ""
    #: White space stands behind it: what it is the limit of follows.
    is_limit: bool = False
    #: Its parts are rows or cells, which need no brackets.
    is_table: bool = False
    #: Its parts are one thing, and need brackets where it is a part of something joined; and everywhere.
    is_group: bool = False
    is_fenced: bool = False


SILENT_PART = Part(is_silent=True)
MATH_TOKEN = Part(language="math", holds_html=True)

#: Name in small letters → what is known of the part.
PARTS: dict[str, Part] = {
    "text": Part(says=True),
    "foreignobject": Part(says=True, holds_html=True),
    "title": Part(is_silent=True, holds_html=True),
    "desc": Part(is_silent=True, holds_html=True),
    "defs": SILENT_PART,
    "symbol": SILENT_PART,
    "clippath": SILENT_PART,
    "mask": SILENT_PART,
    "pattern": SILENT_PART,
    "marker": SILENT_PART,
    "metadata": SILENT_PART,
    "script": SILENT_PART,
    "style": SILENT_PART,
    "annotation-xml": MATH_TOKEN,
    "mi": MATH_TOKEN,
    "mo": MATH_TOKEN,
    "mn": MATH_TOKEN,
    "ms": MATH_TOKEN,
    "mtext": MATH_TOKEN,
    "mrow": Part(language="math", is_group=True),
    "mstyle": Part(language="math", is_group=True),
    "mpadded": Part(language="math", is_group=True),
    "mfrac": Part(language="math", joints=("/",), is_group=True),
    "msup": Part(language="math", joints=("^",)),
    "msub": Part(language="math", joints=("_",)),
    "msubsup": Part(language="math", joints=("_", "^")),
    "munder": Part(language="math", joints=("_",), is_limit=True),
    "mover": Part(language="math", joints=("^",), is_limit=True),
    "munderover": Part(language="math", joints=("_", "^"), is_limit=True),
    "mroot": Part(language="math", joints=("^1/",)),
    "msqrt": Part(language="math", lead="√", is_fenced=True),
    "mtr": Part(language="math", joints=(" ",), is_table=True),
    "mtable": Part(language="math", joints=("; ",), is_table=True),
    "mfenced": Part(language="math", joints=(", ",), is_table=True, is_fenced=True),
}

#: All other parts of formulas.
OTHER_PART = Part(language="math")

SAYING = frozenset(name for name, part in PARTS.items() if part.says)
SILENT = frozenset(name for name, part in PARTS.items() if part.is_silent)

#: Language → its parts that hold HTML.
HOLD_HTML = {
    language: frozenset(name for name, part in PARTS.items() if part.holds_html and part.language == language)
    for language in sorted({part.language for part in PARTS.values()})
}

#: A tag of these elements of HTML ends a drawing that it stands in.
ENDS_FOREIGN = with_trait(Trait.ENDS_FOREIGN)
