"""A raw entry to an Entry that is safe to publish. Pure. policy.py says what is allowed; html.py how it is done."""

import html as html_text
from collections.abc import Iterable

from feedsvc.jumps import destination
from feedsvc.model import Author, Entry, Origin, RawEntry, SafeHtml
from feedsvc.normalize import LANGUAGE, cut, web_url
from feedsvc.sanitize.bare import name_of, shown_picture
from feedsvc.sanitize.details import checked, picture
from feedsvc.sanitize.details import enclosures as attached
from feedsvc.sanitize.html import as_text, clean, sanitize_html
from feedsvc.sanitize.policy import FIXED, NAME_WIDTH, POLICY_VERSION, SOURCE_NOTICE, SUMMARY_WIDTH, TITLE_WIDTH
from feedsvc.sanitize.text import in_words, plain_text, strip_markup, text_as_html

__all__ = ["POLICY_VERSION", "names", "sanitize", "sanitize_html", "source_line", "strip_markup", "summary_text"]


def sanitize(raw: RawEntry, frames: frozenset[str] = frozenset(), plain_because: str | None = None) -> Entry:
    """
    The entry as it may be published: HTML through the gate, everything else as bounded plain text.

    `frames` are hosts of players besides the policy's. `plain_because` says why its HTML cost too much before: then no
    parser sees that again.
    """
    link = _link(raw.link)
    image, enclosures, details = picture(raw.image), attached(raw.enclosures), checked(raw.details)
    if plain_because:
        content = as_text(raw.content, link, plain_because)
    else:
        content = clean(raw.content, base=raw.base or link, frames=frames, link=link)
        if not content.html and not content.fallback:
            content = clean(shown_picture(image, enclosures, details.alt))
    said = clean(raw.summary).html if raw.summary and not plain_because else None
    summary = plain_text(said or content.html)
    title = cut(strip_markup(raw.title), TITLE_WIDTH) or cut(in_words(summary), NAME_WIDTH)
    return Entry(
        guid=raw.guid,
        link=link,
        title=title or name_of(image, enclosures, link) or cut(in_words(raw.guid), TITLE_WIDTH) or "…",
        content=SafeHtml(content.notice + content.html),
        summary=text_as_html(cut(summary, SUMMARY_WIDTH)),
        authors=tuple(
            Author(name=name, url=_url(author.url)) for author in raw.authors if (name := _name(author.name))
        ),
        published=raw.published,
        updated=raw.updated or raw.published,
        categories=names(raw.categories),
        image=image,
        enclosures=enclosures,
        language=raw.language if raw.language and LANGUAGE.fullmatch(raw.language) else None,
        rights=cut(strip_markup(raw.rights), TITLE_WIDTH) or None if raw.rights else None,
        fallback=content.fallback,
        details=details,
    )


def names(written: Iterable[str]) -> tuple[str, ...]:
    """Names of categories as they may be published, each once."""
    return tuple(dict.fromkeys(name for one in written if (name := _name(one))))


def summary_text(summary: SafeHtml) -> str:
    """An entry's summary for a place that takes no HTML."""
    return html_text.unescape(summary)


def source_line(origins: Iterable[Origin]) -> SafeHtml:
    """A line that says whose work an entry is: readers hide what stands beside the text. Empty for nobody's."""
    named = "、".join(
        f'<a href="{html_text.escape(one.url)}" rel="{FIXED["a", "rel"]}">{text_as_html(one.title)}</a>'
        if one.url
        else text_as_html(one.title)
        for one in origins
    )
    return SafeHtml(f"<p>{SOURCE_NOTICE}{named}</p>" if named else "")


def _link(url: str | None) -> str | None:
    """Where an entry leads: what is stored may be a jump link that an older policy did not know."""
    found = _url(url)
    return destination(found) if found else None


def _url(url: str | None) -> str | None:
    """A URL field as the check of now would have it: what is stored may have passed an older one."""
    return web_url(url) if url else None


def _name(text: str) -> str:
    return cut(strip_markup(text), NAME_WIDTH)
