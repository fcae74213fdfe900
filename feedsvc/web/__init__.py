"""The HTTP side: thin. Everything it sends was made by `publish`; flask's one home."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from flask import Flask

from feedsvc.config import Config
from feedsvc.publish import Publisher
from feedsvc.store import Store
from feedsvc.web import errors, feeds, headers, ops, pages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Clock = Callable[[], datetime]

#: Seconds for which a browser keeps the stylesheet.
STATIC_MAX_AGE = 3600


def utc_now() -> datetime:
    """The clock of production."""
    return datetime.now(UTC)


def create_app(config: Config, store: Store, clock: Clock = utc_now) -> Flask:
    """The WSGI application over an open store. Its parts are all in its `extensions`; nothing is global."""
    app = Flask(__name__, static_folder=None)
    # A redirect of Werkzeug's own would be built from the Host header: `//` in a path is a wrong path.
    app.url_map.merge_slashes = False
    app.static_folder = "static"
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_MAX_AGE
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    publisher = Publisher(store=store, configured=config.catalogue)
    prefix = urlsplit(config.site.base_url).path
    app.register_blueprint(feeds.blueprint(publisher, prefix, config.aliases, clock))
    app.register_blueprint(pages.blueprint(publisher, prefix))
    configured = {spec.name for spec in config.sources} | {spec.name for spec in config.upstreams}
    app.register_blueprint(ops.blueprint(store, configured, clock))
    app.after_request(headers.security(config.frame_ancestors, config.frame_hosts))
    errors.register(app, prefix)
    if prefix:
        app.wsgi_app = _Prefixed(app, unquote(prefix))  # type: ignore[method-assign]  # as Flask documents it
    return app


class _Prefixed:
    """
    Takes base_url's path prefix off a request's path, where it is there.

    A proxy may pass it on or take it off itself: both work. The prefix may also be a path of ours (`/feeds`): it is
    taken off only where an address of ours is left.
    """

    def __init__(self, app: Flask, prefix: str) -> None:
        self.app = app.wsgi_app
        self.urls = app.url_map.bind("")
        self.prefix = prefix.encode().decode("latin-1")

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == self.prefix or path.startswith(self.prefix + "/"):
            rest = path[len(self.prefix) :] or "/"
            if self.urls.test(rest.encode("latin-1").decode("utf-8", "replace"), "GET"):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + self.prefix
                environ["PATH_INFO"] = rest
        return self.app(environ, start_response)
