"""
Fields of front matter to values: texts, names, people, dates, addresses. Pure.

An article needs a title. If any other field cannot be read, the article is published without it, and its author gets a
notice (`Notes`).
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from feedsvc.errors import EntryError
from feedsvc.model import Author, Enclosure, Permalinks, SourceSpec
from feedsvc.normalize import ANY_TIME, one_line, parse_date, web_url, xml_safe
from feedsvc.parse.frontmatter import FrontMatter, Value
from feedsvc.parse.proxies import unproxied

#: Pictures and links that scrapers write if they have none.
PLACEHOLDERS = re.compile(r"^https?://(picsum\.photos/|www\.jianshu\.com/p/undefined)|[/?]undefined$", re.IGNORECASE)

#: Fields of an entry's picture, of its summary, and of a person's name and page. The first that is not empty counts.
PICTURES = ("headimg", "thumbnail", "cover", "image", "banner")
SUMMARIES = ("summary", "description", "excerpt", "intro")
NAME_FIELDS = ("name", "nickname", "nick", "display_name", "title")
#: Fields of tags. Hexo uses the second if the first is empty.
TAG_FIELDS = ("tags", "tag")
PAGE_FIELDS = ("url", "link", "href", "homepage", "website")

#: Other fields of a person. A mapping without these fields and without a name has names as keys: `{张三:
#: https://e.org/}`.
NO_NAMES = frozenset({
    *NAME_FIELDS, *PAGE_FIELDS,
    "email", "mail", "avatar", "image", "img", "photo", "picture", "icon", "logo", "bio", "about",
    "description", "desc", "intro", "id", "uid", "social", "links", "github", "twitter", "weibo", "key", "slug",
    "[object object]",
})  # fmt: skip
PLACES = ("url", "src", "image", "path", "href")

#: A character reference in an address: generators write `&amp;` and `&#123;`. Without its semicolon, it is a parameter.
HTML_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)

#: The name of a picture file. Fields of pictures also hold colours, and `false`.
PICTURE_FILE = re.compile(
    r"[^\s<>#?:][^<>\x00-\x1f:]{0,2000}\.(?:jpe?g|jfif|png|gif|webp|avif|svg|bmp|ico)(?:[?#]\S*)?", re.IGNORECASE
)

#: The number of December.
LAST_MONTH = 12

#: Month, day and year, in the order of JavaScript.
MONTH_FIRST = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})(?!\d)")

#: The last days of a month, which JavaScript may read as the first days of the next month.
MONTH_END = re.compile(r"([12]\d{3})-(\d\d?)-(29|30|31)(?!\d)")

ONE_VALUE = "one value is wanted here, not a list or a mapping"


class Notes:
    """Notices for an article's author about effects that may surprise, each with its line in the file."""

    def __init__(self, front: FrontMatter) -> None:
        self.front = front
        self.found: list[tuple[int, str]] = list(front.notices)

    def left_out(self, key: str, reason: str) -> None:
        """Add a notice that an article is published without a field, or without a part of it; once for each field."""
        note = (self.front.lines.get(key, 1), f"{key}: {reason}; the article is published without it")
        if note not in self.found:
            self.found.append(note)


def text(front: FrontMatter, key: str) -> str | None:
    """A field's text. Raises EntryError for a list or a mapping."""
    value = front.fields.get(key)
    if value is None or isinstance(value, str):
        return _plain(value)
    raise EntryError(f"{key}: {ONE_VALUE}", line=front.lines.get(key))


def text_or_none(notes: Notes, key: str) -> str | None:
    """A field's text; None, with a notice, for a list or a mapping."""
    value = notes.front.fields.get(key)
    if value is None or isinstance(value, str):
        return _plain(value)
    notes.left_out(key, ONE_VALUE)
    return None


def summary(front: FrontMatter) -> str | None:
    """The author's summary of the article; None if there is none."""
    values = (front.fields.get(key) for key in SUMMARIES)
    # In some themes, `excerpt: true` is a switch.
    said = (value for value in values if isinstance(value, str) and value.strip().lower() not in {"", "true", "false"})
    return _plain(next(said, None))


def _plain(value: str | None) -> str | None:
    """A text without the mark that it was quoted: an entry is saved, and has nothing but plain strings."""
    return None if value is None else str(value)


def names(notes: Notes, key: str) -> tuple[str, ...]:
    """A name, a list of names, or Hexo's nested lists (`[[科技, 手机], 新媒体]`), flattened in order."""
    value = notes.front.fields.get(key)
    if _has_mapping(value):
        notes.left_out(key, "a name or a list of names is wanted here, not a mapping")
    return words(value)


def _has_mapping(value: Value) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_mapping, value)))


def words(value: Value) -> tuple[str, ...]:
    """The names in a field that is optional, as in `names`. Values that are not names are left out."""
    if isinstance(value, list):
        return unique(tuple(word for part in value for word in words(part)))
    return unique((one_line(value),)) if isinstance(value, str) else ()


def tags(front: FrontMatter) -> tuple[str, ...]:
    """The tags of an article."""
    return next(filter(None, (words(front.fields.get(key)) for key in TAG_FIELDS)), ())


def unique(found: tuple[str, ...]) -> tuple[str, ...]:
    """The names without duplicates and empty ones."""
    return tuple(dict.fromkeys(name for name in found if name))


def people(notes: Notes) -> tuple[Author, ...]:
    """People: names, mappings with a name and perhaps a page, or a list of both. Those without a name are left out."""
    found: list[Author] = []
    for key in ("author", "authors"):
        value = notes.front.fields.get(key)
        found = found or list(_person(value))
        if _has_mapping(value) and not found:
            notes.left_out(key, "no name is found here; write name: …")
    return tuple({one.name: one for one in reversed(found)}.values())[::-1]


def _person(value: Value) -> Iterator[Author]:
    if isinstance(value, list):
        for part in value:
            yield from _person(part)
    elif isinstance(value, dict):
        name = next((word for key in NAME_FIELDS for word in words(value.get(key))), None)
        if name:
            yield Author(name=name, url=_page_of(value))
        elif not NO_NAMES.intersection(map(str.lower, value)):
            yield from (Author(name=name, url=_page_of(said)) for key, said in value.items() if (name := one_line(key)))
    elif value and (name := one_line(value)):
        yield Author(name=name)


def _page_of(value: Value) -> str | None:
    """The address of a person's page, from an address or from a mapping that contains one."""
    if isinstance(value, dict):
        return next((url for key in PAGE_FIELDS if (url := address(value.get(key)))), None)
    return address(value)


def date(notes: Notes, key: str, spec: SourceSpec) -> datetime | None:
    """A field's date in UTC. None, with a notice, if it cannot be read: a guess could be wrong."""
    written = (text_or_none(notes, key) or "").strip()
    if spec.permalinks:
        written = _as_hexo(written)
    try:
        return parse_date(written, spec.timezone, earliest=ANY_TIME)
    except ValueError as error:
        notes.left_out(key, str(error))
        return None


def _as_hexo(written: str) -> str:
    """A date that JavaScript, and so Hexo, reads in its own way, rewritten so that it has the same meaning for all."""
    if (match := MONTH_FIRST.match(written)) and int(match[1]) <= LAST_MONTH:
        month, _, day, year = match.groups()
        return f"{year}-{month:0>2}-{day:0>2}{written[match.end() :]}"
    if (match := MONTH_END.match(written)) and 1 <= int(match[2]) <= LAST_MONTH:
        # 30 February is two days after the 28th.
        day = datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC) + timedelta(days=int(match[3]) - 1)
        return f"{day:%Y-%m-%d}{written[match.end() :]}"
    return written


def link(notes: Notes) -> str | None:
    """The original page; None for a scraper's placeholder."""
    return address(text_or_none(notes, "link"))


def picture(front: FrontMatter, base: str | None, rule: Permalinks | None) -> str | None:
    """The entry's picture, with a relative address resolved with `base`. None if the value cannot be a picture."""
    written = (one for key in PICTURES for one in _addresses(front.fields.get(key)))
    return next((url for one in written if (url := address(one, base, rule))), None)


def _addresses(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _addresses(part)
    elif isinstance(value, dict):
        for key in PLACES:
            yield from _addresses(value.get(key))


def address(value: Value, base: str | None = None, rule: Permalinks | None = None) -> str | None:
    """The address in a value; None if it has none. That is not a reason to reject the article."""
    if not isinstance(value, str):
        return None
    written = unproxied(_unescaped(value).strip())
    if PLACEHOLDERS.search(written):
        return None
    if (url := web_url(written)) or not base or not PICTURE_FILE.fullmatch(written):
        return url
    root = urlsplit(rule.url).path.rstrip("/") if rule else ""
    if root and written.startswith("/") and not written.startswith(f"{root}/"):
        # Hexo writes a site's own pictures without the path of the site's root.
        written = root + written
    return web_url(urljoin(base, written))


def _unescaped(address: str) -> str:
    return HTML_REFERENCE.sub(lambda match: html.unescape(match[0]), address)


def enclosures(notes: Notes) -> tuple[Enclosure, ...]:
    """`enclosures: [{url, type, length}]`, without those that cannot be used."""
    value = notes.front.fields.get("enclosures")
    parts = value if isinstance(value, list) else [value] if value is not None else []
    return tuple(one for part in parts if (one := _enclosure(part, notes)))


def _enclosure(part: Value, notes: Notes) -> Enclosure | None:
    fields = part if isinstance(part, dict) else {"url": part}
    url, media_type, length = (fields.get(key) for key in ("url", "type", "length"))
    checked = web_url(_unescaped(url)) if isinstance(url, str) else None
    size = xml_safe(length) if isinstance(length, str) else "0"
    if checked is None:
        notes.left_out("enclosures", "each needs an http(s) url")
    elif not isinstance(media_type, str) or not re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type, re.ASCII):
        notes.left_out("enclosures", "each needs a media type, e.g. type: audio/mpeg")
    elif not re.fullmatch(r"[0-9]{1,15}", size):
        notes.left_out("enclosures", "length is the size in bytes")
    else:
        return Enclosure(url=checked, type=str(media_type), length=int(size))
    return None
