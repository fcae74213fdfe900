"""The rhythm of a source: when it has gone silent."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.schedule.rhythm import SILENT, silent_days, usual_gap

DAY = date(2026, 11, 24)


def every(days: int, number: int) -> list[date]:
    """Days with entries, one in so many days, up to DAY."""
    return [DAY - timedelta(days=days * one) for one in range(number)]


@pytest.mark.parametrize(
    ("days", "gap"),
    [
        ([], None),
        ([DAY], None),
        (every(1, 4), None),
        (every(1, 5), 1),
        (every(7, 30), 7),
        ([*every(7, 30), *every(7, 30)], 7),
        ([*every(1, 40), DAY - timedelta(days=80)], 1),
        ([*every(1, 5), DAY - timedelta(days=80)], 76),
    ],
    ids=["none", "one", "too few", "daily", "weekly", "several a day", "a holiday", "too few to be sure"],
)
def test_the_usual_gap(days: list[date], gap: int | None) -> None:
    """The usual longest gap counts days with entries, and leaves the longest tenth out."""
    assert usual_gap(days) == gap


@pytest.mark.parametrize(
    ("newest", "gap", "silent"),
    [
        (None, None, None),
        (DAY - timedelta(days=99), None, None),
        (DAY, 1, None),
        (DAY - timedelta(days=SILENT), 1, None),
        (DAY - timedelta(days=SILENT + 1), 1, SILENT + 1),
        (DAY - timedelta(days=7 * SILENT), 7, None),
        (DAY - timedelta(days=7 * SILENT + 1), 7, 7 * SILENT + 1),
    ],
)
def test_a_silent_source(newest: date | None, gap: int | None, silent: int | None) -> None:
    """A source is silent if its newest entry is older than four usual gaps. Without a rhythm, it never is."""
    assert silent_days(newest, gap, DAY) == silent


@given(st.lists(st.integers(0, 400), min_size=1))
def test_the_usual_gap_is_a_gap(ages: list[int]) -> None:
    """The order of the days says nothing, and the usual gap is one of the gaps."""
    days = [DAY - timedelta(days=age) for age in ages]
    gap, found = usual_gap(days), sorted(set(days))

    assert gap == usual_gap(found)
    assert gap is None or gap in {(b - a).days for a, b in pairwise(found)}
