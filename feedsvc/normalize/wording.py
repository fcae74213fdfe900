"""Numbers and times as words, for messages. Pure."""

from datetime import datetime

#: Nouns that do not just take an s.
PLURALS = {
    "entry": "entries",
    "delivery": "deliveries",
    "identity": "identities",
    "folder of seeds": "folders of seeds",
}

#: Seconds → the unit for a span of at least that length.
SPANS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))

#: Items that an operator took down, after their number.
BLOCKED = "blocked by a take-down"


def plural(number: int, noun: str) -> str:
    """`1 seed`, `2 seeds`, `3 entries`."""
    return f"{number} {noun if number == 1 else PLURALS.get(noun, f'{noun}s')}"


def span(later: datetime, earlier: datetime) -> str:
    """The time between two moments, in its largest unit: `3 h`."""
    seconds = max(int((later - earlier).total_seconds()), 0)
    size, unit = next((one for one in SPANS if seconds >= one[0]), SPANS[-1])
    return f"{seconds // size} {unit}"
