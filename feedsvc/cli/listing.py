"""`feedsvc sources`: each source and its state."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.wording import BLOCKED, plural, span
from feedsvc.config import Config
from feedsvc.errors import SourceError
from feedsvc.fetch.guard import without_secrets
from feedsvc.model import SourceSpec
from feedsvc.sources.seeds import require_folder
from feedsvc.store import Store, poll_states, sources
from feedsvc.store.poll_states import PollState
from feedsvc.store.sources import SourceState

#: In place of the next poll, for a source whose server said that the feed is gone (410).
NEVER = "not polled again unless it is asked by name"

#: For a source that is no longer in the configuration.
NOT_CONFIGURED = "; no longer configured, what it published stays"


def run(*, as_json: bool) -> None:
    """List the sources: a line each, or JSON."""
    config = configuration()
    with opened_store(config) as store:
        found = listed(config, store, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one['name']}: {one['state']}")


def listed(config: Config, store: Store, now: datetime) -> list[dict[str, Any]]:
    """Every configured source, then former ones, as values for programs. `state` is a line for people."""
    with store.read() as db:
        stored, polled = sources.states(db, now), poll_states.states(db)
    places: dict[str, str] = {spec.name: spec.path for spec in config.sources}
    places |= {spec.name: spec.url for spec in config.upstreams}
    missing = {spec.name: reason for spec in config.sources if (reason := missing_folder(spec))}
    names = [*places, *(name for name in sorted(stored) if name not in places)]
    told = [_listed(stored.get(name, SourceState(name=name)), polled.get(name), places, now) for name in names]
    return [
        one | {"state": f"{one['state']}; {missing[name]}"} if (name := one["name"]) in missing else one for one in told
    ]


def _listed(state: SourceState, poll: PollState | None, places: Mapping[str, str], now: datetime) -> dict[str, Any]:
    told = asdict(state)
    if poll is None:
        return told | {"path": places.get(state.name), "state": _of_seeds(state, is_configured=state.name in places)}
    del told["files"], told["problems"], told["held"]
    return told | _plain(asdict(poll)) | {"state": _of_upstream(state, poll, places, now)}


def missing_folder(spec: SourceSpec) -> str:
    """The message where the folder of a source is missing; empty where the folder is there."""
    try:
        require_folder(spec)
    except SourceError as error:
        return str(error)
    return ""


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _of_seeds(state: SourceState, *, is_configured: bool) -> str:
    # As `check` counts.
    wrong = state.problems + state.plain + (is_configured and state.held is not None)
    counted = f"{plural(state.files, 'file')}, {state.entries} published, {plural(wrong, 'problem')}"
    counted += _plain_text(state) + _taken_down(state)
    if not is_configured:
        return counted + NOT_CONFIGURED
    return counted + ("" if state.held is None else _held(state.name, state.held))


def _held(name: str, number: int) -> str:
    """The seeds of a source that are held back, and the command that withdraws them."""
    stay, them = ("stays", "it") if number == 1 else ("stay", "them")
    command = f"feedsvc sources confirm {shlex.quote(name)}"
    return f"; {plural(number, 'article')} went missing at once and {stay} published; to withdraw {them}: {command}"


def _of_upstream(state: SourceState, poll: PollState, places: Mapping[str, str], now: datetime) -> str:
    counted = f"{state.entries} published, {state.a_day:.1f} a day{_plain_text(state)}{_taken_down(state)}"
    if state.name not in places:
        return counted + NOT_CONFIGURED
    if poll.url != places.get(state.name):
        counted += f"; moved for good to {without_secrets(poll.url)}, write that into the configuration"
    due, why = _following(poll)
    following = NEVER if due is None else f"next in {span(due, now)}"
    if poll.polled_at is None:
        is_late = due is not None and due <= now
        wait = "due now; feedsvc up or feedsvc worker polls it at the next tick" if is_late else following + why
        return f"{counted}; not polled yet, {wait}"
    if poll.problems:
        counted += f"; {plural(poll.problems, 'problem')} in its last answer: {'; '.join(poll.problem_lines)}"
    if poll.error is None:
        return f"{counted}; polled {span(now, poll.polled_at)} ago, {following}{why}"
    last = f"last good {span(now, poll.succeeded_at)} ago" if poll.succeeded_at else "never good yet"
    return f"{counted}; failing ({plural(poll.failures, 'time')} in a row, {last}): {poll.error}; {following}{why}"


def _following(poll: PollState) -> tuple[datetime | None, str]:
    """The time of an upstream's next poll, and the reason where it is not as configured: its host may have to wait."""
    due, held, why = poll.next_due, poll.held_until, poll.why
    if due is not None and held is not None and held > due:
        due, why = held, "its host said when to come again"
    return due, f" ({why})" if why else ""


def _taken_down(state: SourceState) -> str:
    return f"; {state.blocked} {BLOCKED}" if state.blocked else ""


def _plain_text(state: SourceState) -> str:
    return f"; {state.plain} shown as plain text, see feedsvc check" if state.plain else ""
