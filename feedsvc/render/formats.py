"""The formats that feedsvc publishes: one line for each. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedsvc.model import Entry, Format
from feedsvc.render import jsonfeed, xml
from feedsvc.render.channel import Channel

#: Raise it with every change of the bytes that the same feed and entries give.
RENDER_VERSION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """A format."""

    #: The registered media type, with its charset.
    content_type: str
    #: The name that readers see.
    label: str
    render: Callable[[Channel, Sequence[Entry]], bytes]


RENDERERS: dict[Format, Renderer] = {
    "rss": Renderer(content_type="application/rss+xml; charset=utf-8", label="RSS 2.0", render=xml.render_rss),
    "atom": Renderer(content_type="application/atom+xml; charset=utf-8", label="Atom 1.0", render=xml.render_atom),
    "json": Renderer(
        content_type="application/feed+json; charset=utf-8", label="JSON Feed 1.1", render=jsonfeed.render
    ),
}
