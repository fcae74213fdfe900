"""What the page of an article shows of the former forms of its entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedsvc.model import Entry
from feedsvc.publish.differences import Difference, differences
from feedsvc.sanitize.lines import Form, lines_of
from feedsvc.store.revisions import Replaced, form_of

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


def revisions_of(entry: Entry, replaced: Sequence[Replaced]) -> Revisions:
    """The changes of an article. `entry` is its present form, as the store holds it; `replaced` are former forms."""
    if not replaced:
        return Revisions(shown=(), older=0)
    # To find the lines of a very large article takes long. They are not needed if no former text was kept.
    has_texts = any(one.form and one.form.text is not None for one in replaced)
    present = form_of(entry.title, lines_of(entry.content)) if has_texts else Form(title=entry.title, text=None)
    found = differences([present, *(one.form for one in replaced)])
    shown = (
        Revision(at=one.at, difference=difference)
        for one, difference in zip(replaced, found, strict=True)
        if difference is None or not difference.is_empty
    )
    return Revisions(shown=tuple(shown), older=replaced[-1].older)
