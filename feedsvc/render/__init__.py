"""Entries to the bytes of a feed. Pure: the same feed and entries give the same bytes on every machine."""

from feedsvc.render.channel import Channel
from feedsvc.render.formats import RENDER_VERSION, RENDERERS, Renderer

__all__ = ["RENDERERS", "RENDER_VERSION", "Channel", "Renderer"]
