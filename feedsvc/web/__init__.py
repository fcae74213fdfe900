"""The web application. It serves what `publish` makes. No other package uses Flask."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import unquote, urlsplit

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

from feedsvc.config import Config
from feedsvc.config.rights import is_public
from feedsvc.publish import Publisher
from feedsvc.publish.explaining import Configured as Stated
from feedsvc.publish.status import Configured
from feedsvc.store import Store
from feedsvc.store.changes import Changes
from feedsvc.store.clock import Clock, utc_now
from feedsvc.web import counting, errors, explaining, feeds, headers, hub, operators, ops, pages, robots, status, websub
from feedsvc.web.access import Access
from feedsvc.web.hot import HotLayer
from feedsvc.web.negotiation import chosen_language
from feedsvc.web.prefix import WithoutPrefix
from feedsvc.web.query import name_of
from feedsvc.web.routes import Routes
from feedsvc.web.views import Views


class Plain(IntegerConverter):
    """A number in a path, without zeros in front: no document has two addresses, and each kept answer has one name."""

    regex = r"0|[1-9]\d*"


def _refuse_other_names() -> None:
    """Answer 404 to `//feeds/all.rss`: Werkzeug takes it for `/feeds/all.rss`."""
    if request.environ["PATH_INFO"].startswith("//"):
        abort(404)


def create_app(
    config: Config, store: Store, clock: Callable[[], datetime] = utc_now, *, is_static: bool = False
) -> Flask:
    """The WSGI application for an open store. It has no global state. `is_static`: its answers become files."""
    app = Flask(__name__, static_folder=None)
    # Werkzeug would redirect a path with `//` to an address made from the Host header. Such a path gets 404 instead.
    app.url_map.merge_slashes = False
    app.url_map.converters["int"] = Plain
    app.before_request(_refuse_other_names)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    publisher = Publisher(store=store, configured=config.catalogue)
    prefix = urlsplit(config.site.base_url).path
    policies = headers.policies(config.frame_ancestors)
    views = Views(publisher, clock, config.trusted_proxies)
    app.register_blueprint(feeds.blueprint(publisher, prefix, policies.content, config.aliases, clock, views))
    app.register_blueprint(
        pages.blueprint(publisher, prefix, policies, clock, views, config.revisions, is_static=is_static)
    )
    changes = app.extensions["feedsvc.changes"] = Changes(store)
    configured = {spec.name for spec in config.sources} | {spec.name for spec in config.upstreams}
    app.register_blueprint(ops.blueprint(store, changes, configured, clock))
    agreed = Clock(store) if clock is utc_now else clock
    app.register_blueprint(hub.blueprint(config, store, agreed))
    app.register_blueprint(websub.blueprint(store, agreed))
    app.register_blueprint(robots.blueprint(config, policies.content, clock))
    app.after_request(headers.security(policies.content))
    routes = Routes(app, unquote(prefix))
    errors.register(app, config.site, prefix, routes)
    counts = counting.Counts(store, routes, clock)
    counting.register(app, counts)
    sources = Configured(places=config.places_of_sources, seeds=config.sources)
    access = Access(
        trusted=config.trusted_proxies, networks=config.status_networks,
        host=urlsplit(config.site.base_url).hostname or "", is_public=is_public(config.site.base_url),
    )  # fmt: skip
    private = operators.blueprint(access, policies.operator)
    status.add(private, store, sources, config.site, prefix, clock, counts)
    stated = Stated(catalogue=config.catalogue, seeds=config.sources, upstreams=config.upstreams)
    explaining.add(private, store, stated, prefix, clock)
    app.register_blueprint(private)
    if prefix:
        app.wsgi_app = WithoutPrefix(app, unquote(prefix))  # type: ignore[method-assign]  # as Flask documents it
    language = partial(chosen_language, usual=config.site.language)
    key = partial(name_of, zone=config.site.timezone)
    app.wsgi_app = HotLayer(app.wsgi_app, changes, key, language, counts.count_hot)  # type: ignore[method-assign]
    return app
