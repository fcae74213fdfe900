"""The formats that feedsvc publishes: one line for each. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedsvc.media import FORMAT_TYPES
from feedsvc.model import Entry, Format
from feedsvc.render import jsonfeed, xml
from feedsvc.render.channel import Channel

#: Raise it with every change of the bytes that the same feed and entries give.
RENDER_VERSION = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """A format."""

    #: The registered media type, with its charset.
    content_type: str
    #: The type for a browser that opens the document as a page. None: the same.
    opened_type: str | None = None
    #: The name that readers see.
    label: str
    render: Callable[[Channel, Sequence[Entry]], bytes]


def _content_type(form: Format) -> str:
    return f"{FORMAT_TYPES[form]}; charset=utf-8"


#: With this type, browsers apply the stylesheet of a document. Chromium shows `application/rss+xml` as plain text, and
#: Firefox saves it. All of them show JSON Feed as they show other JSON.
OPENED_TYPE = "application/xml; charset=utf-8"

RENDERERS: dict[Format, Renderer] = {
    "rss": Renderer(content_type=_content_type("rss"), opened_type=OPENED_TYPE, label="RSS 2.0", render=xml.render_rss),
    "atom": Renderer(
        content_type=_content_type("atom"), opened_type=OPENED_TYPE, label="Atom 1.0", render=xml.render_atom
    ),
    "json": Renderer(content_type=_content_type("json"), label="JSON Feed 1.1", render=jsonfeed.render),
}
