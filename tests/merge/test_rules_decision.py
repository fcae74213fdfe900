"""Each rule of the decision alone: what is news, what moves `updated`, and which date counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feedsvc.identity import Hashes, hashes
from feedsvc.merge import Insert, Signs, Skip, Stored, Update, decide
from feedsvc.model import Entry, SafeHtml
from tests.test_merge import DAY, EDITED, ENTRY, NOW, PUBLISHED, STORED

HOUR = timedelta(hours=1)

KNOWN = replace(STORED, signs=Signs(title=ENTRY.title))


def told(
    stored: Stored, new: Entry, now: datetime = NOW, since: datetime | None = None, *, is_reread: bool = False
) -> Update:
    """The decision on a changed raw form, which must be an update."""
    decision = decide(stored, new, f"raw of {new.title} {new.content}", now, since=since, is_reread=is_reread)
    assert isinstance(decision, Update)
    return decision


def kept(update: Update) -> Stored:
    """The facts in the store after an update."""
    return replace(
        update.stored, raw_hash=f"raw of {update.entry.title} {update.entry.content}", hashes=update.hashes,
        published=update.entry.published, updated=update.entry.updated, signs=Signs(title=update.entry.title),
        edited_at=update.change.edited_at, streak=update.change.streak, is_counting=update.change.is_counting,
    )  # fmt: skip


def says(content: str, title: str = ENTRY.title) -> Entry:
    """The entry with another text."""
    return replace(ENTRY, title=title, content=SafeHtml(content))


# --- edits in a row --------------------------------------------------------------------------------------------------


def test_the_third_edit_in_a_row_is_no_news() -> None:
    """Two edits in a row are; a poll without an edit begins the count again."""
    first = told(replace(KNOWN, edited_at=NOW - HOUR), says("甲"), NOW, since=NOW - HOUR)
    second = told(kept(first), says("乙"), NOW + HOUR, since=NOW)
    third = told(kept(second), says("丙"), NOW + 2 * HOUR, since=NOW + HOUR)
    later = told(kept(third), says("丁"), NOW + 4 * HOUR, since=NOW + 3 * HOUR)
    found = [first, second, third, later]

    assert [one.reason for one in found] == ["edited", "edited", "restless", "edited"]
    assert [one.change.streak for one in found] == [1, 2, 3, 1]
    assert [one.is_revision for one in found] == [True, True, False, True]
    assert [one.entry.updated for one in found] == [NOW, NOW + HOUR, NOW + HOUR, NOW + 4 * HOUR]
    assert [one.change.edited_at for one in found] == [NOW, NOW + HOUR, NOW + 2 * HOUR, NOW + 4 * HOUR]
    assert not any(one.change.is_counting for one in found)


@pytest.mark.parametrize(
    ("edited_at", "since"), [(None, NOW - HOUR), (NOW - HOUR, None), (NOW - 2 * HOUR, NOW - HOUR)],
    ids=["never edited", "the first poll", "unchanged at the last poll"],
)  # fmt: skip
def test_an_edit_that_is_not_in_a_row_is_news(edited_at: datetime | None, since: datetime | None) -> None:
    """However many there were in a row before."""
    found = told(replace(KNOWN, edited_at=edited_at, streak=7), EDITED, since=since)

    assert (found.reason, found.change.streak) == ("edited", 1)


# --- counters --------------------------------------------------------------------------------------------------------

COUNTED = replace(KNOWN, hashes=hashes(says("阅读 1")), raw_hash="raw")


def test_the_first_change_of_a_counter_is_news_and_the_next_is_not() -> None:
    """The count of edits in a row stays as it was."""
    first = told(replace(COUNTED, streak=1, edited_at=NOW - HOUR), says("阅读 2"), NOW, since=NOW - HOUR)
    second = told(kept(first), says("阅读 3"), NOW + HOUR, since=NOW)

    assert [(one.reason, one.change.streak) for one in (first, second)] == [("edited", 1), ("restless", 1)]
    assert first.change.is_counting
    assert second.change.is_counting
    assert second.entry.updated == NOW


def test_a_text_that_changes_after_a_counter_is_news() -> None:
    """After a counter changed, a changed text is news. After that, a changed counter is news again."""
    counting = told(COUNTED, says("阅读 2"))
    edited = told(kept(counting), says("改写 2"), NOW + HOUR, since=NOW)
    again = told(kept(edited), says("改写 3"), NOW + 2 * HOUR, since=NOW + HOUR)

    assert [one.reason for one in (counting, edited, again)] == ["edited"] * 3
    assert [one.change.is_counting for one in (counting, edited, again)] == [True, False, True]


@pytest.mark.parametrize(
    ("title", "edited_at", "since", "reason"),
    [
        pytest.param(ENTRY.title, NOW - HOUR, NOW - HOUR, "restless", id="in a row"),
        pytest.param(ENTRY.title, NOW - DAY + HOUR, NOW - HOUR, "restless", id="stood still, less than a day"),
        pytest.param(ENTRY.title, NOW - DAY, NOW - HOUR, "edited", id="stood still for a day"),
        pytest.param(ENTRY.title, NOW - 2 * DAY, NOW - 2 * DAY, "restless", id="in a row, polled every other day"),
        pytest.param("标题 7", NOW - DAY + HOUR, NOW - HOUR, "edited", id="of the headline, stood still"),
        pytest.param("标题 7", NOW - HOUR, NOW - HOUR, "restless", id="of the headline, in a row"),
        pytest.param(ENTRY.title, None, NOW - HOUR, "edited", id="of an older release"),
    ],
)
def test_a_counter_that_changes_again_is_no_news_for_a_day(
    title: str, edited_at: datetime | None, since: datetime, reason: str
) -> None:
    """Where it stood still at a poll; a number in a headline that did so is news at once."""
    before = says("阅读 1", title)
    stored = replace(
        KNOWN, hashes=hashes(before), signs=Signs(title=title), edited_at=edited_at, is_counting=True,
    )  # fmt: skip
    changed = says("阅读 2", title.replace("7", "8"))

    assert told(stored, changed, since=since).reason == reason


# --- what a reader sees ----------------------------------------------------------------------------------------------

MOVED = replace(ENTRY, link="https://elsewhere.example/1")


def test_what_no_reader_sees_is_no_edit() -> None:
    """An entry's own link leads a reader, who does not read it."""
    found = told(KNOWN, MOVED)

    assert (found.reason, found.is_same, found.entry.updated) == ("unseen", False, PUBLISHED)


def test_a_row_of_an_older_release_says_less() -> None:
    """Without a hash of what readers saw, every change of the published form is an edit, and nothing else is."""
    old = replace(KNOWN, hashes=Hashes(published=KNOWN.hashes.published))

    assert told(old, MOVED).reason == "edited"
    assert told(old, ENTRY).reason == "unseen"
    assert told(old, ENTRY).is_same


def test_other_settings_are_no_edit() -> None:
    """An entry that is read under other settings differs by them."""
    seen, same = told(KNOWN, EDITED, is_reread=True), told(KNOWN, ENTRY, is_reread=True)

    assert (seen.reason, seen.is_revision, seen.entry.updated, seen.is_same) == ("policy", False, PUBLISHED, False)
    assert (same.reason, same.is_same) == ("unseen", True)


def test_an_update_keeps_its_history_where_nothing_is_news() -> None:
    """The next edit is judged by it."""
    stored = replace(KNOWN, edited_at=NOW - DAY, streak=2, is_counting=True)
    change = told(stored, MOVED).change

    assert (change.edited_at, change.streak, change.is_counting) == (NOW - DAY, 2, True)


# --- what a source says of its dates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "before", "is_news"),
    [
        pytest.param(NOW - HOUR, NOW - DAY, True, id="later than before"),
        pytest.param(NOW, NOW - DAY, True, id="now"),
        pytest.param(NOW - DAY, NOW - DAY, False, id="as before"),
        pytest.param(NOW - 2 * DAY, NOW - DAY, False, id="earlier than before"),
        pytest.param(NOW + HOUR, NOW - DAY, False, id="in the future"),
        pytest.param(NOW - HOUR, None, False, id="nothing before"),
    ],
)
def test_a_source_that_says_that_it_changed_is_believed(
    stated: datetime, before: datetime | None, *, is_news: bool
) -> None:
    """A later date of change is an edit, also where the text is the same."""
    found = told(replace(KNOWN, updated=before), replace(ENTRY, updated=stated))

    assert (found.reason == "edited") is is_news
    assert found.entry.updated == (stated if is_news else before)
    assert (found.change.streak, found.change.is_counting) == (int(is_news), False)


def test_a_later_date_of_publication_says_nothing_of_a_change() -> None:
    """Where the date of change is the date of publication, a source has but one date."""
    found = told(KNOWN, replace(ENTRY, published=NOW - DAY, updated=NOW - DAY))

    assert (found.reason, found.entry.published, found.entry.updated) == ("unseen", NOW - DAY, PUBLISHED)


def test_a_date_of_change_that_is_yet_to_come_says_nothing() -> None:
    """A date of change in the future is ignored, also if the date of publication is still later."""
    stored = replace(KNOWN, updated=NOW - DAY, published=NOW + 2 * DAY)
    stored = replace(stored, hashes=hashes(replace(ENTRY, published=NOW + 2 * DAY)))
    waiting = replace(ENTRY, published=NOW + 2 * DAY, updated=NOW + DAY)
    out = told(replace(KNOWN, updated=PUBLISHED), replace(EDITED, published=NOW + 2 * DAY, updated=NOW + DAY))

    assert told(stored, waiting).reason == "unseen"
    assert (out.entry.published, out.entry.updated) == (PUBLISHED, NOW)


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (PUBLISHED, NOW + HOUR, PUBLISHED), (PUBLISHED, NOW, NOW), (PUBLISHED, NOW - HOUR, NOW - HOUR),
        (PUBLISHED, PUBLISHED - DAY, PUBLISHED), (PUBLISHED, None, PUBLISHED), (None, NOW - HOUR, NOW - HOUR),
        (None, NOW + HOUR, None), (None, None, None), (NOW + DAY, NOW - DAY, NOW + DAY),
        (NOW + 2 * DAY, NOW + DAY, NOW + 2 * DAY),
    ],
)  # fmt: skip
def test_the_date_of_change_of_a_new_entry(
    published: datetime | None, updated: datetime | None, expected: datetime | None
) -> None:
    """The date of change is not before publication, and a date of change in the future counts as none."""
    decision = decide(None, replace(ENTRY, published=published, updated=updated), "raw", NOW)

    assert isinstance(decision, Insert)
    assert decision.entry.updated == expected


@pytest.mark.parametrize(
    ("stored", "new", "expected"),
    [
        pytest.param(PUBLISHED, NOW, NOW, id="seen, moved to now"),
        pytest.param(NOW, NOW + DAY, NOW, id="seen from now on, put off"),
        pytest.param(NOW + DAY, None, NOW + DAY, id="waiting, no date any more"),
        pytest.param(NOW + DAY, NOW + HOUR, NOW + HOUR, id="waiting, brought forward"),
        pytest.param(None, NOW - DAY, NOW - DAY, id="undated, dated at last"),
        pytest.param(None, NOW + DAY, NOW + DAY, id="undated, dated in the future"),
        pytest.param(None, None, None, id="undated"),
    ],
)
def test_the_date_of_publication_after_an_edit(
    stored: datetime | None, new: datetime | None, expected: datetime | None
) -> None:
    """Readers never see an entry vanish into the future; a date is never lost."""
    found = told(replace(KNOWN, published=stored), replace(EDITED, published=new, updated=None))

    assert found.entry.published == expected


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        pytest.param(NOW + HOUR, None, NOW + HOUR, id="brought forward"),
        pytest.param(None, None, NOW + DAY, id="no date any more"),
        pytest.param(NOW + 5 * DAY, None, NOW + 5 * DAY, id="put off"),
        pytest.param(NOW + 5 * DAY, NOW - DAY, NOW + 5 * DAY, id="changed before publication"),
    ],
)
def test_the_date_of_change_of_an_entry_that_waits_is_that_of_its_source(
    published: datetime | None, updated: datetime | None, expected: datetime
) -> None:
    """Nobody has seen it, so it may be dated anew, whether its text changed or not."""
    waiting = replace(KNOWN, published=NOW + DAY, updated=NOW + DAY)

    for entry in (ENTRY, EDITED):
        assert told(waiting, replace(entry, published=published, updated=updated)).entry.updated == expected


def test_the_date_of_change_is_not_before_publication() -> None:
    """Where none was stored, the date of publication is the least."""
    found = told(replace(KNOWN, updated=None), replace(EDITED, updated=PUBLISHED - DAY))

    assert found.entry.updated == PUBLISHED


def test_an_entry_that_returns_is_no_skip() -> None:
    """Equal in every hash, it has to be shown again."""
    decision = decide(replace(KNOWN, is_withdrawn=True), ENTRY, KNOWN.raw_hash, NOW)

    assert isinstance(decision, Update)
    assert decision.is_same
    assert decide(KNOWN, ENTRY, KNOWN.raw_hash, NOW) == Skip(reason="unchanged")
