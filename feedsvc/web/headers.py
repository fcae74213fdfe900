"""Response headers: conditional requests, content codings, caching, and security."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Response, request

from feedsvc.model import Document
from feedsvc.sanitize.safe.policy import FRAME_HOSTS

#: In seconds. A reader that polls more often gets the answer from a cache.
FEED_MAX_AGE = 300
PAGE_MAX_AGE = 60

FEED_CACHING = f"public, max-age={FEED_MAX_AGE}, stale-while-revalidate=600, stale-if-error=86400"
PAGE_CACHING = f"public, max-age={PAGE_MAX_AGE}"

#: No script runs and no form is sent, even if the sanitiser missed something.
PAGE_CSP = (
    "default-src 'none'; img-src https: http: data:; media-src https: http:; style-src 'self'; "
    "frame-src {frames}; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
#: A browser renders XHTML in XML, so a feed needs a policy too.
FEED_CSP = "default-src 'none'; style-src 'self'; sandbox"

#: A script on another site may read a feed, also with conditional requests.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def security(frame_ancestors: Sequence[str], frame_hosts: Sequence[str]) -> Callable[[Response], Response]:
    """A function that adds the security headers, which every response has."""
    frames = " ".join(f"https://{host}" for host in sorted(FRAME_HOSTS.union(frame_hosts)))
    page_csp = PAGE_CSP.format(frames=frames, ancestors=" ".join(frame_ancestors) or "'none'")

    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", page_csp)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return add


def document_response(document: Document, content_type: str, now: datetime) -> Response:
    """The response with a feed's document in the coding that the client prefers, or 304."""
    is_gzip = prefers_gzip()
    response = Response(document.coded["gzip"] if is_gzip else document.body, content_type=content_type)
    if is_gzip:
        response.content_encoding = "gzip"
    # A strong ETag identifies bytes, so each content coding has its own (RFC 9110, 8.8.3.3).
    response.set_etag(document.tag("gzip" if is_gzip else None))
    # Last-Modified must not be in the future (RFC 9110, 8.8.2.1). Two changes within a second could move it there.
    response.last_modified = min(document.changed_at, now)
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FEED_CACHING
    response.headers["Content-Security-Policy"] = FEED_CSP
    return _conditional(response)


def page_response(body: bytes, content_type: str = "text/html; charset=utf-8") -> Response:
    """The response with a page and a weak ETag of its bytes, or 304."""
    response = Response(body, content_type=content_type)
    response.add_etag(weak=True)
    response.headers["Cache-Control"] = PAGE_CACHING
    return _conditional(response)


def prefers_gzip() -> bool:
    """Whether the client accepts gzip with at least the quality of `identity` (RFC 9110, 12.5.3)."""
    accepted = request.accept_encodings
    if not accepted.quality("gzip"):
        return False
    stated = [quality for name, quality in accepted if name.lower() == "identity"]
    return not stated or accepted.quality("gzip") >= stated[0]


def _conditional(response: Response) -> Response:
    if request.method in {"GET", "HEAD"}:
        response.make_conditional(request)
    return response
