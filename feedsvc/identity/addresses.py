"""The addresses of what feedsvc publishes. Pure."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from feedsvc.identity.hashing import digest
from feedsvc.jumps import without_tracking
from feedsvc.model import Format, View
from feedsvc.normalize import link_key

HOUR = timedelta(hours=1)

#: Characters of a page's key: the limit of a database index.
MAX_PAGE_KEY = 500


def article_id(guid: str) -> str:
    """The last segment of an article's address. It depends on the guid alone, so it never changes."""
    return digest(guid.encode())[:16]


def page_key(link: str | None) -> str | None:
    """A key that all addresses of one page share; None for the front page of a site, which is no article."""
    key = link_key(without_tracking(link)) if link else ""
    if len(key) > MAX_PAGE_KEY:
        key = f"{key.partition('/')[0]}/{digest(key.encode())}"
    return key if key.partition("/")[2] else None


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


def view_query(view: View) -> str:
    """
    The canonical query of a view, in a fixed order and without what is usual: equal views have equal queries.

    The format is left out, because the suffix of an address states it. Empty: the feed's own document.
    """
    stated = {
        "after": None if view.after is None else str(view.after),
        "since": None if view.since is None else _since(view.since),
        **{name: quote(value, safe="") for name, value in view.filters},
        "limit": view.limit,
        "sorted": None if view.is_sorted else "false",
        "brief": view.brief,
        "mode": None if view.has_content else "summary",
        "opencc": view.opencc,
    }
    return "&".join(f"{name}={value}" for name, value in stated.items() if value is not None)


def _since(since: datetime | timedelta) -> str:
    """`2026-11-24T12:00:00Z`, or `48h`."""
    if isinstance(since, timedelta):
        return f"{since // HOUR}h"
    return since.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
