"""The keys of the configuration. What each means stands in config/feedsvc.yaml."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from feedsvc.config.values import (
    AliasPath,
    Ancestor,
    BaseUrl,
    FeedUrl,
    FilePath,
    Fingerprint,
    Header,
    HeaderName,
    Host,
    Language,
    Network,
    Pattern,
    Permalink,
    Proxy,
    Slug,
    Tag,
    Text,
    Url,
    Zone,
)


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


class SeedsSection(Section):
    """A source of kind `seeds`."""

    kind: Literal["seeds"]
    path: FilePath | None = None
    timezone: Zone | None = None
    categories: list[Text] = []
    rights: Text | None = None
    hexo_config: FilePath | None = None
    permalink: Permalink | None = None
    built_in: Zone | None = None
    base: BaseUrl | None = None
    tags: Literal["feeds"] | None = None


class RuleSection(Section):
    """A rule of `keep` or `drop`: one field, and a pattern."""

    title: Pattern | None = None
    link: Pattern | None = None
    author: Pattern | None = None
    category: Pattern | None = None
    content: Pattern | None = None
    any: Pattern | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "RuleSection":
        if len(self.model_fields_set) != 1:
            raise ValueError("write one field and its pattern, e.g. {title: 芯片|GPU}; more rules are more items")
        return self


class UpstreamSection(Section):
    """A source of kind `upstream`."""

    kind: Literal["upstream"]
    url: FeedUrl
    title: Text | None = None
    every: Annotated[int, Field(ge=15, le=7 * 24 * 60)] = 60
    article_key: Pattern | None = None
    timezone: Zone | None = None
    categories: list[Text] = []
    map: dict[Text, Text] = {}
    keep: list[RuleSection] = []
    drop: list[RuleSection] = []
    rights: Text | None = None
    max_entries: Annotated[int, Field(ge=1, le=10_000)] = 1000
    headers: dict[HeaderName, Header] = {}
    proxy: Proxy | None = None
    ca: FilePath | None = None
    fingerprint: Fingerprint | None = None
    allow_private: bool = False
    allow_ports: list[Annotated[int, Field(ge=1, le=65535)]] = []
    allow_networks: list[Network] = []


class CategorySection(Section):
    """`categories.<name>`."""

    slug: Slug | None = None
    title: Text | None = None
    description: Text | None = None


class WindowSection(Section):
    """`feeds.<slug>.window`."""

    items: Annotated[int, Field(ge=1, le=500)] = 50
    hours: Annotated[int, Field(ge=0, le=24 * 366)] = 48


class FeedSection(Section):
    """`feeds.<slug>`."""

    title: Text | None = None
    description: Text | None = None
    categories: list[Text] = []
    sources: list[Text] = []
    window: WindowSection = WindowSection()


class HttpSection(Section):
    """`http`."""

    timeout: Annotated[int, Field(ge=1, le=300)] = 30
    max_body: Annotated[int, Field(ge=1000, le=100_000_000)] = 10_000_000
    user_agent: Header | None = None
    proxy: Proxy | None = None
    allow_networks: list[Network] = []


class WebSection(Section):
    """`web`."""

    frame_ancestors: list[Ancestor] = []
    frame_hosts: list[Host] = []
    aliases: dict[AliasPath, Text] = {}


class Root(Section):
    """The whole file."""

    site: SiteSection = SiteSection()
    sources: dict[Text, Annotated[SeedsSection | UpstreamSection, Field(discriminator="kind")]] = {}
    categories: dict[Text, CategorySection | None] = {}
    feeds: dict[Slug, FeedSection] = {}
    http: HttpSection = HttpSection()
    web: WebSection = WebSection()


#: Which keys there are, by section; `*` stands for any name.
KEYS: dict[tuple[str, ...], set[str]] = {
    (): set(Root.model_fields),
    ("site",): set(SiteSection.model_fields),
    ("sources", "*", "keep", "*"): set(RuleSection.model_fields),
    ("sources", "*", "drop", "*"): set(RuleSection.model_fields),
    ("sources", "*"): set(SeedsSection.model_fields) | set(UpstreamSection.model_fields),
    ("categories", "*"): set(CategorySection.model_fields),
    ("feeds", "*"): set(FeedSection.model_fields),
    ("feeds", "*", "window"): set(WindowSection.model_fields),
    ("http",): set(HttpSection.model_fields),
    ("web",): set(WebSection.model_fields),
}
