"""Tags of pictures and figures as HTML. Pure."""

import re
from collections.abc import Sequence
from html import escape

from feedsvc.parse.markdown.arguments import SHORTCODE_SETTING, anchor, settings, words

#: Attributes of a picture's size.
SIZES = ("width", "height")

#: A setting of a picture. A text goes on to the next setting or to a comma.
IMAGE_SETTING = re.compile(
    r"(?:^|[\s,])\s*+(?:(?P<name>width|height|bg|padding|download|fancybox|ratio)[=:](?P<value>[^\s,]*+)"
    r"|(?P<about>alt|title)[=:](?P<text>(?:[^\s,]|\s(?![a-z]{1,20}[=:]))*))"
)

#: A word that is the address of a picture.
PICTURE_ADDRESS = re.compile(
    r"(?:https?:)?//\S+|/\S+|\S+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|ico)(?:[?#]\S*)?", re.IGNORECASE
)


def asset_img(given: Sequence[str], _: str) -> str:
    """`asset_img` of Hexo, for a picture in the folder of its article."""
    return _hexo_picture(given, is_file=True)


def img(given: Sequence[str], _: str) -> str:
    """`img` of Hexo, for any picture."""
    return _hexo_picture(given, is_file=False)


def _hexo_picture(given: Sequence[str], *, is_file: bool) -> str:
    """`[class names] address [width] [height] [title [alternative]]`."""
    looks_right = re.compile(r"\.[A-Za-z0-9]{2,5}(?:[?#].*)?$") if is_file else re.compile(r"^(?:https?:)?/|\.\w{2,5}$")
    at = next((index for index, one in enumerate(given) if looks_right.search(one)), 0)
    rest = list(given[at + 1 :])
    size = list[str]()
    while rest and len(size) < len(SIZES) and (number := re.fullmatch(r"(\d{1,5})(?:px)?", rest[0])):
        size.append(number[1])
        rest.pop(0)
    if len(rest) == 1 and '"' in rest[0]:
        rest = words(rest[0])
    title, alternative = (rest[0], " ".join(rest[1:])) if rest else ("", "")
    numbers = "".join(f' {key}="{value}"' for key, value in zip(SIZES, size, strict=False))
    said = f' title="{escape(title)}"' if title else ""
    return f'<img src="{escape(given[at])}" alt="{escape(alternative or title)}"{said}{numbers}>'


def image_tag(given: Sequence[str], args: str) -> str:
    """Volantis' `image address, width=…, height=…, alt=…`, and Stellar's `image address words width:…`; else Hexo's."""
    rest = " ".join(given[1:])
    said = {
        found["name"] or found["about"]: (found["value"] or found["text"] or "").strip(" \"'")
        for found in IMAGE_SETTING.finditer(rest)
    }
    if not said and not given[0].endswith(","):
        return img(given, args)
    words_of = " ".join(IMAGE_SETTING.sub(",", rest).replace(",", " ").split())
    alternative = " ".join(one for one in (said.get("title"), said.get("alt"), words_of) if one)
    numbers = "".join(
        f' {key}="{number[0]}"'
        for key in ("width", "height")
        if (number := re.match(r"\d{1,5}(?=(?:px)?$)", said.get(key, "")))
    )
    return f'<img src="{escape(given[0].rstrip(","))}" alt="{escape(alternative)}"{numbers}>'


def figure(_: Sequence[str], args: str) -> str:
    """Hugo's `figure src=… alt=… title=… caption=… link=… attr=… attrlink=…`, or `figure address words`."""
    picture, caption = figure_parts(args)
    return f"<figure>{picture}{caption}</figure>"


def figure_parts(args: str) -> tuple[str, str]:
    """The picture of a figure and its caption. Words that are no setting belong to the caption."""
    said, rest = settings(args), words(SHORTCODE_SETTING.sub(" ", args))
    if not said.get("src") and (address := next(filter(PICTURE_ADDRESS.fullmatch, rest), "")):
        said["src"] = address
        rest.remove(address)
    numbers = "".join(f' {key}="{said[key]}"' for key in ("width", "height") if said.get(key, "").isdecimal())
    picture = f'<img src="{escape(said.get("src", ""))}" alt="{escape(said.get("alt", ""))}"{numbers}>'
    if said.get("link"):
        picture = f'<a href="{escape(said["link"])}">{picture}</a>'
    whose = escape(said.get("attr", ""), quote=False)
    parts = [
        f"<strong>{escape(said['title'], quote=False)}</strong>" if said.get("title") else "",
        escape(" ".join((*filter(None, [said.get("caption")]), *rest)), quote=False),
        anchor(said["attrlink"], said["attr"]) if said.get("attrlink") and whose else whose,
    ]
    caption = " ".join(part for part in parts if part)
    return picture if said.get("src") else "", f"<figcaption>{caption}</figcaption>" if caption else ""
