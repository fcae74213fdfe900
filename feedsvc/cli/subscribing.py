"""Finding feeds: in a reader's list, and on a site's page; as YAML to put under `sources`."""

import json
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import click

from feedsvc.config import Config
from feedsvc.config.sources import user_agent
from feedsvc.errors import EntryError, FeedsvcError
from feedsvc.fetch import fetch
from feedsvc.model import FetchPolicy
from feedsvc.normalize import slug
from feedsvc.parse.charset import decode_feed
from feedsvc.parse.opml import Subscription, linked_feeds, parse_opml


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
    click.echo("\n".join(as_yaml(found)))


def run_discover(config: Config, url: str, *, allow_private: bool) -> bool:
    """Print the feeds that a page names as its own as sources. Returns whether there are any."""
    page = fetch(url, FetchPolicy(user_agent=user_agent(config.site), allow_private=allow_private))
    found = linked_feeds(decode_feed(page), url)
    if found:
        click.echo("\n".join(as_yaml(found)))
    return bool(found)


def as_yaml(subscriptions: Iterable[Subscription]) -> Iterator[str]:
    """Sources for the configuration; strings as JSON has them, which is YAML too."""
    yield "sources:"
    names: set[str] = set()
    for one in subscriptions:
        wanted = slug(one.title) or "feed"
        name = next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}-{n}") not in names)
        names.add(name)
        yield f"  {_quoted(name)}:"
        yield "    kind: upstream"
        yield f"    url: {_quoted(one.url)}"
        if one.title != one.url:
            yield f"    title: {_quoted(one.title)}"
        if one.folder:
            yield f"    categories: [{_quoted(one.folder)}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
