"""Rewrites the well-formed HTML of nh3 for readers, by lxml: media, links, attributes."""

import html as html_text
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlElement as Element

from feedsvc.elements import (
    ELEMENTS,
    IN_NOSCRIPT,
    LAZY_SETS,
    LAZY_SOURCES,
    MEDIA,
    PUBLISHED,
    READ,
    SOURCE_SETS,
    Check,
    Trait,
    with_trait,
)
from feedsvc.jumps import real_url
from feedsvc.normalize import web_url
from feedsvc.sanitize.readable import policy
from feedsvc.sanitize.readable.addresses import is_beacon, is_one_site, is_picture, largest, player_url
from feedsvc.sanitize.readable.tidy import LEAVING, drop, said, tidy, unwrap
from feedsvc.sanitize.safe.gate import IsAllowed
from feedsvc.sanitize.safe.urls import image_url, is_frame, link_url, number
from feedsvc.sanitize.text import fragment

#: Elements in which a check box belongs to the text. So many elements above a check box are looked at.
LISTED = with_trait(Trait.HOLDS_TASKS)
MAX_LOOK = 20

#: Elements that this pass reads before all others.
SHOWN = MEDIA | READ

#: Element → its published attributes in the order in which they are written.
WRITTEN_ATTRIBUTES = {name: sorted(ELEMENTS[name].attributes.items()) for name in PUBLISHED}


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
    for media in list(root.iter(*SHOWN)):
        _media(media, base, frames, seen)
    etree.strip_tags(root, LEAVING, "source")
    for link in list(root.iter("a")):
        _link(link, base, page)
    etree.strip_tags(root, LEAVING)
    for element in root.iter():
        _keep_attributes(element, base, is_allowed)
    tidy(root, page)
    children = (lxml.html.tostring(child, encoding="unicode") for child in root)
    return "".join((html_text.escape(root.text or "", quote=False), *children)).strip()


# --- media and links -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Seen:
    """Addresses of pictures and players so far, and those of them from a `noscript`."""

    all: set[str] = field(default_factory=set)
    unscripted: set[str] = field(default_factory=set)


def _media(element: Element, base: str | None, frames: frozenset[str], seen: _Seen) -> None:
    """Rewrite an element that shows something, by its name."""
    match element.tag:
        case "span":
            pass  # its player is gone, and it with the player
        case "img":
            _image(element, base, seen)
        case "iframe":
            _frame(element, base, frames, seen)
        case "embed":
            _embed(element, base, frames)
        case "source":
            pass  # its picture or its recording reads it
        case "input":
            _checkbox(element)
        case _:
            _player(element, base)


def _image(img: Element, base: str | None, seen: _Seen) -> None:
    """Show the picture that a script would have loaded instead of a placeholder. Drop a picture that counts readers."""
    candidates = [value for name in LAZY_SOURCES if "." in (value := img.get(name, "")) or "/" in value]
    lazy, own, late = (largest(img.get(name, ""), base) for name in SOURCE_SETS)
    beside = [largest(one.get(name, ""), base) for one in _sources(img) for name in SOURCE_SETS]
    found = (image_url(one, base) for one in candidates)
    choices = (*found, lazy, late, image_url(img.get("src", ""), base), own, *beside)
    src = next((url for url in choices if url), None)
    if src is not None and src.startswith("data:"):
        src = next((url for url in beside if url), src)  # the other is a placeholder
    if src is None or _is_second(img, src, seen) or (_is_tiny(img) and not candidates) or is_beacon(src):
        drop(img)
        return
    if _is_tiny(img):  # the size of the placeholder
        del img.attrib["width"], img.attrib["height"]
    img.set("src", src)
    img.set("alt", img.get("alt", ""))
    _see(img, src, seen)


def _sources(img: Element) -> list[Element]:
    """The `source` elements of a picture, best first. They stand before it, or around it where lxml put it into one."""
    found: list[Element] = []
    one = img.getprevious() if img.getprevious() is not None else img.getparent()
    while one is not None and one.tag == "source":
        found.append(one)
        one = one.getprevious() if one.getprevious() is not None else one.getparent()
    return found[::-1]


def _is_second(element: Element, src: str, seen: _Seen) -> bool:
    """Whether the article shows the same file already: from a `noscript`, or beside a `noscript`."""
    mark = element.get(IN_NOSCRIPT)
    if mark is None:
        return src in seen.unscripted and _is_lazy(element)
    before = element.getprevious()
    return src in seen.all or (mark == "first" and before is not None and _is_lazy(before) and not said(before.tail))


def _see(element: Element, src: str, seen: _Seen) -> None:
    seen.all.add(src)
    if element.get(IN_NOSCRIPT) is not None:
        seen.unscripted.add(src)


def _is_lazy(element: Element) -> bool:
    """Whether a script would have loaded the file."""
    return any(element.get(name) for name in (*LAZY_SOURCES, *LAZY_SETS))


def _is_tiny(img: Element) -> bool:
    sizes = [number(img.get(name, "").strip().lower().removesuffix("px")) for name in ("width", "height")]
    return all(size is not None and size <= policy.BEACON_PIXELS for size in sizes)


def _frame(iframe: Element, base: str | None, frames: frozenset[str], seen: _Seen) -> None:
    """Empty a known player, because parsers read its content in different ways. Another frame becomes a link."""
    src = web_url(iframe.get("data-src", ""), base) or web_url(iframe.get("src", ""), base)
    iframe.text = None
    for child in list(iframe):
        iframe.remove(child)
    secure = player_url(src)
    if src is None or is_beacon(src) or _is_second(iframe, src, seen):
        drop(iframe)
        return
    _see(iframe, src, seen)
    if secure and is_frame(secure, frames):
        iframe.set("src", secure)
    else:
        iframe.tag, iframe.text = "a", urlsplit(src).hostname
        iframe.attrib.clear()
        iframe.set("href", src)


def _embed(embed: Element, base: str | None, frames: frozenset[str]) -> None:
    """Show a player that is written as an `embed`."""
    src = player_url(web_url(embed.get("src", ""), base))
    if src and is_frame(src, frames):
        embed.tag = "iframe"
        embed.set("src", src)
    else:
        drop(embed)


def _checkbox(box: Element) -> None:
    """Show a check box as a sign: an item of a list of things to do."""
    is_done, kind = box.get("checked") is not None, box.get("type", "").lower()
    is_listed = any(one.tag in LISTED for one in islice(box.iterancestors(), MAX_LOOK))
    drop(box)
    if kind == "checkbox" and (is_listed or is_done):  # another check box may open a menu
        box.text = "☑" if is_done else "☐"
        if box.tail and not box.tail[0].isspace():
            box.text += " "


def _player(media: Element, base: str | None) -> None:
    """Show a recording with one file: of several, the file that most readers play."""
    sources = list(media.iter("source"))
    written = [(media.get("data-src") or media.get("src"), "")]
    written += [(one.get("data-src") or one.get("src"), one.get("type", "")) for one in sources]
    found = [(url, kind) for src, kind in written if src and (url := web_url(src, base))]
    if not found:
        unwrap(media)
        return
    for child in media.iterdescendants():
        child.tag = LEAVING
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
        unwrap(a)
    elif (
        is_picture(href)
        and not is_beacon(href)
        and is_one_site(href, a[0].get("src", "") if len(a) else "")
        and len(a) == 1
        and a[0].tag == "img"
        and not said(a.text)
        and not said(a[0].tail)
    ):
        # The picture is a thumbnail that leads to the large picture: show the large one.
        a[0].set("src", href)
        unwrap(a)
    else:
        a.set("href", href)


def _keep_attributes(element: Element, base: str | None, is_allowed: IsAllowed) -> None:
    """Keep the published attributes in a fixed order: fixed values are ours, URLs are absolute."""
    tag = str(element.tag)
    kept = {}
    for name, attribute in WRITTEN_ATTRIBUTES.get(tag, ()):
        value = attribute.value if attribute.check is Check.FIXED else element.get(name)
        if value is not None and attribute.check is Check.URL:
            value = web_url(value, base)
        if value is not None and (value or name != "title") and is_allowed(tag, name, value):
            kept[name] = value
    element.attrib.clear()
    element.attrib.update(kept)
