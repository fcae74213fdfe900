"""`feedsvc opml import`: the subscriptions of a feed reader, as YAML for `sources`."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import click

from feedsvc.errors import EntryError, FeedsvcError
from feedsvc.normalize import slug
from feedsvc.parse.opml import Subscription, parse_opml


def run(*, file: Path) -> None:
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


def as_yaml(subscriptions: Iterable[Subscription], *, allow_private: bool = False) -> Iterator[str]:
    """Sources for the configuration. Strings are quoted as in JSON, which is valid YAML."""
    yield "sources:"
    names: set[str] = set()
    for one in subscriptions:
        wanted = _source_name(one)
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


def _source_name(one: Subscription) -> str:
    """Letters and digits of the title, else of the host: a source keeps its name, and variables contain the name."""
    title = (urlsplit(one.url).hostname or "") if one.title == one.url else one.title
    return slug(re.sub(r"[^\w\s-]+", " ", title).strip()).lower() or "feed"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
