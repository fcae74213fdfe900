"""Falls back to plain text, for all kinds of sources: an entry whose HTML cannot be sanitised still shows its words."""

import logging
from collections.abc import Callable
from typing import TypeVar

from feedsvc.sandbox import Failure, Sandbox

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")


def or_text(
    sandbox: Sandbox, place: str, result: R | Failure, as_text: Callable[[tuple[T, str]], R], argument: T
) -> R | Failure:
    """
    The result of a worker; if it is a Failure, the result of `as_text`; if that fails, too, its Failure.

    `as_text` gets `argument` and the reason of the first Failure. The log names `place` where the fault is in feedsvc.
    """
    if not isinstance(result, Failure):
        return result
    _log(place, result)
    text = sandbox.run(as_text, (argument, result.reason))
    if isinstance(text, Failure):
        _log(place, text)
    return text


def _log(place: str, failure: Failure) -> None:
    if failure.detail:
        log.error("%s: unexpected\n%s", place, failure.detail)
