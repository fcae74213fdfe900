"""An entry that is only a picture, a recording or a link: what it is called, and what it shows. Pure."""

from html import escape

from feedsvc.media import file_name, kind_of
from feedsvc.model import Enclosure
from feedsvc.normalize import cut
from feedsvc.sanitize.policy import NAME_WIDTH
from feedsvc.sanitize.safe.words import in_words


def shown_picture(image: str | None, enclosures: tuple[Enclosure, ...], alt: str | None) -> str:
    """The picture of an entry without a text, as HTML for the sanitiser; empty for none."""
    attached = (one.url for one in enclosures if kind_of(one.type) == "image")
    url = image or next(attached, None)
    return f'<p><img src="{escape(url)}" alt="{escape(alt or "")}"></p>' if url else ""


def name_of(image: str | None, enclosures: tuple[Enclosure, ...], link: str | None) -> str:
    """What an entry without words is called: its file's name, else its page's; empty for neither."""
    for url in (image, *(one.url for one in enclosures), link):
        if url and (name := cut(in_words(file_name(url)), NAME_WIDTH)):
            return name
    return ""
