"""The answers of feeds before the first update has come to its end: valid documents without entries."""

from flask import Response, request

from feedsvc.model import Format
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.store.feeds import Feed
from feedsvc.web.errors import STARTING_SECONDS
from feedsvc.web.headers import FEED_CSP
from feedsvc.web.ready import is_opened


def empty_document(publisher: Publisher, feed: Feed, form: Format) -> Response:
    """
    The feed without entries, for a short time.

    It has no ETag and no Last-Modified: each later request gets the whole feed. Nothing is stored, so the request does
    not wait for the import.
    """
    renderer = RENDERERS[form]
    opened_type = renderer.opened_type
    content_type = opened_type if opened_type and is_opened(request.environ) else renderer.content_type
    response = Response(renderer.render(publisher.channel(feed), ()), content_type=content_type)
    if opened_type:
        response.headers["Vary"] = "Sec-Fetch-Dest"
    response.headers["Cache-Control"] = f"public, max-age={STARTING_SECONDS}"
    response.headers["Content-Security-Policy"] = FEED_CSP
    return response
