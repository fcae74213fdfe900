"""The HTTP client: guarded against private addresses, polite, bounded. No other package uses aiohttp."""

from feedsvc.fetch.client import Answer, Client, fetch, fetched
from feedsvc.fetch.content import NOT_MODIFIED, OK
from feedsvc.fetch.guard import checked_url

__all__ = ["NOT_MODIFIED", "OK", "Answer", "Client", "checked_url", "fetch", "fetched"]
