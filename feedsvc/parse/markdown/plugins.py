"""
Tags with content as HTML: tables of their names. Pure.

The tags are those of Hexo (hexo.io/docs/tag-plugins), NexT, Butterfly, Volantis and Jekyll. The words of a tag are
escaped in the HTML, which is sanitised like any other.
"""

import re
from collections.abc import Sequence
from html import escape

from feedsvc.parse.markdown import pictures, standalone
from feedsvc.parse.markdown.arguments import anchor, is_address, words

#: A tag with longer arguments is text.
MAX_ARGS = 4_000

#: Keywords of the template language. Without Hexo or Jekyll, an article about templates contains them as text.
TEMPLATE_WORDS = frozenset({
    "if", "elif", "elseif", "else", "endif", "for", "endfor", "asyncEach", "asyncAll", "set", "endset", "block",
    "endblock", "extends", "include", "import", "from", "macro", "endmacro", "call", "endcall", "filter", "endfilter",
    "with", "endwith", "load", "url", "static", "csrf_token", "trans", "assign", "capture", "endcapture", "case",
    "endcase", "when", "unless", "endunless", "cycle", "autoescape", "endautoescape", "spaceless", "endspaceless",
})  # fmt: skip

#: A setting of a tag, which is not text.
TAG_SETTING = re.compile(r"[\w-]+[:=][\w#%.-]*|[\d.]+(?:px|%|em)?", re.ASCII)

#: Tags with an end tag whose content is not Markdown.
CODE_TAGS = frozenset({"codeblock", "code", "highlight", "mermaid", "highlighter"})
RAW_TAGS = frozenset({"raw", "verbatim"})
COMMENT_TAGS = frozenset({"comment"})

#: Tags whose content has parts → names of the comments that begin a part.
PART_COMMENTS = {
    **dict.fromkeys(("tabs", "subtabs", "subsubtabs"), ("tab",)), "folders": ("folder",), "grid": ("cell",),
    "timeline": ("timeline", "node"),
}  # fmt: skip

QUOTATIONS = frozenset({"blockquote", "quote", "pullquote", "cq", "centerquote"})

#: Tags whose arguments are a title; after a comma, a style.
TITLED = frozenset({"timeline", "timenode", "poem"})

#: A link in a title.
TITLE_LINK = re.compile(r"\[([^\[\]\n]++)\]\(([^()\s]++)\)")

#: Tags that have content, or show nothing.
KNOWN_TAGS = frozenset({
    *QUOTATIONS, *standalone.BOXES, *CODE_TAGS, *RAW_TAGS, *COMMENT_TAGS, *PART_COMMENTS, *TITLED,
    *standalone.SINGLE_TAGS,
    *standalone.PLAYER_ADDRESSES, *standalone.PAGE_ADDRESSES, *standalone.FILE_TAGS, *standalone.PATH_TAGS,
    "tabs", "tab", "subtabs", "grouppicture", "gp", "gallery", "more", "linkgrid", "swig",
})  # fmt: skip


def is_verbatim(name: str) -> bool:
    """Whether the content of a tag is not Markdown."""
    return name in CODE_TAGS or name in RAW_TAGS or name in COMMENT_TAGS


def is_raw(name: str) -> bool:
    """Whether the content of a tag is left as it is."""
    return name in RAW_TAGS


def heading(title: str) -> str:
    """A title as HTML, with its links."""
    linked = TITLE_LINK.sub(r'<a href="\2">\1</a>', escape(title))
    return f"<p><strong>{linked}</strong></p>"


def verbatim(name: str, args: str, content: str) -> str:
    """A tag whose content is not Markdown, as HTML."""
    if name in COMMENT_TAGS:
        return ""
    if name in RAW_TAGS:
        return content
    code = f"<pre><code>{escape(content.strip(chr(10)), quote=False)}\n</code></pre>"
    caption = _caption(words(args)) if name in {"codeblock", "code"} else ""
    return f"<figure><figcaption>{caption}</figcaption>{code}</figure>" if caption else code


def _caption(given: Sequence[str]) -> str:
    """`[title] [lang:language] [url] [link text] [option:value]`."""
    parts = [one for one in given if not re.match(r"[a-z_]{1,30}:(?!//)", one)]
    at = next((index for index, one in enumerate(parts) if is_address(one)), len(parts))
    title = escape(" ".join(parts[:at]), quote=False)
    link = anchor(parts[at], " ".join(parts[at + 1 :]) or "link") if at < len(parts) else ""
    return " ".join(part for part in (title, link) if part)


def fence_caption(info: str) -> str:
    """The text after the language of fenced code, without settings in braces."""
    info = re.sub(r"(?<!\S)(?:title|caption|filename)=(?=[\"'])", "", re.sub(r"\{[^{}]*(?:\}|\Z)", "", info))
    caption = _caption(words(info))
    return f"<p>{caption}</p>" if caption else ""


def around(name: str, args: str) -> tuple[str, str]:
    """The HTML before and after the content of a tag that has an end tag."""
    given = words(args)
    if name in {"blockquote", "quote"}:
        footer = _cited(given)
        return "<blockquote>", f"<footer>{footer}</footer></blockquote>" if footer else "</blockquote>"
    if name in QUOTATIONS:
        return "<blockquote>", "</blockquote>"
    if name == "figure" and any(figure := pictures.figure_parts(args)):
        return f"<figure>{figure[0]}", f"{figure[1]}</figure>"
    if name in TITLED:
        title = " ".join(one for one in re.split(r"\s*,\s*", " ".join(given)) if one and one not in standalone.LOOKS)
        return (heading(title) if title else ""), ""
    if name in standalone.BOXES or name not in KNOWN_TAGS:
        # The settings of an unknown tag, such as `width:max` or `col=2`, are not text.
        parts = [one for one in re.split(r"[\s,]+", " ".join(given)) if not _is_look(one)]
        title = " ".join(one for one in parts if name in standalone.BOXES or not TAG_SETTING.fullmatch(one))
        return (heading(title) if title else ""), ""
    return "", ""


def _is_look(word: str) -> bool:
    return (
        not word or word in standalone.LOOKS or word.startswith(("fa-", "icon-")) or word in {"fas", "fab", "far", "fa"}
    )


def _cited(given: Sequence[str]) -> str:
    """The author of a quotation: `[author[, source]]`, or `author link [link text]`."""
    at = next((index for index, one in enumerate(given) if is_address(one)), len(given))
    author, source = " ".join(given[:at]).strip(), ""
    if at == len(given):
        author, _, source = (part.strip() for part in author.partition(","))
        source = escape(source, quote=False)
    else:
        source = anchor(
            given[at], " ".join(given[at + 1 :]) or re.sub(r"^https?://|/(?:index\.html?)?$", "", given[at])
        )
    named = f"<strong>{escape(author, quote=False)}</strong>" if author else ""
    return named + (f"<cite>{source}</cite>" if source else "")
