"""Why a feed has a story, or has not: the facts, for the operator."""

from dataclasses import dataclass
from typing import Literal

from feedsvc.publish.reasons import Told, told
from feedsvc.store import Connection, traces
from feedsvc.store.feeds import Feed
from feedsvc.store.selecting import OWN, Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionFacts:
    """The answer of a feed, or of a feed that it names, about a story."""

    #: The key of a named feed; empty for the feed itself.
    feed: str
    fits: bool | None
    #: The part of the selection that does not hold.
    by: str
    #: What that part wants, and what the story has.
    wanted: tuple[str, ...]
    has: tuple[str, ...]
    conditions: tuple[Told, ...]


#: The answers to the question why a feed has a story, or has not.
FeedAnswer = Literal[
    "member", "hidden", "unknown", "retired", "unplaced", "unseen", "selected", "delayed", "unselected",
    "untold",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """The feed in which somebody looks for the story."""

    feed: str
    answer: FeedAnswer
    #: The position that the story had before it left.
    former: int | None = None
    selections: tuple[SelectionFacts, ...] = ()


def asked(db: Connection, story: traces.Story, slug: str, of: Feed | None) -> FeedFacts:
    """Why a feed has a story, or has not."""
    if of is None:
        return FeedFacts(feed=slug, answer="unknown")
    if of.is_retired:
        return FeedFacts(feed=of.slug, answer="retired")
    is_member = any(place.feed.id == of.id for place in story.places)
    as_member: FeedAnswer = "member" if any(one.is_public for one in story.members) else "hidden"
    if story.arrived_at is None:
        return FeedFacts(feed=of.slug, answer="unplaced")
    seen = traces.seen(db, story.id)
    former = story.left.get(of.slug)
    if seen is None:
        return FeedFacts(feed=of.slug, answer=as_member if is_member else "unseen", former=former)
    selections: tuple[SelectionFacts, ...] = ()
    fits: bool | None = True
    if definition := traces.selection(db, of.id):
        selections = _selections(seen, definition)
        fits = selections[0].fits
    elif of.category is not None:
        fits = of.category in seen.categories
        selections = (
            SelectionFacts(
                feed=OWN, fits=fits, by="" if fits else "categories", wanted=(of.category,), has=seen.categories,
                conditions=(),
            ),
        )  # fmt: skip
    answer: FeedAnswer = "selected" if fits else "unselected" if fits is False else "untold"
    if fits and traces.is_delayed(db, of.id, story.arrived_at):
        answer = "delayed"
    return FeedFacts(
        feed=of.slug, answer=as_member if is_member else answer, former=former, selections=selections
    )  # fmt: skip


def _selections(seen: traces.Seen, definition: Definition) -> tuple[SelectionFacts, ...]:
    """The answers of a defined feed, and of the feeds that it asked."""
    found = []
    for key, judged in seen.judged_by(definition).items():
        selection = definition.named[key] if key else definition.selection
        parts = {
            "categories": (selection.categories, seen.categories),
            "sources": (selection.sources, seen.sources),
            "feeds": (selection.feeds, ()),
        }
        wanted, has = parts.get(judged.by, ((), ()))
        found.append(
            SelectionFacts(
                feed=key, fits=judged.fits, by=judged.by, wanted=wanted, has=has, conditions=told(judged.conditions)
            )
        )
    return tuple(found)
