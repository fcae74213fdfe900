"""What the page of an article shows of the former forms of its entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from feedsvc.model import Entry
from feedsvc.publish.differences import Difference, differences
from feedsvc.publish.publisher import Publisher
from feedsvc.sanitize.lines import lines_of
from feedsvc.store import revisions

#: Revisions on a page.
MOST_REVISIONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A change of an article."""

    at: datetime
    #: From the former form to the one that followed it. None: the former words are unknown.
    difference: Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """The last changes of an article, newest first. A change that no word tells of is left out."""

    shown: tuple[Revision, ...]
    #: How many changes are older.
    older: int

    def __iter__(self) -> Iterator[Revision]:
        return iter(self.shown)

    def __len__(self) -> int:
        return len(self.shown)


def revisions_of(publisher: Publisher, article: str, entry: Entry) -> Revisions:
    """The changes of an article. `entry` is its present form, as the store holds it. One query reads all of them."""
    with publisher.store.read() as db:
        replaced = revisions.of_article(db, article, MOST_REVISIONS)
    if not replaced:
        return Revisions(shown=(), older=0)
    text = lines_of(entry.content)
    present = revisions.form_of(entry.title, text)
    found = differences([present, *(one.form for one in replaced)])
    shown = (
        Revision(at=one.at, difference=difference)
        for one, difference in zip(replaced, found, strict=True)
        if difference is None or not difference.is_empty
    )
    return Revisions(shown=tuple(shown), older=replaced[-1].older)
