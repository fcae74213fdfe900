"""Makes an Entry of a row of the table of entries, and back. The content of the tables has been sanitised."""

import dataclasses
import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from feedsvc.identity import Hashes, plain, shallow
from feedsvc.identity.headline import NOTHING, Decorations
from feedsvc.model import (
    NO_DETAILS,
    Attached,
    Author,
    Credit,
    Details,
    Enclosure,
    Entry,
    Origin,
    RawEntry,
    Rewrite,
    SafeHtml,
    Terms,
)
from feedsvc.normalize.rewrites import rewritten
from feedsvc.sanitize.fields import NOTHING as NO_CONTENT
from feedsvc.store import stories
from feedsvc.store.schema import entry, source, story

#: Any level halves a text. Level 1 takes a third of the time of zlib's default.
RAW_LEVEL = 1

_first = entry.alias()

#: The page of a story's first member. It is not published if it is that of a source that became private.
STORY_LINK = sa.case(
    (story.c.link.is_(None), None),
    (
        sa.exists()
        .where(_first.c.story_id == story.c.id, _first.c.link == story.c.link, _first.c.source_id == source.c.id)
        .where(source.c.is_private)
        .correlate(story),
        None,
    ),
    else_=story.c.link,
)

#: The columns that publishing reads of an entry, all but its content, and of its story.
_SHORT = (
    entry.c.id, entry.c.story_id, entry.c.is_shown, entry.c.link, entry.c.title, entry.c.summary, entry.c.authors,
    entry.c.published, entry.c.updated, entry.c.image, entry.c.enclosures, entry.c.language, entry.c.rights,
    entry.c.fallback, entry.c.details,
    story.c.guid.label("story_guid"), STORY_LINK.label("story_link"), story.c.published.label("story_published"),
    story.c.arrived_at,
)  # fmt: skip
SHOWN_COLUMNS = (*_SHORT, entry.c.content)

#: The same for lists of entries, and for views that do not read the content.
WITHOUT_CONTENT = (*_SHORT, sa.null().label("content"))


class Octets(sa.sql.functions.GenericFunction[int]):
    """The number of bytes of a text in UTF-8."""

    name = "octet_length"
    type = sa.Integer()
    inherit_cache = True


@compiles(Octets, "sqlite")
def _octets(element: Octets, compiler: Any, **given: Any) -> str:
    """SQLite has `octet_length` since 3.43."""
    return f"length(CAST({compiler.process(element.clauses, **given)} AS BLOB))"


#: The bytes of an entry's content, where the content itself is not read.
SIZE = Octets(entry.c.content).label("size")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An entry before sanitising, as it is stored."""

    entry: RawEntry
    hash: str
    policy_version: int
    #: Whether the rules of its source let it be shown.
    is_kept: bool = True
    #: The parts that the program of its source replaced; None without a program.
    rewrite: Rewrite | None = None


def unpacked(packed: bytes) -> RawEntry:
    """The raw entry that `packed` stored."""
    fields = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    known = {field.name for field in dataclasses.fields(RawEntry)}
    dates = {name: datetime.fromisoformat(fields[name]) for name in ("published", "updated") if fields.get(name)}
    return RawEntry(
        **{
            **{name: value for name, value in fields.items() if name in known},
            **dates,
            "authors": tuple(Author(**author) for author in fields.get("authors", ())),
            "contributors": _people(fields.get("contributors")),
            "categories": tuple(fields.get("categories", ())),
            "tags": tuple(fields.get("tags", ())),
            "enclosures": tuple(Enclosure(**enclosure) for enclosure in fields.get("enclosures", ())),
            "origin": Origin(**fields["origin"]) if fields.get("origin") else None,
            "details": details_of(fields.get("details")),
        }
    )


def _people(stored: Any) -> tuple[Author, ...]:
    return tuple(Author(**one) for one in stored or ())


def details_of(stored: Any) -> Details:
    """The details of a stored entry. Fields of a later release are ignored."""
    if not stored:
        return NO_DETAILS
    fields = {one.name for one in dataclasses.fields(Details)}
    held = {name: value for name, value in stored.items() if name in fields}
    pages = {name: tuple(held[name]) for name in ("via", "related", "tags") if name in held}
    return Details(
        **{
            **held,
            **pages,
            "transcripts": tuple(Attached(**one) for one in held.get("transcripts", ())),
            "chapters": Attached(**held["chapters"]) if held.get("chapters") else None,
        }
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class Members:
    """Facts of all members of a story, which its shown member may lack."""

    #: By title, whose work the members are; the shown member first. A seed of the operator's own has no origin.
    origins: dict[str, Credit] = dataclasses.field(default_factory=dict)
    #: The first picture, and the first page, of any member.
    image: str | None = None
    link: str | None = None
    #: Of the source of the shown member: its terms, and whether its entries are written here.
    terms: Terms | None = None
    is_ours: bool = True


def terms_of(stored: Any) -> Terms | None:
    """The stored terms of a source. Fields of a later release are ignored."""
    known = {one.name for one in dataclasses.fields(Terms)}
    return Terms(**{name: value for name, value in stored.items() if name in known}) if stored else None


def entry_of(row: Any, categories: Sequence[str], members: Members) -> Entry:
    """A row of SHOWN_COLUMNS or WITHOUT_CONTENT as an Entry, with the guid, link and date of its story."""
    is_several = row.story_published is not None
    details = details_of(row.details)
    terms = members.terms
    if terms and terms.license and not details.license:
        details = dataclasses.replace(details, license=terms.license)
    return Entry(
        guid=row.story_guid,
        # A story keeps the page of its first member. If that has none, another member gives the page.
        link=(row.story_link or members.link) if is_several else row.link,
        title=row.title,
        content=NO_CONTENT if row.content is None else SafeHtml(row.content),
        summary=SafeHtml(row.summary),
        authors=tuple(Author(**author) for author in row.authors),
        published=row.story_published if is_several else row.published,
        updated=max(row.updated, row.story_published) if is_several else row.updated,
        categories=tuple(dict.fromkeys((*categories, *details.tags))),
        image=row.image or members.image,
        enclosures=tuple(Enclosure(**enclosure) for enclosure in row.enclosures),
        language=row.language,
        rights=row.rights or (terms.holder if terms else None),
        fallback=row.fallback,
        origins=tuple(members.origins.values()),
        details=details,
        contributors=_people((row.details or {}).get("contributors")),
        is_ours=members.is_ours,
    )


def hash_columns(made: Hashes) -> dict[str, str | None]:
    """The columns of an entry's hashes."""
    return {"published_hash": made.published, "seen_hash": made.seen, "steady_hash": made.steady}


def shown_columns(new: Entry, learnt: Decorations = NOTHING) -> dict[str, Any]:
    """The columns that readers see, and the guid. Categories have a table of their own."""
    return {
        "guid": new.guid,
        "link": new.link,
        "title": new.title,
        "content": new.content,
        "summary": new.summary,
        "authors": [dataclasses.asdict(author) for author in new.authors],
        "image": new.image,
        "enclosures": [shallow(enclosure) for enclosure in new.enclosures],
        "language": new.language,
        "rights": new.rights,
        "published": new.published,
        "updated": new.updated,
        "fallback": new.fallback,
        **stories.keys_of(new, learnt),
        "details": _details(new),
    }


def _details(new: Entry) -> dict[str, Any] | None:
    """The details of an entry, as the column `details` has them; None for none."""
    contributors = {"contributors": new.contributors} if new.contributors else {}
    held: dict[str, Any] = json.loads(json.dumps({**shallow(new.details), **contributors}, default=plain))
    return held or None


def packed(raw: RawEntry) -> bytes:
    """A raw entry as it is stored: JSON, compressed. `unpacked` reads it."""
    text = json.dumps(shallow(raw), ensure_ascii=False, default=plain)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), RAW_LEVEL)


def packed_rewrite(rewrite: Rewrite | None) -> bytes | None:
    """What a program replaced, as it is stored; empty where it failed."""
    if rewrite is None or rewrite.is_failed:
        return None if rewrite is None else b""
    return zlib.compress(json.dumps(shallow(rewrite), ensure_ascii=False).encode("utf-8", "surrogatepass"), RAW_LEVEL)


def as_published(row: Any) -> RawEntry:
    """The raw entry of which the published one is made: the source's own, with what a program replaced."""
    raw = unpacked(row.raw)
    if not row.rewrite:
        return raw
    said = json.loads(zlib.decompress(row.rewrite).decode("utf-8", "surrogatepass"))
    known = {one.name for one in dataclasses.fields(Rewrite)}
    held: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items() if name in known
    }
    return rewritten(raw, Rewrite(**held))


def raw_columns(raw: Raw) -> dict[str, Any]:
    """The columns of an entry before sanitising."""
    return {
        "raw": packed(raw.entry),
        "raw_hash": raw.hash,
        "own_guid": raw.entry.own_guid or None,
        "policy_version": raw.policy_version,
        "article_key": raw.entry.key,
        "is_kept": raw.is_kept,
        "rewrite": packed_rewrite(raw.rewrite),
        "origin": shallow(raw.entry.origin) if raw.entry.origin else None,
    }
