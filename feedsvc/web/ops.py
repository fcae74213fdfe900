"""Endpoints for monitoring."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from feedsvc.errors import FeedsvcError, StoreError
from feedsvc.publish.status import LATE, late
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Connection, Store, activity, feeds, migrate, outdated, placing, seed_files, writing
from feedsvc.store.activity import Activity
from feedsvc.store.changes import Changes
from feedsvc.web.errors import BusyError
from feedsvc.web.hot import REFUSED

#: A transaction of feedsvc ends sooner, but for the first import of a very large folder.
LONG_LOCKED = timedelta(minutes=1)

#: The endpoints that answer without the database, or say themselves that it hangs. Without an endpoint, it is a 404.
WITHOUT_DATABASE = frozenset({"ops.livez", "ops.readyz", "robots.robots", "pages.asset", None})


@dataclass(slots=True)
class _Locked:
    """Since when this process finds the database locked, each time that it looks; None if it was free."""

    since: datetime | None = None


def blueprint(store: Store, changes: Changes, configured: Collection[str], clock: Callable[[], datetime]) -> Blueprint:
    """`/livez` and `/readyz` (also `/healthz`); `configured` are the names of the sources."""
    views = Blueprint("ops", __name__)
    locked = _Locked()

    @views.get("/livez")
    def livez() -> Response:
        """Say that the process answers."""
        return _uncached(jsonify(status="ok"))

    @views.get("/readyz")
    @views.get("/healthz")
    def readyz() -> Response:
        """
        Say whether the database answers, has the schema of this version, and holds a published feed.

        The log gives the reason if not. config/operating.md explains the fields.
        """
        if changes.is_hanging:
            return _not_ready(status="unavailable", database="unavailable")
        if request.environ.get(REFUSED):
            return _not_ready(status="busy")
        now = clock()
        try:
            migrate.require_current(store)
            with store.read() as db:
                is_empty, work, doubts = feeds.is_empty(db), activity.read(db), _doubts(db, configured, now)
                progress = _progress(work, configured, outdated.count(db, POLICY_VERSION))
            doubts |= {**_lateness(work, now), **_obstacle(writing.obstacle(store), locked, now)}
        except (FeedsvcError, OSError):
            return _not_ready(status="unavailable", database="unavailable")
        ages = {name: max(0, int((now - one.at).total_seconds())) for name, one in work.done.items()}
        said = {"database": "ok", **({"seconds_since": ages} if ages else {}), **progress, **doubts}
        if is_empty:
            return _not_ready(status="starting", **said)
        # The service is still ready, because what is published stays. An operator should look at the cause.
        return _uncached(jsonify(status="degraded" if doubts else "ok", **said))

    _add_guard(views, changes)
    return views


def _add_guard(views: Blueprint, changes: Changes) -> None:
    @views.before_app_request
    def require_database() -> None:
        """
        End a request that would wait for the database, while too many others do.

        The hot layer still sends the answers that it keeps.
        """
        if request.endpoint in WITHOUT_DATABASE:
            return
        if changes.is_hanging:
            raise StoreError("the database does not answer")
        if request.environ.get(REFUSED):
            raise BusyError(1)


def _doubts(db: Connection, configured: Collection[str], now: datetime) -> dict[str, Any]:
    """
    What an operator should look at in the database: seeds that are held back, and entries that no feed shows yet.

    Sources that are no longer configured do not count.
    """
    held = {name: number for name, number in seed_files.held(db).items() if name in configured}
    waiting = sum(number for name, number in placing.count_waiting(db, now - LATE).items() if name in configured)
    return {name: value for name, value in (("held", held), ("waiting", waiting)) if value}


def _progress(work: Activity, configured: Collection[str], left: int) -> dict[str, Any]:
    """How far an import is, and how many entries an older policy sanitised."""
    said: dict[str, Any] = {"outdated": left} if left else {}
    imports = {name: one for name, one in work.imports.items() if name in configured}
    if imports:
        said["import"] = {
            "done": sum(one.done for one in imports.values()),
            "total": sum(one.total for one in imports.values()),
            "sources": {name: {"done": one.done, "total": one.total} for name, one in imports.items()},
        }
    return said


def _lateness(work: Activity, now: datetime) -> dict[str, Any]:
    """The kinds of work that a process promised for an earlier time: the process hangs, or was killed."""
    found = late(work, now)
    return {"late": list(found)} if found else {}


def _obstacle(found: str | None, locked: _Locked, now: datetime) -> Mapping[str, Any]:
    """Why nothing can be written. A lock counts if it lasts: each import takes it again and again."""
    if found != writing.LOCKED:
        locked.since = None
    else:
        locked.since = locked.since or now
    is_long = locked.since is not None and now - locked.since >= LONG_LOCKED
    return {"writes": found} if found and (found != writing.LOCKED or is_long) else {}


def _not_ready(**said: object) -> Response:
    response = jsonify(**said)
    response.status_code = 503
    response.headers["Retry-After"] = "10"
    return _uncached(response)


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
