"""The last of two parsers: bleach (html5lib) with the published allow-list, and our check of every attribute."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import bleach

from feedsvc.elements import ELEMENTS, PUBLISHED, Check
from feedsvc.normalize import web_url
from feedsvc.sanitize.safe import policy
from feedsvc.sanitize.safe.urls import image_url, is_frame, link_url, number

#: Whether a value may stand in an attribute of an element.
IsAllowed = Callable[[str, str, str], bool]

#: Check → whether a value passes it. `Check.FRAME` hangs on the hosts, `Check.FIXED` on the attribute.
CHECKS: dict[Check, Callable[[str], bool]] = {
    Check.TEXT: lambda _: True,
    Check.NUMBER: lambda value: number(value) is not None,
    Check.SIGNED_NUMBER: lambda value: number(value.removeprefix("-")) is not None,
    Check.DATETIME: lambda value: policy.DATETIME_FORM.fullmatch(value) is not None,
    Check.URL: lambda value: web_url(value) == value,
    Check.LINK: lambda value: link_url(value, None) == value,
    Check.IMAGE: lambda value: image_url(value, None) == value,
}

#: Element → its published attributes.
PUBLISHED_ATTRIBUTES = {name: ELEMENTS[name].attributes for name in PUBLISHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """bleach with the published allow-list."""

    is_allowed: IsAllowed
    cleaner: bleach.Cleaner

    def clean(self, html: str) -> str:
        """`html` with only what may be published."""
        return str(self.cleaner.clean(html))


@cache
def gate_of(frames: frozenset[str]) -> Gate:
    """The gate that lets frames of these hosts through."""

    def is_allowed(tag: str, name: str, value: str) -> bool:
        return _is_allowed(tag, name, value, frames)

    cleaner = bleach.Cleaner(
        tags=set(PUBLISHED),
        attributes=is_allowed,
        protocols=set(policy.URL_SCHEMES),
        strip=True,
        strip_comments=True,
    )
    # bleach would choose the better quote for each value, and escape the value otherwise at each pass.
    cleaner.serializer.use_best_quote_char = False
    return Gate(is_allowed=is_allowed, cleaner=cleaner)


def _is_allowed(tag: str, name: str, value: str, frames: frozenset[str]) -> bool:
    """Whether this very value may stand in this attribute: nothing is repaired any more."""
    attribute = PUBLISHED_ATTRIBUTES.get(tag, {}).get(name)
    if attribute is None:
        return False
    if attribute.check is Check.FIXED:
        return value == attribute.value
    if attribute.check is Check.FRAME:
        return web_url(value) == value and is_frame(value, frames)
    return CHECKS[attribute.check](value)
