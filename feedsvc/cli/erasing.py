"""`feedsvc takedown`: withdraws pieces for good, lists what was withdrawn, and removes a block."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.publishing import refresh
from feedsvc.cli.wording import plural
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.merge.blocks import Target, pattern_of, target_of
from feedsvc.publish.explaining import paths_of
from feedsvc.store import Store, naming, takedowns
from feedsvc.store.erasing import erase, forget_revisions, vacuum


def run(  # noqa: PLR0913 - the options of the command
    *,
    targets: Sequence[str],
    is_pattern: bool,
    is_former: bool,
    reason: str | None,
    is_dry: bool,
    is_sure: bool,
    is_vacuuming: bool,
    is_listing: bool,
    undo: int | None,
) -> int:
    """Take down the targets, or list take-downs, or undo one. Returns the exit code."""
    if bool(targets) + is_listing + (undo is not None) != 1:
        raise click.UsageError("give a TARGET, or --list, or --undo ID")
    config = configuration()
    with opened_store(config) as store:
        if is_listing:
            _list(store)
            return 0
        if undo is not None:
            _undo(store, undo)
            return 0
        wanted = [one for text in targets for one in _targets(config, store, text, is_pattern=is_pattern)]
        number = _tell(store, wanted)
        if is_dry:
            return 0
        if not (is_sure or _is_agreed(number, is_former=is_former)):
            click.echo("nothing was changed")
            return 1
        if is_former:
            forget_former(config, store, wanted, datetime.now(UTC))
        else:
            take_down(config, store, wanted, reason, datetime.now(UTC))
        if is_vacuuming:
            vacuum(store)
        return 0


def _target(config: Config, text: str, *, is_pattern: bool) -> Target:
    """The target that a text means. Raises FeedsvcError for a pattern that fits nearly everything."""
    found = pattern_of(text) if is_pattern else target_of(text, config.site.base_url)
    if found is None or not found.text:
        raise FeedsvcError(f"{text!r} would take down nearly everything; write more characters of the links or guids")
    return found


def _targets(config: Config, store: Store, text: str, *, is_pattern: bool) -> list[Target]:
    """
    The targets that a text means: a text that names nothing else may be the path of a seed file, as `explain` takes it.

    Raises FeedsvcError for a file without an entry: a block of its path would block nothing.
    """
    target = _target(config, text, is_pattern=is_pattern)
    path = Path.cwd() / text.replace("\0", "")
    with store.read() as db:
        if is_pattern or takedowns.find(db, target):
            return [target]
        guids = naming.guids_of(db, paths_of(text, str(path), {one.name: one.path for one in config.sources}))
    if not guids and path.is_file():
        raise FeedsvcError(f"{text}: no entry of this file is stored; write the guid or the link of the article")
    return [target_of(one, config.site.base_url) for one in guids] or [target]


def _is_agreed(number: int, *, is_former: bool) -> bool:
    """Whether a person agrees. Where nobody sits at a terminal, nobody is asked."""
    question = f"Erase {plural(number, 'entry')} for good?" if number else "Block this from now on?"
    if is_former:
        question = f"Erase the former forms of {plural(number, 'entry')} for good?"
    return not sys.stdin.isatty() or click.confirm(question)


def _tell(store: Store, targets: Sequence[Target]) -> int:
    """Print the entries that the targets mean. Returns how many there are."""
    numbers: set[int] = set()
    with store.read() as db:
        for target in targets:
            found = takedowns.find(db, target)
            feeds = takedowns.feeds_of(db, found)
            numbers |= {one.id for one in found}
            for one in found:
                places = ", ".join(feeds[one.story_id]) or "no feed"
                click.echo(f"{one.title or 'without title'} ({one.guid}), of source {one.named.source}, in {places}")
            if not found:
                click.echo(f"{target.text}: nothing of it is stored; a take-down blocks it if it comes")
    return len(numbers)


def take_down(config: Config, store: Store, targets: Sequence[Target], reason: str | None, now: datetime) -> None:
    """
    Erase and block the targets in one transaction, then make the documents that this changed.

    It waits for a running update, which knows the entries by their rows.
    """
    said = []
    with store.alone(), store.write() as db:
        for target in targets:
            found = takedowns.find(db, target)
            number = takedowns.save(db, target, found, reason, now)
            erase(db, found, number, now)
            said.append(f"take-down {number}: {target.text}: {plural(len(found), 'entry')} erased")
    for line in said:
        click.echo(line)
    refresh(config, store, now)


def forget_former(config: Config, store: Store, targets: Sequence[Target], now: datetime) -> None:
    """Erase the former forms of the targets in one transaction. Their pages change."""
    with store.alone(), store.write() as db:
        found = [one for target in targets for one in takedowns.find(db, target)]
        number = forget_revisions(db, found)
    click.echo(f"{plural(number, 'former form')} erased")
    refresh(config, store, now)


def _list(store: Store) -> None:
    with store.read() as db:
        listed = takedowns.listed(db)
    for one in listed:
        reason = f": {one.reason}" if one.reason else ""
        click.echo(
            f"{one.id}  {one.at:%Y-%m-%d %H:%M}  {one.kind} {one.target}, {plural(one.erased, 'entry')} erased{reason}"
        )
    if not listed:
        click.echo("nothing was taken down")


def _undo(store: Store, number: int) -> None:
    """Remove a block. Raises FeedsvcError where there is none with this number."""
    with store.alone(), store.write() as db:
        done = takedowns.undo(db, number)
    if done is None:
        raise FeedsvcError(f"there is no take-down {number}; see: feedsvc takedown --list")
    click.echo(
        f"take-down {number}: {done.target}: not blocked any more; what was erased comes back with the next update or "
        "poll, if a source still has it"
    )
