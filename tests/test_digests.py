"""Digests: a feed with one entry for all pieces of a period."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from feedsvc.cli.erasing import take_down
from feedsvc.cli.polling import release
from feedsvc.merge.blocks import target_of
from feedsvc.model import FORMATS, Period
from feedsvc.normalize.periods import period_of
from feedsvc.publish import Publisher
from feedsvc.publish import digests as digests_published
from feedsvc.store import Store, digested, digests, documents, feeds
from feedsvc.store.erasing import vacuum
from feedsvc.store.schema import digest, digest_piece, feed
from feedsvc.update import Report
from feedsvc.web import create_app
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.test_explaining import said
from tests.test_takedowns import held

TakeIn = Callable[..., Report]
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
#: The midnight of Shanghai after `NOW`.
MIDNIGHT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
GUID = "tag:example.org,2026:feed/daily/2026-11-24"


def _configure(folder: Folder, digest: str = "day", more: str = "", base: str = CONFIG) -> None:
    digest = f", digest: {digest}" if digest else ""
    text = f"title: 每日, categories: [新媒体]{digest}, window: {{items: 2, hours: 0}}{more}"
    folder.configure(f"{base}feeds:\n  daily: {{{text}}}\n")


@pytest.fixture
def begun(folder: Folder, take_in: TakeIn) -> TakeIn:
    """A feed of daily digests, with a piece of the first import."""
    _configure(folder)
    folder.write("old.txt", seed("旧文", date="2026-11-20 09:00"))
    take_in(NOW - DAY)
    return take_in


def _web(folder: Folder, store: Store) -> FlaskClient:
    return create_app(folder.config(), store, lambda: NOW).test_client()


def _items(folder: Folder, store: Store, address: str = "/feeds/daily.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_web(folder, store).get(address).data)["items"]
    return found


def _bytes(folder: Folder, store: Store) -> dict[str, bytes]:
    """All documents of the feed and of its archive."""
    web, publisher = _web(folder, store), Publisher(store=store, configured=folder.config().catalogue)
    names = [f"/feeds/daily.{form}" for form in FORMATS]
    found = {name: web.get(name).data for name in names}
    feed = publisher.find("daily")
    pages = range(1, feed.closed_pages + 1) if feed else ()
    more = [f"/feeds/daily/archive/{number}.{form}" for number in pages for form in FORMATS]
    return found | {name: web.get(name).data for name in more}


def _titles(items: list[dict[str, Any]]) -> list[str]:
    return [one["title"].removeprefix("每日 · ") for one in items]


def test_a_period_is_published_once_it_is_over(folder: Folder, store: Store, begun: TakeIn) -> None:
    """A day without pieces has no entry. The present day has none before its end, in local time, and then keeps it."""
    folder.write("a.txt", seed("甲文", "<p>甲的正文</p>"))
    begun(NOW)
    folder.write("b.txt", seed("乙文"))
    begun(MIDNIGHT - timedelta(seconds=1))
    open_ = _items(folder, store)
    begun(MIDNIGHT)
    over = _items(folder, store)
    before = _bytes(folder, store)
    folder.write("c.txt", seed("丙文"))
    begun(MIDNIGHT + HOUR)

    assert _titles(open_) == ["2026-11-20"]
    assert _titles(over) == ["2026-11-24", "2026-11-20"]
    assert (over[0]["id"], over[0]["date_published"]) == (GUID, "2026-11-24T16:00:00Z")
    html = over[0]["content_html"]
    assert 'href="https://feeds.example.org/articles/' in html
    assert "甲文" in html
    assert "甲的正文" in html
    assert "乙文" in html
    assert "丙文" not in html
    assert _bytes(folder, store) == before
    assert not any("每日" in one["title"] for one in _items(folder, store, "/feeds/all.json"))


def test_an_edit_changes_a_digest_quietly(folder: Folder, store: Store, begun: TakeIn) -> None:
    """An edited piece changes the text of its digest under the same guid and date; a piece that leaves is not there."""
    for name in ("a", "b"):
        folder.write(f"{name}.txt", seed(f"{name}文"))
    begun(NOW)
    begun(MIDNIGHT)
    (first, *_) = _items(folder, store)
    folder.write("a.txt", seed("改过的题"))
    folder.write("b.txt", seed("b文", categories="[别的]"))
    begun(MIDNIGHT + HOUR)
    (second, *_) = _items(folder, store)
    folder.write("a.txt", seed("改过的题", categories="[别的]"))
    begun(MIDNIGHT + 2 * HOUR)

    assert [second[key] for key in ("id", "title", "date_published")] == [
        first[key] for key in ("id", "title", "date_published")
    ]
    assert second["date_modified"] == "2026-11-24T17:00:00Z"
    assert "改过的题" in second["content_html"]
    assert "b文" not in second["content_html"]
    assert _titles(_items(folder, store)) == ["2026-11-20"]
    folder.write("a.txt", seed("改过的题"))
    begun(MIDNIGHT + 3 * HOUR)
    assert _items(folder, store)[0]["id"] == GUID


def test_a_take_down_removes_a_piece_from_its_digest(folder: Folder, store: Store, begun: TakeIn) -> None:
    """No stored byte, page or view of a digest has a piece that was taken down, in archives too."""
    for number in range(4):
        folder.write(f"{number}.txt", seed(f"第{number}篇", f"<p>正文{number}</p>"))
        begun(NOW + number * DAY)
    begun(NOW + 4 * DAY)
    app = create_app(folder.config(), store, lambda: NOW)
    stale = app.test_client()
    stale.get("/feeds/daily.json")
    page = next(one["url"] for one in _items(folder, store, "/feeds/daily/archive/1.json") if "24" in one["title"])
    paths = ("/feeds/daily/archive/1.json", "/feeds/daily.json?after=0", "/feeds/daily", "/embed/daily", page)
    before = [("第0篇" in stale.get(path).text, "第1篇" in stale.get(path).text) for path in paths]
    texts = ("tag:example.org,2026:articles/0.txt", "tag:example.org,2026:articles/3.txt")
    targets = [target_of(text, "https://feeds.example.org") for text in texts]
    take_down(folder.config(), store, targets, None, NOW + 5 * DAY)
    vacuum(store)
    stored = held(store)
    app.extensions["feedsvc.changes"].look()
    now = create_app(folder.config(), store, lambda: NOW).test_client()

    assert before[0][0]
    assert before[1] == (True, True)
    assert before[4][0]
    assert not any(word.encode() in stored for word in ("第0篇", "正文0", "第3篇"))
    assert not any("第0篇" in client.get(path).text for client in (stale, now) for path in paths)
    assert now.get(page).status_code == 410
    assert _titles(_items(folder, store)) == ["2026-11-26", "2026-11-25"]
    deleted = json.loads(now.get("/feeds/daily.json?after=0").data)["_feedsvc"]["deleted"]
    assert {"id": GUID, "when": "2026-11-29T12:00:00Z"} in deleted


def test_archives_and_cursors_have_each_digest_once(folder: Folder, store: Store, begun: TakeIn) -> None:
    """The document and its archive have each digest once, and closed pages keep their bytes. A cursor sees changes."""
    kept: dict[str, bytes] = {}
    for number in range(7):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
        begun(NOW + number * DAY)
        found = _bytes(folder, store)
        assert {name: found[name] for name in kept} == kept
        kept = {name: body for name, body in found.items() if "archive" in name}
    found = {name: body for name, body in _bytes(folder, store).items() if name.endswith("json")}
    documents = {name: [one["id"] for one in json.loads(body)["items"]] for name, body in found.items()}
    web = _web(folder, store)
    first = json.loads(web.get("/feeds/daily.json?after=0&limit=4").data)
    rest = json.loads(web.get(first["next_url"].removeprefix("https://feeds.example.org")).data)
    end = json.loads(web.get(rest["next_url"].removeprefix("https://feeds.example.org")).data)
    folder.write("2.txt", seed("改过的第二篇"))
    begun(NOW + 6 * DAY + HOUR)
    changed = _items(folder, store, rest["next_url"].removeprefix("https://feeds.example.org"))

    ids = {name for one in documents.values() for name in one}
    pages = [one for name, of in documents.items() if "archive" in name for one in of]
    assert len(kept) == 9
    assert len(ids) == 7
    assert len(pages) == len(set(pages)) == 6
    assert len(rest["items"]) == 3
    assert end["items"] == []
    assert _titles(changed) == ["2026-11-26"]


def test_views_and_pages_show_digests(folder: Folder, store: Store, begun: TakeIn) -> None:
    """Limits count digests, filters choose their pieces. The page, the frame and the article of a digest show it."""
    for number in range(3):
        for word in ("芯片", "1<2 手机&"):
            folder.write(f"{number}{word[0]}.txt", seed(f"{word}{number}", link="https://news.example/x?a=1&b=2"))
        begun(NOW + number * DAY)
    begun(NOW + 3 * DAY)
    web = _web(folder, store)
    (chips, *_) = found = _items(folder, store, "/feeds/daily.json?filter=芯片")
    (short,) = _items(folder, store, "/feeds/daily.json?limit=1&mode=summary")
    article = web.get(found[0]["url"].removeprefix("https://feeds.example.org"))

    assert _titles(found) == ["2026-11-26", "2026-11-25"]
    assert "芯片2" in chips["content_html"]
    assert "手机" not in chips["content_html"]
    assert short["content_html"] == "1&lt;2 手机&amp;2；芯片2"
    assert _titles(_items(folder, store, "/feeds/daily.json?limit=10")) == [
        "2026-11-26", "2026-11-25", "2026-11-24", "2026-11-20",
    ]  # fmt: skip
    for path in ("/feeds/daily", "/embed/daily"):
        assert "每日 · 2026-11-26" in web.get(path).text
    assert "1&lt;2 手机&amp;2</a>" in article.text
    assert 'href="https://news.example/x?a=1&amp;b=2"' in article.text
    assert "每日 · 2026-11-25" in article.text
    assert "每日 · 2026-11-26" in web.get("/").text
    assert "2026-11-26" not in web.get("/search?q=每日").text


def test_a_digest_that_is_taken_back_gives_the_former_feed(folder: Folder, store: Store, begun: TakeIn) -> None:
    """Without `digest`, all documents have their former bytes again. Put back, the guids are the same."""
    _configure(folder, "")
    for number in range(6):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
        begun(NOW + number * DAY)
    former = _bytes(folder, store)
    _configure(folder)
    begun(NOW + 6 * DAY)
    first = _bytes(folder, store)
    _configure(folder, "week")
    begun(NOW + 6 * DAY)
    weeks = _titles(_items(folder, store))
    _configure(folder, "")
    begun(NOW + 6 * DAY)
    between = _bytes(folder, store)
    _configure(folder)
    begun(NOW + 6 * DAY)

    assert between == former != first == _bytes(folder, store)
    assert weeks == ["2026 年第 48 周", "2026 年第 47 周"]


def test_hours_names_and_sources_of_pieces(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A digest names the source of each piece, and none of a private one. Its text has the language of the feed."""
    base = CONFIG.replace("path: seeds}", "path: seeds, rights: {kind: licensed, holder: 通讯社}}")
    _configure(folder, "hour", ", language: en", base)
    folder.write("a.txt", seed("甲", date="2026-11-20 09:10", link="https://news.example/a"))
    folder.write("b.txt", seed("乙", date="2026-11-20 09:50"))
    take_in()
    (item,) = _items(folder, store)
    _configure(folder, "hour", "", base.replace("kind: licensed", "kind: private"))
    take_in(NOW + HOUR)

    assert item["id"] == "tag:example.org,2026:feed/daily/2026-11-20T01Z"
    assert (item["title"], item["date_published"]) == ("每日 · 2026-11-20 09:00", "2026-11-20T02:00:00Z")
    assert 'Source: <a href="https://news.example/a" rel="noopener noreferrer ugc">通讯社</a>' in item["content_html"]
    assert "（通讯社）" in item["summary"] or " (通讯社)" in item["summary"]
    assert _items(folder, store) == []


def test_a_late_piece_is_added_under_the_same_guid(folder: Folder, store: Store, begun: TakeIn) -> None:
    """A piece whose arrival lies in a published period joins that digest, and no other digest changes."""
    folder.write("a.txt", seed("甲"))
    begun(NOW)
    begun(MIDNIGHT)
    (first, other) = _items(folder, store)
    folder.write("late.txt", seed("迟到"))
    begun(NOW + HOUR)
    begun(MIDNIGHT + HOUR)
    (second, same) = _items(folder, store)

    assert "迟到" in second["content_html"]
    assert second["id"] == first["id"]
    assert same == other
    assert second["date_modified"] == first["date_modified"]


def test_closing_writes_only_when_a_period_is_over(folder: Folder, store: Store, begun: TakeIn) -> None:
    """A process that looks again, or looks before the end of a period, changes nothing."""
    folder.write("a.txt", seed("甲"))
    begun(NOW)
    catalogue = folder.config().catalogue
    ends = [MIDNIGHT - timedelta(seconds=1), MIDNIGHT, MIDNIGHT, MIDNIGHT + DAY]

    assert [digests.close(store, catalogue, one) for one in ends] == [0, 1, 0, 0]


def test_processes_that_close_a_period_together_publish_it_once(folder: Folder, store: Store, begun: TakeIn) -> None:
    """Of several processes that see the end of a period at the same moment, one publishes it, and the others go on."""
    folder.write("a.txt", seed("甲"))
    begun(NOW)
    catalogue = folder.config().catalogue
    with ThreadPoolExecutor(4) as pool:
        published = list(pool.map(lambda _: digests.close(store, catalogue, MIDNIGHT), range(4)))

    assert sorted(published) == [0, 0, 0, 1]
    assert _titles(_items(folder, store)) == ["2026-11-24", "2026-11-20"]


def test_a_digest_lists_its_newest_pieces_and_counts_the_others(
    folder: Folder, store: Store, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a digest is read, it lists the newest by date. Digests have a bound of pieces in all, but one stays."""
    _configure(folder)
    for number in range(12):
        title = f"第{number}篇{'手机' if number % 2 else ''}"
        folder.write(f"{number}.txt", seed(title, date=f"2026-10-{10 + number // 4} 0{number % 4}:00"))
    take_in(NOW)
    digests.close(store, folder.config().catalogue, MIDNIGHT)
    whole = _listed(folder, store)
    monkeypatch.setattr(digested, "MOST_PIECES", 2)
    listed = [
        _listed(folder, store, query)
        for query in ("?limit=9", "?after=0", "?limit=9&filter_title=篇", "?limit=9&filter_title=手")
    ]
    monkeypatch.setattr(digests_published, "MOST_LISTED", 4)
    bounded = [
        _listed(folder, store, query)
        for query in ("?limit=9", "?limit=9&brief=100", "?limit=9&filter_title=篇", "?after=0")
    ]
    monkeypatch.setattr(digests_published, "MOST_LISTED", 1)

    days = [[11, 10, 9, 8], [7, 6, 5, 4], [3, 2, 1, 0]]
    assert whole == [(day, "") for day in days]
    assert listed[0] == listed[2] == [(day[:2], "2") for day in days]
    assert listed[1] == listed[0][::-1]
    assert listed[3] == [([11, 9], ""), ([7, 5], ""), ([3, 1], "")]
    assert [len(one) for one in bounded] == [2, 2, 2, 2]
    assert _listed(folder, store, "?limit=9") == listed[0][:1]


def _listed(folder: Folder, store: Store, query: str = "?limit=9") -> list[tuple[list[int], str]]:
    """The numbers of the pieces that each digest lists, and the number of those that it does not list."""
    found = []
    for item in _items(folder, store, f"/feeds/daily.json{query}"):
        html = item.get("content_html") or item["summary"]
        more = re.search(r"<p>[^<]*?(\d+)[^<]*</p>$", html)
        found.append(([int(one) for one in re.findall(r"第(\d+)篇", html)], more[1] if more else ""))
    return found


@pytest.mark.parametrize(("stories", "parts"), [(1, 1), (3, 2), (1, 9)])
def test_digests_in_parts_are_those_of_one_transaction(
    folder: Folder, store: Store, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch, stories: int, parts: int
) -> None:
    """The first digests of a feed come in several transactions. After a kill between two, the rest follows."""
    _configure(folder)
    for number in range(9):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-10-{10 + number // 2}"))
    take_in(NOW)
    catalogue = folder.config().catalogue
    digests.close(store, catalogue, MIDNIGHT)
    at_once = _pieces(store)
    with store.write() as db:
        digests.begin(db, db.scalars(sa.select(feed.c.id).where(feed.c.slug == "daily")).one(), "day")
    monkeypatch.setattr(digests, "STORIES", stories)
    monkeypatch.setattr(digests, "PARTS", parts)
    with store.read() as db:
        rows = digests._digesting(db, {"daily": catalogue.defined()["daily"]})
        sizes = [one.size for row in rows for one in digests._parts(db, row, catalogue.site, MIDNIGHT)]
    turns = iter(range(99))
    publish = digests._publish

    def killed(*given: Any) -> None:
        publish(*given)
        if next(turns) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(digests, "_publish", killed)
    with suppress(KeyboardInterrupt):
        digests.close(store, catalogue, MIDNIGHT)
    some = _pieces(store)
    digests.close(store, catalogue, MIDNIGHT)

    assert max(sizes) == max(stories, 2)
    assert some == at_once[: len(some)] != at_once
    assert _pieces(store) == at_once
    assert digests.close(store, catalogue, MIDNIGHT) == 0


def _pieces(store: Store) -> list[tuple[Any, ...]]:
    """Each digest with its stories, in order of publication."""
    columns = (digest.c.position, digest.c.period, digest.c.guid, digest_piece.c.story_id)
    found = (
        sa.select(*columns).join(digest_piece, digests.IN_DIGEST).order_by(digest.c.position, digest_piece.c.story_id)
    )
    with store.read() as db:
        return [tuple(row) for row in db.execute(found)]


@pytest.mark.usefixtures("begun")
def test_the_worker_publishes_digests_without_any_poll(folder: Folder, store: Store) -> None:
    """The worker publishes digests of periods that are over, and makes the documents, although no upstream is due."""
    _configure(folder, "week")
    config = folder.config()
    with store.write() as db:
        feeds.define(db, config.catalogue, NOW)
    before = _items(folder, store)
    release(config, store)
    with store.read() as db:
        made = documents.load(db, present.id, "json") if (present := feeds.find(db, "daily")) else None

    assert before == []
    assert made
    assert _titles(json.loads(made.document.body)["items"]) == ["2026 年第 47 周"]


def test_explain_names_the_digest_of_a_piece(folder: Folder, store: Store, begun: TakeIn) -> None:
    """`feedsvc explain` says in which digest a piece is, or that its period is not over."""
    folder.write("a.txt", seed("甲"))
    begun(NOW)
    waiting = said(folder, store, "a.txt")
    begun(MIDNIGHT)

    assert "in feed daily: position 2, in no digest yet, because its period is not over" in waiting
    assert f"in feed daily: position 2, in the digest {GUID}" in said(folder, store, "a.txt")


@pytest.mark.parametrize(
    ("kind", "zone", "moment", "name", "hours"),
    [
        ("day", "Europe/Berlin", "2026-03-29T12:00+00:00", "2026-03-29", 23),
        ("day", "Africa/Cairo", "2026-04-24T12:00+00:00", "2026-04-24", 23),
        ("day", "Europe/Berlin", "2026-10-24T22:00+00:00", "2026-10-25", 25),
        ("week", "Asia/Shanghai", "2026-12-31T16:00+00:00", "2026-W53", 168),
        ("week", "Europe/Berlin", "2026-10-25T22:59:59+00:00", "2026-W43", 169),
        ("hour", "Asia/Kolkata", "2026-10-25T00:59:59+00:00", "2026-10-25T00Z", 1),
    ],
)
def test_periods_are_those_of_the_calendar(kind: Period, zone: str, moment: str, name: str, hours: int) -> None:
    """Days and weeks begin at local midnight, also where clocks change, and meet without a gap."""
    at, of = datetime.fromisoformat(moment), ZoneInfo(zone)
    found = period_of(kind, at, of)

    assert (found.name, found.ends_at - found.begins_at) == (name, hours * HOUR)
    assert found.begins_at <= at < found.ends_at
    assert period_of(kind, found.ends_at, of).begins_at == found.ends_at
    assert period_of(kind, found.begins_at, of) == found


def test_a_digest_waits_for_the_delay_of_its_feed(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """With a delay, a digest is published once, with all its pieces: when the last of them may have come in."""
    _configure(folder, "hour", ", delay: 90")
    folder.write("old.txt", seed("旧文", date="2026-11-20 09:00"))
    take_in(NOW - DAY)
    for number in range(6):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
        take_in(NOW + number * 10 * MINUTE)
    seen = []
    for minutes in range(60, 170, 10):
        take_in(NOW + minutes * MINUTE)
        first = _items(folder, store)[0]
        seen.append(first["content_html"].count("<li") if first["id"].endswith("12Z") else 0)

    assert seen == [0] * 9 + [6, 6]


def test_a_digest_that_is_gone_leaves_its_neighbours_next_to_each_other(
    folder: Folder, store: Store, begun: TakeIn
) -> None:
    """The page of a digest leads to the next digest that has a piece, over those that have none any more."""
    for number in range(3):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
        begun(NOW + number * DAY)
    begun(NOW + 3 * DAY)
    folder.write("1.txt", seed("别处", categories="[别的]"))
    begun(NOW + 3 * DAY + HOUR)
    pages = {
        one["id"][-10:]: _web(folder, store).get(one["url"].removeprefix("https://feeds.example.org")).text
        for one in _items(folder, store)
    }

    assert list(pages) == ["2026-11-26", "2026-11-24"]
    assert "2026-11-24" in pages["2026-11-26"]
    assert "2026-11-26" in pages["2026-11-24"]


@pytest.mark.usefixtures("begun")
def test_filters_follow_the_changes_of_digests(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A digest has the pieces that fit. One without such a piece counts as deleted, but not for who begins."""
    folder.write("a.txt", seed("芯片一"))
    folder.write("b.txt", seed("别的"))
    take_in(NOW)
    take_in(NOW + DAY)
    address = "/feeds/daily.json?filter_title=芯片&after="
    begun = json.loads(_web(folder, store).get(f"{address}0").data)
    folder.write("a.txt", seed("改了题目"))
    take_in(NOW + DAY + HOUR)
    changed = json.loads(_web(folder, store).get(address + begun["_feedsvc"]["after"]).data)

    assert [one["content_html"].count("<li") for one in begun["items"]] == [1]
    assert "deleted" not in begun["_feedsvc"]
    assert (changed["items"], [one["id"] for one in changed["_feedsvc"]["deleted"]]) == ([], [GUID])
