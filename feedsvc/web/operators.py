"""Views that only the operator may see. No cache and no search engine keeps them, and no page shows them in a frame."""

from flask import Blueprint, Response, abort, request

from feedsvc.web.access import Access


def blueprint(access: Access, policy: str) -> Blueprint:
    """An empty set of such views. `policy` is their Content-Security-Policy."""
    views = Blueprint("operators", __name__)

    @views.before_request
    def require_access() -> None:
        """Answer 403 to all but the operator."""
        if not access.is_allowed(request.environ):
            abort(403)

    @views.after_request
    def hide(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Vary"] = "Accept-Language"
        response.headers["Content-Security-Policy"] = policy
        return response

    return views
