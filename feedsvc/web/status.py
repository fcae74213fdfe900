"""`/status`: the operator's picture, as a page. It uses no script and no cookie."""

import shlex
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from feedsvc.fetch.guard import without_secrets
from feedsvc.identity import feed_page_url
from feedsvc.model import Site
from feedsvc.publish import status
from feedsvc.publish.status import Configured, SourceStatus, Status, Trouble
from feedsvc.store import Store
from feedsvc.texts import LANGUAGES
from feedsvc.web.contact import contact_of
from feedsvc.web.counting import Counts
from feedsvc.web.metrics import CONTENT_TYPE, written
from feedsvc.web.negotiation import chosen_language
from feedsvc.web.plots import bars, line

#: On the page: feeds, programs of a feed, and lines of what needs the operator. `feedsvc status` prints all of them.
MOST_FEEDS, MOST_PROGRAMS, MOST_TROUBLES = 200, 12, 50

#: Bytes → the unit for a size of at least that.
UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def add(
    views: Blueprint, store: Store, configured: Configured, site: Site, prefix: str, clock: Callable[[], datetime],
    counts: Counts,
) -> None:  # fmt: skip
    """Add `/status` and `/metrics` to views that only the operator may see."""

    @views.get("/status")
    def page() -> str:
        counts.save()
        found = status.read(store, configured, clock(), request.args.get("page", 1, int))
        texts = LANGUAGES[chosen_language(request.headers.get("Accept-Language", ""), site.language)]
        shared = {"site": site, "prefix": prefix, "texts": texts, "contact": contact_of(site.contact)}
        return render_template("status.html", **_values(found, configured, site, texts.status, prefix), **shared)

    @views.get("/metrics")
    def metrics() -> Response:
        counts.save()
        return Response(written(store, configured, clock()), content_type=CONTENT_TYPE)


def _values(
    found: Status, configured: Configured, site: Site, words: Mapping[str, str], prefix: str
) -> dict[str, object]:
    """What the template shows."""
    return {
        "status": found,
        "t": words,
        "when": lambda moment: _when(moment, site),
        "size": size,
        "plots": {one.name: (bars(one.days), line(one.history.durations)) for one in found.sources},
        "troubles": found.troubles[:MOST_TROUBLES],
        "trouble": lambda one: _trouble(one, words),
        "facts_of": lambda one: _facts(one, configured.places, words),
        "messages_of": _messages,
        "days_title": lambda one: _days_title(one, words),
        "times_title": lambda one: _times_title(one, words),
        "feed_page": lambda slug: feed_page_url(prefix, slug),
        "feeds": found.readers[:MOST_FEEDS],
        "most": MOST_PROGRAMS,
    }


def size(number: int) -> str:
    """A number of bytes for people: `12.3 MB`."""
    unit = next((one for one in UNITS if number >= one[0]), None)
    return f"{number / unit[0]:.1f} {unit[1]}" if unit else f"{number} B"


def _when(moment: datetime | None, site: Site) -> Markup | None:
    """A moment in the zone of the site; None for none."""
    if moment is None:
        return None
    here = moment.astimezone(site.timezone)
    return Markup('<time datetime="{}">{}</time>').format(here.isoformat(timespec="seconds"), f"{here:%Y-%m-%d %H:%M}")


def _trouble(one: Trouble, words: Mapping[str, str]) -> str:
    """A trouble, with its remedy."""
    name = words[f"writes_{one.name}"] if one.kind == "writes" else one.name
    return words[f"trouble_{one.kind}"].format(name=name, quoted=shlex.quote(one.name), number=one.number)


def _facts(one: SourceStatus, places: Mapping[str, str], words: Mapping[str, str]) -> list[str]:
    """The facts of a source that no column of the table has. Zeros are left out, except of what every source has."""
    state, poll = one.state, one.poll
    problems = poll.problems if poll else state.problems
    always = {"published": state.entries} if poll else {"files": state.files, "published": state.entries}
    maybe = {
        "problems": problems,
        "plain": state.plain,
        "taken_down": state.blocked,
        "held": state.held or 0,
        "failures": poll.failures if poll else 0,
    }
    numbers = always | {name: number for name, number in maybe.items() if number}
    said = [words[name].format(number=number) for name, number in numbers.items()]
    if poll and poll.is_pushed:
        said.append(words["pushed"])
    if poll and poll.url != places.get(one.name, poll.url):
        said.append(words["moved"].format(url=without_secrets(poll.url)))
    return said


def _messages(one: SourceStatus) -> list[str]:
    """The messages of a source as the log has them: in English, so that they can be searched for."""
    if one.poll is None:
        return []
    due, reason = one.next_poll
    return [text for text in (one.poll.error, *one.poll.problem_lines, one.poll.hub_error, due and reason) if text]


def _days_title(one: SourceStatus, words: Mapping[str, str]) -> str:
    """The text in place of the plot of entries."""
    days = len(one.days)
    if not any(one.days):
        return words["days_none"].format(days=days)
    return words["days_title"].format(days=days, total=sum(one.days), most=max(one.days), today=one.days[-1])


def _times_title(one: SourceStatus, words: Mapping[str, str]) -> str:
    """The text in place of the plot of response times."""
    times = one.history.durations
    return words["times_title"].format(number=len(times), last=times[-1], least=min(times), most=max(times))
