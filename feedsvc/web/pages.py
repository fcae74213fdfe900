"""Web pages: the catalogue, a feed with its archive, an article, frames. They need no script, and set no cookie."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, make_response, request
from markupsafe import Markup

from feedsvc.catalogue import ALL
from feedsvc.identity import feed_page_url
from feedsvc.model import Format, Origin, Revisions, Site
from feedsvc.publish import Publisher, cards
from feedsvc.publish.credits import credited
from feedsvc.publish.revisions import MOST_REVISIONS, revisions_of
from feedsvc.render import Channel
from feedsvc.sanitize.fields import summary_text
from feedsvc.store.feeds import Feed
from feedsvc.store.teasers import Teaser
from feedsvc.texts import Texts
from feedsvc.web import filtering, searching
from feedsvc.web.assets import ASSETS
from feedsvc.web.embeds import asked, embed_url, snippet
from feedsvc.web.feeds import MOST_PAGES, opened_feed
from feedsvc.web.headers import STATIC_CHANGED, STATIC_MAX_AGE, Kind, Policies, moved, page_ready, send
from feedsvc.web.readers import readers
from feedsvc.web.rendering import Pages, shared_values
from feedsvc.web.views import Views

#: The cost of a search over feeds, in tokens of views.
SEARCH_TOKENS = 3

#: Sources that the page of a feed names.
MOST_ORIGINS = 12


def blueprint(
    publisher: Publisher,
    prefix: str,
    policies: Policies,
    clock: Callable[[], datetime],
    queries: Views,
    revised: Revisions,
    *,
    is_static: bool = False,
) -> Blueprint:
    """The pages, and the files that they need."""
    views = Blueprint("pages", __name__)
    pages = Pages(publisher, prefix, policies, clock, shared_values(publisher.site, prefix, is_static=is_static))
    # Jinja calls a filter in half the time of a function.
    views.add_app_template_filter(summary_text, "text")
    views.add_app_template_filter(_time_in_zone(publisher.site), "time")
    _add_catalogue(views, pages, queries)
    _add_feed(views, pages, queries)
    _add_article(views, pages, revised)
    _add_embeds(views, pages, queries)
    searching.add(views, pages, queries)
    filtering.add(views, pages, queries)
    _add_assets(views, policies, clock)
    return views


def _add_catalogue(views: Blueprint, pages: Pages, queries: Views) -> None:
    @views.get("/")
    @views.get(f"/page/<int(min=1, max={MOST_PAGES}):page>")
    def catalogue(page: int = 0) -> Response:
        if page == 1:
            return moved(f"{pages.prefix}/")
        everything = opened_feed(pages.publisher, ALL)
        query = "" if page > 1 else request.args.get("q", "")[:100].strip()
        if query:
            queries.take(SEARCH_TOKENS)
        if page > 1 and page > cards.pages(pages.publisher):
            abort(404)

        def values(_: Texts) -> dict[str, object]:
            found = cards.cards(pages.publisher, query, page)
            newest = [one.facts.newest.published for one in found.cards if one.facts.newest]
            return {"query": query, "found": found, "updated": max(newest, default=None)}

        return pages.send("catalogue.html", everything, values, policy=pages.policies.page, is_of_all=True)


def _add_feed(views: Blueprint, pages: Pages, queries: Views) -> None:
    publisher, prefix = pages.publisher, pages.prefix

    @views.get("/feeds/<slug>")
    def feed(slug: str) -> Response:
        return _in_format(slug, queries.format()) or feed_page(slug)

    def feed_page(slug: str) -> Response:
        found = opened_feed(publisher, slug)
        if found.slug != slug:
            return moved(feed_page_url(prefix, found.slug))

        def values(_: Texts) -> dict[str, object]:
            return _feed_values(prefix, publisher.channel(found), publisher.teasers(found), found, 0)

        return pages.send("feed.html", found, values, policy=pages.policies.page)

    @views.get(f"/feeds/<slug>/archive/<int(max={MOST_PAGES}):number>")
    def archive(slug: str, number: int) -> Response:
        found = opened_feed(publisher, slug)
        address = feed_page_url(prefix, found.slug)
        if found.slug != slug:
            return moved(f"{address}/archive/{number}")
        if number == found.closed_pages + 1:
            return Response(status=302, headers={"Location": address, "Cache-Control": "no-store"})
        if not 0 < number <= found.closed_pages:
            abort(404)

        def values(_: Texts) -> dict[str, object]:
            entries = publisher.teasers(found, number)
            return _feed_values(prefix, publisher.channel(found), entries, found, number)

        return pages.send("feed.html", found, values, policy=pages.policies.page)


def _feed_values(prefix: str, channel: Channel, entries: list[Teaser], feed: Feed, number: int) -> dict[str, object]:
    """What the page of a feed shows; `number` is a closed page of its archive, and 0 its newest entries."""
    address = feed_page_url(prefix, feed.slug)
    older = (number or feed.closed_pages + 1) - 1
    newer = "" if not number else address if number == feed.closed_pages else f"{address}/archive/{number + 1}"
    origins: dict[str, Origin] = {}
    for entry in entries:
        for origin in entry.origins:
            if origin.title:
                origins.setdefault(origin.title, origin)
    return {
        "channel": channel,
        "entries": entries,
        "number": number,
        "updated": None if number else max((one.published for one in entries), default=None),
        "older": f"{address}/archive/{older}" if older else "",
        "newer": newer,
        "origins": list(origins.values())[:MOST_ORIGINS],
        "readers": readers,
    }


def _add_article(views: Blueprint, pages: Pages, revised: Revisions) -> None:
    publisher = pages.publisher

    @views.get("/articles/<article>")
    def article(article: str) -> Response:
        opened_feed(publisher, ALL)
        of = opened_feed(publisher, publisher.dating(article))

        def values(_: Texts) -> dict[str, object]:
            found, replaced, was_there = publisher.article(article, revised, MOST_REVISIONS)
            if found is None:
                abort(410 if was_there else 404)
            return {
                "article": found,
                "entry": credited([found.entry], publisher.site)[0],
                "revisions": revisions_of(found.entry, replaced),
            }

        return pages.send("article.html", of, values, policy=pages.policies.content)


def _add_embeds(views: Blueprint, pages: Pages, queries: Views) -> None:
    publisher, prefix = pages.publisher, pages.prefix

    @views.get("/embed/<slug>")
    def embed(slug: str) -> Response:
        found, embed = opened_feed(publisher, slug), asked(request.args)
        if found.slug != slug:
            return moved(embed_url(prefix, found.slug, embed))
        if embed.query:
            queries.take(1)

        def values(_: Texts) -> dict[str, object]:
            return {
                "channel": publisher.channel(found),
                "entries": publisher.teasers(found, most=embed.items),
                "theme": "" if embed.theme == "auto" else embed.theme,
                "has_images": embed.has_images,
            }

        return pages.send("embed.html", found, values, policy=pages.policies.embed)

    @views.get("/feeds/<slug>/embed")
    def embedding(slug: str) -> Response:
        found, embed = opened_feed(publisher, slug), asked(request.args)
        if found.slug != slug:
            return moved(f"{feed_page_url(prefix, found.slug)}/embed{embed.query}")

        def values(_: Texts) -> dict[str, object]:
            channel = publisher.channel(found)
            return {
                "channel": channel,
                "asked": embed,
                "ancestors": pages.policies.ancestors,
                "address": embed_url(prefix, found.slug, embed),
                "snippet": snippet(embed_url(publisher.site.base_url, found.slug, embed), channel.feed.title),
            }

        return pages.send("embedding.html", found, values, policy=pages.policies.page)


def _add_assets(views: Blueprint, policies: Policies, clock: Callable[[], datetime]) -> None:
    @views.get("/static/<name>")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            abort(404)
        body, content_type = ASSETS[name]
        kind = Kind(policy=policies.content, content_type=content_type, max_age=STATIC_MAX_AGE)
        return send(page_ready(body, kind, STATIC_CHANGED, clock))


def _in_format(slug: str, form: Format | None) -> Response | None:
    """What the address of the feed with the format's suffix has. Programs that know RSSHub ask the page for it."""
    if form is None:
        return None
    return make_response(current_app.ensure_sync(current_app.view_functions[f"feeds.feed_{form}"])(slug, form))


#: The characters of a date with hours and minutes.
MINUTES = len("2026-11-24 12:00")


def _time_in_zone(site: Site) -> Callable[[datetime], Markup]:
    def time(moment: datetime) -> Markup:
        text = moment.astimezone(site.timezone).isoformat(" ")[:MINUTES]
        return Markup(f'<time datetime="{moment.isoformat()}">{text}</time>')  # noqa: S704 - digits

    return time
