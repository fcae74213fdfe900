"""
The body of a seed as HTML, which is not yet safe. Pure.

    is_page    a scraped page is left as it is
      → tags   block tags of Hexo and Jekyll become Markdown and placeholders
      → comrak (Rust, GitHub's Markdown) renders the Markdown: linear time, no limit of nesting
      → hidden texts that Markdown hides against the author's wish are rendered again, as text
      → words  if letters are missing in the HTML, the body is shown as its author wrote it
      → placeholders become HTML, picture proxies are removed

Every step takes time linear in the size of the body.
"""

import posixpath
import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, urlsplit

import comrak
import regex

from feedsvc import elements
from feedsvc.model import Permalinks
from feedsvc.parse.markdown import hidden, words
from feedsvc.parse.markdown.links import with_links
from feedsvc.parse.markdown.page import HTML_TAG, is_page
from feedsvc.parse.markdown.tags import Tags
from feedsvc.parse.proxies import unproxied, unproxied_set

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext"})

_EXTENSIONS = comrak.ExtensionOptions(
    strikethrough=True,
    table=True,
    autolink=True,
    tasklist=True,
    footnotes=True,
    description_lists=True,
    alerts=True,
)
_PARSE = comrak.ParseOptions()
_RENDER = {
    has_breaks: comrak.RenderOptions(hardbreaks=has_breaks, unsafe_=True, full_info_string=True)
    for has_breaks in (False, True)
}

#: The back link of a footnote is not the author's text, and readers remove the ids that both links need.
BACK_LINK = re.compile(r'\s?<a href="#fnref-[^"]*" class="footnote-backref"[^>]*>[^<]*(?:<sup[^>]*>\d+</sup>)?</a>')
NOTE_LINK = re.compile(r'<sup class="footnote-ref"><a href="#fn-[^"]*"[^>]*>([^<]*)</a></sup>')

#: GitHub's `> [!NOTE]`. Readers remove the classes that mark it.
ALERT = re.compile(r'<div class="markdown-alert markdown-alert-[a-z]+">')
ALERT_TITLE = re.compile(r'<p class="markdown-alert-title">([^\n]*)</p>')

#: A quotation that is nested deeper than the sanitiser's bound. Further levels are removed.
TOO_DEEP = re.compile(r"^((?:[ ]{0,3}>){201})(?:[ \t]*>)+", re.MULTILINE)

#: Noncharacters, which no text contains.
NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")

#: A single tilde (`3~5`) means strikethrough to comrak, but not to Hexo. TILDE replaces it until the Markdown is
#: HTML.
SINGLE_TILDE = re.compile(r"(?<![\\~])~(?!~)")
TILDE = "\ufdd3"

#: The address of a picture that does not depend on the page: it has a scheme or begins with a slash.
WHOLE_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\#]", re.IGNORECASE)
RELATIVE_PICTURE = re.compile(rf"\]\([ \t]*+<?(?!{WHOLE_ADDRESS.pattern})[^\s)]", re.IGNORECASE)

#: No-break spaces before an address, which comrak takes for part of it.
NO_BREAK_SPACES = regex.compile(r'(?<=<a href=")(?:%C2%A0)++|(?<=<img src=")(?:%C2%A0)++')

#: Largest share of a body's letters that may be missing in its HTML. A smaller loss is only reported.
MAX_MISSING = 0.01

#: Elements that show or link media, and their attributes with an address.
MEDIA_ELEMENTS = elements.with_trait(elements.Trait.HAS_FILE)
ADDRESS_ATTRIBUTE = re.compile(
    r"""(?P<before>(?<![\w-])(?:src(?:set)?|href|poster|_src|data-[\w-]{1,40}+)\s{0,9}=\s{0,9})"""
    r"""(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'>]++))""",
    re.IGNORECASE,
)


def reads_markdown(body: str, path: str) -> bool:
    """Whether the body of the file at `path` is read as Markdown."""
    return posixpath.splitext(path)[1].lower() in MARKDOWN_SUFFIXES and not is_page(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as HTML."""

    html: str
    #: The text that Markdown does not show.
    notice: str | None = None


def rendered(body: str, path: str, rule: Permalinks | None) -> Body:
    """
    The body of the file at `path` as HTML, with a notice for the author.

    `rule` has the settings of a Hexo site, if the source has them.
    """
    is_markdown = reads_markdown(body, path)
    if not is_markdown and not rule:
        return Body(html=_without_proxies(body))
    tags = Tags(is_hexo=rule is not None, is_markdown=is_markdown)
    text = tags.replaced(NONCHARACTERS.sub("", body))
    if not is_markdown:
        return Body(html=_without_proxies(tags.filled(text)))
    read = _as_html(TOO_DEEP.sub(r"\1", text), rule)
    return Body(html=_without_proxies(tags.filled(read.html)), notice=read.notice)


def _as_html(text: str, rule: Permalinks | None) -> Body:
    """Markdown as HTML that shows all its words."""
    html = _comrak(text, rule)
    shown = hidden.with_words(hidden.with_notes(text, html), html)
    if shown != text:
        html = _comrak(shown, rule)
    lost, notice = words.missing(text, html), None
    if lost and (cells := hidden.with_cells(shown)) != shown:
        html = _comrak(cells, rule)
        lost = words.missing(text, html)
        notice = "a table has rows with more cells than columns; it is shown as it is written"
    if lost:
        notice = f"Markdown does not show {len(lost)} characters of the text ({lost[:20]})"
        if len(lost) <= MAX_MISSING * words.size(text):
            return Body(html=html, notice=notice)
        return Body(html=words.as_written(text, html), notice=f"{notice}; it is shown as it is written")
    return Body(html=html if words.shows(html) else words.as_written(text, html) or html, notice=notice)


def _comrak(text: str, rule: Permalinks | None) -> str:
    options = _RENDER[rule is not None and rule.has_breaks]
    if not rule and "~" in text:
        text = SINGLE_TILDE.sub(TILDE, text)
    if rule and "![" in text and _has_own_pictures(text, rule):
        tree = comrak.parse_document(text, _EXTENSIONS, _PARSE, options)
        _prefix_pictures(tree, rule)
        html = comrak.format_html(tree, _EXTENSIONS, _PARSE, options)
    else:
        html = comrak.markdown_to_html(text, _EXTENSIONS, _PARSE, options)
    if "%C2%A0" in html:
        html = NO_BREAK_SPACES.sub("", html)
    if TILDE in text:
        html = html.replace(TILDE, "~").replace(quote(TILDE), "~")
    if hidden.TEXT_MARK in text:
        html = html.replace(f"<{hidden.TEXT_MARK}", "&lt;").replace(hidden.TEXT_MARK, "")
    if 'class="footnote-' in html:
        html = NOTE_LINK.sub(r"<sup>\1</sup>", BACK_LINK.sub("", html))
    if "markdown-alert" in html:
        html = ALERT.sub("<div>", ALERT_TITLE.sub(r"<p><strong>\1</strong></p>", html))
    return with_links(html)


def _has_own_pictures(text: str, rule: Permalinks) -> bool:
    """Whether the Markdown may have pictures of the site itself with relative addresses."""
    return bool(urlsplit(rule.url).path.rstrip("/")) or (
        not rule.has_asset_folders and (RELATIVE_PICTURE.search(text) is not None or "]:" in text)
    )


def _prefix_pictures(tree: comrak.AstNode, rule: Permalinks) -> None:
    """Add the path of the site's root, which Hexo leaves out, to the addresses of pictures."""
    root = urlsplit(rule.url).path.rstrip("/")
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        nodes += node.children
        if isinstance(node.node_value, comrak.Image):
            picture = node.node_value.value
            url = picture.url.lstrip("\u00a0")
            if not rule.has_asset_folders and url and not WHOLE_ADDRESS.match(url):
                url = f"/{url}"
            if url.startswith("/") and not url.startswith(("//", f"{root}/")):
                url = root + url
            if url != picture.url:
                node.node_value = comrak.Image(comrak.NodeLink(url, picture.title))


def _without_proxies(html: str) -> str:
    """`html` with the own addresses of pictures in place of those of proxies."""
    return HTML_TAG.sub(_unproxied_tag, html) if "://" in html else html


def _unproxied_tag(tag: regex.Match[str]) -> str:
    if (tag["name"] or "").lower() not in MEDIA_ELEMENTS or "://" not in tag[0]:
        return tag[0]
    return ADDRESS_ATTRIBUTE.sub(_unproxied_address, tag[0])


def _unproxied_address(found: re.Match[str]) -> str:
    written = found["double"] or found["single"] or found["bare"] or ""
    url = unescape(written).strip()
    direct = unproxied_set(url) if "srcset" in found["before"].lower() else unproxied(url)
    return f'{found["before"]}"{escape(direct)}"' if direct != url else found[0]
