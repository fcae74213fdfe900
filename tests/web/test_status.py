"""The operator's picture as a page."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from feedsvc.publish.readers import readers_of
from feedsvc.store import Store, activity, facts, polls, sources, tallies, traffic
from feedsvc.store.schema import source, upstream
from feedsvc.store.traffic import Reads
from feedsvc.texts import en, zh
from feedsvc.update.upstreams import Poller
from feedsvc.web.plots import bars, line
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client
from tests.data.upstream import Upstream, answer, serving

FEED = """<rss version='2.0'><channel><title>新闻</title>
<item><title>甲&lt;b&gt;</title><link>https://news.example.org/1</link>
<description>&lt;p onclick=x()&gt;正文&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>乙</title><link>https://news.example.org/2</link><description>正文二</description></item>
</channel></rss>"""


@pytest.fixture
def server() -> Iterator[Upstream]:
    """A server with a feed, and with an address that fails."""
    with serving() as made:
        made.answers["/feed"] = answer(FEED)
        made.answers["/bad"] = answer("nothing", status=500)
        yield made


def configure(folder: Folder, server: Upstream) -> None:
    """Two upstreams, one of which fails, and a folder of seeds."""
    folder.configure(
        CONFIG
        + f"  'news <i>': {{kind: upstream, url: \"{server.url}/feed\", allow_private: true}}\n"
        + f'  bad: {{kind: upstream, url: "{server.url}/bad", allow_private: true}}\n'
    )


def poll(folder: Folder, store: Store, days: int = 0) -> None:
    """Poll what is due, so many days later."""
    config, now = folder.config(), NOW + timedelta(days=days)
    with store.write() as db:
        polls.define(db, config.upstreams, now)
    specs = {one.name: one for one in config.upstreams}
    Poller(store=store, specs=specs, catalogue=config.catalogue, clock=lambda: now, pause=0).drain()


def parsed(html: str) -> Any:
    """A page as a tree. The types of lxml are too wide to be of use here."""
    return lxml.html.document_fromstring(html)


def rows(web: FlaskClient, path: str = "/status") -> dict[str, str]:
    """The rows of sources on the page, by name: their texts and the titles of their plots."""
    table = parsed(web.get(path).text).find_class("sources")[0]
    return {row[0].text_content(): " ".join(row.text_content().split()) for row in table.xpath(".//tbody/tr")}


@pytest.fixture
def polled(folder: Folder, store: Store, server: Upstream, take_in: Callable[..., object]) -> FlaskClient:
    """A site after an update and three polls."""
    configure(folder, server)
    folder.write("a.txt", seed("文章"))
    take_in()
    for days in range(3):
        poll(folder, store, days)
    return client(folder, store, NOW + timedelta(days=2, minutes=1))


def test_each_source_has_a_row(polled: FlaskClient) -> None:
    """A row says the state in words, the last success, the next poll, entries a day and response times."""
    found = rows(polled)

    assert list(found) == ["bad", "articles", "news <i>"]
    assert "失败" in found["bad"]
    assert "已发布 0 篇 · 连续失败 3 次" in found["bad"]
    assert "the server answers 500" in found["bad"]
    assert "从未" in found["bad"]
    assert "正常" in found["news <i>"]
    assert "2026-11-26 20:00" in found["news <i>"]
    assert "最近 30 天每天的篇数：共 2 篇，一天最多 2 篇，今天 0 篇" in found["news <i>"]
    assert "每天 0.3 篇" in found["news <i>"]
    assert "每天 0.0 篇" in found["articles"]  # its article is older than a week
    assert re.search(r"最近 3 次响应的时间（毫秒）：最近一次 \d+，最短 \d+，最长 \d+", found["news <i>"])
    assert "事件代码 1 · 脚本 1" in found["news <i>"]
    assert "文件 1 个 · 已发布 1 篇" in found["articles"]


def test_the_page_says_what_needs_the_operator(polled: FlaskClient) -> None:
    """A source that failed three times in a row is named first, with the error."""
    (to_do,) = parsed(polled.get("/status").text).find_class("troubles")

    assert "来源 bad 连续失败 3 次。" in to_do.text_content()
    assert "/bad: the server answers 500" in to_do.text_content()


def test_polls_that_may_have_missed_entries_count(
    folder: Folder, store: Store, server: Upstream, take_in: Callable[..., object]
) -> None:
    """If no entry of an answer was known before, others may have come and gone between two polls."""
    configure(folder, server)
    take_in()
    for day in range(3):
        items = "".join(f"<item><title>第{day * 10 + n}条新闻</title></item>" for n in range(5))
        server.answers["/feed"] = answer(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>")
        poll(folder, store, day)
    web = client(folder, store, NOW + timedelta(days=3))

    assert "有 2 次轮询可能漏了文章" in rows(web)["news <i>"]
    assert "有新内容 3，无新内容 0，失败 3；可能漏了文章 2" in web.get("/status").text


def test_names_are_escaped(polled: FlaskClient) -> None:
    """The name of a source is text."""
    html = polled.get("/status").text

    assert "news &lt;i&gt;" in html
    assert "news <i>" not in html


def test_the_page_has_no_script_and_is_not_kept(polled: FlaskClient) -> None:
    """No script, no cookie, no cache, no search engine."""
    response = polled.get("/status")

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in response.headers
    assert "<script" not in response.text
    assert "style=" not in response.text


def test_the_page_can_be_read_without_eyes(polled: FlaskClient) -> None:
    """Headings are in order, headers of tables have a scope, and plots have a text."""
    page = parsed(polled.get("/status").text)
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4")]

    assert levels[0] == 1
    assert max(b - a for a, b in pairwise(levels)) <= 1
    assert [one for one in page.iter("th") if one.get("scope") not in {"row", "col"}] == []
    assert [one for one in page.iter("svg") if one.get("role") != "img" or not one.findtext("title")] == []
    assert page.get("lang") == "zh-CN"


def test_a_silent_source_is_named(
    folder: Folder, store: Store, server: Upstream, take_in: Callable[..., object]
) -> None:
    """A source whose newest entry is older than four usual gaps stands before those without fault."""
    configure(folder, server)
    take_in()
    poll(folder, store)
    with store.write() as db:
        one = sources.find_or_add(db, "news <i>")
        of = facts.of_source(db, one)
        facts.save(db, of, tallies.count_days(db, of, [NOW - timedelta(days=age) for age in range(1, 9)], NOW))
    found = rows(client(folder, store, NOW + timedelta(days=5)))

    assert list(found) == ["bad", "news <i>", "articles"]
    assert "久无更新：最新一篇在 5 天前" in found["news <i>"]
    assert "久无更新" not in rows(client(folder, store, NOW + timedelta(days=4)))["news <i>"]


def test_many_sources_have_pages(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A page has 200 sources at most. Those that fail come first, whatever their names."""
    take_in()
    folder.configure(
        CONFIG + "".join(f"  s{n:04}: {{kind: upstream, url: 'https://s{n}.example/feed'}}\n" for n in range(401))
    )
    with store.write() as db:
        polls.define(db, folder.config().upstreams, NOW)
        last = sa.select(source.c.id).where(source.c.name == "s0400").scalar_subquery()
        db.execute(
            sa.update(upstream).where(upstream.c.source_id == last).values(polled_at=NOW, error="no", failures=1)
        )
    web = client(folder, store)
    first, third, beyond, odd = (list(rows(web, f"/status?page={page}")) for page in (1, 3, 99, "x"))

    assert (len(first), first[:2]) == (200, ["s0400", "s0000"])
    assert third == ["s0399", "articles"]
    assert (beyond, odd) == (third, first)


def test_the_page_stays_short_if_all_sources_fail(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """The list of what needs the operator has 50 lines at most, and says how many more there are."""
    take_in()
    folder.configure(
        CONFIG + "".join(f"  s{n}: {{kind: upstream, url: 'https://s{n}.example/feed'}}\n" for n in range(60))
    )
    with store.write() as db:
        polls.define(db, folder.config().upstreams, NOW)
        db.execute(sa.update(upstream).values(polled_at=NOW, error="no", failures=3))
    (to_do,) = parsed(client(folder, store).get("/status").text).find_class("troubles")

    assert len(to_do) == 51
    assert to_do[-1].text_content() == "另有 10 个"


def test_readers_are_listed_by_feed(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Subscribers are shown by feed and aggregator: the highest number of each, and the sum over addresses."""
    take_in()
    with store.write() as db:
        reads = [
            Reads(address=address, name=name, feed="all", requests=3, subscribers=number)
            for address, name, number in (
                ("/feeds/all.rss", "Feedly", 16), ("/atom.xml", "Feedly", 2), ("/atom.xml", "curl", None),
            )
        ]  # fmt: skip
        traffic.save(db, {}, reads, NOW.date(), "other")
    (table,) = parsed(client(folder, store).get("/status").text).find_class("readers")

    assert [cell.text_content() for cell in table.xpath(".//tbody/tr/*")] == ["all", "18", "Feedly 18", "curl 3"]


def test_the_feed_with_the_most_subscribers_comes_first() -> None:
    """Feeds stand in the order of their subscribers, then of their names; so do aggregators."""
    reads = [
        Reads(address=f"/feeds/{feed}.rss", name=name, feed=feed, requests=1, subscribers=number)
        for feed, name, number in (("a", "F", 2), ("b", "F", 5), ("b", "N", 9), ("c", "F", 2), ("d", "curl", None))
    ]
    found = readers_of(reads)

    assert [(one.feed, one.total) for one in found] == [("b", 14), ("a", 2), ("c", 2), ("d", 0)]
    assert found[0].subscribers == (("N", 9), ("F", 5))


def test_the_work_and_the_storage_are_shown(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """The page says when work was done, which work is late, how far imports are, and how much is stored."""
    take_in()
    with store.write() as db:
        activity.record(db, "update", NOW - timedelta(hours=1), NOW - timedelta(minutes=30))
        activity.advance(db, "articles", NOW, 3, 9)
    text = client(folder, store).get("/status").text

    assert "有进程承诺的工作（update）没有按时完成" in text
    assert "9 个文件中的 3 个" in text
    assert re.search(r"<dt>数据库</dt><dd>[\d.]+ [kM]B</dd>", text)


@pytest.mark.parametrize(("language", "word"), [("zh-TW", "服务状态"), ("en", "Status"), ("fr", "Status")])
def test_the_page_speaks_the_language_of_the_site(
    folder: Folder, store: Store, take_in: Callable[..., object], language: str, word: str
) -> None:
    """Chinese for a Chinese site, else English; the page states its own language."""
    folder.configure(CONFIG.replace("title: 测试站", f"title: 测试站, language: {language}"))
    take_in()
    page = parsed(client(folder, store).get("/status").text)

    assert page.findtext(".//h1") == word
    assert page.get("lang") == ("zh-CN" if word == "服务状态" else "en")


def test_both_languages_say_the_same() -> None:
    """Each text is there in both languages, with the same places for values."""
    places = {key: sorted(re.findall(r"{\w+}", text)) for key, text in en.TEXTS.status.items()}

    assert places == {key: sorted(re.findall(r"{\w+}", text)) for key, text in zh.TEXTS.status.items()}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_that_does_not_answer(folder: Folder, store: Store, tmp_path: Path) -> None:
    """Without the database, the page answers 503."""
    store.close()
    (tmp_path / "data" / "feedsvc.sqlite3").write_bytes(b"x" * 4096)

    assert client(folder, store).get("/status").status_code == 503


@pytest.mark.parametrize("numbers", [[0], [0, 0], [5], [0, 1, 1000], list(range(50))])
def test_plots_stay_within_their_box(numbers: list[int]) -> None:
    """No point of a plot lies outside of its box, and a small number has a bar."""
    path = line(numbers)
    points = [float(one) for point in path.strip("M").split("L") for one in point.split()]

    assert all(0 <= one <= 120 for one in points[::2])
    assert all(0 <= one <= 28 for one in points[1::2])
    assert bars(numbers).count("M") == sum(one > 0 for one in numbers)
