"""A raw entry to an Entry that is safe to publish. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from feedsvc.elements import MEDIA
from feedsvc.jumps import destination
from feedsvc.language import registered
from feedsvc.model import Author, Entry, RawEntry
from feedsvc.normalize import cut, web_url
from feedsvc.people import distinct, names_of
from feedsvc.sanitize.bare import name_of, shown_picture
from feedsvc.sanitize.details import checked, picture
from feedsvc.sanitize.details import enclosures as attached
from feedsvc.sanitize.fields import names, source_title
from feedsvc.sanitize.html import NO_HTML, as_text, clean
from feedsvc.sanitize.policy import NAME_WIDTH, SUMMARY_WIDTH, TITLE_WIDTH
from feedsvc.sanitize.safe.markup import one_of
from feedsvc.sanitize.safe.words import in_words, text_as_html
from feedsvc.sanitize.text import plain_text, strip_markup

#: Elements that a reader sees without any text.
MORE_THAN_TEXT = re.compile(rf"<(?:{one_of(MEDIA | {'hr'})})[ >]")


def sanitize(raw: RawEntry, frames: frozenset[str] = frozenset(), plain_because: str | None = None) -> Entry:
    """
    The entry as it may be published: HTML through the gate, everything else as bounded plain text.

    `frames` are hosts of players besides the policy's. `plain_because` says why an earlier run failed: then no parser
    sees the HTML again.
    """
    link = _link(raw.link)
    image, enclosures, details = picture(raw.image), attached(raw.enclosures), checked(raw.details)
    if plain_because:
        content = as_text(raw.content, link, plain_because)
    else:
        content = clean(raw.content, base=raw.base or link, frames=frames, link=link)
        if not content.html and not content.fallback:
            content = clean(shown_picture(image, enclosures, details.alt))
    said = _seen(plain_text(clean(raw.summary).html)) if raw.summary and not plain_because else ""
    is_seen = bool(content.notice) or MORE_THAN_TEXT.search(content.html) is not None
    text = "" if said and is_seen else _seen(plain_text(content.html))
    summary = said or text
    title = cut(_seen(strip_markup(raw.title)), TITLE_WIDTH) or cut(in_words(summary), NAME_WIDTH)
    return Entry(
        guid=raw.guid,
        link=link,
        title=title or name_of(image, enclosures, link) or cut(in_words(raw.guid), TITLE_WIDTH) or "…",
        content=content.whole if is_seen or text else NO_HTML,
        summary=text_as_html(cut(summary, SUMMARY_WIDTH)),
        authors=_people(raw.authors),
        contributors=_people(raw.contributors),
        published=raw.published,
        updated=raw.updated or raw.published,
        categories=names(raw.categories),
        image=image,
        enclosures=enclosures,
        language=registered(raw.language),
        rights=cut(source_title(raw.rights), TITLE_WIDTH) or None if raw.rights else None,
        fallback=content.fallback,
        details=details,
    )


def _link(url: str | None) -> str | None:
    """The link of an entry. A stored link may be a jump link that an older policy did not know."""
    found = _url(url)
    return destination(found) if found else None


def _url(url: str | None) -> str | None:
    """A URL field, checked. A stored address may have passed an older check."""
    return web_url(url) if url else None


def _people(written: Iterable[Author]) -> tuple[Author, ...]:
    """People by name, each once. Stored names may hold addresses that an older version let in."""
    return distinct(
        Author(name=cut(in_words(name), NAME_WIDTH), url=_url(one.url))
        for one in written
        for name in names_of(strip_markup(one.name))
    )


def _seen(text: str) -> str:
    """`text`, or nothing where all of it is white space and invisible characters."""
    return text if any(unicodedata.category(one)[0] not in "ZC" for one in text) else ""
