"""A seed's bytes to a raw entry. Pure: the path is only a name here."""

import posixpath
import re
from datetime import datetime
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt

from feedsvc.errors import EntryError
from feedsvc.identity import bounded, mint_guid
from feedsvc.identity.permalink import Post, date_in_name, name_parts, permalink
from feedsvc.model import Author, Enclosure, Permalinks, RawEntry, SourceSpec
from feedsvc.normalize import ANY_TIME, one_line, parse_date, web_url, xml_safe
from feedsvc.parse.charset import decode_seed
from feedsvc.parse.frontmatter import FrontMatter, Value, split

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext"})

#: Where Hexo keeps what is not ready, beside its folder of posts.
DRAFTS = "_drafts/"

#: Hexo's tag for a picture in the article's own folder.
ASSET_TAG = re.compile(
    r"""\{%\s{0,9}asset_img\s{1,9}["']?([^\s"'<>%]{1,200}+)["']?\s{0,9}["']?([^"'<>%]{0,200}+)["']?\s{0,9}%\}"""
)

#: Pictures and links that scrapers write when they have none.
PLACEHOLDERS = re.compile(r"^https?://(picsum\.photos/|www\.jianshu\.com/p/undefined)|/undefined$", re.IGNORECASE)

#: Proxies that scrapers put in front of a picture's own address.
PROXY_PREFIX = re.compile(r"^https://cors\.zfour\.workers\.dev/\?", re.IGNORECASE)

#: A body that is HTML whatever the file is called: scrapers save it as .md, and Markdown would make its indents code.
HTML_BODY = re.compile(r"\s*<(?:div|p|section|article|table|figure|ul|ol|h[1-6]|blockquote|img|br)\b", re.IGNORECASE)

#: A file name that begins with its date, as Jekyll and many Hexo blogs have it.
DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=\D|$)")

TRUE = frozenset({"true", "yes", "on", "1"})
FALSE = frozenset({"false", "no", "off", "0"})


def parse(
    data: bytes, path: str, spec: SourceSpec, adopted_link: str | None = None, *, is_rendered: bool = True
) -> RawEntry | None:
    """
    One seed file; None for a draft.

    `path` is the file's, below the seed folder, with `/`; `adopted_link` is the address that the entry has elsewhere,
    if the file itself names none. Unless `is_rendered`, Markdown stays as it was written. Raises EntryError, with the
    line where there is one.
    """
    front, body = split(decode_seed(data))
    if _is_draft(front, path, spec):
        return None
    date, rule = _date(front, "date", spec), spec.permalinks
    post = Post(
        path=path.partition("/")[2] if spec.folders else path,
        fields=front.fields,
        date=date,
        is_date_quoted="date" in front.quoted,
    )
    old = _permalink(rule, post, front) if rule else None
    title = one_line(_text(front, "title") or "") or (name_parts(rule, post.path)[0] if rule else "")
    if not title:
        raise EntryError("no title; add 'title: …' to the front matter", line=front.lines.get("title", 1))
    guid = one_line(_text(front, "guid") or "")
    link = _url(front, "link") or adopted_link or (web_url(old) if old else None)
    return RawEntry(
        guid=bounded(guid or old or mint_guid(spec.tag, spec.name, path)),
        is_guid_stated=bool(guid),
        link=link,
        base=_asset_folder(link, rule) if link else _folder(spec.base, path),
        title=title,
        is_html=is_rendered,
        content=_html(body, path, rule) if is_rendered else body,
        summary=_text(front, "summary"),
        authors=tuple(Author(name=name) for name in _names(front, "author")),
        published=date or (date_in_name(rule, post.path) if rule else None) or _date_in_name(path, spec),
        updated=_date(front, "updated", spec),
        categories=_unique((*(_names(front, "categories") or _names(front, "category")), *spec.categories)),
        image=_url(front, "headimg") or _url(front, "thumbnail"),
        enclosures=_enclosures(front),
        language=_text(front, "language"),
        rights=one_line(_text(front, "rights") or "") or spec.rights,
    )


def _permalink(rule: Permalinks, post: Post, front: FrontMatter) -> str | None:
    try:
        return permalink(rule, post)
    except ValueError as error:
        raise EntryError(f"permalink: {error}; correct it", line=front.lines.get("permalink", 1)) from error


def _is_draft(front: FrontMatter, path: str, spec: SourceSpec) -> bool:
    if (_text(front, "draft") or "").lower() in TRUE:
        return True
    is_unpublished = (_text(front, "published") or "").lower() in FALSE or path.startswith(DRAFTS)
    return is_unpublished and not spec.has_drafts


def _asset_folder(link: str | None, rule: Permalinks | None) -> str | None:
    """Where the pictures of an article are that has a folder of them; None: beside its page."""
    is_file = link is not None and rule is not None and rule.has_asset_folders and link.endswith(".html")
    return f"{link.removesuffix('.html')}/" if link and is_file else None


def _folder(base: str | None, path: str) -> str | None:
    """The address of the folder that a file is in, where the seed folder has one."""
    return f"{base}/{quote(posixpath.dirname(path))}/" if base else None


def _html(body: str, path: str, rule: Permalinks | None) -> str:
    """The body as HTML, still unsafe."""
    if rule:
        body = ASSET_TAG.sub(lambda match: f'<img src="{match[1]}" alt="{match[2]}">', body)
    if posixpath.splitext(path)[1].lower() not in MARKDOWN_SUFFIXES or HTML_BODY.match(body):
        return body
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    root = urlsplit(rule.url).path.rstrip("/") if rule else ""
    tokens = markdown.parse(body)
    for image in (child for token in tokens for child in token.children or () if child.type == "image" and root):
        # Hexo writes a site's own pictures without the folder that the site is in.
        src = str(image.attrs["src"])
        if src.startswith("/") and not src.startswith(("//", f"{root}/")):
            image.attrs["src"] = root + src
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _text(front: FrontMatter, key: str) -> str | None:
    value = front.fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise EntryError(f"{key}: one value is wanted here, not a list or a mapping", line=front.lines[key])


def _names(front: FrontMatter, key: str) -> tuple[str, ...]:
    """A name, a list of names, or Hexo's nested lists (`[[科技, 手机], 新媒体]`), flattened in order."""
    return _unique(_flatten(front.fields.get(key), key, front))


def _flatten(value: Value, key: str, front: FrontMatter) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (one_line(value),)
    if isinstance(value, list):
        return tuple(name for part in value for name in _flatten(part, key, front))
    raise EntryError(f"{key}: a name or a list of names is wanted here", line=front.lines[key])


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _date(front: FrontMatter, key: str, spec: SourceSpec) -> datetime | None:
    try:
        return parse_date(_text(front, key) or "", spec.timezone, earliest=ANY_TIME)
    except ValueError as error:
        raise EntryError(f"{key}: {error}", line=front.lines.get(key)) from error


def _date_in_name(path: str, spec: SourceSpec) -> datetime | None:
    match = DATED_NAME.match(posixpath.basename(path))
    try:
        return parse_date("-".join(match.groups()), spec.timezone, earliest=ANY_TIME) if match else None
    except ValueError:
        return None


def _url(front: FrontMatter, key: str) -> str | None:
    """A usable URL, or None: a scraper's placeholder is no reason to lose the article."""
    url = PROXY_PREFIX.sub("", (_text(front, key) or "").strip())
    return None if PLACEHOLDERS.search(url) else web_url(url)


def _enclosures(front: FrontMatter) -> tuple[Enclosure, ...]:
    """`enclosures: [{url, type, length}]`."""
    value = front.fields.get("enclosures")
    if value is None:
        return ()
    parts = value if isinstance(value, list) else [value]
    return tuple(_enclosure(part, front.lines["enclosures"]) for part in parts)


def _enclosure(part: Value, line: int) -> Enclosure:
    fields = part if isinstance(part, dict) else {"url": part}
    url, media_type, length = (fields.get(key) for key in ("url", "type", "length"))
    checked = web_url(url) if isinstance(url, str) else None
    if checked is None:
        raise EntryError("enclosures: each needs an http(s) url", line=line)
    if not isinstance(media_type, str) or not re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type, re.ASCII):
        raise EntryError("enclosures: each needs a media type, e.g. type: audio/mpeg", line=line)
    size = xml_safe(length) if isinstance(length, str) else "0"
    if not re.fullmatch(r"[0-9]{1,15}", size):
        raise EntryError("enclosures: length is the size in bytes", line=line)
    return Enclosure(url=checked, type=media_type, length=int(size))
