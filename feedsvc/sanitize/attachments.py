"""The files of an entry as links at the end of its text, for a format that has room for one file. Pure."""

import html
import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from feedsvc.elements import LINK_REL
from feedsvc.model import Enclosure, SafeHtml
from feedsvc.normalize import cut
from feedsvc.sanitize.policy import NAME_WIDTH
from feedsvc.sanitize.safe.words import in_words, text_as_html

#: The words before the list.
NOTICE = "附件："

#: Units of a size in bytes.
UNITS = ("kB", "MB", "GB", "TB")
THOUSAND = 1000

#: A tag of sanitised HTML, and the value of an attribute.
CLEAN_TAG = re.compile(r"""<[a-z](?:[^>"]|"[^"]*")*>""")
CLEAN_VALUE = re.compile(r'="([^"]*)"')


def attachment_links(enclosures: Sequence[Enclosure], content: str) -> SafeHtml:
    """
    A list of links to files, for the end of `content`, without files that `content` links to or shows. Empty for none.

    The format's own elements have the same addresses: a reader that compares addresses shows no file twice.
    """
    shown = {html.unescape(said) for tag in CLEAN_TAG.findall(content) for said in CLEAN_VALUE.findall(tag)}
    once = {one.url: one for one in enclosures if one.url not in shown}
    lines = "".join(f"<li>{_link_to_file(one)}</li>" for one in once.values())
    return SafeHtml(f"<p>{NOTICE}</p><ul>{lines}</ul>" if lines else "")


def file_name(url: str) -> str:
    """The name of a file: the last part of its path, else its host, as plain text."""
    parts = urlsplit(url)
    return cut(in_words(unquote(parts.path.rstrip("/").rpartition("/")[2])), NAME_WIDTH) or parts.netloc


def _link_to_file(one: Enclosure) -> str:
    said = "，".join(part for part in (one.type, _size(one.length)) if part)
    named = text_as_html(file_name(one.url))
    return f'<a href="{html.escape(one.url)}" rel="{LINK_REL}">{named}</a>（{text_as_html(said)}）'


def _size(length: int) -> str:
    """`5.7 MB`. Empty where the size is not known, or below 1 kB."""
    size, found = float(length), ""
    for unit in UNITS:
        size /= THOUSAND
        if size >= 1:
            found = f"{size:.1f} {unit}"
    return found
