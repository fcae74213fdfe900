"""
The body of a seed as HTML, still unsafe. Pure.

    is_page   a scraped page stays as it is
      → tags  block tags of Hexo and Jekyll become Markdown and placeholders
      → comrak (Rust, GitHub's Markdown) reads the Markdown: linear time, no limit of nesting
      → the placeholders become HTML, picture proxies go

Every step is linear in the size of the body. comrak's one home.
"""

import posixpath
import re
from html import escape, unescape
from urllib.parse import quote, unquote, urlsplit

import comrak

from feedsvc.model import Permalinks
from feedsvc.parse.markdown.page import TAG, is_page
from feedsvc.parse.markdown.tags import Tags
from feedsvc.parse.proxies import unproxied, unproxied_set

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext"})

_EXTENSIONS = comrak.ExtensionOptions(
    strikethrough=True, table=True, autolink=True, tasklist=True, footnotes=True, description_lists=True
)
_PARSE = comrak.ParseOptions()
_RENDER = {has_breaks: comrak.RenderOptions(hardbreaks=has_breaks, unsafe_=True) for has_breaks in (False, True)}

#: A bare address as comrak links it. It takes Chinese punctuation, and the words behind, for a part of the address.
BARE_LINK = re.compile(
    r'<a href="(?P<href>[^"]{0,6000})">(?P<address>(?:https?://|ftp://|www\.)[^<，。；：、！？…“”‘’（）「」『』【】《》〈〉]*+)'
    r"(?P<rest>[，。；：、！？…“”‘’（）「」『』【】《》〈〉][^<]*)</a>"
)

#: The arrow back to a footnote's place is no text of the author; readers drop the ids that the two links lead to.
BACK_LINK = re.compile(r'\s?<a href="#fnref-[^"]*" class="footnote-backref"[^>]*>[^<]*(?:<sup[^>]*>\d+</sup>)?</a>')
NOTE_LINK = re.compile(r'<sup class="footnote-ref"><a href="#fn-[^"]*"[^>]*>([^<]*)</a></sup>')

#: A quotation in so many others is out of the sanitiser's bounds: more of them change nothing.
TOO_DEEP = re.compile(r"^((?:[ ]{0,3}>){201})(?:[ \t]*>)+", re.MULTILINE)

#: A character or an element that readers see. Markdown without any (link definitions alone) is shown as its author
#: wrote the text.
VISIBLE = re.compile(r"(?:^|[^-?\]]>)[^<]*?[^\s<]|<(?:img|iframe|video|audio|hr|input)\b")

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

#: Elements that show a picture or a recording, or lead to one, and the attributes that hold its address.
MEDIA = frozenset({"img", "source", "video", "audio", "a"})
ADDRESS = re.compile(
    r"""(?P<before>(?<![\w-])(?:src(?:set)?|href|poster|_src|data-[\w-]{1,40}+)\s{0,9}=\s{0,9})"""
    r"""(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'>]++))""",
    re.IGNORECASE,
)


def body_html(body: str, path: str, rule: Permalinks | None) -> str:
    """The body of the file at `path`. `rule` says how a Hexo site made its pages, where the source knows it."""
    is_markdown = posixpath.splitext(path)[1].lower() in MARKDOWN_SUFFIXES and not is_page(body)
    if not is_markdown and not rule:
        return _direct(body)
    tags = Tags(is_hexo=rule is not None, is_markdown=is_markdown)
    text = tags.replaced(body)
    if not is_markdown:
        return _direct(tags.filled(text))
    html = _direct(tags.filled(_rendered(TOO_DEEP.sub(r"\1", text), rule)))
    return html if VISIBLE.search(html) or not _has_text(body) else f"<p>{escape(body.strip(), quote=False)}</p>\n"


def _has_text(body: str) -> bool:
    """Whether anything is left of a body without its comments."""
    end = body.rfind("-->") + len("-->") if "-->" in body else 0
    return bool((COMMENT.sub("", body[:end]) + body[end:]).strip())


def _rendered(text: str, rule: Permalinks | None) -> str:
    options = _RENDER[rule is not None and rule.has_breaks]
    root = urlsplit(rule.url).path.rstrip("/") if rule else ""
    if root and "](" in text and "/" in text:
        tree = comrak.parse_document(text, _EXTENSIONS, _PARSE, options)
        _prefix_pictures(tree, root)
        html = comrak.format_html(tree, _EXTENSIONS, _PARSE, options)
    else:
        html = comrak.markdown_to_html(text, _EXTENSIONS, _PARSE, options)
    if 'class="footnote-' in html:
        html = NOTE_LINK.sub(r"<sup>\1</sup>", BACK_LINK.sub("", html))
    return BARE_LINK.sub(_ended, html)


def _prefix_pictures(tree: comrak.AstNode, root: str) -> None:
    """Hexo writes a site's own pictures without the folder that the site is in."""
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        nodes += node.children
        if isinstance(node.node_value, comrak.Image):
            picture = node.node_value.value
            if picture.url.startswith("/") and not picture.url.startswith(("//", f"{root}/")):
                node.node_value = comrak.Image(comrak.NodeLink(root + picture.url, picture.title))


def _ended(link: re.Match[str]) -> str:
    """A bare address ends where Chinese punctuation begins."""
    address = unescape(link["address"])
    scheme = "http://" if address.startswith("www.") else ""
    if unquote(unescape(link["href"])) != unquote(scheme + address + unescape(link["rest"])):
        return link[0]  # the author's own link, with an address for its text
    href = quote(address, safe="%/?:@&=+$,;#-_.!~*'()[]")
    return f'<a href="{escape(scheme + href)}">{link["address"]}</a>{link["rest"]}'


def _direct(html: str) -> str:
    """`html` with the pictures' own addresses in place of those of proxies."""
    return TAG.sub(_unproxied_tag, html) if "://" in html else html


def _unproxied_tag(tag: re.Match[str]) -> str:
    if (tag["name"] or "").lower() not in MEDIA or "://" not in tag[0]:
        return tag[0]
    return ADDRESS.sub(_unproxied_address, tag[0])


def _unproxied_address(found: re.Match[str]) -> str:
    written = found["double"] or found["single"] or found["bare"] or ""
    url = unescape(written).strip()
    direct = unproxied_set(url) if "srcset" in found["before"].lower() else unproxied(url)
    return f'{found["before"]}"{escape(direct)}"' if direct != url else found[0]
