"""Why an entry is, or is not, where somebody looks for it: the facts, for the operator alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from feedsvc.catalogue import Catalogue
from feedsvc.identity import article_id, article_url, bounded
from feedsvc.jumps import destination
from feedsvc.merge.blocks import Named, target_of
from feedsvc.model import SourceSpec, UpstreamSpec, Window
from feedsvc.normalize import web_url
from feedsvc.normalize.text import xml_safe
from feedsvc.normalize.urls import without_secrets
from feedsvc.publish import choices
from feedsvc.publish.differences import Difference
from feedsvc.publish.rawness import MAX_HTML, sanitised
from feedsvc.publish.reasons import Reason, Settings, notes, of_file, reasons
from feedsvc.sanitize.removed import removed
from feedsvc.store import Connection, Store, feeds, naming, takedowns, traces
from feedsvc.store.feeds import Feed
from feedsvc.store.naming import Path, Wanted
from feedsvc.store.takedowns import Takedown
from feedsvc.store.traces import File, Member

#: The beginning of an address, and that of an address with a user and perhaps a password.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
WITH_USER = re.compile(rf"{SCHEME.pattern}[^/?#]*@", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The name of a piece, and the slug of the feed in which somebody looks for it."""

    #: A guid, an address, or the path of a seed file.
    text: str
    feed: str | None = None
    #: The text as a path of this machine.
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """The configuration, as far as it tells where entries are."""

    catalogue: Catalogue
    seeds: Sequence[SourceSpec]
    upstreams: Sequence[UpstreamSpec]

    @property
    def settings(self) -> Settings:
        """What it says of the sources."""
        return Settings(
            rules={one.name: one.rules for one in self.upstreams},
            has_future=frozenset(one.name for one in self.seeds if one.has_future),
        )

    @property
    def names(self) -> frozenset[str]:
        """The names of all sources."""
        return frozenset((*(one.name for one in self.seeds), *(one.name for one in self.upstreams)))

    @property
    def folders(self) -> dict[str, str]:
        """The folder of each source of seeds."""
        return {one.name: one.path for one in self.seeds}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """An entry of a story."""

    source: str
    kind: Literal["seeds", "upstream"]
    is_configured: bool
    #: Its files as `path:line`, or the address that is polled, without secrets.
    places: tuple[str, ...]
    guid: str
    own_guid: str | None
    link: str | None
    title: str
    first_seen: datetime
    published: datetime | None
    updated: datetime | None
    edited_at: datetime | None
    withdrawn_at: datetime | None
    is_shown: bool
    #: The names by which the question found it; empty for another member of the story.
    matched: tuple[str, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    #: The signs that it shares with other members: the names of their sources, by the name of the sign.
    shares: Mapping[str, tuple[str, ...]]
    #: The number of elements that the sanitiser removed, by kind.
    removed: Mapping[str, int]
    #: From the raw form to the published one.
    changed: Difference
    #: When the former forms were replaced.
    revisions: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """A story in a feed."""

    feed: str
    position: int
    arrived_at: datetime
    #: Whether readers see an entry of it there.
    is_seen: bool
    #: Whether the document that readers subscribe to has it, and the number of the closed page of the archive.
    is_in_document: bool
    page: int | None
    #: Whether a quota may keep it out of the document.
    has_quota: bool
    #: Of a feed with digests: the guid of its digest, or empty where its period is not over. None: another feed.
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """A story that the question found."""

    #: All three are None until it is placed.
    guid: str | None
    page: str | None
    arrived_at: datetime | None
    entries: tuple[EntryFacts, ...]
    feeds: tuple[PlaceFacts, ...]
    asked: choices.FeedFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """A seed file without an entry."""

    source: str
    path: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer to a question."""

    #: What was looked for, by kind.
    searched: Mapping[str, tuple[str, ...]]
    stories: tuple[StoryFacts, ...] = ()
    #: The number of further stories.
    more: int = 0
    files: tuple[FileFacts, ...] = ()
    #: The take-downs that block what was looked for, and the stories that take-downs erased.
    blocked: tuple[Takedown, ...] = ()
    erased: tuple[traces.Erased, ...] = ()
    #: The feed of the question, if no feed has or had its slug.
    unknown_feed: str | None = field(default=None)

    @property
    def is_found(self) -> bool:
        """Whether an entry or a file has the name."""
        return bool(self.stories or self.files)


def explain(store: Store, configured: Configured, question: Question, now: datetime) -> Explanation:
    """Find what a question names, and tell all that decides where it is."""
    text = xml_safe(question.text).strip()
    wanted = _wanted(text, question, configured)
    with store.read() as db:
        named = naming.find(db, wanted)
        found, more = traces.stories_of(db, named)
        asked = feeds.find(db, question.feed) if question.feed else None
        stories = tuple(_story(db, configured, one, named, (question.feed, asked), now) for one in found)
        files = [one for one in traces.files(db, wanted.paths) if one.entry_id is None] if wanted.paths else []
        target = target_of(text, configured.catalogue.site.base_url)
        blocked = {
            done.id: done
            for name in sorted({*configured.names, ""})
            for done in takedowns.blocking(db, _as_item(name, wanted), target.signs)
        }
        erased = tuple(traces.erased(db, wanted))
    return Explanation(
        searched=_searched(wanted),
        stories=stories,
        more=more,
        files=tuple(FileFacts(source=one.source, path=one.path, reason=of_file(one)) for one in files),
        blocked=tuple(blocked[number] for number in sorted(blocked)),
        erased=erased,
        unknown_feed=question.feed if question.feed and asked is None else None,
    )


def _wanted(text: str, question: Question, configured: Configured) -> Wanted:
    """All that a text may mean."""
    target = target_of(text, configured.catalogue.site.base_url)
    if target.article:
        return Wanted(article=target.article)
    address = web_url(text) if target.kind == "link" else None
    links = {text, *([address, destination(address)] if address else [])} if target.kind == "link" else set()
    return Wanted(
        guids=frozenset({text, bounded(text)}) if text else frozenset(), links=frozenset(links), page=target.page,
        article=article_id(text) if text else None, paths=paths_of(text, question.path, configured.folders),
    )  # fmt: skip


def paths_of(text: str, path: str, folders: Mapping[str, str]) -> frozenset[Path]:
    """The seed files that a text may mean. `path` is the text as a path of this machine."""
    paths: set[Path] = {(None, text.removeprefix("./"))} if text and not SCHEME.match(text) else set()
    for name, folder in folders.items():
        for prefix, whole in ((f"{folder.rstrip('/')}/", path), (f"{name}/", text)):
            if whole.startswith(prefix):
                paths.add((name, xml_safe(whole.removeprefix(prefix))))
    return frozenset(paths)


def _searched(wanted: Wanted) -> dict[str, tuple[str, ...]]:
    by_kind = {
        "guid": {without_secrets(one) if WITH_USER.match(one) else one for one in wanted.guids},
        "link": {wanted.page} if wanted.page else {without_secrets(one) for one in wanted.links},
        "page here": {f"/articles/{wanted.article}"} if wanted.article and not wanted.guids else set(),
        "file": {path if name is None else f"{path} of {name}" for name, path in wanted.paths},
    }
    return {kind: tuple(sorted(values)) for kind, values in by_kind.items() if values}


def _as_item(source: str, wanted: Wanted) -> Named:
    return Named(source=source, guids=tuple(sorted(wanted.guids)), links=tuple(sorted(wanted.links)))


def _story(
    db: Connection,
    configured: Configured,
    one: traces.Story,
    named: Mapping[int, tuple[str, ...]],
    asked: tuple[str | None, Feed | None],
    now: datetime,
) -> StoryFacts:
    catalogue = configured.catalogue
    slug, of_feed = asked
    is_seen = any(member.is_public for member in one.members)
    return StoryFacts(
        guid=one.guid if one.arrived_at else None,
        page=article_url(catalogue.site.base_url, one.guid) if one.arrived_at else None,
        arrived_at=one.arrived_at,
        entries=tuple(_entry(configured, member, one, named, now) for member in one.members),
        feeds=tuple(
            _place(db, place, catalogue.spec(place.feed.slug, place.feed.category).window, is_seen=is_seen)
            for place in one.places
        ),
        asked=choices.asked(db, one, slug, of_feed) if slug else None,
    )  # fmt: skip


def _place(db: Connection, place: traces.Place, window: Window, *, is_seen: bool) -> PlaceFacts:
    return PlaceFacts(
        feed=place.feed.slug, position=place.position, arrived_at=place.arrived_at, page=place.page, is_seen=is_seen,
        is_in_document=is_seen and traces.is_in_document(db, place, window), has_quota=window.quota is not None,
        digest=(place.digest or "") if place.feed.digest else None,
    )  # fmt: skip


def _entry(
    configured: Configured, one: Member, story: traces.Story, named: Mapping[int, tuple[str, ...]], now: datetime
) -> EntryFacts:
    raw = one.raw
    return EntryFacts(
        source=one.source,
        kind="upstream" if one.is_upstream else "seeds",
        is_configured=one.source in configured.names,
        places=_places(one, configured.folders.get(one.source, "")),
        guid=one.guid, own_guid=one.own_guid, link=one.link, title=one.title, first_seen=one.first_seen,
        published=one.published, updated=one.updated, edited_at=one.edited_at, withdrawn_at=one.withdrawn_at,
        is_shown=one.is_public,
        matched=named.get(one.id, ()),
        reasons=reasons(one, story, configured.settings, now),
        notes=notes(one),
        shares=_shares(one, story),
        removed=removed(raw.content, one.content) if len(raw.content) <= MAX_HTML else {},
        changed=sanitised(raw.title, raw.content, one.title, one.content),
        revisions=one.revisions,
    )  # fmt: skip


def _places(one: Member, folder: str) -> tuple[str, ...]:
    if one.is_upstream:
        return (without_secrets(one.url),) if one.url else ()
    # A file that is gone stands last.
    return tuple(f"{_path(file, folder)}:{file.line or 1}" for file in one.files)


def _path(file: File, folder: str) -> str:
    return f"{folder.rstrip('/')}/{file.path}" if folder else file.path


#: The signs by which entries become members of one story (`store/twins.py`).
SIGNS = {"guid": "guid", "page": "link_key", "headline": "title_key", "beginning of the text": "text_key"}


def _shares(one: Member, story: traces.Story) -> dict[str, tuple[str, ...]]:
    others = [other for other in story.members if other.id != one.id]
    found = {}
    for name, column in SIGNS.items():
        sign = getattr(one, column)
        if sign and (same := tuple(other.source for other in others if getattr(other, column) == sign)):
            found[name] = same
    return found
