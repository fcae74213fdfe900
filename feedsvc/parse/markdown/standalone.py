"""
Tags without content as HTML: tables of their names. Pure.

The tags are of the same software as in `plugins.py`. The HTML is sanitised like any other.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from feedsvc.parse.markdown import pictures
from feedsvc.parse.markdown.arguments import anchor, is_address, settings, words

#: Tags whose first words are a style. A title follows.
BOXES = frozenset({"note", "subnote", "callout", "hideBlock", "folding", "fold", "details", "spoiler", "hideToggle"})
LOOKS = frozenset({
    "default", "primary", "success", "info", "warning", "danger", "no-icon", "simple", "modern", "flat", "disabled",
    "blue", "pink", "red", "purple", "orange", "green", "cyan", "yellow", "gray", "grey", "quote", "bolt", "done",
    "error", "open", "close", "up", "down", "link", "radiation", "bug", "idea", "todo", "paperclip", "home", "guide",
    "download", "message", "bell", "light", "dark", "white", "black", "checked", "plus", "minus", "left", "center",
    "right", "child:codeblock", "child:tabs",
})  # fmt: skip

#: Tags with the id or address of a player → the player's address.
PLAYER_ADDRESSES = {
    "youtube": "https://www.youtube.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
    "bilibili": "https://player.bilibili.com/player.html?{}",
    "iframe": "{}",
}

#: Tags with the id of a page → the page's address.
PAGE_ADDRESSES = {
    "gist": "https://gist.github.com/{}",
    "jsfiddle": "https://jsfiddle.net/{}/",
    "caniuse": "https://caniuse.com/#feat={}",
    "ghcard": "https://github.com/{}",
}

#: Tags that Hugo has as shortcodes.
SHORTCODES = frozenset({"figure", "youtube", "vimeo", "bilibili"})

#: Settings that may hold the id of a player.
PLAYER_IDS = ("id", "bvid", "aid")

#: Tags with a file of the article.
FILE_TAGS = frozenset({"pdf", "video", "audio", "mp3", "mp4", "aplayer", "dplayer"})

#: The start of the address of a file among settings.
FILE_ADDRESS = re.compile(r"(?:url|src)[=:]")

#: Tags that show nothing.
EMPTY_TAGS = frozenset({"more"})

#: Tags that only Hexo has.
SURE = frozenset({"asset_img", "asset_image"})

#: Tags that are written in place of an address.
PATH_TAGS = frozenset({"asset_path", "post_path", "post_url"})


def path(name: str, args: str) -> str | None:
    """The address that a tag gives inside Markdown's own syntax; None for another tag."""
    given = words(args)
    is_file = len(given) == 1 and "/" in given[0] and "://" not in given[0] and "," not in given[0]
    if name in PATH_TAGS or (name == "link" and is_file):
        return quote(given[0], safe="/%:?=&#.~-_") if given else ""
    return None


def single(name: str, args: str, *, is_hexo: bool) -> str | None:
    """A tag without content as HTML. None if it is text: its name is unknown, or it is a start tag without an end."""
    given = words(args)
    if name in PLAYER_ADDRESSES and given:
        return _player_frame(name, given, settings(args))
    if name in PAGE_ADDRESSES and given:
        address = PAGE_ADDRESSES[name].format(quote(given[0].rstrip(","), safe="/"))
        return anchor(address, address.partition("://")[2])
    if name in FILE_TAGS and given:
        return _linked_file(given)
    if name in SINGLE_TAGS and given:
        return SINGLE_TAGS[name](given, args)
    return "" if is_hexo and name in EMPTY_TAGS else None


def is_sure(name: str, said: str) -> bool:
    """Whether a tag in a sentence is really a tag on a site without Hexo: it shows text or refers to other content."""
    return name in SURE or "://" in said or bool(re.sub(r"<[^>]*+>", "", said).strip())


def _player_frame(name: str, given: Sequence[str], said: dict[str, str]) -> str:
    key = next((key for key in PLAYER_IDS if key in said), None) if name in SHORTCODES else None
    title = f' title="{escape(said["title"])}"' if key and said.get("title") else ""
    video = said[key] if key else given[0]
    if name == "youtube" and "playlist" in given[1:]:
        video = f"videoseries?list={quote(video)}"
    elif name == "bilibili":
        video = f"bvid={quote(video)}" if video.startswith("BV") else f"aid={quote(video.removeprefix('av'))}"
    elif name != "iframe":
        video = quote(video)
    return f'<iframe src="{escape(PLAYER_ADDRESSES[name].format(video))}"{title}></iframe>'


def _linked_file(given: Sequence[str]) -> str:
    """`[title] [author] address [settings]`, or `url=address [settings]` in any order."""
    parts = [one.strip(",") for one in given]
    stated = [one for one in parts if FILE_ADDRESS.match(one)]
    at = parts.index(stated[0]) if stated else next((at for at, one in enumerate(parts) if is_address(one)), 0)
    address = FILE_ADDRESS.sub("", parts[at])
    said = " ".join(one for one in parts[:at] if not re.match(r"[a-z]{1,20}[=:]", one))
    return anchor(address, said or address.rpartition("/")[2])


def _titled(given: Sequence[str], _: str) -> str:
    """`post_link slug [title] [escape]`: a link to another article, whose address is not known here."""
    rest = [one for one in given[1:] if one not in {"true", "false"}]
    return escape(" ".join(rest) or given[0], quote=False)


def _asset_link(given: Sequence[str], _: str) -> str:
    rest = [one for one in given[1:] if one not in {"true", "false"}]
    return anchor(given[0], " ".join(rest) or given[0], " ".join(rest))


def _text_link(given: Sequence[str], args: str) -> str:
    """`link text address [external] [title]`. Themes separate the arguments by commas."""
    parts = [one.strip().strip("\"'") for one in args.split(",")] if "," in args and "://" in args else list(given)
    at = next((index for index, one in enumerate(parts) if is_address(one)), None)
    if at is None:
        return escape(" ".join(parts), quote=False)
    return anchor(parts[at], " ".join(parts[:at]) or parts[at])


def _button(_: Sequence[str], args: str) -> str:
    """`btn address, text, icon [class], title`. Butterfly has the address as second argument only in its own tags."""
    parts = [one.strip().strip("\"'") for one in args.split(",")]
    first, second, _icon, title = [*parts, "", "", ""][:4]
    text = second or title or first
    if not is_address(parts[0]) and len(parts) > 1 and is_address(parts[1]):
        return anchor(parts[1], parts[0])
    return anchor(parts[0], text)


def _label(_: Sequence[str], args: str) -> str:
    """`label [class]@text`, or `label text color`."""
    before, mark, text = args.partition("@")
    if mark:
        return escape(text.strip(), quote=False)
    return escape(" ".join(one for one in words(before) if one not in LOOKS), quote=False)


def _styled(given: Sequence[str], _: str) -> str:
    """`p style, text`, of Volantis."""
    text = " ".join(given)
    return escape(re.sub(r"^[a-z #0-9-]*+,", "", text).strip(), quote=False)


def _site_card(_: Sequence[str], args: str) -> str:
    """`site title, url=…, screenshot=…, avatar=…, description=…`: a recommended site."""
    title, *rest = (one.strip() for one in re.split(r",\s*(?=[a-z]{1,20}=)", args))
    settings = {key: value for key, _, value in (one.partition("=") for one in rest)}
    link = anchor(settings["url"], title) if settings.get("url") else escape(title, quote=False)
    return " ".join(one for one in (link, escape(settings.get("description", ""), quote=False)) if one)


def _gallery_group(given: Sequence[str], _: str) -> str:
    """`galleryGroup name description address picture`."""
    name, said, address, picture = (*given, "", "", "", "")[:4]
    shown = f'<img src="{escape(picture)}" alt="{escape(name)}">' if picture else ""
    return f"<p>{shown}{anchor(address, name) if address else escape(name)} {escape(said, quote=False)}</p>"


def _include_code(given: Sequence[str], _: str) -> str:
    """`include_code [title] [lang:…] [from:…] [to:…] path`: the content of the file is not in the article."""
    return (
        f"<code>{escape(' '.join(one for one in given if not re.match(r'(?:lang|from|to):', one)), quote=False)}</code>"
    )


def _hidden_words(_: Sequence[str], args: str) -> str:
    """Butterfly's `hideInline text, label of its button, background, color`."""
    parts = [one.strip() for one in args.split(",")]
    colors = re.compile(r"#[\w-]*+|[a-z]{0,20}|var\([^()]*+\)", re.ASCII)
    return escape(", ".join((*parts[:2], *(one for one in parts[2:] if not colors.fullmatch(one)))), quote=False)


def _marked_words(given: Sequence[str], _: str) -> str:
    """Themes' tags for a few words: `u`, `emp`, `wavy`, `del`, `kbd`, `psw`, `span`, `text`."""
    text = " ".join(given)
    look, comma, rest = text.partition(",")
    return escape((rest if comma and all(one in LOOKS for one in look.split()) else text).strip(), quote=False)


#: Tag without content → the HTML of its words.
SINGLE_TAGS: dict[str, Callable[[Sequence[str], str], str]] = {
    "asset_img": pictures.asset_img, "img": pictures.img, "post_link": _titled, "asset_link": _asset_link,
    **dict.fromkeys(("link", "a", "anchor", "exturl", "url_for", "full_url_for"), _text_link),
    "asset_image": pictures.asset_img, "btn": _button, "button": _button, "label": _label,
    "include_code": _include_code, "include-code": _include_code,
    **dict.fromkeys(("u", "emp", "wavy", "del", "kbd", "psw", "span", "text", "checkbox", "radio"), _marked_words),
    **dict.fromkeys(("image", "inlineImage", "inlineImg"), pictures.image_tag), "p": _styled, "site": _site_card,
    "cell": _button,
    **dict.fromkeys(("quot", "hl", "series"), _marked_words), "hideInline": _hidden_words,
    "galleryGroup": _gallery_group,
    "figure": pictures.figure,
}  # fmt: skip
