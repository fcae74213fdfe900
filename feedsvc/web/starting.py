"""The answers of feeds before the first update has come to its end: valid documents without entries."""

from flask import Response

from feedsvc.model import Format
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.store.feeds import Feed
from feedsvc.web.errors import STARTING_SECONDS
from feedsvc.web.headers import FEED_CSP


def empty_document(publisher: Publisher, feed: Feed, form: Format) -> Response:
    """
    The feed without entries, for a short time.

    It has no ETag and no Last-Modified: each later request gets the whole feed. Nothing is stored, so the request does
    not wait for the import.
    """
    renderer = RENDERERS[form]
    response = Response(renderer.render(publisher.channel(feed), ()), content_type=renderer.content_type)
    response.headers["Cache-Control"] = f"public, max-age={STARTING_SECONDS}"
    response.headers["Content-Security-Policy"] = FEED_CSP
    return response
