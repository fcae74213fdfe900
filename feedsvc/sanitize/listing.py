"""The text of an entry that names other entries: a digest. Pure."""

import html as html_text
from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.elements import LINK_REL
from feedsvc.model import Entry, SafeHtml
from feedsvc.normalize import cut
from feedsvc.sanitize.fields import named_sources, summary_text
from feedsvc.sanitize.policy import NAME_WIDTH, SUMMARY_WIDTH
from feedsvc.sanitize.safe.words import text_as_html
from feedsvc.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in a list."""

    entry: Entry
    #: Its page, here or elsewhere.
    link: str
    #: Its date, for people.
    time: str


def listed(lines: Sequence[Line], more: str, texts: Texts) -> SafeHtml:
    """A list of entries: title with link, date, sources, and summary of each. `more` tells of entries left out."""
    items = "".join(f"<li>{_item(one, texts)}</li>" for one in lines)
    return SafeHtml(f"<ul>{items}</ul>{f'<p>{text_as_html(more)}</p>' if more else ''}")


def _item(line: Line, texts: Texts) -> str:
    entry = line.entry
    link = f'<a href="{html_text.escape(line.link)}" rel="{LINK_REL}">{text_as_html(_title(entry))}</a>'
    about = [text_as_html(line.time), *([named] if (named := named_sources(entry.origins, texts)) else [])]
    if entry.details.license:
        about.append(f'<a href="{html_text.escape(entry.details.license)}" rel="{LINK_REL}">{texts.license}</a>')
    summary = f"<p>{entry.summary}</p>" if entry.title and entry.summary else ""
    return f"<p><strong>{link}</strong><br>{' · '.join(about)}</p>{summary}"


def _title(entry: Entry) -> str:
    return entry.title or cut(summary_text(entry.summary), NAME_WIDTH) or "…"


def summarised(entries: Sequence[Entry], texts: Texts) -> SafeHtml:
    """The titles of entries with their sources, as a summary."""
    return text_as_html(cut(texts.between.join(_named(one, texts) for one in entries), SUMMARY_WIDTH))


def _named(entry: Entry, texts: Texts) -> str:
    sources = texts.comma.join(one.title for one in entry.origins)
    return _title(entry) + (texts.by_holder.format(name=sources) if sources else "")
