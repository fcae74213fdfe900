"""
The nouns of feedsvc: frozen, slotted, keyword-only.

Every datetime is UTC-aware and in whole seconds. Every sequence is a tuple, in the source's order. A URL field that is
set has passed `normalize.web_url`.

The module is longer than others, and is not split: it holds fields and no code, and whoever reads one noun needs the
others beside it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Literal, NewType, get_args

#: HTML that has left `sanitize` (or the store, which keeps only such). mypy refuses a plain str in its place.
SafeHtml = NewType("SafeHtml", str)

Format = Literal["rss", "atom", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or a desk."""

    #: Plain text, never empty.
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """Attached media."""

    url: str
    #: Media type, e.g. `audio/mpeg`.
    type: str
    #: Bytes; 0 when unknown, as RSS readers expect.
    length: int = 0
    #: Seconds; 0 when unknown.
    duration: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whose work a piece is: a site, with its page and its feed where they are known."""

    #: Plain text; may be empty.
    title: str = ""
    url: str | None = None
    feed_url: str | None = None
    #: An IRI: the `id` of its Atom feed.
    id: str | None = None
    #: When its feed last changed, as RFC 3339 writes it; None where nobody says so.
    feed_updated: str | None = None


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
    What some entries say besides their text: of their picture, of pages around them, of an episode.

    A value that is not stated is None or empty. The store keeps all of it in one column.
    """

    #: What the entry's picture shows; plain text.
    alt: str | None = None
    #: The page where readers discuss the entry.
    comments: str | None = None
    #: The address of its licence.
    license: str | None = None
    #: Pages where its author has it from (RFC 4287, 4.2.7.2), and pages that it is about.
    via: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    #: Of an episode, as Apple's and Podcasting 2.0's namespaces have them. Seconds, where no enclosure has them.
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
    #: Shown after the entry's categories; no feed is made of them.
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is stated."""
        return self != NO_DETAILS


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """An entry as its source gave it: parsed and normalized, not yet sanitised."""

    #: What a new entry is to be called: the source's own where it tells the entry from all others, else minted.
    guid: str
    #: The source's own guid; empty where it gives none.
    own_guid: str = ""
    #: Whether the source says so itself. If not, and it is another's, the entry gets another.
    is_guid_stated: bool = False
    #: The original page; None when the entry has no page but ours.
    link: str | None = None
    #: Whether `content` is HTML: Markdown that cost too much to render stays as it was written.
    is_html: bool = True
    #: What relative addresses in `content` are relative to, where that is not `link`.
    base: str | None = None
    #: May hold markup.
    title: str = ""
    #: Unsafe HTML.
    content: str = ""
    #: Unsafe HTML; None when the source has none.
    summary: str | None = None
    authors: tuple[Author, ...] = ()
    #: Who else had a part in it.
    contributors: tuple[Author, ...] = ()
    #: None when the source gives no date.
    published: datetime | None = None
    #: Whether that is a guess, made of the file's name.
    is_dated_by_name: bool = False
    #: None when the source does not say.
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    #: What an upstream itself files it under.
    tags: tuple[str, ...] = ()
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    #: BCP 47; None for the site's.
    language: str | None = None
    #: Plain text; None for the site's.
    rights: str | None = None
    #: What stays the same when the source gives it another guid or link; unique within the source.
    key: str | None = None
    #: Where its source has it from, where it says so.
    origin: Origin | None = None
    #: Not checked yet.
    details: Details = NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One published piece (an RSS item, an Atom entry), sanitised."""

    guid: str
    #: The original page; None when the entry has no page but ours.
    link: str | None
    #: Plain text.
    title: str
    content: SafeHtml
    #: Short; plain text written as HTML.
    summary: SafeHtml
    authors: tuple[Author, ...]
    #: None only before an undated entry is placed.
    published: datetime | None
    #: When the source's content last changed; None as `published`.
    updated: datetime | None
    categories: tuple[str, ...]
    image: str | None
    enclosures: tuple[Enclosure, ...]
    language: str | None
    rights: str | None
    #: Why `content` is plain text; None when it is the source's own HTML. For the operator, not for readers.
    fallback: str | None = None
    #: Whose work it is, the shown one's first; known when it is published.
    origins: tuple[Origin, ...] = ()
    #: Who else had a part in it.
    contributors: tuple[Author, ...] = ()
    details: Details = NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all feeds share."""

    title: str
    #: Public address without a trailing slash; may hold a path prefix.
    base_url: str
    language: str
    timezone: tzinfo
    #: Authority and date of minted guids, `example.org,2026` (RFC 4151).
    tag: str
    contact: str | None = None
    rights: str | None = None
    #: Picture of the feeds.
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permalinks:
    """How the site before us made its articles' addresses. The terms are Hexo's."""

    #: Address of the old site; may hold a path prefix.
    url: str
    #: `:year/:month/:day/:title/`
    pattern: str
    #: For dates that have none.
    timezone: tzinfo
    #: The zone of the machine that built the old site: its addresses show that clock.
    built_in: tzinfo
    #: `new_post_name`: what a file's name holds.
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
    #: `use_slug_as_post_title`: a file's name is the title of an article that has none.
    has_titles_of_slugs: bool = False
    #: `post_asset_folder`: an article's pictures are in a folder of its name.
    has_asset_folders: bool = False
    #: `marked.breaks`: whether a line of Markdown ends where its author ended the line.
    has_breaks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """Where entries come from. Identified by its name, never by its path or URL."""

    name: str
    kind: str
    #: Folder of a source of kind `seeds`.
    path: str
    #: Zone of dates that have none.
    timezone: tzinfo
    #: Authority and date of minted guids.
    tag: str
    #: Given to every entry, after its own.
    categories: tuple[str, ...] = ()
    rights: str | None = None
    #: How the site before us made its links; None where there was none.
    permalinks: Permalinks | None = None
    #: The address of the folder itself: what relative addresses in entries without a link are relative to.
    base: str | None = None
    #: Hosts of players, besides those of the sanitiser's own list.
    frames: tuple[str, ...] = ()
    #: Folders below `path` to look into; empty for all.
    folders: tuple[str, ...] = ()
    #: Whether `published: false` and a folder `_drafts` are published.
    has_drafts: bool = False
    #: Whether what is dated in the future is published before.
    has_future: bool = False
    #: Tags whose articles the site before us locks with a password, and what its readers saw of them.
    locking_tags: tuple[str, ...] = ()
    locked_abstract: str | None = None
    #: Whether tags are categories, each with a feed.
    tags_are_feeds: bool = False
    #: Fields that hide an article, besides those that all sources know.
    hiding_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed itself says of how often to ask for it."""

    #: RSS `ttl`, in minutes.
    ttl: int | None = None
    #: `sy:updatePeriod` (RSS 1.0 Syndication), and how many times in it.
    period: str | None = None
    frequency: int = 1
    #: Hours of the day, in GMT.
    skip_hours: frozenset[int] = frozenset()
    #: English names, in lower case.
    skip_days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An entry of a feed that is as it was, and was read before."""

    guid: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """An upstream feed, read."""

    #: Those that are not known.
    entries: tuple[RawEntry, ...]
    known: tuple[Known, ...] = ()
    #: What all its entries are known by, when they come again.
    marks: tuple[str, ...] = ()
    #: Plain text; may be empty.
    title: str = ""
    link: str | None = None
    #: An IRI: the `id` of an Atom feed.
    id: str | None = None
    #: Its `self` link: the address that it states for itself.
    self_link: str | None = None
    hints: Hints = field(default_factory=Hints)
    #: What is wrong with single items, or with the feed, and cost the others nothing.
    problems: tuple[str, ...] = ()
    #: Whether it is as its format wants it; if not, it was mended.
    is_well_formed: bool = True
    #: Whether it goes on to its end; if not, entries that it lacks are not gone, and it is to be asked for again.
    is_whole: bool = True
    #: Whether it has entries that are neither here nor known: they cannot be read, or newer ones fill the limit.
    has_left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an upstream's last answer is known by, to the letter; None where it gave none."""

    etag: str | None = None
    last_modified: str | None = None
    #: Who gave them, redirects followed: they are for nobody else.
    url: str | None = None

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How, and how far, something is fetched."""

    #: Says who asks, and how to reach them.
    user_agent: str
    #: Whether addresses of the own machine and network, and any port, may be asked.
    allow_private: bool = False
    #: Ports that may be asked besides the usual ones.
    ports: frozenset[int] = frozenset()
    #: Private networks that may be asked, as `198.18.0.0/15`.
    networks: tuple[str, ...] = ()
    #: Seconds for everything, redirects included.
    timeout: float = 30
    #: Bytes, before and after decoding.
    max_body: int = 10_000_000
    #: File of certificates that are trusted besides the system's.
    ca: str | None = None
    #: SHA-256 of the only certificate that is trusted, in hex.
    fingerprint: str | None = None
    #: URL of an HTTP proxy.
    proxy: str | None = None
    #: Sent with every request to the source's own host.
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern, and which field of an entry it is looked for in; case does not count."""

    #: `title`, `link`, `author`, `category` (the feed's own), `content` or `any`.
    field: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which entries of an upstream are shown, and in which categories. A digest of the rules is of all these fields."""

    #: An entry is shown if one of these fits it, or if there are none, and if none of `drop` fits it.
    keep: tuple[Rule, ...] = ()
    drop: tuple[Rule, ...] = ()
    #: The feed's own tags → categories; tags that are not here are not taken over.
    map: tuple[tuple[str, str], ...] = ()
    #: Given to every entry, after its own.
    categories: tuple[str, ...] = ()


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
    rights: str | None = None
    #: So many entries of one answer are read.
    max_entries: int = 1000
    #: Hosts of players, besides those of the sanitiser's own list.
    frames: tuple[str, ...] = ()
    #: Shown as whose work its entries are; None for the feed's own title.
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How much of a feed its document shows: the larger of `items` and `hours`, within the two caps."""

    items: int = 50
    #: Counted back from the newest arrival, not from now.
    hours: int = 48
    max_items: int = 500
    #: Bytes of content.
    max_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """A feed that we publish."""

    slug: str
    title: str
    description: str
    #: Any of these; empty: whatever its category.
    categories: frozenset[str] = frozenset()
    #: Any of these; empty: whatever its source.
    sources: frozenset[str] = frozenset()
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySpec:
    """What the configuration says of a category; None where it says nothing."""

    slug: str | None = None
    title: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed in one format, ready to send. A pure function of stored content."""

    format: Format
    #: The identity coding.
    body: bytes
    gzip: bytes
    #: Hex digest of `body`; the ETag is made of it.
    digest: str
    #: When the bytes last changed; never goes back.
    changed_at: datetime
