"""
Take-downs: whether an item is a piece that an operator withdrew for good. Pure.

A take-down is stored as signs: digests of the names of what was withdrawn. An item that has one of these signs, or that
fits a pattern, is blocked. The signs hold no text of the piece and no address.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from feedsvc.identity import article_id, bounded, digest, page_key
from feedsvc.jumps import destination, without_tracking
from feedsvc.merge.stories import GLOBAL
from feedsvc.normalize import link_key, web_url

#: `link` is an address, `article` an address of our own pages, `pattern` fits addresses and guids.
Kind = Literal["guid", "link", "article", "pattern"]

#: The end of the address of an article's page.
ARTICLE = re.compile(r"/articles/([0-9a-f]{16})/?(?:[?#].*)?", re.DOTALL)

#: An address without scheme, as people write it.
BARE_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/.+", re.IGNORECASE | re.DOTALL)

#: The beginning of an address that does not count in patterns, as in `normalize.link_key`.
SCHEME = re.compile(r"\A(?:https?:)?//(?:www\.)?", re.IGNORECASE)

#: Parts of a pattern that most addresses and guids have, and the number of other characters that a pattern needs.
USUAL = re.compile(r"https?|://|www\.|tag:|urn:|uuid:|\*|/", re.IGNORECASE)
MIN_PATTERN = 4


class Name(NamedTuple):
    """A name of an entry."""

    #: `guid`, `page`, `key`, `hash` or `headline`.
    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An item or a stored entry, with all that names it."""

    #: The name of its source.
    source: str
    guids: tuple[str, ...]
    #: Its link before and after sanitising.
    links: tuple[str, ...] = ()
    #: The article key.
    key: str = ""
    #: Hash of its raw form.
    hash: str = ""
    #: `normalize.title_key` of its title, and the date that its source states. Only both together are a name.
    title_key: str = ""
    published: datetime | None = None

    @property
    def names(self) -> Iterator[Name]:
        """All names. Some of them may be shared with other entries."""
        yield from (Name("guid", guid) for guid in dict.fromkeys(self.guids) if guid)
        yield from (Name("page", key) for key in dict.fromkeys(map(page_key, self.links)) if key)
        if self.key:
            yield Name("key", self.key)
        if self.hash:
            yield Name("hash", self.hash)
        if self.title_key and self.published:
            yield Name("headline", f"{self.title_key} {self.published.isoformat()}")

    @property
    def signs(self) -> frozenset[str]:
        """The signs by which an item is recognised: each name in the item's source, and in all sources."""
        both = (sign(name, scope) for name in self.names for scope in ("", self.source))
        return frozenset((*both, *(_of_article(article_id(guid)) for guid in self.guids if guid)))

    def lasting(self, shared: Collection[Name]) -> frozenset[str]:
        """
        The signs that a take-down of this entry leaves behind.

        A name that several entries of one source have (`shared`) identifies none of them. A page, a hash and a globally
        unique guid count in all sources. Other names count in the entry's own source.
        """
        return frozenset(
            sign(name, "" if is_global(name) else self.source) for name in self.names if name not in shared
        )


def is_global(name: Name) -> bool:
    """Whether a name means the same piece in all sources."""
    return name.kind in {"page", "hash"} or (name.kind == "guid" and GLOBAL.match(name.value) is not None)


def sign(name: Name, scope: str = "") -> str:
    """The digest of a name in a source; an empty scope means all sources."""
    return digest(f"{name.kind}\n{scope}\n{name.value}".encode("utf-8", "surrogatepass"))


def _of_article(number: str) -> str:
    return sign(Name("article", number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an operator wants to withdraw."""

    kind: Kind
    #: As the operator wrote it.
    text: str
    #: `identity.page_key` of an address; None where the text is no address of an article.
    page: str | None = None
    #: The id of an article's page.
    article: str | None = None

    @property
    def signs(self) -> frozenset[str]:
        """The signs that block the target in all sources, also if nothing of it is stored. A pattern has none."""
        if self.kind == "pattern":
            return frozenset()
        if self.article:
            return frozenset({_of_article(self.article)})
        page = {sign(Name("page", self.page))} if self.page else set[str]()
        return frozenset({sign(Name("guid", bounded(self.text))), *page})


def target_of(text: str, base_url: str) -> Target:
    """
    The target that a text means: an address of our own article pages, another address, else a guid.

    `base_url` is where our own pages are. Other addresses may be written as an upstream writes them.
    """
    text = text.strip()
    own = text.removeprefix(base_url).removeprefix(urlsplit(base_url).path)
    if found := ARTICLE.fullmatch(own):
        return Target(kind="article", text=text, article=found[1])
    address = f"https://{text}" if BARE_ADDRESS.fullmatch(text) else text
    url = web_url(address) if SCHEME.match(address) else None
    if url is None:
        return Target(kind="guid", text=text)
    return Target(kind="link", text=text, page=page_key(destination(url)))


def pattern_of(text: str) -> Target | None:
    """The target that a pattern means; None for a pattern that fits nearly everything."""
    text = text.strip()
    return Target(kind="pattern", text=text) if len(USUAL.sub("", text)) >= MIN_PATTERN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """All that was taken down, as far as it concerns the items that are asked about."""

    signs: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()

    def has(self, one: Named) -> bool:
        """Whether an item was taken down."""
        if self.signs and not self.signs.isdisjoint(one.signs):
            return True
        return any(is_fitting(pattern, one) for pattern in self.patterns)


def is_fitting(pattern: str, one: Named) -> bool:
    """Whether a pattern fits a link or a guid of an entry. In an address, scheme, `www.` and escapes do not count."""
    bare = unquote(SCHEME.sub("", pattern))
    plain = (link_key(without_tracking(link)) for link in one.links)
    return any(fits(pattern, text) for text in (*one.guids, *one.links)) or any(fits(bare, text) for text in plain)


def fits(pattern: str, text: str) -> bool:
    """
    Whether a whole text fits a pattern, in which `*` stands for any characters. Case does not count.

    The time grows with the product of both lengths at worst: nothing is tried twice.
    """
    first, *rest = pattern.casefold().split("*")
    text = text.casefold()
    if not rest:
        return text == first
    if not text.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(text) - len(rest[-1]) >= at and text.endswith(rest[-1])
