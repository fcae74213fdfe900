"""
The data types of feedsvc: frozen, slotted, keyword-only.

Every datetime is UTC-aware and in whole seconds. Every sequence is a tuple, in the source's order. Every URL field that
is set has passed `normalize.web_url`.

The module is longer than 300 lines and is not split: it holds fields without code, and a reader of one type needs the
others beside it.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Literal, NewType, get_args

#: HTML that `sanitize` made (or the store, which keeps only such HTML). mypy refuses a plain str in its place.
SafeHtml = NewType("SafeHtml", str)

Format = Literal["rss", "atom", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

#: Content codings in which documents are stored (RFC 9110, 8.4.1; RFC 7932; RFC 8878), the preferred one first.
Coding = Literal["br", "zstd", "gzip"]
CODINGS: tuple[Coding, ...] = get_args(Coding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or an organisation."""

    #: Plain text, never empty.
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """Attached media."""

    url: str
    #: Media type, e.g. `audio/mpeg`.
    type: str
    #: Size in bytes; 0 if unknown, as RSS readers expect.
    length: int = 0
    #: Duration in seconds; 0 if unknown.
    duration: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The site that an entry is from, with its page and its feed if they are known."""

    #: Plain text; may be empty.
    title: str = ""
    url: str | None = None
    feed_url: str | None = None
    #: The `id` of its Atom feed, an IRI.
    id: str | None = None
    #: When its feed last changed, in the form of RFC 3339; None if unknown.
    feed_updated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Origin):
    """An origin as the text of an entry names it: with the holder of the rights, and a link to the original."""

    #: Plain text.
    holder: str | None = None
    #: The page of the entry itself on that site.
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that belongs to an episode: a transcript, or its chapters."""

    url: str
    #: Media type, e.g. `application/srt`.
    type: str
    #: BCP 47.
    language: str | None = None
    #: `captions` for a transcript with times.
    rel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """
    Further fields of an entry: about its picture, its related pages, its episode.

    A value that is not stated is None or empty. The store keeps all of them in one column.
    """

    #: The description of the entry's picture; plain text.
    alt: str | None = None
    #: The page where readers discuss the entry.
    comments: str | None = None
    #: The address of its licence.
    license: str | None = None
    #: The pages that are its source (RFC 4287, 4.2.7.2), and the pages that it is about.
    via: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    #: Fields of an episode, as in Apple's and Podcasting 2.0's namespaces. Duration in seconds, if no enclosure states
    #: it.
    duration: int | None = None
    episode: int | None = None
    season: int | None = None
    #: `full`, `trailer` or `bonus`.
    episode_type: str | None = None
    explicit: bool | None = None
    #: The picture of the episode.
    cover: str | None = None
    transcripts: tuple[Attached, ...] = ()
    chapters: Attached | None = None
    #: Tags that are published after the entry's categories. They have no feeds.
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether any field is stated."""
        return self != NO_DETAILS


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """An entry as its source gives it: parsed and normalized, not yet sanitised."""

    #: The guid of a new entry: the source's own if it is unique, else a minted one.
    guid: str
    #: The source's own guid; empty if there is none.
    own_guid: str = ""
    #: Whether the source states the guid itself. If it does not, and another entry has the guid, this entry gets
    #: another one.
    is_guid_stated: bool = False
    #: The original page; None if the entry has only the page that feedsvc serves.
    link: str | None = None
    #: Whether `content` is HTML. Markdown that cost too much to render is left as it was written.
    is_html: bool = True
    #: The base of relative addresses in `content`, if it is not `link`.
    base: str | None = None
    #: May hold markup.
    title: str = ""
    #: Unsafe HTML.
    content: str = ""
    #: Unsafe HTML; None when the source has none.
    summary: str | None = None
    authors: tuple[Author, ...] = ()
    #: Other people who contributed.
    contributors: tuple[Author, ...] = ()
    #: None if the source gives no date.
    published: datetime | None = None
    #: Whether `published` is derived from the file's name.
    is_dated_by_name: bool = False
    #: None if the source gives no date of change.
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    #: The tags that the upstream gives the entry.
    tags: tuple[str, ...] = ()
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    #: BCP 47; None for the site's.
    language: str | None = None
    #: Plain text; None for the site's.
    rights: str | None = None
    #: The article key: the same if the source gives another guid or link. Unique within the source.
    key: str | None = None
    #: The feed from which the source has the entry, if it states one.
    origin: Origin | None = None
    #: Not yet sanitised.
    details: Details = NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """The parts of a raw entry that an external program replaced. None: as the source gives it. Not yet sanitised."""

    title: str | None = None
    content: str | None = None
    summary: str | None = None
    language: str | None = None
    image: str | None = None
    tags: tuple[str, ...] | None = None
    #: Whether the program failed. It gets the entry again when the feed has changed.
    is_failed: bool = False


FAILED = Rewrite(is_failed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One published piece (an RSS item, an Atom entry), sanitised."""

    guid: str
    #: The original page; None if the entry has only the page that feedsvc serves.
    link: str | None
    #: Plain text.
    title: str
    content: SafeHtml
    #: Short; plain text written as HTML.
    summary: SafeHtml
    authors: tuple[Author, ...]
    #: None only before an undated entry is placed.
    published: datetime | None
    #: When the source's content last changed. None only if `published` is.
    updated: datetime | None
    categories: tuple[str, ...]
    image: str | None
    enclosures: tuple[Enclosure, ...]
    language: str | None
    rights: str | None
    #: Why `content` is plain text; None when it is the source's own HTML. For the operator, not for readers.
    fallback: str | None = None
    #: The sites that the entry is from, the shown one first. Known when it is published.
    origins: tuple[Origin, ...] = ()
    #: Other people who contributed.
    contributors: tuple[Author, ...] = ()
    details: Details = NO_DETAILS
    #: Whether the entry was written here. An entry of an upstream, or under a licence, was not. Known when it is
    #: published.
    is_ours: bool = True

    @property
    def original(self) -> str | None:
        """The page elsewhere of which this entry is a copy. None: the entry is ours, or has no such page."""
        return None if self.is_ours else self.link


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The fields that all feeds share."""

    title: str
    #: The public address without a trailing slash. It may contain a path prefix.
    base_url: str
    language: str
    timezone: tzinfo
    #: Authority and date of minted guids, e.g. `example.org,2026` (RFC 4151).
    tag: str
    contact: str | None = None
    rights: str | None = None
    #: The picture of all feeds.
    image: str | None = None
    #: The WebSub hub that feeds name; None for none.
    hub: str | None = None

    @property
    def own_hub(self) -> str:
        """The address of our own hub."""
        return f"{self.base_url}/hub"

    @property
    def has_own_hub(self) -> bool:
        """Whether feeds name our own hub."""
        return self.hub == self.own_hub


@dataclass(frozen=True, slots=True, kw_only=True)
class Permalinks:
    """Hexo's rules for the addresses of articles on the former site. The terms are Hexo's."""

    #: The address of the former site. It may contain a path prefix.
    url: str
    #: `:year/:month/:day/:title/`
    pattern: str
    #: The zone of dates that state none.
    timezone: tzinfo
    #: The zone of the machine that built the former site. Its addresses are in this zone.
    built_in: tzinfo
    #: `new_post_name`: the pattern of file names.
    file_name: str = ":title.md"
    #: `permalink_defaults`, by token.
    defaults: tuple[tuple[str, str], ...] = ()
    #: `default_category`
    category: str = "uncategorized"
    #: `category_map`, by name.
    category_slugs: tuple[tuple[str, str], ...] = ()
    #: `filename_case`: 1 for lower case, 2 for upper.
    case: int = 0
    #: `pretty_urls`: whether `index.html` and `.html` stay at the end of an address.
    keeps_index: bool = True
    keeps_html: bool = True
    #: `use_slug_as_post_title`: the file's name is the title of an article without a title.
    has_titles_of_slugs: bool = False
    #: `post_asset_folder`: an article's pictures are in a folder with the article's name.
    has_asset_folders: bool = False
    #: `marked.breaks`: whether each line end in Markdown becomes a line break.
    has_breaks: bool = False


#: What allows to republish the entries of a source: the operator wrote them; a licence or a permission; an upstream's
#: feed, as a feed reader shows it; or nothing, so that they are never public.
TermsKind = Literal["own", "licensed", "feed", "private"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms under which the entries of a source are republished, as the configuration declares them."""

    kind: TermsKind
    #: Whose work the entries are; plain text.
    holder: str | None = None
    #: The holder's page.
    url: str | None = None
    #: The address of the licence.
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """A place from which entries come. Identified by its name, never by its path or URL."""

    name: str
    kind: str
    #: Folder of a source of kind `seeds`.
    path: str
    #: The zone of dates that state none.
    timezone: tzinfo
    #: Authority and date of minted guids.
    tag: str
    #: Categories that every entry gets, after its own.
    categories: tuple[str, ...] = ()
    #: The notice of entries without a notice of their own.
    rights: str | None = None
    #: The former site's rules for its links; None without a former site.
    permalinks: Permalinks | None = None
    #: The address of the folder itself: the base of relative addresses in entries without a link.
    base: str | None = None
    #: Hosts of players that are allowed besides those in the sanitiser's own list.
    frames: tuple[str, ...] = ()
    #: Folders below `path` that are read; empty for all.
    folders: tuple[str, ...] = ()
    #: Whether articles with `published: false` or in a folder `_drafts` are published.
    has_drafts: bool = False
    #: Whether an article with a date in the future is published before that date.
    has_future: bool = False
    #: Tags whose articles the former site locked with a password, and the abstract that its readers saw.
    locking_tags: tuple[str, ...] = ()
    locked_abstract: str | None = None
    #: Whether tags are categories, each with a feed.
    tags_are_feeds: bool = False
    #: Fields that hide an article, besides those that are known for all sources.
    hiding_fields: tuple[str, ...] = ()
    #: None: not declared. The terms shape no entry: they count when it is published.
    terms: Terms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """The interval at which a feed asks to be polled."""

    #: RSS `ttl`, in minutes.
    ttl: int | None = None
    #: `sy:updatePeriod` (RSS 1.0 Syndication), and the number of polls in that period.
    period: str | None = None
    frequency: int = 1
    #: `skipHours`: hours of the day, in GMT, without polls.
    skip_hours: frozenset[int] = frozenset()
    #: `skipDays`: days without polls; English names in lower case.
    skip_days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """The hubs that an upstream names, and the address under which they know its feed (WebSub, 4)."""

    #: None if no hub may learn an address of the feed.
    topic: str | None = None
    #: In the upstream's order.
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An entry that did not change since it was read at an earlier poll."""

    guid: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """An upstream feed that was parsed."""

    #: The entries that are not known.
    entries: tuple[RawEntry, ...]
    known: tuple[Known, ...] = ()
    #: The marks by which all its entries are recognised at the next poll.
    marks: tuple[str, ...] = ()
    #: Plain text; may be empty.
    title: str = ""
    link: str | None = None
    #: The `id` of an Atom feed, an IRI.
    id: str | None = None
    #: Its `self` link: the address that the feed states for itself.
    self_link: str | None = None
    #: The page with the next older entries (RFC 5005, `prev-archive` or `next`; JSON Feed, `next_url`).
    older_page: str | None = None
    #: The hubs that tell its subscribers about news (WebSub), in the feed's order.
    hubs: tuple[str, ...] = ()
    hints: Hints = field(default_factory=Hints)
    #: Faults of single items or of the feed. They do not affect the other items.
    problems: tuple[str, ...] = ()
    #: Whether the document is well-formed. If not, it was mended.
    is_well_formed: bool = True
    #: Whether the document has its end. If not, entries that it lacks are not gone, and its validators are not kept.
    is_whole: bool = True
    #: Whether it has entries that are neither in `entries` nor `known`: they cannot be read, or are beyond the limit.
    has_left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """The validators of an upstream's last answer, exactly as sent; None if it had none."""

    etag: str | None = None
    last_modified: str | None = None
    #: The last URL, after redirects. The validators are sent only to this URL.
    url: str | None = None

    def __bool__(self) -> bool:
        """Whether there is at least one validator."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """The settings of an upstream's requests, and the limits."""

    #: Names the client, and how to contact its operator.
    user_agent: str
    #: Whether addresses on our own machine and network, and any port, are allowed.
    allow_private: bool = False
    #: Ports that are allowed besides the usual ones.
    ports: frozenset[int] = frozenset()
    #: Private networks that are allowed, e.g. `198.18.0.0/15`.
    networks: tuple[str, ...] = ()
    #: Time limit in seconds for the whole request, with redirects.
    timeout: float = 30
    #: Largest body in bytes, before and after decoding.
    max_body: int = 10_000_000
    #: A file with certificates that are trusted besides the system's.
    ca: str | None = None
    #: SHA-256, in hex, of the only certificate that is trusted.
    fingerprint: str | None = None
    #: URL of an HTTP proxy.
    proxy: str | None = None
    #: Headers that are sent with every request to the source's own host.
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A condition on an entry. Its kinds stand in `filters/kinds/`, and `filters/deciding.py` decides by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    Rules that choose the entries of an upstream that are shown, and their categories.

    A digest of the rules is of all these fields.
    """

    #: An entry is shown if one of these fits it, or if there are none, and if none of `drop` fits it.
    keep: tuple[Filter, ...] = ()
    drop: tuple[Filter, ...] = ()
    #: The feed's own tags → categories; tags that are not here are not taken over.
    map: tuple[tuple[str, str], ...] = ()
    #: Given to every entry, after its own.
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """An external program that gets each new or changed entry of a source, and may replace parts of it."""

    #: The path or the name of the program, and its arguments. No shell reads them.
    command: tuple[str, ...]
    #: Seconds for one entry.
    timeout: int = 20
    #: Megabytes of address space, of each of its processes.
    memory: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamSpec:
    """An upstream feed that we republish. Identified by its name, never by its URL."""

    name: str
    url: str
    policy: FetchPolicy
    every: timedelta = timedelta(hours=1)
    rules: Rules = field(default_factory=Rules)
    #: Authority and date of minted guids.
    tag: str
    #: Zone of dates that have none.
    timezone: tzinfo
    #: A pattern on the link: its first group, or all of it, is what stays the same when an article moves.
    article_key: str | None = None
    #: The notice of entries without a notice of their own.
    rights: str | None = None
    #: So many entries of one answer are read.
    max_entries: int = 1000
    #: Hosts of players, besides those of the sanitiser's own list.
    frames: tuple[str, ...] = ()
    #: The name of the source that entries show; None: the feed's own title.
    title: str | None = None
    program: Program | None = None
    #: None: not declared. The terms shape no entry: they count when it is published.
    terms: Terms | None = None
    #: Whether older pages of its feed are read too, once.
    history: bool = False
    #: Whether feedsvc subscribes at the hubs that the upstream names; None: as for the other sources.
    push: bool | None = None


#: The order of the entries of a feed, the newest first: by their dates, or as they arrived.
Order = Literal["publication", "arrival"]

#: The most entries of one source that a feed shows: a number, or an equal share for each source.
Quota = int | Literal["fair"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """
    How many entries a feed's document has, and their order: the larger of `items` and `hours`, up to the two limits.

    The newest are those that arrived last, whatever the order.
    """

    items: int = 50
    #: Hours before the newest arrival, not before now.
    hours: int = 48
    max_items: int = 500
    #: Bytes of content.
    max_bytes: int = 2_000_000
    order: Order = "publication"
    #: The part of a source in it; None: no bound.
    quota: Quota | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """
    Which entries a feed shows: those of one of the categories, of one of the sources and of one of the feeds.

    All filters fit them. What is empty is no condition. Names are in order, so that equal selections have equal
    digests. `filters.forms.canonical` writes the filters so.
    """

    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    #: The keys of the slugs of defined feeds (`normalize.slug_key`).
    feeds: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()


#: The periods of a feed that has one entry for all pieces of a period.
Period = Literal["hour", "day", "week"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """A feed that we publish. `all`, a category's feed and a defined feed differ in their selection alone."""

    slug: str
    title: str
    description: str
    #: BCP 47.
    language: str
    window: Window = field(default_factory=Window)
    selection: Selection = field(default_factory=Selection)
    #: None: each piece is an entry.
    digest: Period | None = None
    #: How long an entry waits after its arrival.
    delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that gets a message for each change of a feed. Both the address and the secret may be passwords."""

    kind: Literal["all", "category", "defined"]
    #: The slug of the feed, or the name of its category.
    name: str
    url: str = field(repr=False)
    #: The key of the signatures.
    secret: bytes = field(repr=False)
    policy: FetchPolicy = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cursor:
    """A place in the changes of a feed: after the change at this position, with this revision of the feed."""

    revision: int
    position: int

    def __str__(self) -> str:
        """`<revision>-<position>`, or `0` for the beginning."""
        return f"{self.revision}-{self.position}" if self != BEGINNING else "0"


#: Before all changes. Positions begin with 1.
BEGINNING = Cursor(revision=0, position=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """
    A feed as a query asks for it. A view without any field is the feed's own document.

    Its steps have this order: which entries (`after` or `since`, and `filters`), how many (`limit`), in which order,
    and how much of each.
    """

    #: The changes after this cursor, the oldest first. None: the newest entries.
    after: Cursor | None = None
    #: The entries that came to the feed at this time or later, or so long before its newest entry or later.
    since: datetime | timedelta | None = None
    #: The parameters of filters with their values, in a fixed order (`filters.parameters.chosen`).
    filters: tuple[tuple[str, str], ...] = ()
    #: The number of entries, up to MOST_ENTRIES; None: as many as the feed's window has.
    limit: int | None = None
    #: Whether the entries are in order of date. If not, they are in order of arrival.
    is_sorted: bool = True
    #: Whether entries have their content; without it, the summary is what readers see.
    has_content: bool = True
    #: The first characters of the text, so many, in place of content and summary.
    brief: int | None = None
    #: The conversion of Chinese texts (`normalize.script.CONVERSIONS`).
    opencc: str | None = None
    #: The format that an address without a suffix answers in. It does not change what is shown.
    format: Format | None = None


#: The articles whose pages show their revisions: those written here, all, or none.
Revisions = Literal["own", "all", "none"]

#: No view shows more entries.
MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """An entry that is no longer in a feed: withdrawn, or moved to other feeds (RFC 6721)."""

    guid: str
    #: When it was withdrawn, as far as the store knows; else when it last changed.
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    A feed in one format, or one closed page of its archive, ready to send. A pure function of stored content.

    The bytes without a content coding are not kept: `body` decodes them.
    """

    format: Format
    #: Content coding → the coded bytes. gzip is always there.
    coded: Mapping[Coding, bytes]
    #: Whether the bytes were compressed as hard as the codings allow.
    is_hard: bool = False
    #: Hex digest of the bytes without coding, from which the ETags are made.
    digest: str
    #: When the bytes last changed. It never goes back.
    changed_at: datetime
    #: When the feed's content or settings last changed, also where these bytes stayed the same. It never goes back.
    made_at: datetime
    #: Seconds for which a cache may use it: a part of the usual time between two entries.
    max_age: int

    @property
    def body(self) -> bytes:
        """The bytes without content coding."""
        return gzip.decompress(self.coded["gzip"])

    def tag(self, coding: Coding | None) -> str:
        """
        The opaque part of the strong ETag of one coding; None: of the bytes without coding.

        A strong ETag identifies bytes, so each coding has its own (RFC 9110, 8.8.3.3), and so has each compression.
        """
        return self.digest if coding is None else f"{self.digest}-{coding}{'-hard' if self.is_hard else ''}"
