"""The web application. It serves what `publish` makes. No other package uses Flask."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from flask import Flask

from feedsvc.config import Config
from feedsvc.publish import Publisher
from feedsvc.store import Store
from feedsvc.web import errors, feeds, headers, ops, pages
from feedsvc.web.prefix import WithoutPrefix

Clock = Callable[[], datetime]

#: Seconds for which a browser caches the stylesheet.
STATIC_MAX_AGE = 3600


def utc_now() -> datetime:
    """The current time."""
    return datetime.now(UTC)


def create_app(config: Config, store: Store, clock: Clock = utc_now) -> Flask:
    """The WSGI application for an open store. It has no global state."""
    app = Flask(__name__, static_folder=None)
    # Werkzeug would redirect a path with `//` to an address made from the Host header. Such a path gets 404 instead.
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
        app.wsgi_app = WithoutPrefix(app, unquote(prefix))  # type: ignore[method-assign]  # as Flask documents it
    return app
