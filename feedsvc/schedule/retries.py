"""When a message that a receiver did not take is sent again. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus

from feedsvc.schedule.limits import retry_after

#: The wait after the first failure in a row, after the second, and so on. The last wait repeats for good.
WAITS = (
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1),
    timedelta(hours=3), timedelta(hours=6),
)  # fmt: skip

#: The longest wait that a receiver can ask for.
CAP = timedelta(hours=24)

#: Answers that say that something is wrong with the message itself. After so many of them in a row, the next message
#: is tried: otherwise one message would keep back all others.
REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
MOST_REFUSALS = 5


def wait(failures: int, headers: Mapping[str, str], now: datetime) -> timedelta:
    """The wait after so many failures in a row. `Retry-After` in the last answer can make it longer."""
    asked = retry_after(headers.get("retry-after", ""), now) or timedelta()
    return max(WAITS[min(failures, len(WAITS)) - 1], min(asked, CAP))


def is_refused(status: int, failures: int) -> bool:
    """Whether a receiver may refuse a message for good, after so many failures in a row."""
    return status in REFUSALS and failures >= MOST_REFUSALS
