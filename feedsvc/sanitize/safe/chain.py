"""
Unsafe HTML to SafeHtml, by two parsers that must agree.

    bounds  HTML that no parser should see is refused
      → first    nh3 (html5ever) makes it well-formed and drops all that the table of elements does not allow
      → rewrite  makes it good to read; it comes from outside, and nothing here trusts it
      → accept   HTML that no parser reads in two ways is done
      → gate     bleach (html5lib) with our check of every attribute has the last word

An attack that mutates between two readings gets past one parser. Both must read alike, and nothing touches HTML after
the gate.
"""

from dataclasses import dataclass
from typing import Protocol

from feedsvc.model import SafeHtml
from feedsvc.sanitize.safe import bounds
from feedsvc.sanitize.safe.accept import is_settled
from feedsvc.sanitize.safe.first import first_opinion
from feedsvc.sanitize.safe.gate import Gate, IsAllowed, gate_of

#: The number of times that a disagreement of the two parsers is mended before the HTML is refused.
MAX_ROUNDS = 4


class Rewrite(Protocol):
    """A pass between the two parsers. It may ask whether the gate would let an attribute through."""

    def first(self, html: str, is_allowed: IsAllowed) -> str | None:
        """HTML of nh3's, rewritten; None where that cannot be done."""

    def again(self, html: str, is_allowed: IsAllowed) -> str:
        """HTML of the gate's, rewritten: without a disagreement, it stays as it is."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why HTML is not to be published."""

    reason: str


def safe_html(html: str, rewrite: Rewrite, frames: frozenset[str]) -> SafeHtml | Refusal:
    """`html` as it may be published, with frames of these hosts, or why it may not be."""
    if reason := bounds.fault(html):
        return Refusal(reason)
    found = _settled(html, rewrite, gate_of(frames))
    return Refusal("markup that parsers read in different ways") if found is None else SafeHtml(found)


def _settled(html: str, rewrite: Rewrite, gate: Gate) -> str | None:
    """The HTML after all stages; None where they do not agree on it."""
    written = rewrite.first(first_opinion(html), gate.is_allowed)
    if written is None or is_settled(written, gate.is_allowed):
        return written
    gated = gate.clean(written)
    if gated == written == rewrite.again(gated, gate.is_allowed):
        return gated
    for _ in range(MAX_ROUNDS):
        # The parsers read the HTML in different ways, and may have nested it otherwise: tidy the gate's form of it.
        again = gate.clean(rewrite.again(gated, gate.is_allowed))
        if again == gated:
            return gated
        gated = again
    return None
