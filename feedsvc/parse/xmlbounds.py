"""
A feed in XML as a tree, also if it is not well-formed. Pure.

feedparser takes quadratic time, or worse, for unusual shapes, so it gets XML that is written again from this tree. A
well-formed document is parsed once. Another one is mended: first its characters, and then its tags, if that is needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from feedsvc.errors import EntryError
from feedsvc.normalize import cut, one_line
from feedsvc.parse.characters import mended, without_forbidden
from feedsvc.parse.dtd import CDATA_END, CDATA_START, PROLOG, Entities, pieces, without_dtd
from feedsvc.parse.mended import Mended, Mender

#: Largest number of attributes in a tag. feedparser compares all of them with each other.
TAG_ATTRIBUTES = 256
CROWDED = etree.XPath(f"boolean(//*[@*[{TAG_ATTRIBUTES + 1}]])")

ROOT_NAME = re.compile(r"<([A-Za-z_][\w:.-]*)")
XML_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")

#: The border between two entries. If a CDATA section contains it, its end is missing.
BETWEEN = re.compile(r"</(?:item|entry)\s*>\s*<(?:item|entry)[\s>]", re.IGNORECASE)
CDATA_WITHOUT_END = "a section of CDATA has no end"

#: Longest message of the XML parser that is reported, in columns. It may quote the document.
MESSAGE_WIDTH = 80

#: Largest number of entities that a problem names.
MAX_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableXml:
    """A feed in XML that was parsed."""

    root: etree._Element
    #: Messages for the operator.
    problems: tuple[str, ...] = ()
    #: Whether the original document was well-formed.
    is_well_formed: bool = True
    #: Whether the end of the document was present.
    is_whole: bool = True


def readable(text: str) -> ReadableXml:
    """
    The feed in `text`, with all its whole entries.

    Raises EntryError for a text that is not XML, and for a document that would cost too much.
    """
    text = XML_DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), text, count=1)
    text, entities = without_dtd(text)
    text = entities.put_into(text)
    found = CDATA_WITHOUT_END if _swallows(text) else _parsed_strictly(_up_to_root_end(text))
    if not isinstance(found, str):
        return ReadableXml(root=_bounded(found), problems=tuple(_missed(entities)))
    for mend in (_tags,) if found == CDATA_WITHOUT_END else (_characters, _tags):
        document = mend(text)
        root = _parsed_strictly(document.text)
        if not isinstance(root, str):
            problems = (*_missed(entities), *_mending_problems(found, document))
            return ReadableXml(root=_bounded(root), problems=problems, is_well_formed=False, is_whole=document.is_whole)
    raise EntryError("neither a feed in XML nor a JSON Feed")


def _parsed_strictly(text: str) -> "etree._Element | str":
    """The root of a well-formed document, else the parser's message."""
    # Comments and instructions do not shape entries, and some of them change at every poll.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, strip_cdata=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except etree.XMLSyntaxError as error:
        what = one_line((error.msg or "no XML").partition(", line ")[0].partition("\n")[0])
        return f"line {error.position[0]}: {cut(what, MESSAGE_WIDTH)}"
    except ValueError:
        return "no XML"


def _swallows(text: str) -> bool:
    """Whether a CDATA section extends over the next entries, to the end of another section."""
    if text.count(CDATA_START) == text.count(CDATA_END):
        return False
    return any(is_cdata and CDATA_START in piece[1:] and BETWEEN.search(piece) for is_cdata, piece in pieces(text))


def _bounded(root: etree._Element) -> etree._Element:
    if CROWDED(root):
        raise EntryError(f"a tag with more than {TAG_ATTRIBUTES} attributes: no feed has one")
    return root


def _up_to_root_end(text: str) -> str:
    """The text up to the end of the root, if it is present. Servers append text that is not part of the feed."""
    prolog = PROLOG.match(text)
    root = ROOT_NAME.match(text, prolog.end() if prolog else 0)
    end = text.rfind(f"</{root[1]}") if root else -1
    return text if end < 0 else text[: text.find(">", end) + 1 or None]


def _characters(text: str) -> Mended:
    """A document with valid references and characters. Its tags stay as they are."""
    return Mended(
        text="".join(
            without_forbidden(piece) if is_cdata else mended(piece) for is_cdata, piece in pieces(_up_to_root_end(text))
        ),
        is_whole=True,
    )


def _tags(text: str) -> Mended:
    return Mender(text).run()


def _mending_problems(found: str, document: Mended) -> Iterator[str]:
    if document.is_whole:
        yield f"not well-formed XML, mended ({found})"
    elif document.broken is None:
        yield f"only a part of a feed: its end is missing ({found}); every item is whole"
    else:
        yield f"only a part of a feed: its end is missing ({found}); item {document.broken} breaks off, and is left out"


def _missed(entities: Entities) -> Iterator[str]:
    if names := sorted(entities.missed):
        more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
        yield (
            "entities of its DTD that are long, or refer to others or to files, are left out: "
            f"{', '.join(names[:MAX_NAMED])}{more}"
        )
