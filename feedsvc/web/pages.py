"""Web pages: the catalogue, a feed, an article. They use no script and no cookie."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, make_response, render_template
from markupsafe import Markup

from feedsvc.identity import article_id, feed_page_url
from feedsvc.model import Entry, Format, SafeHtml, Site
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.sanitize.attachments import file_name
from feedsvc.sanitize.fields import summary_text
from feedsvc.web.contact import contact_of
from feedsvc.web.errors import StartingError
from feedsvc.web.feeds import moved, opened_feed
from feedsvc.web.headers import PAGES_CHANGED, STATIC_MAX_AGE, page_ready, send
from feedsvc.web.views import Views

#: The stylesheet of all pages.
STYLE = (Path(__file__).parent / "static" / "style.css").read_bytes()


def blueprint(
    publisher: Publisher, prefix: str, policy: str, clock: Callable[[], datetime], queries: Views
) -> Blueprint:
    """`/`, `/feeds/<slug>`, `/articles/<id>` and the stylesheet."""
    views = Blueprint("pages", __name__)
    site = publisher.site
    shared = {
        "site": site,
        "prefix": prefix,
        "formats": RENDERERS,
        "quote": lambda text: quote(text, safe=""),
        "safe": _as_markup,
        "text": summary_text,
        "article_id": article_id,
        "date": _date_in_zone(site),
        "contact": contact_of(site.contact),
        "file_name": file_name,
    }

    def page(template: str, of: str, values: Callable[[], dict[str, object]]) -> Response:
        """
        A page that changes when a feed does.

        What the page shows is read after the feed's document. A change in between then ends the answer too early. The
        other way round, an older page would have the newer date, and stay until the feed changes again.
        """
        latest = publisher.latest(of, clock())
        body = render_template(template, **shared, **values()).encode()
        ready = page_ready(body, policy, latest.document.made_at, clock)
        if template != "catalogue.html":  # it changes with the addresses of all feeds: no single feed says so
            ready.is_current = partial(publisher.is_current, latest)
        return send(ready)

    @views.get("/feeds/<slug>")
    def feed(slug: str) -> Response:
        return _in_format(slug, queries.format()) or feed_page(slug)

    def feed_page(slug: str) -> Response:
        shown = opened_feed(publisher, slug)
        if shown.slug != slug:
            return moved(feed_page_url(prefix, shown.slug))

        def values() -> dict[str, object]:
            return {"channel": publisher.channel(shown), "entries": publisher.entries(shown)}

        return page("feed.html", shown.slug, values)

    @views.get("/articles/<article>")
    def article(article: str) -> Response:
        _require_article(publisher, article)
        return page("article.html", "all", lambda: {"entry": _require_article(publisher, article)})

    _add_catalogue(views, publisher, page)
    _add_style(views, policy, clock)
    return views


def _require_article(publisher: Publisher, article: str) -> Entry:
    """The entry of an article's page. Without one, the request ends with 503 (first import), 404, or 410 (gone)."""
    entry, was_there = publisher.article(article)
    if entry is None and publisher.is_empty():
        raise StartingError
    return entry or abort(410 if was_there else 404)


def _add_catalogue(views: Blueprint, publisher: Publisher, page: Callable[..., Response]) -> None:
    @views.get("/")
    def catalogue() -> Response:
        if publisher.is_empty():
            raise StartingError
        return page("catalogue.html", "all", lambda: {"feeds": publisher.catalogue()})


def _add_style(views: Blueprint, policy: str, clock: Callable[[], datetime]) -> None:
    @views.get("/static/style.css")
    def style() -> Response:
        return send(
            page_ready(
                STYLE, policy, PAGES_CHANGED, clock, content_type="text/css; charset=utf-8", max_age=STATIC_MAX_AGE
            )
        )


def _in_format(slug: str, form: Format | None) -> Response | None:
    """What the address of the feed with the format's suffix has. Programs that know RSSHub ask the page for it."""
    if form is None:
        return None
    return make_response(current_app.ensure_sync(current_app.view_functions[f"feeds.feed_{form}"])(slug, form))


def _as_markup(html: SafeHtml) -> Markup:
    """HTML that a template does not escape. This is safe, because SafeHtml passed the sanitiser's gate."""
    return Markup(html)  # noqa: S704


def _date_in_zone(site: Site) -> Callable[[datetime | None], str]:
    def date(moment: datetime | None) -> str:
        return moment.astimezone(site.timezone).strftime("%Y-%m-%d %H:%M") if moment else ""

    return date
