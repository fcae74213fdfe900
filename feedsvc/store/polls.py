"""
Upstreams, and when each is polled. The schedule is in the database; the host is the unit of work (`hosts.py`).

An upstream has a digest of its configuration. When that changes, an earlier failure may be over, so it is polled at
once.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from feedsvc.identity import digest, plain, shallow
from feedsvc.model import Announced, FetchPolicy, Hints, Rules, UpstreamSpec, Validators
from feedsvc.schedule import LONGEST, Meant, Move, Next, Pace, Pushed
from feedsvc.store import backfills, hints, hosts, pushes
from feedsvc.store.hosts import HostClaim, claim, mine, release, renew
from feedsvc.store.lookups import chunks
from feedsvc.store.poll_counts import ADD, ADDED, counted
from feedsvc.store.poll_states import as_json
from feedsvc.store.schema import backfill, host, source, upstream
from feedsvc.store.sources import find_or_add

__all__ = [
    "Due", "HostClaim", "Outcome", "Poll", "ask", "claim", "close", "configured_of", "current", "define", "due_of",
    "mine", "release", "renew",
]  # fmt: skip

#: The name of feedsvc, with its version, in a user agent.
OWN_VERSION = re.compile(r"^feedsvc/[^ ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An upstream that is to be polled."""

    source_id: int
    name: str
    url: str
    validators: Validators
    body_hash: str | None
    #: The marks of that answer's entries.
    marks: frozenset[str]
    hints: Hints
    pace: Pace
    move: Move | None
    #: Digest of the settings that its entries were last made under; None before the first.
    settings: str | None
    #: Digest of its configuration.
    configured: str | None = None
    #: Since when it is due.
    since: datetime | None = None
    #: When it was polled last, and how long its last answers took (`upstream.durations`).
    polled_at: datetime | None = None
    durations: str | None = None
    #: Whether its next answer has to be read for the address of its first older page.
    wants_older_page: bool = False
    #: The hubs that it names, and their pushes.
    announced: Announced = field(default_factory=Announced)
    pushed: Pushed = field(default_factory=Pushed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The saved part of a poll."""

    following: Next
    move: Move | None
    #: The URL of the next poll, where it changed.
    url: str | None = None
    error: str | None = None
    #: Of an answer whose entries are saved; None keeps what there is.
    validators: Validators | None = None
    body_hash: str | None = None
    marks: Sequence[str] | None = None
    hints: Hints | None = None
    is_changed: bool = False
    #: Problems with items of that answer; None keeps what there is.
    problems: Sequence[str] | None = None
    #: How many items of that answer were taken down; None keeps what there is.
    blocked: int | None = None
    #: Hosts that must not be polled, and until when.
    hold: Mapping[str, datetime] = field(default_factory=dict)
    #: How long the answer took; None if there was none.
    seconds: float | None = None
    #: Whether entries may have been missed since the poll before.
    is_missing: bool = False
    #: The hubs that the upstream names now, and what the poll means for their pushes; None keeps what there is.
    announced: Announced | None = None
    meant: Meant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """An upstream that is polled, and the claim of its host. The last poll of a claim releases the host."""

    claim: HostClaim
    due: Due
    is_last: bool


# --- the upstreams that there are ------------------------------------------------------------------------------------


def define(db: sa.Connection, specs: Sequence[UpstreamSpec], now: datetime) -> None:
    """
    Make the stored upstreams follow the configuration.

    A new upstream is due at once. So is one whose settings changed, also if it failed or was gone. If its URL changed,
    it begins anew, and its entries keep their identities. An upstream that left the configuration is not polled.
    """
    present = {
        row.name: row
        for row in db.execute(sa.select(source.c.name, upstream).join(source, source.c.id == upstream.c.source_id))
    }
    for spec in specs:
        row = present.get(spec.name)
        if row is None:
            values = {"source_id": find_or_add(db, spec.name), **_anew(db, spec, now)}
            db.execute(sa.insert(upstream).values(**values))
            continue
        change = sa.update(upstream).where(upstream.c.source_id == row.source_id)
        if row.configured_url != spec.url or (row.next_due is None and row.error is None):
            db.execute(change.values(**_anew(db, spec, now)))
        elif row.configured != (configured := configured_of(spec)):
            # An older release stored no digest. Only an upstream that fails may have been mended since.
            is_changed = row.configured is not None or row.error is not None
            db.execute(change.values(configured=configured, **({"next_due": now, **FORGOTTEN} if is_changed else {})))
    kept = {spec.name for spec in specs}
    gone = [row.source_id for name, row in present.items() if name not in kept and (row.next_due or row.error)]
    for chunk in chunks(gone):
        left = {"next_due": None, "error": None, "why": "no longer configured"}
        db.execute(sa.update(upstream).where(upstream.c.source_id.in_(chunk)).values(**left))
    asking = {one.name: backfills.Wanted(one.url, configured_of(one)) for one in specs if one.history}
    backfills.follow(db, asking, now)
    hosts.settle(db, now)


#: Columns that are reset when the settings of an upstream change: its failures, and its validators.
FORGOTTEN: Mapping[str, object] = {
    "failures": 0, "error": None, "why": "its settings changed", "etag": None, "last_modified": None,
    "validated_url": None,
}  # fmt: skip


def _anew(db: sa.Connection, spec: UpstreamSpec, now: datetime) -> dict[str, object]:
    return {
        "host_id": hosts.host_of(db, spec.url), "configured_url": spec.url, "url": spec.url,
        "configured": configured_of(spec), "problems": None,
        "next_due": now, "etag": None, "last_modified": None, "validated_url": None, "body_hash": None,
        "marks": None, "hints": None, "durations": None,
        "failures": 0, "haste": 1, "moved_to": None, "moved_since": None, "error": None,
        "why": None,
        "hubs": None, "push_idle": 0, "is_silent": False,
    }  # fmt: skip


@lru_cache(2**16)  # more than a worker usually has
def configured_of(spec: UpstreamSpec) -> str:
    """
    A digest of the configuration of a source. Its secrets cannot be read from the digest.

    Defaults and the version of feedsvc do not count, so that a new release polls no source anew.
    """
    policy = {
        **_chosen(spec.policy), "ports": sorted(spec.policy.ports),
        "user_agent": OWN_VERSION.sub("", spec.policy.user_agent),
    }  # fmt: skip
    said = {
        **_chosen(spec), **_chosen(spec.rules), "timezone": str(spec.timezone), "every": spec.every.total_seconds(),
        "policy": policy,
    }  # fmt: skip
    said.pop("rules", None)  # its fields stand beside the others
    return digest(json.dumps(said, sort_keys=True, default=plain).encode())


def current(db: sa.Connection, specs: Iterable[UpstreamSpec]) -> list[UpstreamSpec]:
    """The specs that are as `define` stored them last. A process with a former configuration has others."""
    rows = db.execute(sa.select(source.c.name, upstream.c.configured).join(upstream))
    stored = {row.name: row.configured for row in rows}
    return [one for one in specs if one.name in stored and stored[one.name] in {None, configured_of(one)}]


def _chosen(settings: FetchPolicy | Rules | UpstreamSpec) -> dict[str, object]:
    defaults = {one.name: one.default for one in fields(settings)}
    return {name: value for name, value in shallow(settings).items() if value != defaults[name]}


def ask(db: sa.Connection, names: Collection[str], now: datetime, *, is_forced: bool) -> dict[str, datetime]:
    """
    Let the upstreams of these sources be due now, also those that are gone.

    If their host must not be polled yet, they stay as they are, unless it `is_forced`. Returns until when, by name.
    """
    rows = db.execute(
        sa.select(source.c.name, upstream.c.source_id, upstream.c.host_id, host.c.held_until)
        .join(source, source.c.id == upstream.c.source_id)
        .join(host, host.c.id == upstream.c.host_id)
        .where(source.c.name.in_(list(names)))
    ).all()
    if is_forced:
        hosts.let_go(db, [row.host_id for row in rows])
    held = {row.name: row.held_until for row in rows if row.held_until and row.held_until > now and not is_forced}
    asked = [row.source_id for row in rows if row.name not in held]
    db.execute(sa.update(upstream).where(upstream.c.source_id.in_(asked)).values(next_due=now))
    hosts.settle(db, now)
    return held


# --- the upstreams that are due --------------------------------------------------------------------------------------


def due_of(db: sa.Connection, host_ids: Collection[int], now: datetime) -> dict[int, list[Due]]:
    """The upstreams of each host that are due, the longest waiting first."""
    found: dict[int, list[Due]] = {host_id: [] for host_id in host_ids}
    rows = db.execute(
        sa.select(
            upstream, source.c.name, source.c.settings, backfill.c.source_id.label("backfill_id"), *pushes.columns(now)
        )
        .join(source, source.c.id == upstream.c.source_id)
        .outerjoin(backfill, sa.and_(backfill.c.source_id == upstream.c.source_id, backfills.WAITS_FOR_PAGE))
        .where(
            upstream.c.host_id.in_(list(host_ids)),
            sa.or_(upstream.c.next_due <= now, upstream.c.next_due > now + LONGEST),
        )
        .order_by(upstream.c.next_due, upstream.c.source_id)
    )
    for row in rows:
        one = Due(
            source_id=row.source_id,
            name=row.name,
            url=row.url,
            validators=Validators(etag=row.etag, last_modified=row.last_modified, url=row.validated_url),
            body_hash=row.body_hash,
            marks=frozenset((row.marks or "").split()),
            hints=hints.hints_of(row.hints),
            pace=Pace(failures=row.failures, haste=row.haste),
            move=Move(url=row.moved_to, since=row.moved_since) if row.moved_to else None,
            settings=row.settings,
            configured=row.configured,
            since=row.next_due,
            polled_at=row.polled_at,
            durations=row.durations,
            wants_older_page=row.backfill_id is not None,
            announced=pushes.announced_of(row.hubs),
            pushed=pushes.pushed_of(row),
        )
        found[row.host_id].append(one)
    return found


# --- the results of polls --------------------------------------------------------------------------------------------


def close(db: sa.Connection, polled: Sequence[tuple[Poll, Outcome]], now: datetime) -> None:
    """Save the results of polls. The last poll of a host releases it."""
    rows: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for poll, outcome in polled:
        known = {"of_source": poll.due.source_id, "of_url": poll.due.url, "of_configured": poll.due.configured}
        known |= pushes.parameters(poll.due.pushed, outcome.following, now)
        row = known | _remembered(db, poll, outcome, now) | counted(poll.due.durations, outcome)
        rows.setdefault(tuple(row), []).append(row)
    for names, alike in rows.items():
        # The result of a former URL, or of former settings, does not count.
        new: dict[str, object] = {name: sa.bindparam(name) for name in names if not name.startswith(("of_", ADD))}
        db.execute(_SAVE.values({**new, **ADDED, "next_due": pushes.next_due()}), alike)
    for _, outcome in polled:
        hosts.hold(db, outcome.hold)
    release(db, [poll.claim for poll, _ in polled if poll.is_last])
    if moved := {hosts.name_of(outcome.url) for _, outcome in polled if outcome.url}:
        hosts.settle(db, now, moved)


_SAVE = sa.update(upstream).where(
    upstream.c.source_id == sa.bindparam("of_source"),
    upstream.c.url == sa.bindparam("of_url"),
    upstream.c.configured.is_not_distinct_from(sa.bindparam("of_configured", type_=sa.Text)),
    upstream.c.next_due.is_not(None),
)


def _remembered(db: sa.Connection, poll: Poll, outcome: Outcome, now: datetime) -> dict[str, object]:
    """The columns that a poll changes."""
    values: dict[str, object] = {
        "next_due": outcome.following.due,
        "failures": outcome.following.pace.failures,
        "haste": outcome.following.pace.haste,
        "moved_to": outcome.move.url if outcome.move else None,
        "moved_since": outcome.move.since if outcome.move else None,
        "polled_at": now,
        "error": outcome.error,
        "why": outcome.following.why or None,
    }
    if outcome.error is None:
        values["succeeded_at"] = now
    if outcome.is_changed:
        values["changed_at"] = now
    if outcome.validators is not None:
        given = outcome.validators
        values |= {"etag": given.etag, "last_modified": given.last_modified, "validated_url": given.url}
    if outcome.body_hash is not None:
        values["body_hash"] = outcome.body_hash
    if outcome.marks is not None:
        values["marks"] = " ".join(outcome.marks)
    if outcome.hints is not None:
        values["hints"] = hints.as_json(outcome.hints)
    if outcome.problems is not None:
        values["problems"] = as_json(outcome.problems)
    if outcome.blocked is not None:
        values["blocked"] = outcome.blocked or None
    values |= pushes.remembered(poll.due.pushed, outcome.announced, outcome.meant)
    if outcome.url is not None:
        values |= {"url": outcome.url, "host_id": hosts.host_of(db, outcome.url)}
    return values
