"""A seed's bytes to a raw entry. Pure: the path is used as a name only."""

import posixpath
import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from feedsvc.errors import EntryError
from feedsvc.identity import bounded, mint_guid
from feedsvc.identity.permalink import Post, date_in_name, missing_tokens, name_parts, permalink
from feedsvc.model import NO_DETAILS, Details, Permalinks, RawEntry, SourceSpec
from feedsvc.normalize import ANY_TIME, one_line, parse_date, web_url
from feedsvc.parse import seedfields as fields
from feedsvc.parse.charset import decode_seed
from feedsvc.parse.encrypted import without_encrypted
from feedsvc.parse.excerpt import before_more
from feedsvc.parse.frontmatter import FrontMatter, split
from feedsvc.parse.judges import Effect
from feedsvc.parse.markdown import Body, reads_markdown, rendered
from feedsvc.parse.markdown.comments import HTML_COMMENT
from feedsvc.parse.private import may_be_private, privacy_of
from feedsvc.parse.slips import no_title, slips, with_capitals

#: A file name that begins with a date, as in Jekyll and many Hexo blogs.
DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=\D|$)")

#: A picture, and a relative address in it.
PICTURE = re.compile(r"<img\b[^<>]*+", re.IGNORECASE)
RELATIVE_SRC = re.compile(r"""\ssrc\s*+=\s*+["']?(?![a-z][a-z0-9+.-]*+:|//|["'\s>]|\Z)""", re.IGNORECASE)

#: Largest number of categories, and of tags, of a seed. Each category has a feed, and each feed lists the categories of
#: its entries, so the cost grows with the square.
MAX_CATEGORIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The result of reading a seed file."""

    #: None for an article that is not public.
    entry: RawEntry | None
    #: The guid that the entry would have if it were public; None if it cannot be told.
    guid: str | None = None
    #: Whether the article is a draft. If it is not, and there is no entry, the author hides it.
    is_draft: bool = False
    #: Whether the article, or a part of its text, is locked: the entry has the public rest.
    is_locked: bool = False
    #: Notices for the author about effects that may surprise, each with its line.
    notices: tuple[tuple[int, str], ...] = ()


def parse(
    data: bytes, path: str, spec: SourceSpec, adopted_link: str | None = None, *, is_rendered: bool = True
) -> RawEntry | None:
    """The entry of a seed file; None for an article that is not public. `read` returns more."""
    return read(data, path, spec, adopted_link, is_rendered=is_rendered).entry


def read(
    data: bytes, path: str, spec: SourceSpec, adopted_link: str | None = None, *, is_rendered: bool = True
) -> Parsed:
    """
    Read a seed file.

    `path` is the path below the seed folder, with `/`. `adopted_link` is the entry's former address, used if the file
    names none. Unless `is_rendered`, Markdown is left as it is. Raises EntryError, with the line if there is one. The
    error states whether the article may not be public.
    """
    text = ""
    try:
        text = decode_seed(data)
        written, body = split(text)
    except EntryError as error:
        error.is_private = may_be_private(text or data.decode(errors="replace"), path, spec)
        raise
    front = with_capitals(written, is_hexo=spec.permalinks is not None)
    privacy = privacy_of(front, path, spec)
    if privacy and privacy.kind is not Effect.LOCKED:
        guid, is_draft = _chosen_guid(front, path, spec, adopted_link), privacy.kind is Effect.DRAFT
        return Parsed(entry=None, guid=guid, is_draft=is_draft, notices=((privacy.line, privacy.notice),))
    notices = [(privacy.line, privacy.notice)] if privacy else []
    body, is_partly_locked = without_encrypted(body, is_markdown=reads_markdown(body, path))
    if is_partly_locked and not privacy:
        notices.append((1, "a part of the text is encrypted on the site: that part is not published"))
    try:
        entry, noted = _entry_of(front, "" if privacy else body, path, spec, adopted_link, is_rendered=is_rendered)
    except EntryError as error:
        error.is_private = privacy is not None
        raise
    return Parsed(
        entry=_locked(entry, front, spec) if privacy else entry,
        is_locked=privacy is not None or is_partly_locked,
        notices=(*notices, *slips(front, text), *noted),
    )


def _chosen_guid(front: FrontMatter, path: str, spec: SourceSpec, adopted_link: str | None) -> str | None:
    """The guid that an article would have; None if another part of it is wrong."""
    try:
        entry, _ = _entry_of(front, "", path, spec, adopted_link, is_rendered=False)
    except EntryError:
        return None
    return entry.guid


def _locked(entry: RawEntry, front: FrontMatter, spec: SourceSpec) -> RawEntry:
    """The public part of a locked article: its title and abstract, and nothing that may come from its text."""
    abstract = front.fields.get("abstract") or spec.locked_abstract
    content = str(abstract) if isinstance(abstract, str) else ""
    return replace(entry, content=content, summary=None, image=None, enclosures=(), details=NO_DETAILS)


def _entry_of(
    front: FrontMatter, body: str, path: str, spec: SourceSpec, adopted_link: str | None, *, is_rendered: bool
) -> tuple[RawEntry, tuple[tuple[int, str], ...]]:
    """The entry, and notices for its author."""
    notes, rule = fields.Notes(front), spec.permalinks
    date = fields.date(notes, "date", spec)
    post = Post(
        path=path.partition("/")[2] if spec.folders else path,
        # Hexo ignores names with capitals.
        fields=front.exact,
        date=date,
        is_date_quoted="date" in front.quoted,
    )
    old = _former_address(rule, post, notes) if rule else None
    title = one_line(fields.text(front, "title") or "") or (name_parts(rule, post.path)[0] if rule else "")
    if not title:
        raise no_title(front)
    guid = one_line(fields.text_or_none(notes, "guid") or "")
    link = fields.link(notes) or adopted_link or (web_url(old) if old else None)
    base = _asset_folder(link, rule) if link else _folder_address(spec.base, path)
    date = date or (date_in_name(rule, post.path) if rule else None)
    name_date = None if date else _date_in_name(path, spec)
    categories, tags = _filed(notes, spec)
    text = rendered(body, path, rule) if is_rendered else Body(html=body)
    entry = RawEntry(
        guid=bounded(guid or old or mint_guid(spec.tag, spec.name, path)),
        is_guid_stated=bool(guid),
        link=link,
        base=base,
        title=title,
        is_html=is_rendered,
        content=text.html,
        summary=fields.summary(front) or (before_more(text.html) if is_rendered else None),
        authors=fields.people(notes),
        published=date or name_date,
        is_dated_by_name=name_date is not None,
        updated=fields.date(notes, "updated", spec),
        categories=categories,
        image=fields.picture(front, base or link, rule),
        enclosures=fields.enclosures(notes),
        language=fields.text_or_none(notes, "language"),
        rights=one_line(fields.text_or_none(notes, "rights") or "") or spec.rights,
        details=Details(tags=tags) if tags else NO_DETAILS,
    )
    unfilled = () if old or guid or not rule else _unfilled(rule, post)
    pictures = () if base or link else _without_base(text.html)
    noted = ((1, text.notice),) if text.notice else ()
    return entry, (*notes.found, *unfilled, *_left_out(front, spec), *noted, *pictures)


def _without_base(html: str) -> tuple[tuple[int, str], ...]:
    """The notice for an article whose pictures are beside its page, if the page is not known."""
    pictures = PICTURE.findall(HTML_COMMENT.sub("", html))
    number = sum(1 for picture in pictures if RELATIVE_SRC.search(picture))
    reason = (
        f"{number} of its pictures are relative to a page that is not known, and are left out; give the article a "
        "link, or the source a base, hexo_config or permalink"
    )
    return ((1, reason),) if number else ()


def _filed(notes: fields.Notes, spec: SourceSpec) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The categories of an article, which have feeds; and its tags, which have feeds only if the source says so."""
    own = (fields.names(notes, "categories") or fields.names(notes, "category"))[:MAX_CATEGORIES]
    tags = fields.tags(notes.front)[:MAX_CATEGORIES]
    if spec.tags_are_feeds:
        return fields.unique((*own, *spec.categories, *tags[: MAX_CATEGORIES - len(own)])), ()
    categories = fields.unique((*own, *spec.categories))
    return categories, tuple(tag for tag in tags if tag not in categories)


def _left_out(front: FrontMatter, spec: SourceSpec) -> tuple[tuple[int, str], ...]:
    """The notice for an article with too many categories or tags."""
    categories, tags = _own_categories(front), fields.tags(front)
    if spec.tags_are_feeds:
        categories, tags = fields.unique((*categories, *tags)), ()
    return tuple(
        (
            front.lines.get(name, 1),
            f"only the first {MAX_CATEGORIES} of its {len(found)} {name} are used; name fewer",
        )
        for name, found in (("categories", categories), ("tags", tags))
        if len(found) > MAX_CATEGORIES
    )


def _own_categories(front: FrontMatter) -> tuple[str, ...]:
    return fields.words(front.fields.get("categories")) or fields.words(front.fields.get("category"))


def _unfilled(rule: Permalinks, post: Post) -> tuple[tuple[int, str], ...]:
    """The notice for an article whose former address is not known."""
    missing = ", ".join(f":{name}" for name in missing_tokens(rule, post))
    reason = f"permalink: {rule.pattern} needs {missing}, which this article lacks; it gets an address of this site's"
    return ((1, reason),) if missing else ()


def _former_address(rule: Permalinks, post: Post, notes: fields.Notes) -> str | None:
    fields.text_or_none(notes, "permalink")
    try:
        return permalink(rule, post)
    except ValueError as error:
        notes.left_out("permalink", f"{error}; correct it")
        return None


def _asset_folder(link: str | None, rule: Permalinks | None) -> str | None:
    """The base of pictures for an article with an asset folder; None if the pictures are beside its page."""
    is_file = link is not None and rule is not None and rule.has_asset_folders and link.endswith(".html")
    return f"{link.removesuffix('.html')}/" if link and is_file else None


def _folder_address(base: str | None, path: str) -> str | None:
    """The address of a file's folder, if the seed folder has an address."""
    return f"{base}/{quote(posixpath.dirname(path))}/" if base else None


def _date_in_name(path: str, spec: SourceSpec) -> datetime | None:
    match = DATED_NAME.match(posixpath.basename(path))
    try:
        return parse_date("-".join(match.groups()), spec.timezone, earliest=ANY_TIME) if match else None
    except ValueError:
        return None
