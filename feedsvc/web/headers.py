"""Header fields of answers: caching, security, and the answers that are kept in memory."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from flask import Response, request

from feedsvc.identity import digest
from feedsvc.publish.publisher import Published
from feedsvc.sanitize.safe.policy import FRAME_HOSTS
from feedsvc.web.hot import READY, answer_of
from feedsvc.web.ready import Fields, Ready, of_bytes, of_document

#: In seconds. An archive page changes only if one of its entries does.
ARCHIVE_MAX_AGE = 86_400
PAGE_MAX_AGE = 60
#: A file of this release.
STATIC_MAX_AGE = 3600
#: How long a cache may send an old answer: while it asks for a new one, and while the service does not answer.
STALE_WHILE_REVALIDATE = 600
STALE_IF_ERROR = 86_400

#: When pages last looked different for the same content. A change of a template or of the stylesheet raises it
#: (tests/web/test_pages_changed.py), so that a client that asks by date gets the new page.
PAGES_CHANGED = datetime(2026, 11, 27, tzinfo=UTC)

#: No script runs and no form is sent, even if the sanitiser missed something.
PAGE_CSP = (
    "default-src 'none'; img-src https: http: data:; media-src https: http:; style-src 'self'; "
    "frame-src {frames}; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
#: A browser renders XHTML in XML, so a feed needs a policy too.
FEED_CSP = "default-src 'none'; style-src 'self'; sandbox"

ALWAYS: Fields = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]

#: A script on another site may read a feed.
CORS: Fields = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Last-Modified, Link, Retry-After"),
]
#: And ask for it with conditions, which a browser asks about before (Fetch, 3.3.8).
PREFLIGHT: Fields = [
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since"),
    ("Access-Control-Max-Age", "86400"),
]


def caching(max_age: int) -> tuple[str, str]:
    """Cache-Control of an answer that a cache may send for so many seconds (RFC 9111, 5.2; RFC 5861)."""
    return (
        "Cache-Control",
        f"public, max-age={max_age}, stale-while-revalidate={STALE_WHILE_REVALIDATE}, stale-if-error={STALE_IF_ERROR}",
    )


def page_policy(frame_ancestors: Sequence[str], frame_hosts: Sequence[str]) -> str:
    """The Content-Security-Policy of pages and errors."""
    frames = " ".join(f"https://{host}" for host in sorted(FRAME_HOSTS.union(frame_hosts)))
    return PAGE_CSP.format(frames=frames, ancestors=" ".join(frame_ancestors) or "'none'")


def security(policy: str) -> Callable[[Response], Response]:
    """A function that adds the security headers, which every response has."""

    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in ALWAYS:
            response.headers[name] = value
        return response

    return add


def document_ready(
    published: Published,
    content_type: str,
    clock: Callable[[], datetime],
    links: Fields,
    is_current: Callable[[], bool],
) -> Ready:
    """A feed's document, or a page of its archive, with its header fields."""
    document = published.document
    max_age = max(document.max_age, ARCHIVE_MAX_AGE) if published.page else document.max_age
    more = [caching(max_age), *links, *CORS, ("Content-Security-Policy", FEED_CSP), *ALWAYS]
    return of_document(document, content_type, clock, more, is_current=is_current, is_stale=published.is_stale)


def page_ready(
    body: bytes,
    policy: str,
    changed_at: datetime,
    clock: Callable[[], datetime],
    *,
    content_type: str = "text/html; charset=utf-8",
    max_age: int = PAGE_MAX_AGE,
    more: Sequence[tuple[str, str]] = (),
) -> Ready:
    """A page with its header fields. `changed_at` is when its content last changed."""
    fields = [caching(max_age), *more, ("Content-Security-Policy", policy), *ALWAYS]
    return of_bytes(body, digest(body), content_type, max(changed_at, PAGES_CHANGED), clock, fields)


def send(ready: Ready) -> Response:
    """Answer the request of Flask, and hand the answer over to the hot layer."""
    request.environ[READY] = ready
    answer = answer_of(ready, request.environ)
    response = Response(answer.body, status=answer.status)
    del response.headers["Content-Type"]
    for name, value in answer.fields:
        response.headers[name] = value
    return response
