"""What machines ask of the service itself."""

from flask import Blueprint, Response, jsonify

from feedsvc.errors import FeedsvcError
from feedsvc.store import Store, migrate, sources


def blueprint(store: Store) -> Blueprint:
    """`/livez`, `/readyz` (also `/healthz`) and `/robots.txt`."""
    views = Blueprint("ops", __name__)

    @views.get("/livez")
    def livez() -> Response:
        """The process answers."""
        return _uncached(jsonify(status="ok"))

    @views.get("/readyz")
    @views.get("/healthz")
    def readyz() -> Response:
        """The database answers, and has the schema of this version. Why not stands in the log, not here."""
        try:
            migrate.require_current(store)
            with store.read() as db:
                held = sources.held(db)
        except FeedsvcError:
            response = jsonify(status="unavailable", database="unavailable")
            response.status_code = 503
            response.headers["Retry-After"] = "10"
            return _uncached(response)
        if held:
            # Still ready: what is published stays. But somebody should look.
            return _uncached(jsonify(status="degraded", database="ok", held=held))
        return _uncached(jsonify(status="ok", database="ok"))

    @views.get("/robots.txt")
    def robots() -> Response:
        """Everything may be read."""
        return Response("User-agent: *\nAllow: /\n", content_type="text/plain; charset=utf-8")

    return views


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
