"""`/hub`: the WebSub hub for programs that subscribe to our feeds (w3.org/TR/websub, 5)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, abort, request

from feedsvc.config import Config
from feedsvc.config.values import ANY_FEED
from feedsvc.errors import FetchError
from feedsvc.fetch.guard import checked_url
from feedsvc.hub.forms import MOST_BYTES, Asked, Refused, read
from feedsvc.model import FORMATS, Format
from feedsvc.store import Store, feeds, hub_requests
from feedsvc.store.feeds import Feed
from feedsvc.store.hub_subscriptions import Wanted
from feedsvc.web.clients import client_of
from feedsvc.web.rate import Rate

FORM = "application/x-www-form-urlencoded"

ABOUT = "This is a WebSub hub (https://www.w3.org/TR/websub/) for the feeds of this site.\n"

#: After a limit of requests of a host or of all hosts, in seconds.
RETRY_SECONDS = 60

NO_TOPIC = "hub.topic is not the address of a feed of this site; views and pages of archives are none"
NO_CALLBACK = "hub.callback is an address that this hub does not ask"
GONE = "the feed is no longer published"


class RefusedError(Exception):
    """A request that the hub refuses."""

    def __init__(self, status: int, reason: str, retry_seconds: int = 0) -> None:
        super().__init__(reason)
        self.status, self.reason, self.retry_seconds = status, reason, retry_seconds


def blueprint(config: Config, store: Store, clock: Callable[[], datetime]) -> Blueprint:
    """`/hub`. It answers 404 where the feeds do not name it."""
    views, rate = Blueprint("hub", __name__), Rate()

    @views.before_request
    def require_hub() -> None:
        if not config.site.has_own_hub:
            abort(404)

    @views.get("/hub")
    def about() -> Response:
        return _said(HTTPStatus.OK, ABOUT)

    @views.post("/hub")
    def take() -> Response:
        client = client_of(
            request.environ.get("REMOTE_ADDR", ""), request.environ.get("HTTP_X_FORWARDED_FOR"), config.trusted_proxies
        )
        if seconds := rate.take(client, 1, clock().timestamp()):
            raise RefusedError(429, "too many requests; ask again later", seconds)
        asked = _asked()
        feed, form = _topic(store, config, asked.topic)
        if asked.mode == "publish":
            return Response(status=HTTPStatus.NO_CONTENT)  # the hub sees each change by itself
        if feed.is_retired and asked.mode == "subscribe":
            raise RefusedError(410, GONE)
        _save(store, _wanted(config, asked, feed, form), asked.mode, clock())
        return _said(HTTPStatus.ACCEPTED, "the callback will be asked\n")

    @views.errorhandler(RefusedError)
    def refused(error: RefusedError) -> Response:
        response = _said(error.status, f"{error.reason}\n")
        if error.retry_seconds:
            response.headers["Retry-After"] = str(error.retry_seconds)
        return response

    return views


def _said(status: int, text: str) -> Response:
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return Response(text, status, headers=headers, content_type="text/plain; charset=utf-8")


def _asked() -> Asked:
    """The wish of the request. A body that is too large is not read."""
    if request.mimetype != FORM:
        raise RefusedError(415, f"the body must be of type {FORM}")
    if request.content_length is None:
        raise RefusedError(411, "the request must state its Content-Length")
    if request.content_length > MOST_BYTES:
        raise RefusedError(413, f"a request has at most {MOST_BYTES} bytes")
    asked = read(request.stream.read(MOST_BYTES))
    if isinstance(asked, Refused):
        raise RefusedError(asked.status, asked.reason)
    return asked


def _topic(store: Store, config: Config, topic: str) -> tuple[Feed, Format]:
    """The feed and the format of a topic. A former slug and an alias lead to the feed, as they do for readers."""
    named = named_by(topic, config.site.base_url, config.aliases)
    with store.read() as db:
        if feeds.is_empty(db):
            raise RefusedError(503, "the first import is still at work", RETRY_SECONDS)
        feed = feeds.find(db, named[0]) if named else None
    if named is None or feed is None:
        raise RefusedError(404, NO_TOPIC)
    return feed, named[1]


def named_by(topic: str, base_url: str, aliases: Mapping[str, tuple[str, Format]]) -> tuple[str, Format] | None:
    """The slug and the format that the address of a document names; None for any other address."""
    if not topic.startswith(f"{base_url}/") or "?" in topic or "#" in topic:
        return None
    path = unquote(topic.removeprefix(base_url))
    if path in aliases:
        return aliases[path]
    ways = {f"/feeds/{ANY_FEED}.{form}": (ANY_FEED, form) for form in FORMATS} | dict(aliases)
    for way, (slug, form) in ways.items():
        before, mark, after = way.partition(ANY_FEED)
        name = path.removeprefix(before).removesuffix(after)
        if mark and slug == ANY_FEED and path == f"{before}{name}{after}" and name and "/" not in name:
            return name, form
    return None


def _wanted(config: Config, asked: Asked, feed: Feed, form: Format) -> Wanted:
    try:
        checked_url(asked.callback, config.hub_policy)
    except FetchError as error:
        raise RefusedError(403, NO_CALLBACK) from error
    return Wanted(
        feed_id=feed.id, format=form, topic=asked.topic, callback=asked.callback,
        host=(urlsplit(asked.callback).hostname or "").lower(), secret=asked.secret, lease_seconds=asked.lease_seconds,
    )  # fmt: skip


def _save(store: Store, wanted: Wanted, mode: str, now: datetime) -> None:
    with store.write(is_hasty=True, is_shared=True) as db:
        limit = hub_requests.add(db, wanted, mode, now)
    if limit == "host":
        raise RefusedError(429, "too many requests or subscriptions for the host of hub.callback", RETRY_SECONDS)
    if limit:
        raise RefusedError(503, "too many subscriptions; ask again later", RETRY_SECONDS)
