"""
Pushes of hubs (WebSub): what they mean for polls, and when a subscription is renewed or tried again. Pure.

While a subscription is live, polls are only the safety net, so they are rare. Polls come at the usual interval again
where the subscription ends, or where polls find news that no push announced.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedsvc.schedule.limits import retry_after

#: The lease that feedsvc asks for, and the longest that it believes. A hub that names none gives the first.
LEASE, LONGEST_LEASE = timedelta(days=10), timedelta(days=30)

#: A lease is renewed after this share of it, but never sooner than EARLIEST_RENEWAL.
RENEWED = 0.8
EARLIEST_RENEWAL = timedelta(minutes=10)

#: Waits after the first failed request to a hub, and the longest wait.
RETRY, LONGEST_RETRY = timedelta(minutes=5), timedelta(days=1)

#: How long a hub has to verify a request that it accepted. Then the request counts as failed.
VERIFICATION = timedelta(minutes=30)

#: After so long, a hub that denied a subscription is asked again.
DENIED = timedelta(days=7)

#: So many failures in a row, and the next hub of the upstream is asked. A hub forgets a subscription that is not
#: renewed, so as many failed requests to end one are enough.
MANY_FAILURES = 3

#: Shortest time between two polls of a source that pushes cause. It doubles with each such poll without news.
SPACING, LONGEST_SPACING = timedelta(seconds=30), timedelta(hours=1)

#: While pushes come, the interval of polls is so many times as long, up to LONGEST_LULL.
LULL, LONGEST_LULL = 6, timedelta(hours=24)

#: A feed that does not say how many entries it has may have so few.
FEW_ENTRIES = 10

#: If a push brought no news, the feed is polled again after so long.
AGAIN = timedelta(minutes=15)

ANNOUNCED = "its hub announces news"
STALE = "its hub announced news that the feed does not have yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """The pushes for an upstream, as they were known when its poll began."""

    #: The lease of its subscription, from the hub's confirmation on; None without a subscription.
    since: datetime | None = None
    until: datetime | None = None
    #: The number of valid pushes so far, and that number at the last good poll.
    number: int = 0
    polled: int = 0
    #: The number of polls in a row that a push caused and that found no news.
    idle: int = 0
    #: Whether a poll found news that no push announced, and no push has come since.
    is_silent: bool = False
    #: The number of its entries in the last seven days, and in its last answer; 0 if that is not known.
    a_week: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a good poll means for the pushes of its upstream."""

    #: The interval until the next poll; None for the usual one.
    wait: timedelta | None = None
    why: str = ""
    idle: int = 0
    is_silent: bool = False


def meant(pushed: Pushed, every: timedelta, polled_at: datetime | None, now: datetime, *, is_changed: bool) -> Meant:
    """What a good poll at `now` means. `polled_at` is the time of the poll before."""
    is_prompted = pushed.number > pushed.polled
    idle = 0 if is_changed else pushed.idle + is_prompted
    if pushed.since is None or pushed.until is None or pushed.until <= now:
        return Meant(idle=idle)
    if is_prompted:
        if not is_changed:
            # A cache before the origin may send the former document. Its header fields say for how long.
            return Meant(wait=min(every, AGAIN), why=STALE, idle=idle)
        return Meant(wait=lull(pushed, every), why=ANNOUNCED, idle=idle)
    # News from before the subscription was not announced.
    is_unannounced = is_changed and polled_at is not None and pushed.since <= polled_at
    if pushed.is_silent or is_unannounced:
        return Meant(idle=idle, is_silent=True)
    return Meant(wait=lull(pushed, every), why=ANNOUNCED, idle=idle)


def lull(pushed: Pushed, every: timedelta) -> timedelta:
    """
    The interval of polls while pushes come: never so long that half of the feed's entries may have been replaced.

    Even if all pushes were lost, no entry would be missed.
    """
    wait = min(every * LULL, max(LONGEST_LULL, every))
    if pushed.a_week:
        wait = min(wait, timedelta(days=7) * (pushed.entries or FEW_ENTRIES) / pushed.a_week / 2)
    return max(wait, every)


def pushed_due(now: datetime, polled_at: datetime | None, idle: int) -> datetime:
    """When a poll that a push at `now` asks for is due."""
    spacing: timedelta = min(SPACING * 2 ** min(idle, 10), LONGEST_SPACING)
    return now if polled_at is None else max(now, min(polled_at, now) + spacing)


# --- subscriptions ---------------------------------------------------------------------------------------------------


def lease_of(seconds: str | None) -> timedelta:
    """The lease that a hub gives. A missing number, or no positive number, is the one that feedsvc asked for."""
    text = (seconds or "").strip()
    if not (text.isascii() and text.isdigit()) or not int(text[:12]):
        return LEASE
    return min(timedelta(seconds=int(text[:12])), LONGEST_LEASE)


def renewal(lease: timedelta, now: datetime) -> datetime:
    """When a lease that begins now is renewed."""
    return now + max(lease * RENEWED, EARLIEST_RENEWAL)


def retry(failures: int, headers: Mapping[str, str], now: datetime) -> datetime:
    """When a hub is asked again after so many failures in a row. `headers` are those of its answer."""
    wait: timedelta = min(RETRY * 2 ** min(failures - 1, 20), LONGEST_RETRY)
    asked = retry_after(headers.get("retry-after", ""), now) or timedelta()
    return now + max(wait, min(asked, DENIED))
