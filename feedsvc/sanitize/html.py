"""
Unsafe HTML to SafeHtml, by two parsers that must agree.

    unscripted  what readers without scripts see, formulas and drawings as text
      → unknown what HTML does not know keeps its content, and in code its tags
      → bounds  what no parser should see becomes plain text
      → nh3     (html5ever) makes it well-formed and drops what policy.py does not allow
      → lxml    rewrites the clean tree: rewrite.py
      → bleach  (html5lib) is the last gate, with our check of every URL; accept.py tells where it need not be asked
      → loss    text that is missing without a reason makes it plain text

Attacks that mutate between two readings need both parsers to read alike; nothing touches the HTML after the gate.
"""

import re
from dataclasses import dataclass
from functools import cache

import bleach
import nh3

from feedsvc.model import SafeHtml
from feedsvc.normalize import web_url, xml_safe
from feedsvc.sanitize import bounds, policy
from feedsvc.sanitize.accept import IsAllowed, is_settled
from feedsvc.sanitize.loss import lost
from feedsvc.sanitize.rewrite import rewrite
from feedsvc.sanitize.unknown import readable
from feedsvc.sanitize.unscripted import unscripted
from feedsvc.sanitize.urls import image_url, is_frame, link_url, number

#: How often a disagreement of the two parsers is mended before the article becomes plain text.
MAX_ROUNDS = 4

#: libxml2 reads 255 levels, and drops what lies below them without a word.
MAX_DEPTH = 200

#: A tag of HTML that nh3 wrote; quotes hide the `>` of attribute values.
TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>""")

#: Elements of other names than those that are published.
OTHER_NAMES = re.compile(rf"<(?:{'|'.join(sorted((*policy.OTHER_BLOCKS, *policy.RENAMED)))})[ >]")

UNENDED = re.compile(r"""<(source|embed)((?:[^>"]|"[^"]*")*)>""")

#: White space in an element of its own keeps words apart, and lxml would drop it.
BLANK_INLINE = re.compile(r"<(b|strong|i|em|u|s|small|mark|sub|sup|code|cite|q)>(\s+)</\1>")

VOID = frozenset({"br", "embed", "hr", "img", "input", "source", "wbr"})

_INCOMING = {
    tag: {*policy.ALLOWED.get(tag, ()), *policy.READ_BY_REWRITE.get(tag, ())}
    for tag in policy.ALLOWED.keys() | policy.READ_BY_REWRITE.keys() | policy.OTHER_BLOCKS
}

_nh3 = nh3.Cleaner(
    tags=set(_INCOMING),
    attributes=_INCOMING,
    clean_content_tags=set(policy.DROPPED_WITH_CONTENT),
    url_schemes=set(policy.URL_SCHEMES),
    link_rel=None,
    strip_comments=True,
)


NOTHING = SafeHtml("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """HTML that may be published."""

    html: SafeHtml
    #: What has to stand before it: that it is plain text, and where the original is.
    notice: SafeHtml = NOTHING
    #: Why it is plain text; None when it is the source's own.
    fallback: str | None = None


def sanitize_html(html: str, base: str | None = None, frames: frozenset[str] = frozenset()) -> SafeHtml:
    """`html` with only what policy.py allows; relative URLs are resolved against `base`, and dropped without one."""
    cleaned = clean(html, base=base, frames=frames)
    return SafeHtml(cleaned.notice + cleaned.html)


def clean(
    html: str, *, base: str | None = None, frames: frozenset[str] = frozenset(), link: str | None = None
) -> Cleaned:
    """
    As `sanitize_html`, and whether it worked; `frames` are hosts besides the policy's, `link` leads to the original.

    What is out of bounds, what would lose text, and what the last gate would change again and again, is plain text.
    """
    written = unscripted(bounds.shortened(xml_safe(html).replace("\ufeff", "")))
    html = readable(written)
    reason = bounds.fault(html)
    if reason is None:
        hosts = policy.FRAME_HOSTS | frames if frames else policy.FRAME_HOSTS
        found = _cleaned(html, base, link, _gate_of(hosts))
        reason = "markup that parsers read in different ways" if found is None else _fault(html, found, len(written))
        if found is not None and reason is None:
            return Cleaned(html=SafeHtml(found))
    return _as_text(html, link, reason or "", len(written))


def _fault(html: str, found: str, size: int) -> str | None:
    """Why what the stages made of an article is not to be shown; None where it is. Somebody wrote `size` characters."""
    if len(found) > max(2 * size, policy.MIN_GROWN):
        return "markup that would be more than twice as long"
    part = lost(html, found)
    return f"{max(round(part * 100), 1)} % of its text would be lost" if part else None


def as_text(html: str, link: str | None, reason: str) -> Cleaned:
    """`html` without its markup, and why; in code, tags that HTML does not know stay."""
    return _as_text(readable(html), link, reason, len(html))


def _as_text(html: str, link: str | None, reason: str, size: int) -> Cleaned:
    text = bounds.as_text(html, size)
    cut = "; its end is cut off" if text.endswith(bounds.CUT) else ""
    return Cleaned(html=text, notice=bounds.notice(link), fallback=reason + cut)


def _cleaned(html: str, base: str | None, page: str | None, gate: "_Gate") -> str | None:
    """The HTML after all three; None where they do not agree on it."""
    safe = BLANK_INLINE.sub(r"\2", xml_safe(_nh3.clean(html)))
    # libxml2 knows neither as void, and would put all that follows into it.
    safe = UNENDED.sub(r"<\1\2></\1>", safe)
    if OTHER_NAMES.search(safe):
        safe = TAG.sub(_renamed, safe)
    if _is_too_deep(safe):
        return None
    written = rewrite(safe, base, page or base, gate.frames, gate.is_allowed)
    if is_settled(written, gate.is_allowed):
        return written
    gated = gate.clean(written)
    if gated == written == rewrite(gated, None, page or base, gate.frames, gate.is_allowed):
        return gated
    for _ in range(MAX_ROUNDS):
        # One of the parsers wrote or read it otherwise, and may have nested it otherwise: tidy what it made of it.
        again = gate.clean(rewrite(gated, None, page or base, gate.frames, gate.is_allowed))
        if again == gated:
            return gated
        gated = again
    return None


def _renamed(tag: re.Match[str]) -> str:
    """An element that is not published, as one that is."""
    name = "div" if tag[2] in policy.OTHER_BLOCKS else policy.RENAMED.get(tag[2])
    return f"<{tag[1]}{name}>" if name else tag[0]


def _is_too_deep(html: str) -> bool:
    if html.count("<") <= MAX_DEPTH:
        return False
    depth = deepest = 0
    for match in TAG.finditer(html):
        if match[2] not in VOID:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest > MAX_DEPTH


# --- the gate --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gate:
    """bleach with the published allow-list."""

    frames: frozenset[str]
    is_allowed: IsAllowed
    cleaner: bleach.Cleaner

    def clean(self, html: str) -> str:
        return str(self.cleaner.clean(html))


@cache
def _gate_of(frames: frozenset[str]) -> _Gate:
    def is_allowed(tag: str, name: str, value: str) -> bool:
        return _is_allowed(tag, name, value, frames)

    cleaner = bleach.Cleaner(
        tags=set(policy.ALLOWED),
        attributes=is_allowed,
        protocols=set(policy.URL_SCHEMES),
        strip=True,
        strip_comments=True,
    )
    # The better quote for each value would be escaped otherwise at each pass.
    cleaner.serializer.use_best_quote_char = False
    return _Gate(frames=frames, is_allowed=is_allowed, cleaner=cleaner)


def _is_allowed(tag: str, name: str, value: str, frames: frozenset[str]) -> bool:
    """Whether this very value may stand in this attribute: nothing is repaired any more."""
    if name not in policy.ALLOWED.get(tag, ()):
        return False
    if (tag, name) in policy.FIXED:
        return value == policy.FIXED[tag, name]
    if name in policy.NUMBER_ATTRIBUTES:
        return number(value.removeprefix("-") if name in policy.SIGNED_ATTRIBUTES else value) is not None
    if name == "datetime":
        return re.fullmatch(policy.DATETIME, value) is not None
    if name in policy.URL_ATTRIBUTES:
        check = {("a", "href"): link_url, ("img", "src"): image_url}.get((tag, name), web_url)
        return check(value, None) == value and (tag != "iframe" or is_frame(value, frames))
    return True
