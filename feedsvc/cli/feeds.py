"""`feedsvc feeds`: the feeds and their addresses."""

import json
from collections.abc import Sequence

import click

from feedsvc.cli.addressing import say_conflicts
from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.publishing import publisher_of
from feedsvc.model import FORMATS
from feedsvc.publish import Listed


def run(*, as_json: bool) -> None:
    """List the feeds: a line each, or JSON."""
    config = configuration()
    with opened_store(config) as store:
        publisher = publisher_of(config, store)
        # Before the first update has ended, feeds may be there that nothing can be in yet.
        catalogue = [] if publisher.is_empty() else publisher.catalogue()
        say_conflicts(config, store)
    if as_json:
        click.echo(_as_json(catalogue))
        return
    if not catalogue:
        click.echo("no feeds yet: no import has ended; to import, run: feedsvc update, unless feedsvc up is at work")
    for one in catalogue:
        click.echo(f"{one.entries:6}  {one.channel.url('rss')}  {one.channel.feed.title}")


def _as_json(catalogue: Sequence[Listed]) -> str:
    feeds = [
        {
            "slug": one.channel.feed.slug,
            "title": one.channel.feed.title,
            "entries": one.entries,
            "page": one.channel.page_url,
            **{form: one.channel.url(form) for form in FORMATS},
        }
        for one in catalogue
    ]
    return json.dumps(feeds, ensure_ascii=False, indent=2)
