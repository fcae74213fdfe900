"""Finding feeds: in a reader's list, and on a site's page; as YAML to put under `sources`."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import click

from feedsvc.config import Config
from feedsvc.config.sources import user_agent
from feedsvc.config.values import meant
from feedsvc.errors import EntryError, FeedsvcError, FetchError
from feedsvc.fetch import fetched
from feedsvc.fetch.walls import advice
from feedsvc.model import FetchPolicy
from feedsvc.normalize import slug, web_url
from feedsvc.parse.charset import decode_feed
from feedsvc.parse.opml import Subscription, linked_feeds, parse_opml
from feedsvc.parse.upstream import parse_feed
from feedsvc.sanitize import strip_markup


def run_import(file: Path) -> None:
    """Print the subscriptions of an OPML file as sources."""
    try:
        found, problems = parse_opml(file.read_bytes())
    except OSError as error:
        raise FeedsvcError(f"{file}: cannot be read: {error.strerror}") from error
    except EntryError as error:
        raise FeedsvcError(f"{file}: {error}; export it from a feed reader") from error
    for problem in problems:
        click.echo(f"{file}: {problem}", err=True)
    if not found:
        raise FeedsvcError(f"{file}: no subscriptions in it; export it from a feed reader")
    click.echo("\n".join(as_yaml(found)))


def run_discover(config: Config, url: str, *, allow_private: bool) -> bool:
    """Print the feeds that a page names as its own as sources. Returns whether there are any."""
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
    """The address itself, where it is a feed's."""
    try:
        feed = parse_feed(text, url)
    except EntryError:
        return []
    return [Subscription(title=strip_markup(feed.title) or url, url=url)]


def as_yaml(subscriptions: Iterable[Subscription], *, allow_private: bool = False) -> Iterator[str]:
    """Sources for the configuration; strings as JSON has them, which is YAML too."""
    yield "sources:"
    names: set[str] = set()
    for one in subscriptions:
        wanted = _name(one)
        name = next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}-{n}") not in names)
        names.add(name)
        yield f"  {_quoted(name)}:"
        yield "    kind: upstream"
        yield f"    url: {_quoted(one.url)}"
        yield from (f"    # the same in another format: {other}" for other in one.others)
        if allow_private:
            yield "    allow_private: true"
        if one.title != one.url:
            yield f"    title: {_quoted(one.title)}"
        if one.folder:
            yield f"    categories: [{_quoted(one.folder)}]"


def _name(one: Subscription) -> str:
    """A source's name is for good, and part of names of variables: letters and digits of its title, else its host."""
    title = (urlsplit(one.url).hostname or "") if one.title == one.url else one.title
    return slug(re.sub(r"[^\w\s-]+", " ", title).strip()).lower() or "feed"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
