"""`feedsvc sources`: each source and its state."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from feedsvc.cli.objects import configuration, opened_store
from feedsvc.config import Config
from feedsvc.sources.seeds import missing_folder
from feedsvc.store import Store, poll_states, sources
from feedsvc.store.poll_states import PollState
from feedsvc.store.sources import SourceState
from feedsvc.store.states import in_words


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
    places = config.places_of_sources
    missing = {spec.name: missing_folder(spec) for spec in config.sources}
    found = []
    for name in (*places, *(name for name in sorted(stored) if name not in places)):
        state, poll = stored.get(name, SourceState(name=name)), polled.get(name)
        words = in_words(state, poll, places, now, missing.get(name, ""))
        found.append(_listed(state, poll, places) | {"state": words})
    return found


def _listed(state: SourceState, poll: PollState | None, places: Mapping[str, str]) -> dict[str, Any]:
    told = asdict(state)
    if poll is None:
        return told | {"path": places.get(state.name)}
    del told["files"], told["problems"], told["held"]
    return told | _plain(asdict(poll))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _plain(value)
    return value.isoformat() if isinstance(value, datetime) else value
