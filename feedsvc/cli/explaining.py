"""`feedsvc explain`: why an entry is, or is not, where somebody looks for it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.wording import as_json as json_of
from feedsvc.cli.wording import plural, printable
from feedsvc.publish.choices import FeedFacts, SelectionFacts
from feedsvc.publish.differences import Difference, Kind, Line
from feedsvc.publish.explaining import (
    Configured,
    EntryFacts,
    Explanation,
    PlaceFacts,
    Question,
    StoryFacts,
    explain,
)
from feedsvc.publish.reasons import Reason, Told

#: So many conditions of one decision are listed.
MOST_CONDITIONS = 10

#: The kind of a reason → its words.
REASONS = {
    "private": "its source is private",
    "gone": "its file {name} is gone",
    "problem": "its file has a problem: {name}:{line}: {message}",
    "hidden": "its file {name} says that the article is a draft, or is not public",
    "blocked": "the content of its file {name} was taken down; see feedsvc takedown --list",
    "withdrawn": "it was withdrawn",
    "future": "its date is in the future: it is due at {at}",
    "waiting": "it waits for its feeds: the next end of an update or of polls puts it there",
    "unknown": "its story shows no entry",
    "held": "its file {name} went missing with many others: the entry stays; see feedsvc sources",
    "plain": "it is shown as plain text: {message}",
    "judged_again": "an earlier rule of its source dropped it, and no present rule does; the next poll judges it again",
}

#: The mark of the fate of a text, before and after it.
MARKS = {Kind.SAME: ("", ""), Kind.GONE: ("[-", "-]"), Kind.NEW: ("{+", "+}")}

#: The answer of a feed → its words.
ANSWERS = {
    "member": "has the story",
    "hidden": "has the story at its position, and shows no entry of it now",
    "unknown": "is unknown: no feed has or had this slug; see feedsvc feeds",
    "retired": "is not in the configuration any more: its address answers 410",
    "unplaced": "cannot have the story yet: the story is not placed",
    "unseen": "cannot have the story: all of its entries are withdrawn or private",
    "selected": "selects the story, and does not have it yet: the next update assigns it",
    "unselected": "does not select the story",
    "untold": "may have the story: its filters cannot judge a story that shows no entry",
}

#: The part of a selection that does not hold → its words.
PARTS = {
    "categories": "it wants one of the categories {wanted}; the story has {has}",
    "sources": "it wants one of the sources {wanted}; the story is of {has}",
    "feeds": "it wants one of the feeds {wanted}, and none of them has the story",
    "filters": "its filters do not fit",
}


def run(*, name: str, feed: str | None, as_json: bool) -> int:
    """Print the explanation. Returns 1 if nothing that is stored has the name."""
    config = configuration()
    configured = Configured(catalogue=config.catalogue, seeds=config.sources, upstreams=config.upstreams)
    question = Question(text=name, feed=feed, path=str(Path.cwd() / name.replace("\0", "")))
    with opened_store(config) as store:
        found = explain(store, configured, question, datetime.now(UTC))
    if as_json:
        click.echo(json_of(asdict(found) | {"is_found": found.is_found}))
    else:
        for line in lines(found):
            click.echo(printable(line))
    return 0 if found.is_found else 1


def lines(found: Explanation) -> Iterator[str]:
    """The explanation, line by line."""
    for story in found.stories:
        yield from _story(story)
    if found.more:
        yield f"{found.more} more stories have this name"
    for file in found.files:
        yield f"file {file.path} of source {file.source} has no entry: {_reason(file.reason)}"
    if not found.is_found:
        yield "nothing that is stored has this name"
        for kind, names in found.searched.items():
            yield f"  searched by {kind}: {', '.join(names)}"
    for gone in found.erased:
        by = "the take-down was undone" if gone.by is None else f"by take-down {gone.by}"
        yield f"story {gone.guid} was erased at {_time(gone.at)}, {by}; its page was /articles/{gone.article_id}"
    for done in found.blocked:
        why = f": {done.reason}" if done.reason else ""
        yield f"take-down {done.id} of {_time(done.at)} blocks it ({done.kind} {done.target}){why}"
    if found.unknown_feed is not None:
        yield f"feed {found.unknown_feed} {ANSWERS['unknown']}"


def _story(story: StoryFacts) -> Iterator[str]:
    if story.arrived_at is None:
        yield "story without a guid: it is not placed yet, and in no feed"
    else:
        yield f"story {story.guid}"
        yield f"  page: {story.page}"
        yield f"  arrived: {_time(story.arrived_at)}"
    for one in story.entries:
        yield from (f"  {line}" for line in _entry(one))
    for place in story.feeds:
        yield f"  {_place(place)}"
    if story.asked is not None and story.asked.answer != "unknown":
        yield from (f"  {line}" for line in _asked(story.asked))


def _entry(one: EntryFacts) -> Iterator[str]:
    former = "" if one.is_configured else ", no longer configured"
    yield f"entry of source {one.source} ({one.kind}{former}): {one.title or 'without title'}"
    if one.matched:
        yield f"  found by: {', '.join(one.matched)}"
    for place in one.places:
        yield f"  {'polled' if one.kind == 'upstream' else 'file'}: {place}"
    yield f"  guid: {one.guid}" + (f"; now {one.own_guid}" if one.own_guid not in (None, one.guid) else "")
    if one.link:
        yield f"  link: {one.link}"
    times = {
        "first seen": one.first_seen, "published": one.published, "updated": one.updated, "edited": one.edited_at,
        "withdrawn": one.withdrawn_at,
    }  # fmt: skip
    yield "  " + "; ".join(f"{name} {_time(at)}" for name, at in times.items() if at is not None)
    yield "  shown" if one.is_shown else f"  not shown: {'; '.join(map(_reason, one.reasons))}"
    yield from (f"  note: {_reason(note)}" for note in one.notes)
    for sign, sources in one.shares.items():
        yield f"  the same {sign} as the entry of {', '.join(sources)}"
    if one.revisions:
        yield f"  {plural(len(one.revisions), 'revision')}, replaced at {', '.join(map(_time, one.revisions))}"
    yield from (f"  {line}" for line in _sanitised(one.removed, one.changed))


def _sanitised(removed: Mapping[str, int], changed: Difference) -> Iterator[str]:
    """What the sanitiser removed and changed."""
    if removed:
        yield f"removed: {', '.join(f'{number} {kind}' for kind, number in removed.items())}"
    if changed.is_empty:
        yield "published as it came"
        return
    yield "from the raw form to the published one ([-removed-], {+added+}):"
    if changed.title:
        yield f"  title: {_line(changed.title)}"
    for line in changed.lines:
        yield f"  ({plural(line, 'unchanged line')})" if isinstance(line, int) else f"  {_line(line)}"
    if changed.is_too_large:
        yield "  too large to be compared"
    if changed.is_cut:
        yield "  … (more changes)"


def _line(line: Line) -> str:
    return "".join(f"{MARKS[piece.kind][0]}{piece.text}{MARKS[piece.kind][1]}" for piece in line)


def _reason(one: Reason) -> str:
    """A reason in words, with the time of the withdrawal where there is one."""
    if one.kind == "dropped":
        said = "no filter of keep fits" if one.name == "keep" else "a filter of drop fits"
        return f"a rule of its source drops it: {said}: {one.rule}{_conditions(one.conditions)}"
    if one.kind == "other":
        fuller = "is fuller" if one.shown_size > one.size else "comes first"
        return f"its story shows the entry of {one.name}, which {fuller} ({one.shown_size} and {one.size} characters)"
    at = "" if one.at is None else _time(one.at)
    said = REASONS[one.kind].format(name=one.name, line=one.line or 1, message=one.message, at=at)
    return f"{said} (withdrawn {at})" if at and one.kind != "future" else said


def _conditions(conditions: Sequence[Told]) -> str:
    """The conditions that decided, each with its answer."""
    shown = [
        f"{json.dumps(one.condition, ensure_ascii=False)} {'fits' if one.fits else 'does not fit'}"
        for one in conditions[:MOST_CONDITIONS]
    ]
    more = len(conditions) - len(shown)
    return f" (decided by {', '.join(shown)}{f' and {more} more' if more else ''})" if shown else ""


def _place(place: PlaceFacts) -> str:
    documents = ["the document"] if place.is_in_document else []
    documents += [f"page {place.page} of the archive"] if place.page is not None else []
    where = " and ".join(documents) or "no document"
    where = f"in {where}" if place.is_seen else "which shows nothing now"
    return f"in feed {place.feed}: position {place.position}, {where}, since {_time(place.arrived_at)}"


def _asked(one: FeedFacts) -> Iterator[str]:
    """The answer of the feed that was asked for, and of the feeds that it names."""
    left = "" if one.former is None else f"; the story left it, and had position {one.former}"
    yield f"feed {one.feed} {ANSWERS[one.answer]}{left}"
    for selection in one.selections:
        yield f"  {_selection(selection)}"


def _selection(one: SelectionFacts) -> str:
    of = f"feed {one.feed}" if one.feed else "this feed"
    if not one.by:
        return f"{of}: selects it{_conditions(one.conditions)}"
    if one.fits is None:
        return f"{of}: cannot be told now, because the story shows no entry"
    said = PARTS[one.by].format(wanted=", ".join(one.wanted), has=", ".join(one.has) or "none")
    return f"{of}: {said}{_conditions(one.conditions)}"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
