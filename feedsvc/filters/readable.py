"""An entry as filters see it: its texts, as a reader sees them, and its times. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from feedsvc.filters.folding import folded
from feedsvc.filters.patterns import encoded
from feedsvc.normalize.urls import legible

#: Number of characters of a text that filters search.
MAX_SEARCHED = 100_000


def _nothing() -> str:
    return ""


def _no() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """
    The visible parts of an entry. Texts are plain.

    What costs time is a function. It is called once at most, and only if a filter asks for it.
    """

    title: str
    #: Empty if the entry has no page.
    link: str
    authors: tuple[str, ...]
    #: The categories of the entry. For rules of a source: the tags that the upstream gives the entry.
    tags: tuple[str, ...]
    #: Returns the article's text.
    text: Callable[[], str]
    #: Returns the text of the summary.
    summary: Callable[[], str] = _nothing
    #: The names of its sources: those of the configuration, and those that readers see.
    sources: tuple[str, ...] = ()
    #: BCP 47; empty if the entry states none.
    language: str = ""
    #: None if the source gives no date.
    published: datetime | None = None
    #: When the entry came to feedsvc. None if it is on its way.
    arrived: datetime | None = None
    has_enclosure: bool = False
    #: Whether the entry has a picture, or its article has one.
    has_picture: Callable[[], bool] = _no
    _texts: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _folded: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _encoded: dict[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False, compare=False)

    def article(self) -> str:
        """The whole text of the article."""
        return self._kept("text", self.text)

    def teaser(self) -> str:
        """The text of the summary."""
        return self._kept("summary", self.summary)

    def _kept(self, name: str, read: Callable[[], str]) -> str:
        if name not in self._texts:
            self._texts[name] = read()
        return self._texts[name]

    def encoded(self, name: str) -> Iterator[bytes]:
        """The texts of a field, as patterns are searched in them."""
        for part in FIELDS[name]:
            if part not in self._encoded:
                self._encoded[part] = tuple(encoded(text[:MAX_SEARCHED]) for text in PARTS[part](self))
            yield from self._encoded[part]

    def folded(self, name: str) -> Iterator[str]:
        """The texts of a field without differences of width, case and script."""
        for part in FIELDS[name]:
            if part not in self._folded:
                self._folded[part] = tuple(folded(text[:MAX_SEARCHED]) for text in PARTS[part](self))
            yield from self._folded[part]


#: The texts of each field.
PARTS: dict[str, Callable[[Readable], tuple[str, ...]]] = {
    "title": lambda entry: (entry.title,),
    # Somebody who writes a filter reads `?x=广告`, where the link has `?x=%E5%B9%BF%E5%91%8A`.
    "link": lambda entry: tuple(dict.fromkeys((entry.link, legible(entry.link)))),
    "author": lambda entry: entry.authors,
    "category": lambda entry: entry.tags,
    "content": lambda entry: (entry.article(),),
    "source": lambda entry: entry.sources,
    "language": lambda entry: (entry.language,),
}

#: Parts that are no texts of a field.
MORE_PARTS = ("published", "arrived", "enclosure")

#: The name of a field → the parts that it has. The content stands last, because it costs the most.
FIELDS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in PARTS},
    "any": ("title", "link", "author", "category", "content"),
}
