"""Fields of an entry and of a feed that are one line of text, and the line that names an entry's sources. Pure."""

import html as html_text
from collections.abc import Iterable, Sequence

from feedsvc.elements import LINK_REL
from feedsvc.model import Credit, Origin, SafeHtml
from feedsvc.normalize import cut
from feedsvc.people import without_addresses
from feedsvc.sanitize.policy import NAME_WIDTH
from feedsvc.sanitize.safe.words import in_words, text_as_html
from feedsvc.sanitize.text import plain_text, strip_markup
from feedsvc.texts import Texts


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


def with_source_line(content: SafeHtml, origins: Sequence[Origin], texts: Texts) -> SafeHtml:
    """An entry's content with a last line that names its sources, because readers hide the entry's other fields."""
    named = named_sources(origins, texts)
    return SafeHtml(f"{content}<p>{named}</p>") if named else content


def named_sources(origins: Sequence[Origin], texts: Texts) -> str:
    """The sources of an entry as HTML, each with a link to the original; empty without any."""
    named = texts.comma.join(_linked(one) + text_as_html(_holder(one, texts)) for one in origins)
    return f"{_notice(origins, texts)}{named}" if named else ""


def brief_of(content: SafeHtml, length: int) -> SafeHtml:
    """The first characters of an entry's content as a summary."""
    text = plain_text(content)
    return text_as_html(text if len(text) <= length else f"{text[:length].rstrip()}…")


def with_sources(summary: SafeHtml, origins: Sequence[Origin], texts: Texts) -> SafeHtml:
    """A summary that stands alone: it names the sources, as the content would."""
    named = texts.comma.join(one.title + _holder(one, texts) for one in origins)
    return SafeHtml(f"{summary} {_notice(origins, texts)}{text_as_html(named)}".strip()) if named else summary


def _notice(origins: Sequence[Origin], texts: Texts) -> str:
    return texts.by_one if len(origins) == 1 else texts.by_other


def _linked(one: Origin) -> str:
    """The title of a source, with a link to the original: the entry's own page there, else the page of the site."""
    url = (one.page if isinstance(one, Credit) else None) or one.url
    title = text_as_html(one.title)
    return f'<a href="{html_text.escape(url)}" rel="{LINK_REL}">{title}</a>' if url else title


def _holder(one: Origin, texts: Texts) -> str:
    """The holder of the rights, in brackets after the title; empty if the title names the holder."""
    holder = one.holder if isinstance(one, Credit) else None
    return texts.by_holder.format(name=holder) if holder and holder != one.title else ""


def _name(text: str) -> str:
    return cut(strip_markup(text), NAME_WIDTH)
