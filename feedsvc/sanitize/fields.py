"""Fields of an entry and of a feed that are one line of text, and the line that names an entry's sources. Pure."""

import html as html_text
from collections.abc import Iterable

from feedsvc.elements import LINK_REL
from feedsvc.model import Credit, Origin, SafeHtml
from feedsvc.normalize import cut
from feedsvc.people import without_addresses
from feedsvc.sanitize.policy import NAME_WIDTH, SOURCE_NOTICE
from feedsvc.sanitize.safe.words import in_words, text_as_html
from feedsvc.sanitize.text import plain_text, strip_markup


def source_title(written: str) -> str:
    """The title of a feed, or a statement of rights, as one line without e-mail addresses."""
    # An address may stand in wide brackets, which become narrow ones: the check for tags comes last.
    return in_words(without_addresses(strip_markup(written)))


def names(written: Iterable[str]) -> tuple[str, ...]:
    """Names of categories as they may be published, each once."""
    return tuple(dict.fromkeys(name for one in written if (name := _name(one))))


#: No content.
NOTHING = SafeHtml("")


def summary_text(summary: SafeHtml) -> str:
    """An entry's summary for a place that takes no HTML."""
    return html_text.unescape(summary)


def has_picture(image: str | None, content: str) -> bool:
    """Whether a reader sees a picture: the entry's own, or one in its content."""
    return image is not None or "<img" in content


def source_line(origins: Iterable[Origin]) -> SafeHtml:
    """A line that names the sources of an entry, because readers hide its other fields. Empty without sources."""
    named = "、".join(_linked(one) + text_as_html(_holder(one)) for one in origins)
    return SafeHtml(f"<p>{SOURCE_NOTICE}{named}</p>" if named else "")


def brief_of(content: SafeHtml, origins: Iterable[Origin], length: int) -> SafeHtml:
    """The first characters of an entry's content as a summary, without the line that names its sources."""
    text = plain_text(content.removesuffix(source_line(origins)))
    return text_as_html(text if len(text) <= length else f"{text[:length].rstrip()}…")


def with_sources(summary: SafeHtml, origins: Iterable[Origin]) -> SafeHtml:
    """A summary that stands alone: it names the sources, as the content would."""
    named = "、".join(one.title + _holder(one) for one in origins)
    return SafeHtml(f"{summary} {SOURCE_NOTICE}{text_as_html(named)}".strip()) if named else summary


def _linked(one: Origin) -> str:
    """The title of a source, with a link to the original: the entry's own page there, else the page of the site."""
    url = (one.page if isinstance(one, Credit) else None) or one.url
    title = text_as_html(one.title)
    return f'<a href="{html_text.escape(url)}" rel="{LINK_REL}">{title}</a>' if url else title


def _holder(one: Origin) -> str:
    """The holder of the rights, in brackets after the title; empty if the title names the holder."""
    holder = one.holder if isinstance(one, Credit) else None
    return f"（{holder}）" if holder and holder != one.title else ""


def _name(text: str) -> str:
    return cut(strip_markup(text), NAME_WIDTH)
