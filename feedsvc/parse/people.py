"""The authors and contributors of an entry, as feedparser or JSON gives them. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from feedsvc.model import Author
from feedsvc.normalize import web_url
from feedsvc.people import distinct, has_address, names_of


def authors_of(item: Mapping[str, Any], feed: Mapping[str, Any]) -> tuple[Author, ...]:
    """An entry's authors, else those of its `source`, else the feed's (RFC 4287, 4.2.1)."""
    source = item.get("source")
    holders = (item, source if isinstance(source, Mapping) else {}, feed)
    return next(
        (authors for holder in holders if (authors := distinct(_named_authors(_feedparser_authors(holder))))), ()
    )


def contributors_of(item: Mapping[str, Any]) -> tuple[Author, ...]:
    """An entry's contributors, from Atom and Dublin Core."""
    return distinct(_named_authors(_feedparser_details(item.get("contributors"))))


def json_authors(item: Mapping[str, Any], feed: Mapping[str, Any]) -> tuple[Author, ...]:
    """An item's authors, else the feed's: `authors` of JSON Feed 1.1, or `author` of 1. A bare name is read too."""
    found = (distinct(_named_authors(_json_details(holder))) for holder in (item, feed))
    return next((authors for authors in found if authors), ())


#: A name (or a text in its place), and the address of a page.
_Detail = tuple[object, object]


def _feedparser_authors(holder: Mapping[str, Any]) -> list[_Detail]:
    details = list(_feedparser_details(holder.get("authors") or [holder.get("author_detail")]))
    author = str(holder.get("author") or "")
    if len(details) <= 1 and "@" in author:
        # feedparser splits it as if every domain ended in four letters or fewer.
        return [(author, details[0][1] if details else None)]
    return details or [(author, None)]


def _feedparser_details(people: object) -> Iterator[_Detail]:
    for one in people if isinstance(people, list) else ():
        if isinstance(one, Mapping) and (name := one.get("name") or one.get("email")):
            yield name, one.get("href")


def _json_details(holder: Mapping[str, Any]) -> Iterator[_Detail]:
    found = holder.get("authors") or holder.get("author")
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, str):
            yield one, None
        elif isinstance(one, Mapping) and isinstance(one.get("name"), str):
            yield one["name"], one.get("url")


def _named_authors(details: Iterable[_Detail]) -> Iterator[Author]:
    for written, url in details:
        names = names_of(str(written or ""))
        page = _person_page(url) if len(names) == 1 else None
        yield from (Author(name=name, url=page) for name in names)


def _person_page(url: object) -> str | None:
    """The address of a person's page; None for `mailto:` and for an address that contains an e-mail address."""
    page = web_url(url) if isinstance(url, str) and url.strip() else None
    return None if page and has_address(unquote(page)) else page
