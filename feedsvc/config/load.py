"""Makes a Config of the file and the environment, or names every problem at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from feedsvc.catalogue import Catalogue, FeedKind
from feedsvc.config.database import database_url
from feedsvc.config.document import read
from feedsvc.config.environment import overlay
from feedsvc.config.feeds import catalogue_of, feed_contradictions
from feedsvc.config.fruitless import fruitless
from feedsvc.config.problems import Places, problems_of, shown
from feedsvc.config.pushes import pushed, unheard
from feedsvc.config.rights import undeclared
from feedsvc.config.schema import Root, SeedsSection, UpstreamSection
from feedsvc.config.sources import http_policy, hub_policy, problem_at, seeds_source, upstream_source
from feedsvc.config.values import ANY_FEED, OWN_HUB, SIGNALS
from feedsvc.config.webhooks import webhooks_of
from feedsvc.errors import ConfigError, Problem
from feedsvc.model import FORMATS, FetchPolicy, Format, Revisions, Site, SourceSpec, UpstreamSpec, Webhook

#: Minutes. A source that is polled more often has a warning.
OFTEN = 30

DEFAULT_PORT = 8000
HIGHEST_PORT = 65535

#: Used where the configuration has no tag; `check` says that the operator should set one.
DEFAULT_TAG = "feedsvc.invalid,2026"

#: Addresses of feeds that readers have from Hexo and similar software.
DEFAULT_ALIASES = {
    "/atom.xml": "all.atom", "/rss.xml": "all.rss", "/rss2.xml": "all.rss", "/feed.json": "all.json",
    "/feed": "all.rss", "/feed.xml": "all.rss", "/index.xml": "all.rss", "/rss": "all.rss",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What robots are told in `/robots.txt`."""

    is_allowed: bool = True
    #: The name of a use of the content, and whether it is allowed (contentsignals.org).
    signals: tuple[tuple[str, bool], ...] = ()
    #: Robots that must read nothing.
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A valid configuration."""

    path: Path
    site: Site
    #: Of kind `seeds`.
    sources: tuple[SourceSpec, ...]
    upstreams: tuple[UpstreamSpec, ...]
    catalogue: Catalogue
    #: Kind and name of a feed → the place where the configuration gives it an address.
    addressed: Mapping[tuple[FeedKind, str], Problem]
    #: Path → slug and format.
    aliases: Mapping[str, tuple[str, Format]]
    #: The sites that may show our pages in a frame, as CSP sources.
    frame_ancestors: tuple[str, ...]
    #: The articles whose pages show revisions.
    revisions: Revisions
    #: Hosts of players, besides the sanitiser's own list.
    frame_hosts: tuple[str, ...]
    #: The proxies whose X-Forwarded-For counts.
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    #: The networks that may see `/status` and `/metrics`, besides this machine.
    status_networks: tuple[IPv4Network | IPv6Network, ...]
    robots: Robots
    #: For requests to subscribers of our hub, and to a hub of others.
    hub_policy: FetchPolicy
    webhooks: tuple[Webhook, ...]
    database_url: str
    port: int
    #: Whether base_url is the address where this process listens, because the configuration has none.
    is_base_url_guessed: bool
    #: Whether the address is known: base_url or PORT is set. If not, even the port is a guess.
    has_address: bool
    #: Settings that work, but perhaps not as their author thinks.
    warnings: tuple[Problem, ...]
    #: The categories that defined feeds and the section `categories` name, each with its place.
    asked: tuple[tuple[str, Problem], ...]
    #: The categories that the configuration gives to entries of a source.
    given: frozenset[str]
    #: The aliases of the configuration, each with its place.
    aliased: tuple[tuple[str, Problem], ...]
    #: The policy of requests that belong to no source.
    policy: FetchPolicy
    #: Names of the upstreams at whose hubs feedsvc subscribes.
    pushed: frozenset[str]
    #: A source of kind `seeds` → the place where its folder is named.
    places: Mapping[str, Problem]

    @property
    def places_of_sources(self) -> dict[str, str]:
        """The folder or URL of each source, by its name."""
        return {one.name: one.path for one in self.sources} | {one.name: one.url for one in self.upstreams}


def find(environ: Mapping[str, str]) -> Path:
    """
    The path of the configuration to use.

    It is FEEDSVC_CONFIG, else `config/feedsvc.yaml` in the current directory, else the sample in the package.
    """
    if path := environ.get("FEEDSVC_CONFIG"):
        return Path(path)
    here = Path("config", "feedsvc.yaml")
    package = Path(__file__).parents[1]
    brought = (package / "_data" / here, package.parent / here)
    return next((path for path in (here, *brought) if path.is_file()), here)


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration in `path`, with `environ` over it. Raises ConfigError with all problems."""
    document = read(path)
    values, origins, problems = overlay(document.values, environ)
    place = Places(document, origins)
    root, bad_values = _validated(values, place)
    port, bad_port = _port(environ)
    url, bad_database, notes = database_url(path, environ, Path.cwd())
    problems += bad_values + bad_port + bad_database
    site = _site(root, port) if root else None
    sources, bad_sources = _sources(root, site, path.parent, place) if root and site else ((), [])
    upstreams, bad_upstreams = _upstreams(root, site, path.parent, place) if root and site else ((), [])
    problems += bad_sources + bad_upstreams
    if problems or root is None or site is None:
        raise ConfigError(tuple(sorted(problems, key=lambda one: (one.line or 0, one.column or 0))))
    return Config(
        path=path,
        site=site,
        sources=sources,
        upstreams=upstreams,
        catalogue=catalogue_of(root, site),
        addressed=dict(_addressed(root, place)),
        aliases=_aliases(root),
        frame_ancestors=tuple(root.web.frame_ancestors),
        revisions=root.web.revisions,
        frame_hosts=tuple(root.web.frame_hosts),
        trusted_proxies=tuple(ip_network(one) for one in root.web.trusted_proxies),
        status_networks=tuple(ip_network(one) for one in root.web.status_networks),
        robots=_robots(root),
        hub_policy=hub_policy(root.web.hub, root.http, site),
        webhooks=webhooks_of(root, site),
        database_url=url,
        port=port,
        is_base_url_guessed=root.site.base_url is None,
        has_address=root.site.base_url is not None or bool(environ.get("PORT")),
        warnings=(*notes, *_warnings(root, place)),
        asked=tuple(_asked(root, place)),
        given=frozenset(name for one in root.sources.values() for name in _given(one)),
        aliased=tuple((alias, place.problem(("web", "aliases", alias), "")) for alias in root.web.aliases),
        policy=http_policy(root.http, site),
        pushed=frozenset(pushed(root)),
        places=dict(_places(root, place)),
    )


def _validated(values: dict[str, Any], place: Places) -> tuple[Root | None, list[Problem]]:
    try:
        root = Root.model_validate(values)
    except ValidationError as error:
        return None, list(problems_of(error, place))
    return root, [*feed_contradictions(root, place), *_contradictions(root, place)]


def _aliases(root: Root) -> dict[str, tuple[str, Format]]:
    targets = ((alias, split_target(target)) for alias, target in (DEFAULT_ALIASES | root.web.aliases).items())
    return {alias: target for alias, target in targets if target}


def split_target(target: str) -> tuple[str, Format] | None:
    """`all.atom` → `all`, `atom`. None if the format is unknown."""
    slug, _, suffix = target.rpartition(".")
    return next(((slug, form) for form in FORMATS if form == suffix and slug), None)


# --- what is wrong ---------------------------------------------------------------------------------------------------


def _contradictions(root: Root, place: Places) -> Iterator[Problem]:
    """Settings that are valid alone, and wrong together."""
    if root.site.hub == OWN_HUB and root.site.base_url is None:
        reason = "our own hub needs site.base_url, the address by which subscribers find it"
        yield place.problem(("site", "hub"), reason)
    for alias, target in root.web.aliases.items():
        if split_target(target) is None:
            yield place.problem(("web", "aliases", alias), "write a feed and its format, e.g. all.atom")
        elif (ANY_FEED in alias) != target.startswith(f"{ANY_FEED}."):
            reason = f"{ANY_FEED} stands in both or in neither, e.g. /categories/{ANY_FEED}/feed: {ANY_FEED}.rss"
            yield place.problem(("web", "aliases", alias), reason)
    for name, source in root.sources.items():
        if isinstance(source, SeedsSection) and source.path is None and source.hexo_config is None:
            yield place.problem(("sources", name, "path"), "this key is needed", at_parent=True)
        if isinstance(source, SeedsSection) and source.permalink and source.hexo_config:
            reason = "hexo_config says this already; leave one of the two out"
            yield place.problem(("sources", name, "permalink"), reason)


def _warnings(root: Root, place: Places) -> Iterator[Problem]:
    yield from undeclared(root, place)
    yield from unheard(root, place)
    yield from fruitless(root, place)
    for name, source in root.sources.items():
        if isinstance(source, UpstreamSection) and source.every < OFTEN:
            yield place.problem(("sources", name, "every"), "few hosts like more than two polls in an hour")
    if root.site.tag is None:
        yield place.problem(
            ("site", "tag"),
            f"not set; guids are made with {DEFAULT_TAG!r}. Set your own before anybody "
            "subscribes: it can never change later",
            at_parent=True,
        )


def _asked(root: Root, place: Places) -> Iterator[tuple[str, Problem]]:
    for slug, feed in root.feeds.items():
        for index, name in enumerate(feed.categories):
            yield name, place.problem(("feeds", slug, "categories", index), "")
    for name, category in root.categories.items():
        yield name, place.problem(("categories", name), "")
        if category and category.parent:
            yield category.parent, place.problem(("categories", name, "parent"), "")


def _addressed(root: Root, place: Places) -> Iterator[tuple[tuple[FeedKind, str], Problem]]:
    for slug in root.feeds:
        yield ("defined", slug), place.problem(("feeds", slug), "")
    for name in root.categories:
        yield ("category", name), place.problem(("categories", name, "slug"), "")


def _places(root: Root, place: Places) -> Iterator[tuple[str, Problem]]:
    for name, source in root.sources.items():
        if isinstance(source, SeedsSection):
            key = "hexo_config" if source.path is None else "path"
            yield name, place.problem(("sources", name, key), "")


def _given(source: SeedsSection | UpstreamSection) -> tuple[str, ...]:
    mapped = source.map.values() if isinstance(source, UpstreamSection) else ()
    return (*source.categories, *mapped)


# --- what is right ---------------------------------------------------------------------------------------------------


def _port(environ: Mapping[str, str]) -> tuple[int, list[Problem]]:
    text = environ.get("PORT", "").strip()
    if not text:
        return DEFAULT_PORT, []
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT:
        return int(text), []
    return DEFAULT_PORT, [
        Problem(place="env PORT", reason=f"write a number from 1 to {HIGHEST_PORT} (got {shown(text)})")
    ]


def _robots(root: Root) -> Robots:
    said = root.web.robots
    signals = tuple((name, said.signals[name]) for name in SIGNALS if name in said.signals)
    return Robots(is_allowed=said.allow, signals=signals, refused=tuple(dict.fromkeys(said.disallow)))


def _site(root: Root, port: int) -> Site:
    site = root.site
    base_url = site.base_url or f"http://127.0.0.1:{port}"
    return Site(
        title=site.title,
        base_url=base_url,
        language=site.language,
        timezone=ZoneInfo(site.timezone),
        tag=site.tag or DEFAULT_TAG,
        contact=site.contact,
        rights=site.rights,
        image=site.image,
        hub=f"{base_url}/hub" if site.hub == OWN_HUB else site.hub,
    )


def _sources(root: Root, site: Site, folder: Path, place: Places) -> tuple[tuple[SourceSpec, ...], list[Problem]]:
    sources, problems = [], list[Problem]()
    for name, section in root.sources.items():
        if isinstance(section, SeedsSection):
            try:
                sources.append(seeds_source(name, section, site, folder, tuple(sorted(root.web.frame_hosts))))
            except ConfigError as error:
                problems += problem_at(place.problem(("sources", name, "hexo_config"), ""), error)
    return tuple(sources), problems


def _upstreams(root: Root, site: Site, folder: Path, place: Places) -> tuple[tuple[UpstreamSpec, ...], list[Problem]]:
    frames = tuple(sorted(root.web.frame_hosts))
    upstreams, problems = [], list[Problem]()
    for name, section in root.sources.items():
        if isinstance(section, UpstreamSection):
            try:
                upstreams.append(upstream_source(name, section, root.http, site, folder, frames))
            except ConfigError as error:
                problems += problem_at(place.problem(("sources", name, "ca"), ""), error)
    return tuple(upstreams), problems
