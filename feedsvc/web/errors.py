"""Error pages. They repeat no part of the request, because an attacker can choose the request."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from feedsvc.errors import FeedsvcError
from feedsvc.model import Site
from feedsvc.texts import LANGUAGES, Texts
from feedsvc.web.contact import contact_of
from feedsvc.web.headers import moved
from feedsvc.web.negotiation import chosen_language
from feedsvc.web.query import Wrong
from feedsvc.web.routes import Routes

log = logging.getLogger(__name__)

#: Status → the name of its title and text.
MESSAGES: dict[int, str] = {
    400: "bad_query",
    403: "refused",
    404: "missing",
    405: "bad_method",
    410: "gone",
    500: "fault",
    503: "unavailable",
}

#: Another name of a parameter.
SAME = {"q": "search"}

#: Characters of a query that a redirect keeps as they are.
QUERY_KEPT = "!$&'()*+,;=:@/?%-._~"

#: Seconds for which caches may keep a 404 or 410.
MISSING_MAX_AGE = 60

#: `Retry-After` during the first import, and while the database does not answer, in seconds.
STARTING_SECONDS = 10
UNAVAILABLE_SECONDS = 30


class BadQueryError(Exception):
    """Parameters of a feed have values that are not allowed."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__("a query is wrong")
        self.wrong = tuple(wrong)


class BusyError(Exception):
    """A client, or all clients together, asked for too many new views."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many views")
        self.seconds = seconds


class StartingError(Exception):
    """The first import has not ended: a feed that does not exist yet is not missing."""


def register(app: Flask, site: Site, prefix: str, routes: Routes) -> None:
    """Answer every error of `app` with a short page, in the client's language."""

    def page(status: int, said: Callable[[Texts], tuple[str, str]] | None = None) -> Response:
        texts = LANGUAGES[chosen_language(request.headers.get("Accept-Language", ""), site.language)]
        title, message = (said or partial(_said, status))(texts)
        response = Response(
            render_template(
                "error.html", title=title, message=message, prefix=prefix, texts=texts, site=site,
                contact=contact_of(site.contact),
            ),
            status,
            content_type="text/html; charset=utf-8",
        )  # fmt: skip
        is_missing = status in {404, 410}
        response.headers["Cache-Control"] = f"public, max-age={MISSING_MAX_AGE}" if is_missing else "no-store"
        response.headers["Vary"] = "Accept-Language"
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            response.headers["Retry-After"] = str(STARTING_SECONDS if said else UNAVAILABLE_SECONDS)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.code == HTTPStatus.NOT_FOUND and (address := routes.without_slash(request.environ["PATH_INFO"])):
            query = quote(request.query_string, safe=QUERY_KEPT)
            return moved(f"{address}?{query}" if query else address)
        response = page(error.code or 500)
        for name, value in error.get_headers():
            if name.lower() == "allow":
                response.headers["Allow"] = value
        return response

    @app.errorhandler(StartingError)
    def starting(_: StartingError) -> Response:
        return page(503, lambda texts: texts.starting)

    @app.errorhandler(FeedsvcError)
    def our_error(error: FeedsvcError) -> Response:
        log.error("%s", error)
        return page(503)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected: %s", type(error).__name__, exc_info=error)
        return page(500)

    _register_views(app, page)


def _said(status: int, texts: Texts) -> tuple[str, str]:
    """Title and text of the page of a status."""
    if status in MESSAGES:
        title, message = getattr(texts, MESSAGES[status])
        return title, message
    return texts.error.format(status=status), texts.error_other


def _titled(wrong: Sequence[Wrong], texts: Texts) -> tuple[str, str]:
    """Title and text of the page of a wrong query."""
    return texts.bad_query[0], lines(wrong, texts)


def lines(wrong: Sequence[Wrong], texts: Texts) -> str:
    """A sentence about each wrong parameter."""
    return " ".join(
        getattr(texts, one.kind).format(
            name=one.name, allowed=texts.allowed.get(SAME.get(one.name, one.name), ""), reason=reason(one, texts)
        )
        for one in wrong
    )


def reason(wrong: Wrong, texts: Texts) -> str:
    """The fault of a filter in words; empty for another parameter."""
    return texts.fault_text(wrong.fault.code, wrong.fault.values) if wrong.fault else ""


def _register_views(app: Flask, page: Callable[[int, Callable[[Texts], tuple[str, str]] | None], Response]) -> None:
    """Answer the errors of views."""

    @app.errorhandler(BadQueryError)
    def bad_query(error: BadQueryError) -> Response:
        return page(400, partial(_titled, error.wrong))

    @app.errorhandler(BusyError)
    def busy(error: BusyError) -> Response:
        response = page(429, lambda texts: (texts.busy[0], texts.busy[1].format(seconds=error.seconds)))
        response.headers["Retry-After"] = str(error.seconds)
        return response
