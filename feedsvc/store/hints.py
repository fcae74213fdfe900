"""The hints of a feed of how often to poll it, as they are stored."""

import json
from dataclasses import asdict

from feedsvc.model import Hints


def as_json(hints: Hints) -> str | None:
    """The hints of a feed as JSON; None for none."""
    said = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(hints).items()}
    return json.dumps(said) if hints != Hints() else None


def hints_of(written: str | None) -> Hints:
    """The stored hints of a feed."""
    if written is None:
        return Hints()
    said = json.loads(written)
    days, hours = frozenset(said.pop("skip_days")), frozenset(said.pop("skip_hours"))
    return Hints(**said, skip_days=days, skip_hours=hours)
