"""The documents of feeds in each format, configured aliases, and the OPML list of all feeds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, Response, abort

from feedsvc.model import FORMATS, Format
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.render.opml import CONTENT_TYPE as OPML_TYPE
from feedsvc.store.feeds import Feed
from feedsvc.store.opening import is_unopened
from feedsvc.web.errors import StartingError
from feedsvc.web.headers import CORS, document_response, page_response
from feedsvc.web.starting import empty_document


def published_feed(publisher: Publisher, slug: str) -> Feed:
    """The feed with this slug. Without one, the request ends with 503 (first import), 404, or 410 (retired feed)."""
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

    def show(slug: str, form: Format) -> Response:
        feed = published_feed(publisher, slug)
        if feed.slug != slug:
            # A former slug, or another case. Readers store the new address after a permanent redirect.
            return Response(
                status=301,
                headers={
                    "Location": f"{prefix}/feeds/{quote(feed.slug, safe='')}.{form}",
                    "Cache-Control": "public, max-age=3600",
                },
            )
        if is_unopened(feed):
            return empty_document(publisher, feed, form)
        now = clock()
        document = publisher.document(feed, form, now)
        return document_response(document, RENDERERS[form].content_type, now)

    for form in FORMATS:
        views.add_url_rule(f"/feeds/<slug>.{form}", f"feed_{form}", show, defaults={"form": form})
    for alias, (slug, form) in aliases.items():
        views.add_url_rule(
            alias,
            f"alias {alias}".replace(".", " "),
            show,
            defaults={"slug": slug, "form": form},
            strict_slashes=False,
        )

    @views.get("/feeds.opml")
    def opml() -> Response:
        if publisher.is_empty():
            raise StartingError
        return page_response(publisher.opml(), OPML_TYPE)

    # Also for OPTIONS: a browser sends a preflight request for `If-None-Match` (Fetch, 3.3.8).
    @views.after_request
    def cors(response: Response) -> Response:
        response.headers.update(CORS)
        return response

    return views
