"""The merge decides what an arriving entry changes in the stored one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.identity import hashes
from feedsvc.merge import Insert, Skip, Stored, Update, decide
from feedsvc.model import Entry, SafeHtml

PUBLISHED = datetime(2022, 7, 25, 14, 48, 32, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

ENTRY = Entry(
    guid="guid",
    link=None,
    title="标题",
    content=SafeHtml("<p>正文</p>"),
    summary=SafeHtml("正文"),
    authors=(),
    published=PUBLISHED,
    updated=PUBLISHED,
    categories=("新媒体",),
    image=None,
    enclosures=(),
    language=None,
    rights=None,
)
EDITED = replace(ENTRY, title="新标题")

STORED = Stored(
    id=1,
    story_id=2,
    guid="guid",
    raw_hash="raw",
    hashes=hashes(ENTRY),
    published=PUBLISHED,
    updated=PUBLISHED,
    is_withdrawn=False,
)
WITHDRAWN = replace(STORED, is_withdrawn=True)


def update(stored: Stored, new: Entry, raw_hash: str = "raw 2") -> Update:
    """The decision, which must be an update."""
    decision = decide(stored, new, raw_hash, NOW)
    assert isinstance(decision, Update)
    return decision


def test_a_new_entry_is_inserted() -> None:
    """An entry that is not stored yet is saved as it came."""
    assert decide(None, ENTRY, "raw", NOW) == Insert(entry=ENTRY, hashes=hashes(ENTRY))


def test_an_unchanged_entry_is_left_alone() -> None:
    """An entry with equal hashes is not written again."""
    assert decide(STORED, ENTRY, "raw", NOW) == Skip(reason="unchanged")


@pytest.mark.parametrize(
    ("stored", "new", "raw_hash", "reason", "is_revision"),
    [
        pytest.param(STORED, EDITED, "raw 2", "edited", True, id="edited"),
        pytest.param(STORED, ENTRY, "raw 2", "unseen", False, id="raw form alone"),
        pytest.param(STORED, EDITED, "raw", "policy", False, id="our policy"),
        pytest.param(WITHDRAWN, ENTRY, "raw", "returned", False, id="returned"),
        pytest.param(WITHDRAWN, ENTRY, "raw 2", "returned", False, id="returned, raw form changed"),
        pytest.param(WITHDRAWN, EDITED, "raw", "returned", False, id="returned under a new policy"),
        pytest.param(WITHDRAWN, EDITED, "raw 2", "edited", True, id="returned and edited"),
    ],
)
def test_a_change_has_a_reason(stored: Stored, new: Entry, raw_hash: str, reason: str, *, is_revision: bool) -> None:
    """Only a visible change by the source is an edit, and only an edit keeps the old form as a revision."""
    decision = update(stored, new, raw_hash)

    assert (decision.reason, decision.is_revision) == (reason, is_revision)


def test_an_edit_is_dated_now() -> None:
    """Without a stated date, `updated` is the time at which the edit was found."""
    decision = update(STORED, EDITED)

    assert decision.entry == replace(EDITED, updated=NOW)
    assert decision.hashes == hashes(EDITED)


@pytest.mark.parametrize(
    ("stored", "new", "raw_hash"),
    [(STORED, EDITED, "raw"), (STORED, ENTRY, "raw 2"), (WITHDRAWN, ENTRY, "raw")],
    ids=["policy", "unseen", "returned"],
)
def test_a_change_without_an_edit_moves_no_date(stored: Stored, new: Entry, raw_hash: str) -> None:
    """A new policy, an invisible detail and the return of a file do not move `updated`."""
    assert update(stored, new, raw_hash).entry.updated == PUBLISHED


def test_the_stored_guid_stays() -> None:
    """An entry keeps its published guid, whatever its file states now."""
    assert update(STORED, replace(EDITED, guid="other")).entry.guid == "guid"


def test_an_undated_entry_keeps_the_date_it_was_given() -> None:
    """A date that the source never gave, or no longer gives, is kept."""
    assert update(STORED, replace(EDITED, published=None, updated=None)).entry.published == PUBLISHED


def test_an_undated_entry_is_unchanged_at_the_next_update() -> None:
    """A date that we assigned is not an edit by the source."""
    undated = replace(ENTRY, published=None, updated=None)

    assert decide(replace(STORED, hashes=hashes(undated)), undated, "raw", NOW) == Skip(reason="unchanged")


def test_a_corrected_date_is_taken() -> None:
    """The source may move an entry to another date in the past."""
    assert update(STORED, replace(EDITED, published=PUBLISHED - DAY)).entry.published == PUBLISHED - DAY


def test_a_published_entry_does_not_move_into_the_future() -> None:
    """An entry that readers have seen does not disappear because of a wrong date."""
    assert update(STORED, replace(EDITED, published=NOW + DAY)).entry.published == PUBLISHED


def test_a_waiting_entry_can_be_put_off() -> None:
    """A date in the future may be moved before readers have seen the entry."""
    waiting = replace(STORED, published=NOW + DAY, updated=NOW + DAY)

    assert update(waiting, replace(EDITED, published=NOW + 5 * DAY)).entry.published == NOW + 5 * DAY


def test_a_waiting_entry_is_not_changed_before_it_is_published() -> None:
    """The date of change that a source states for an entry yet to come is not before its publication."""
    waiting = replace(STORED, published=NOW + DAY, updated=NOW + DAY)

    assert update(waiting, replace(EDITED, published=NOW + DAY, updated=NOW - DAY)).entry.updated == NOW + DAY


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param(NOW - DAY, NOW - DAY, id="stated"),
        pytest.param(None, NOW, id="not stated"),
        pytest.param(PUBLISHED, NOW, id="same as published"),
        pytest.param(NOW + DAY, NOW, id="in the future"),
        pytest.param(PUBLISHED - DAY, PUBLISHED, id="before publication"),
    ],
)
def test_an_edit_takes_the_date_that_the_source_states(stated: datetime | None, expected: datetime) -> None:
    """A stated date of the edit counts, unless it cannot be true."""
    assert update(STORED, replace(EDITED, updated=stated)).entry.updated == expected


def test_updated_never_goes_back() -> None:
    """`updated` of an entry is never moved to an earlier time."""
    stored = replace(STORED, updated=NOW - DAY)

    assert update(stored, replace(EDITED, updated=NOW - 2 * DAY)).entry.updated == NOW - DAY
