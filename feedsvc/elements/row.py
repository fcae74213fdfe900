"""The form of a row in the table of elements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, Flag, auto

from feedsvc.elements.attributes import Attribute


class Fate(Enum):
    """The published form of an element."""

    #: The element itself, with its attributes.
    PUBLISHED = auto()
    #: The element that `Element.becomes` names, without attributes.
    RENAMED = auto()
    #: Its content.
    UNWRAPPED = auto()
    #: Nothing by itself. The rewrite reads it, and makes another element or a text of it.
    READ = auto()
    #: Nothing: it vanishes with everything in it.
    DROPPED = auto()


class Kind(Enum):
    """The way a browser shows an element."""

    #: In a line of text.
    WORDS = auto()
    #: On lines of its own. It ends an open paragraph.
    BLOCK = auto()
    #: As a group of a table's rows.
    ROWS = auto()
    #: As the end of a line.
    BREAK = auto()
    #: As a picture.
    PICTURE = auto()
    #: As a player or a page in a frame: a browser shows a file instead of its content.
    PLAYER = auto()
    #: As nothing.
    UNSEEN = auto()


class Content(Enum):
    """The content that an element may have."""

    #: Words, and elements in a line of text.
    WORDS = auto()
    #: Words and blocks.
    BLOCKS = auto()
    #: Nothing but the elements that name it as their parent; in `PARTS`, no text but white space of ASCII.
    ITEMS = auto()
    PARTS = auto()
    #: Nothing, and it has no end tag; of the second kind, the HTML Standard no longer says so.
    VOID = auto()
    OBSOLETE_VOID = auto()
    #: Text in which nothing is markup, up to its own end tag.
    RAW = auto()
    #: SVG or MathML.
    FOREIGN = auto()


class Trait(Flag):
    """Further properties of an element."""

    NONE = 0
    #: Empty, it means nothing.
    POINTLESS = auto()
    #: Parsers open it again wherever it was not closed (HTML Standard, 13.2.4.3).
    REOPENED = auto()
    #: Its tag is markup though nobody closes it: in a title that was cut off, and in code.
    LEFT_OPEN = auto()
    #: Authors leave its end tag out.
    UNENDED = auto()
    #: An end tag by itself makes an element of it.
    MADE_BY_END = auto()
    #: Without an end tag, it would take the rest of the article along.
    NEEDS_END = auto()
    #: Each parser writes it in its own way.
    DIFFERS = auto()
    #: libxml2 does not know that it is void.
    OPEN_TO_LIBXML = auto()
    #: In it, a tag of an unknown name is code, and stays as text.
    CODE = auto()
    #: Its tag ends a drawing that it stands in (HTML Standard, 13.2.6.5).
    ENDS_FOREIGN = auto()
    #: The element ends a formula that nobody ended.
    ENDS_FORMULA = auto()
    #: With a class of KaTeX or MathJax, it draws a formula.
    DRAWS_FORMULA = auto()
    #: A check box in it is an item of a list of things to do.
    HOLDS_TASKS = auto()
    #: A link at its end may lead to the whole article.
    HOLDS_TAIL = auto()
    #: An address in its text is no link.
    HOLDS_NO_LINKS = auto()
    #: The element names a file of the player that it stands in.
    IN_PLAYER = auto()
    #: The element shows a file that may stand in the article's folder, or leads to one.
    HAS_FILE = auto()


@dataclass(frozen=True, slots=True)
class Element:
    """An element of HTML."""

    name: str
    fate: Fate = Fate.UNWRAPPED
    kind: Kind = Kind.WORDS
    content: Content = Content.WORDS
    traits: Trait = Trait.NONE
    #: The attributes that are published, each with its check.
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    #: The attributes that nh3 lets through besides, for the rewrite to read.
    reads: tuple[str, ...] = ()
    #: The name under which it is published.
    becomes: str | None = None
    #: The only parents in which no parser moves it.
    parents: tuple[str, ...] = ()
    #: Open elements that it ends by itself, besides `p` where it is a block.
    ends: tuple[str, ...] = ()
    #: Whether a tag of it may be a word in angle brackets. None: yes, where nothing is published but its content.
    is_word: bool | None = None
