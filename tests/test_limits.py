"""When a server says to come again, in all the forms that servers use."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.schedule import CAP, Pace, Polled, following, held
from feedsvc.schedule.limits import PAIRS, used_up

NOW = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
AT = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "90"}, 90),
        ({"x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "416", "x-ratelimit-used": "1"}, 416),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(AT + 600)}, 600),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{(AT + 60) * 1000}"}, 60),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-03-03T10:31:00Z"}, 60),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "Tue, 03 Mar 2026 10:32:00 GMT"}, 120),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.5"}, 1.5),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(AT + 5)}, 5),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "50", "ratelimit-limit": "100, 100;w=60"}, 50),
        ({"ratelimit": "limit=100, remaining=0, reset=50"}, 50),
        ({"ratelimit": '"default";r=0;t=30'}, 30),
        ({"ratelimit": '"burst";r=0;t=10, "day";r=0;t=900'}, 900),
        ({"ratelimit": '"burst";r=0;t=10, "day";r=5;t=900'}, 10),
        ({"ratelimit": '"a, b";r=0', "ratelimit-policy": '"x";q=1;w=5, "a, b";q=9;w=70'}, 70),
        ({"ratelimit": "default;r=0", "ratelimit-policy": "default;q=10;w=60"}, 60),
        ({"x-ratelimit-remaining": "1", "x-ratelimit-reset": "90"}, None),
        ({"x-ratelimit-remaining": "0"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(AT - 5)}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, None),
        ({"x-ratelimit-remaining": "00:10", "x-ratelimit-reset": "90"}, None),
        ({"ratelimit": '"default";r=10;t=30'}, None),
        ({"ratelimit": '"default";q=0;w=30'}, None),
        ({}, None),
    ],
)
def test_a_limit_that_is_used_up_is_read(headers: dict[str, str], seconds: float | None) -> None:
    """Both syntaxes of the draft, and the older headers of GitHub, Reddit and Discord, are read."""
    assert used_up(headers, NOW) == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("status", "headers", "hours"),
    [
        (429, {"retry-after": "7200"}, 2),
        (429, {}, 4),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800"}, 0.5),
        (429, {"retry-after": "99999999"}, 24 * 7),
        (503, {"retry-after": "Tue, 03 Mar 2026 13:30:00 GMT"}, 3),
        (503, {}, None),
        (500, {"retry-after": "60"}, None),
        (200, {"ratelimit": '"day";r=0;t=3600'}, 1),
        (304, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600"}, 1),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "999999999"}, 24 * 7),
        (200, {"retry-after": "3600"}, None),
        (None, {}, None),
    ],
)
def test_answers_that_hold_the_whole_host(status: int | None, headers: dict[str, str], hours: float | None) -> None:
    """An answer that names a time to wait holds all feeds of its host, for a week at most."""
    found = held(Polled(status=status, headers=headers), NOW)

    assert found == (None if hours is None else timedelta(hours=hours))


def test_a_good_answer_with_a_used_up_limit_delays_the_next_poll() -> None:
    """The feed is not polled before its rate limit allows it, and the reason is given."""
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "10800"}
    after = following(Polled(status=200, headers=headers), Pace(), timedelta(hours=1), "https://a.example/", NOW)

    assert after.due is not None
    assert timedelta(hours=3) <= after.due - NOW <= timedelta(hours=3.2)
    assert after.why == "its limit of requests is used up until then"


NAMES = sorted({name for pair in PAIRS for name in pair} | {"ratelimit", "ratelimit-policy", "retry-after"})


@given(
    headers=st.dictionaries(
        st.sampled_from(NAMES), st.text(max_size=20) | st.text('0123456789".;=,rtw- ', max_size=30)
    ),
    status=st.sampled_from([200, 304, 429, 503]),
)
def test_every_hold_is_bounded(headers: dict[str, str], status: int) -> None:
    """No header holds a host for longer than a week, and none raises."""
    found = held(Polled(status=status, headers=headers), NOW)

    assert found is None or timedelta() < found <= CAP
