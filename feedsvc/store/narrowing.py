"""
Members of a feed that a filter may fit, as far as indexes know: categories, sources, dates and terms.

Nothing that a filter fits is left out. What is left is read, and decided by the filter itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa

from feedsvc.filters.folding import folded
from feedsvc.filters.kinds.age import Newer, Older
from feedsvc.filters.kinds.bases import Match
from feedsvc.filters.kinds.combined import AllOf, AnyOf
from feedsvc.filters.kinds.regex import Regex
from feedsvc.filters.kinds.words import Words
from feedsvc.filters.literals import alternatives
from feedsvc.filters.readable import Readable
from feedsvc.filters.terms import terms_needed
from feedsvc.model import Filter
from feedsvc.store import search, term_index
from feedsvc.store.members import owners
from feedsvc.store.schema import category, entry, entry_category, source, story
from feedsvc.store.search import Place

#: The fields whose texts are in the index of terms.
INDEXED = frozenset({"title", "author", "content"})

#: More alternatives than this take longer to look up than to compare.
MOST_ALTERNATIVES = 16

#: The date of an entry, as filters see it (`rows.entry_of`).
PUBLISHED = sa.func.coalesce(story.c.published, entry.c.published)

_of_stories = entry.c.story_id.in_(sa.bindparam("stories", expanding=True))
CATEGORIES = sa.select(entry.c.story_id, entry_category.c.category_id).join(
    entry_category, entry_category.c.entry_id == entry.c.id
).where(_of_stories)  # fmt: skip


def _has(column: "sa.Column[Any]") -> sa.ColumnElement[bool]:
    """Whether a column of JSON has a value: a stored None is `null`."""
    return column.is_not(None) & (sa.cast(column, sa.Text) != "null")


DETAILED = sa.select(entry.c.story_id).where(_of_stories, entry.c.is_shown, _has(entry.c.details))
SOURCES = sa.select(entry.c.story_id, entry.c.source_id, _has(entry.c.origin).label("has_origin")).where(_of_stories)


class Narrowing(Protocol):
    """A condition that an index knows."""

    def among(self, db: sa.Connection, places: Sequence[Place]) -> set[int]:
        """The stories that the condition may fit, of some members."""


@dataclass(frozen=True, slots=True)
class _ByTerms:
    #: One of these sets of terms is in the text.
    terms: frozenset[frozenset[int]]

    def among(self, db: sa.Connection, places: Sequence[Place]) -> set[int]:
        ids = [one.id for one in places]
        found = search.waiting(db, ids)
        for terms in self.terms:
            found |= term_index.among(db, terms, ids)
        return {one.story_id for one in places if one.id in found}


@dataclass(frozen=True, slots=True)
class _ByCategories:
    ids: frozenset[int]

    def among(self, db: sa.Connection, places: Sequence[Place]) -> set[int]:
        given = {"stories": [one.story_id for one in places]}
        # Details have tags, which are categories for readers.
        found = set(db.scalars(DETAILED, given))
        if self.ids:
            found |= {row.story_id for row in db.execute(CATEGORIES, given) if row.category_id in self.ids}
        return found


@dataclass(frozen=True, slots=True)
class _BySources:
    ids: frozenset[int]

    def among(self, db: sa.Connection, places: Sequence[Place]) -> set[int]:
        rows = db.execute(SOURCES, {"stories": [one.story_id for one in places]})
        return {row.story_id for row in rows if row.source_id in self.ids or row.has_origin}


@dataclass(frozen=True, slots=True)
class _Each:
    parts: tuple[Narrowing, ...]

    def among(self, db: sa.Connection, places: Sequence[Place]) -> set[int]:
        for part in self.parts:
            found = part.among(db, places) if places else set()
            places = [one for one in places if one.story_id in found]
        return {one.story_id for one in places}


@dataclass(frozen=True, slots=True)
class _OneOf:
    parts: tuple[Narrowing, ...]

    def among(self, db: sa.Connection, places: Sequence[Place]) -> set[int]:
        return set().union(*(part.among(db, places) for part in self.parts))


def narrowing(db: sa.Connection, fits: Filter) -> Narrowing | None:
    """What indexes know of a filter. None: nothing, so that it may fit each member."""
    match fits:
        case AllOf():
            known = [one for one in (narrowing(db, part) for part in fits.filters) if one is not None]
            return _Each(tuple(dict.fromkeys(known))) if known else None
        case AnyOf():
            parts = [narrowing(db, part) for part in fits.filters]
            known = [one for one in parts if one is not None]
            return _OneOf(tuple(dict.fromkeys(known))) if len(known) == len(parts) else None
        case Match(field="category"):
            return _ByCategories(_categories(db, fits))
        case Match(field="source"):
            return _BySources(_sources(db, fits))
        case Match(field=field) if field in INDEXED and term_index.is_usable(db):
            needed = _terms(fits)
            return _ByTerms(needed) if needed else None
        case _:
            return None


def _categories(db: sa.Connection, fits: Match) -> frozenset[int]:
    """The categories whose name a condition fits."""

    def is_fitting(name: str) -> bool:
        return fits.fits(Readable(title="", link="", authors=(), tags=(name,), text=str))

    return frozenset(row.id for row in db.execute(sa.select(category.c.id, category.c.name)) if is_fitting(row.name))


def _sources(db: sa.Connection, fits: Match) -> frozenset[int]:
    """The sources of which a condition fits the name in the configuration, or the name that readers see."""
    names = {row.id: row.name for row in db.execute(sa.select(source.c.id, source.c.name))}
    titles = {source_id: owner.credit.title for source_id, owner in owners(db, names).items()}

    def is_fitting(*texts: str) -> bool:
        return fits.fits(Readable(title="", link="", authors=(), tags=(), text=str, sources=texts))

    return frozenset(one for one, name in names.items() if is_fitting(name, *filter(None, [titles[one]])))


def _terms(fits: Match) -> frozenset[frozenset[int]] | None:
    """Sets of terms, of which each text that a condition fits has one. None: nothing is known."""
    texts: Collection[Collection[str]] | None = None
    if isinstance(fits, Words):
        texts = [[word] for word in fits.words]
    elif isinstance(fits, Regex):
        texts = alternatives(fits.pattern)
    if texts is None or len(texts) > MOST_ALTERNATIVES:
        return None
    found = frozenset(frozenset(terms_needed(map(folded, one))) for one in texts)
    return found if all(found) else None


def dates(fits: Filter) -> list[sa.ColumnElement[bool]]:
    """Conditions on the dates of the members that a filter fits."""
    match fits:
        case AllOf():
            return [one for part in fits.filters for one in dates(part)]
        case Newer(newer=datetime() as limit):
            return [PUBLISHED.is_(None) | (limit <= PUBLISHED)]
        case Older(older=datetime() as limit):
            return [PUBLISHED.is_(None) | (limit > PUBLISHED)]
        case _:
            return []
