"""Defined feeds with filters and with other feeds: who is in them, now and after each change."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from feedsvc.model import FORMATS
from feedsvc.publish import Publisher
from feedsvc.store import Store
from feedsvc.update import Report
from tests.conftest import CONFIG, NOW, Folder, seed

TakeIn = Callable[..., Report]
HOUR = timedelta(hours=1)

#: Documents of at most three entries, so that archives have pages.
WINDOW = "window: {items: 3, hours: 0}"


@pytest.fixture
def define(folder: Folder) -> Callable[..., None]:
    """Write a configuration with these feeds."""

    def write(**feeds: str) -> None:
        lines = "".join(f"  {slug}: {{{text}, {WINDOW}}}\n" for slug, text in feeds.items())
        folder.configure(f"{CONFIG}feeds:\n{lines}")

    return write


def _publisher(folder: Folder, store: Store) -> Publisher:
    return Publisher(store=store, configured=folder.config().catalogue)


def _all_bytes(folder: Folder, store: Store, slug: str) -> dict[str, bytes]:
    """The documents and the closed pages of a feed, in all formats."""
    publisher = _publisher(folder, store)
    found: dict[str, bytes] = {}
    for form in FORMATS:
        feed = publisher.find(slug)
        assert feed
        found[form] = publisher.document(feed, form, NOW).body
        feed = publisher.find(slug)
        assert feed
        for number in range(1, feed.closed_pages + 1):
            page = publisher.page(feed, number, form, NOW)
            found[f"{number}.{form}"] = page.document.body if page else b""
    return found


def _titles(folder: Folder, store: Store, slug: str) -> list[str]:
    documents = (json.loads(body) for name, body in _all_bytes(folder, store, slug).items() if name.endswith("json"))
    return sorted({entry["title"] for document in documents for entry in document["items"]})


def test_filters_choose_the_entries_of_a_feed(
    folder: Folder, store: Store, take_in: TakeIn, define: Callable[..., None]
) -> None:
    """A feed may have filters alone, and filters beside categories. New and edited entries come and go by them."""
    define(
        phones="filters: [{title: {words: [华为, 小米]}}]",
        long="categories: [手机], filters: [{content: 旗舰}, {none: [{author: {equals: 机器人}}]}]",
    )
    folder.write("1.txt", seed("華為新機", "<p>旗舰</p>", categories="[手机]"))
    folder.write("2.txt", seed("小米汽车", "<p>正文</p>", categories="[汽车]"))
    folder.write("3.txt", seed("苹果", "<p>旗舰</p>", categories="[手机]", author="机器人"))
    folder.write("4.txt", seed("魅族", "<p>正文</p>", categories="[手机]"))
    take_in()
    first = [_titles(folder, store, slug) for slug in ("phones", "long")]
    folder.write("1.txt", seed("荣耀新机", "<p>旗舰</p>", categories="[手机]"))
    folder.write("4.txt", seed("小米", "<p>旗舰新机</p>", categories="[手机]"))
    folder.write("5.txt", seed("华为", "<p>新的旗舰</p>", categories="[手机]"))
    take_in(NOW + HOUR)

    assert first == [["小米汽车", "華為新機"], ["華為新機"]]
    assert _titles(folder, store, "phones") == ["华为", "小米", "小米汽车"]
    assert _titles(folder, store, "long") == ["华为", "小米", "荣耀新机"]


def test_a_feed_of_feeds_follows_them(
    folder: Folder, store: Store, take_in: TakeIn, define: Callable[..., None]
) -> None:
    """A feed has the entries of any feed that it names, and follows a change of one of them, however far away."""
    feeds = {
        "cars": "filters: [{title: 汽车}]",
        "both": "feeds: [phones, cars]",
        "chosen": "feeds: [both], filters: [{none: [{title: 小米}]}]",
    }
    define(phones="categories: [手机]", **feeds)
    folder.write("1.txt", seed("华为", categories="[手机]"))
    folder.write("2.txt", seed("小米汽车", categories="[别的]"))
    folder.write("3.txt", seed("电动汽车", categories="[别的]"))
    folder.write("4.txt", seed("耳机", categories="[别的]"))
    take_in()
    first = [_titles(folder, store, slug) for slug in ("both", "chosen")]
    define(phones="filters: [{title: 耳机}]", **feeds)
    take_in(NOW + HOUR)

    assert first == [["华为", "小米汽车", "电动汽车"], ["华为", "电动汽车"]]
    assert [_titles(folder, store, slug) for slug in ("both", "chosen")] == [
        ["小米汽车", "电动汽车", "耳机"], ["电动汽车", "耳机"],
    ]  # fmt: skip


def test_a_rule_that_is_changed_back_gives_the_former_bytes(
    folder: Folder, store: Store, take_in: TakeIn, define: Callable[..., None]
) -> None:
    """A changed rule hides entries and shows others. Taken back, every document and closed page is as before."""
    define(chosen="filters: [{title: '[13579]'}]")
    for number in range(1, 19):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-01-{number:02}"))
    take_in()
    before = _all_bytes(folder, store, "chosen")
    define(chosen="filters: [{title: '[234]'}]")
    take_in(NOW + HOUR)
    between = _titles(folder, store, "chosen")
    define(chosen="filters: [{title: '[13579]'}]")
    take_in(NOW + 2 * HOUR)
    after = _all_bytes(folder, store, "chosen")

    assert between == sorted(f"第{number}篇" for number in range(1, 19) if set(str(number)) & set("234"))
    assert len(before) > len(FORMATS)
    assert {name: body for name, body in after.items() if name in before} == before


def test_an_old_article_that_comes_late_is_no_news(
    folder: Folder, store: Store, take_in: TakeIn, define: Callable[..., None]
) -> None:
    """`newer: 7d` counts back from the arrival of an entry. Time that goes by removes nothing."""
    define(news="filters: [{newer: 7d}]")
    folder.write("old.txt", seed("旧闻", date="2026-10-01"))
    folder.write("new.txt", seed("新闻", date="2026-11-20"))
    take_in()
    folder.write("late.txt", seed("迟到", date="2026-11-10"))
    folder.write("fresh.txt", seed("今天", date="2026-12-23"))
    take_in(NOW + timedelta(days=30))

    assert _titles(folder, store, "news") == ["今天", "新闻"]


def test_a_withdrawn_entry_keeps_its_place(
    folder: Folder, store: Store, take_in: TakeIn, define: Callable[..., None]
) -> None:
    """A file that is gone shows nothing that a filter could judge. When the file is back, its feed is as before."""
    define(chosen="filters: [{title: 篇}]")
    for number in range(1, 9):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-01-0{number}"))
    take_in()
    before = _all_bytes(folder, store, "chosen")
    text = (folder.path / "seeds" / "2.txt").read_text("utf-8")
    (folder.path / "seeds" / "2.txt").unlink()
    take_in(NOW + HOUR)
    without = _titles(folder, store, "chosen")
    folder.write("2.txt", text)
    take_in(NOW + 2 * HOUR)

    assert "第2篇" not in without
    assert _all_bytes(folder, store, "chosen") == before
