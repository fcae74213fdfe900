"""Header fields of answers: caching, security, and the answers that are kept in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, request

from feedsvc.identity import digest
from feedsvc.publish.published import Published
from feedsvc.render.formats import Renderer
from feedsvc.web.hot import READY, answer_of
from feedsvc.web.ready import Fields, Ready, of_bytes, of_document, with_opened

#: In seconds. An archive page changes only if one of its entries does.
ARCHIVE_MAX_AGE = 86_400
PAGE_MAX_AGE = 60
#: A file of this release.
STATIC_MAX_AGE = 3600
#: A redirect to the present address of a feed or a page.
MOVED_MAX_AGE = 3600
#: How long a cache may send an old answer: while it asks for a new one, and while the service does not answer.
STALE_WHILE_REVALIDATE = 600
STALE_IF_ERROR = 86_400

#: When the stylesheets, the script and the icon last changed (tests/web/test_pages_changed.py).
STATIC_CHANGED = datetime(2026, 11, 28, tzinfo=UTC)

#: The policy of pages. No script runs but our own file, and no frame is shown but our own.
PAGE_CSP = (
    "default-src 'none'; img-src 'self' https: http: data:; media-src https: http:; style-src 'self'; "
    "script-src {scripts}; frame-src {frames}; base-uri 'none'; form-action {forms}; frame-ancestors {ancestors}"
)
#: Of a page with the content of an article: nothing runs and nothing is sent, even if the sanitiser missed something.
SANDBOX = "; sandbox allow-popups allow-popups-to-escape-sandbox"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The Content-Security-Policy of each kind of answer."""

    #: Pages of ours, without content of others.
    page: str
    #: Pages with the content of an article, errors, and all else.
    content: str
    #: Pages for the operator alone.
    operator: str
    #: A frame in the pages of others.
    embed: str
    #: The origins of these pages, besides our own.
    ancestors: tuple[str, ...]


def policies(frame_ancestors: Sequence[str]) -> Policies:
    """The policies for a configuration. `frame_ancestors` are the origins whose pages may show ours in a frame."""
    ancestors = " ".join(frame_ancestors) or "'none'"
    ours = " ".join({"'self'": None, **dict.fromkeys(frame_ancestors)})
    own, none = "'self'", "'none'"
    closed = PAGE_CSP.format(scripts=none, frames=none, forms=none, ancestors=ancestors)
    return Policies(
        page=PAGE_CSP.format(scripts=own, frames=own, forms=own, ancestors=ancestors),
        content=closed + SANDBOX,
        operator=PAGE_CSP.format(scripts=none, frames=none, forms=own, ancestors=none),
        embed=PAGE_CSP.format(scripts=none, frames=none, forms=none, ancestors=ours),
        ancestors=tuple(frame_ancestors),
    )


def security(policy: str) -> Callable[[Response], Response]:
    """A function that adds the security headers, which every response has."""

    def add(response: Response) -> Response:
        if response.status_code != HTTPStatus.NOT_MODIFIED:  # it keeps that of the answer which the client has
            response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in ALWAYS:
            response.headers[name] = value
        return response

    return add


def document_ready(
    published: Published,
    renderer: Renderer,
    clock: Callable[[], datetime],
    links: Fields,
    is_current: Callable[[], bool],
) -> Ready:
    """A feed's document, or a page of its archive, with its header fields."""
    document = published.document
    max_age = max(document.max_age, ARCHIVE_MAX_AGE) if published.page else document.max_age
    more = [caching(max_age), *links, *CORS, ("Content-Security-Policy", FEED_CSP), *ALWAYS]
    ready = of_document(
        document, renderer.content_type, clock, more, is_current=is_current, is_stale=published.is_stale
    )
    return with_opened(ready, renderer.opened_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The header fields of a kind of page."""

    policy: str
    content_type: str = "text/html; charset=utf-8"
    max_age: int = PAGE_MAX_AGE
    #: The key of LANGUAGES of the page. None: it is the same in all languages.
    language: str | None = None
    more: Sequence[tuple[str, str]] = ()


def page_ready(body: bytes, kind: Kind, changed_at: datetime, clock: Callable[[], datetime]) -> Ready:
    """A page with its header fields. `changed_at` is when its content last changed."""
    fields = [caching(kind.max_age), *kind.more, ("Content-Security-Policy", kind.policy), *ALWAYS]
    return of_bytes(body, digest(body), kind.content_type, changed_at, clock, fields, language=kind.language)


def moved(address: str) -> Response:
    """The answer for a former or a mistyped address. Readers store the new address after a permanent redirect."""
    return Response(status=301, headers={"Location": address, "Cache-Control": f"public, max-age={MOVED_MAX_AGE}"})


def send(ready: Ready) -> Response:
    """Answer the request of Flask, and hand the answer over to the hot layer."""
    request.environ[READY] = ready
    answer = answer_of(ready, request.environ)
    response = Response(answer.body, status=answer.status)
    del response.headers["Content-Type"]
    for name, value in answer.fields:
        response.headers[name] = value
    return response
