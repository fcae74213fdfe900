"""
What tags show, as tables of their names. Pure.

They are Hexo's own (hexo.io/docs/tag-plugins), those of NexT, Butterfly and Volantis, and Jekyll's. HTML comes out. The
words of a tag are escaped in that HTML, which is sanitised like all other.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

#: A word of a tag's arguments: in quotes, or up to white space.
WORD = re.compile(r""""([^"]*+)"|'([^']*+)'|(\S++)""")

#: What has longer arguments is no tag.
MAX_ARGS = 4_000

#: The words of the template language itself. Where no Hexo or Jekyll runs, an article about templates has them.
TEMPLATE_WORDS = frozenset({
    "if", "elif", "elseif", "else", "endif", "for", "endfor", "asyncEach", "asyncAll", "set", "endset", "block",
    "endblock", "extends", "include", "import", "from", "macro", "endmacro", "call", "endcall", "filter", "endfilter",
    "with", "endwith", "load", "url", "static", "csrf_token", "trans", "assign", "capture", "endcapture", "case",
    "endcase", "when", "unless", "endunless", "cycle", "autoescape", "endautoescape", "spaceless", "endspaceless",
})  # fmt: skip

#: A setting of a tag, which is no text.
SETTING = re.compile(r"[\w-]+[:=][\w#%.-]*|[\d.]+(?:px|%|em)?", re.ASCII)

#: Tags whose content is not Markdown, up to their own end.
CODE_TAGS = frozenset({"codeblock", "code", "highlight", "mermaid", "highlighter"})
RAW_TAGS = frozenset({"raw", "verbatim"})
COMMENT_TAGS = frozenset({"comment"})

#: Tags whose content has parts → the names of the comments that begin one.
PARTS = {
    **dict.fromkeys(("tabs", "subtabs", "subsubtabs"), ("tab",)), "folders": ("folder",), "grid": ("cell",),
    "timeline": ("timeline", "node"),
}  # fmt: skip

QUOTATIONS = frozenset({"blockquote", "quote", "pullquote", "cq", "centerquote"})

#: Tags whose first words are a look; what follows is a title.
BOXES = frozenset({"note", "subnote", "callout", "hideBlock", "folding", "fold", "details", "spoiler", "hideToggle"})
LOOKS = frozenset({
    "default", "primary", "success", "info", "warning", "danger", "no-icon", "simple", "modern", "flat", "disabled",
    "blue", "pink", "red", "purple", "orange", "green", "cyan", "yellow", "gray", "grey", "quote", "bolt", "done",
    "error", "open", "close", "up", "down", "link", "radiation", "bug", "idea", "todo", "paperclip", "home", "guide",
    "download", "message", "bell", "light", "dark", "white", "black", "checked", "plus", "minus", "left", "center",
    "right", "child:codeblock", "child:tabs",
})  # fmt: skip

#: Tags all of whose words are a title; behind a comma, a look.
TITLED = frozenset({"timeline", "timenode", "poem"})

#: A link in a title.
TITLE_LINK = re.compile(r"\[([^\[\]\n]++)\]\(([^()\s]++)\)")

#: Whose id or address is that of a player.
PLAYER_ADDRESSES = {
    "youtube": "https://www.youtube.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
    "bilibili": "https://player.bilibili.com/player.html?{}",
    "iframe": "{}",
}

#: Whose id is of a page.
PAGE_ADDRESSES = {
    "gist": "https://gist.github.com/{}",
    "jsfiddle": "https://jsfiddle.net/{}/",
    "caniuse": "https://caniuse.com/#feat={}",
    "ghcard": "https://github.com/{}",
}

#: Those that Hugo has as shortcodes.
SHORTCODES = frozenset({"figure", "youtube", "vimeo", "bilibili"})

#: Files of the article.
FILE_TAGS = frozenset({"pdf", "video", "audio", "mp3", "mp4", "aplayer", "dplayer"})

#: A setting of a picture, up to the next one or a comma.
IMAGE_SETTING = re.compile(
    r"(?:^|[\s,])\s*+(width|height|alt|title|bg|padding|download|fancybox|ratio)[=:]((?:[^\s,]|\s(?![a-z]{1,20}[=:]))*+)"
)

#: A setting of Hugo's.
FIGURE_SETTING = re.compile(r"""([a-z]{1,20})=(?:"([^"]*+)"|'([^']*+)'|(\S++))""")

#: How the address of such a file begins among settings.
FILE_ADDRESS = re.compile(r"(?:url|src)[=:]")

#: Tags that show nothing.
EMPTY_TAGS = frozenset({"more"})

#: Names of Hexo's that no other software has.
SURE = frozenset({"asset_img", "asset_image"})

#: What is written where an address is wanted.
PATH_TAGS = frozenset({"asset_path", "post_path", "post_url"})


def words(args: str) -> list[str]:
    """The arguments of a tag."""
    return [one[0] or one[1] or one[2] for one in WORD.findall(args)]


def is_verbatim(name: str) -> bool:
    """Whether the content of a tag is not Markdown."""
    return name in CODE_TAGS or name in RAW_TAGS or name in COMMENT_TAGS


def is_raw(name: str) -> bool:
    """Whether the content of a tag stands as it is."""
    return name in RAW_TAGS


def heading(title: str) -> str:
    """A title in the text, with its links."""
    linked = TITLE_LINK.sub(r'<a href="\2">\1</a>', escape(title))
    return f"<p><strong>{linked}</strong></p>"


def verbatim(name: str, args: str, content: str) -> str:
    """A tag whose content is not Markdown."""
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
    at = next((index for index, one in enumerate(parts) if _is_address(one)), len(parts))
    title = escape(" ".join(parts[:at]), quote=False)
    link = _link(parts[at], " ".join(parts[at + 1 :]) or "link") if at < len(parts) else ""
    return " ".join(part for part in (title, link) if part)


def fence_caption(info: str) -> str:
    """What stands behind the language of fenced code; settings in braces are none."""
    caption = _caption(words(re.sub(r"\{[^{}]*\}", "", info)))
    return f"<p>{caption}</p>" if caption else ""


def around(name: str, args: str) -> tuple[str, str]:
    """What stands before and after the content of a tag that has an end tag."""
    given = words(args)
    if name in {"blockquote", "quote"}:
        footer = _cited(given)
        return "<blockquote>", f"<footer>{footer}</footer></blockquote>" if footer else "</blockquote>"
    if name in QUOTATIONS:
        return "<blockquote>", "</blockquote>"
    if name in TITLED:
        title = " ".join(one for one in re.split(r"\s*,\s*", " ".join(given)) if one and one not in LOOKS)
        return (heading(title) if title else ""), ""
    if name in BOXES or name not in KNOWN_TAGS:
        # Of a tag that nobody here knows, settings are no text: `width:max`, `col=2`.
        parts = [one for one in re.split(r"[\s,]+", " ".join(given)) if not _is_look(one)]
        title = " ".join(one for one in parts if name in BOXES or not SETTING.fullmatch(one))
        return (heading(title) if title else ""), ""
    return "", ""


def _is_look(word: str) -> bool:
    return not word or word in LOOKS or word.startswith(("fa-", "icon-")) or word in {"fas", "fab", "far", "fa"}


def _cited(given: Sequence[str]) -> str:
    """`[author[, source]]`, or `author link [link text]`: whose words a quotation is."""
    at = next((index for index, one in enumerate(given) if _is_address(one)), len(given))
    author, source = " ".join(given[:at]).strip(), ""
    if at == len(given):
        author, _, source = (part.strip() for part in author.partition(","))
        source = escape(source, quote=False)
    else:
        source = _link(given[at], " ".join(given[at + 1 :]) or re.sub(r"^https?://|/(?:index\.html?)?$", "", given[at]))
    named = f"<strong>{escape(author, quote=False)}</strong>" if author else ""
    return named + (f"<cite>{source}</cite>" if source else "")


def path(name: str, args: str) -> str | None:
    """The address that a tag stands for inside Markdown's own syntax; None for another tag."""
    given = words(args)
    if name in PATH_TAGS or (name == "link" and len(given) == 1 and "/" in given[0]):
        return quote(given[0], safe="/%:?=&#.~-_") if given else ""
    return None


def single(name: str, args: str, *, is_hexo: bool) -> str | None:
    """A tag without content; None where its mark is text: a name that nobody here knows, a start without its end."""
    given = words(args)
    if name in PLAYER_ADDRESSES and given:
        return _player(name, given)
    if name in PAGE_ADDRESSES and given:
        address = PAGE_ADDRESSES[name].format(quote(given[0].rstrip(","), safe="/"))
        return _link(address, address.partition("://")[2])
    if name in FILE_TAGS and given:
        return _linked_file(given)
    if name in SINGLE_TAGS and given:
        return SINGLE_TAGS[name](given, args)
    return "" if is_hexo and name in EMPTY_TAGS else None


def is_sure(name: str, said: str) -> bool:
    """Whether a tag in a sentence is no text about tags, where no Hexo runs: it shows text, or what is elsewhere."""
    return name in SURE or "://" in said or bool(re.sub(r"<[^>]*+>", "", said).strip())


def _player(name: str, given: Sequence[str]) -> str:
    video = given[0]
    if name == "youtube" and "playlist" in given[1:]:
        video = f"videoseries?list={quote(video)}"
    elif name == "bilibili":
        video = f"bvid={quote(video)}" if video.startswith("BV") else f"aid={quote(video.removeprefix('av'))}"
    elif name != "iframe":
        video = quote(video)
    return f'<iframe src="{escape(PLAYER_ADDRESSES[name].format(video))}"></iframe>'


def _linked_file(given: Sequence[str]) -> str:
    """`[title] [author] address [settings]`, or `url=address [settings]` in any order."""
    parts = [one.strip(",") for one in given]
    stated = [one for one in parts if FILE_ADDRESS.match(one)]
    at = parts.index(stated[0]) if stated else next((at for at, one in enumerate(parts) if _is_address(one)), 0)
    address = FILE_ADDRESS.sub("", parts[at])
    said = " ".join(one for one in parts[:at] if not re.match(r"[a-z]{1,20}[=:]", one))
    return _link(address, said or address.rpartition("/")[2])


def _link(address: str, text: str, title: str = "") -> str:
    said = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}"{said}>{escape(text, quote=False)}</a>'


def _is_address(word: str) -> bool:
    return word.startswith(("http://", "https://", "//", "/")) and len(word) > 1


def _asset_img(given: Sequence[str], _: str) -> str:
    return _picture(given, is_file=True)


def _img(given: Sequence[str], _: str) -> str:
    return _picture(given, is_file=False)


def _picture(given: Sequence[str], *, is_file: bool) -> str:
    """`[class names] address [width] [height] [title [alternative]]`."""
    looks_right = re.compile(r"\.[A-Za-z0-9]{2,5}(?:[?#].*)?$") if is_file else re.compile(r"^(?:https?:)?/|\.\w{2,5}$")
    at = next((index for index, one in enumerate(given) if looks_right.search(one)), 0)
    rest = list(given[at + 1 :])
    size = list[str]()
    while rest and len(size) < 2 and re.fullmatch(r"\d{1,5}", rest[0]):  # noqa: PLR2004 - width and height
        size.append(rest.pop(0))
    if len(rest) == 1 and '"' in rest[0]:
        rest = words(rest[0])
    title, alternative = (rest[0], " ".join(rest[1:])) if rest else ("", "")
    numbers = "".join(f' {key}="{value}"' for key, value in zip(("width", "height"), size, strict=False))
    said = f' title="{escape(title)}"' if title else ""
    return f'<img src="{escape(given[at])}" alt="{escape(alternative or title)}"{said}{numbers}>'


def _image(given: Sequence[str], args: str) -> str:
    """Volantis' `image address, width=…, height=…, alt=…`, and Stellar's `image address words width:…`; else Hexo's."""
    rest = " ".join(given[1:])
    settings = {found[1]: found[2].strip(" \"'") for found in IMAGE_SETTING.finditer(rest)}
    if not settings and not given[0].endswith(","):
        return _img(given, args)
    words_of = " ".join(IMAGE_SETTING.sub(",", rest).replace(",", " ").split())
    alternative = " ".join(one for one in (settings.get("title"), settings.get("alt"), words_of) if one)
    numbers = "".join(
        f' {key}="{number[0]}"'
        for key in ("width", "height")
        if (number := re.match(r"\d{1,5}(?=(?:px)?$)", settings.get(key, "")))
    )
    return f'<img src="{escape(given[0].rstrip(","))}" alt="{escape(alternative)}"{numbers}>'


def _titled(given: Sequence[str], _: str) -> str:
    """`post_link slug [title] [escape]`: another article, which this one does not know."""
    rest = [one for one in given[1:] if one not in {"true", "false"}]
    return escape(" ".join(rest) or given[0], quote=False)


def _asset_link(given: Sequence[str], _: str) -> str:
    rest = [one for one in given[1:] if one not in {"true", "false"}]
    return _link(given[0], " ".join(rest) or given[0], " ".join(rest))


def _text_link(given: Sequence[str], args: str) -> str:
    """`link text address [external] [title]`; themes put commas between them."""
    parts = [one.strip() for one in args.split(",")] if "," in args and "://" in args else list(given)
    at = next((index for index, one in enumerate(parts) if _is_address(one)), None)
    if at is None:
        return escape(" ".join(parts), quote=False)
    return _link(parts[at], " ".join(parts[:at]) or parts[at])


def _button(_: Sequence[str], args: str) -> str:
    """`btn address, text, icon [class], title`; Butterfly puts the address second in nothing but its own tags."""
    parts = [one.strip() for one in args.split(",")]
    text = (parts[1] if len(parts) > 1 else "") or (parts[3] if len(parts) > 3 else "") or parts[0]  # noqa: PLR2004
    if not _is_address(parts[0]) and len(parts) > 1 and _is_address(parts[1]):
        return _link(parts[1], parts[0])
    return _link(parts[0], text)


def _label(_: Sequence[str], args: str) -> str:
    """`label [class]@text`, or `label text color`."""
    before, mark, text = args.partition("@")
    if mark:
        return escape(text.strip(), quote=False)
    return escape(" ".join(one for one in words(before) if one not in LOOKS), quote=False)


def _styled(given: Sequence[str], _: str) -> str:
    """`p looks, text`, of Volantis."""
    text = " ".join(given)
    return escape(re.sub(r"^[a-z #0-9-]*+,", "", text).strip(), quote=False)


def _site(_: Sequence[str], args: str) -> str:
    """`site title, url=…, screenshot=…, avatar=…, description=…`: a site that the author likes."""
    title, *rest = (one.strip() for one in re.split(r",\s*(?=[a-z]{1,20}=)", args))
    settings = {key: value for key, _, value in (one.partition("=") for one in rest)}
    link = _link(settings["url"], title) if settings.get("url") else escape(title, quote=False)
    return " ".join(one for one in (link, escape(settings.get("description", ""), quote=False)) if one)


def _gallery_group(given: Sequence[str], _: str) -> str:
    """`galleryGroup name description address picture`."""
    name, said, address, picture = (*given, "", "", "", "")[:4]
    shown = f'<img src="{escape(picture)}" alt="{escape(name)}">' if picture else ""
    return f"<p>{shown}{_link(address, name) if address else escape(name)} {escape(said, quote=False)}</p>"


def _figure(_: Sequence[str], args: str) -> str:
    """Hugo's `figure src=… alt=… title=… caption=… link=… attr=… attrlink=…`."""
    said = {found[1]: found[2] or found[3] or found[4] or "" for found in FIGURE_SETTING.finditer(args)}
    numbers = "".join(f' {key}="{said[key]}"' for key in ("width", "height") if said.get(key, "").isdecimal())
    picture = f'<img src="{escape(said.get("src", ""))}" alt="{escape(said.get("alt", ""))}"{numbers}>'
    if said.get("link"):
        picture = f'<a href="{escape(said["link"])}">{picture}</a>'
    whose = escape(said.get("attr", ""), quote=False)
    parts = [
        f"<strong>{escape(said['title'], quote=False)}</strong>" if said.get("title") else "",
        escape(said.get("caption", ""), quote=False),
        _link(said["attrlink"], said["attr"]) if said.get("attrlink") and whose else whose,
    ]
    caption = " ".join(part for part in parts if part)
    return f"<figure>{picture}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _file(given: Sequence[str], _: str) -> str:
    """`include_code [title] [lang:…] [from:…] [to:…] path`: the file itself is not in the article."""
    return (
        f"<code>{escape(' '.join(one for one in given if not re.match(r'(?:lang|from|to):', one)), quote=False)}</code>"
    )


def _shown(given: Sequence[str], _: str) -> str:
    """Themes' marks of a few words: `u`, `emp`, `wavy`, `del`, `kbd`, `psw`, `span`, `text`."""
    text = " ".join(given)
    look, comma, rest = text.partition(",")
    return escape((rest if comma and all(one in LOOKS for one in look.split()) else text).strip(), quote=False)


#: Tag without content → what it shows of its words.
SINGLE_TAGS: dict[str, Callable[[Sequence[str], str], str]] = {
    "asset_img": _asset_img, "img": _img, "post_link": _titled, "asset_link": _asset_link,
    **dict.fromkeys(("link", "a", "anchor", "exturl", "url_for", "full_url_for"), _text_link),
    "asset_image": _asset_img, "btn": _button, "button": _button, "label": _label,
    "include_code": _file, "include-code": _file,
    **dict.fromkeys(("u", "emp", "wavy", "del", "kbd", "psw", "span", "text", "checkbox", "radio"), _shown),
    **dict.fromkeys(("image", "inlineImage", "inlineImg"), _image), "p": _styled, "site": _site, "cell": _button,
    **dict.fromkeys(("hideInline", "quot", "hl", "series"), _shown), "galleryGroup": _gallery_group,
    "figure": _figure,
}  # fmt: skip

#: Tags that are known to have content, or nothing to show.
KNOWN_TAGS = frozenset({
    *QUOTATIONS, *BOXES, *CODE_TAGS, *RAW_TAGS, *COMMENT_TAGS, *SINGLE_TAGS, *PLAYER_ADDRESSES, *PAGE_ADDRESSES,
    *FILE_TAGS, *PATH_TAGS, "tabs", "tab", "subtabs",
    "grouppicture", "gp", "gallery", "more", "linkgrid", "swig", *PARTS, *TITLED,
})  # fmt: skip
