"""Two databases compared: what is in them, whatever their rows are numbered."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from feedsvc.store import Store
from feedsvc.store.schema import metadata

#: Tables of the index of terms. It is filled later, for a second at a time.
FILLED_LATER = frozenset({"unindexed", "term_index", "entry_terms"})

#: What two equal imports need not share: numbers, also those of revisions, and when something was seen.
INCIDENTAL = frozenset({
    "id", "first_seen", "revision", "changed", "feed_revision", "changed_at", "made_at", "placed_at", "at",
})  # fmt: skip

#: Column → the table whose row it names, and by what.
REFERENCES = {
    "source_id": ("source", "name"),
    "story_id": ("story", "guid"),
    "entry_id": ("entry", "guid"),
    "category_id": ("category", "name"),
    "feed_id": ("feed", "slug"),
}


def contents(store: Store) -> dict[str, list[str]]:
    """Every table's rows, in an order that does not depend on their numbers."""
    with store.read() as db:
        tables = {
            one.name: [dict(row._mapping) for row in db.execute(sa.select(one))]
            for one in metadata.sorted_tables
            if one.name not in FILLED_LATER
        }
    names = {column: {row["id"]: row[name] for row in tables[table]} for column, (table, name) in REFERENCES.items()}
    return {table: sorted(_shown(row, names) for row in rows) for table, rows in tables.items()}


def _shown(row: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> str:
    kept = {key: value for key, value in row.items() if key not in INCIDENTAL}
    return repr({key: names[key].get(value) if key in names else value for key, value in kept.items()})
