"""Views of feeds: the newest of all entries, what changed after a cursor, and how much of each entry."""

import html
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from lxml import etree

from feedsvc.model import BEGINNING, FORMATS, Credit, Cursor, Document, Format, Origin, SafeHtml, View
from feedsvc.publish import Publisher
from feedsvc.publish.views import shortened
from feedsvc.store import Store
from feedsvc.store.schema import membership
from feedsvc.update import Report
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import FULL, SITE

TakeIn = Callable[..., Report]
HOUR = timedelta(hours=1)
FEED = "https://feeds.example.org/feeds/all"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "data" / "atom.rng"))
ATOM = "{http://www.w3.org/2005/Atom}"

#: The documents that readers subscribe to have three entries.
OF_THREE = CONFIG + "feeds: {all: {window: {items: 3, hours: 0}}}\n"


@pytest.fixture
def publisher(folder: Folder, store: Store) -> Publisher:
    """A publisher whose feed `all` has a window of three entries."""
    folder.configure(OF_THREE)
    return Publisher(store=store, configured=folder.config().catalogue)


def _write(folder: Folder, *numbers: int, body: str = "<p>正文</p>", categories: str = "[新媒体]") -> None:
    """Seeds, each a day older than the one before it."""
    for number in numbers:
        date = f"2026-10-{31 - number:02}"
        folder.write(f"{number}.txt", seed(f"第{number}篇", body, date=date, categories=categories))


def _view(
    publisher: Publisher, form: Format = "json", slug: str = "all", now: datetime = NOW, **fields: Any
) -> Document:
    feed = publisher.find(slug)
    assert feed
    return publisher.view(feed, form, View(**fields), now).document


def _said(publisher: Publisher, **fields: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(_view(publisher, **fields).body)
    return said


def _numbers(publisher: Publisher, **fields: Any) -> list[int]:
    """The numbers of a view's entries, in its order."""
    return [int(item["title"].strip("第篇")) for item in _said(publisher, **fields)["items"]]


def test_a_view_shows_more_than_the_window(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """`limit` counts over all entries of the feed, the newest first."""
    _write(folder, *range(1, 10))
    take_in()

    assert _numbers(publisher) == [1, 2, 3]
    assert _numbers(publisher, limit=7) == [1, 2, 3, 4, 5, 6, 7]
    assert _numbers(publisher, limit=2) == [1, 2]


def test_in_order_of_arrival(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """Without sorting by date, the last entry that arrived comes first, whatever its date."""
    _write(folder, 1, 2, 4)
    take_in()
    _write(folder, 3)
    take_in(NOW + HOUR)

    assert _numbers(publisher, limit=3) == [1, 2, 3]
    assert _numbers(publisher, limit=3, is_sorted=False) == [3, 1, 2]
    assert _numbers(publisher, is_sorted=False) == [3, 1, 2]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (datetime(2026, 10, 29, tzinfo=UTC), [1, 9]),
        (datetime(2026, 10, 28, 16, tzinfo=UTC), [1, 2, 9]),
        (datetime(2026, 10, 28, 15, 59, 59, tzinfo=UTC), [1, 2, 9]),
        (datetime(2026, 10, 27, 16, tzinfo=UTC), [1, 2, 3, 9]),
        (NOW + timedelta(days=99), []),
        (timedelta(hours=1), [9]),
        (timedelta(days=27), [1, 2, 9]),
        (timedelta(days=3650), [1, 2, 3, 4, 9]),
    ],
)
def test_since(
    folder: Folder, take_in: TakeIn, publisher: Publisher, since: datetime | timedelta, expected: list[int]
) -> None:
    """`since` counts from the arrival of entries: an old entry that arrives late is news. No clock is asked."""
    _write(folder, 1, 2, 3, 4)
    take_in()
    _write(folder, 9)
    take_in(NOW + HOUR)

    assert sorted(_numbers(publisher, since=since)) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_without_content(folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format) -> None:
    """A view of summaries has the same entries with their summaries, and no content."""
    _write(folder, 1, body=f"<p>{'前' * 300}</p><p>尾声</p>")
    take_in()
    text = _view(publisher, form, has_content=False).body.decode()

    assert "前前前" in text
    assert "尾声" not in text
    assert "尾声" in _view(publisher, form).body.decode()


@pytest.mark.parametrize("form", FORMATS)
def test_brief(folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format) -> None:
    """A brief view has so many characters of each text, without markup, and an ellipsis."""
    _write(folder, 1, body=f"<p>甲 &lt;b&gt; <b>乙</b></p>{'<p>丙</p>' * 300}")
    _write(folder, 2, body="<p>短</p>")
    take_in()
    body = _view(publisher, form, brief=100).body
    if form == "json":
        found = [item["summary"] for item in json.loads(body)["items"]]
    else:
        tag = "description" if form == "rss" else f"{ATOM}summary"
        parent = {"rss": "item", "atom": f"{ATOM}entry"}[form]
        found = [html.unescape(str(item.findtext(tag))) for item in etree.fromstring(body).iter(parent)]

    assert found == ["甲 <b> 乙" + " 丙" * 46 + "…", "短"]


@pytest.mark.parametrize("form", FORMATS)
def test_what_left_is_named(folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format) -> None:
    """A list of changes names entries that were withdrawn or moved to other feeds, with the id that they had."""
    _write(folder, 1, 2, 3)
    take_in()
    (folder.path / "seeds" / "1.txt").unlink()
    _write(folder, 2, categories="[手机]")
    take_in(NOW + HOUR)
    body = _view(publisher, form, "新媒体", after=BEGINNING).body
    left, withdrawn = ("tag:example.org,2026:articles/2.txt", "tag:example.org,2026:articles/1.txt")
    hour_later = "2026-11-24T13:00:00Z"
    if form == "json":
        found = [(one["id"], one["when"]) for one in json.loads(body)["_feedsvc"]["deleted"]]
    else:
        gone = etree.fromstring(body).iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
        found = [(str(one.get("ref")), str(one.get("when"))) for one in gone]

    assert sorted(found) == [(withdrawn, hour_later), (left, hour_later)]
    assert form != "atom" or SCHEMA.validate(etree.fromstring(body)), SCHEMA.error_log


def test_an_entry_that_comes_and_goes_is_named_once(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """An entry that left a feed and came back is there; when it leaves again, it is deleted, with one mention."""
    found = []
    for hours, category in enumerate(("新媒体", "手机", "新媒体", "手机")):
        _write(folder, 1, categories=f"[{category}]")
        _write(folder, 2)
        take_in(NOW + hours * HOUR)
        said = _said(publisher, slug="新媒体", after=BEGINNING)
        gone = [one["id"].rpartition("/")[2] for one in said["_feedsvc"].get("deleted", [])]
        found.append((sorted(item["title"] for item in said["items"]), gone))

    there: tuple[list[str], list[str]] = (["第1篇", "第2篇"], [])
    left = (["第2篇"], ["1.txt"])
    assert found == [there, left, there, left]


def test_the_moment_of_a_withdrawal_stays(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """The document is the same at any time: the moment is that of the withdrawal, not of the answer."""
    _write(folder, 1, 2)
    take_in()
    (folder.path / "seeds" / "1.txt").unlink()
    take_in(NOW + HOUR)

    found = {_view(publisher, now=NOW + timedelta(days=day), after=BEGINNING).digest for day in (1, 2, 300)}
    assert len(found) == 1


def test_cursors_lead_through_the_changes(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """Each list names the next one, the last change comes last, and a list without changes names itself alone."""
    _write(folder, 1, 2, 3)
    take_in()
    _write(folder, 3, body="<p>改了</p>")
    take_in(NOW + HOUR)
    walked, after = [], BEGINNING
    while (said := _said(publisher, after=after, limit=1))["items"]:
        walked.append(said["items"][0]["title"])
        revision, position = said["_feedsvc"]["after"].split("-")
        after = Cursor(revision=int(revision), position=int(position))
        assert said["next_url"] == f"{FEED}.json?after={after}&limit=1"

    assert walked == ["第2篇", "第1篇", "第3篇"]
    assert "next_url" not in said
    assert said["_feedsvc"]["after"] == str(after)


def test_entries_of_older_releases_are_found(
    folder: Folder, store: Store, take_in: TakeIn, publisher: Publisher
) -> None:
    """Entries that came before revisions were counted are the first changes."""
    _write(folder, 1, 2, 3)
    take_in()
    with store.write() as db:
        db.execute(sa.update(membership).values(changed=0))
    _write(folder, 2, body="<p>改了</p>")
    take_in(NOW + HOUR)

    assert _numbers(publisher, after=BEGINNING, limit=2) == [3, 1]
    assert _numbers(publisher, after=Cursor(revision=0, position=1)) == [1, 2]


def test_a_cursor_of_another_database_begins_anew(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """After a new import, a cursor may be beyond all changes. Then nothing is left out."""
    _write(folder, 1, 2, 3)
    take_in()

    assert _numbers(publisher, after=Cursor(revision=10**17, position=1)) == [3, 2, 1]
    assert _numbers(publisher, after=Cursor(revision=1, position=4)) == [3, 2, 1]


def test_a_view_has_the_dates_of_the_feed(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """Last-Modified of a view is when the feed's document was last made, and each coding is there."""
    _write(folder, 1, 2)
    take_in()
    feed = publisher.find("all")
    assert feed
    whole = publisher.document(feed, "rss", NOW)
    view = _view(publisher, "rss", now=NOW + HOUR, limit=1)

    assert (view.changed_at, view.max_age, view.coded.keys()) == (whole.made_at, whole.max_age, whole.coded.keys())


@pytest.mark.parametrize("form", FORMATS)
def test_a_view_links_to_itself_and_to_no_archive(
    folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format
) -> None:
    """The self link has the query. Pages of the archive belong to the whole feed."""
    _write(folder, *range(1, 8))
    take_in()
    text = _view(publisher, form, limit=2, is_sorted=False).body.decode()

    assert f'{FEED}.{form}?limit=2&{"" if form == "json" else "amp;"}sorted=false"' in text
    assert "/archive/" not in text


@pytest.mark.parametrize("view", [View(has_content=False), View(brief=100)])
def test_a_short_entry_names_its_sources(view: View) -> None:
    """Without content, the summary says whose work an entry is, in the order of the content."""
    origins = (Origin(title="甲 & 乙", url="https://example.org/"), Credit(title="丙", holder="丁"))
    whole = replace(FULL, content=SafeHtml("<p>正文</p>"), summary=SafeHtml("摘要"), origins=origins)
    short, english = (shortened(one, view, SITE) for one in (whole, replace(whole, language="en-GB")))
    text = "正文" if view.brief else "摘要"

    assert (short.content, short.summary) == ("", f"{text} 来源：甲 &amp; 乙、丙（丁）")
    assert english.summary == f"{text} Sources: 甲 &amp; 乙, 丙 (丁)"


def test_a_brief_entry_without_content_has_the_beginning_of_its_summary() -> None:
    """The names of the sources are no content."""
    whole = replace(FULL, content=SafeHtml(""), summary=SafeHtml("很长的摘要"), origins=(Origin(title="甲"),))

    assert shortened(whole, View(brief=2), SITE).summary == "很长… 来源：甲"
