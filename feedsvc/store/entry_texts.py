"""The visible text of each entry: what filters read and what a search compares, beside the index of its terms."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from feedsvc.filters.folding import folded
from feedsvc.filters.readable import MAX_SEARCHED
from feedsvc.filters.terms import terms_of
from feedsvc.model import Entry
from feedsvc.sanitize.text import plain_text
from feedsvc.store import term_index
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import entry, entry_text, unindexed


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of an entry in which words are found."""

    title: str
    authors: tuple[str, ...]
    #: Of the content, on one line.
    text: str

    def folded(self) -> Iterator[str]:
        """The texts as words are compared with them."""
        yield from (folded(one[:MAX_SEARCHED]) for one in (self.title, *self.authors, self.text))


def words_of(new: Entry) -> Words:
    """The texts of an entry that is to be saved."""
    return Words(title=new.title, authors=tuple(one.name for one in new.authors), text=plain_text(new.content))


#: The content is read only where the text is not stored yet.
COLUMNS = (
    entry.c.id, entry.c.title, entry.c.authors, entry_text.c.text,
    sa.case((entry_text.c.text.is_(None), entry.c.content)).label("content"),
)  # fmt: skip
STORED = (
    sa.select(*COLUMNS)
    .outerjoin(entry_text, entry_text.c.entry_id == entry.c.id)
    .where(entry.c.id.in_(sa.bindparam("ids", expanding=True)))
)


def stored(db: sa.Connection, entry_ids: Collection[int]) -> dict[int, Words]:
    """The texts of stored entries, by their ids."""
    return {row.id: _words(row) for some in chunks(entry_ids) for row in db.execute(STORED, {"ids": some})}


def _words(row: Any) -> Words:
    text = plain_text(row.content) if row.text is None else row.text
    return Words(title=row.title, authors=tuple(one["name"] for one in row.authors), text=text)


def terms(words: Words) -> set[int]:
    """The terms under which an entry stands in the index."""
    return terms_of(words.folded())


def save(db: sa.Connection, new: Mapping[int, Entry]) -> None:
    """Save the texts of new entries. They are not in the index yet."""
    db.execute(sa.insert(entry_text), [{"entry_id": id_, "text": plain_text(one.content)} for id_, one in new.items()])
    db.execute(sa.insert(unindexed), [{"entry_id": id_} for id_ in new])


def replace(db: sa.Connection, entry_id: int, new: Entry) -> None:
    """Save the texts of a stored entry that changes. The row of the entry must have its old form yet."""
    words = words_of(new)
    if stored(db, [entry_id]).get(entry_id) == words:
        return
    _unindex(db, [entry_id])
    this = sa.update(entry_text).where(entry_text.c.entry_id == entry_id)
    if not db.execute(this.values(text=words.text)).rowcount:
        keep_missing(db, {entry_id: words.text})
    is_missing = ~sa.exists().where(unindexed.c.entry_id == entry.c.id)
    changed = sa.select(entry.c.id).where(entry.c.id == entry_id, is_missing)
    db.execute(sa.insert(unindexed).from_select(["entry_id"], changed))


def keep_missing(db: sa.Connection, texts: Mapping[int, str]) -> None:
    """Save the texts of entries that have none: those of an older release."""
    known = set(db.scalars(sa.select(entry_text.c.entry_id).where(entry_text.c.entry_id.in_(texts))))
    if rows := [{"entry_id": id_, "text": text} for id_, text in texts.items() if id_ not in known]:
        db.execute(sa.insert(entry_text), rows)


def delete(db: sa.Connection, entry_ids: Collection[int]) -> None:
    """Delete the texts of entries, and what the index has of them, before the rows of the entries go."""
    _unindex(db, entry_ids)
    for some in chunks(entry_ids):
        for table in (entry_text, unindexed):
            db.execute(sa.delete(table).where(table.c.entry_id.in_(some)))


def _unindex(db: sa.Connection, entry_ids: Collection[int]) -> None:
    def written(ids: list[int]) -> Iterator[tuple[int, set[int]]]:
        return ((id_, terms(words)) for id_, words in stored(db, ids).items())

    term_index.remove(db, entry_ids, written)
