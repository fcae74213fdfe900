"""Sets of elements, by what the table says of them."""

from feedsvc.elements.row import Content, Element, Fate, Kind, Trait
from feedsvc.elements.table import ROWS

Names = frozenset[str]


def of_fate(*fates: Fate) -> Names:
    """The elements of which this comes out."""
    return frozenset(row.name for row in ROWS if row.fate in fates)


def of_kind(*kinds: Kind) -> Names:
    """The elements that a browser shows so."""
    return frozenset(row.name for row in ROWS if row.kind in kinds)


def with_content(*contents: Content) -> Names:
    """The elements that hold this."""
    return frozenset(row.name for row in ROWS if row.content in contents)


def with_trait(trait: Trait) -> Names:
    """The elements of which this is known."""
    return frozenset(row.name for row in ROWS if trait in row.traits)


def parts_of(parent: str) -> Names:
    """The elements that stand in `parent` only, or in few others."""
    return frozenset(row.name for row in ROWS if parent in row.parents)


def _ended_by(row: Element) -> Names:
    """The open elements that an element ends by itself."""
    is_block = row.name in LINES and row.kind is not Kind.BREAK
    return frozenset(row.ends) | ({"p"} if is_block else set())


#: Every name that an HTML parser knows.
KNOWN = frozenset(row.name for row in ROWS)

PUBLISHED = of_fate(Fate.PUBLISHED)
DROPPED = of_fate(Fate.DROPPED)
READ = of_fate(Fate.READ)

#: Name → the name under which an element is published.
RENAMED = {row.name: row.becomes for row in ROWS if row.becomes is not None}

#: Published elements whose edges are line breaks: words end at them.
LINES = PUBLISHED & of_kind(Kind.BLOCK, Kind.BREAK, Kind.PLAYER)

PLAYERS = of_kind(Kind.PLAYER)

#: Published elements that show a file.
MEDIA = PUBLISHED & of_kind(Kind.PICTURE, Kind.PLAYER)

#: Elements without an end tag (HTML Standard, 13.1.2); and with those that had none once.
VOID = with_content(Content.VOID)
EVER_VOID = with_content(Content.VOID, Content.OBSOLETE_VOID)

#: Void elements that are published as they are: a picture says something by its attributes only.
PUBLISHED_VOID = VOID & PUBLISHED
BREAKS = PUBLISHED_VOID - MEDIA

#: Elements whose content is text to a parser, up to their own end tag.
RAW = with_content(Content.RAW)

#: SVG and MathML.
FOREIGN = with_content(Content.FOREIGN)

#: Elements that parsers open again wherever they were not closed.
REOPENED = with_trait(Trait.REOPENED)

#: Elements whose start tag is markup though nobody closes it.
LEFT_OPEN = REOPENED | with_trait(Trait.LEFT_OPEN)

#: Elements in which a tag of an unknown name is code.
CODE = with_trait(Trait.CODE)

#: Elements that vanish with their content, and whose content is no text even where nobody ends them.
NEEDS_END = with_trait(Trait.NEEDS_END)
SCRIPTS = (RAW & DROPPED) - NEEDS_END

#: Element → the open elements that it ends by itself.
ENDS = {row.name: ended for row in ROWS if (ended := _ended_by(row))}

#: Elements of which an end tag by itself makes one.
MADE_BY_END = with_trait(Trait.MADE_BY_END)

#: Elements that mean nothing once they are empty.
POINTLESS = with_trait(Trait.POINTLESS)
