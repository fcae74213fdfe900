"""Makes a SourceSpec of a source's section, and of Hexo's own file if the section names one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from feedsvc import __version__
from feedsvc.config.document import read
from feedsvc.config.rights import notice_of, terms_of
from feedsvc.config.schema import HttpSection, HubSection, ProgramSection, SeedsSection, UpstreamSection
from feedsvc.config.values import Zone
from feedsvc.errors import ConfigError, Problem
from feedsvc.model import FetchPolicy, Permalinks, Program, Rules, Site, SourceSpec, UpstreamSpec
from feedsvc.normalize import web_url

HEXO_PERMALINK = ":year/:month/:day/:title/"

#: Longest time for a request to a subscriber or a hub, in seconds.
HUB_SECONDS = 10

#: Folders below Hexo's source folder: of articles, and of drafts.
POSTS, DRAFTS = "_posts", "_drafts"


def _address(value: str) -> str:
    scheme, mark, rest = value.strip().partition("://")
    if web_url(value) is None or not mark:
        raise ValueError("write the address of the old site, e.g. https://blog.example.org")
    return f"{scheme.lower()}://{rest}"


def _or_default(value: object) -> object:
    """Hexo treats a key without a value as a missing key."""
    return {} if value is None else value


class PrettyUrls(BaseModel):
    """`pretty_urls`."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    trailing_index: bool = True
    trailing_html: bool = True


class Marked(BaseModel):
    """`marked`, the settings of hexo-renderer-marked."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    breaks: bool = True


class HexoConfig(BaseModel):
    """The keys of Hexo's `_config.yml` that feedsvc reads (hexo.io/docs/configuration)."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    url: Annotated[str, AfterValidator(_address)]
    permalink: str = HEXO_PERMALINK
    timezone: Annotated[Zone | None, BeforeValidator(lambda value: value or None)] = None
    new_post_name: str = ":title.md"
    permalink_defaults: Annotated[dict[str, str], BeforeValidator(_or_default)] = {}
    default_category: str = "uncategorized"
    category_map: Annotated[dict[str, str], BeforeValidator(_or_default)] = {}
    filename_case: Annotated[int, Field(ge=0, le=2)] = 0
    pretty_urls: Annotated[PrettyUrls, BeforeValidator(_or_default)] = PrettyUrls()
    use_slug_as_post_title: bool = False
    post_asset_folder: bool = False
    future: bool = True
    render_drafts: bool = False
    source_dir: str = "source"
    #: The settings of hexo-blog-encrypt and hexo-hide-posts: values of any type.
    encrypt: Any = None
    hide_posts: Any = None
    marked: Annotated[Marked, BeforeValidator(_or_default)] = Marked()


def seeds_source(name: str, section: SeedsSection, site: Site, folder: Path, frames: tuple[str, ...]) -> SourceSpec:
    """
    The source, its paths made absolute from `folder`.

    Raises ConfigError if Hexo's file is named and missing, or has a value that Hexo would not take.
    """
    file = (folder / section.hexo_config).resolve() if section.hexo_config else None
    hexo = read_hexo(file) if file else None
    # Without a zone, Hexo reads dates in the zone of the machine that builds the site.
    named = section.timezone or (hexo.timezone or section.built_in if hexo else None)
    zone = ZoneInfo(named) if named else site.timezone
    has_path = section.path is not None
    path = folder / section.path if section.path else (file or folder).parent / (hexo.source_dir if hexo else "")
    has_drafts = hexo is not None and hexo.render_drafts
    return SourceSpec(
        name=name,
        kind=section.kind,
        path=str(path.resolve()),
        timezone=zone,
        tag=site.tag,
        categories=tuple(section.categories),
        rights=notice_of(section.rights),
        terms=terms_of(section.rights),
        base=section.base,
        frames=frames,
        permalinks=_permalinks(section, hexo, zone),
        folders=() if has_path else (POSTS, DRAFTS) if has_drafts else (POSTS,),
        has_drafts=has_drafts,
        has_future=hexo is not None and hexo.future,
        tags_are_feeds=section.tags == "feeds",
        locking_tags=_locking_tags(hexo.encrypt) if hexo else (),
        locked_abstract=_of_plugin(hexo.encrypt, "abstract") if hexo else None,
        hiding_fields=tuple(filter(None, [_of_plugin(hexo.hide_posts, "filter")])) if hexo else (),
    )


def _of_plugin(settings: Any, key: str) -> str | None:
    """A text of a plugin's settings; None where the settings have another shape."""
    value = settings.get(key) if isinstance(settings, dict) else None
    return value if isinstance(value, str) else None


def _locking_tags(settings: Any) -> tuple[str, ...]:
    """The tags of hexo-blog-encrypt's settings, each with a password of its own."""
    tags = settings.get("tags") if isinstance(settings, dict) else None
    named = (one.get("name") for one in tags if isinstance(one, dict)) if isinstance(tags, list) else ()
    return tuple(str(name) for name in named if name is not None)


def upstream_source(
    name: str, section: UpstreamSection, http: HttpSection, site: Site, folder: Path, frames: tuple[str, ...]
) -> UpstreamSpec:
    """The source, its files made absolute from `folder`."""
    return UpstreamSpec(
        name=name,
        url=section.url,
        policy=replace(
            http_policy(http, site),
            allow_private=section.allow_private,
            ports=frozenset(section.allow_ports),
            networks=tuple(sorted({*http.allow_networks, *section.allow_networks})),
            ca=_certificates(folder / section.ca) if section.ca else None,
            fingerprint=section.fingerprint,
            proxy=section.proxy or http.proxy,
            headers=tuple(sorted(section.headers.items())),
        ),
        timezone=ZoneInfo(section.timezone) if section.timezone else site.timezone,
        tag=site.tag,
        every=timedelta(minutes=section.every),
        title=section.title,
        article_key=section.article_key,
        rules=Rules(
            keep=section.keep,
            drop=section.drop,
            map=tuple(section.map.items()),
            categories=tuple(section.categories),
        ),
        rights=notice_of(section.rights),
        terms=terms_of(section.rights),
        max_entries=section.max_entries,
        program=_program(section.program, folder) if section.program else None,
        frames=frames,
        history=section.history,
        push=section.push,
    )


def http_policy(http: HttpSection, site: Site) -> FetchPolicy:
    """The policy of requests that belong to no source."""
    return FetchPolicy(
        user_agent=http.user_agent or user_agent(site),
        networks=tuple(sorted(set(http.allow_networks))),
        timeout=http.timeout,
        max_body=http.max_body,
        proxy=http.proxy,
    )


def _program(section: ProgramSection, folder: Path) -> Program:
    """The program. A path of it is made absolute from `folder`; a name without `/` is looked up when it runs."""
    first, *arguments = section.command
    path = str((folder / first).resolve()) if "/" in first else first
    return Program(command=(path, *arguments), timeout=section.timeout, memory=section.memory)


def _certificates(file: Path) -> str:
    """The absolute path of a file with certificates. Raises ConfigError if it is missing or has no certificate."""
    import ssl  # noqa: PLC0415 - not every start pays for it

    try:
        ssl.create_default_context(cafile=str(file))
    except (OSError, ssl.SSLError) as error:
        why = "no certificate in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        reason = f"{file}: {why}; write the path of the certificates, from this file's folder on"
        raise ConfigError((Problem(place=str(file), reason=reason),)) from error
    return str(file.resolve())


def hub_policy(section: HubSection, http: HttpSection, site: Site) -> FetchPolicy:
    """The settings of requests to subscribers of our hub, and to a hub of others. A slow one does not hold us up."""
    return FetchPolicy(
        user_agent=http.user_agent or user_agent(site),
        ports=frozenset(section.allow_ports),
        # Anybody may name a callback: networks that sources may be in do not count.
        networks=tuple(sorted(set(section.allow_networks))),
        timeout=min(http.timeout, HUB_SECONDS),
        proxy=http.proxy,
    )


def user_agent(site: Site) -> str:
    """The User-Agent of requests: feedsvc, and an address of its operator."""
    contact = site.contact if site.contact and site.contact.isascii() else site.base_url
    return f"feedsvc/{__version__} (+{contact})"


def read_hexo(path: Path) -> HexoConfig:
    """Hexo's configuration file. Raises ConfigError with each mistake's line."""
    document = read(path, "write where Hexo's _config.yml is, from this file's folder on")
    try:
        return HexoConfig.model_validate(document.values)
    except ValidationError as error:
        raise ConfigError(
            tuple(document.problem(_place(one["loc"]), _hexo_reason(one)) for one in error.errors(include_url=False))
        ) from error


def _place(loc: Sequence[str | int]) -> tuple[str | int, ...]:
    return tuple(part for part in loc if part != "[key]")


def _hexo_reason(one: Any) -> str:
    if one["type"] == "missing":
        return "this key is needed: it is the address of the site that subscribers know"
    message = str(one["ctx"]["error"]) if one["type"] == "value_error" else str(one["msg"])
    return f"{message[0].lower()}{message[1:]} (got {one['input']!r})"


def _permalinks(section: SeedsSection, hexo: HexoConfig | None, zone: tzinfo) -> Permalinks | None:
    built_in = ZoneInfo(section.built_in) if section.built_in else zone
    if section.permalink:
        url, pattern = split_permalink(section.permalink)
        return Permalinks(url=url, pattern=pattern, timezone=zone, built_in=built_in)
    if hexo is None:
        return None
    return Permalinks(
        url=hexo.url,
        pattern=hexo.permalink,
        timezone=zone,
        built_in=built_in,
        file_name=hexo.new_post_name,
        defaults=tuple(hexo.permalink_defaults.items()),
        category=hexo.default_category,
        category_slugs=tuple(hexo.category_map.items()),
        case=hexo.filename_case,
        keeps_index=hexo.pretty_urls.trailing_index,
        keeps_html=hexo.pretty_urls.trailing_html,
        has_titles_of_slugs=hexo.use_slug_as_post_title,
        has_asset_folders=hexo.post_asset_folder,
        has_breaks=hexo.marked.breaks,
    )


def split_permalink(value: str) -> tuple[str, str]:
    """`https://blog.example.org/:year/:title/` → the site's address, and the pattern."""
    match = re.fullmatch(r"(https?://[^/]+)/(.+)", value)
    return (match[1], match[2]) if match else (value, "")


def problem_at(place: Problem, error: ConfigError) -> tuple[Problem, ...]:
    """The problems of another file. If it is missing, the problem is at the line that names it."""
    return tuple(
        Problem(place=place.place, line=place.line, column=place.column, reason=f"{place.reason}{one.reason}")
        if one.line is None
        else one
        for one in error.problems
    )
