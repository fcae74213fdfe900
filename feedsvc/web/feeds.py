"""The documents of feeds in each format, pages of archives, configured aliases, and the OPML list of all feeds."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, abort, request

from feedsvc.catalogue import ALL
from feedsvc.config.values import ANY_FEED
from feedsvc.identity import archive_url
from feedsvc.model import FORMATS, Format
from feedsvc.publish import Publisher
from feedsvc.publish.published import Published
from feedsvc.render import RENDERERS
from feedsvc.render.opml import CONTENT_TYPE as OPML_TYPE
from feedsvc.store.feeds import Feed
from feedsvc.store.opening import is_unopened
from feedsvc.web.errors import StartingError
from feedsvc.web.headers import CORS, PREFLIGHT, Kind, document_ready, moved, page_ready, send
from feedsvc.web.query import canonical
from feedsvc.web.ready import Fields
from feedsvc.web.starting import empty_document
from feedsvc.web.views import Views, view_address

#: No archive has so many pages. A database has no larger numbers.
MOST_PAGES = 2**31 - 1


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


def opened_feed(publisher: Publisher, slug: str) -> Feed:
    """The same, for addresses that only a feed with entries has: before the first import ends, they answer 503."""
    feed = published_feed(publisher, slug)
    if is_unopened(feed):
        raise StartingError
    return feed


def blueprint(
    publisher: Publisher,
    prefix: str,
    policy: str,
    aliases: Mapping[str, tuple[str, Format]],
    clock: Callable[[], datetime],
    queries: Views,
) -> Blueprint:
    """`/feeds/<slug>.<format>`, the pages of its archive, `/search.<format>`, `/feeds.opml` and the aliases."""
    views = Blueprint("feeds", __name__)

    def show(slug: str, form: Format) -> Response:
        feed, view = published_feed(publisher, slug), queries.asked()
        if feed.slug != slug:
            return moved(view_address(prefix, feed.slug, form, view))
        if is_unopened(feed):
            return empty_document(publisher, feed, form)
        if canonical(view):
            return queries.answer(feed, form, view)
        return _document(publisher, feed, publisher.published(feed, form, clock()), clock)

    def search(form: Format) -> Response:
        feed, view = published_feed(publisher, ALL), queries.searched()
        return empty_document(publisher, feed, form) if is_unopened(feed) else queries.answer(feed, form, view)

    def show_page(slug: str, number: int, form: Format) -> Response:
        feed = opened_feed(publisher, slug)
        if feed.slug != slug:
            return moved(archive_url(prefix, feed.slug, number, form))
        return _document(publisher, feed, _page(publisher, feed, number, form, clock()), clock)

    for form in FORMATS:
        path = f"/feeds/<slug>/archive/<int(max={MOST_PAGES}):number>.{form}"
        views.add_url_rule(path, f"page_{form}", show_page, defaults={"form": form})
        views.add_url_rule(f"/search.{form}", f"search_{form}", search, defaults={"form": form})
        views.add_url_rule(f"/feeds/<slug>.{form}", f"feed_{form}", show, defaults={"form": form})
    for alias, (slug, form) in aliases.items():
        defaults = {"form": form} if slug == ANY_FEED else {"form": form, "slug": slug}
        rule = alias.replace(ANY_FEED, "<slug>")
        views.add_url_rule(rule, f"alias {alias}".replace(".", " "), show, defaults=defaults, strict_slashes=False)
    _add_opml(views, publisher, policy, clock)
    views.after_request(_cors)
    return views


def _page(publisher: Publisher, feed: Feed, number: int, form: Format, now: datetime) -> Published:
    """A page of the archive. The page that is still open is the document that readers subscribe to."""
    if number == feed.closed_pages + 1:
        return publisher.published(feed, form, now)
    return publisher.page(feed, number, form, now) or abort(404)


def _document(publisher: Publisher, feed: Feed, published: Published, clock: Callable[[], datetime]) -> Response:
    form = published.document.format
    # Making the document may have closed pages of the archive since `feed` was read.
    feed = replace(feed, closed_pages=published.state.closed_pages)
    links = _links(publisher, feed, published.page, form)
    is_current = partial(publisher.is_current, published)
    return send(document_ready(published, RENDERERS[form], clock, links, is_current))


def _links(publisher: Publisher, feed: Feed, page: int, form: Format) -> Fields:
    """The links of a document as header fields (RFC 8288), for programs that read no body."""
    channel = publisher.channel(feed, page)
    links = {"self": channel.self_url(form), "alternate": channel.page_url, **channel.archive_links(form)}
    links |= {"hub": channel.hub} if channel.hub else {}
    of_type = {"alternate": '; type="text/html"'}
    return [("Link", ", ".join(f'<{href}>; rel="{rel}"{of_type.get(rel, "")}' for rel, href in links.items()))]


def _add_opml(views: Blueprint, publisher: Publisher, policy: str, clock: Callable[[], datetime]) -> None:
    @views.get("/feeds.opml")
    def opml() -> Response:
        changed_at = publisher.latest(opened_feed(publisher, ALL), clock()).document.made_at
        kind = Kind(policy=policy, content_type=OPML_TYPE, more=CORS)
        body = publisher.opml(request.args.getlist("feed"))
        return send(page_ready(body, kind, changed_at, clock)) if body else abort(404)


def _cors(response: Response) -> Response:
    response.headers.update(CORS)
    if request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
    return response
