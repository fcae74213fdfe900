"""What `feedsvc sources` says of each source."""

import shlex
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from feedsvc.cli.objects import plural
from feedsvc.config import Config
from feedsvc.errors import SourceError
from feedsvc.fetch.guard import shown
from feedsvc.model import SourceSpec
from feedsvc.sources.seeds import require_folder
from feedsvc.store import Store, poll_states, sources
from feedsvc.store.poll_states import PollState
from feedsvc.store.sources import SourceState

#: Seconds → how a span of that length is said.
SPANS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))

#: When a source is polled next that is gone for good.
NEVER = "not polled again unless it is asked by name"

#: Of a source that left the configuration.
GONE = "; no longer configured, what it published stays"


def listed(config: Config, store: Store, now: datetime) -> list[dict[str, Any]]:
    """Every source that is configured, then those that were, as programs read it; `state` is for people."""
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
    """What to say where the folder of a source is not there; empty where it is."""
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
    if not is_configured:
        return counted + _plain_text(state) + GONE
    confirm = f"feedsvc sources confirm {shlex.quote(state.name)}"
    held = "" if state.held is None else f"; {state.held} gone at once and kept, to withdraw them: {confirm}"
    return counted + _plain_text(state) + held


def _of_upstream(state: SourceState, poll: PollState, places: Mapping[str, str], now: datetime) -> str:
    counted = f"{state.entries} published, {state.a_day:.1f} a day{_plain_text(state)}"
    if state.name not in places:
        return counted + GONE
    if poll.url != places.get(state.name):
        counted += f"; moved for good to {shown(poll.url)}, write that into the configuration"
    due, why = _following(poll)
    following = NEVER if due is None else f"next in {span(due, now)}"
    if poll.polled_at is None:
        is_late = due is not None and due <= now
        wait = "due now: the next look of feedsvc up or feedsvc worker asks it" if is_late else following + why
        return f"{counted}; not polled yet, {wait}"
    if poll.problems:
        counted += f"; {plural(poll.problems, 'problem')} in its last answer: {'; '.join(poll.problem_lines)}"
    if poll.error is None:
        return f"{counted}; polled {span(now, poll.polled_at)} ago, {following}{why}"
    last = f"last good {span(now, poll.succeeded_at)} ago" if poll.succeeded_at else "never good yet"
    return f"{counted}; failing ({plural(poll.failures, 'time')} in a row, {last}): {poll.error}; {following}{why}"


def _following(poll: PollState) -> tuple[datetime | None, str]:
    """When an upstream is polled next, and why then, where that is not as configured: its host may have to wait."""
    due, held, why = poll.next_due, poll.held_until, poll.why
    if due is not None and held is not None and held > due:
        due, why = held, "its host said when to come again"
    return due, f" ({why})" if why else ""


def _plain_text(state: SourceState) -> str:
    return f"; {state.plain} shown as plain text, see feedsvc check" if state.plain else ""


def span(later: datetime, earlier: datetime) -> str:
    """How long from one moment to a later one, in its largest unit: `3 h`."""
    seconds = max(int((later - earlier).total_seconds()), 0)
    size, unit = next((one for one in SPANS if seconds >= one[0]), SPANS[-1])
    return f"{seconds // size} {unit}"
