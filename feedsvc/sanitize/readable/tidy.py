"""What says nothing in an article, and goes: empty shells, gaps, line breaks at edges, links to read on."""

from lxml import etree
from lxml.html import HtmlElement as Element

from feedsvc import elements
from feedsvc.sanitize.readable import policy
from feedsvc.sanitize.readable.addresses import is_one_site

#: What an element is called that is to go: nothing else is called so after the first stage.
GONE = "span"

#: All that `str.isspace` takes for white space, for `strip` to take away together with other signs.
WHITE = "".join(filter(str.isspace, map(chr, range(0x3001))))

#: Brackets, and dots, that stand around a link to the whole article.
BRACKETS = WHITE + "[]【】()（）"
BEFORE_TAILS = WHITE + "[【(（«<"
AROUND_TAILS = BRACKETS + "«<»>…."

#: Elements that mean nothing once they are empty.
POINTLESS = elements.with_trait(elements.Trait.POINTLESS)

#: Blocks of which a line break at an edge says nothing. In code, each line break is one.
EDGED = elements.LINES - elements.VOID - elements.CODE

#: Blocks that a link to the whole article may end.
WITH_TAIL = elements.with_trait(elements.Trait.HOLDS_TAIL)

#: What stands before one that is no part of a sentence.
DOTS = ("…", "...")
SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?")


def unwrap(element: Element) -> None:
    """
    Let an element go, and keep what is in it.

    It is only marked: to take out one after the other would move the text behind them again and again.
    """
    element.tag = GONE


def drop(element: Element) -> None:
    """Let an element go with all that is in it; what is behind it stays."""
    element.clear(keep_tail=True)
    element.tag = GONE


def tidy(root: Element, page: str | None) -> None:
    """Empty shells, gaps, line breaks at the edges of blocks, tails, and a wrapper around everything: they go."""
    has_breaks = next(root.iter("br"), None) is not None
    for element in reversed(list(root.iterdescendants())):
        if any(child.tag == GONE for child in element):
            etree.strip_tags(element, GONE)
        if has_breaks and element.tag in EDGED:
            _trim_breaks(element)
        if element.tag == "pre" and element.text:
            # HTML parsers eat one line break here, each time they read it.
            element.text = element.text.lstrip("\n")
        if _is_pointless(element):
            if element.text and element.tag not in elements.LINES:
                element.tail = f" {element.tail or ''}"  # what was blank kept words apart
            drop(element)
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
    while len(root) == 1 and root[0].tag == "div" and not said(root.text) and not said(root[0].tail):
        root[0].drop_tag()
        is_unwrapped = True
    _trim_breaks(root)
    return is_unwrapped


def said(text: str | None) -> bool:
    """Whether a text shows anything."""
    return bool(text and text.strip())


def _is_pointless(element: Element) -> bool:
    return element.tag in POINTLESS and not said(element.text) and not len(element)


def _drop_gaps(root: Element) -> None:
    """More line breaks in a row than are wanted; in code, all are."""
    breaks = list(root.iter("br"))
    if len(breaks) <= policy.MAX_BREAKS:
        return
    in_code = {br for pre in root.iter("pre") for br in pre.iter("br")}
    for br in [one for one in breaks if one not in in_code and _is_gap(one)]:
        drop(br)
    etree.strip_tags(root, GONE)


def _is_gap(br: Element) -> bool:
    """Whether as many line breaks as are wanted stand before this one."""
    for _ in range(policy.MAX_BREAKS):
        before = br.getprevious()
        if before is None or before.tag != "br" or said(before.tail):
            return False
        br = before
    return True


def _last_child(element: Element) -> Element | None:
    # Not element[-1] after len(element): that counts them all.
    return next(element.iterchildren(reversed=True), None)


def _trim_breaks(block: Element) -> None:
    while (last := _last_child(block)) is not None and last.tag == "br" and not said(last.tail):
        block.remove(last)
    while (first := next(block.iterchildren(), None)) is not None and first.tag == "br" and not said(block.text):
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
    if a.tag != "a" or parent is None or parent.tag not in WITH_TAIL or (text := _text(a)) not in policy.TAILS:
        return False
    if not is_one_site(a.get("href", ""), page) or next(a.iter(*elements.MEDIA), None) is not None:
        return False
    previous = a.getprevious()
    before = (parent.text if previous is None else previous.tail) or ""
    is_first = previous is None or (parent is root and previous.tag in elements.LINES)
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
