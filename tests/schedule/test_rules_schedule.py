"""Each rule of the schedule alone: bounds, hints, limits and failures."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.model import Hints
from feedsvc.schedule import CAP, FLOOR, LONGEST, Next, Pace, Polled, following, http_date
from feedsvc.schedule.limits import LONGEST_WAIT, retry_after, used_up

NOW = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)  # a Tuesday
HOUR = timedelta(hours=1)
URLS = [f"https://example.org/{number}" for number in range(400)]
CALM = Pace()
FAILED = Polled(status=500, is_good=False)


def after(polled: Polled, pace: Pace = CALM, every: timedelta = HOUR, now: datetime = NOW, url: str = URLS[0]) -> Next:
    """The state after a poll."""
    return following(polled, pace, every, url, now)


def waits(polled: Polled, pace: Pace = CALM, every: timedelta = HOUR) -> list[timedelta]:
    """The wait of each of many URLs."""
    found: Iterable[datetime | None] = (following(polled, pace, every, url, NOW).due for url in URLS)
    return [due - NOW for due in found if due is not None]


def good(**hints: object) -> Polled:
    """An answer whose feed says something of how often to ask."""
    return Polled(status=200, hints=Hints(**hints))  # type: ignore[arg-type]


# --- bounds ----------------------------------------------------------------------------------------------------------


def test_the_bounds_of_a_wait() -> None:
    """A quarter of an hour at least, after an answer or a failure; eight days at most."""
    assert [bound / HOUR for bound in (FLOOR, LONGEST, CAP)] == [0.25, 8 * 24, 7 * 24]
    assert min(waits(good(), every=timedelta(minutes=1))) == FLOOR
    assert min(waits(FAILED, every=timedelta(minutes=1))) == FLOOR
    assert set(waits(good(), every=timedelta(days=30))) == {LONGEST}


def test_a_hint_lengthens_a_wait_by_a_day_at_most() -> None:
    """A hint lengthens a wait to at most a day and 5 %, and the wait is never shorter than the hint."""
    found = waits(good(ttl=10**6))

    assert 24 * HOUR <= min(found) < max(found) <= 1.05 * 24 * HOUR


def test_waits_are_spread_by_5_percent_to_both_sides_and_after_a_failure_by_10() -> None:
    """Two upstreams that begin together do not stay together."""
    for found, share in ((waits(good()), 0.05), (waits(FAILED), 0.1)):
        assert (1 - share) * HOUR <= min(found) < (1 - 0.9 * share) * HOUR
        assert (1 + 0.9 * share) * HOUR < max(found) <= (1 + share) * HOUR


# --- overlap ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("haste", "overlap", "expected"),
    [
        (1, 0.0, 2),
        (2, 0.0, 4),
        (4, 0.0, 4),
        (4, 0.01, 4),
        (4, 0.49, 4),
        (4, 0.5, 2),
        (2, 0.5, 1),
        (1, 0.5, 1),
        (2, None, 2),
    ],
)
def test_the_overlap_with_the_last_poll_sets_the_haste(haste: int, overlap: float | None, expected: int) -> None:
    """None of it: poll twice as often. Half of it: relax."""
    assert after(Polled(status=200, overlap=overlap), Pace(haste=haste)).pace.haste == expected


# --- hints -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hints", "minutes"),
    [
        ({"period": "hourly"}, 60), ({"period": "Hourly "}, 60), ({"period": "daily", "frequency": 2}, 720),
        ({"period": "weekly", "frequency": 14}, 720), ({"period": "monthly", "frequency": 60}, 720),
        ({"period": "yearly", "frequency": 730}, 720),
    ],
)  # fmt: skip
def test_a_period_is_so_long(hints: dict[str, object], minutes: int) -> None:
    """As long as a ttl of so many minutes."""
    every = timedelta(minutes=15)

    assert after(good(**hints), every=every).due == after(good(ttl=minutes), every=every).due
    assert after(good(**hints), every=every).why == "its sy:updatePeriod asks for it"


@pytest.mark.parametrize(
    "headers",
    [
        {"cache-control": "max-age=10800"}, {"cache-control": "max-age=10800", "age": "old"},
        {"cache-control": "max-age=10800", "age": "²"}, {"cache-control": "max-age=10801", "age": "1"},
        {"expires": "Tue, 03 Mar 2026 13:30:00 GMT"},
    ],
)  # fmt: skip
def test_freshness_is_counted_to_the_second(headers: dict[str, str]) -> None:
    """As long as a ttl of three hours. An age that is no number counts as none."""
    assert after(Polled(status=200, headers=headers)).due == after(good(ttl=180)).due


def test_a_great_age_is_read() -> None:
    """An answer as old as its lifetime is not fresh."""
    headers = {"cache-control": "max-age=999999999", "age": "999999999"}

    assert after(Polled(status=200, headers=headers)) == after(good())


def test_a_hint_that_asks_for_the_interval_itself_changes_nothing() -> None:
    """Neither the moment nor the reason; the same holds for a limit of requests."""
    limited = Polled(status=200, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600"})

    assert [after(good(ttl=60), url=url) for url in URLS] == [after(good(), url=url) for url in URLS]
    assert [after(limited, url=url) for url in URLS] == [after(good(), url=url) for url in URLS]


@pytest.mark.parametrize("seconds", [60, 3599])
def test_a_limit_that_ends_before_the_next_poll_changes_nothing(seconds: int) -> None:
    """A limit never shortens a wait."""
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(seconds)}

    assert after(Polled(status=200, headers=headers)) == after(good())


@pytest.mark.parametrize("day", range(7))
def test_each_day_can_be_skipped(day: int) -> None:
    """By its English name."""
    now = NOW + timedelta(days=day)
    found = after(good(skip_days=frozenset({f"{now:%A}".lower()})), now=now).due

    assert found is not None
    assert found.date() == now.date() + timedelta(days=1)


def test_one_hour_of_a_week_is_enough() -> None:
    """A feed that may be asked in one hour of one day only is asked then."""
    days = frozenset({"monday", "wednesday", "thursday", "friday", "saturday", "sunday"})
    found = after(good(skip_days=days, skip_hours=frozenset(range(24)) - {9})).due

    assert found is not None
    assert (f"{found:%A}", found.hour, found - NOW > timedelta(days=6)) == ("Tuesday", 9, True)


# --- failures --------------------------------------------------------------------------------------------------------


def test_a_server_that_is_gone_has_failed_once_more() -> None:
    """410 is counted like other failures."""
    assert after(Polled(status=410, is_good=False), Pace(failures=2)).pace == Pace(failures=3)


def test_a_second_failure_is_explained() -> None:
    """The first one changes nothing that the operator has to know."""
    first = after(FAILED)
    second = after(FAILED, first.pace)

    assert (first.why, second.why) == ("", "each failure lengthens the wait")


@pytest.mark.parametrize(
    "headers", [{"retry-after": "3600"}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600"}]
)
def test_a_shorter_retry_after_does_not_end_the_back_off(headers: Mapping[str, str]) -> None:
    """After the third failure the wait is about four hours, whatever is said of one."""
    found = waits(Polled(status=503, is_good=False, headers=headers), Pace(failures=2))

    assert 3.6 * HOUR <= min(found) < max(found) <= 4.4 * HOUR


def test_a_limit_that_is_used_up_counts_after_a_failure() -> None:
    """As `Retry-After` does, and to the second."""
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "36000"}
    found = after(Polled(status=500, is_good=False, headers=headers))

    assert (found.due, found.why) == (NOW + 10 * HOUR, "the upstream says when to come again")


# --- when to come again ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(minutes=2)), (" 120 ", timedelta(minutes=2)), ("0", None), ("²", None),
        ("9" * 20, timedelta(seconds=10**9)), ("Tue, 03 Mar 2026 10:31:00 GMT", timedelta(minutes=1)),
        ("Tue, 03 Mar 2026 10:30:00 GMT", None), ("Tue, 03 Mar 2026 10:29:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_to_come(value: str, expected: timedelta | None) -> None:
    """RFC 9110, 10.2.3."""
    assert retry_after(value, NOW) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("999999999", LONGEST_WAIT), ("1000000000", None), ("500000000000", LONGEST_WAIT), ("1000000000000", None),
        ("9" * 15, LONGEST_WAIT), ("2026-03-03T10:31:00", timedelta(minutes=1)),
        ("2026-03-03T18:31:00+08:00", timedelta(minutes=1)), ("Tue, 03 Mar 2026 18:31:00 +0800", timedelta(minutes=1)),
    ],
)  # fmt: skip
def test_the_end_of_a_limit_is_a_wait_a_time_or_a_date(value: str, expected: timedelta | None) -> None:
    """Ten digits are seconds since 1970, thirteen are milliseconds; a year is the longest wait."""
    assert timedelta(days=365) == LONGEST_WAIT
    assert used_up({"x-ratelimit-remaining": "0", "x-ratelimit-reset": value}, NOW) == expected


@pytest.mark.parametrize(
    ("limit", "policy", "expected"),
    [
        ('"a, b";r=0', '"a, b";q=9;w=70, "x";q=1;w=5', 70), ('"c";r=0', '"a";q=9;w=70, "x";q=1;w=5', 5),
        ('"a";r=0', '"a";q=1', None), ('"a";r=0', "", None),
    ],
)  # fmt: skip
def test_a_limit_without_a_time_ends_with_the_window_of_its_policy(
    limit: str, policy: str, expected: int | None
) -> None:
    """By its name; the shortest window holds where no policy has that name."""
    found = used_up({"ratelimit": limit, "ratelimit-policy": policy}, NOW)

    assert found == (None if expected is None else timedelta(seconds=expected))


@pytest.mark.parametrize("zone", ["GMT", "-0000", ""])
def test_a_date_of_http_is_utc(zone: str) -> None:
    """With a zone, and without."""
    found = http_date(f"Tue, 03 Mar 2026 10:30:00 {zone}")

    assert found == NOW
    assert found.tzinfo is UTC


def test_a_date_of_http_with_an_offset_is_moved_to_utc() -> None:
    """Some servers send their own time."""
    found = http_date("Tue, 03 Mar 2026 18:30:00 +0800")

    assert found is not None
    assert (found, found.tzinfo) == (NOW, UTC)
