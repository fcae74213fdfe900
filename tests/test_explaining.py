"""`feedsvc explain`: each reason why an entry is, or is not, where somebody looks for it; on both databases."""

import inspect
import json
import os
import re
from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import lxml.html
import pytest
from click.testing import CliRunner

from feedsvc.cli import main
from feedsvc.cli.erasing import take_down
from feedsvc.cli.explaining import lines
from feedsvc.identity import article_id
from feedsvc.merge.blocks import target_of
from feedsvc.publish import Publisher
from feedsvc.publish.choices import FeedAnswer
from feedsvc.publish.explaining import SIGNS, Configured, Explanation, Question, explain
from feedsvc.publish.rawness import pretty
from feedsvc.publish.reasons import ReasonKind
from feedsvc.store import Store, naming
from feedsvc.texts import LANGUAGES
from feedsvc.update import Report
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import client
from tests.data.upstream import Upstream, answer
from tests.test_upstreams import HOUR, Polls, poll, upstream

__all__ = ["poll", "upstream"]

TakeIn = Callable[..., Report]

GUID = "tag:example.org,2026:articles/a.txt"
PAGE = f"https://feeds.example.org/articles/{article_id(GUID)}"
DAY = timedelta(days=1)


def asked(folder: Folder, store: Store, text: str, feed: str | None = None, after: timedelta = HOUR) -> Explanation:
    """The explanation of a name, an hour after the import."""
    config = folder.config()
    configured = Configured(catalogue=config.catalogue, seeds=config.sources, upstreams=config.upstreams)
    question = Question(text=text, feed=feed, path=str(folder.path / text))
    return explain(store, configured, question, NOW + after)


def said(folder: Folder, store: Store, text: str, feed: str | None = None, after: timedelta = HOUR) -> str:
    """The same in words."""
    return "\n".join(line.strip() for line in lines(asked(folder, store, text, feed, after)))


def test_each_name_of_an_entry_finds_it(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A guid, a link, a page here and a path lead to the entry. If nothing does, the words say what was searched."""
    folder.write("a.txt", seed("甲", link="https://news.example/1.htm"))
    take_in()
    named = {
        GUID: "guid, guid of the story", "http://www.news.example/1.htm?utm_source=x": "link", PAGE: "page here",
        f"/articles/{article_id(GUID)}": "page here", "a.txt": "file", "./a.txt": "file", "articles/a.txt": "file",
        "seeds/a.txt": "file", str(folder.path / "seeds" / "a.txt"): "file",
    }  # fmt: skip
    for text, by in named.items():
        told = said(folder, store, text)
        assert f"found by: {by}\n" in told, text
        assert f"file: {folder.path}/seeds/a.txt:1\n" in told
        assert "\nshown\n" in told
        assert "in feed all: position 1, in the document, since 2022-07-25 14:48:32 UTC" in told
        assert "in feed 新媒体: position 1" in told

    nothing = asked(folder, store, "https://user:secret@news.example/2.htm?token=secret")
    told = "\n".join(lines(nothing))
    assert not nothing.is_found
    assert told.startswith("nothing that is stored has this name\n  searched by guid: https://news.example/2.htm")
    assert "secret" not in told


def test_the_page_for_the_operator(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The page says the same as the command, in the language of its reader, and never shows content as markup."""
    folder.write("a.txt", seed("甲 & 乙", body="<p onclick=x()>文</p><script>evil()</script>"))
    take_in()
    web = client(folder, store, NOW + HOUR)
    asking = {"of": GUID, "feed": "手机"}
    read = {
        language: web.get("/explain", query_string=asking, headers={"Accept-Language": language})
        for language in ["en", "zh"]
    }
    items = [" ".join(str(one.xpath("string()")).split()) for one in lxml.html.fromstring(read["en"].text).iter("li")]
    plain = [" ".join(line.split()) for line in lines(asked(folder, store, GUID, "手机"))]

    assert items == plain
    assert "订阅源 手机：不存在" in read["zh"].text
    assert "来源 articles（文件）的条目：甲 &amp; 乙" in read["zh"].text
    assert "<script" not in read["en"].text
    assert web.get("/explain").status_code == 200
    assert web.get("/explain?of=a&of=b").status_code == 400
    assert "没有保存过这个名称的内容" in web.get("/explain?of=%00nothing%ff").text


def test_each_reason_of_a_seed(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Drafts, files with a problem, files that are gone and dates in the future keep an entry from readers."""
    folder.write("draft.txt", seed("稿", published="false"))
    folder.write("broken.txt", "---\ntitle: [x\n---\n")
    folder.write("future.txt", seed("来", date="2026-11-30 08:00"))
    for name in ("gone.txt", "hidden.txt", "later.txt"):
        folder.write(name, seed(name))
    take_in()
    (folder.path / "seeds" / "gone.txt").unlink()
    folder.write("hidden.txt", seed("hidden.txt", published="false"))
    folder.write("later.txt", "---\ntitle: [x\n---\n")
    take_in(NOW + HOUR)

    assert (
        "file draft.txt of source articles has no entry: its file draft.txt says that the article is a draft"
        in said(folder, store, "draft.txt")
    )
    assert "has no entry: its file has a problem: broken.txt:" in said(folder, store, "broken.txt")
    future = said(folder, store, "future.txt", "all")
    assert "not shown: its date is in the future: it is due at 2026-11-30 00:00:00 UTC" in future
    assert future.startswith("story without a guid: it is not placed yet")
    assert "feed all cannot have the story yet" in future
    assert "not shown: its file gone.txt is gone (withdrawn 2026-11-24 13:00:00 UTC)" in said(folder, store, "gone.txt")
    hidden = said(folder, store, "hidden.txt", "all")
    assert "not shown: its file hidden.txt says that the article is a draft, or is not public (withdrawn" in hidden
    later = said(folder, store, "later.txt")
    assert "\nshown\nnote: its file has a problem: later.txt:" in later
    assert "not shown: it waits for its feeds" in said(folder, store, "future.txt", after=7 * DAY)


def test_a_private_source(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The operator sees the entries of a private source, and that no feed can have them."""
    folder.write("a.txt", seed("甲"))
    take_in()
    folder.configure(CONFIG.replace("path: seeds", "path: seeds, rights: private"))
    take_in(NOW + HOUR)
    told = said(folder, store, GUID, "all")

    assert "not shown: its source is private" in told
    assert "in feed all: position 1, which shows nothing now" in told
    assert "feed all has the story at its position, and shows no entry of it now" in told


def test_a_take_down(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The erased story and the take-down that blocks the piece are named, and the file that is blocked."""
    folder.write("a.txt", seed("甲", link="https://news.example/1.htm"))
    take_in()
    config = folder.config()
    take_down(config, store, [target_of(GUID, config.site.base_url)], "侵权", NOW)
    folder.write("a.txt", seed("甲二", link="https://news.example/1.htm"))
    take_in(NOW + HOUR)

    for text in (GUID, "https://news.example/1.htm"):
        told = said(folder, store, text)
        assert "nothing that is stored has this name" in told
        assert f"take-down 1 of 2026-11-24 12:00:00 UTC blocks it (guid {GUID}): 侵权" in told
    assert f"story {GUID} was erased at 2026-11-24 12:00:00 UTC, by take-down 1" in said(folder, store, PAGE)
    assert "has no entry: the content of its file a.txt was taken down" in said(folder, store, "a.txt")


#: Two upstreams with one piece, and rules.
UPSTREAMS = """\
  short: {kind: upstream, url: 'URL/short?key=secret', allow_private: true}
  full: {kind: upstream, url: URL/full, allow_private: true, keep: [{title: 芯片}, {title: {words: [大模型]}}],
    drop: [{author: 机器人}, {all: [{title: 广告}, {has: picture}]}]}
"""


def item(number: int, title: str, text: str, author: str = "张三") -> str:
    """An item of RSS."""
    return (
        f"<item><title>{title}</title><link>https://news.example/{number}.htm</link><guid>urn:x-news:{number}</guid>"
        f"<author>{author}</author><description><![CDATA[{text}]]></description>"
        "<pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate></item>"
    )


def rss(*items: str) -> bytes:
    """An answer with these items."""
    return answer(f'<rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>')


def test_rules_and_the_fuller_member(folder: Folder, store: Store, poll: Polls, upstream: Upstream) -> None:
    """The rule that drops an entry is named with its deciding conditions; so are the fuller member and shared signs."""
    title = "国产大模型芯片完成新一轮测试：第一号报道"
    upstream.answers["/short?key=secret"] = rss(item(1, title, "<p>短</p>"))
    picture = "<p>文</p><img src='https://img.example/a.png'>"
    upstream.answers["/full"] = rss(
        item(1, title, "<p>很长的正文</p>"), item(2, "天气", picture), item(3, "芯片广告", picture),
        item(4, "芯片四", picture, "机器人"),
    )  # fmt: skip
    poll.now = NOW
    poll.configure(UPSTREAMS, upstream)
    poll.run()
    twin, kept = said(folder, store, "urn:x-news:1"), said(folder, store, "urn:x-news:2")
    ads, robot = said(folder, store, "urn:x-news:3"), said(folder, store, "https://news.example/4.htm")

    assert "not shown: its story shows the entry of full, which is fuller (12 and 8 characters)" in twin
    assert "the same guid as the entry of full\nthe same page as the entry of full\nthe same headline" in twin
    assert f"polled: {upstream.url}/short\n" in twin
    assert "secret" not in twin
    assert 'no filter of keep fits: [{"title":{"regex":"芯片"}},{"title":{"words":["大模型"]}}]' in kept
    assert '{"title": {"words": ["大模型"]}} does not fit' in kept
    assert 'a filter of drop fits: [{"has":"picture"},{"title"' in ads
    assert '{"has": "picture"} fits' in ads
    assert 'a filter of drop fits: [{"author":' in robot
    poll.configure(UPSTREAMS.partition(" keep:")[0].rstrip(",") + "}\n", upstream)
    assert "no present rule does; the next poll judges it again" in said(folder, store, "urn:x-news:2")


FEEDS = """\
categories: {手机: {}}
feeds:
  cars: {categories: [汽车]}
  news: {sources: [news]}
  short: {filters: [{title: {words: [甲]}}, {none: [{content: 旗舰}]}]}
  both: {feeds: [cars, short]}
  outer: {feeds: [both], filters: [{title: 甲}]}
  mine: {sources: [articles], filters: [{title: 甲}]}
"""


def test_the_condition_that_keeps_a_story_from_a_feed(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A feed says which part of its selection does not hold, down to the feeds that it names."""
    folder.configure(CONFIG + "  news: {kind: upstream, url: 'https://news.example/feed'}\n" + FEEDS)
    folder.write("a.txt", seed("甲", "<p>旗舰</p>", categories="[电脑]"))
    take_in()
    told = {
        slug: said(folder, store, "a.txt", slug) for slug in ("cars", "news", "short", "outer", "mine", "手机", "no")
    }

    assert (
        "feed cars does not select the story\nthis feed: it wants one of the categories 汽车; the story has 电脑"
        in (told["cars"])
    )
    assert "it wants one of the categories 手机; the story has 电脑" in told["手机"]
    assert "this feed: it wants one of the sources news; the story is of articles" in told["news"]
    assert "this feed: its filters do not fit (decided by" in told["short"]
    assert '"旗舰"' in told["short"].partition("decided by")[2]
    assert "this feed: it wants one of the feeds both, and none of them has the story" in told["outer"]
    assert "feed both: it wants one of the feeds cars, short, and none of them has the story" in told["outer"]
    assert "feed cars: it wants one of the categories 汽车" in told["outer"]
    assert "feed short: its filters do not fit" in told["outer"]
    assert "feed mine has the story\nthis feed: selects it (decided by" in told["mine"]
    assert "feed no is unknown" in told["no"]

    folder.write("a.txt", seed("乙", "<p>旗舰</p>", categories="[电脑]"))
    take_in(NOW + HOUR)
    assert "feed mine does not select the story; the story left it, and had position 1" in (
        said(folder, store, "a.txt", "mine")
    )
    (folder.path / "seeds" / "a.txt").unlink()
    take_in(NOW + 2 * HOUR)
    assert "feed mine cannot have the story: all of its entries are withdrawn" in said(folder, store, "a.txt", "mine")
    folder.configure(CONFIG)
    take_in(NOW + 3 * HOUR)
    assert "feed mine is not in the configuration any more" in said(folder, store, "a.txt", "mine")


def test_the_document_or_the_page_of_the_archive(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An old entry is on a closed page, and a new one in the document, as these documents have them."""
    folder.configure(CONFIG + "feeds: {all: {window: {items: 2, hours: 0}}}\n")
    for number in range(1, 6):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-01-0{number}"))
    take_in()
    publisher = Publisher(store=store, configured=folder.config().catalogue)
    feed = publisher.find("all")
    assert feed
    titles = [one["title"] for one in json.loads(publisher.document(feed, "json", NOW).body)["items"]]
    told = {f"第{number}篇": asked(folder, store, f"{number}.txt").stories[0].feeds[0] for number in range(1, 6)}

    assert {title for title, place in told.items() if place.is_in_document} == {*titles}
    assert [place.page for place in told.values()] == [1, 1, 2, 2, None]
    assert "in feed all: position 1, in page 1 of the archive" in said(folder, store, "1.txt")


def test_the_work_of_the_sanitiser(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Removed elements are counted, changes are shown within lines, and a terminal obeys no character of a source."""
    body = "<p onclick='x()'>正文\x1b[31m\u202e</p><script>evil()</script><p>同</p>"
    folder.write("a.txt", seed("甲", body))
    take_in()
    folder.write("a.txt", seed("甲", body + "<p>新</p>"))
    take_in(NOW + HOUR)
    one = asked(folder, store, "a.txt").stories[0].entries[0]
    told = said(folder, store, "a.txt")

    assert one.removed == {"handlers": 1, "scripts": 1}
    assert "removed: 1 handlers, 1 scripts\n" in told
    assert "<script>evil()</script>-]" in told
    assert "[- onclick=" in told
    assert "revisions: 1, replaced at 2026-11-24 13:00:00 UTC" in told
    assert pretty("<div><p>a <b>b</b></p>c<br>d</div>") == ["<div>", "<p>a <b>b</b></p>", "c<br>", "d</div>"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_command(folder: Folder, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code says whether something was found. JSON has the same facts, and escapes what a terminal obeys."""
    folder.write("a.txt", seed("甲", "<p>文\x9b31m\u202e</p><script>x</script>"))
    take_in()
    for name, value in folder.environ(DATABASE_URL=folder.database_url).items():
        monkeypatch.setitem(os.environ, name, value)
    monkeypatch.chdir(folder.path)
    found, absent = (CliRunner().invoke(main, ["explain", name]) for name in ("seeds/a.txt", "b.txt\x1b[31m"))
    written = CliRunner().invoke(main, ["explain", GUID, "--feed", "all", "--json"])
    nowhere = CliRunner().invoke(main, ["explain", GUID, "--feed", "nosuch"])
    facts = json.loads(written.output)

    assert (found.exit_code, absent.exit_code, written.exit_code, nowhere.exit_code) == (0, 1, 0, 1)
    assert found.output.startswith(f"story {GUID}\n")
    for text in (found.output, absent.output, written.output):
        assert not {*text} & {"\x1b", "\x9b", "\u202e"}
    assert facts["stories"][0]["entries"][0]["matched"] == ["guid", "guid of the story"]
    assert facts["stories"][0]["asked"]["answer"] == "member"
    assert facts["stories"][0]["entries"][0]["removed"] == {"scripts": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fact_has_words(language: str) -> None:
    """Each reason, answer, name and sign of an explanation has words, also those that are rare."""
    words = LANGUAGES[language].explain
    names = {f"by_{kind}" for kind in re.findall(r'yield "([^"]+)"', inspect.getsource(naming))} | {
        *(f"answer_{one}" for one in get_args(FeedAnswer)), *(f"sign_{one}" for one in SIGNS),
        *(f"reason_{one}" for one in set(get_args(ReasonKind)) - {"dropped", "other"}),
        *(f"wants_{one}" for one in ("categories", "sources", "feeds", "filters")),
    }  # fmt: skip

    assert len(names) > 30
    assert names - words.keys() == set()
