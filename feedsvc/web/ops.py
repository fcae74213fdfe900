"""Endpoints for monitoring, and robots.txt."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify

from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, feeds, migrate, placing, seed_files

#: An entry that is due appears in feeds within seconds. If it waits longer than this, no update or worker runs.
LATE = timedelta(minutes=10)


def blueprint(store: Store, configured: Collection[str], clock: Callable[[], datetime]) -> Blueprint:
    """`/livez`, `/readyz` (also `/healthz`) and `/robots.txt`; `configured` are the names of the sources."""
    views = Blueprint("ops", __name__)

    @views.get("/livez")
    def livez() -> Response:
        """Say that the process answers."""
        return _uncached(jsonify(status="ok"))

    @views.get("/readyz")
    @views.get("/healthz")
    def readyz() -> Response:
        """
        Say whether the database answers, has the schema of this version, and holds a published feed.

        The log gives the reason if not. `held` counts missing seeds whose entries stay, `waiting` counts entries that
        no feed shows yet: both are for the operator. Sources that are no longer configured are not counted.
        """
        try:
            migrate.require_current(store)
            with store.read() as db:
                is_empty = feeds.is_empty(db)
                all_held, all_waiting = seed_files.held(db), placing.count_waiting(db, clock() - LATE)
        except FeedsvcError:
            return _not_ready(status="unavailable", database="unavailable")
        if is_empty:
            return _not_ready(status="starting", database="ok")
        held = {name: number for name, number in all_held.items() if name in configured}
        waiting = sum(number for name, number in all_waiting.items() if name in configured)
        # The service is still ready, because what is published stays. An operator should look at the cause.
        doubts = {name: value for name, value in (("held", held), ("waiting", waiting)) if value}
        return _uncached(jsonify(status="degraded" if doubts else "ok", database="ok", **doubts))

    @views.get("/robots.txt")
    def robots() -> Response:
        """Allow robots to read everything."""
        return Response("User-agent: *\nAllow: /\n", content_type="text/plain; charset=utf-8")

    return views


def _not_ready(**said: str) -> Response:
    response = jsonify(**said)
    response.status_code = 503
    response.headers["Retry-After"] = "10"
    return _uncached(response)


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
