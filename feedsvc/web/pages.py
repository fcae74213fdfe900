"""Web pages: the catalogue, a feed, an article. They use no script and no cookie."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from feedsvc.identity import article_id
from feedsvc.model import SafeHtml, Site
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.sanitize.attachments import file_name
from feedsvc.sanitize.fields import summary_text
from feedsvc.store.opening import is_unopened
from feedsvc.web.contact import contact_of
from feedsvc.web.errors import StartingError
from feedsvc.web.feeds import published_feed
from feedsvc.web.headers import page_response


def blueprint(publisher: Publisher, prefix: str) -> Blueprint:
    """`/`, `/feeds/<slug>` and `/articles/<id>`."""
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

    def page(template: str, **values: object) -> Response:
        return page_response(render_template(template, **shared, **values).encode())

    @views.get("/")
    def catalogue() -> Response:
        if publisher.is_empty():
            raise StartingError
        return page("catalogue.html", feeds=publisher.catalogue())

    @views.get("/feeds/<slug>")
    def feed(slug: str) -> Response:
        shown = published_feed(publisher, slug)
        if is_unopened(shown):
            raise StartingError
        if shown.slug != slug:
            return Response(status=301, headers={"Location": f"{prefix}/feeds/{quote(shown.slug, safe='')}"})
        return page("feed.html", channel=publisher.channel(shown), entries=publisher.entries(shown))

    @views.get("/articles/<article>")
    def article(article: str) -> Response:
        entry, was_there = publisher.article(article)
        if entry is None and publisher.is_empty():
            raise StartingError
        if entry is None:
            abort(410 if was_there else 404)
        return page("article.html", entry=entry)

    return views


def _as_markup(html: SafeHtml) -> Markup:
    """HTML that a template does not escape. This is safe, because SafeHtml passed the sanitiser's gate."""
    return Markup(html)  # noqa: S704


def _date_in_zone(site: Site) -> Callable[[datetime | None], str]:
    def date(moment: datetime | None) -> str:
        return moment.astimezone(site.timezone).strftime("%Y-%m-%d %H:%M") if moment else ""

    return date
