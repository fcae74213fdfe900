"""`/explain`: why an article is, or is not, where somebody looks for it. For the operator alone, like `/status`."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, render_template, request

from feedsvc.model import Site
from feedsvc.publish.explaining import Configured, Question, explain
from feedsvc.publish.worded import worded
from feedsvc.store import Store
from feedsvc.texts import LANGUAGES
from feedsvc.web.contact import contact_of
from feedsvc.web.errors import BadQueryError
from feedsvc.web.negotiation import chosen_language
from feedsvc.web.query import Wrong

#: Characters of a name and of a slug that are looked for.
LONGEST_NAME, LONGEST_SLUG = 4_000, 200


def add(views: Blueprint, store: Store, configured: Configured, prefix: str, clock: Callable[[], datetime]) -> None:
    """Add the page to views that only the operator may see."""
    site: Site = configured.catalogue.site

    @views.get("/explain")
    def explaining() -> str:
        texts = LANGUAGES[chosen_language(request.headers.get("Accept-Language", ""), site.language)]
        if repeated := [one for one in ("of", "feed") if len(set(request.args.getlist(one))) > 1]:
            raise BadQueryError([Wrong("repeated", one) for one in repeated])
        name = request.args.get("of", "")[:LONGEST_NAME].strip()
        feed = request.args.get("feed", "")[:LONGEST_SLUG].strip()
        # Without a path: a visitor looks for names, not for files of this machine.
        found = explain(store, configured, Question(text=name, feed=feed or None), clock()) if name else None
        return render_template(
            "explain.html", lines=list(worded(found, texts)) if found else [], name=name, feed=feed, site=site,
            prefix=prefix, texts=texts, t=texts.explain, contact=contact_of(site.contact),
        )  # fmt: skip
