"""`feedsvc explain`: why an entry is, or is not, where somebody looks for it."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.wording import as_json as json_of
from feedsvc.cli.wording import printable
from feedsvc.publish.differences import Kind
from feedsvc.publish.explaining import Configured, Explanation, Question, explain
from feedsvc.publish.worded import worded
from feedsvc.texts import LANGUAGES

#: The marks of the fate of a text, before and after it.
MARKS = {Kind.SAME: ("", ""), Kind.GONE: ("[-", "-]"), Kind.NEW: ("{+", "+}")}


def run(*, name: str, feed: str | None, as_json: bool) -> int:
    """Print the explanation. Returns 1 if nothing that is stored has the name, or no feed the slug."""
    config = configuration()
    configured = Configured(catalogue=config.catalogue, seeds=config.sources, upstreams=config.upstreams)
    question = Question(text=name, feed=feed, path=str(Path.cwd() / name.replace("\0", "")))
    with opened_store(config) as store:
        found = explain(store, configured, question, datetime.now(UTC))
    if as_json:
        click.echo(json_of(asdict(found) | {"is_found": found.is_found}))
    else:
        for line in lines(found):
            click.echo(printable(line))
    return 0 if found.is_found and found.unknown_feed is None else 1


def lines(found: Explanation) -> Iterator[str]:
    """The explanation in English, as all commands print it, line by line."""
    for said in worded(found, LANGUAGES["en"]):
        change = (f"{MARKS[piece.kind][0]}{piece.text}{MARKS[piece.kind][1]}" for piece in said.change)
        yield f"{'  ' * said.depth}{said.text}{''.join(change)}"
