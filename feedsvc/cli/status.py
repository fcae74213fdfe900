"""`feedsvc status`: the operator's picture as lines or JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.wording import plain
from feedsvc.normalize.wording import plural, span
from feedsvc.publish import status
from feedsvc.publish.status import Configured, SourceStatus, Status

#: The kind of a trouble → its line.
TROUBLES = {
    "failing": "source {name}: failed {number} times in a row: {message}",
    "gone": "source {name}: {message}; remove the source, or ask it once more: feedsvc poll",
    "missing": "{message}",
    "held": "source {name}: {number} articles went missing at once and stay published; see feedsvc sources",
    "late": "{name} is late: its process hangs, or was killed; restart it",
    "waiting": "{number} saved entries are in no feed; run feedsvc update or feedsvc worker",
    "writes": "the database cannot be written: {name}",
    "undelivered": "webhook of feed {name}: failed {number} times in a row: {message}",
    "stopped": "webhook of feed {name}: {message}; remove the webhook, or give it another url",
}


def run(*, as_json: bool) -> int:
    """Print the picture. Returns 1 if something needs the operator."""
    config = configuration()
    configured = Configured(places=config.places_of_sources, seeds=config.sources)
    with opened_store(config) as store:
        found = status.read(store, configured, datetime.now(UTC), size=None)
    if as_json:
        click.echo(json.dumps(told(found), ensure_ascii=False, indent=2))
    else:
        for line in lines(found):
            click.echo(line)
    return 1 if found.troubles else 0


def lines(found: Status) -> Iterator[str]:
    """A line for each source, then the totals, then what needs the operator."""
    for one in found.sources:
        yield f"{one.name}: {_source(one)}"
    conditions = ", ".join(f"{number} {name}" for name, number in found.conditions.items())
    silent = f", {len(found.silent)} silent" if found.silent else ""
    yield f"sources: {conditions or 'none'}{silent}"
    polls = found.polls
    yield (
        f"polls: {polls['changed']} with news, {polls['unchanged']} without, {polls['failed']} failed, "
        f"{polls['missed']} may have missed entries; the oldest that is due waits for "
        f"{span(found.now + found.lag, found.now)}"
    )
    for name, done in found.work.done.items():
        yield f"{name}: last done {span(found.now, done.at)} ago"
    storage = found.storage
    yield (
        f"storage: {plural(storage.entries, 'entry')}, {plural(storage.revisions, 'revision')}, "
        f"{plural(storage.documents, 'document')} of {storage.documents_bytes} bytes, "
        f"{plural(storage.archive_pages, 'page')} of archives; database of {storage.database_bytes} bytes"
    )
    for feed in found.readers:
        if feed.subscribers:
            said = ", ".join(f"{name} {number}" for name, number in feed.subscribers)
            yield f"feed {feed.feed}: {plural(feed.total, 'subscriber')} ({said})"
    for hook in found.webhooks:
        yield f"webhook of feed {hook.feed}: {hook.words(found.now)}"
    for trouble in found.troubles:
        said = TROUBLES[trouble.kind].format(name=trouble.name, number=trouble.number, message=trouble.message)
        yield f"to do: {said}"


def _source(one: SourceStatus) -> str:
    """The state of a source in words, with what only the status has."""
    said = one.words
    if one.silent_days is not None:
        said += f"; silent: its newest entry is {one.silent_days} days old, against its own rhythm"
    if missed := one.history.polls.get("missed"):
        said += f"; {plural(missed, 'poll')} may have missed entries"
    if one.history.durations:
        said += f"; last answer in {one.history.durations[-1]} ms"
    if one.history.removed:
        said += f"; removed {', '.join(f'{number} {kind}' for kind, number in one.history.removed.items())}"
    return said


def told(found: Status) -> dict[str, Any]:
    """The picture as values for programs."""
    return {name: plain(value) for name, value in asdict(found).items() if name not in {"page", "pages"}}
