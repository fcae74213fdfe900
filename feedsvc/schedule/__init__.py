"""The time of the next poll, as an answer decides it. Pure."""

from feedsvc.schedule.limits import http_date
from feedsvc.schedule.moves import Move, moving
from feedsvc.schedule.pushes import Meant, Pushed, meant
from feedsvc.schedule.waits import CAP, FLOOR, LITTLE_OVERLAP, LONGEST, Next, Pace, Polled, following, held

__all__ = [
    "CAP",
    "FLOOR",
    "LITTLE_OVERLAP",
    "LONGEST",
    "Meant",
    "Move",
    "Next",
    "Pace",
    "Polled",
    "Pushed",
    "following",
    "held",
    "http_date",
    "meant",
    "moving",
]
