"""A raw entry to an Entry that is safe to publish. Pure. policy.py says what is allowed; html.py how it is done."""

import html as html_text

from feedsvc.model import Author, Entry, RawEntry, SafeHtml
from feedsvc.normalize import LANGUAGE, cut
from feedsvc.sanitize.html import plain_text, sanitize_html, strip_markup, text_as_html
from feedsvc.sanitize.policy import NAME_WIDTH, POLICY_VERSION, SUMMARY_WIDTH, TITLE_WIDTH

__all__ = ["POLICY_VERSION", "sanitize", "sanitize_html", "strip_markup", "summary_text"]


def sanitize(raw: RawEntry) -> Entry:
    """The entry as it may be published: HTML through the gate, everything else as bounded plain text."""
    content = sanitize_html(raw.content, base=raw.base or raw.link)
    summary = plain_text(sanitize_html(raw.summary)) if raw.summary else plain_text(content)
    title = cut(strip_markup(raw.title), TITLE_WIDTH) or cut(summary, NAME_WIDTH) or raw.guid
    return Entry(
        guid=raw.guid,
        link=raw.link,
        title=title,
        content=content,
        summary=text_as_html(cut(summary, SUMMARY_WIDTH)),
        authors=tuple(Author(name=name, url=author.url) for author in raw.authors if (name := _name(author.name))),
        published=raw.published,
        updated=raw.updated or raw.published,
        categories=tuple(dict.fromkeys(name for category in raw.categories if (name := _name(category)))),
        image=raw.image,
        enclosures=raw.enclosures,
        language=raw.language if raw.language and LANGUAGE.fullmatch(raw.language) else None,
        rights=strip_markup(raw.rights) or None if raw.rights else None,
    )


def summary_text(summary: SafeHtml) -> str:
    """An entry's summary for a place that takes no HTML."""
    return html_text.unescape(summary)


def _name(text: str) -> str:
    return cut(strip_markup(text), NAME_WIDTH)
