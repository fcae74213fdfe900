"""The middle of the three: well-formed HTML to what a reader wants of it. lxml reads and writes it."""

import html as html_text
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlElement as Element

from feedsvc.jumps import real_url
from feedsvc.normalize import web_url
from feedsvc.sanitize import policy
from feedsvc.sanitize.accept import IsAllowed
from feedsvc.sanitize.text import fragment
from feedsvc.sanitize.urls import (
    image_url,
    is_beacon,
    is_frame,
    is_one_site,
    is_picture,
    largest,
    link_url,
    number,
    player_url,
)

#: What an element is called that is to go: nothing else is called so after the first stage.
GONE = "span"

#: Where a check box belongs to the text; and so many elements above it are looked at.
LISTED = frozenset({"li", "p", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "summary"})
MAX_LOOK = 20

#: All that `str.isspace` takes for white space, for `strip` to take away together with other signs.
WHITE = "".join(filter(str.isspace, map(chr, range(0x3001))))

#: Brackets, and dots, that stand around a link to the whole article.
BRACKETS = WHITE + "[]【】()（）"
BEFORE_TAILS = WHITE + "[【(（«<"
AROUND_TAILS = BRACKETS + "«<»>…."

#: What stands before one that is no part of a sentence.
DOTS = ("…", "...")
SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?")


def rewrite(html: str, base: str | None, page: str | None, frames: frozenset[str], is_allowed: IsAllowed) -> str:
    """
    `html` with absolute URLs, real pictures, links to where they lead, our own attributes, and no empty shells.

    Addresses are relative to `base`, places in the article to its `page`. `frames` are the hosts that may be shown in
    one. What comes out would come out again.
    """
    if not html.strip():
        return ""
    root = fragment(html)
    seen = _Seen()
    for media in list(root.iter("img", "iframe", "video", "audio", "source", "embed", "input")):
        _media(media, base, frames, seen)
    etree.strip_tags(root, GONE, "source")
    for link in list(root.iter("a")):
        _link(link, base, page)
    etree.strip_tags(root, GONE)
    for element in root.iter():
        _keep_attributes(element, base, is_allowed)
    _tidy(root, page)
    children = (lxml.html.tostring(child, encoding="unicode") for child in root)
    return "".join((html_text.escape(root.text or "", quote=False), *children)).strip()


def _unwrap(element: Element) -> None:
    """
    Let an element go, and keep what is in it.

    It is only marked: to take out one after the other would move the text behind them again and again.
    """
    element.tag = GONE


def _drop(element: Element) -> None:
    """Let an element go with all that is in it; what is behind it stays."""
    element.clear(keep_tail=True)
    element.tag = GONE


# --- media and links -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Seen:
    """Addresses of pictures and players so far; and of those that stood in a `noscript`."""

    all: set[str] = field(default_factory=set)
    unscripted: set[str] = field(default_factory=set)


def _media(element: Element, base: str | None, frames: frozenset[str], seen: _Seen) -> None:
    """One of them."""
    match element.tag:
        case "span":
            pass  # it stood in a player that is gone
        case "img":
            _image(element, base, seen)
        case "iframe":
            _frame(element, base, frames, seen)
        case "embed":
            _embed(element, base, frames)
        case "source":
            pass  # the picture or the recording that it belongs to reads it
        case "input":
            _checkbox(element)
        case _:
            _player(element, base)


def _image(img: Element, base: str | None, seen: _Seen) -> None:
    """The picture that a script would have loaded, not the grey square before it; none that only counts readers."""
    candidates = [value for name in policy.LAZY_SOURCES if "." in (value := img.get(name, "")) or "/" in value]
    lazy, own, late = (largest(img.get(name, ""), base) for name in policy.SOURCE_SETS)
    beside = [largest(one.get(name, ""), base) for one in _sources(img) for name in policy.SOURCE_SETS]
    found = (image_url(one, base) for one in candidates)
    choices = (*found, lazy, late, image_url(img.get("src", ""), base), own, *beside)
    src = next((url for url in choices if url), None)
    if src is not None and src.startswith("data:"):
        src = next((url for url in beside if url), src)  # the square that stands for it
    if src is None or _is_second(img, src, seen) or (_is_tiny(img) and not candidates) or is_beacon(src):
        _drop(img)
        return
    if _is_tiny(img):  # of the square that stood for it
        del img.attrib["width"], img.attrib["height"]
    img.set("src", src)
    img.set("alt", img.get("alt", ""))
    _see(img, src, seen)


def _sources(img: Element) -> list[Element]:
    """The `source` elements of a picture, which stand before it, best first; lxml puts it into the last of them."""
    found: list[Element] = []
    one = img.getprevious() if img.getprevious() is not None else img.getparent()
    while one is not None and one.tag == "source":
        found.append(one)
        one = one.getprevious() if one.getprevious() is not None else one.getparent()
    return found[::-1]


def _is_second(element: Element, src: str, seen: _Seen) -> bool:
    """Whether it is there already: in a `noscript`, or because it was in one before it."""
    mark = element.get("data-noscript")
    if mark is None:
        return src in seen.unscripted and _is_lazy(element)
    before = element.getprevious()
    return src in seen.all or (mark == "first" and before is not None and _is_lazy(before) and not _said(before.tail))


def _see(element: Element, src: str, seen: _Seen) -> None:
    seen.all.add(src)
    if element.get("data-noscript") is not None:
        seen.unscripted.add(src)


def _is_lazy(element: Element) -> bool:
    """Whether a script would have read its real address."""
    return any(element.get(name) for name in (*policy.LAZY_SOURCES, *policy.LAZY_SETS))


def _is_tiny(img: Element) -> bool:
    sizes = [number(img.get(name, "").strip().lower().removesuffix("px")) for name in ("width", "height")]
    return all(size is not None and size <= policy.BEACON_PIXELS for size in sizes)


def _frame(iframe: Element, base: str | None, frames: frozenset[str], seen: _Seen) -> None:
    """Known players stay, emptied (its text is markup to one parser and not to another); others become a link."""
    src = web_url(iframe.get("data-src", ""), base) or web_url(iframe.get("src", ""), base)
    iframe.text = None
    for child in list(iframe):
        iframe.remove(child)
    secure = player_url(src)
    if src is None or is_beacon(src) or _is_second(iframe, src, seen):
        _drop(iframe)
        return
    _see(iframe, src, seen)
    if secure and is_frame(secure, frames):
        iframe.set("src", secure)
    else:
        iframe.tag, iframe.text = "a", urlsplit(src).hostname
        iframe.attrib.clear()
        iframe.set("href", src)


def _embed(embed: Element, base: str | None, frames: frozenset[str]) -> None:
    """A player as it was written before there were frames."""
    src = player_url(web_url(embed.get("src", ""), base))
    if src and is_frame(src, frames):
        embed.tag = "iframe"
        embed.set("src", src)
    else:
        _drop(embed)


def _checkbox(box: Element) -> None:
    """An item of a list of things to do, done or not."""
    is_done, kind = box.get("checked") is not None, box.get("type", "").lower()
    is_listed = any(one.tag in LISTED for one in islice(box.iterancestors(), MAX_LOOK))
    _drop(box)
    if kind == "checkbox" and (is_listed or is_done):  # else it may be a menu's
        box.text = "☑" if is_done else "☐"
        if box.tail and not box.tail[0].isspace():
            box.text += " "


def _player(media: Element, base: str | None) -> None:
    """A recording with one file: of several, the one that most readers play."""
    sources = list(media.iter("source"))
    written = [(media.get("data-src") or media.get("src"), "")]
    written += [(one.get("data-src") or one.get("src"), one.get("type", "")) for one in sources]
    found = [(url, kind) for src, kind in written if src and (url := web_url(src, base))]
    if not found:
        _unwrap(media)
        return
    for child in media.iterdescendants():
        child.tag = GONE
    for child in list(media):
        media.remove(child)
    media.text = None
    media.set("src", min(found, key=_unplayed)[0])


def _unplayed(file: tuple[str, str]) -> int:
    url, kind = file
    suffix = urlsplit(url).path.rpartition(".")[2].lower()
    places = [number for number, one in enumerate(policy.PLAYED) if one in {kind.partition(";")[0].lower(), suffix}]
    return min(places, default=len(policy.PLAYED))


def _link(a: Element, base: str | None, page: str | None) -> None:
    written = a.get("href", "").strip()
    href = link_url(written, page if written.startswith("#") else base)
    if href and not href.startswith("mailto:"):
        href = real_url(href)
    if href is None:
        _unwrap(a)
    elif (
        is_picture(href)
        and not is_beacon(href)
        and is_one_site(href, a[0].get("src", "") if len(a) else "")
        and len(a) == 1
        and a[0].tag == "img"
        and not _said(a.text)
        and not _said(a[0].tail)
    ):
        # A small picture that leads to itself in full: show that one.
        a[0].set("src", href)
        _unwrap(a)
    else:
        a.set("href", href)


def _keep_attributes(element: Element, base: str | None, is_allowed: IsAllowed) -> None:
    """The allowed attributes in a fixed order, the fixed ones with our values, URLs absolute."""
    tag = str(element.tag)
    kept = {}
    for name in sorted(policy.ALLOWED.get(tag, ())):
        value = policy.FIXED.get((tag, name), element.get(name))
        if value is not None and name in {"cite", "poster"}:
            value = web_url(value, base)
        if value is not None and (value or name != "title") and is_allowed(tag, name, value):
            kept[name] = value
    element.attrib.clear()
    element.attrib.update(kept)


# --- what says nothing -----------------------------------------------------------------------------------------------


def _tidy(root: Element, page: str | None) -> None:
    """Empty shells, gaps, line breaks at the edges of blocks, tails, and a wrapper around everything: they go."""
    has_breaks = next(root.iter("br"), None) is not None
    for element in reversed(list(root.iterdescendants())):
        if any(child.tag == GONE for child in element):
            etree.strip_tags(element, GONE)
        if has_breaks and element.tag in policy.BLOCKS and element.tag not in {"br", "pre"}:
            _trim_breaks(element)
        if element.tag == "pre" and element.text:
            # HTML parsers eat one line break here, each time they read it.
            element.text = element.text.lstrip("\n")
        if _is_pointless(element):
            if element.text and element.tag not in policy.BLOCKS:
                element.tail = f" {element.tail or ''}"  # what was blank kept words apart
            _drop(element)
    etree.strip_tags(root, GONE)
    if has_breaks:
        _drop_gaps(root)
    _unwrap_all(root)
    # Behind a tail there may have been nothing but another wrapper, and another tail in it.
    while page is not None and _drop_tails(root, page) and _unwrap_all(root):
        pass


def _unwrap_all(root: Element) -> bool:
    """A wrapper around everything goes, and line breaks at the edges. Whether there was one."""
    is_unwrapped = False
    while len(root) == 1 and root[0].tag == "div" and not _said(root.text) and not _said(root[0].tail):
        root[0].drop_tag()
        is_unwrapped = True
    _trim_breaks(root)
    return is_unwrapped


def _said(text: str | None) -> bool:
    return bool(text and text.strip())


def _is_pointless(element: Element) -> bool:
    return element.tag in policy.POINTLESS_EMPTY and not _said(element.text) and not len(element)


def _drop_gaps(root: Element) -> None:
    """More line breaks in a row than are wanted; in code, all are."""
    breaks = list(root.iter("br"))
    if len(breaks) <= policy.MAX_BREAKS:
        return
    in_code = {br for pre in root.iter("pre") for br in pre.iter("br")}
    for br in [one for one in breaks if one not in in_code and _is_gap(one)]:
        _drop(br)
    etree.strip_tags(root, GONE)


def _is_gap(br: Element) -> bool:
    """Whether as many line breaks as are wanted stand before this one."""
    for _ in range(policy.MAX_BREAKS):
        before = br.getprevious()
        if before is None or before.tag != "br" or _said(before.tail):
            return False
        br = before
    return True


def _last_child(element: Element) -> Element | None:
    # Not element[-1] after len(element): that counts them all.
    return next(element.iterchildren(reversed=True), None)


def _trim_breaks(block: Element) -> None:
    while (last := _last_child(block)) is not None and last.tag == "br" and not _said(last.tail):
        block.remove(last)
    while (first := next(block.iterchildren(), None)) is not None and first.tag == "br" and not _said(block.text):
        first.drop_tree()


def _drop_tails(root: Element, page: str) -> bool:
    """Links to the whole article at the end of it: here is the article, or all its source gives. Whether one went."""
    is_gone = False
    while (last := _last(root)) is not None and _is_tail(last, root, page):
        is_gone = True
        parent, before = last.getparent(), last.getprevious()
        last.tail = None
        last.drop_tree()
        if before is not None and before.tail:
            before.tail = before.tail.rstrip(BEFORE_TAILS)
        elif parent is not None and before is None and parent.text:
            parent.text = parent.text.rstrip(BEFORE_TAILS)
        while parent is not None:
            _trim_breaks(parent)
            above = parent.getparent() if parent is not root else None
            if parent is not root and _is_pointless(parent):
                parent.drop_tree()
            parent = above
    return is_gone


def _is_tail(a: Element, root: Element, page: str) -> bool:
    """Whether a last link leads to the article, on the site of its `page`: alone in its block or after dots."""
    parent = a.getparent()
    if a.tag != "a" or parent is None or parent.tag not in {"div", "p"} or (text := _text(a)) not in policy.TAILS:
        return False
    if not is_one_site(a.get("href", ""), page) or next(a.iter("img", "video", "audio", "iframe"), None) is not None:
        return False
    previous = a.getprevious()
    before = (parent.text if previous is None else previous.tail) or ""
    is_first = previous is None or (parent is root and previous.tag in policy.BLOCKS)
    ends = (*DOTS, *SENTENCE_ENDS) if parent is root and text not in policy.ORDINARY_TAILS else DOTS
    return (is_first and not before.strip(AROUND_TAILS)) or before.strip(BRACKETS).endswith(ends)


def _last(root: Element) -> Element | None:
    """The last link or leaf, if nothing but brackets stands after it."""
    last = root
    while last.tag != "a" and (child := _last_child(last)) is not None:
        last = child
        if (last.tail or "").strip(AROUND_TAILS):
            return None
    return last if last is not root else None


def _text(element: Element) -> str:
    return " ".join(str(element.text_content()).split()).strip(AROUND_TAILS).lower()
