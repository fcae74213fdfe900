"""The keys of the configuration. What each means stands in config/feedsvc.yaml."""

import ipaddress
import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import regex
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from feedsvc.language import registered
from feedsvc.normalize import one_line, slug, web_feed_url, web_url

TAG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?:@[A-Za-z0-9.-]+)?,\d{4}(?:-\d\d(?:-\d\d)?)?")

#: What may show a page in a frame (CSP 3, 2.3.1): an origin, a host with a wildcard, or 'self'.
ANCESTOR = re.compile(r"'self'|(?:https?://)?(?:\*\.)?[A-Za-z0-9.-]+(?::(?:\d+|\*))?")

#: First parts of the paths that an alias cannot have.
OWN_PATHS = frozenset(
    {
        "",
        "feeds",
        "feeds.opml",
        "articles",
        "static",
        "livez",
        "readyz",
        "healthz",
        "robots.txt",
        "embed",
        "status",
        "metrics",
    }
)


#: What every request says anyway.
OWN_HEADERS = frozenset({
    "host", "user-agent", "accept-encoding", "if-none-match", "if-modified-since", "connection", "content-length",
    "transfer-encoding",
})  # fmt: skip


def _base_url(value: str) -> str:
    checked = web_url(value)
    if checked is None or "?" in checked or "#" in checked:
        raise ValueError("write the public address, e.g. https://feeds.example.org or https://example.org/feeds")
    return checked.rstrip("/")


#: Slips in the scheme of an address.
SLIP = re.compile(
    r"(?i)(?:https?:/?(?=[^/])|htt?ps?://|ttps?://|https?//:?|//)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?)"
)


def _meant(value: str) -> str:
    """The address that somebody meant who left its scheme out, or slipped in it."""
    found = SLIP.fullmatch(value.strip())
    address = found and web_url(f"https://{found['rest']}")
    return f"; did you mean {address}?" if address else ""


def _url(value: str) -> str:
    checked = web_url(value)
    if checked is None:
        raise ValueError(f"write a whole http:// or https:// URL{_meant(value)}")
    return checked


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no such time zone; write a name such as Asia/Shanghai or UTC") from error
    return value


def _tag(value: str) -> str:
    if not TAG.fullmatch(value):
        raise ValueError("write a domain of yours and a year, e.g. example.org,2026")
    return value


def _language(value: str) -> str:
    if not (tag := registered(value)):
        raise ValueError("no registered language; write one such as zh-CN or en")
    return tag


def _slug(value: str) -> str:
    if slug(value) != value or not value:
        raise ValueError(f"not usable in a URL; write it as {slug(value) or 'name'}")
    return value


def _some(value: str) -> str:
    if not value:
        raise ValueError("write something here, or leave the key out")
    return value


def _path(value: str) -> str:
    if not value.startswith("/") or set(value) & set("?#%\\ <>") or "//" in value:
        raise ValueError("write a path from the root, e.g. /atom.xml")
    if value.strip("/").partition("/")[0] in OWN_PATHS or "/." in value:
        raise ValueError(f"this path is feedsvc's own; these are: {', '.join(sorted(filter(None, OWN_PATHS)))}")
    return value


def _permalink(value: str) -> str:
    if not re.fullmatch(r"https?://[^/]+/.*:[a-z_]+.*", value) or web_url(value) is None:
        raise ValueError("write a whole address with Hexo's tokens, e.g. https://blog.example.org/:year/:title/")
    return value


def _ancestor(value: str) -> str:
    if not ANCESTOR.fullmatch(value):
        raise ValueError("write an origin, e.g. https://www.example.org, or 'self'")
    return value


def _host(value: str) -> str:
    if web_url(f"https://{value}/") != f"https://{value}/":
        raise ValueError("write a host alone, e.g. player.example.org")
    return value


def _feed_url(value: str) -> str:
    if web_url(web_feed_url(value)) is None:
        raise ValueError(f"write the whole http:// or https:// URL of a feed, without user and password{_meant(value)}")
    return value


def _pattern(value: str) -> str:
    try:
        regex.compile(value)
    except regex.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


def _header_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+", value) or value.lower() in OWN_HEADERS:
        raise ValueError(f"not a header that can be set; feedsvc's own are: {', '.join(sorted(OWN_HEADERS))}")
    return value


def _header(value: str) -> str:
    if not value or not value.isascii() or not value.isprintable():
        raise ValueError("write one line of ASCII")
    return value


def _proxy(value: str) -> str:
    if not re.fullmatch(r"http://(?:[^\s/@]+@)?[^\s/@]+/?", value):
        raise ValueError("write the proxy as http://host:port")
    return value


def _fingerprint(value: str) -> str:
    plain = value.replace(":", "").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise ValueError("write the certificate's SHA-256, 64 hex digits: openssl x509 -fingerprint -sha256 -noout")
    return plain


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError as error:
        raise ValueError("write a network such as 198.18.0.0/15") from error


Text = Annotated[str, AfterValidator(one_line), AfterValidator(_some)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
Url = Annotated[str, AfterValidator(_url)]
Zone = Annotated[str, AfterValidator(_zone)]
Slug = Annotated[str, AfterValidator(_slug)]


class Section(BaseModel):
    """A mapping whose keys are all known."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class SiteSection(Section):
    """`site`."""

    title: Text = "feedsvc"
    base_url: BaseUrl | None = None
    language: Annotated[str, AfterValidator(_language)] = "zh-CN"
    timezone: Zone = "Asia/Shanghai"
    tag: Annotated[str, AfterValidator(_tag)] | None = None
    contact: Text | None = None
    rights: Text | None = None
    image: Url | None = None


class SeedsSection(Section):
    """A source of kind `seeds`."""

    kind: Literal["seeds"]
    path: Text | None = None
    timezone: Zone | None = None
    categories: list[Text] = []
    rights: Text | None = None
    hexo_config: Text | None = None
    permalink: Annotated[str, AfterValidator(_permalink)] | None = None
    built_in: Zone | None = None
    base: BaseUrl | None = None
    tags: Literal["feeds"] | None = None


Pattern = Annotated[str, AfterValidator(_pattern)]


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
    url: Annotated[str, AfterValidator(_feed_url)]
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
    headers: dict[Annotated[str, AfterValidator(_header_name)], Annotated[str, AfterValidator(_header)]] = {}
    proxy: Annotated[str, AfterValidator(_proxy)] | None = None
    ca: Text | None = None
    fingerprint: Annotated[str, AfterValidator(_fingerprint)] | None = None
    allow_private: bool = False
    allow_ports: list[Annotated[int, Field(ge=1, le=65535)]] = []
    allow_networks: list[Annotated[str, AfterValidator(_network)]] = []


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
    user_agent: Annotated[str, AfterValidator(_header)] | None = None
    proxy: Annotated[str, AfterValidator(_proxy)] | None = None
    allow_networks: list[Annotated[str, AfterValidator(_network)]] = []


class WebSection(Section):
    """`web`."""

    frame_ancestors: list[Annotated[str, AfterValidator(_ancestor)]] = []
    frame_hosts: list[Annotated[str, AfterValidator(_host)]] = []
    aliases: dict[Annotated[str, AfterValidator(_path)], Text] = {}


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
