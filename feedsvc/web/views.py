"""Views of feeds over HTTP: a query becomes a document, within the rate that clients have."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from flask import Response, request

from feedsvc.identity import feed_url
from feedsvc.model import Format, View
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.store.feeds import Feed
from feedsvc.web.clients import Network, client_of
from feedsvc.web.errors import BadQueryError, BusyError
from feedsvc.web.headers import document_ready, send
from feedsvc.web.query import canonical, parse
from feedsvc.web.rate import Rate, cost


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

    def format(self) -> Format | None:
        """The format that the request states. A page heeds the other parameters only together with this one."""
        return self.asked().format if "format" in request.args else None

    def answer(self, feed: Feed, form: Format, view: View) -> Response:
        """The view of a feed. A client that asks for too many new views gets 429."""
        now = self.clock()
        forwarded_for = request.environ.get("HTTP_X_FORWARDED_FOR")
        client = client_of(request.environ.get("REMOTE_ADDR", ""), forwarded_for, self.trusted)
        if wait := self.rate.take(client, cost(view), now.timestamp()):
            raise BusyError(wait)
        found = self.publisher.view(feed, form, view, now)
        channel = found.channel
        links = {"self": channel.self_url(form), "alternate": channel.page_url, **channel.links(form)}
        of_type = {"alternate": '; type="text/html"'}
        field = ", ".join(f'<{href}>; rel="{rel}"{of_type.get(rel, "")}' for rel, href in links.items())
        current = partial(self.publisher.is_current, found.published)
        return send(document_ready(found.published, RENDERERS[form].content_type, now, [("Link", field)], current))


def view_address(prefix: str, slug: str, form: Format, view: View) -> str:
    """The address of a view: for a redirect to a feed's present slug."""
    query = canonical(view)
    return feed_url(prefix, slug, form) + (f"?{query}" if query else "")
