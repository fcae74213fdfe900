"""Renders pages in the language of the request, with the values that all templates share."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Response, render_template, request
from markupsafe import Markup

from feedsvc.identity import article_id, article_url
from feedsvc.model import Entry, FeedSpec, Site
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.sanitize.attachments import file_name
from feedsvc.store.feeds import Feed
from feedsvc.texts import LANGUAGES, Texts
from feedsvc.web.contact import contact_of
from feedsvc.web.headers import Kind, Policies, page_ready, send
from feedsvc.web.negotiation import chosen_language
from feedsvc.web.plots import columns
from feedsvc.web.showing import readable, shown

#: Of a copy: search engines show the original.
NOT_INDEXED = (("X-Robots-Tag", "noindex"),)


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders pages, in the language of the request."""

    publisher: Publisher
    prefix: str
    policies: Policies
    clock: Callable[[], datetime]
    shared: dict[str, Any]

    def send(
        self,
        template: str,
        of: Feed,
        values: Callable[[Texts], dict[str, object]],
        *,
        policy: str,
        is_of_all: bool = False,
        is_indexed: bool = True,
    ) -> Response:
        """
        A page that changes when a feed does; with `is_of_all`, also when any other feed does.

        What the page shows is read after the feed's document. A change in between then ends the answer too early. The
        other way round, an older page would have the newer date, and stay until the feed changes again.
        """
        latest = self.publisher.latest(of, self.clock())
        language, texts = self.language()
        values_of = values(texts)
        body = render_template(template, **self.shared, texts=texts, **values_of).encode()
        entry = values_of.get("entry")
        is_copy = isinstance(entry, Entry) and bool(entry.original)
        kind = Kind(policy=policy, language=language, more=NOT_INDEXED if is_copy or not is_indexed else ())
        ready = page_ready(body, kind, latest.document.made_at, self.clock)
        if not is_of_all:
            ready.is_current = partial(self.publisher.is_current, latest)
        return send(ready)

    def refuse(self, template: str, values: Callable[[Texts], dict[str, object]]) -> Response:
        """
        A page with a form, and with what is wrong in its query.

        The status is 400. A browser shows the page all the same, and no cache, hot layer or search engine keeps it.
        """
        language, texts = self.language()
        body = render_template(template, **self.shared, texts=texts, **values(texts))
        response = Response(body, 400, content_type="text/html; charset=utf-8")
        response.headers["Content-Language"] = language
        response.headers["Content-Security-Policy"] = self.policies.page
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Accept-Language"
        response.headers.extend(NOT_INDEXED)
        return response

    def language(self) -> tuple[str, Texts]:
        """The language of the request, and its texts."""
        language = chosen_language(request.headers.get("Accept-Language", ""), self.publisher.site.language)
        return language, LANGUAGES[language]


def shared_values(site: Site, prefix: str, *, is_static: bool = False) -> dict[str, Any]:
    """The values and functions that all templates have."""
    return {
        "site": site,
        # A static site answers no query: its pages have no forms that need an answer.
        "is_static": is_static,
        "prefix": prefix,
        "formats": RENDERERS,
        "quote": lambda text: quote(text, safe=""),
        "article_id": article_id,
        "columns": columns,
        "contact": contact_of(site.contact),
        "file_name": file_name,
        "readable": readable,
        "shown": shown,
        "name_of": partial(_name, site),
        "catalogue_page": lambda page: f"{prefix}/page/{page}" if page > 1 else f"{prefix}/",
        "linked_data": partial(_linked_data, site),
    }


def _name(site: Site, feed: FeedSpec, texts: Texts) -> str:
    """The title of a feed on a page that names its site anyway."""
    is_everything = feed.slug == "all" and feed.title == site.title
    return texts.everything if is_everything else feed.title.removesuffix(f" - {site.title}")


def _linked_data(site: Site, entry: Entry) -> Markup:
    """An article as JSON-LD (schema.org), for programs that show a link as a card."""
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title,
        "url": entry.link or article_url(site.base_url, entry.guid),
        "datePublished": entry.published.isoformat() if entry.published else None,
        "dateModified": entry.updated.isoformat() if entry.updated else None,
        "image": entry.image,
        "author": [{"@type": "Person", "name": author.name} for author in entry.authors if author.name],
        "publisher": _publisher(site, entry),
        "license": entry.details.license,
    }
    # No character can end the element, or begin a comment in it.
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - above


def _publisher(site: Site, entry: Entry) -> dict[str, str | None] | None:
    """Who publishes an article: this site, or the source of a copy."""
    if entry.is_ours:
        return {"@type": "Organization", "name": site.title, "url": f"{site.base_url}/"}
    origin = next((one for one in entry.origins if one.title), None)
    return {"@type": "Organization", "name": origin.title, "url": origin.url} if origin else None
