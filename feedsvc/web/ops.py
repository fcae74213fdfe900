"""What machines ask of the service itself."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify

from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, feeds, migrate, placing, seed_files

#: What was saved and is due comes into feeds within seconds. So much later, an update or a worker hangs or is missing.
LATE = timedelta(minutes=10)


def blueprint(store: Store, configured: Collection[str], clock: Callable[[], datetime]) -> Blueprint:
    """`/livez`, `/readyz` (also `/healthz`) and `/robots.txt`; `configured` are the names of the sources."""
    views = Blueprint("ops", __name__)

    @views.get("/livez")
    def livez() -> Response:
        """The process answers."""
        return _uncached(jsonify(status="ok"))

    @views.get("/readyz")
    @views.get("/healthz")
    def readyz() -> Response:
        """
        The database answers, has the schema of this version, and something was published; why not stands in the log.

        `held` and `waiting` say what the operator should look at: seeds that are missing, entries that no feed shows.
        What a source left behind that is no longer configured stays as it is, and is no reason to look.
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
        # Still ready: what is published stays. But somebody should look.
        doubts = {name: value for name, value in (("held", held), ("waiting", waiting)) if value}
        return _uncached(jsonify(status="degraded" if doubts else "ok", database="ok", **doubts))

    @views.get("/robots.txt")
    def robots() -> Response:
        """Everything may be read."""
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
