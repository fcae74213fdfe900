"""
Unsafe HTML to SafeHtml: passes that make it good to read, around the chain that makes it safe.

    unscripted  shows the content of `noscript`, and formulas and drawings as text
      → unknown keeps the content of elements that HTML does not know, and their tags in code
      → safe    two parsers that must agree (`safe/chain.py`); between them, prepare and rewrite
      → loss    compares the texts: an article that lost text without a reason becomes plain text
"""

from dataclasses import dataclass

from feedsvc.model import SafeHtml
from feedsvc.normalize import xml_safe
from feedsvc.sanitize.readable.loss import lost
from feedsvc.sanitize.readable.prepare import prepared
from feedsvc.sanitize.readable.rewrite import rewrite
from feedsvc.sanitize.readable.unknown import readable
from feedsvc.sanitize.readable.unscripted import unscripted
from feedsvc.sanitize.safe import plain, policy
from feedsvc.sanitize.safe.bounds import shortened
from feedsvc.sanitize.safe.chain import Refusal, safe_html
from feedsvc.sanitize.safe.gate import IsAllowed

NO_HTML = SafeHtml("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """HTML that may be published."""

    html: SafeHtml
    #: The line before it, which says that it is plain text, and links to the original.
    notice: SafeHtml = NO_HTML
    #: Why it is plain text. None where it is the source's own HTML.
    fallback: str | None = None

    @property
    def whole(self) -> SafeHtml:
        """The notice and the HTML."""
        return SafeHtml(self.notice + self.html)


def clean(
    html: str, *, base: str | None = None, frames: frozenset[str] = frozenset(), link: str | None = None
) -> Cleaned:
    """
    `html` as the tables allow it, and the reason where the result is plain text.

    Relative URLs are resolved against `base`; without a base, they are dropped. `frames` are hosts of players besides
    the policy's. `link` leads to the original.

    HTML that the chain refuses, or that would lose text, becomes plain text.
    """
    written = unscripted(shortened(xml_safe(html).replace("\ufeff", "")))
    html = readable(written)
    hosts = policy.FRAME_HOSTS | frames if frames else policy.FRAME_HOSTS
    found = safe_html(html, _Rewrite(base=base, page=link or base, frames=hosts), hosts)
    reason = found.reason if isinstance(found, Refusal) else _fault(html, found, len(written))
    if isinstance(found, Refusal) or reason:
        return _as_text(html, link, reason or "", len(written))
    return Cleaned(html=found)


def as_text(html: str, link: str | None, reason: str) -> Cleaned:
    """`html` as plain text for a `reason`. In code, tags that HTML does not know stay."""
    return _as_text(readable(html), link, reason, len(html))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rewrite:
    """The passes between the two parsers, for one article."""

    base: str | None
    page: str | None
    frames: frozenset[str]

    def first(self, html: str, is_allowed: IsAllowed) -> str | None:
        ready = prepared(html)
        return None if ready is None else rewrite(ready, self.base, self.page, self.frames, is_allowed)

    def again(self, html: str, is_allowed: IsAllowed) -> str:
        return rewrite(html, None, self.page, self.frames, is_allowed)


def _fault(html: str, found: str, size: int) -> str | None:
    """Why the result of the chain is not to be shown; None where it is. The source has `size` characters."""
    if len(found) > max(2 * size, policy.MIN_GROWN):
        return "markup that would be more than twice as long"
    part = lost(html, found)
    return f"{max(round(part * 100), 1)} % of its text would be lost" if part else None


def _as_text(html: str, link: str | None, reason: str, size: int) -> Cleaned:
    text = plain.as_text(html, size)
    cut = "; its end is cut off" if text.endswith(plain.CUT) else ""
    return Cleaned(html=text, notice=plain.notice(link), fallback=reason + cut)
