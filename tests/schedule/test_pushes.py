"""What pushes mean for polls, and when hubs are asked: each rule alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feedsvc.schedule import FLOOR, Pace, Polled, Pushed, following, meant
from feedsvc.schedule.pushes import (
    AGAIN,
    ANNOUNCED,
    LEASE,
    LONGEST_LEASE,
    STALE,
    Meant,
    lease_of,
    lull,
    pushed_due,
    renewal,
    retry,
)

NOW = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{one: 1}) for one in ("seconds", "minutes", "hours", "days"))
BEFORE = NOW - HOUR

#: A subscription that is live.
LIVE: dict[str, Any] = {"since": NOW - DAY, "until": NOW + DAY}


def said(*, is_changed: bool = False, polled_at: datetime | None = BEFORE, **more: Any) -> Meant:
    """The meaning of a poll at NOW."""
    return meant(Pushed(**more), HOUR, polled_at, NOW, is_changed=is_changed)


def test_without_a_live_subscription_polls_are_as_usual() -> None:
    """Never subscribed, or a lease that ends now; news without a push is no silence then."""
    assert said(is_changed=True) == said(since=NOW - DAY, until=NOW) == Meant()


def test_a_live_subscription_lengthens_the_wait() -> None:
    """With news that a push announced, and without any."""
    assert said(**LIVE) == said(**LIVE, number=3, polled=2, is_changed=True) == Meant(wait=6 * HOUR, why=ANNOUNCED)


def test_news_that_no_push_announced_bring_the_usual_interval_until_a_push_comes() -> None:
    """The hub is silent. News from before the subscription could not be announced."""
    assert said(**LIVE, number=2, polled=2, is_changed=True) == Meant(is_silent=True)
    assert said(**LIVE, is_silent=True) == Meant(is_silent=True)
    assert said(**LIVE, is_silent=True, number=3, polled=2, is_changed=True).wait == 6 * HOUR
    assert said(since=NOW - MINUTE, until=NOW + DAY, is_changed=True).wait == 6 * HOUR


def test_a_push_without_news_is_looked_at_once_more_and_counted() -> None:
    """The origin may send the former document for a while. News of any poll end the count."""
    assert said(**LIVE, number=1, idle=2) == Meant(wait=AGAIN, why=STALE, idle=3)
    assert said(**LIVE, number=1, polled=1, idle=2).idle == 2
    assert said(**LIVE, number=1, idle=2, is_changed=True).idle == 0


@pytest.mark.parametrize(
    ("every", "a_week", "entries", "hours"),
    [
        (HOUR, 0, 0, 6),
        (5 * HOUR, 0, 0, 24),
        (3 * DAY, 0, 0, 72),
        (HOUR, 700, 50, 6),
        (HOUR, 2800, 50, 1.5),
        (HOUR, 700, 0, 1.2),
        (HOUR, 7000, 50, 1),
    ],
)
def test_a_lull_is_bounded_by_a_day_and_by_what_the_feed_holds(
    every: timedelta, a_week: int, entries: int, hours: float
) -> None:
    """Six intervals, a day, or the time in which half of the entries are replaced; never less than the interval."""
    assert lull(Pushed(a_week=a_week, entries=entries), every) / HOUR == pytest.approx(hours)


def test_the_next_poll_follows_the_lull_unless_entries_are_missed_or_the_upstream_asks_for_more() -> None:
    """Missed entries, `max-age` and the bounds of all polls count before the hub."""
    rare = Meant(wait=6 * HOUR, why=ANNOUNCED)

    def after(pushed: Meant, haste: int = 1, age: int = 0) -> tuple[float, str]:
        polled = Polled(status=200, headers={"cache-control": f"max-age={age}"})
        found = following(polled, Pace(haste=haste), HOUR, "https://a.example/", NOW, pushed)
        assert found.due
        return round((found.due - NOW) / HOUR, 1), found.why

    assert after(rare)[0] == pytest.approx(6, abs=0.31)
    assert after(rare)[1] == ANNOUNCED
    assert after(rare, haste=4)[0] < 0.6
    assert after(rare, age=36_000)[0] >= 10
    assert after(Meant(wait=AGAIN, why=STALE), age=1800)[0] >= 0.5
    assert after(Meant(wait=SECOND))[0] * HOUR >= FLOOR - 3 * MINUTE


def test_polls_that_pushes_cause_are_apart() -> None:
    """At once, then after half a minute, and ever later without news; a poll of the future counts as now."""
    assert pushed_due(NOW, None, 5) == pushed_due(NOW, NOW - MINUTE, 0) == NOW
    assert pushed_due(NOW, NOW - 10 * SECOND, 0) == NOW + 20 * SECOND
    assert pushed_due(NOW, NOW, 3) == NOW + 4 * MINUTE
    assert pushed_due(NOW, NOW + DAY, 99) == NOW + HOUR


@pytest.mark.parametrize(
    ("written", "lease"),
    [
        ("864000", 10 * DAY),
        (" 60 ", MINUTE),
        (None, LEASE),
        ("", LEASE),
        ("0", LEASE),
        ("-5", LEASE),
        ("1e9", LEASE),
        ("九", LEASE),
        ("٣", LEASE),
        ("9" * 5000, LONGEST_LEASE),
        ("2592001", LONGEST_LEASE),
    ],
)
def test_a_lease_is_bounded(written: str | None, lease: timedelta) -> None:
    """Missing, absurd and endless ones too."""
    assert lease_of(written) == lease


def test_a_lease_is_renewed_after_four_fifths_but_not_all_the_time() -> None:
    """A hub with leases of a minute is asked every ten minutes."""
    assert renewal(10 * DAY, NOW) == NOW + 8 * DAY
    assert renewal(MINUTE, NOW) == NOW + 10 * MINUTE


def test_failures_lengthen_the_wait_up_to_a_day_and_retry_after_counts() -> None:
    """From five minutes on, doubled each time; a hub may ask for up to a week."""
    waits = [retry(number, {}, NOW) - NOW for number in (1, 2, 3, 20)]

    assert waits == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, DAY]
    assert retry(1, {"retry-after": "7200"}, NOW) == NOW + 2 * HOUR
    assert retry(1, {"retry-after": "99999999"}, NOW) == NOW + 7 * DAY
