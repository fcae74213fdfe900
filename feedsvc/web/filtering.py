"""`/feeds/<slug>/filter`: a form that makes a view of a feed, and shows which entries it has. It needs no script."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from feedsvc.catalogue import ALL
from feedsvc.config.writing import feed_lines
from feedsvc.filters import parameters, searching
from feedsvc.filters.kinds.bases import Condition, Decision, Match
from feedsvc.filters.kinds.regex import Regex
from feedsvc.filters.kinds.words import Words
from feedsvc.identity import feed_page_url
from feedsvc.model import FORMATS, View
from feedsvc.publish import finding
from feedsvc.store.feeds import Feed
from feedsvc.texts import Texts
from feedsvc.web.errors import lines
from feedsvc.web.errors import reason as reason_of
from feedsvc.web.feeds import opened_feed
from feedsvc.web.headers import moved
from feedsvc.web.query import Wrong, canonical, is_text, pairs_of, parse_pairs
from feedsvc.web.rate import cost
from feedsvc.web.rendering import Pages
from feedsvc.web.views import Views, view_address

#: The newest entries that the page tries.
MOST_TRIED = 50

#: The last part of a field's name → the name of the field in a search. The field of the first row is any of them.
PLACES = {"": "", "title": "title", "description": "text", "author": "author", "category": "category"}

#: The fields of the form with words or patterns, by row: the one for what must occur, and the one for what must not.
ROWS = {place: tuple(f"{verb}{place and f'_{place}'}" for verb in ("filter", "filterout")) for place in PLACES}

#: The other fields of the form.
OTHERS = ("since", "limit", "sorted", "mode")

#: All fields.
FIELDS = frozenset({*(name for row in ROWS.values() for name in row), *OTHERS, "kind", parameters.CASE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The fields of the form, and the view that they ask for."""

    given: Mapping[str, str]
    view: View = field(default_factory=View)
    #: The faults of the fields, by the name of the field.
    faults: Mapping[str, Wrong] = field(default_factory=dict)

    @property
    def has_patterns(self) -> bool:
        """Whether the texts are patterns; usually they are words."""
        return self.given.get("kind") == "patterns"


def asked(query: str, zone: tzinfo) -> Asked:
    """The view of a sent form. Empty fields say nothing."""
    values = [(name, value.strip()) for name, value in pairs_of(query) if name in FIELDS and value.strip()]
    given = dict(reversed(values))
    found = Asked(given=given)
    faults = {name: Wrong("repeated", name) for name, value in values if value != given[name]}
    if faults := faults | {name: Wrong("no_text", name) for name, value in given.items() if not is_text(value)}:
        return replace(found, faults=faults)
    names = [name for row in ROWS.values() for name in row if name in given]
    wanted = {name: given[name] for name in OTHERS if name in given}
    if not found.has_patterns:
        words = searching.written(
            searching.Term(is_excluded, within, word)
            for place, within in PLACES.items()
            for name, is_excluded in zip(ROWS[place], (False, True), strict=True)
            for word in searching.words(given.get(name, ""))
        )
        wanted |= {"search": words} if words else {}
    elif names:
        wanted |= {name: given[name] for name in (*names, parameters.CASE) if name in given}
    read = parse_pairs(wanted.items(), zone)
    if isinstance(read, View):
        return replace(found, view=read)
    # A search is made of all words. Its fault stands at the first field that has some.
    return replace(found, faults={names[0] if one.name == "search" else one.name: one for one in read})


def add(views: Blueprint, pages: Pages, queries: Views) -> None:
    """Add the page with the form."""
    publisher = pages.publisher

    @views.get("/feeds/<slug>/filter")
    def filtering(slug: str) -> Response:
        found = opened_feed(publisher, slug)
        form = asked(request.environ.get("QUERY_STRING", ""), publisher.site.timezone)
        if found.slug != slug:
            query = f"?{urlencode(form.given)}" if form.given else ""
            return moved(f"{feed_page_url(pages.prefix, found.slug)}/filter{query}")
        shared = {"channel": publisher.channel(found), "asked": form, "rows": ROWS}
        if form.faults:
            return pages.refuse("filter.html", lambda texts: {**shared, "faults": _said(form.faults, texts)})
        has_view = bool(canonical(form.view))
        if has_view:
            queries.take(cost(replace(form.view, limit=MOST_TRIED)))

        def values(_: Texts) -> dict[str, object]:
            return {**shared, "faults": {}, **(_result(pages, found, form.view) if has_view else {})}

        return pages.send("filter.html", found, values, policy=pages.policies.page, is_indexed=False)


def _said(faults: Mapping[str, Wrong], texts: Texts) -> dict[str, str]:
    return {name: reason_of(one, texts) or lines([one], texts) for name, one in faults.items()}


def _result(pages: Pages, feed: Feed, view: View) -> dict[str, object]:
    """What the page shows of a view: the entries that stay and that go, the addresses, and lines of configuration."""
    site, tried = pages.publisher.site, finding.seen(pages.publisher, feed, view, MOST_TRIED)
    return {
        "tried": tried,
        "lists": [("stays", [one for one in tried if one.stays]), ("goes", [one for one in tried if not one.stays])],
        "reason": reason,
        "addresses": {form: view_address(site.base_url, feed.slug, form, view) for form in FORMATS},
        "configuration": configuration(feed, view, site.timezone),
    }


def configuration(feed: Feed, view: View, zone: tzinfo) -> str:
    """The lines that make a feed of a view's filters; empty without filters. Other parameters are no filters."""
    fits = parameters.chosen(view.filters, zone)
    if fits is None:
        return ""
    key = "categories" if feed.category else "feeds"
    selection = {} if feed.slug == ALL else {key: [feed.category or feed.slug]}
    return feed_lines(f"{feed.slug}-filtered", selection, [fits])


def reason(decision: Decision | None, texts: Texts) -> str:
    """The conditions that decided, e.g. `title, text: without 广告`."""
    if decision is None:
        return texts.filters["early"]
    fields: dict[tuple[str, bool], list[str]] = {}
    for condition, fits in decision.by:
        value, name = _words(condition, texts)
        fields.setdefault((value, fits), []).append(name)
    said = []
    for (value, fits), names in fields.items():
        text = texts.filters["has" if fits else "lacks"]
        said.append(text.format(fields=texts.comma.join(dict.fromkeys(filter(None, names))), value=value))
    return "; ".join(said)


def _words(condition: Condition, texts: Texts) -> tuple[str, str]:
    """The value of a condition, and the name of its field."""
    name = texts.filters[f"in_{condition.field}"] if isinstance(condition, Match) else ""
    if isinstance(condition, Words):
        return " ".join(condition.words), name
    if isinstance(condition, Regex):
        return f"/{condition.pattern}/", name
    return str(next(iter(condition.form().values()))), name
