"""The addresses of what feedsvc publishes. Pure."""

from urllib.parse import quote

from feedsvc.identity.hashing import digest
from feedsvc.model import Format


def article_id(guid: str) -> str:
    """The last segment of an article's address. It depends on the guid alone, so it never changes."""
    return digest(guid.encode())[:16]


def feed_url(base_url: str, slug: str, form: Format) -> str:
    """The self link of a feed in a format."""
    return f"{feed_page_url(base_url, slug)}.{form}"


def archive_url(base_url: str, slug: str, number: int, form: Format) -> str:
    """A page of a feed's archive in a format."""
    return f"{feed_page_url(base_url, slug)}/archive/{number}.{form}"


def feed_page_url(base_url: str, slug: str) -> str:
    """The web page of a feed."""
    return f"{base_url}/feeds/{quote(slug, safe='')}"


def article_url(base_url: str, guid: str) -> str:
    """The web page of an entry. It is published as the entry's link if the entry has no other link."""
    return f"{base_url}/articles/{article_id(guid)}"
