"""
The formats that feedsvc publishes: one line for each. Pure.

The module of a format is imported when its first document is made: feedgen and lxml take longer to import than a list
of all feeds takes to print.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from feedsvc.model import Entry, Format
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
    #: `module:function` of this package: (channel, entries) → bytes.
    place: str

    @property
    def render(self) -> Callable[[Channel, Sequence[Entry]], bytes]:
        """The function that makes a document."""
        module, _, name = self.place.partition(":")
        found: Callable[[Channel, Sequence[Entry]], bytes] = getattr(import_module(f"feedsvc.render.{module}"), name)
        return found


RENDERERS: dict[Format, Renderer] = {
    "rss": Renderer(content_type="application/rss+xml; charset=utf-8", label="RSS 2.0", place="xml:render_rss"),
    "atom": Renderer(content_type="application/atom+xml; charset=utf-8", label="Atom 1.0", place="xml:render_atom"),
    "json": Renderer(
        content_type="application/feed+json; charset=utf-8", label="JSON Feed 1.1", place="jsonfeed:render"
    ),
}
