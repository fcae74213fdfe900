"""
When a server says to come again: `Retry-After`, and what is left of a number of requests. Pure.

    Retry-After: 120                                        RFC 9110, 10.2.3
    RateLimit: "default";r=0;t=30                           draft-ietf-httpapi-ratelimit-headers, from 08 on
    RateLimit: limit=100, remaining=0, reset=30             the same draft, 07
    RateLimit-Remaining: 0, RateLimit-Reset: 30             the same draft, up to 06
    X-RateLimit-Remaining: 0, X-RateLimit-Reset: 1772534400 seconds, a time in seconds or milliseconds, or a date
"""

import email.utils
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

#: Names of what is left, and of when there is more; the first of them that an answer has.
PAIRS = (
    ("ratelimit-remaining", "ratelimit-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset-after"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
)

#: A number from here on is a time since 1970, in seconds; from there on, in milliseconds.
EPOCH, EPOCH_MS = 10**9, 10**12

LONGEST_WAIT = timedelta(days=365)

#: One limit in a list, with its parameters; a comma within quotes parts nothing.
MEMBER = re.compile(r'(?:"[^"]*"|[^",])+')
PARAMETER = re.compile(r"(?:^|[;\s])(r|t|w|remaining|reset)\s*=\s*\"?(\d{1,12})")
NAME = re.compile(r'\s*("[^"]*"|[^;=\s]+)')


def retry_after(value: str, now: datetime) -> timedelta | None:
    """What `Retry-After` says (RFC 9110, 10.2.3); None for what says nothing, or lies in the past."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), 10**9)) or None
    moment = http_date(value)
    return moment - now if moment and moment > now else None


def used_up(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long no request is left, by the names of headers in lower case; None where there is one, or nobody says."""
    waits = [*_of_list(headers), *_of_pairs(headers, now)]
    found = [wait for wait in waits if wait > timedelta()]
    return min(max(found), LONGEST_WAIT) if found else None


def _of_list(headers: Mapping[str, str]) -> Iterator[timedelta]:
    """Of each limit of `RateLimit` that is used up; without a time it is that of its policy's window."""
    members = MEMBER.findall(headers.get("ratelimit", ""))
    if all("=" in member and ";" not in member for member in members):
        members = [" ".join(members)]  # draft 07: one limit, its parameters with commas between
    windows = {_name(one): _parameters(one).get("w", 0) for one in MEMBER.findall(headers.get("ratelimit-policy", ""))}
    for member in members:
        said = _parameters(member)
        if said.get("r", said.get("remaining")) == 0:
            window = windows.get(_name(member), min(windows.values(), default=0))
            yield _seconds(said.get("t", said.get("reset", window)))


def _of_pairs(headers: Mapping[str, str], now: datetime) -> Iterator[timedelta]:
    for left, reset in PAIRS:
        if re.fullmatch(r"-?0+(?:\.0*)?(?:\s*,.*)?", headers.get(left, "").strip()):
            yield _until(headers.get(reset, "").partition(";")[0].strip(), now)


def _until(value: str, now: datetime) -> timedelta:
    """How long from now on until a moment, in whichever form it is written."""
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,9})?", value):
        number = float(value)
        if number >= EPOCH:
            return datetime.fromtimestamp(min(number / 1000 if number >= EPOCH_MS else number, 2**32), UTC) - now
        return _seconds(number)
    try:
        moment = http_date(value) or datetime.fromisoformat(value)
    except ValueError:
        return timedelta()
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment) - now


def _seconds(number: float) -> timedelta:
    return timedelta(seconds=min(number, EPOCH))


def _name(member: str) -> str:
    match = NAME.match(member)
    return match[1] if match else ""


def _parameters(member: str) -> dict[str, int]:
    return {name: int(value) for name, value in PARAMETER.findall(member)}


def http_date(value: str) -> datetime | None:
    """A date of HTTP (RFC 9110, 5.6.7); None for what is none."""
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
