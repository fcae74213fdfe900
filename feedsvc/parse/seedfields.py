"""Fields of front matter to values: texts, names, people, dates, addresses. Pure."""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from feedsvc.errors import EntryError
from feedsvc.model import Author, Enclosure, Permalinks, SourceSpec
from feedsvc.normalize import ANY_TIME, one_line, parse_date, web_url, xml_safe
from feedsvc.parse.frontmatter import FrontMatter, Value
from feedsvc.parse.proxies import unproxied

#: Pictures and links that scrapers write when they have none.
PLACEHOLDERS = re.compile(r"^https?://(picsum\.photos/|www\.jianshu\.com/p/undefined)|[/?]undefined$", re.IGNORECASE)

#: Fields of an entry's picture, of its summary, of a person's name and page: the first that says something counts.
PICTURES = ("headimg", "thumbnail", "cover", "image", "banner")
SUMMARIES = ("summary", "description", "excerpt", "intro")
NAMES = ("name", "nickname", "nick", "display_name", "title")
#: Fields of tags: Hexo takes the second where the first is empty.
TAGS = ("tags", "tag")
PAGES = ("url", "link", "href", "homepage", "website")
SOURCES = ("url", "src", "image", "path", "href")

#: A reference in an address: generators write `&amp;` and `&#123;` there. Without its semicolon, it is a parameter.
REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)

#: The name of a picture's file: fields of pictures also hold colours, and `false`.
PICTURE_FILE = re.compile(
    r"[^\s<>#?:][^<>\x00-\x1f:]{0,2000}\.(?:jpe?g|jfif|png|gif|webp|avif|svg|bmp|ico)(?:[?#]\S*)?", re.IGNORECASE
)

#: Month, day and year, as JavaScript takes it.
MONTH_FIRST = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?!\d)")


def text(front: FrontMatter, key: str) -> str | None:
    """A field's text. Raises EntryError for a list or a mapping."""
    value = front.fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise EntryError(f"{key}: one value is wanted here, not a list or a mapping", line=front.lines[key])


def summary(front: FrontMatter) -> str | None:
    """What the author says of the article; None where the author says nothing."""
    values = (front.fields.get(key) for key in SUMMARIES)
    # `excerpt: true` is a switch of some themes.
    said = (value for value in values if isinstance(value, str) and value.strip().lower() not in {"", "true", "false"})
    return next(said, None)


def names(front: FrontMatter, key: str) -> tuple[str, ...]:
    """A name, a list of names, or Hexo's nested lists (`[[科技, 手机], 新媒体]`), flattened in order."""
    return unique(_flatten(front.fields.get(key), key, front))


def _flatten(value: Value, key: str, front: FrontMatter) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (one_line(value),)
    if isinstance(value, list):
        return tuple(name for part in value for name in _flatten(part, key, front))
    raise EntryError(f"{key}: a name or a list of names is wanted here", line=front.lines[key])


def words(value: Value) -> tuple[str, ...]:
    """Names, as `names` has them, of a field that never costs an article: what is no name is left out."""
    if isinstance(value, list):
        return unique(tuple(word for part in value for word in words(part)))
    return unique((one_line(value),)) if isinstance(value, str) else ()


def tags(front: FrontMatter) -> tuple[str, ...]:
    """The tags of an article."""
    return next(filter(None, (words(front.fields.get(key)) for key in TAGS)), ())


def unique(found: tuple[str, ...]) -> tuple[str, ...]:
    """Each name once; no empty ones."""
    return tuple(dict.fromkeys(name for name in found if name))


def people(front: FrontMatter) -> tuple[Author, ...]:
    """Names, mappings with a name and perhaps a page, or a list of both. A person without a name is left out."""
    found = tuple(_people(front.fields.get("author"))) or tuple(_people(front.fields.get("authors")))
    return tuple({one.name: one for one in reversed(found)}.values())[::-1]


def _people(value: Value) -> Iterator[Author]:
    if isinstance(value, list):
        for part in value:
            yield from _people(part)
    elif isinstance(value, dict):
        page = next((url for key in PAGES if (url := address(value.get(key)))), None)
        name = next((word for key in NAMES for word in words(value.get(key))), None)
        if name:
            yield Author(name=name, url=page)
    elif value and (name := one_line(value)):
        yield Author(name=name)


def date(front: FrontMatter, key: str, spec: SourceSpec) -> datetime | None:
    """A field's date, in UTC. Raises EntryError for what is none."""
    written = text(front, key) or ""
    if spec.permalinks and (match := MONTH_FIRST.match(written.strip())):
        # Of two readings, the site before us had this one.
        month, day, year = match.groups()
        written = f"{year}-{month:0>2}-{day:0>2}{written.strip()[match.end() :]}" if int(month) <= 12 else written  # noqa: PLR2004 - months
    try:
        return parse_date(written, spec.timezone, earliest=ANY_TIME)
    except ValueError as error:
        raise EntryError(f"{key}: {error}", line=front.lines.get(key)) from error


def link(front: FrontMatter) -> str | None:
    """The original page. A scraper's placeholder is none."""
    return address(text(front, "link"))


def picture(front: FrontMatter, base: str | None, rule: Permalinks | None) -> str | None:
    """The entry's picture, relative to `base` where it is relative. None for what cannot be one."""
    written = (one for key in PICTURES for one in _addresses(front.fields.get(key)))
    return next((url for one in written if (url := address(one, base, rule))), None)


def _addresses(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _addresses(part)
    elif isinstance(value, dict):
        for key in SOURCES:
            yield from _addresses(value.get(key))


def address(value: Value, base: str | None = None, rule: Permalinks | None = None) -> str | None:
    """A usable address; None for all else, which is no reason to lose the article."""
    if not isinstance(value, str):
        return None
    written = unproxied(REFERENCE.sub(lambda match: html.unescape(match[0]), value).strip())
    if PLACEHOLDERS.search(written):
        return None
    if (url := web_url(written)) or not base or not PICTURE_FILE.fullmatch(written):
        return url
    root = urlsplit(rule.url).path.rstrip("/") if rule else ""
    if root and written.startswith("/") and not written.startswith(f"{root}/"):
        # Hexo writes a site's own pictures without the folder that the site is in.
        written = root + written
    return web_url(urljoin(base, written))


def enclosures(front: FrontMatter) -> tuple[Enclosure, ...]:
    """`enclosures: [{url, type, length}]`. Raises EntryError for what is none."""
    value = front.fields.get("enclosures")
    if value is None:
        return ()
    parts = value if isinstance(value, list) else [value]
    return tuple(_enclosure(part, front.lines["enclosures"]) for part in parts)


def _enclosure(part: Value, line: int) -> Enclosure:
    fields = part if isinstance(part, dict) else {"url": part}
    url, media_type, length = (fields.get(key) for key in ("url", "type", "length"))
    checked = web_url(REFERENCE.sub(lambda match: html.unescape(match[0]), url)) if isinstance(url, str) else None
    if checked is None:
        raise EntryError("enclosures: each needs an http(s) url", line=line)
    if not isinstance(media_type, str) or not re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type, re.ASCII):
        raise EntryError("enclosures: each needs a media type, e.g. type: audio/mpeg", line=line)
    size = xml_safe(length) if isinstance(length, str) else "0"
    if not re.fullmatch(r"[0-9]{1,15}", size):
        raise EntryError("enclosures: length is the size in bytes", line=line)
    return Enclosure(url=checked, type=media_type, length=int(size))
