"""`feedsvc discover`: the feeds that a page links as its own, as YAML for `sources`."""

import click

from feedsvc.cli.objects import configuration
from feedsvc.cli.subscribing import as_yaml
from feedsvc.config import Config
from feedsvc.config.sources import user_agent
from feedsvc.config.values import meant
from feedsvc.errors import EntryError, FeedsvcError, FetchError
from feedsvc.fetch.client import fetched
from feedsvc.fetch.walls import advice
from feedsvc.model import FetchPolicy
from feedsvc.normalize import web_url
from feedsvc.parse.charset import decode_feed
from feedsvc.parse.opml import Subscription, linked_feeds
from feedsvc.parse.upstream import parse_feed
from feedsvc.sanitize.text import strip_markup


def run(*, url: str, allow_private: bool) -> None:
    """Print the feeds of a page. Raises FeedsvcError where the page links none."""
    if not run_discover(configuration(), url, allow_private=allow_private):
        raise FeedsvcError(f"{url}: names no feed; look on its page for one")


def run_discover(config: Config, url: str, *, allow_private: bool) -> bool:
    """Print the feeds that a page links as its own, as sources. Returns whether there are any."""
    if web_url(url) is None or not url.lower().startswith(("http://", "https://")):
        raise FeedsvcError(f"{url}: write the whole http:// or https:// URL of a page{meant(url)}")
    policy = FetchPolicy(user_agent=user_agent(config.site), allow_private=allow_private)
    try:
        answer = fetched(url, policy)
    except FetchError as error:
        hint = "" if allow_private else "; to ask it here: feedsvc discover --allow-private"
        raise FeedsvcError(f"{error}{hint if 'allow_' in str(error) else ''}") from error
    text = decode_feed(answer.body, answer.headers.get("content-type", ""))
    found = linked_feeds(text, answer.url) or _itself(text, answer.url)
    if not found and answer.wall:
        raise FeedsvcError(f"{url}: {advice(answer.wall)}")
    if found:
        click.echo("\n".join(as_yaml(found, allow_private=allow_private)))
    return bool(found)


def _itself(text: str, url: str) -> list[Subscription]:
    """The address itself, where a feed is there."""
    try:
        feed = parse_feed(text, url)
    except EntryError:
        return []
    return [Subscription(title=strip_markup(feed.title) or url, url=url)]
