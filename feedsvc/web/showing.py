"""Changes safe HTML for our own pages: players become links, and what scrolls can have the focus. Pure."""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from feedsvc.model import SafeHtml
from feedsvc.normalize import legible
from feedsvc.texts import Texts

#: Attributes as the sanitiser's gate writes them.
ATTRIBUTES = r'(?P<attributes>(?: [a-z-]+(?:="[^"]*")?)*)'

PLAYER = re.compile(rf"<iframe{ATTRIBUTES}></iframe>")
SCROLLING = re.compile(r"<(?P<name>pre|table)(?=[ >])")
IMAGE = re.compile(rf"<img{ATTRIBUTES}>")
ATTRIBUTE = re.compile(r' (?P<name>[a-z-]+)="(?P<value>[^"]*)"')


def shown(html: SafeHtml, texts: Texts) -> Markup:
    """
    Safe HTML for a page.

    A player would ask its host for data before anybody wants to see it. So it becomes a link that plays there. A block
    that scrolls can be focused with the keyboard, and a picture without a description is one of decoration.
    """
    made = PLAYER.sub(lambda found: _link(found["attributes"], texts), html)
    made = SCROLLING.sub(r'<\g<name> tabindex="0"', made)
    made = IMAGE.sub(lambda found: found[0] if " alt=" in found[0] else f'<img alt=""{found["attributes"]}>', made)
    return Markup(made)  # noqa: S704 - SafeHtml passed the gate, and the texts of the link are escaped


def _link(attributes: str, texts: Texts) -> str:
    """A link in place of a player. The values of attributes are escaped already."""
    of = {one["name"]: one["value"] for one in ATTRIBUTE.finditer(attributes)}
    source = of.get("src", "")
    said = escape(texts.plays_at.format(host=urlsplit(source).hostname or source))
    title = f"{of['title']} · " if of.get("title") else ""
    return f'<a class="player" href="{source}" target="_blank" rel="noopener noreferrer">{title}{said}</a>'


def readable(url: str) -> str:
    """An address for people: Chinese is not percent-encoded, and the scheme is left out where it says nothing."""
    return legible(url).removeprefix("https://").removeprefix("http://").rstrip("/")
