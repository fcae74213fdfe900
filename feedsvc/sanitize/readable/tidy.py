"""Drops the parts of an article that say nothing: empty elements, gaps, line breaks at edges, links to read on."""

from lxml import etree
from lxml.html import HtmlElement as Element

from feedsvc import elements
from feedsvc.sanitize.readable import policy
from feedsvc.sanitize.readable.addresses import is_one_site

#: The name of an element that is to go. The table unwraps this element, so nh3 leaves no other one of this name.
LEAVING = "span"

#: All white space of `str.isspace`, so that `strip` removes it together with other signs.
WHITE = "".join(filter(str.isspace, map(chr, range(0x3001))))

#: Brackets and dots around a link to the whole article.
BRACKETS = WHITE + "[]【】()（）"
BEFORE_TAILS = WHITE + "[【(（«<"
AROUND_TAILS = BRACKETS + "«<»>…."

#: Blocks of which a line break at an edge says nothing. In code, each line break is one.
EDGED = elements.LINES - elements.VOID - elements.CODE

#: Blocks that a link to the whole article may end.
WITH_TAIL = elements.with_trait(elements.Trait.HOLDS_TAIL)

#: Signs before a link that is no part of a sentence.
DOTS = ("…", "...")
SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?")


def unwrap(element: Element) -> None:
    """
    Let an element go, and keep what is in it.

    The element is only marked. To remove elements one by one would move the text behind them again and again.
    """
    element.tag = LEAVING


def drop(element: Element) -> None:
    """Let an element go with its content. The text behind it stays."""
    element.clear(keep_tail=True)
    element.tag = LEAVING


def tidy(root: Element, page: str | None) -> None:
    """Drop empty elements, gaps, line breaks at the edges of blocks, tails, and a wrapper around everything."""
    has_breaks = next(root.iter("br"), None) is not None
    for element in reversed(list(root.iterdescendants())):
        if any(child.tag == LEAVING for child in element):
            etree.strip_tags(element, LEAVING)
        if has_breaks and element.tag in EDGED:
            _trim_breaks(element)
        if element.tag == "pre" and element.text:
            # HTML parsers eat one line break here, each time they read it.
            element.text = element.text.lstrip("\n")
        if _is_pointless(element):
            if element.text and element.tag not in elements.LINES:
                element.tail = f" {element.tail or ''}"  # white space in it kept words apart
            drop(element)
    etree.strip_tags(root, LEAVING)
    if has_breaks:
        _drop_gaps(root)
    _unwrap_all(root)
    # Without its tail, the article may be one more wrapper with one more tail.
    while page is not None and _drop_tails(root, page) and _unwrap_all(root):
        pass


def _unwrap_all(root: Element) -> bool:
    """Drop a wrapper around everything, and line breaks at the edges. Whether there was a wrapper."""
    is_unwrapped = False
    while len(root) == 1 and root[0].tag == "div" and not said(root.text) and not said(root[0].tail):
        root[0].drop_tag()
        is_unwrapped = True
    _trim_breaks(root)
    return is_unwrapped


def said(text: str | None) -> bool:
    """Whether a text shows anything."""
    return bool(text and text.strip())


def _is_pointless(element: Element) -> bool:
    return element.tag in elements.POINTLESS and not said(element.text) and not len(element)


def _drop_gaps(root: Element) -> None:
    """Drop further line breaks in a row. In code, all stay."""
    breaks = list(root.iter("br"))
    if len(breaks) <= policy.MAX_BREAKS:
        return
    in_code = {br for pre in root.iter("pre") for br in pre.iter("br")}
    for br in [one for one in breaks if one not in in_code and _is_gap(one)]:
        drop(br)
    etree.strip_tags(root, LEAVING)


def _is_gap(br: Element) -> bool:
    """Whether enough line breaks stand before this one."""
    for _ in range(policy.MAX_BREAKS):
        before = br.getprevious()
        if before is None or before.tag != "br" or said(before.tail):
            return False
        br = before
    return True


def _last_child(element: Element) -> Element | None:
    # Not element[-1] after len(element), which would count all children.
    return next(element.iterchildren(reversed=True), None)


def _trim_breaks(block: Element) -> None:
    while (last := _last_child(block)) is not None and last.tag == "br" and not said(last.tail):
        block.remove(last)
    while (first := next(block.iterchildren(), None)) is not None and first.tag == "br" and not said(block.text):
        first.drop_tree()


def _drop_tails(root: Element, page: str) -> bool:
    """Drop links to the whole article at its end: its source gives no more. Whether a link went."""
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
    """Whether a last link leads to the article on the site of its `page`: alone in its block, or after dots."""
    parent = a.getparent()
    if a.tag != "a" or parent is None or parent.tag not in WITH_TAIL or (text := _shown_text(a)) not in policy.TAILS:
        return False
    if not is_one_site(a.get("href", ""), page) or next(a.iter(*elements.MEDIA), None) is not None:
        return False
    previous = a.getprevious()
    before = (parent.text if previous is None else previous.tail) or ""
    is_first = previous is None or (parent is root and previous.tag in elements.LINES)
    ends = (*DOTS, *SENTENCE_ENDS) if parent is root and text not in policy.ORDINARY_TAILS else DOTS
    return (is_first and not before.strip(AROUND_TAILS)) or before.strip(BRACKETS).endswith(ends)


def _last(root: Element) -> Element | None:
    """The last link, or the last element without children, if only brackets stand behind it."""
    last = root
    while last.tag != "a" and (child := _last_child(last)) is not None:
        last = child
        if (last.tail or "").strip(AROUND_TAILS):
            return None
    return last if last is not root else None


def _shown_text(element: Element) -> str:
    return " ".join(str(element.text_content()).split()).strip(AROUND_TAILS).lower()
