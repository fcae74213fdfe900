"""
The address that Hexo gave an article on the former site. It becomes the article's link and its guid. Pure.

The rules are measured on Hexo 7.3 with hexo-generator-feed 3.0. Its faults are repeated here too, because subscribers
know the addresses that it really wrote. tests/data/hexo/ holds its output.
"""

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote, unquote

from feedsvc.model import Permalinks
from feedsvc.normalize import ANY_TIME, parse_date

#: A token such as `:year` or `:i_month`. In `:year_:month`, the underscore is not part of the name.
PATTERN_TOKEN = re.compile(r":(\w*[^_\W])", re.ASCII)

#: The text that a token in the pattern of file names matches.
NAME_PARTS = {
    "year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}", "i_month": r"\d{1,2}", "i_day": r"\d{1,2}",
    "hash": "[0-9a-f]{12}",
}  # fmt: skip

#: Tokens of a file name that give its date or title. The other tokens count as front matter.
NOT_FIELDS = frozenset({"title", *NAME_PARTS})

#: Tokens whose values only the machine that built the former site knew.
OLD_MACHINES = frozenset({"id"})

#: An unquoted YAML timestamp with a zone. Hexo converts it to UTC, then reads the digits as local time of the site.
ZONED_TIMESTAMP = re.compile(
    r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?[ \t]*(?:Z|[+-]\d\d?(?::\d\d)?)"
)

#: A day without a time. JavaScript reads it as midnight UTC if it is quoted in YAML.
DAY = re.compile(r"\d{4}-\d\d-\d\d")

#: Two different zones. A date that gives the same moment in both names its own zone.
FAR_EAST, FAR_WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))

#: Characters that become a hyphen in a slug.
HYPHENATED = re.compile(r"""[\s\ufeff~`!@#$%^&*()\-_+=\[\]{}|\\;:"'<>,.?/]+""")

#: Letters that Unicode does not decompose into an ASCII letter and a mark, each with its replacement.
PLAIN_LETTERS = {
    letter: pair.partition(":")[2]
    for pair in (  # noqa: SIM905 - a string a pair would be no clearer
        "Æ:AE Ǽ:AE Ǣ:AE æ:ae ǽ:ae ǣ:ae Œ:OE œ:oe ß:s ẞ:S Ø:O Ǿ:O ø:o ǿ:o Đ:D Ɖ:D Ɗ:D đ:d ɖ:d ɗ:d Ħ:H ħ:h ı:i Ł:L Ŀ:L "
        "ł:l ŀ:l ŉ:n Ŧ:T ŧ:t ſ:l Ɓ:B ɓ:b Ƈ:C ƈ:c Ə:E Ɛ:E ɛ:e Ƒ:F ƒ:f Ɠ:G ɠ:g Ǥ:G ǥ:g Ɨ:I ɨ:i Ƙ:K ƙ:k Ɯ:M Ɲ:N ɲ:n Ɵ:O "
        "ɵ:o Ɔ:O ɔ:o Ƥ:P ƥ:p Ƭ:T ƭ:t Ʈ:T ʈ:t Ʋ:V ʋ:v Ƴ:Y ƴ:y Ƶ:Z ƶ:z Ȥ:Z ȥ:z Ⱥ:A ⱥ:a Ƀ:B ƀ:b Ȼ:C ȼ:c Ɇ:E ɇ:e Ɉ:J ɉ:j "
        "Ɍ:R ɍ:r Ɏ:Y ɏ:y Ʉ:U ʉ:u Ƚ:L ƚ:l Ⱦ:T ⱦ:t Ʌ:V ʌ:v Ǝ:E ǝ:e Ƣ:OI ƣ:oi ƕ:hv Ȣ:OU ȣ:ou"
    ).split()
    for letter in pair.partition(":")[0]
}

#: Blocks of Unicode in which a letter with a mark is replaced by the plain letter.
MARKED_LETTERS = re.compile("[\u0080-\u024f\u1e00-\u1eff\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5a]")

#: Characters that are not percent-encoded in a path and in a query, besides letters, digits and `-._~`.
PATH_KEPT = "%'^|[]&+,;=:@!$~*()"
QUERY_KEPT = ";,/?:@&=+$-_.!~*()"

WEB_URL = re.compile(r"(https?)://([^/?#\\]*)([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Hexo's knowledge of an article when it makes the address."""

    #: Path below the folder of posts, with `/`.
    path: str
    #: Front matter: strings, and lists and mappings of strings.
    fields: Mapping[str, object]
    #: The front matter's `date` in UTC; None if it has none that can be read.
    date: datetime | None
    #: Whether YAML reads `date` as a string.
    is_date_quoted: bool = False


def permalink(rule: Permalinks, post: Post) -> str | None:
    """The address, as Hexo's feed wrote it; None if it depends on something that only the former machine knew."""
    slug, fields = _meaning(rule, post)
    path = _as_string(fields.get("permalink")) or _filled(rule, post, slug, fields)
    if path is None:
        return None
    if rule.has_asset_folders and not path.endswith(("/", ".html")):
        path += "/"
    return _full_address(rule, path if path.startswith("/") or not fields.get("permalink") else f"/{path}")


def name_parts(rule: Permalinks, path: str) -> tuple[str, dict[str, str]]:
    """A file's slug, and the values that its name has for the tokens of the pattern of file names."""
    stem = posixpath.splitext(path)[0]
    pattern = posixpath.splitext(rule.file_name)[0]
    names = PATTERN_TOKEN.findall(pattern)
    parts = (re.escape(part) if index % 2 == 0 else f"({NAME_PARTS.get(part, '.+?')})"
             for index, part in enumerate(PATTERN_TOKEN.split(pattern)))  # fmt: skip
    match = re.fullmatch("".join(parts), stem, re.ASCII)
    named = dict(zip(names, match.groups(), strict=True)) if match else {}
    return named.get("title") or slugize(stem), named


def date_in_name(rule: Permalinks, path: str) -> datetime | None:
    """The date in a file's name, in UTC; None if the pattern of file names has no whole date."""
    _, named = name_parts(rule, path)
    parts = (named.get("year"), named.get("month") or named.get("i_month"), named.get("day") or named.get("i_day"))
    try:
        written = "-".join(part for part in parts if part)
        return parse_date(written, rule.timezone, earliest=ANY_TIME) if all(parts) else None
    except ValueError:
        return None


def slugize(text: str, case: int = 0) -> str:
    """
    A text as a part of an address: letters lose their marks, punctuation becomes a hyphen.

    `case` is 0 to leave the case, 1 for lower case, 2 for upper case, as in Hexo's `filename_case`.
    """
    plain = re.sub(r"[\x00-\x1f]", "", "".join(_plain_letter(character) for character in text))
    slug = HYPHENATED.sub("-", plain).strip("-")
    return slug.lower() if case == 1 else slug.upper() if case else slug


def _plain_letter(character: str) -> str:
    if character in PLAIN_LETTERS:
        return PLAIN_LETTERS[character]
    if not MARKED_LETTERS.match(character) or character in "ªºĲĳ":
        return character
    letters = "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return letters if letters.isascii() and letters.isalpha() else character


def missing_tokens(rule: Permalinks, post: Post) -> tuple[str, ...]:
    """
    The tokens of the pattern for which an article has no value.

    Tokens for which no article could have a value (`OLD_MACHINES`) are left out: nobody can supply them.
    """
    slug, fields = _meaning(rule, post)
    known = {*_values_of(rule, post, slug, fields), *OLD_MACHINES}
    return tuple(dict.fromkeys(name for name in PATTERN_TOKEN.findall(rule.pattern) if name not in known))


def _meaning(rule: Permalinks, post: Post) -> tuple[str, dict[str, object]]:
    """An article's slug, and its fields together with those from its file name."""
    slug, named = name_parts(rule, post.path)
    return slug, {**post.fields, **{name: part for name, part in named.items() if name not in NOT_FIELDS}}


def _filled(rule: Permalinks, post: Post, slug: str, fields: Mapping[str, object]) -> str | None:
    """
    The pattern with its tokens filled in; None if the value of a token is not known.

    Hexo writes `undefined` for a field that an article lacks, and `null` for an empty field. Nothing here does that: an
    address that leads nowhere, or that several articles share, is worse than none.
    """
    known = _values_of(rule, post, slug, fields)
    if any(name not in known for name in PATTERN_TOKEN.findall(rule.pattern)):
        return None
    return PATTERN_TOKEN.sub(lambda match: known[match[1]], rule.pattern)


def _values_of(rule: Permalinks, post: Post, slug: str, fields: Mapping[str, object]) -> dict[str, str]:
    """The value of each token that has one."""
    date = post.date or (None if post.fields.get("date") else date_in_name(rule, post.path))
    title = slug if rule.has_titles_of_slugs and "title" not in fields else _as_string(fields.get("title"))
    known = {
        "title": slug,
        "name": posixpath.basename(slug.rstrip("/")),
        "post_title": slugize(title or "", 1),
        "category": _category(rule, fields),
        "layout": "post", "slug": slug, "source": f"_posts/{post.path}", "published": "true", "comments": "true",
    }  # fmt: skip
    ours = frozenset({*known, "id"}) - {"layout", "comments"}
    known |= {name: _as_written(value) for name, value in fields.items() if name not in ours and not _is_empty(value)}
    # A default applies only to a field that is missing. An empty field is not missing.
    stated = fields.keys() - ours
    known |= {name: value for name, value in rule.defaults if name not in known and name not in stated}
    known |= _moments(rule, post, date, slug)
    if identity := _as_string(fields.get("id")):
        known["id"] = identity
    return known


def _moments(rule: Permalinks, post: Post, date: datetime | None, slug: str) -> dict[str, str]:
    """The tokens that follow from the date, in the time zone of the machine that built the site, as in Hexo."""
    if date is None:
        return {}
    moment = _as_built(rule, _as_string(post.fields.get("date")) or "", date, is_quoted=post.is_date_quoted)
    clock = moment.astimezone(rule.built_in)
    seconds = str(int(moment.timestamp()))
    return {
        "year": f"{clock:%Y}", "month": f"{clock:%m}", "day": f"{clock:%d}",
        "hour": f"{clock:%H}", "minute": f"{clock:%M}", "second": f"{clock:%S}",
        "i_month": str(clock.month), "i_day": str(clock.day), "timestamp": seconds,
        "hash": hashlib.sha1(f"{slug}{seconds}".encode(), usedforsecurity=False).hexdigest()[:12],
    }  # fmt: skip


def _as_built(rule: Permalinks, text: str, date: datetime, *, is_quoted: bool) -> datetime:
    """The moment that Hexo made of a date. A date without a zone is in the site's zone; Hexo shifts one with a zone."""
    if not is_quoted and ZONED_TIMESTAMP.fullmatch(text):
        return date.replace(tzinfo=rule.timezone)
    if is_quoted and DAY.fullmatch(text):
        date = date.astimezone(rule.timezone).replace(tzinfo=UTC)
    elif not _names_zone(text):
        return date
    return date.astimezone(rule.built_in).replace(tzinfo=rule.timezone)


def _names_zone(text: str) -> bool:
    try:
        east, west = (parse_date(text, zone, earliest=ANY_TIME) for zone in (FAR_EAST, FAR_WEST))
        return bool(text) and east == west
    except ValueError:
        return False


def _category(rule: Permalinks, fields: Mapping[str, object]) -> str:
    """
    The path of the last category.

    In a flat list, each category is a child of the one before it. In a list of lists, each inner list is a path.
    """
    value = fields.get("categories") or fields.get("category")
    listed = [one for one in (value if isinstance(value, list) else [value]) if one]
    last = listed if not any(isinstance(one, list) for one in listed) else listed[-1]
    names = [_as_written(name) for name in (last if isinstance(last, list) else [last]) if name]
    slugs = dict(rule.category_slugs)
    return "/".join(slugize(slugs.get(name) or name, rule.case) for name in names) if names else rule.category


def _as_written(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(_as_written(one) for one in value)
    return value if isinstance(value, str) else "null" if value is None else "[object Object]"


def _is_empty(value: object) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _as_string(value: object) -> str | None:
    return value if isinstance(value, str) else None


# --- the whole address -----------------------------------------------------------------------------------------------


def _full_address(rule: Permalinks, path: str) -> str:
    if re.match(r"https?:|[A-Za-z][A-Za-z0-9+.-]*:", path):
        return path
    if path.startswith("//"):
        return quote(unquote(path), safe=QUERY_KEPT + "#")
    address = encode_url(rule.url.rstrip("/") + re.sub("/{2,}", "/", f"/{path}"))
    if not rule.keeps_index:
        address = re.sub(r"index\.html$", "", address)
    if not rule.keeps_html and not address.endswith("index.html"):
        address = re.sub(r"\.html$", "", address)
    return encode_url(address)


def encode_url(url: str) -> str:
    """
    A web WEB_URL as browsers write it (WHATWG WEB_URL), except that a host is not converted to punycode.

    Raises ValueError for a text that is not a web WEB_URL.
    """
    match = WEB_URL.fullmatch(re.sub("[\t\n\r]", "", url).strip("".join(map(chr, range(0x21)))))
    if match is None:
        raise ValueError(f"not a web address: {url}")
    scheme, host, path, query, fragment = match.groups()
    written = f"{scheme}://{host.lower().removesuffix(DEFAULT_PORTS[scheme])}{_encode_path(path)}"
    if query and query != "?":
        written += "?" + quote(unquote(query[1:]), safe=QUERY_KEPT)
    return written + (quote(fragment, safe=PATH_KEPT + "#/?\\{}") if fragment else "")


def _encode_path(path: str) -> str:
    segments: list[str] = []
    parts = path.replace("\\", "/").split("/")[1:] or [""]
    for index, part in enumerate(parts):
        dots = part.lower().replace("%2e", ".")
        if dots == "..":
            segments = segments[:-1]
        if dots not in {".", ".."}:
            segments.append(quote(part, safe=PATH_KEPT))
        elif index == len(parts) - 1:
            segments.append("")
    return "/" + "/".join(segments)
