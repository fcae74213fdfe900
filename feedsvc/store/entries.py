"""Entries, their revisions, and the stories they belong to."""

import dataclasses
import json
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.identity import article_id, distinct_guid, plain, shallow
from feedsvc.merge import Insert, Update
from feedsvc.model import Attached, Author, Details, Enclosure, Entry, Origin, RawEntry, SafeHtml
from feedsvc.sanitize import names, source_line
from feedsvc.store import stories
from feedsvc.store.lookups import CHUNK, chunks, guids_of, look_up
from feedsvc.store.schema import category, entry, entry_category, revision, source, story

#: Text shrinks by half at any level; the first costs a third of the usual one.
RAW_LEVEL = 1

#: What publishing reads of an entry, all but the raw form, and of its story.
SHOWN = (
    *(column for column in entry.c if column.name != "raw"),
    story.c.guid.label("story_guid"), story.c.link.label("story_link"), story.c.published.label("story_published"),
    story.c.arrived_at,
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """A new entry, and its story."""

    entry_id: int
    story_id: int
    #: Whether another source told the story before: it is placed already.
    is_joined: bool


def insert(db: sa.Connection, source_id: int, new: "Sequence[tuple[Insert, Raw]]", now: datetime) -> list[Inserted]:
    """Save new entries: as members of stories that other sources told already, else each as the first of its own."""
    if not new:
        return []
    told = stories.find(db, source_id, [decision.entry for decision, _ in new])
    stories.begin(db, told.values())
    first = [one for one in new if one[0].entry.guid not in told]
    told |= _new_stories(db, first)
    is_shown = {decision.entry.guid for decision, raw in first if raw.is_kept}
    rows = [
        {
            **shown_columns(decision.entry),
            **_raw_columns(raw),
            "source_id": source_id,
            "story_id": told[decision.entry.guid],
            "is_shown": decision.entry.guid in is_shown,
            "published_hash": decision.published_hash,
            "first_seen": now,
        }
        for decision, raw in new
    ]
    placed = {decision.entry.guid for decision, _ in new} - {decision.entry.guid for decision, _ in first}
    for row in rows:
        if row["guid"] in placed:  # nobody will date it later
            row["published"] = row["published"] or now
            row["updated"] = row["updated"] or row["published"]
    db.execute(sa.insert(entry), rows)
    stories.show_fullest(db, (told[guid] for guid in placed))
    stored = look_up(db, source_id, [decision.entry.guid for decision, _ in new])
    saved = [(decision.entry, stored[decision.entry.guid]) for decision, _ in new]
    save_categories(db, {one.id: saved_entry.categories for saved_entry, one in saved})
    return [
        Inserted(entry_id=one.id, story_id=one.story_id, is_joined=saved_entry.guid in placed)
        for saved_entry, one in saved
    ]


def _new_stories(db: sa.Connection, new: "Sequence[tuple[Insert, Raw]]") -> dict[str, int]:
    """A story for each entry, by the entry's guid; its own guid is another where that is taken."""
    if not new:
        return {}
    taken = guids_of(db, [decision.entry.guid for decision, _ in new])
    guids = {
        decision.entry.guid: distinct_guid(decision.entry.guid, raw.hash)
        if decision.entry.guid in taken
        else decision.entry.guid
        for decision, raw in new
    }
    db.execute(sa.insert(story), [{"guid": guid, "article_id": article_id(guid)} for guid in guids.values()])
    ids = guids_of(db, list(guids.values()))
    return {own: ids[guid] for own, guid in guids.items()}


def update(db: sa.Connection, change: Update, raw: "Raw", now: datetime) -> None:
    """Save a stored entry in its new form; what was published before becomes a revision where the decision says so."""
    entry_id = change.stored.id
    if change.is_revision:
        _keep_revision(db, entry_id, now)
    db.execute(
        sa.update(entry)
        .where(entry.c.id == entry_id)
        .values(
            **shown_columns(change.entry),
            **_raw_columns(raw),
            published_hash=change.published_hash,
            withdrawn_at=None,
        )
    )
    stories.show_fullest(db, [change.stored.story_id])
    db.execute(sa.delete(entry_category).where(entry_category.c.entry_id == entry_id))
    save_categories(db, {entry_id: change.entry.categories})


def judge(
    db: sa.Connection,
    source_id: int,
    is_kept: Callable[[RawEntry], bool],
    categories: Callable[[RawEntry], tuple[str, ...]],
) -> list[int]:
    """Judge, and place, every entry of a source by its rules of now. Returns the stories that this changed."""
    changed: list[int] = []
    last = 0
    of_source = sa.select(entry.c.id, entry.c.story_id, entry.c.raw, entry.c.is_kept).where(
        entry.c.source_id == source_id
    )
    while rows := db.execute(of_source.where(entry.c.id > last).order_by(entry.c.id).limit(CHUNK)).all():
        last = rows[-1].id
        for row in rows:
            raw = unpacked(row.raw)
            placed, judged = categories(raw), is_kept(raw)
            if judged != row.is_kept or placed != raw.categories:
                is_shown = {} if judged else {"is_shown": False}
                values = {"raw": _packed(dataclasses.replace(raw, categories=placed)), "is_kept": judged, **is_shown}
                db.execute(sa.update(entry).where(entry.c.id == row.id).values(**values))
                db.execute(sa.delete(entry_category).where(entry_category.c.entry_id == row.id))
                save_categories(db, {row.id: names(placed)})
                changed.append(row.story_id)
    stories.show_fullest(db, changed)
    return changed


def withdraw(db: sa.Connection, entry_ids: Collection[int], now: datetime) -> list[int]:
    """Take entries out of what is shown, and remember them. Returns the ids of their stories."""
    story_ids: list[int] = []
    for chunk in chunks(entry_ids):
        chosen = sa.and_(entry.c.id.in_(chunk), entry.c.withdrawn_at.is_(None))
        story_ids += db.scalars(sa.select(entry.c.story_id).where(chosen))
        db.execute(sa.update(entry).where(chosen).values(withdrawn_at=now, is_shown=False))
    stories.show_fullest(db, story_ids)
    return story_ids


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
            "categories": tuple(fields.get("categories", ())),
            "tags": tuple(fields.get("tags", ())),
            "enclosures": tuple(Enclosure(**enclosure) for enclosure in fields.get("enclosures", ())),
            "origin": Origin(**fields["origin"]) if fields.get("origin") else None,
            "details": details_of(fields.get("details")),
        }
    )


def details_of(stored: Any) -> Details:
    """The details of an entry as the tables have them; those of a later release are left out."""
    fields = {one.name for one in dataclasses.fields(Details)}
    held = {name: value for name, value in (stored or {}).items() if name in fields}
    pages = {name: tuple(held[name]) for name in ("via", "related") if name in held}
    return Details(
        **{
            **held,
            **pages,
            "transcripts": tuple(Attached(**one) for one in held.get("transcripts", ())),
            "chapters": Attached(**held["chapters"]) if held.get("chapters") else None,
        }
    )


def origins_of(db: sa.Connection, story_ids: Collection[int]) -> dict[int, tuple[Origin, ...]]:
    """Whose work each story is: of the member that is shown, then of the others; nobody's, of seeds."""
    found: dict[int, dict[str, Origin]] = {story_id: {} for story_id in story_ids}
    for chunk in chunks(story_ids):
        rows = db.execute(
            sa.select(
                entry.c.story_id, entry.c.origin, source.c.title, source.c.link, source.c.feed_id, source.c.feed_url
            )
            .join(source, source.c.id == entry.c.source_id)
            .where(entry.c.story_id.in_(chunk), entry.c.withdrawn_at.is_(None))
            .order_by(entry.c.is_shown.desc(), entry.c.id)
        )
        for row in rows:
            of_feed = Origin(title=row.title or "", url=row.link, feed_url=row.feed_url, id=row.feed_id)
            own = Origin(**row.origin) if row.origin else None
            # `新闻网` beside `新闻网 RSS订阅` is the feed itself.
            is_foreign = own is not None and own.title not in of_feed.title and of_feed.title not in own.title
            for one in (own, of_feed) if own and is_foreign else (of_feed,):
                if one.title:
                    found[row.story_id].setdefault(one.title, one)
    return {story_id: tuple(of_one.values()) for story_id, of_one in found.items()}


def entry_of(row: Any, categories: Sequence[str], origins: tuple[Origin, ...]) -> Entry:
    """A row of SHOWN as an Entry, as its story is known. What the tables hold has been sanitised."""
    is_several = row.story_published is not None
    return Entry(
        guid=row.story_guid,
        link=row.story_link if is_several else row.link,
        title=row.title,
        content=SafeHtml(row.content + source_line(origins)),
        summary=SafeHtml(row.summary),
        authors=tuple(Author(**author) for author in row.authors),
        published=row.story_published if is_several else row.published,
        updated=max(row.updated, row.story_published) if is_several else row.updated,
        categories=tuple(categories),
        image=row.image,
        enclosures=tuple(Enclosure(**enclosure) for enclosure in row.enclosures),
        language=row.language,
        rights=row.rights,
        fallback=row.fallback,
        origins=origins,
        details=details_of(row.details),
    )


def categories_of(db: sa.Connection, story_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of each story's categories: of the member that is shown, in its source's order, then of the others."""
    found: dict[int, dict[str, None]] = {story_id: {} for story_id in story_ids}
    for chunk in chunks(story_ids):
        rows = db.execute(
            sa.select(entry.c.story_id, category.c.name)
            .join(entry_category, entry_category.c.entry_id == entry.c.id)
            .join(category, category.c.id == entry_category.c.category_id)
            .where(entry.c.story_id.in_(chunk), entry.c.withdrawn_at.is_(None), entry.c.is_kept)
            .order_by(entry.c.is_shown.desc(), entry.c.id, entry_category.c.position)
        )
        for story_id, name in rows:
            found[story_id].setdefault(name)
    return {story_id: list(named) for story_id, named in found.items()}


def by_article(db: sa.Connection, article: str) -> tuple[Entry | None, bool]:
    """The entry on the article page of this id, and whether there ever was one. A withdrawn one is None, True."""
    if "\0" in article:  # PostgreSQL refuses to look for it
        return None, False
    row = db.execute(
        sa.select(*SHOWN)
        .join(story, story.c.id == entry.c.story_id)
        .where(story.c.article_id == article)
        .order_by(entry.c.is_shown.desc(), entry.c.id)
        .limit(1)
    ).one_or_none()
    if row is None or row.arrived_at is None:
        return None, False
    if not row.is_shown:
        return None, True
    story_id = row.story_id
    return entry_of(row, categories_of(db, [story_id])[story_id], origins_of(db, [story_id])[story_id]), True


def shown_columns(new: Entry) -> dict[str, Any]:
    """The columns that readers see, except guid, which an update never touches, and categories."""
    piece = stories.piece_of(new)
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
        "details": json.loads(json.dumps(shallow(new.details), default=plain)) if new.details else None,
        "link_key": piece.link_key,
        "title_key": piece.title_key,
    }


def _packed(raw: RawEntry) -> bytes:
    text = json.dumps(shallow(raw), ensure_ascii=False, default=plain)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), RAW_LEVEL)


def _raw_columns(raw: Raw) -> dict[str, Any]:
    return {
        "raw": _packed(raw.entry),
        "raw_hash": raw.hash,
        "policy_version": raw.policy_version,
        "article_key": raw.entry.key,
        "is_kept": raw.is_kept,
        "origin": shallow(raw.entry.origin) if raw.entry.origin else None,
    }


def _keep_revision(db: sa.Connection, entry_id: int, now: datetime) -> None:
    kept = db.scalar(sa.select(sa.func.count()).where(revision.c.entry_id == entry_id)) or 0
    columns = (entry.c.raw, entry.c.raw_hash, entry.c.published_hash, entry.c.updated)
    old = db.execute(sa.select(*columns).where(entry.c.id == entry_id)).one()
    db.execute(sa.insert(revision).values(**old._mapping, entry_id=entry_id, number=kept + 1, replaced_at=now))


def save_categories(db: sa.Connection, named: Mapping[int, Sequence[str]]) -> None:
    """Save the categories of entries that have none yet."""
    ids = category_ids(db, dict.fromkeys(name for of_one in named.values() for name in of_one))
    rows = [
        {"entry_id": entry_id, "position": position, "category_id": ids[name]}
        for entry_id, of_one in named.items()
        for position, name in enumerate(of_one)
    ]
    if rows:
        db.execute(sa.insert(entry_category), rows)


def category_ids(db: sa.Connection, names: Collection[str]) -> dict[str, int]:
    """The id of each category, made at first sight."""
    known = {
        name: id_
        for chunk in chunks(names)
        for id_, name in db.execute(sa.select(category.c.id, category.c.name).where(category.c.name.in_(chunk)))
    }
    for name in names:
        if name not in known:
            known[name] = inserted(db, category, {"name": name})
    return known


def inserted(db: sa.Connection, table: sa.Table, values: dict[str, Any]) -> int:
    """Insert a row; its id."""
    (row_id,) = db.execute(sa.insert(table).values(**values).returning(table.c.id)).one()
    return int(row_id)
