"""
The feeds of a configuration, and the addresses that they may have. Pure.

An address is a slug; two slugs with one `slug_key` are one address. Each address belongs to the feed that had it last.
It changes hands only where the configuration gives it to another feed (`feeds.<slug>`, `categories.<name>.slug`) and
its owner is known to have left it: the configuration gives the owner another slug, or the owner is a defined feed that
the configuration no longer has.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeVar

from feedsvc.model import FeedSpec, Selection, Site, Window
from feedsvc.normalize import slug_key

ALL = "all"

FeedKind = Literal["all", "category", "defined"]

#: Facts of a configuration, each with its kind.
Listed = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Fields that a configuration states of a feed, whatever the feed selects; None: not stated."""

    title: str | None = None
    description: str | None = None
    language: str | None = None
    window: Window | None = None


NOTHING_STATED = Stated()


def described(site: Site, name: str, slug: str, selection: Selection, stated: Stated = NOTHING_STATED) -> FeedSpec:
    """A feed, with the defaults for everything that is not stated; `name` is empty for `all`."""
    title = stated.title or (f"{name} - {site.title}" if name else site.title)
    return FeedSpec(
        slug=slug,
        title=title,
        description=stated.description or title,
        language=stated.language or site.language,
        window=stated.window or Window(),
        selection=selection,
    )


Node = TypeVar("Node")


@dataclass(slots=True)
class Branch(Generic[Node]):
    """A node of the tree of categories, and the branches below it."""

    node: Node
    children: "list[Branch[Node]]" = field(default_factory=list)


def in_order(branches: "Iterable[Branch[Node]]") -> Iterator[Node]:
    """The nodes of a tree, each before those below it."""
    for one in branches:
        yield one.node
        yield from in_order(one.children)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The feeds of a configuration."""

    site: Site
    #: The feeds of the section `feeds`, by the key of their slug; `all` is here only where the configuration has it.
    feeds: Mapping[str, FeedSpec] = field(default_factory=dict)
    #: The feeds of the section `categories`, by the category's name.
    categories: Mapping[str, FeedSpec] = field(default_factory=dict)
    #: A category's name → the slug that the configuration states for it.
    slugs: Mapping[str, str] = field(default_factory=dict)
    #: A category's name → the name of the category above it.
    parents: Mapping[str, str] = field(default_factory=dict)
    #: Other settings that pages show.
    pages: str = ""

    def branches(self, nodes: Iterable[Node], category_of: Callable[[Node], str | None]) -> "list[Branch[Node]]":
        """Feeds as a tree, in the given order. A category whose parent is not among them stands at the top."""
        made = [Branch(node) for node in nodes]
        by_name = {name: one for one in made if (name := category_of(one.node))}
        top: list[Branch[Node]] = []
        for one in made:
            parent = by_name.get(self.parents.get(category_of(one.node) or "", ""))
            (parent.children if parent else top).append(one)
        return top

    def defined(self) -> dict[str, FeedSpec]:
        """The defined feeds by the key of their slug: those of `feeds` without `all`."""
        return {key: spec for key, spec in self.feeds.items() if key != ALL}

    def spec(self, slug: str, category: str | None) -> FeedSpec:
        """The feed that is published under `slug`; `category` is the name of the category whose feed it is."""
        if category is None:
            found = self.feeds.get(slug_key(slug)) or described(self.site, "", slug, Selection())
        else:
            selection = Selection(categories=(category,))
            found = self.categories.get(category) or described(self.site, category, slug, selection)
        return replace(found, slug=slug)

    def listed(self, slug: str) -> Listed:
        """
        What pages show of the configuration, and the document of this feed does not. Pages have the date of a document.

        The catalogue and the OPML list have the date of `all`. They show texts, tree and sizes of all feeds. So a text,
        a parent or a selection of any feed belongs to what makes `all`.
        """
        of_pages = ("pages", "", self.pages)
        if slug != ALL:
            return (of_pages,)
        configured = [("feed", key, spec) for key, spec in self.feeds.items()]
        configured += [("category", name, spec) for name, spec in self.categories.items()]
        texts = sorted(
            (kind, key, one.title, one.description, one.language, repr(one.selection)) for kind, key, one in configured
        )
        return of_pages, *texts, *sorted(("parent", child, parent) for child, parent in self.parents.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An address that the configuration gives to a feed."""

    kind: FeedKind
    #: The category's name, or the defined feed's slug.
    name: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The feed that has an address now."""

    id: int
    kind: FeedKind
    #: The category's name; for another kind, the feed's slug.
    name: str
    #: The current slug. Former slugs lead to the feed as well.
    slug: str
    #: A retired feed is not in the configuration, and its address answers 410.
    is_retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The decisions about the addresses that the configuration gives to feeds."""

    granted: tuple[Claim, ...] = ()
    #: Granted, and another feed has the address until now.
    handed: tuple[tuple[Claim, Owner], ...] = ()
    #: Not granted: the owner keeps the address.
    refused: tuple[tuple[Claim, Owner], ...] = ()


def named(feed: Claim | Owner) -> str:
    """The words by which a message names a feed."""
    return f"the category {feed.name!r}" if feed.kind == "category" else f"the feed {feed.name!r}"


def claims(catalogue: Catalogue) -> tuple[Claim, ...]:
    """The addresses that a configuration gives to feeds."""
    defined = (Claim(kind="defined", name=spec.slug, slug=spec.slug) for spec in catalogue.defined().values())
    of_categories = (Claim(kind="category", name=name, slug=slug) for name, slug in catalogue.slugs.items())
    return (*defined, *of_categories)


def decide(claimed: Collection[Claim], owners: Mapping[str, Owner]) -> Addresses:
    """
    Decide which claims are granted; `owners` has the owner of each address, by its key.

    Owners may swap their addresses: a claim is refused only where its owner stays, or cannot leave.
    """
    by_feed = {_identity(claim): claim for claim in claimed}
    standing = dict(by_feed)
    while refused := [one for one, claim in standing.items() if not _may_have(claim, owners, by_feed, standing)]:
        for one in refused:
            del standing[one]
    return Addresses(
        granted=tuple(standing.values()),
        handed=tuple(_taken(standing.values(), owners)),
        refused=tuple(_taken((claim for one, claim in by_feed.items() if one not in standing), owners)),
    )


_Identity = tuple[str, str]


def _identity(feed: Claim | Owner) -> _Identity:
    return feed.kind, feed.name if feed.kind == "category" else slug_key(feed.name)


def _may_have(
    claim: Claim,
    owners: Mapping[str, Owner],
    by_feed: Mapping[_Identity, Claim],
    standing: Mapping[_Identity, Claim],
) -> bool:
    key = slug_key(claim.slug)
    owner = owners.get(key)
    if owner is None or _identity(owner) == _identity(claim):
        return True
    if owner.kind == "defined":
        return _identity(owner) not in by_feed
    leaving = standing.get(_identity(owner))
    return leaving is not None and slug_key(leaving.slug) != key


def _taken(claimed: Collection[Claim] | Iterator[Claim], owners: Mapping[str, Owner]) -> Iterator[tuple[Claim, Owner]]:
    """The claims to an address that another feed has, each with that feed."""
    for claim in claimed:
        owner = owners.get(slug_key(claim.slug))
        if owner is not None and _identity(owner) != _identity(claim):
            yield claim, owner
