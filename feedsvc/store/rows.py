"""A row of the table of entries to an Entry, and back. What the tables hold has been sanitised."""

import dataclasses
import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from feedsvc.identity import Hashes, plain, shallow
from feedsvc.identity.headline import NOTHING, Decorations
from feedsvc.model import Attached, Author, Details, Enclosure, Entry, Origin, RawEntry, SafeHtml
from feedsvc.sanitize.fields import source_line
from feedsvc.store import stories
from feedsvc.store.schema import entry, story

#: Text shrinks by half at any level; the first costs a third of the usual one.
RAW_LEVEL = 1

#: What publishing reads of an entry, all but the raw form, and of its story.
SHOWN = (
    *(column for column in entry.c if column.name != "raw"),
    story.c.guid.label("story_guid"), story.c.link.label("story_link"), story.c.published.label("story_published"),
    story.c.arrived_at,
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An entry before sanitising, as it is kept."""

    entry: RawEntry
    hash: str
    policy_version: int
    #: Whether its source's rules let it be shown.
    is_kept: bool = True


def unpacked(packed: bytes) -> RawEntry:
    """What `_packed` packed."""
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
    """The details of an entry as the tables have them; those of a later release are left out."""
    fields = {one.name for one in dataclasses.fields(Details)}
    held = {name: value for name, value in (stored or {}).items() if name in fields}
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
    """What the members of a story know beside the member that is shown."""

    #: Whose work it is, by title: of the member that is shown, then of the others; nobody's, of seeds.
    origins: dict[str, Origin] = dataclasses.field(default_factory=dict)
    #: The first picture, and the first page, that a member has.
    image: str | None = None
    link: str | None = None


def entry_of(row: Any, categories: Sequence[str], members: Members) -> Entry:
    """A row of SHOWN as an Entry, as its story is known. What the tables hold has been sanitised."""
    is_several = row.story_published is not None
    origins = tuple(members.origins.values())
    details = details_of(row.details)
    return Entry(
        guid=row.story_guid,
        # A story keeps its first member's page; where that has none, a member that knows the original page gives it.
        link=(row.story_link or members.link) if is_several else row.link,
        title=row.title,
        content=SafeHtml(row.content + source_line(origins)),
        summary=SafeHtml(row.summary),
        authors=tuple(Author(**author) for author in row.authors),
        published=row.story_published if is_several else row.published,
        updated=max(row.updated, row.story_published) if is_several else row.updated,
        categories=tuple(dict.fromkeys((*categories, *details.tags))),
        image=row.image or members.image,
        enclosures=tuple(Enclosure(**enclosure) for enclosure in row.enclosures),
        language=row.language,
        rights=row.rights,
        fallback=row.fallback,
        origins=origins,
        details=details,
        contributors=_people((row.details or {}).get("contributors")),
    )


def hash_columns(made: Hashes) -> dict[str, str | None]:
    """The columns of what an entry's form is compared by."""
    return {"published_hash": made.published, "seen_hash": made.seen, "steady_hash": made.steady}


def shown_columns(new: Entry, learnt: Decorations = NOTHING) -> dict[str, Any]:
    """The columns that readers see, except guid, which an update never touches, and categories."""
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
    """What few entries say, as one column has it; None for nothing."""
    contributors = {"contributors": new.contributors} if new.contributors else {}
    held: dict[str, Any] = json.loads(json.dumps({**shallow(new.details), **contributors}, default=plain))
    return held or None


def packed(raw: RawEntry) -> bytes:
    """A raw entry as it is kept: JSON, compressed. `unpacked` reads it."""
    text = json.dumps(shallow(raw), ensure_ascii=False, default=plain)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), RAW_LEVEL)


def raw_columns(raw: Raw) -> dict[str, Any]:
    """The columns of an entry before sanitising."""
    return {
        "raw": packed(raw.entry),
        "raw_hash": raw.hash,
        "own_guid": raw.entry.own_guid or None,
        "policy_version": raw.policy_version,
        "article_key": raw.entry.key,
        "is_kept": raw.is_kept,
        "origin": shallow(raw.entry.origin) if raw.entry.origin else None,
    }
