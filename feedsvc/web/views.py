"""Views of feeds over HTTP: a query becomes a document, within the rate that clients have."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial

from flask import Response, request

from feedsvc.identity import digest, feed_url
from feedsvc.model import Format, View
from feedsvc.publish import Publisher
from feedsvc.publish.published import Viewed
from feedsvc.render import RENDERERS
from feedsvc.render.coding import QUICK
from feedsvc.store.feeds import Feed
from feedsvc.web.clients import Network, client_of
from feedsvc.web.errors import BadQueryError, BusyError
from feedsvc.web.headers import ALWAYS, CORS, FEED_CSP, caching, send
from feedsvc.web.query import canonical, parse, parse_search
from feedsvc.web.rate import Rate, cost
from feedsvc.web.ready import Ready, with_opened


class Views:
    """Answers queries. Each application has one, and with it the buckets of its clients."""

    def __init__(self, publisher: Publisher, clock: Callable[[], datetime], trusted: Sequence[Network]) -> None:
        self.publisher = publisher
        self.clock = clock
        self.trusted = trusted
        self.rate = Rate()

    def asked(self) -> View:
        """The view that the request asks for. A wrong query ends the request with 400."""
        found = parse(request.environ.get("QUERY_STRING", ""), self.publisher.site.timezone)
        if isinstance(found, View):
            return found
        raise BadQueryError(found)

    def searched(self) -> View:
        """The view that a search asks for. A wrong query ends the request with 400."""
        found = parse_search(request.environ.get("QUERY_STRING", ""), self.publisher.site.timezone)
        if isinstance(found, View):
            return found
        raise BadQueryError(found)

    def format(self) -> Format | None:
        """The format that the request states. A page heeds the other parameters only together with this one."""
        return self.asked().format if "format" in request.args else None

    def take(self, tokens: int) -> None:
        """Count what the request costs. If its client asks for too much, the request ends with 429."""
        forwarded_for = request.environ.get("HTTP_X_FORWARDED_FOR")
        client = client_of(request.environ.get("REMOTE_ADDR", ""), forwarded_for, self.trusted)
        if wait := self.rate.take(client, tokens, self.clock().timestamp()):
            raise BusyError(wait)

    def answer(self, feed: Feed, form: Format, view: View) -> Response:
        """The view of a feed. A client that asks for too many new views gets 429."""
        self.take(cost(view))
        found = self.publisher.view(feed, form, view, self.clock())
        return send(_ready(found, self.clock, partial(self.publisher.is_current, found.of)))


def _ready(found: Viewed, clock: Callable[[], datetime], is_current: Callable[[], bool]) -> Ready:
    """A view with its header fields. It is compressed when a client wants the coding."""
    of, channel, body = found.of.document, found.channel, found.body
    made_of = digest(body)
    links = {"self": channel.self_url(of.format), "alternate": channel.page_url, **channel.links(of.format)}
    of_type = {"alternate": '; type="text/html"'}
    field = ", ".join(f'<{href}>; rel="{rel}"{of_type.get(rel, "")}' for rel, href in links.items())
    more = [caching(of.max_age), ("Link", field), *CORS, ("Content-Security-Policy", FEED_CSP), *ALWAYS]
    renderer = RENDERERS[of.format]
    ready = Ready(
        content_type=renderer.content_type,
        tag=lambda coding: made_of if coding is None else f"{made_of}-{coding}",
        body=cache(lambda coding: body if coding is None else QUICK[coding](body)),
        changed_at=of.made_at,
        clock=clock,
        more=more,
        size=2 * len(body),
        is_current=is_current,
        is_stale=found.of.is_stale,
    )
    return with_opened(ready, renderer.opened_type)


def view_address(prefix: str, slug: str, form: Format, view: View) -> str:
    """The address of a view: for a redirect to a feed's present slug."""
    query = canonical(view)
    return feed_url(prefix, slug, form) + (f"?{query}" if query else "")
