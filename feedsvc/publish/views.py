"""Makes a view of a feed: the entries that a query asks for, as the query wants them."""

from dataclasses import replace
from datetime import datetime, timedelta

from feedsvc.elements import CODE
from feedsvc.filters.parameters import CASE, chosen, needed
from feedsvc.identity import digest
from feedsvc.model import Document, Entry, FeedSpec, SafeHtml, Site, View
from feedsvc.normalize import one_line
from feedsvc.normalize.script import converted, converted_html, is_chinese, language_after
from feedsvc.publish import digests
from feedsvc.publish.credits import credited, words
from feedsvc.render import Channel
from feedsvc.render.coding import QUICK
from feedsvc.sanitize.fields import NOTHING, brief_of, with_sources
from feedsvc.store import Connection
from feedsvc.store import views as stored
from feedsvc.store.feeds import Feed

#: Characters of a title that name filters: a reader shows a title on one line.
MOST_NAMED = 60


def select(db: Connection, feed: Feed, channel: Channel, view: View) -> tuple[Channel, list[Entry]]:
    """The entries of a view, and the channel that they are rendered with: its address, and what left the feed."""
    window = channel.feed.window
    if view.after is None:
        if feed.digest:
            entries = digests.newest(db, feed, channel, view)
        else:
            fits, having = chosen(view.filters, channel.site.timezone), needed(view.filters)
            entries = stored.newest(db, feed.id, _since(view, channel.feed.delay), window, fits, having)
        channel = replace(channel, feed=named(channel.feed, view), view=view, before=0)
    else:
        fits = chosen(view.filters, channel.site.timezone)
        found = (
            digests.changes(db, feed, channel, view) if feed.digest else stored.changes(db, feed, view, window, fits)
        )
        entries = found.entries
        channel = replace(channel, view=view, before=0, after=found.after, deleted=tuple(found.deleted))
    shown = [shortened(one, view, channel.site) for one in entries]
    if view.opencc is None:
        return channel, shown
    of_feed = channel.feed.language
    language = language_after(of_feed, view.opencc) or of_feed
    return (
        replace(channel, feed=replace(channel.feed, language=language)),
        [_converted(one, view.opencc, of_feed) for one in shown],
    )


def _since(view: View, delay: timedelta) -> View:
    """A view by the arrival of stories, which came to a feed with a delay some time after it."""
    return replace(view, since=view.since - delay) if isinstance(view.since, datetime) else view


def _converted(entry: Entry, conversion: str, of_feed: str) -> Entry:
    """An entry with its Chinese texts in another script. An entry of another language stays the same."""
    if not is_chinese(entry.language or of_feed):
        return entry
    return replace(
        entry,
        title=converted(entry.title, conversion),
        content=SafeHtml(converted_html(entry.content, conversion, CODE)),
        summary=SafeHtml(converted_html(entry.summary, conversion, CODE)),
        language=language_after(entry.language, conversion),
    )


def named(feed: FeedSpec, view: View) -> FeedSpec:
    """
    A feed whose title names the filters of a view, so that two views of a feed differ in the list of a reader.

    `filter_title=芯片&filterout=广告` is `title:芯片 -广告`, as a search writes it.
    """
    parts = []
    for name, value in view.filters:
        verb, _, field = name.partition("_")
        if name != CASE:
            parts.append(f"{'-' if verb == 'filterout' else ''}{field and f'{field}:'}{value}")
    text = one_line(" ".join(parts))
    if len(text) > MOST_NAMED:
        text = f"{text[: MOST_NAMED - 1].rstrip()}…"
    return replace(feed, title=f"{feed.title}: {text}") if text else feed


def shortened(entry: Entry, view: View, site: Site) -> Entry:
    """
    An entry with as much text as the view wants.

    Without content, the summary is what readers show: it names the sources, as the content would.
    """
    if view.brief is None and view.has_content:
        return credited([entry], site)[0]
    summary = entry.summary if view.brief is None else brief_of(entry.content or entry.summary, view.brief)
    return replace(entry, content=NOTHING, summary=with_sources(summary, entry.origins, words(entry, site)))


def document(body: bytes, of: Document) -> Document:
    """A view as a document in all codings. `of` is the feed's own document in the same format, which is current."""
    coded = {coding: compress(body) for coding, compress in QUICK.items()}
    return replace(of, coded=coded, is_hard=False, digest=digest(body), changed_at=of.made_at)
