"""`/robots.txt` (RFC 9309): what robots may read, and for which use."""

from collections.abc import Callable, Iterable
from datetime import datetime

from flask import Blueprint, Response

from feedsvc.config import Config
from feedsvc.config.load import Robots
from feedsvc.web.headers import STATIC_MAX_AGE, Kind, page_ready, send


def blueprint(config: Config, policy: str, clock: Callable[[], datetime]) -> Blueprint:
    """`/robots.txt`. It changes only with the configuration, which this process has read now."""
    views = Blueprint("robots", __name__)
    kind = Kind(policy=policy, content_type="text/plain; charset=utf-8", max_age=STATIC_MAX_AGE)
    ready = page_ready(text(config.robots, licenses_of(config)).encode(), kind, clock(), clock)

    @views.get("/robots.txt")
    def robots() -> Response:
        return send(ready)

    return views


def licenses_of(config: Config) -> list[str]:
    """The licences that sources declare, each once. A private source publishes nothing, not even its licence."""
    declared = (*(spec.terms for spec in config.sources), *(spec.terms for spec in config.upstreams))
    return sorted({one.license for one in declared if one and one.license and one.kind != "private"})


def text(robots: Robots, licenses: Iterable[str]) -> str:
    """
    The lines for all robots, then those for robots that must read nothing.

    `License` belongs to no group (RSL 1.0, rslstandard.org). `Content-Signal` belongs to one (contentsignals.org).
    """
    parts = [[f"License: {one}" for one in licenses], _everybody(robots)]
    if robots.refused:
        parts.append([*(f"User-agent: {name}" for name in robots.refused), "Disallow: /"])
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)


def _everybody(robots: Robots) -> list[str]:
    signals = ", ".join(f"{name}={'yes' if is_allowed else 'no'}" for name, is_allowed in robots.signals)
    return [
        "User-agent: *",
        *([f"Content-Signal: {signals}"] if signals else []),
        "Allow: /" if robots.is_allowed else "Disallow: /",
    ]
