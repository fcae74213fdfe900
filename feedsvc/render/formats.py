"""The formats that feedsvc publishes: one line for each. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedsvc.media import FORMAT_TYPES
from feedsvc.model import Entry, Format
from feedsvc.render import jsonfeed, xml
from feedsvc.render.channel import Channel

#: Raise it with every change of the bytes that the same feed and entries give.
RENDER_VERSION = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """A format."""

    #: The registered media type, with its charset.
    content_type: str
    #: The name that readers see.
    label: str
    render: Callable[[Channel, Sequence[Entry]], bytes]


def _content_type(form: Format) -> str:
    return f"{FORMAT_TYPES[form]}; charset=utf-8"


RENDERERS: dict[Format, Renderer] = {
    "rss": Renderer(content_type=_content_type("rss"), label="RSS 2.0", render=xml.render_rss),
    "atom": Renderer(content_type=_content_type("atom"), label="Atom 1.0", render=xml.render_atom),
    "json": Renderer(content_type=_content_type("json"), label="JSON Feed 1.1", render=jsonfeed.render),
}
