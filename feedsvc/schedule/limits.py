"""
`Retry-After` and rate limits: how long a server asks a client to wait. Pure.

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

#: Names of the header for the remaining requests and of the header for the time of the reset.
PAIRS = (
    ("ratelimit-remaining", "ratelimit-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset-after"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
)

#: A number from FIRST_TIMESTAMP on is a time in seconds since 1970, not a wait. A number from FIRST_MILLISECONDS on is
#: such a time in milliseconds.
FIRST_TIMESTAMP, FIRST_MILLISECONDS = 10**9, 10**12

LONGEST_WAIT = timedelta(days=365)

#: One limit in a list, with its parameters. A comma within quotes does not end it.
LIST_MEMBER = re.compile(r'(?:"[^"]*"|[^",])+')
PARAMETER = re.compile(r"(?:^|[;\s])(r|t|w|remaining|reset)\s*=\s*\"?(\d{1,12})")
POLICY_NAME = re.compile(r'\s*("[^"]*"|[^;=\s]+)')


def retry_after(value: str, now: datetime) -> timedelta | None:
    """The wait that `Retry-After` asks for (RFC 9110, 10.2.3); None if it is not valid or lies in the past."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), 10**9)) or None
    moment = http_date(value)
    return moment - now if moment and moment > now else None


def used_up(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """
    How long until the server accepts requests again; None if requests are left, or no header says.

    The names in `headers` are in lower case.
    """
    waits = [*_waits_of_list(headers), *_waits_of_pairs(headers, now)]
    found = [wait for wait in waits if wait > timedelta()]
    return min(max(found), LONGEST_WAIT) if found else None


def _waits_of_list(headers: Mapping[str, str]) -> Iterator[timedelta]:
    """The wait for each used-up limit in `RateLimit`. A limit without a time has the window of its policy."""
    members = LIST_MEMBER.findall(headers.get("ratelimit", ""))
    if all("=" in member and ";" not in member for member in members):
        members = [" ".join(members)]  # draft 07: one limit, its parameters with commas between
    policies = LIST_MEMBER.findall(headers.get("ratelimit-policy", ""))
    windows = {_policy_name(one): _parameters(one).get("w", 0) for one in policies}
    for member in members:
        said = _parameters(member)
        if said.get("r", said.get("remaining")) == 0:
            window = windows.get(_policy_name(member), min(windows.values(), default=0))
            yield _seconds(said.get("t", said.get("reset", window)))


def _waits_of_pairs(headers: Mapping[str, str], now: datetime) -> Iterator[timedelta]:
    for left, reset in PAIRS:
        if re.fullmatch(r"-?0+(?:\.0*)?(?:\s*,.*)?", headers.get(left, "").strip()):
            yield _until(headers.get(reset, "").partition(";")[0].strip(), now)


def _until(value: str, now: datetime) -> timedelta:
    """The wait until a moment, which is written as seconds, as a timestamp or as a date."""
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,9})?", value):
        number = float(value)
        if number >= FIRST_TIMESTAMP:
            seconds = number / 1000 if number >= FIRST_MILLISECONDS else number
            return datetime.fromtimestamp(min(seconds, 2**32), UTC) - now
        return _seconds(number)
    try:
        moment = http_date(value) or datetime.fromisoformat(value)
    except ValueError:
        return timedelta()
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment) - now


def _seconds(number: float) -> timedelta:
    return timedelta(seconds=min(number, FIRST_TIMESTAMP))


def _policy_name(member: str) -> str:
    match = POLICY_NAME.match(member)
    return match[1] if match else ""


def _parameters(member: str) -> dict[str, int]:
    return {name: int(value) for name, value in PARAMETER.findall(member)}


def http_date(value: str) -> datetime | None:
    """A date in a form of HTTP (RFC 9110, 5.6.7); None for any other text."""
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
