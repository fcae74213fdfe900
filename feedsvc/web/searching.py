"""`/search`: the page of a search over all entries."""

from dataclasses import replace

from flask import Blueprint, Response, request

from feedsvc.catalogue import ALL
from feedsvc.model import FORMATS, View
from feedsvc.publish import finding
from feedsvc.texts import Texts
from feedsvc.web.errors import lines
from feedsvc.web.feeds import opened_feed
from feedsvc.web.query import pairs_of, parse_search
from feedsvc.web.rate import cost
from feedsvc.web.rendering import Pages
from feedsvc.web.views import Views, view_address

#: Entries that the page of a search shows.
MOST_HITS = 50

#: The parameters that hold a search: of the page, and of views.
NAMES = ("q", "search")


def add(views: Blueprint, pages: Pages, queries: Views) -> None:
    """Add the page of a search."""

    @views.get("/search")
    def search() -> Response:
        everything = opened_feed(pages.publisher, ALL)
        query = request.environ.get("QUERY_STRING", "")
        asked = next((value.strip() for name, value in pairs_of(query) if name in NAMES), "")
        channel = pages.publisher.channel(everything)
        shared: dict[str, object] = {"channel": channel, "query": asked, "most": MOST_HITS}
        if not asked:
            return pages.send("search.html", everything, lambda _: shared, policy=pages.policies.page)
        view = parse_search(query, pages.publisher.site.timezone)
        if not isinstance(view, View):
            wrong = view
            return pages.refuse("search.html", lambda texts: {**shared, "fault": lines(wrong, texts)})
        queries.take(cost(replace(view, limit=MOST_HITS)))

        def values(_: Texts) -> dict[str, object]:
            found, has_more = finding.hits(pages.publisher, everything, view, MOST_HITS)
            base = pages.publisher.site.base_url
            addresses = {form: view_address(base, everything.slug, form, view) for form in FORMATS}
            return {**shared, "entries": found, "has_more": has_more, "addresses": addresses}

        return pages.send("search.html", everything, values, policy=pages.policies.page, is_indexed=False)
