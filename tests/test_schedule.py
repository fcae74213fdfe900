"""When an upstream is polled again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model import Hints
from feedsvc.schedule import FLOOR, LONGEST, Move, Next, Pace, Polled, following, http_date, moving

NOW = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)  # a Tuesday
URL = "https://example.org/feed"
HOUR = timedelta(hours=1)
GOOD = Polled(status=200)


def after(polled: Polled, pace: Pace = Pace(), every: timedelta = HOUR, url: str = URL) -> Next:  # noqa: B008 - frozen
    """The next poll, after a poll at NOW."""
    return following(polled, pace, every, url, NOW)


def wait(polled: Polled, pace: Pace = Pace(), every: timedelta = HOUR) -> float:  # noqa: B008 - frozen
    """Hours until the next poll, to a tenth, with what spreads polls taken out."""
    due = after(polled, pace, every).due
    assert due is not None
    return round((due - NOW) / HOUR, 3)


def about(hours: float, share: float = 0.05) -> "pytest.approx":  # type: ignore[valid-type]
    """A wait, as far as it is spread."""
    return pytest.approx(hours, rel=share + 0.001)


@pytest.mark.parametrize("status", [200, 304])
def test_the_configured_interval_holds(status: int) -> None:
    """A good answer is followed by the configured interval, with or without new entries."""
    assert wait(Polled(status=status)) == about(1)
    assert wait(Polled(status=status), every=timedelta(hours=6)) == about(6)


def test_no_source_is_polled_more_often_than_every_15_minutes() -> None:
    """The shortest interval is 15 minutes, whatever is configured and however much is missed."""
    found = [following(GOOD, Pace(haste=4), timedelta(minutes=1), f"{URL}/{number}", NOW).due for number in range(50)]

    assert all(due and due - NOW >= FLOOR for due in found)


def test_polls_of_two_sources_are_spread() -> None:
    """Two sources with the same interval and start get different moments, the same ones each time."""
    due = [following(GOOD, Pace(), HOUR, f"{URL}/{number}", NOW).due for number in range(50)]

    assert len(set(due)) == 50
    assert due == [following(GOOD, Pace(), HOUR, f"{URL}/{number}", NOW).due for number in range(50)]


@pytest.mark.parametrize(
    ("headers", "hours"),
    [
        ({"cache-control": "max-age=10800"}, 3),
        ({"cache-control": "public, max-age=10800, must-revalidate"}, 3),
        ({"cache-control": 'max-age="10800"'}, 3),
        ({"cache-control": "s-maxage=10800"}, 1),
        ({"cache-control": "max-age=10800", "age": "3600"}, 2),
        ({"cache-control": "max-age=10800", "age": "99999"}, 1),
        ({"cache-control": "max-age=10800", "age": "old"}, 3),
        ({"cache-control": "max-age=0"}, 1),
        ({"cache-control": "no-store, max-age=99999"}, 1),
        ({"cache-control": "max-age=60"}, 1),
        ({"cache-control": "max-age=99999999"}, 24),
        ({"cache-control": "max-age=" + "9" * 99}, 24),
        ({"expires": "Tue, 03 Mar 2026 12:30:00 GMT", "date": "Tue, 03 Mar 2026 09:30:00 GMT"}, 3),
        ({"expires": "Tue, 03 Mar 2026 12:30:00 GMT"}, 2),
        ({"expires": "Tue, 03 Mar 2026 12:30:00 GMT", "cache-control": "max-age=10800"}, 3),
        ({"expires": "0"}, 1),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 1),
        ({"expires": "Fri, 01 Jan 2100 00:00:00 GMT"}, 24),
    ],
)
def test_cache_headers_lengthen_the_interval(headers: dict[str, str], hours: float) -> None:
    """An answer that is fresh is not requested again, for a day at most. No header shortens the interval."""
    assert wait(Polled(status=200, headers=headers)) == about(hours)


@pytest.mark.parametrize(
    ("hints", "hours"),
    [
        (Hints(ttl=180), 3), (Hints(ttl=5), 1), (Hints(ttl=10**6), 24), (Hints(period="daily"), 24),
        (Hints(period="daily", frequency=8), 3), (Hints(period="hourly", frequency=2), 1), (Hints(period="yearly"), 24),
        (Hints(period="often"), 1), (Hints(period="daily", frequency=0), 24),
    ],
)  # fmt: skip
def test_a_feeds_own_hints_lengthen_the_interval(hints: Hints, hours: float) -> None:
    """`ttl` and `sy:updatePeriod` lengthen the interval, to a day at most."""
    assert wait(Polled(status=200, hints=hints)) == about(hours)


def test_skipped_hours_and_days_are_skipped() -> None:
    """`skipHours` and `skipDays` are in GMT. If they exclude everything, they are ignored."""
    hours = after(Polled(status=200, hints=Hints(skip_hours=frozenset({11, 12, 13}))))
    days = after(Polled(status=200, hints=Hints(skip_days=frozenset({"tuesday", "wednesday"}))))
    always = after(Polled(status=200, hints=Hints(skip_hours=frozenset(range(24)))))

    assert hours.due is not None
    assert hours.due.hour == 14
    assert days.due is not None
    assert days.due.date().isoformat() == "2026-03-05"
    assert always.due == after(GOOD).due
    assert hours.why == "the feed asks for hours without polls"


# --- missed entries --------------------------------------------------------------------------------------------------


def test_polls_without_overlap_come_sooner_with_a_reason() -> None:
    """If no known entry is left in the feed, entries may have been missed."""
    first = after(Polled(status=200, overlap=0.0))
    second = after(Polled(status=200, overlap=0.0), first.pace)
    third = after(Polled(status=200, overlap=0.0), second.pace)
    slower = after(Polled(status=200, overlap=0.9), third.pace)

    assert [one.pace.haste for one in (first, second, third, slower)] == [2, 4, 4, 2]
    assert "entries are missed" in first.why
    assert first.due is not None
    assert (first.due - NOW) / HOUR == about(0.5)
    assert after(Polled(status=304), Pace(haste=2)).pace.haste == 2
    assert after(Polled(status=200, overlap=1.0), Pace(haste=2)).why == ""


# --- failures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [None, 304, 400, 401, 403, 404, 500, 502, 503])
def test_failures_back_off(status: int | None) -> None:
    """The wait doubles with each failure, to a day at most. A success resets it."""
    failed = Polled(status=status, is_good=False)
    pace, waits = Pace(), []
    for _ in range(9):
        found = after(failed, pace)
        assert found.due is not None
        pace = found.pace
        waits.append((found.due - NOW) / HOUR)

    assert waits == [about(hours, 0.1) for hours in (1, 2, 4, 8, 16, 24, 24, 24, 24)]
    assert len({round(hours, 6) for hours in waits[5:]}) == 4
    assert after(GOOD, pace).pace.failures == 0
    assert wait(GOOD, pace) == about(1)


@pytest.mark.parametrize(
    ("status", "value", "hours"),
    [
        (503, "10800", 3), (429, "10800", 3), (429, "36000", 10), (429, "", 4), (503, "", 1),
        (503, "Tue, 03 Mar 2026 13:30:00 GMT", 3), (503, "Tue, 03 Mar 2020 13:30:00 GMT", 1), (503, "-5", 1),
        (503, "soon", 1), (503, "0", 1), (503, "315360000", 24 * 7), (503, "Tue, 03 Mar 2099 13:30:00 GMT", 24 * 7),
        (503, "9" * 400, 24 * 7), (301, "10800", 3),
    ],
)  # fmt: skip
def test_retry_after_is_kept(status: int, value: str, hours: float) -> None:
    """`Retry-After` in seconds or as a date counts, for a week at most. A 429 without it means four hours."""
    assert wait(Polled(status=status, headers={"retry-after": value}, is_good=False)) == about(hours, 0.1)


def test_a_410_ends_the_polls() -> None:
    """A 410 ends the polls, and the operator gets the reason."""
    found = after(Polled(status=410, is_good=False))

    assert found.due is None
    assert "gone for good" in found.why


@given(
    st.sampled_from([None, 200, 304, 404, 429, 503]), st.booleans(), st.dictionaries(
        st.sampled_from(["cache-control", "expires", "age", "retry-after", "date"]), st.text(max_size=30)
    ), st.integers(0, 50), st.integers(1, 10_080), st.one_of(st.none(), st.floats(0, 1)),
    st.builds(
        Hints, ttl=st.one_of(st.none(), st.integers(0, 10**6)), period=st.sampled_from([None, "daily", "yearly", "x"]),
        frequency=st.integers(0, 100), skip_hours=st.frozensets(st.integers(0, 23)),
        skip_days=st.frozensets(st.sampled_from(["monday", "saturday", "sunday"])),
    ),
)  # fmt: skip
def test_every_wait_is_bounded(
    status: int | None,
    is_good: bool,  # noqa: FBT001
    headers: dict[str, str],
    failures: int,
    minutes: int,
    overlap: float | None,
    hints: Hints,
) -> None:
    """Whatever an upstream writes, nothing is raised, and the next poll is neither at once nor never."""
    polled = Polled(status=status, is_good=is_good, headers=headers, overlap=overlap, hints=hints)
    every = timedelta(minutes=minutes)
    found = following(polled, Pace(failures=failures), every, URL, NOW)

    assert found.due is not None
    assert FLOOR <= found.due - NOW <= LONGEST


# --- moves -----------------------------------------------------------------------------------------------------------


def test_a_move_is_adopted_when_it_is_sure() -> None:
    """Two answers that agree, a day apart, are needed. Another answer between them starts again."""
    there, elsewhere = "https://new.example/", "https://other.example/"
    move, url = moving(None, there, NOW)

    assert (move, url) == (Move(url=there, since=NOW), None)
    assert moving(move, there, NOW + HOUR) == (move, None)
    assert moving(move, there, NOW + timedelta(days=1)) == (None, there)
    assert moving(move, elsewhere, NOW + timedelta(days=1)) == (
        Move(url=elsewhere, since=NOW + timedelta(days=1)),
        None,
    )
    assert moving(move, None, NOW + timedelta(days=1)) == (None, None)


@pytest.mark.parametrize("value", ["", "0", "-1", "soon", "Tue, 99 Mar 2026 10:00:00 GMT", "\x00", "9" * 50])
def test_an_invalid_http_date_is_none(value: str) -> None:
    """An invalid date in a header is ignored."""
    assert http_date(value) is None
