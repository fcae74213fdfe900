"""
The keys of the configuration. What each means stands in config/feedsvc.yaml.

The description of a number is its unit, as a message says it: `write a whole number of minutes, e.g. 60`.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator

from feedsvc.config.values import (
    TERMS,
    Agent,
    AliasPath,
    Ancestor,
    BaseUrl,
    FeedFilters,
    FeedUrl,
    FilePath,
    Fingerprint,
    Header,
    HeaderName,
    Host,
    Hub,
    Language,
    Network,
    Pattern,
    Permalink,
    Proxy,
    QuotaValue,
    Secret,
    Signal,
    Slug,
    SourceRules,
    Tag,
    TermsWord,
    Text,
    Url,
    Zone,
    meant_terms,
)
from feedsvc.model import FeedSpec, FetchPolicy, Order, Period, Program, Revisions, UpstreamSpec, Window
from feedsvc.normalize import one_line

MINUTE = timedelta(minutes=1)


def _default(of: type, name: str) -> Any:
    """The default of a setting: it stands in the model alone."""
    return next(one.default for one in fields(of) if one.name == name)


class Section(BaseModel):
    """A mapping whose keys are all known."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class SiteSection(Section):
    """`site`."""

    title: Text = "feedsvc"
    base_url: BaseUrl | None = None
    language: Language = "zh-CN"
    timezone: Zone = "Asia/Shanghai"
    tag: Tag | None = None
    contact: Text | None = None
    rights: Text | None = None
    image: Url | None = None
    hub: Hub | None = None


class RightsSection(Section):
    """
    `rights` of a source: a word, a mapping, or a notice.

    A notice declares no kind. It goes out with entries that have no notice of their own.
    """

    kind: TermsWord | None = None
    holder: Text | None = None
    url: Url | None = None
    license: Url | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, value: Any) -> Any:
        if isinstance(value, dict):
            if "kind" not in value:
                raise ValueError(f"write a kind in it; there are: {', '.join(TERMS)}")
            return value
        text = one_line(value) if isinstance(value, str) else ""
        if text in TERMS:
            return {"kind": text}
        if not text or meant_terms(text):
            raise ValueError(f"write one of: {', '.join(TERMS)}{meant_terms(text)}")
        return {"holder": text}


class SeedsSection(Section):
    """A source of kind `seeds`."""

    kind: Literal["seeds"]
    path: FilePath | None = None
    timezone: Zone | None = None
    categories: list[Text] = []
    rights: RightsSection | None = None
    hexo_config: FilePath | None = None
    permalink: Permalink | None = None
    built_in: Zone | None = None
    base: BaseUrl | None = None
    tags: Literal["feeds"] | None = None


class ProgramSection(Section):
    """`program` of a source."""

    command: Annotated[list[Text], Field(min_length=1)]
    timeout: Annotated[int, Field(ge=1, le=60, description="of seconds")] = _default(Program, "timeout")
    memory: Annotated[int, Field(ge=64, le=65_536, description="of megabytes")] = _default(Program, "memory")


class UpstreamSection(Section):
    """A source of kind `upstream`."""

    kind: Literal["upstream"]
    url: FeedUrl
    title: Text | None = None
    every: Annotated[int, Field(ge=15, le=7 * 24 * 60, description="of minutes")] = (
        _default(UpstreamSpec, "every") // MINUTE
    )
    article_key: Pattern | None = None
    timezone: Zone | None = None
    categories: list[Text] = []
    map: dict[Text, Text] = {}
    keep: SourceRules = ()
    drop: SourceRules = ()
    program: ProgramSection | None = None
    rights: RightsSection | None = None
    push: bool | None = None
    max_entries: Annotated[int, Field(ge=1, le=10_000)] = _default(UpstreamSpec, "max_entries")
    history: bool = _default(UpstreamSpec, "history")
    headers: dict[HeaderName, Header] = {}
    proxy: Proxy | None = None
    ca: FilePath | None = None
    fingerprint: Fingerprint | None = None
    allow_private: bool = False
    allow_ports: list[Annotated[int, Field(ge=1, le=65535)]] = []
    allow_networks: list[Network] = []


class WebhookSection(Section):
    """`webhook` of a feed."""

    url: Url
    secret: Secret
    allow_private: bool = False


class WindowSection(Section):
    """`window` of a feed."""

    items: Annotated[int, Field(ge=1, le=500)] = _default(Window, "items")
    hours: Annotated[int, Field(ge=0, le=24 * 366, description="of hours")] = _default(Window, "hours")


class DescribedSection(Section):
    """Keys of every feed, whatever the feed selects."""

    title: Text | None = None
    description: Text | None = None
    language: Language | None = None
    window: WindowSection = WindowSection()
    order: Order = _default(Window, "order")
    webhook: WebhookSection | None = None


class CategorySection(DescribedSection):
    """`categories.<name>`."""

    slug: Slug | None = None
    #: The category above it in the catalogue.
    parent: Text | None = None


class FeedSection(DescribedSection):
    """`feeds.<slug>`."""

    categories: list[Text] = []
    sources: list[Text] = []
    feeds: list[Text] = []
    filters: FeedFilters = []
    digest: Period | None = None
    quota: QuotaValue = None
    delay: Annotated[int, Field(ge=0, le=7 * 24 * 60, description="of minutes")] = _default(FeedSpec, "delay") // MINUTE


class HttpSection(Section):
    """`http`."""

    timeout: Annotated[int, Field(ge=1, le=300, description="of seconds")] = _default(FetchPolicy, "timeout")
    max_body: Annotated[int, Field(ge=1000, le=100_000_000, description="of bytes")] = _default(FetchPolicy, "max_body")
    user_agent: Header | None = None
    proxy: Proxy | None = None
    allow_networks: list[Network] = []
    push: bool | None = None


class RobotsSection(Section):
    """`web.robots`."""

    allow: bool = True
    signals: dict[Signal, bool] = {}
    disallow: list[Agent] = []


class HubSection(Section):
    """`web.hub`."""

    allow_networks: list[Network] = []
    allow_ports: list[Annotated[int, Field(ge=1, le=65535)]] = []


class WebSection(Section):
    """`web`."""

    frame_ancestors: list[Ancestor] = []
    frame_hosts: list[Host] = []
    trusted_proxies: list[Network] = []
    status_networks: list[Network] = []
    aliases: dict[AliasPath, Text] = {}
    robots: RobotsSection = RobotsSection()
    hub: HubSection = HubSection()
    revisions: Revisions = "own"


class Root(Section):
    """The whole file."""

    site: SiteSection = SiteSection()
    sources: dict[Text, Annotated[SeedsSection | UpstreamSection, Field(discriminator="kind")]] = {}
    categories: dict[Text, CategorySection | None] = {}
    feeds: dict[Slug, FeedSection] = {}
    http: HttpSection = HttpSection()
    web: WebSection = WebSection()


#: The kinds of sources: the value of `kind` → the section of such a source.
KINDS: dict[str, type[Section]] = {"seeds": SeedsSection, "upstream": UpstreamSection}


def _sections(kind: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], type[Section]]]:
    """The sections in a type, each with the path of its keys; `*` stands for any name, and for any place in a list."""
    if isinstance(kind, type) and issubclass(kind, Section):
        yield path, kind
        for name, info in kind.model_fields.items():
            yield from _sections(info.annotation, (*path, name))
    inner = get_args(kind)
    if get_origin(kind) in {dict, list}:
        yield from _sections(inner[-1], (*path, "*"))
    elif inner:
        for one in inner:
            yield from _sections(one, path)


#: All sections, each with the path of its keys.
SECTIONS = tuple(_sections(Root))

#: The path of a section → its keys; those of all kinds, where sections of several kinds stand at one path.
KEYS = {path: {key for at, one in SECTIONS if at == path for key in one.model_fields} for path, _ in SECTIONS}
