"""Which route, and which feed, a path belongs to. For the numbers of requests, and for mistyped addresses."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.routing.exceptions import RequestRedirect

#: The route of addresses that there are not.
NO_ROUTE = "other"

#: What the endpoints begin with that give the document of a feed.
OF_FEEDS = ("feeds.feed_", "feeds.alias ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The route of a path."""

    rule: str
    #: The path without the prefix of base_url.
    path: str
    #: The slug of the feed whose document the path has; empty for other paths.
    feed: str = ""


class Routes:
    """The routes of an application whose base_url may have a path prefix."""

    def __init__(self, app: Flask, prefix: str) -> None:
        self.prefix = prefix
        self._app = app
        self._urls: MapAdapter | None = None

    def find(self, path: str) -> Route:
        """The route of a path, as WSGI has it: with or without the prefix."""
        plain = path.encode("latin-1", "replace").decode("utf-8", "replace")
        if self.prefix and plain.startswith(f"{self.prefix}/"):
            found = self._match(plain.removeprefix(self.prefix))
            if found.rule != NO_ROUTE:
                return found
        return self._match(plain)

    def without_slash(self, path: str) -> str | None:
        """The address of a path without the slash at its end; None if the path has none, or there is no such route."""
        found = self.find(path.removesuffix("/"))
        # Werkzeug takes `//host` for `/host`. As a redirect, it leads to another host.
        if not path.endswith("/") or "//" in path or found.rule == NO_ROUTE:
            return None
        return f"{quote(self.prefix)}{quote(found.path)}"

    def _match(self, path: str) -> Route:
        # The routes are complete when the first request has come.
        urls = self._urls = self._urls or self._app.url_map.bind("")
        try:
            rule, values = urls.match(path, "GET", return_rule=True)
        except (HTTPException, RequestRedirect):
            return Route(rule=NO_ROUTE, path=path)
        feed = str(values.get("slug", "")) if str(rule.endpoint).startswith(OF_FEEDS) else ""
        return Route(rule=rule.rule, path=path, feed=feed)
