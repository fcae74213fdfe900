"""Attributes of HTML: what each may say, and which of them hold a picture's address until a script reads it."""

from dataclasses import dataclass
from enum import Enum, auto


class Check(Enum):
    """The form that the value of an attribute must have. `sanitize/safe/gate.py` has the check for each."""

    #: Any text.
    TEXT = auto()
    #: A whole number; and one that may be below zero.
    NUMBER = auto()
    SIGNED_NUMBER = auto()
    #: A date, a time or a duration.
    DATETIME = auto()
    #: An absolute web address; the same or a mailto: link; the same or a small picture; the same of a known player.
    URL = auto()
    LINK = auto()
    IMAGE = auto()
    FRAME = auto()
    #: One value, which is ours whatever the source wrote.
    FIXED = auto()


@dataclass(frozen=True, slots=True)
class Attribute:
    """The published form of an attribute."""

    check: Check
    #: The one value of `Check.FIXED`.
    value: str = ""
    #: Whether an element without it is not published. The element gets a fixed value in any case.
    is_required: bool = False
    #: Whether parsers write the attribute in different ways.
    differs: bool = False


TEXT = Attribute(Check.TEXT)
NUMBER = Attribute(Check.NUMBER)
SIGNED_NUMBER = Attribute(Check.SIGNED_NUMBER)
DATETIME = Attribute(Check.DATETIME)
URL = Attribute(Check.URL)


def fixed(value: str) -> Attribute:
    """An attribute whose one value is ours."""
    return Attribute(Check.FIXED, value, is_required=True)


#: Attributes in which lazy-loading scripts keep an image's real address, best first.
LAZY_SOURCES = (
    "data-original", "data-actualsrc", "data-src", "data-lazy-src", "_src", "data-echo", "file", "zoomfile",
    "data-lazyload", "data-original-src", "data-lazy", "data-ll-src", "data-cfsrc", "data-orig-file", "data-large-file",
    "data-backsrc", "data-ke-src", "real_src", "data-real-src", "data-url", "data-img", "data-image", "original",
    "lazysrc", "lazy-src", "data-lazyload-src", "data-hi-res-src", "data-full-src", "data-raw-src", "data-delay-src",
)  # fmt: skip

#: Lists of one picture in several sizes; the largest is taken.
SOURCE_SETS = ("data-srcset", "srcset", "data-lazy-srcset")
LAZY_SETS = ("data-srcset", "data-lazy-srcset")

#: Marks a picture or a frame that stood in a `noscript`: an earlier pass writes it, the rewrite reads it.
IN_NOSCRIPT = "data-noscript"
