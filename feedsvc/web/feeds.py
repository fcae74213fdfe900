"""Feeds in their formats, the addresses that readers already have, and the list of all feeds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, Response, abort

from feedsvc.model import FORMATS, Format
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.render.opml import CONTENT_TYPE as OPML_TYPE
from feedsvc.store.feeds import Feed
from feedsvc.web.errors import StartingError
from feedsvc.web.headers import CORS, document_response, page_response


def published_feed(publisher: Publisher, slug: str) -> Feed:
    """The feed of this slug; ends the request with 503, 404 or 410 where there is none yet, at all, or any more."""
    feed = publisher.find(slug)
    if feed is None and publisher.is_empty():
        raise StartingError
    if feed is None:
        abort(404)
    if feed.is_retired:
        abort(410)
    return feed


def blueprint(
    publisher: Publisher, prefix: str, aliases: Mapping[str, tuple[str, Format]], clock: Callable[[], datetime]
) -> Blueprint:
    """`/feeds/<slug>.<format>`, `/feeds.opml` and the aliases."""
    views = Blueprint("feeds", __name__)

    def show(slug: str, format: Format) -> Response:  # noqa: A002 - the field's own word
        feed = published_feed(publisher, slug)
        if feed.slug != slug:
            # A former slug, or another case: readers take over the address of a permanent redirect.
            return Response(
                status=301,
                headers={
                    "Location": f"{prefix}/feeds/{quote(feed.slug, safe='')}.{format}",
                    "Cache-Control": "public, max-age=3600",
                },
            )
        now = clock()
        document = publisher.document(feed, format, now)
        return document_response(document, RENDERERS[format].content_type, now)

    for format in FORMATS:  # noqa: A001 - the field's own word
        views.add_url_rule(f"/feeds/<slug>.{format}", f"feed_{format}", show, defaults={"format": format})
    for alias, (slug, format) in aliases.items():  # noqa: A001
        views.add_url_rule(
            alias,
            f"alias {alias}".replace(".", " "),
            show,
            defaults={"slug": slug, "format": format},
            strict_slashes=False,
        )

    @views.get("/feeds.opml")
    def opml() -> Response:
        if publisher.is_empty():
            raise StartingError
        return page_response(publisher.opml(), OPML_TYPE)

    # Also to OPTIONS: `If-None-Match` makes a browser ask first (Fetch, 3.3.8).
    @views.after_request
    def cors(response: Response) -> Response:
        response.headers.update(CORS)
        return response

    return views
