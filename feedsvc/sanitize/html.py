"""
Unsafe HTML to SafeHtml, by two parsers that must agree.

    nh3 (html5ever)   makes it well-formed and drops what policy.py does not allow
      → lxml          rewrites the clean tree: absolute URLs, real images, our rel and referrerpolicy, no empty shells
      → bleach        (html5lib) is the last gate, with a check of its own for every URL

Attacks that mutate between two readings need both parsers to read alike; nothing touches the HTML after the gate.
"""

import html as html_text
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import bleach
import lxml.html
import nh3
from lxml import etree

from feedsvc.model import SafeHtml
from feedsvc.normalize import one_line, web_url, xml_safe
from feedsvc.sanitize import policy
from feedsvc.sanitize.accept import is_settled

#: Characters of an e-mail address (RFC 5321, 4.5.3.1.3).
MAX_ADDRESS = 254

#: libxml2 reads 255 levels.
MAX_DEPTH = 200

#: How often a disagreement of the two parsers is mended before the article becomes plain text.
MAX_ROUNDS = 4

#: A tag of HTML that nh3 wrote; quotes hide the `>` of attribute values.
TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>""")

#: White space in an element of its own keeps words apart, and lxml would drop it.
BLANK_INLINE = re.compile(r"<(b|strong|i|em|u|s|small|mark|sub|sup|code|cite|q)>(\s+)</\1>")

VOID = frozenset({"br", "hr", "img", "source", "wbr"})

#: A name in angle brackets, with nothing that could be an attribute.
ANGLED = re.compile(r"<([A-Za-z][\w.-]*)(?:[ ]?[,:*&][ \w.,:*&-]*)?>")

#: What an HTML parser takes for the beginning of a tag or a comment.
TAG_LIKE = re.compile(r"<[A-Za-z/!?]")

_INCOMING = {
    tag: {*policy.ALLOWED.get(tag, ()), *policy.READ_BY_REWRITE.get(tag, ())}
    for tag in policy.ALLOWED.keys() | policy.READ_BY_REWRITE.keys()
}

_nh3 = nh3.Cleaner(
    tags=set(_INCOMING),
    attributes=_INCOMING,
    clean_content_tags=set(policy.DROPPED_WITH_CONTENT),
    url_schemes=set(policy.URL_SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def sanitize_html(html: str, base: str | None = None) -> SafeHtml:
    """
    `html` with only what policy.py allows; relative URLs are resolved against `base`, and dropped without one.

    What is nested too deep for lxml, and what the last gate would change again and again, is published as plain text.
    """
    clean = BLANK_INLINE.sub(r"\2", xml_safe(_nh3.clean(xml_safe(html))))
    if _is_too_deep(clean):
        return text_as_html(strip_markup(clean.replace("<", " <")))
    rewritten = _rewrite(clean, base)
    if is_settled(rewritten, _is_allowed):
        return SafeHtml(rewritten)
    gated = _gate.clean(rewritten)
    if gated == rewritten == _rewrite(gated, None):
        return SafeHtml(gated)
    for _ in range(MAX_ROUNDS):
        # One of the parsers wrote or read it otherwise, and may have nested it otherwise: tidy what it made of it.
        again = _gate.clean(_rewrite(gated, None))
        if again == gated:
            return SafeHtml(gated)
        gated = again
    return text_as_html(plain_text(gated))


def _is_too_deep(html: str) -> bool:
    """Whether well-formed HTML nests deeper than lxml reads; what lies below that, it drops without a word."""
    depth = deepest = 0
    for match in TAG.finditer(html):
        if match[2] not in VOID:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest > MAX_DEPTH


def plain_text(html: str) -> str:
    """The text of HTML that has passed the first stage at least, on one line; words part where blocks do."""
    return one_line("".join(_texts(_fragment(html)))) if html.strip() else ""


def text_as_html(text: str) -> SafeHtml:
    """Plain text, escaped."""
    return SafeHtml(html_text.escape(text, quote=False))


def strip_markup(text: str) -> str:
    """A title or a name, which may hold markup, as one line of plain text: entities decoded once, no tag left."""
    plain = html_text.unescape(nh3.clean(_keep_words(xml_safe(text)), tags=set()))
    while TAG_LIKE.search(plain := _keep_words(plain)):
        # An escaped tag has become one, and readers that take titles for HTML would run it. Only tags go this time.
        stripped = html_text.unescape(nh3.clean(plain.replace("&", "&amp;"), tags=set()))
        # What is no tag to one parser may be one to another.
        plain = stripped if stripped != plain else plain.replace("<", "")
    return one_line(plain)


def _keep_words(text: str) -> str:
    """`Vec<String>` is a word, not a tag: in other brackets nobody takes it for one, and nothing is lost."""
    return ANGLED.sub(
        lambda match: match[0] if match[1].lower() in policy.HTML_ELEMENTS else f"‹{match[0][1:-1]}›", text
    )


def _fragment(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in policy.BLOCKS:
            yield " "
        if event == "start":
            if node.tag not in {"rt", "rp"}:
                yield node.text or ""
        elif node is not element:
            yield node.tail or ""


# --- the rewrite -----------------------------------------------------------------------------------------------------


def _rewrite(html: str, base: str | None) -> str:
    if not html.strip():
        return ""
    root = _fragment(html)
    for element in list(root.iter("a", "img", "iframe", "video", "audio", "source")):
        if _is_below(element, root):
            _REWRITES[str(element.tag)](element, base)
    for element in root.iter():
        _keep_attributes(element, base)
    _tidy(root)
    children = (lxml.html.tostring(child, encoding="unicode") for child in root)
    return "".join((html_text.escape(root.text or "", quote=False), *children)).strip()


def _is_below(element: lxml.html.HtmlElement, root: lxml.html.HtmlElement) -> bool:
    """Whether the element is still there: what stood in a player is gone by its turn."""
    return any(ancestor is root for ancestor in element.iterancestors())


def _link(a: lxml.html.HtmlElement, base: str | None) -> None:
    if href := link_url(a.get("href", ""), base):
        a.set("href", href)
    else:
        a.drop_tag()


def _image(img: lxml.html.HtmlElement, base: str | None) -> None:
    candidates = (img.get(name) for name in (*policy.LAZY_SOURCES, "src"))
    src = next((url for candidate in candidates if candidate and (url := web_url(candidate, base))), None)
    if src is None:
        img.drop_tree()
        return
    img.set("src", src)
    img.set("alt", img.get("alt", ""))


def _frame(iframe: lxml.html.HtmlElement, base: str | None) -> None:
    """Known players stay, emptied (its text is markup to one parser and not to another); others become a link."""
    src = web_url(iframe.get("src", ""), base)
    iframe.text = None
    for child in list(iframe):
        iframe.remove(child)
    if src is None:
        iframe.drop_tree()
    elif is_known_frame(secure := "https:" + src.partition(":")[2]):
        iframe.set("src", secure)
    else:
        iframe.tag, iframe.text = "a", urlsplit(src).hostname
        iframe.attrib.clear()
        iframe.set("href", src)


def _player(media: lxml.html.HtmlElement, base: str | None) -> None:
    sources = (media.get("src"), *(source.get("src") for source in media.iter("source")))
    src = next((url for candidate in sources if candidate and (url := web_url(candidate, base))), None)
    if src is None:
        media.drop_tag()
        return
    for child in list(media):
        media.remove(child)
    media.text = None
    media.set("src", src)


def _drop(element: lxml.html.HtmlElement, base: str | None) -> None:  # noqa: ARG001 - the shape of all rewrites
    element.drop_tag()


_REWRITES = {"a": _link, "img": _image, "iframe": _frame, "video": _player, "audio": _player, "source": _drop}


def link_url(href: str, base: str | None) -> str | None:
    """A link's address: a web URL, or a plain mailto: without headers to fill in."""
    href = href.strip()
    if href[:7].lower() == "mailto:":
        address = href[7:].partition("?")[0]
        plain = len(address) <= MAX_ADDRESS and address.count("@") == 1 and address.isascii() and address.isprintable()
        return f"mailto:{address}" if plain and not set(address) & set(" <>\"'\\") else None
    return web_url(href, base)


def is_known_frame(src: str) -> bool:
    """Whether a frame may show this address."""
    parts = urlsplit(src)
    return parts.scheme == "https" and parts.netloc in policy.FRAME_HOSTS


def _keep_attributes(element: lxml.html.HtmlElement, base: str | None) -> None:
    """The allowed attributes in a fixed order, the fixed ones with our values, URLs absolute."""
    tag = str(element.tag)
    kept = {}
    for name in sorted(policy.ALLOWED.get(tag, ())):
        value = policy.FIXED.get((tag, name), element.get(name))
        if value is not None and name in {"cite", "poster"}:
            value = web_url(value, base)
        if value is not None and (value or name != "title") and _is_allowed(tag, name, value):
            kept[name] = value
    element.attrib.clear()
    element.attrib.update(kept)


def _tidy(root: lxml.html.HtmlElement) -> None:
    """Empty shells, line breaks at the edges of blocks, and a wrapper around everything say nothing: they go."""
    for element in reversed(list(root.iterdescendants())):
        if element.tag in policy.BLOCKS and element.tag != "br":
            _trim_breaks(element)
        if element.tag == "pre" and element.text:
            # HTML parsers eat one line break here, each time they read it.
            element.text = element.text.lstrip("\n")
        if element.tag in policy.POINTLESS_EMPTY and not len(element) and not (element.text or "").strip():
            element.drop_tree()
    while (
        len(root) == 1 and root[0].tag == "div" and not (root.text or "").strip() and not (root[0].tail or "").strip()
    ):
        root[0].drop_tag()
    _trim_breaks(root)


def _trim_breaks(block: lxml.html.HtmlElement) -> None:
    while len(block) and block[-1].tag == "br" and not (block[-1].tail or "").strip():
        block.remove(block[-1])
    while len(block) and block[0].tag == "br" and not (block.text or "").strip():
        block[0].drop_tree()


# --- the gate --------------------------------------------------------------------------------------------------------


def _is_allowed(tag: str, name: str, value: str) -> bool:
    """Whether this very value may stand in this attribute: nothing is repaired any more."""
    if name not in policy.ALLOWED.get(tag, ()):
        return False
    if (tag, name) in policy.FIXED:
        return value == policy.FIXED[tag, name]
    if name in policy.NUMBER_ATTRIBUTES:
        return value.isascii() and value.isdigit() and len(value) <= 6  # noqa: PLR2004 - wider than any screen
    if tag == "iframe" and name == "src":
        return is_known_frame(value) and web_url(value) == value
    if tag == "a" and name == "href":
        return link_url(value, None) == value
    if name in policy.URL_ATTRIBUTES:
        return web_url(value) == value
    return True


_gate = bleach.Cleaner(
    tags=set(policy.ALLOWED),
    attributes=_is_allowed,
    protocols=set(policy.URL_SCHEMES),
    strip=True,
    strip_comments=True,
)
# The better quote for each value would be escaped otherwise at each pass.
_gate.serializer.use_best_quote_char = False
